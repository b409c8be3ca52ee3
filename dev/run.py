"""`make run`: PostgreSQL, the migrated database, the agreements, the API and its worker, and one case played.

Everything it starts it also stops, whether it ends by itself, by Ctrl-C or by SIGTERM.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from dev.errors import DevelopmentError
from dev.other_terminals import told_to_other_terminals
from dev.postgres import Urls, running_server
from dev.preparation import make_keys, prepare

HOME = Path(".flerpart")
HOST = "127.0.0.1"
BASE_PATH = "/flerpart/v0"
START_SECONDS = 60
STOP_SECONDS = 20


def main() -> int:
    """Run it all and return the exit code: the play's with ONCE=1, else 0 once somebody stopped us."""
    for ending in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(ending) is not signal.SIG_IGN:  # nohup stays nohup
            signal.signal(ending, signal.default_int_handler)
    try:
        return _run(_port(), once=os.environ.get("ONCE") == "1")
    except DevelopmentError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.")
        return 0


def _port() -> int:
    """The port PORT names, or 8000. Raises DevelopmentError for anything that is no port."""
    named = os.environ.get("PORT") or "8000"
    if not named.isascii() or not named.isdigit() or not 0 < int(named) < 65536:
        raise DevelopmentError(f"PORT is {named}, which is no port: take a number from 1 to 65535.")
    return int(named)


def _run(port: int, once: bool) -> int:
    base_url = f"http://{HOST}:{port}"
    _refuse_a_busy_port(port)
    with _database() as (urls, home):
        keys = make_keys(Path(os.environ.get("FLERPART_KEYS_FILE") or home / "keys.json"))
        prepare(urls, keys)
        environment = {name: value for name, value in os.environ.items() if name != "MIGRATION_DATABASE_URL"}
        environment |= {
            "DATABASE_URL": urls.api,
            "FLERPART_KEYS_FILE": str(keys.resolve()),
            "FLERPART_BASE_URL": f"{base_url}{BASE_PATH}",
            "FLERPART_SHOW_DOCS": "true",
            # A line for each request would drown the story that is played.
            "FLERPART_LOG_LEVEL": os.environ.get("FLERPART_LOG_LEVEL", "warning"),
            "FLERPART_GRACE_SECONDS": os.environ.get("FLERPART_GRACE_SECONDS", "0"),
            "FLERPART_DEVELOPMENT_CLOCK": str((home / "clock").resolve()),
        }
        as_migrator = environment | {"MIGRATION_DATABASE_URL": urls.migration}
        _must_succeed("flerpart load-agreements", ["app.cli", "load-agreements"], as_migrator)
        with told_to_other_terminals(HOME, as_migrator), _programs(port, environment) as api:
            _wait_until_it_answers(f"{base_url}/livez", api)
            print(
                f"Flerpart answers at {base_url}{BASE_PATH} (documentation: {base_url}{BASE_PATH}/docs/)",
                flush=True,
            )
            played = _python(["dev.play"], as_migrator)
            if once:
                return played
            print(f"Still serving at {base_url}{BASE_PATH}. Ctrl-C stops everything.", flush=True)
            return api.wait()


@contextmanager
def _database() -> Iterator[tuple[Urls, Path]]:
    """The database DATABASE_URL names, or our own server's; and the folder for the keys."""
    api = os.environ.get("DATABASE_URL")
    if not api:
        with running_server(HOME) as server:
            yield server.urls(), server.home
        return
    migration = os.environ.get("MIGRATION_DATABASE_URL")
    if not migration:
        raise DevelopmentError("DATABASE_URL is set, so MIGRATION_DATABASE_URL must be set too.")
    HOME.mkdir(exist_ok=True)
    yield Urls(api=api, migration=migration, api_password=urlsplit(api).password or ""), HOME


@contextmanager
def _programs(port: int, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The API and the worker; what is yielded is the API."""
    with ExitStack() as running:
        serve = ["serve", "--host", HOST, "--port", str(port)]
        api = running.enter_context(_program(serve, environment))
        running.enter_context(_program(["worker"], environment))
        yield api


@contextmanager
def _program(command: list[str], environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A command of `flerpart` in a process group of its own: Ctrl-C reaches it through us, in good order."""
    process = subprocess.Popen(
        [sys.executable, "-m", "app.cli", *command], env=environment, start_new_session=True
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _refuse_a_busy_port(port: int) -> None:
    """Raises DevelopmentError before anything is started when another program listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise DevelopmentError(
                f"Port {port} is taken by another program. Choose another: make run PORT={port + 1}"
            ) from None


def _wait_until_it_answers(url: str, api: subprocess.Popen[bytes]) -> None:
    """Raises DevelopmentError when the API ends or stays silent."""
    patience = time.monotonic() + START_SECONDS
    while time.monotonic() < patience:
        if api.poll() is not None:
            raise DevelopmentError(f"The API ended at once, with code {api.returncode}. It says why above.")
        try:
            if httpx.get(url, trust_env=False).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise DevelopmentError(f"The API did not answer at {url} within {START_SECONDS} seconds.")


def _must_succeed(name: str, module: list[str], environment: Mapping[str, str]) -> None:
    """Raises DevelopmentError when the step fails; its own words are on the screen already."""
    code = _python(module, environment)
    if code != 0:
        raise DevelopmentError(f"{name} failed with code {code}.")


def _python(module: list[str], environment: Mapping[str, str]) -> int:
    """Run one of our modules to its end and return its exit code."""
    return subprocess.run([sys.executable, "-m", *module], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

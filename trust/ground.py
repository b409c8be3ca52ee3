"""Where gates are tried: a PostgreSQL of their own, a fresh database for each, and the API in its process."""

import asyncio
import itertools
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from app.auth.keyring import KeyRing
from app.cli import write_parties
from app.clock import DevelopmentClock
from bench.processor import postmaster_of
from dev.cluster import SUPERUSER, Cluster
from dev.errors import DevelopmentError
from dev.postgres import Server, Urls
from dev.preparation import make_keys, prepare
from dev.rights import runner
from tests.api.conftest import FIRST_MOMENT, Application, Staff
from trust.loopback import client

_NUMBERS = itertools.count(1)
START_SECONDS = 60
UNLIMITED = {
    "FLERPART_CALLER_RATE": "0",
    "FLERPART_ORGANISATION_RATE": "0",
    "FLERPART_ADDRESS_RATE": "0",
    "FLERPART_PERSONS_PER_HOUR": "0",
    "FLERPART_GRACE_SECONDS": "0",
}
"""For trials that are not about how much one may ask: one machine asks, in the name of a few."""


@dataclass
class Api:
    """The API as `flerpart serve` runs it, in a process that may be killed and started again."""

    port: int
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    log: Path | None = None

    def start(self) -> None:
        """Start it, and wait until it answers. Raises RuntimeError when it does not."""
        command = [sys.executable, "-m", "app.cli", "serve", "--port", str(self.port)]
        with (self.log or Path(os.devnull)).open("ab") as said:
            self.process = subprocess.Popen(command, env=dict(self.environment), stdout=said, stderr=said)
        patience = time.monotonic() + START_SECONDS
        while time.monotonic() < patience:
            if self.process.poll() is not None:
                raise RuntimeError(f"the API ended with code {self.process.returncode}")
            try:
                if httpx.get(f"http://127.0.0.1:{self.port}/livez", trust_env=False).is_success:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise RuntimeError("the API did not answer")

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def stop(self) -> None:
        """End it in good order."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()


@dataclass(frozen=True)
class Place:
    """A database of one gate's own, with the parties in its directory, and the API over it."""

    urls: Urls
    superuser: str
    """The address of whoever sees everything: for counting afterwards, never for what is tried."""
    keyring: KeyRing
    clock: DevelopmentClock
    api: Api
    http: httpx.AsyncClient

    @property
    def staff(self) -> Staff:
        """Makes callers, as in the tests."""
        return Staff(Application(self.http, self.clock, self.keyring, self.urls))  # type: ignore[arg-type]


@dataclass
class Ground:
    """What every gate stands on."""

    server: Server
    home: Path
    long: bool
    """Whether the full measure is asked for where a shorter one is usual."""

    def kill_server(self) -> None:
        """End PostgreSQL as a power cut would, and start it again on what it has kept."""
        first = postmaster_of(self.server.sockets)
        data = Path(f"/proc/{first}/cwd").resolve()
        os.kill(first, signal.SIGKILL)
        patience = time.monotonic() + START_SECONDS
        while True:
            try:
                Cluster(self.server.binaries, data, runner()).start(self.server.sockets)
            except DevelopmentError:
                # Its other processes notice one after the other that the first is gone.
                if time.monotonic() > patience:
                    raise
                time.sleep(0.2)
            else:
                return

    def superuser(self, name: str) -> str:
        """The address of a database for whoever may do anything there."""
        return (
            f"postgresql://{SUPERUSER}:{self.server.passwords[SUPERUSER]}@/{name}?host={self.server.sockets}"
        )

    @asynccontextmanager
    async def place(
        self, *, connections: int = 64, through: Path | None = None, **settings: str
    ) -> AsyncIterator[Place]:
        """A fresh database and the API over it; `through` is a socket folder to reach the database by."""
        name = f"trust_{os.getpid()}_{next(_NUMBERS)}"
        urls = self.server.create_database(name)
        keys = make_keys(self.home / "keys.json")
        await asyncio.to_thread(prepare, urls, keys)
        await write_parties(urls.migration)
        clock = DevelopmentClock(self.home / f"{name}.clock")
        clock.set(FIRST_MOMENT)
        reached = urls.api.replace(str(self.server.sockets), str(through)) if through else urls.api
        environment = {one: value for one, value in os.environ.items() if not one.startswith("FLERPART_")}
        environment |= {
            "DATABASE_URL": reached,
            "FLERPART_KEYS_FILE": str(keys.resolve()),
            "FLERPART_DEVELOPMENT_CLOCK": str((self.home / f"{name}.clock").resolve()),
            **UNLIMITED,
            **settings,
        }
        api = Api(free_port(), environment, log=self.home / f"{name}.log")
        await asyncio.to_thread(api.start)
        try:
            async with client(api.port, connections) as http:
                yield Place(urls, self.superuser(name), KeyRing.load(keys), clock, api, http)
        finally:
            api.stop()
            clock.release()
            self.server.drop_database(name)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port

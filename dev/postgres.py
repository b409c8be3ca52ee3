"""The PostgreSQL of a developer's machine and of the tests.

The server listens on a socket in a private folder and nowhere else. Everybody logs in with a generated
password (SCRAM), on the socket too: with `trust` the API could log in as the superuser by naming it. Two
logins are handed out, as in production: the migrator, who may create roles and owns the database but is no
superuser, and the API's. The superuser stays inside this file.
"""

import fcntl
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dev.binaries import find_binaries
from dev.cluster import SUPERUSER, Cluster
from dev.errors import DevelopmentError
from dev.rights import reachable_binaries, reachable_home, remove_socket_folder, runner, socket_folder
from dev.secrets_kept import kept_passwords

MIGRATOR = "flerpart_migrator"
API = "flerpart_api"
DATABASE = "flerpart"

PREPARATION = f"""
select 'create role {MIGRATOR}' where to_regrole('{MIGRATOR}') is null \\gexec
alter role {MIGRATOR} login noinherit createrole nosuperuser password :'password';
select 'create database {DATABASE} owner {MIGRATOR}'
 where not exists (select from pg_database where datname = '{DATABASE}') \\gexec
"""  # noqa: S608 - constants of this file


@dataclass(frozen=True, slots=True)
class Urls:
    """How to reach one database: as the API, and as the one who migrates it."""

    api: str
    migration: str
    api_password: str


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. `running_server` makes one and stops it."""

    home: Path
    binaries: Path
    sockets: Path
    passwords: dict[str, str]

    def urls(self, database: str = DATABASE) -> Urls:
        """The two logins' addresses of a database on this server."""
        return Urls(self._url(API, database), self._url(MIGRATOR, database), self.passwords[API])

    def create_database(self, name: str, template: str | None = None) -> Urls:
        """Make a database owned by the migrator: empty, or a copy of one that nobody is connected to."""
        copied = f" template {template}" if template else ""
        self._ask(f"create database {name} owner {MIGRATOR}{copied};")
        return self.urls(name)

    def drop_database(self, name: str) -> None:
        """Remove a database, disconnecting whoever still uses it."""
        self._ask(f"drop database if exists {name} with (force);")

    def back_up(self, database: str, to: Path) -> None:
        """Write a backup of a database, as whoever runs the server does: with every row, in one file."""
        self._program("pg_dump", "--format=custom", f"--file={to}", database)

    def restore(self, backup: Path, name: str) -> Urls:
        """Make a database of a backup."""
        urls = self.create_database(name)
        self._program("pg_restore", "--exit-on-error", f"--dbname={name}", str(backup))
        return urls

    def prepare(self) -> None:
        """Make the migrator and the database where they are absent. Changes nothing the second time."""
        self._ask(f"\\set password {self.passwords[MIGRATOR]}\n{PREPARATION}")

    def _url(self, login: str, database: str) -> str:
        return f"postgresql://{login}:{self.passwords[login]}@/{database}?host={self.sockets}"

    def _ask(self, script: str) -> None:
        """Run statements as the superuser. They go in by a pipe: a command line can be read by anybody."""
        self._program("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", said=script)

    def _program(self, name: str, *arguments: str, said: str | None = None) -> None:
        """Run one of the server's programs as the superuser."""
        answer = subprocess.run(
            [self.binaries / name, *arguments],
            input=said,
            text=True,
            capture_output=True,
            check=False,
            env={
                "PATH": os.defpath,
                "PGHOST": str(self.sockets),
                "PGUSER": SUPERUSER,
                "PGDATABASE": "postgres",
                "PGPASSWORD": self.passwords[SUPERUSER],
            },
        )
        if answer.returncode != 0:
            raise DevelopmentError(f"PostgreSQL refused a step of {name}: {answer.stderr.strip()}")


@contextmanager
def running_server(home: Path) -> Iterator[Server]:
    """Start the server whose data lies under `home`, made the first time; stop it when the block is left.

    A server that an earlier, killed run left behind is stopped first; its data is kept.

    Raises DevelopmentError, with the remedy, when the data is in use or PostgreSQL cannot start.
    """
    who = runner()
    home = home.resolve()  # the server's programs run in another folder
    place = reachable_home(home, who)
    if place != home:
        print(f"PostgreSQL keeps its data in {place}: its user may not enter {home}.")
    binaries = reachable_binaries(find_binaries(), place, who)
    with _sole_user(place / "in-use"):
        sockets = socket_folder(who)
        cluster = Cluster(binaries, place / f"postgresql-{_major_version(binaries)}", who)
        try:
            passwords = kept_passwords(place / "logins.json", (SUPERUSER, MIGRATOR, API))
            cluster.initialise(passwords[SUPERUSER], private=sockets)
            cluster.stop_left_over()
            try:
                cluster.start(sockets)
                server = Server(place, binaries, sockets, passwords)
                server.prepare()
                yield server
            finally:
                cluster.stop()
        finally:
            remove_socket_folder(sockets)


@contextmanager
def temporary_server() -> Iterator[Server]:
    """A server for this block alone, whose data is removed after it."""
    home = Path(tempfile.mkdtemp(prefix="flerpart-server-"))
    home.chmod(0o711)  # where root starts it, the server's user must reach its data
    try:
        with running_server(home) as server:
            yield server
    finally:
        shutil.rmtree(home)


@contextmanager
def _sole_user(path: Path) -> Iterator[None]:
    """Hold the folder for as long as this process lives: the lock falls with it, however it ends."""
    with path.open("a") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DevelopmentError(
                "This checkout's PostgreSQL already runs. Stop it first (Ctrl-C in its terminal)."
            ) from None
        yield


def _major_version(binaries: Path) -> str:
    """18 for PostgreSQL 18.6: versions do not read each other's data, so each has a folder of its own."""
    said = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"\d+", said.stdout)
    if found is None:
        raise DevelopmentError(f"{binaries / 'postgres'} does not run here: {said.stderr.strip()}")
    return found.group()

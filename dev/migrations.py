"""Migrations against a throw-away server: `check` that none is missing, or write a `new` one."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from alembic.util import CommandError

from app.db import migrate
from dev.errors import DevelopmentError
from dev.postgres import temporary_server
from dev.preparation import make_keys, prepare


@contextmanager
def migrated_database() -> Iterator[str]:
    """The migrator's address of a throw-away database at the newest revision."""
    with temporary_server() as server:
        prepare(server.urls(), make_keys(server.home / "keys.json"))
        yield server.urls().migration


def check() -> None:
    """Raises DevelopmentError when the tables' classes and the migrated database differ."""
    with migrated_database() as url:
        try:
            migrate.check(url)
        except CommandError as difference:
            raise DevelopmentError(f"A migration is missing (make migration m=…): {difference}") from None


def new(message: str) -> None:
    """Write a revision from what the classes have and the migrated database lacks."""
    with migrated_database() as url:
        migrate.revise(url, message)


def main() -> None:
    """The command line; see the module."""
    parser = argparse.ArgumentParser(prog="python -m dev.migrations", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check")
    commands.add_parser("new").add_argument("message")
    arguments = parser.parse_args()
    try:
        check() if arguments.command == "check" else new(arguments.message)
    except DevelopmentError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()

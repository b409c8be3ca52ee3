"""The tests' own PostgreSQL: started once for a run, thrown away after it. DATABASE_URL is never used here.

Data belongs to organisations, so tests keep apart by inventing their own organisations and individuals in the
one migrated `database`; nothing needs cleaning. `fresh_database` and `empty_database` are for those that look
at a whole database.
"""

import itertools
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from dev.postgres import Server, Urls, temporary_server
from dev.preparation import make_keys, prepare

TEMPLATE = "flerpart_template"
NUMBERS = itertools.count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for a server, however indirectly, is a test of the database (`-m database`)."""
    for item in items:
        if "server" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.database)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL of this run's own, on the wheel's version or the one FLERPART_POSTGRES_BIN names."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a run told to end still stops its server
    with temporary_server() as started:
        yield started


@pytest.fixture(scope="session")
def keys_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The keys of this run, as FLERPART_KEYS_FILE names them."""
    return make_keys(tmp_path_factory.mktemp("keys") / "keys.json")


@pytest.fixture(scope="session")
def template(server: Server, keys_file: Path) -> str:
    """The name of a migrated database that nobody connects to, so that it can be copied."""
    prepare(server.create_database(TEMPLATE), keys_file)
    return TEMPLATE


@pytest.fixture(scope="session")
def database(server: Server, template: str) -> Urls:
    """The migrated database that the whole run shares."""
    return server.create_database(f"flerpart_{os.getpid()}", template=template)


@pytest.fixture(scope="session")
def api_url(database: Urls) -> str:
    """DATABASE_URL of the shared database: the API's login, which owns nothing."""
    return database.api


@pytest.fixture(scope="session")
def migration_url(database: Urls) -> str:
    """MIGRATION_DATABASE_URL of the shared database: the migrator, who is no superuser."""
    return database.migration


@pytest.fixture
def fresh_database(server: Server, template: str) -> Iterator[Urls]:
    """A migrated database for one test alone."""
    name = f"flerpart_fresh_{next(NUMBERS)}"
    yield server.create_database(name, template=template)
    server.drop_database(name)


@pytest.fixture
def empty_database(server: Server) -> Iterator[Urls]:
    """A database for one test alone with nothing in it, owned by the migrator."""
    name = f"flerpart_empty_{next(NUMBERS)}"
    yield server.create_database(name)
    server.drop_database(name)

"""What /readyz asks of the database: each fact that does not hold is named."""

import time
from collections.abc import AsyncIterator

import pytest

from app.db.database import Database
from app.db.health import SKEW_SECONDS, faults, telling_settings
from app.db.migrate import newest_revision
from dev.postgres import Urls
from tests.db.scene import owner


@pytest.fixture
async def opened(fresh_database: Urls) -> AsyncIterator[Database]:
    """A migrated database, as the API reaches it."""
    database = Database(fresh_database.api, lambda _: "")
    async with database.opened():
        yield database


async def test_a_migrated_database_is_ready(opened: Database) -> None:
    """Everything holds on a database just migrated, and where a later release has migrated further."""
    assert await faults(opened, newest_revision(), time.time()) == []
    assert await faults(opened, newest_revision() - 1, time.time()) == []


async def test_an_older_revision_is_not_enough(opened: Database) -> None:
    """A program waits for its own migration."""
    assert await faults(opened, newest_revision() + 1, time.time()) == ["revision"]


@pytest.mark.parametrize("skew", [-SKEW_SECONDS - 60, SKEW_SECONDS + 60])
async def test_clocks_far_apart_are_not_ready(opened: Database, skew: int) -> None:
    """Contexts signed by a clock that is off would be refused, or hold too long."""
    assert await faults(opened, newest_revision(), time.time() + skew) == ["clock"]


@pytest.mark.parametrize(
    ("fault", "planted"),
    [
        ("protection", "alter table flerpart.plan no force row level security"),
        ("protection", "create policy planted on flerpart.plan using (org_id is null)"),
        ("audit", "revoke insert on flerpart.read_entry from flerpart_api"),
        ("audit", "drop policy add on flerpart.journal_entry"),
        ("writable", "alter database {name} set default_transaction_read_only = on"),
    ],
)
async def test_a_planted_fault_is_named(fresh_database: Urls, fault: str, planted: str) -> None:
    """What would let somebody see too much, or leave no trace, keeps the program from answering."""
    name = fresh_database.api.split("/")[3].split("?")[0]
    database = Database(fresh_database.api, lambda _: "")
    async with database.opened():
        pass  # it was whole once
    async with owner(fresh_database.migration) as connection:
        await connection.execute("reset role")
        if fault != "writable":
            await connection.execute("set role flerpart_owner")
        await connection.execute(planted.format(name=name))
    async with database.opened():
        assert await faults(database, newest_revision(), time.time()) == [fault]


async def test_a_login_that_owns_a_table_is_named(fresh_database: Urls, opened: Database) -> None:
    """Whoever owns a table can lift its protection; one that the API owns is found."""
    async with owner(fresh_database.migration) as connection:
        await connection.execute("grant create on schema flerpart to flerpart_api")
    await opened.identify("create table flerpart.planted ()")
    assert await faults(opened, newest_revision(), time.time()) == ["login", "protection"]


async def test_our_own_server_keeps_what_is_submitted_out_of_its_log(opened: Database) -> None:
    """The settings that the API warns of are right on the server that we start ourselves."""
    assert await telling_settings(opened) == []

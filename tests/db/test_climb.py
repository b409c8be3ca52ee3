"""Migrations: up, down to nothing and up again, as a migrator who is no superuser."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from alembic.util import CommandError

from app.db import bootstrap, migrate
from dev.postgres import Urls
from dev.preparation import prepare
from tests.db.catalogue import dump
from tests.db.scene import Organisation, enter_directory, owner

pytestmark = pytest.mark.database

NEWEST = len(list((Path(__file__).parents[2] / "alembic" / "versions").glob("[0-9]*.py")))


async def aside(step: Callable[..., None], *arguments: Any) -> None:
    """Run a step that has a loop of its own."""
    await asyncio.to_thread(step, *arguments)


async def asked(url: str, question: str) -> Any:
    """One answer, as whoever the address logs in."""
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


async def enforced(urls: Urls) -> str:
    """The catalogue of a database."""
    async with owner(urls.migration) as connection:
        return await dump(connection)


async def test_the_climb_can_be_repeated(empty_database: Urls, keys_file: Path) -> None:
    """Up, down to the base and up again ends where it began, with nothing left in between."""
    await aside(prepare, empty_database, keys_file)
    first = await enforced(empty_database)
    await aside(migrate.downgrade, empty_database.migration, "base")
    left = "select string_agg(relname, ', ') from pg_class where relnamespace = 'flerpart'::regnamespace"
    tables = f"{left} and relkind = 'r' and relname <> 'alembic_version'"
    assert await asked(empty_database.migration, tables) is None
    functions = "select count(*) from pg_proc where pronamespace::regnamespace::text like 'gate%'"
    assert await asked(empty_database.migration, functions) == 0
    await aside(prepare, empty_database, keys_file)
    assert await enforced(empty_database) == first


async def test_every_step_can_be_taken_back_alone(empty_database: Urls, keys_file: Path) -> None:
    """One revision down and up again, from the top to the base, leaves what was there."""
    await aside(prepare, empty_database, keys_file)
    for revision in range(NEWEST, 0, -1):
        before = await enforced(empty_database)
        await aside(
            migrate.downgrade, empty_database.migration, f"{revision - 1:04}" if revision > 1 else "base"
        )
        await aside(migrate.upgrade, empty_database.migration, f"{revision:04}")
        assert await enforced(empty_database) == before, revision
        await aside(
            migrate.downgrade, empty_database.migration, f"{revision - 1:04}" if revision > 1 else "base"
        )


async def test_classes_and_database_agree(fresh_database: Urls) -> None:
    """Alembic finds nothing to migrate; a column that is planted is found."""
    await aside(migrate.check, fresh_database.migration)
    async with owner(fresh_database.migration) as connection:
        await connection.execute("alter table flerpart.meeting add column planted int")
    with pytest.raises(CommandError):
        await aside(migrate.check, fresh_database.migration)


async def test_preparing_again_is_harmless(fresh_database: Urls, keys_file: Path) -> None:
    """A database in use is prepared again at every start: rows, rights and the password stay."""
    await enter_directory(fresh_database.migration, Organisation())
    before = await enforced(fresh_database)
    await aside(prepare, fresh_database, keys_file)
    assert await enforced(fresh_database) == before
    async with owner(fresh_database.migration) as connection:
        assert await connection.fetchval("select count(*) from flerpart.organisation") == 1
        assert (
            await connection.fetchval("select count(*) from flerpart.context_key where state = 'current'")
            == 1
        )
    assert await asked(fresh_database.api, "select current_user") == bootstrap.API


async def test_a_password_may_hold_any_character(server: Any, empty_database: Urls) -> None:
    """The application's password is stored as it is given, quotes and backslashes included."""
    odd = "it's \\ \" $1 %s ; --"
    try:
        await bootstrap.prepare(empty_database.migration, odd)
        address = {"user": bootstrap.API, "host": str(server.sockets), "database": "postgres"}
        connection = await asyncpg.connect(password=odd, **address)
        await connection.close()
    finally:
        await bootstrap.prepare(empty_database.migration, empty_database.api_password)


async def test_the_migrator_sees_no_case(fresh_database: Urls) -> None:
    """Whoever migrates is no superuser, and the owner it becomes neither reads nor writes about a person."""
    organisation = Organisation()
    await enter_directory(fresh_database.migration, organisation)
    assert await asked(fresh_database.migration, "show is_superuser") == "off"
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await asked(fresh_database.migration, "select count(*) from flerpart.individual")
    async with owner(fresh_database.migration) as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(
                "insert into flerpart.individual (org_id, id, name_sealed, identity_kind,"
                " protected_identity, version, recorded_at) values ($1, $1, '', 'none', 'none', 1, now())",
                organisation.id,
            )


async def test_the_owner_changes_no_row_of_a_case(scene: Any, migration_url: str) -> None:
    """Under forced protection an update by the owner finds nothing: a backfill must say for whom it works."""
    async with owner(migration_url) as connection:
        assert await connection.fetchval("select count(*) from flerpart.meeting") == 0
        assert await connection.execute("update flerpart.meeting set version = 9") == "UPDATE 0"
    assert await scene.count(scene.a, "meeting", where="version = 1") == 1

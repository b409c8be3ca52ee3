"""An empty database becomes Flerpart's, and stays it."""

import asyncio
from pathlib import Path

import asyncpg

from dev.postgres import Urls
from dev.preparation import make_keys, prepare


async def ask(url: str, question: str) -> object:
    """One answer from one new connection."""
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


def test_preparing_twice_changes_nothing(empty_database: Urls, keys_file: Path) -> None:
    """A second `make run` finds the roles, the revision and one key, all as the first one left them."""
    prepare(empty_database, keys_file)
    prepare(empty_database, keys_file)
    version = asyncio.run(ask(empty_database.api, "select current_user"))
    assert version == "flerpart_api"


async def test_the_api_owns_nothing_and_bypasses_nothing(api_url: str) -> None:
    """The login the application uses is bound by every policy: no superuser, no owner, no BYPASSRLS."""
    rights = "select rolsuper or rolbypassrls or rolcreaterole from pg_roles where rolname = current_user"
    assert await ask(api_url, rights) is False
    owned = "select count(*) from pg_class c join pg_roles r on r.oid = relowner where rolname = current_user"
    assert await ask(api_url, owned) == 0


async def test_a_fresh_database_is_migrated_and_ones_own(fresh_database: Urls, api_url: str) -> None:
    """A test that wants a whole database gets a migrated copy, not the shared one."""
    assert await ask(fresh_database.api, "select current_database()") != await ask(
        api_url, "select current_database()"
    )
    assert await ask(fresh_database.api, "select to_regclass('flerpart.alembic_version') is not null")


def test_keys_are_made_once(tmp_path: Path) -> None:
    """A second call keeps the first one's keys: what they sealed can be read by nothing else."""
    keys = make_keys(tmp_path / "keys.json")
    first = keys.read_bytes()
    assert make_keys(keys).read_bytes() == first
    assert keys.stat().st_mode & 0o077 == 0

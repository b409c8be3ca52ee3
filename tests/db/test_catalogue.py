"""What Alembic's comparison does not see: protection, policies, rights, gates, keys and checks."""

import re
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
import sqlalchemy as sa

from app.db.bootstrap import API, GATES
from app.db.catalogue import VERSION_TABLE, defects
from app.db.tables import METADATA
from dev.cluster import SUPERUSER
from dev.postgres import Server, Urls
from tests.db.catalogue import COMMITTED, dump
from tests.db.defects import AS_SUPERUSER, DEFECTS, Defect, planted
from tests.db.scene import owner

pytestmark = pytest.mark.database

CHECKS = "select conname::text, pg_get_constraintdef(oid) from pg_constraint where contype = 'c'"


@pytest.fixture
async def migrated(fresh_database: Urls) -> AsyncIterator[Any]:
    """A migrated database of one's own, seen by the owner of its schema."""
    async with owner(fresh_database.migration) as connection:
        yield connection


def superuser(server: Server, urls: Urls) -> str:
    """The address of the same database for whoever may do anything there."""
    name = urls.migration.split("/")[3].split("?")[0]
    return f"postgresql://{SUPERUSER}:{server.passwords[SUPERUSER]}@/{name}?host={server.sockets}"


async def found(connection: Any, question: str, *values: Any) -> list[str]:
    """The names a question finds."""
    return sorted(row[0] for row in await connection.fetch(question, *values))


async def test_nothing_stands_there_that_may_not(migrated: Any, fresh_database: Urls) -> None:
    """The lint finds nothing in a migrated database, whoever asks: its owner or the application's login."""
    assert await defects(migrated) == []
    login = await asyncpg.connect(fresh_database.api)
    assert await defects(login) == []
    await login.close()


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda one: f"{one.found}: {one.place}")
async def test_what_may_not_stand_there_is_found(migrated: Any, defect: Defect) -> None:
    """Each defect that somebody plants makes the test above fail, by its name and place."""
    async with planted(migrated, defect):
        assert (defect.found, defect.place) in await defects(migrated)


@pytest.mark.parametrize("defect", AS_SUPERUSER, ids=lambda one: f"{one.found}: {one.place}")
async def test_what_only_a_superuser_can_do_is_found(
    server: Server, fresh_database: Urls, defect: Defect
) -> None:
    """A function that looks past the policies, a table of the application's, a role above the policies."""
    connection = await asyncpg.connect(superuser(server, fresh_database))
    try:
        async with planted(connection, defect):
            assert (defect.found, defect.place) in await defects(connection)
    finally:
        await connection.close()


async def test_the_applications_login_is_nobody(migrated: Any) -> None:
    """It owns nothing, is no superuser, bypasses nothing, creates nothing and is member of nothing."""
    powers = "rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolinherit"
    assert not any(await migrated.fetchrow(f"select {powers} from pg_roles where rolname = $1", API))
    assert (
        await found(migrated, "select oid::regclass::text from pg_class where relowner = $1::regrole", API)
        == []
    )
    member = "select roleid::regrole::text from pg_auth_members where member = $1::regrole"
    assert await found(migrated, member, API) == []
    gates = "select member::regrole::text from pg_auth_members where member::regrole::text = any ($1)"
    assert await found(migrated, gates, list(GATES)) == []


async def test_nobody_erases_a_journal_or_a_log(migrated: Any) -> None:
    """The gate of disposal alone may delete, and never from a journal, a log or among its own stones."""
    erasing = (
        "select count(*) from pg_roles r, unnest($1::text[]) t where has_table_privilege(r.oid, t, 'delete')"
    )
    logs = ["flerpart.journal_entry", "flerpart.read_entry", "flerpart.disposal_tombstone"]
    mighty = "and not r.rolsuper and r.rolname not in ('flerpart_owner', 'pg_write_all_data')"
    assert await migrated.fetchval(f"{erasing} {mighty}", logs) == 0


def words(text: str) -> set[str]:
    """The quoted words of a condition, which survive the server's rewriting of it."""
    return set(re.findall(r"'([^']+)'", text))


async def test_checks_are_those_of_the_classes(migrated: Any) -> None:
    """Every CHECK of the metadata exists under its name with the same quoted words, and no other exists."""
    expected = {
        str(check.name): words(str(check.sqltext))
        for table in METADATA.tables.values()
        for check in table.constraints
        if isinstance(check, sa.CheckConstraint)
    }
    present = {name: words(text) for name, text in await migrated.fetch(CHECKS) if name.startswith("ck_")}
    assert present == expected


async def test_keys_have_the_order_of_the_classes(migrated: Any) -> None:
    """The organisation comes first in every primary key and index that the metadata says it does."""
    order = """
        select c.relname::text, array_agg(a.attname::text order by k.n) from pg_index i
        join pg_class c on c.oid = i.indexrelid and c.relnamespace = 'flerpart'::regnamespace
        cross join lateral unnest(i.indkey::int2[]) with ordinality as k (attnum, n)
        join pg_attribute a on (a.attrelid, a.attnum) = (i.indrelid, k.attnum) group by 1
    """
    present = {name: columns for name, columns in await migrated.fetch(order) if VERSION_TABLE not in name}
    expected = {
        str(key.name): [column.name for column in key.columns]
        for table in METADATA.tables.values()
        for key in [*table.constraints, *table.indexes]
        if isinstance(key, sa.PrimaryKeyConstraint | sa.UniqueConstraint | sa.Index)
    }
    assert present == expected


async def test_the_catalogue_is_the_committed_one(migrated: Any) -> None:
    """What the database enforces was read in a review: `python -m tests.db.catalogue` writes it anew."""
    assert (await dump(migrated)) == COMMITTED.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        "drop policy see on flerpart.meeting",
        "alter policy see on flerpart.meeting using (org_id is not null)",
        "grant update on flerpart.meeting to flerpart_api",
        "grant update (case_id) on flerpart.meeting to flerpart_api",
        "grant select on flerpart.context_key to gate_facts",
        "grant execute on function gate_visibility.lives(uuid, uuid, uuid, timestamptz) to flerpart_api",
        "alter function gate_visibility.lives(uuid, uuid, uuid, timestamptz) volatile",
        "alter table flerpart.reference_counter no force row level security",
        "drop trigger link on flerpart.journal_entry",
        "alter table flerpart.read_entry disable trigger refuse",
        "drop trigger flag_read on flerpart.read_entry",
        "alter table flerpart.received_copy disable trigger join_marks",
    ],
)
async def test_a_change_of_the_catalogue_is_seen(migrated: Any, change: str) -> None:
    """A right, a policy or a function that changes without the committed text makes the test above fail."""
    if "lives" in change:
        await migrated.execute("set role gate_visibility")
    await migrated.execute(change)
    await migrated.execute("set role flerpart_owner")
    assert (await dump(migrated)) != COMMITTED.read_text(encoding="utf-8")


OF_A_CASE_ALONE = {
    ("consent_documentation", "consent_id"),
    ("contact", "meeting_id"),
    ("deviation", "meeting_id"),
    ("follow_up_decision", "plan_id"),
    ("summons", "consent_id"),
}
"""What names such a thing and is only ever read with the whole case."""


async def test_what_belongs_to_a_thing_is_found_by_it(migrated: Any) -> None:
    """A meeting's page costs the same however many meetings there are: every row that names a meeting,
    a plan, a letter, a consent, an action or a deviation has an index that leads to it.
    """
    not_found_by = await migrated.fetch(
        """select t.relname::text, a.attname::text from pg_class t
           join pg_attribute a on a.attrelid = t.oid
           where t.relnamespace = 'flerpart'::regnamespace and t.relkind = 'r'
             and a.attname = any ($1)
             and not exists (select from pg_index i where i.indrelid = t.oid and i.indkey[1] = a.attnum)""",
        ["meeting_id", "plan_id", "summons_id", "consent_id", "action_id", "deviation_id"],
    )
    assert {tuple(row) for row in not_found_by} == OF_A_CASE_ALONE


@pytest.mark.parametrize("table", ["action", "consent", "consent_withdrawal", "meeting", "plan_draft"])
async def test_what_others_are_shown_is_found_by_its_id_alone(migrated: Any, table: str) -> None:
    """Whoever is shown another's thing knows its id alone; the database does not look through all for it."""
    leads_there = await migrated.fetchval(
        """select count(*) from pg_index i join pg_attribute a on a.attrelid = i.indrelid
           where i.indrelid = $1::text::regclass and a.attname = 'id' and i.indkey[0] = a.attnum""",
        f"flerpart.{table}",
    )
    assert leads_there > 0

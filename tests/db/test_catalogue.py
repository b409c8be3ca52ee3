"""What Alembic's comparison does not see: protection, policies, rights, gates, keys and checks."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
import sqlalchemy as sa

from app.db.bootstrap import API, GATES
from app.db.tables import METADATA
from dev.postgres import Urls
from tests.db.catalogue import COMMITTED, dump
from tests.db.scene import owner

pytestmark = pytest.mark.database

VERSION_TABLE = "alembic_version"
# The directory is everybody's: organisations have no organisation above them, issuers serve several.
# A root is over the chains of all organisations, and belongs to none.
DIRECTORY = {"organisation", "token_issuer", "context_key", "journal_root", "installation"}

UNPROTECTED = f"""
    select c.relname::text from pg_class c
    where c.relnamespace = 'flerpart'::regnamespace and c.relkind in ('r', 'p')
      and c.relname <> '{VERSION_TABLE}' and not (c.relrowsecurity and c.relforcerowsecurity
        and exists (select from pg_policy p where p.polrelid = c.oid))
"""
OTHER_KINDS = """
    select c.relname::text from pg_class c
    where c.relnamespace = 'flerpart'::regnamespace and c.relkind not in ('r', 'i')
"""
FOR_EVERYBODY = "select tablename || '.' || policyname from pg_policies where 'public' = any (roles)"
ALWAYS_TRUE = """
    select tablename || '.' || policyname from pg_policies
    where 'true' in (qual, with_check) and 'flerpart_api' = any (roles)
"""
LOOSE_FUNCTIONS = """
    select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where (n.nspname = 'flerpart' or n.nspname like 'gate%')
      and not (p.prosecdef and p.proowner::regrole::text = n.nspname and p.proowner::regrole::text = any ($1)
        and 'search_path=pg_catalog, pg_temp' = any (coalesce(p.proconfig, '{}'))
        and not exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                        where a.grantee = 0))
"""
SLOW_FUNCTIONS = """
    select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    join pg_language l on l.oid = p.prolang where n.nspname like 'gate%' and l.lanname <> 'plpgsql'
"""
CASCADING = """
    select conname::text from pg_constraint where contype = 'f' and (confdeltype, confupdtype) <> ('a', 'a')
"""
FOREIGN_KEYS_ACROSS = """
    select k.conname::text from pg_constraint k
    where k.contype = 'f' and k.confrelid::regclass::text <> all ($1)
      and not exists (
        select from unnest(k.conkey, k.confkey) as pair (here, there)
        join pg_attribute t on (t.attrelid, t.attnum) = (k.confrelid, there)
        where t.attname = 'org_id')
"""
UNIQUE_ACROSS = """
    select c.relname::text from pg_index i join pg_class c on c.oid = i.indexrelid
    join pg_class t on t.oid = i.indrelid
    where i.indisunique and t.relnamespace = 'flerpart'::regnamespace and t.relname <> all ($1)
      and not exists (select from pg_attribute a
        where a.attrelid = t.oid and a.attnum = any (i.indkey::int2[]) and a.attname = 'org_id')
"""
RIGHTS_BEYOND = """
    select c.relname || ' ' || a.privilege_type from pg_class c, aclexplode(c.relacl) a
    where c.relnamespace = 'flerpart'::regnamespace and a.grantee <> c.relowner
      and (a.grantee = 0 or a.is_grantable or a.privilege_type not in ('SELECT', 'INSERT', 'UPDATE'))
      -- What has been sealed waits no longer: the one row that ever goes.
      and (c.relname, a.grantee::regrole::text, a.privilege_type)
        <> ('unsealed_read', 'gate_journal', 'DELETE')
      and not (a.grantee = 'gate_disposal'::regrole and a.privilege_type = 'DELETE' and not a.is_grantable)
"""
CHECKS = "select conname::text, pg_get_constraintdef(oid) from pg_constraint where contype = 'c'"


@pytest.fixture
async def migrated(fresh_database: Urls) -> AsyncIterator[Any]:
    """A migrated database of one's own, seen by the owner of its schema."""
    async with owner(fresh_database.migration) as connection:
        yield connection


async def found(connection: Any, question: str, *values: Any) -> list[str]:
    """The names a question finds."""
    return sorted(row[0] for row in await connection.fetch(question, *values))


async def test_every_table_is_protected(migrated: Any) -> None:
    """Row level security is on, forced on the owner too, and opened by at least one policy."""
    assert await found(migrated, UNPROTECTED) == []


@pytest.mark.parametrize(
    "opened",
    [
        "create table flerpart.planted (org_id uuid)",
        "alter table flerpart.meeting disable row level security",
        "alter table flerpart.meeting no force row level security",
        "drop policy load on flerpart.token_issuer; drop policy identify on flerpart.token_issuer",
    ],
)
async def test_a_table_left_open_is_found(migrated: Any, opened: str) -> None:
    """A table without protection, without force or without a policy makes the test above fail."""
    await migrated.execute(opened)
    assert len(await found(migrated, UNPROTECTED)) == 1


async def test_there_is_nothing_but_tables(migrated: Any) -> None:
    """No view, sequence or foreign table stands beside the policies; one that is planted is found."""
    assert await found(migrated, OTHER_KINDS) == []
    await migrated.execute("create view flerpart.planted as select id from flerpart.meeting")
    assert await found(migrated, OTHER_KINDS) == ["planted"]


async def test_every_policy_names_its_role(migrated: Any) -> None:
    """A policy for everybody would be evaluated inside the gates; one that is planted is found."""
    assert await found(migrated, FOR_EVERYBODY) == []
    await migrated.execute("create policy planted on flerpart.meeting using (org_id is null)")
    assert await found(migrated, FOR_EVERYBODY) == ["meeting.planted"]


async def test_no_policy_shows_the_application_everything(migrated: Any) -> None:
    """Only gates and, for the directory, the owner have an always true policy; a planted one is found."""
    assert await found(migrated, ALWAYS_TRUE) == []
    await migrated.execute(
        "create policy planted on flerpart.meeting for select to flerpart_api using (true)"
    )
    assert await found(migrated, ALWAYS_TRUE) == ["meeting.planted"]


async def test_every_function_is_a_gates_own_and_pinned(migrated: Any) -> None:
    """Definer functions belong to the gate of their schema, pin their search path and are not PUBLIC's."""
    assert await found(migrated, LOOSE_FUNCTIONS, list(GATES)) == []
    assert await found(migrated, SLOW_FUNCTIONS) == []
    pinned = "set search_path = pg_catalog, pg_temp"
    await migrated.execute("set role gate_facts")
    for name, how in (
        ("open_path", "security definer"),
        ("callers", pinned),
        ("everybodys", f"security definer {pinned}"),
    ):
        await migrated.execute(
            f"create function gate_facts.{name}() returns int language plpgsql {how} as 'begin return 1; end'"
        )
    await migrated.execute("revoke all on function gate_facts.open_path() from public")
    await migrated.execute("revoke all on function gate_facts.callers() from public")
    await migrated.execute("set role flerpart_owner")
    planted = ["gate_facts.callers()", "gate_facts.everybodys()", "gate_facts.open_path()"]
    assert await found(migrated, LOOSE_FUNCTIONS, list(GATES)) == planted


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


async def test_nobody_is_granted_more_than_reading_and_writing_rows(migrated: Any) -> None:
    """No TRUNCATE, REFERENCES or TRIGGER, nothing for PUBLIC, nothing to be passed on; DELETE is for the gate
    of disposal alone, and never of a journal or a log.
    """
    assert await found(migrated, RIGHTS_BEYOND) == []
    await migrated.execute("grant truncate, delete on flerpart.meeting to flerpart_api")
    assert await found(migrated, RIGHTS_BEYOND) == ["meeting DELETE", "meeting TRUNCATE"]
    erasing = (
        "select count(*) from pg_roles r, unnest($1::text[]) t where has_table_privilege(r.oid, t, 'delete')"
    )
    logs = ["flerpart.journal_entry", "flerpart.read_entry", "flerpart.disposal_tombstone"]
    mighty = "and not r.rolsuper and r.rolname not in ('flerpart_owner', 'pg_write_all_data')"
    assert await migrated.fetchval(f"{erasing} {mighty}", logs) == 0


async def test_no_foreign_key_cascades(migrated: Any) -> None:
    """Removing or renumbering a row never reaches another's."""
    assert await found(migrated, CASCADING) == []


async def test_foreign_keys_and_unique_keys_hold_the_organisation(migrated: Any) -> None:
    """A key across organisations would tell that a hidden row exists; only the directory has such."""
    directory = [f"flerpart.{name}" for name in sorted(DIRECTORY)]
    assert await found(migrated, FOREIGN_KEYS_ACROSS, directory) == []
    assert await found(migrated, UNIQUE_ACROSS, [*DIRECTORY, VERSION_TABLE]) == []
    await migrated.execute("create unique index planted on flerpart.individual (identity_index)")
    assert await found(migrated, UNIQUE_ACROSS, [*DIRECTORY, VERSION_TABLE]) == ["planted"]


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

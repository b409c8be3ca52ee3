"""What the catalogue lint must find: each planted as whoever could, in a database that was sound."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

OWNER = "set role flerpart_owner;"
GATE = "set role gate_facts;"
MIGRATOR = "reset role;"
PINNED = "set search_path = pg_catalog, pg_temp"
NOT_PUBLICS = "; revoke all on function gate_facts.planted() from public"


def _function(how: str, language: str = "plpgsql", body: str = "begin return 1; end") -> str:
    """A function of a gate's."""
    return f"create function gate_facts.planted() returns int language {language} {how} as '{body}'"


@dataclass(frozen=True)
class Defect:
    """What is planted, and the row of the lint that must come of it."""

    planted: str
    found: str
    place: str
    by: str = OWNER


DEFECTS = (
    Defect("create table flerpart.planted (org_id uuid)", "table without row level security", "planted"),
    Defect(
        "alter table flerpart.meeting disable row level security",
        "table without row level security",
        "meeting",
    ),
    Defect(
        "alter table flerpart.plan no force row level security",
        "row level security not forced on the owner",
        "plan",
    ),
    Defect(
        "drop policy load on flerpart.token_issuer; drop policy identify on flerpart.token_issuer",
        "table without a policy",
        "token_issuer",
    ),
    Defect(
        "create policy planted on flerpart.meeting using (org_id is null)",
        "policy for everybody",
        "meeting.planted",
    ),
    Defect(
        "create policy planted on flerpart.meeting for select to flerpart_api using (true)",
        "policy that is always true",
        "meeting.planted",
    ),
    Defect(
        "create policy planted on flerpart.plan for insert to flerpart_api with check (true)",
        "policy that is always true",
        "plan.planted",
    ),
    Defect("create view flerpart.planted as select id from flerpart.meeting", "no table", "planted"),
    Defect(
        "create materialized view flerpart.planted as select id from flerpart.meeting with no data",
        "no table",
        "planted",
    ),
    Defect("create sequence flerpart.planted", "no table", "planted"),
    Defect(
        "create rule planted as on insert to flerpart.read_entry do instead nothing",
        "rule on a table",
        "planted",
    ),
    Defect(
        "alter table flerpart.read_entry disable trigger refuse",
        "trigger that does not fire",
        "refuse",
    ),
    Defect(
        "grant truncate on flerpart.meeting to flerpart_api",
        "right beyond reading and writing rows",
        "meeting TRUNCATE",
    ),
    Defect(
        "grant delete on flerpart.journal_entry to flerpart_api",
        "right beyond reading and writing rows",
        "journal_entry DELETE",
    ),
    Defect(
        "grant select on flerpart.individual to public",
        "right beyond reading and writing rows",
        "individual SELECT",
    ),
    Defect(
        "grant select on flerpart.consent to flerpart_api with grant option",
        "right beyond reading and writing rows",
        "consent SELECT",
    ),
    Defect(
        "grant references (id) on flerpart.individual to flerpart_api",
        "right beyond reading and writing columns",
        "individual.id",
    ),
    Defect(
        "grant create on schema flerpart to public", "schema that others may make things in", "flerpart -"
    ),
    Defect(
        "alter default privileges in schema flerpart grant select on tables to flerpart_api",
        "right given to what is yet to be made",
        "r SELECT",
    ),
    Defect(
        _function(f"security definer {PINNED}", "plpgsql").replace("gate_facts.", "flerpart.")
        + "; revoke all on function flerpart.planted() from public",
        "function that is not its gate's own",
        "flerpart.planted()",
    ),
    Defect(
        _function(PINNED) + NOT_PUBLICS, "function that is not its gate's own", "gate_facts.planted()", GATE
    ),
    Defect(
        _function("security definer") + NOT_PUBLICS,
        "function with an open search path",
        "gate_facts.planted()",
        GATE,
    ),
    Defect(
        _function(f"security definer {PINNED}"),
        "function that everybody may call",
        "gate_facts.planted()",
        GATE,
    ),
    Defect(
        _function(f"security definer {PINNED}", "sql", "select 1") + NOT_PUBLICS,
        "function whose plan is never kept",
        "gate_facts.planted()",
        GATE,
    ),
    Defect(
        "alter table flerpart.meeting add column planted uuid, add constraint planted"
        " foreign key (org_id, planted) references flerpart.meeting (org_id, id) on delete cascade",
        "foreign key that cascades",
        "planted",
    ),
    Defect(
        "create table flerpart.planted_parent (org_id uuid not null, id uuid primary key)",
        "unique across organisations",
        "planted_parent_pkey",
    ),
    Defect(
        "create unique index planted on flerpart.individual (identity_index)",
        "unique across organisations",
        "planted",
    ),
    Defect(
        "alter table flerpart.meeting add column planted uuid;"
        "create unique index planted_key on flerpart.plan (id);"
        "alter table flerpart.meeting add constraint planted"
        " foreign key (planted) references flerpart.plan (id)",
        "foreign key across organisations",
        "planted",
    ),
    Defect("alter role flerpart_api inherit", "role above the policies", "flerpart_api", MIGRATOR),
    Defect("grant gate_facts to flerpart_api", "login that is another too", "gate_facts", MIGRATOR),
    Defect("grant gate_journal to gate_facts", "gate that is another too", "gate_facts", MIGRATOR),
)
"""As whoever owns the schema, a gate, or the database."""

AS_SUPERUSER = (
    Defect(
        _function(f"security definer {PINNED}")
        + NOT_PUBLICS
        + "; alter function gate_facts.planted() leakproof;"
        "alter function gate_facts.planted() owner to gate_facts",
        "function that looks past the policies",
        "gate_facts.planted()",
        MIGRATOR,
    ),
    Defect(
        "alter table flerpart.plan owner to flerpart_api",
        "owned by the application's login",
        "table flerpart.plan",
        MIGRATOR,
    ),
    Defect("alter role gate_facts bypassrls", "role above the policies", "gate_facts", MIGRATOR),
)
"""What only a superuser can do."""


@asynccontextmanager
async def planted(connection: Any, defect: Defect) -> AsyncIterator[None]:
    """With the defect in the database; taken back afterwards, since roles are of the whole server."""
    transaction = connection.transaction()
    await transaction.start()
    try:
        await connection.execute(defect.by)
        await connection.execute(defect.planted)
        yield
    finally:
        await transaction.rollback()

"""The whole journal as it stands, for whoever verifies it: read as the journal's gate, in one picture.

Run as the migrator, who steps into the gate's role for it. No function of ours is asked: who could rewrite
the journal could rewrite functions too. What is hashed is what PostgreSQL itself writes for a row.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg

from app.journal.chains import Head, Link, Loose

ROLE = "gate_journal"
_PINNED = "set local timezone = 'UTC'; set local bytea_output = 'hex'; set local search_path = pg_catalog"

_TEXT = (
    "(select jsonb_object_agg(c.key, c.value)::text from jsonb_each(to_jsonb({0})) c"
    " where jsonb_typeof(c.value) <> 'null')"
)
_LINKS = f"""
    select l.org_id, l.chain_id, l.number, l.kind, l.entry_id, l.entry_hash, l.hash,
        case when j.id is not null then {_TEXT.format("j")}
             when r.id is not null then {_TEXT.format("r")} end,
        case when j.id is not null then coalesce(j.individual_id, j.org_id)
             when r.id is not null then coalesce(r.individual_id, r.org_id) end
    from flerpart.chain_link l
    left join flerpart.journal_entry j on l.kind = 'decision' and (j.org_id, j.id) = (l.org_id, l.entry_id)
    left join flerpart.read_entry r on l.kind = 'read' and (r.org_id, r.id) = (l.org_id, l.entry_id)
    order by l.org_id, l.chain_id, l.number"""  # noqa: S608 - constants of this file
_HEADS = "select org_id, chain_id, length, hash from flerpart.chain_head"
_FIXED = """
    select root_number, org_id, chain_id, length, hash from flerpart.root_head
    order by root_number, org_id, chain_id"""
_ROOTS = "select line from flerpart.journal_root order by number"
# In no chain though stored; and, the other way round, waiting to be sealed though not stored.
_LOOSE = """
    select j.org_id, coalesce(j.individual_id, j.org_id), 'decision', j.id, true from flerpart.journal_entry j
    where not exists (select from flerpart.chain_link l
        where (l.org_id, l.kind, l.entry_id) = (j.org_id, 'decision', j.id))
    union all
    select r.org_id, coalesce(r.individual_id, r.org_id), 'read', r.id, true from flerpart.read_entry r
    where not exists (select from flerpart.chain_link l
        where (l.org_id, l.kind, l.entry_id) = (r.org_id, 'read', r.id))
      and not exists (select from flerpart.unsealed_read u
        where (u.org_id, u.recorded_at, u.id) = (r.org_id, r.recorded_at, r.id))
    union all
    select u.org_id, u.org_id, 'read', u.id, false from flerpart.unsealed_read u
    where not exists (select from flerpart.read_entry r where (r.org_id, r.id) = (u.org_id, u.id))"""
_WAITING = "select count(*) from flerpart.unsealed_read"


@dataclass(frozen=True)
class JournalReader:
    """Reads the journal's tables in one unchanging picture of the database."""

    connection: Any

    async def links(self) -> AsyncIterator[Link]:
        """Every link of every chain, chain by chain, with the text of its entry where that is there."""
        async for row in self.connection.cursor(_LINKS, prefetch=500):
            yield Link(*row)

    async def heads(self) -> list[Head]:
        """Every chain's head."""
        return [Head(None, *row) for row in await self.connection.fetch(_HEADS)]

    async def fixed(self) -> list[Head]:
        """Every head that a root has fixed, in the order of the roots."""
        return [Head(*row) for row in await self.connection.fetch(_FIXED)]

    async def roots(self) -> list[str]:
        """The roots' lines in their order."""
        return [row[0] for row in await self.connection.fetch(_ROOTS)]

    async def loose(self) -> list[Loose]:
        """Entries that are in no chain and should be, and waiting reads whose entry is gone."""
        return [Loose(*row) for row in await self.connection.fetch(_LOOSE)]

    async def waiting(self) -> int:
        """How many reads wait to be sealed."""
        return int(await self.connection.fetchval(_WAITING))


@asynccontextmanager
async def reading_journal(migration_url: str) -> AsyncIterator[JournalReader]:
    """The journal as it stands now; nothing can be written."""
    connection = await asyncpg.connect(migration_url)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            await connection.execute(f"set local role {ROLE}; {_PINNED}")
            yield JournalReader(connection)
    finally:
        await connection.close()

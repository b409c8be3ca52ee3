"""What was taken away, read for keeping outside; and told again to a restored backup. As the migrator, who
steps into the gate's role for it: the application's login can do neither.
"""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import asyncpg

_NEW: Final = (
    "select org_id, id, kind, content::text, recorded_at from flerpart.recovery_event"
    " where exported_at is null order by recorded_at, id limit 1000"
)
_KEPT: Final = (
    "update flerpart.recovery_event e set exported_at = clock_timestamp()"
    " from unnest($1::uuid[], $2::uuid[]) k (org_id, id) where (e.org_id, e.id) = (k.org_id, k.id)"
)
_EXPORTED: Final = "select id from flerpart.recovery_event where exported_at is not null"
_INSTALLATION: Final = "select id from flerpart.installation"

# What has been taken away is taken away again; what was given since the backup is not given.
_WITHDRAWN: Final = (
    "insert into flerpart.consent_withdrawal"
    " select x.* from jsonb_populate_record(null::flerpart.consent_withdrawal, $1::jsonb) x"
    " where not exists (select from flerpart.consent_withdrawal w where (w.org_id, w.id) = (x.org_id, x.id))"
)
_UNSENT: Final = """
    select gate_delivery.cancel_unsent((w.said ->> 'consent_org')::uuid, (w.said ->> 'consent_id')::uuid)
    from (select $1::jsonb as said) w"""
_DISPOSED: Final = "select gate_disposal.dispose_again($1::jsonb)"
_PROTECTED: Final = """
    update flerpart.individual i set protected_identity = m.mark, version = version + 1
    from (select $1::jsonb ->> 'protected_identity' as mark,
      array['none', 'confidentiality_mark', 'protected_registration'] as by_strictness) m
    where i.id = ($1::jsonb ->> 'id')::uuid
      and array_position(m.by_strictness, i.protected_identity) < array_position(m.by_strictness, m.mark)"""
_CLEARANCE_ENDED: Final = (
    "update flerpart.protection_clearance c set ended_at = ($1::jsonb ->> 'ended_at')::timestamptz,"
    " ended_by = ($1::jsonb ->> 'ended_by')::uuid"
    " where c.id = ($1::jsonb ->> 'id')::uuid and c.ended_at is null and $1::jsonb ->> 'ended_at' is not null"
)
# Roles that were taken since stay taken; an account left without any is ended with those it had.
_ACCOUNT: Final = """
    update flerpart.account a set
      roles = case when cardinality(k.roles) > 0 then k.roles else a.roles end,
      active = a.active and ($1::jsonb ->> 'active')::boolean and cardinality(k.roles) > 0,
      version = a.version + 1
    from (select b.id, array(select r from unnest(b.roles) r where $1::jsonb -> 'roles' ? r) as roles
      from flerpart.account b) k
    where a.id = ($1::jsonb ->> 'id')::uuid and k.id = a.id
      and (k.roles <> a.roles or a.active and not ($1::jsonb ->> 'active')::boolean)"""
_OFFICER: Final = (
    "update flerpart.officer f set left_on = ($1::jsonb ->> 'left_on')::date, version = version + 1"
    " where f.id = ($1::jsonb ->> 'id')::uuid and $1::jsonb ->> 'left_on' is not null"
    " and (f.left_on is null or f.left_on > ($1::jsonb ->> 'left_on')::date)"
)
TOLD_AGAIN: Mapping[str, tuple[str, ...]] = {
    "withdrawal": (_WITHDRAWN, _UNSENT),
    "disposal": (_DISPOSED,),
    "protection": (_PROTECTED,),
    "clearance_ended": (_CLEARANCE_ENDED,),
    "account": (_ACCOUNT,),
    "officer": (_OFFICER,),
}


@dataclass(frozen=True)
class Event:
    """Something that was taken away, as the database has noted it."""

    id: UUID
    organisation_id: UUID
    kind: str
    content: Mapping[str, Any]
    recorded_at: str


class Recovery:
    """One transaction as the gate of recovery."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def installation(self) -> UUID:
        """Which installation's database this is."""
        found: UUID = await self._connection.fetchval(_INSTALLATION)
        return found

    async def new_events(self) -> list[Event]:
        """What has not been kept outside yet, the oldest first; at most a thousand."""
        return [
            Event(
                row["id"],
                row["org_id"],
                row["kind"],
                json.loads(row["content"]),
                row["recorded_at"].isoformat(),
            )
            for row in await self._connection.fetch(_NEW)
        ]

    async def kept(self, events: list[Event]) -> None:
        """Note that these are kept outside."""
        await self._connection.execute(
            _KEPT, [one.organisation_id for one in events], [one.id for one in events]
        )

    async def exported(self) -> set[UUID]:
        """The events that this database knows to be kept outside."""
        return {row["id"] for row in await self._connection.fetch(_EXPORTED)}

    async def tell_again(self, context: str, kind: str, content: Mapping[str, Any]) -> None:
        """Take away once more what was taken away, under the signed context of whose it is."""
        await self._connection.execute("select set_config('flerpart.context', $1, true)", context)
        for sql in TOLD_AGAIN[kind]:
            await self._connection.execute(sql, json.dumps(content))

    async def reopen(self) -> None:
        """Let the API work in this database."""
        await self._connection.execute("select gate_recovery.reopen()")


@asynccontextmanager
async def recovering(migration_url: str) -> AsyncIterator[Recovery]:
    """A transaction as the gate of recovery; it is committed when the block ends without an error."""
    connection = await asyncpg.connect(migration_url)
    try:
        async with connection.transaction():
            await connection.execute("set local role gate_recovery")
            yield Recovery(connection)
    finally:
        await connection.close()

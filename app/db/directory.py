"""The directory of organisations: which agreements each is part of, its units, officers and accounts."""

from uuid import UUID

import asyncpg
import sqlalchemy as sa

from app.db.database import Tx
from app.db.statement import Statement, ask, table_of
from app.db.tables.directory import Membership, Officer

_M, _O = table_of(Membership), table_of(Officer)

_MEMBERSHIPS = Statement(
    sa.select(_M.c.agreement_key, _M.c.party)
    .where(_M.c.org_id == ask("me", sa.Uuid()))
    .order_by(_M.c.agreement_key)
)
_OFFICER = Statement(
    sa.select(_O).where(_O.c.org_id == ask("me", sa.Uuid()), _O.c.id == ask("id", sa.Uuid()))
)


async def memberships(tx: Tx) -> list[asyncpg.Record]:
    """The agreements the caller's organisation has a place in: as a party's organisation, or as a body's."""
    return await tx.rows(_MEMBERSHIPS)


async def officer(tx: Tx, officer_id: UUID) -> asyncpg.Record | None:
    """An officer of the caller's organisation, also one who has left."""
    return await tx.row(_OFFICER, id=officer_id)

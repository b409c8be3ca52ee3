"""The directory of organisations: which agreements each is part of, its units, officers and accounts."""

import asyncpg
import sqlalchemy as sa

from app.db.database import Tx
from app.db.statement import Statement, ask, table_of
from app.db.tables.directory import Membership

_M = table_of(Membership)

_MEMBERSHIPS = Statement(
    sa.select(_M.c.agreement_key, _M.c.party)
    .where(_M.c.org_id == ask("me", sa.Uuid()))
    .order_by(_M.c.agreement_key)
)


async def memberships(tx: Tx) -> list[asyncpg.Record]:
    """The agreements the caller's organisation has a place in: as a party's organisation, or as a body's."""
    return await tx.rows(_MEMBERSHIPS)

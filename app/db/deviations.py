"""Deviations: the organisation's own, of the caller's unit or for some roles of all its units."""

from typing import Final
from uuid import UUID

import asyncpg
import sqlalchemy as sa

from app.db.database import Tx
from app.db.reading import shown
from app.db.statement import Statement, ask, table_of
from app.db.tables.deviations import Deviation, DeviationStep

_D, _S = table_of(Deviation), table_of(DeviationStep)
_MINE = (
    _D.c.org_id == ask("me", sa.Uuid()),
    sa.or_(ask("all_units", sa.Boolean()), _D.c.unit_id == ask("my_unit", sa.Uuid())),
)
_THIS = _D.c.id == ask("id", sa.Uuid())
_TAKEN: Final = (
    sa.select(_S.c.step)
    .where(_S.c.org_id == _D.c.org_id, _S.c.deviation_id == _D.c.id)
    .order_by(_S.c.recorded_at, _S.c.id)
)
_STEPS_TAKEN = sa.func.array(_TAKEN.scalar_subquery()).label("steps_taken")

_READ = shown(sa.select(_D, _STEPS_TAKEN).where(*_MINE, _THIS), "deviation")
_FOR_USE = Statement(sa.select(_D, _STEPS_TAKEN).where(*_MINE, _THIS))
_STEPS = Statement(
    sa.select(_S)
    .where(_S.c.org_id == ask("me", sa.Uuid()), _S.c.deviation_id == ask("id", sa.Uuid()))
    .order_by(_S.c.recorded_at, _S.c.id)
)
_LIST = shown(
    sa.select(_D, _STEPS_TAKEN)
    .where(*_MINE)
    .order_by(_D.c.id.desc())
    .limit(ask("limit", sa.Integer()))
    .offset(ask("offset", sa.Integer())),
    "deviation",
    newest_first_by="id",
)
_COUNTED = sa.select(_D.c.id).where(*_MINE).limit(sa.literal_column("1001")).subquery()
_COUNT = Statement(sa.select(sa.func.count()).select_from(_COUNTED))
# Two who decide at once come one after the other; the lock ends with the transaction.
_LOCK = Statement(
    sa.select(
        sa.func.pg_advisory_xact_lock(
            sa.func.hashtextextended(ask("lock", sa.Text()), sa.literal_column("2"))
        )
    )
)


async def read(tx: Tx, deviation_id: UUID, *, all_units: bool, operation: str) -> asyncpg.Record | None:
    """One deviation of the caller's, logged as shown."""
    return await tx.row(_READ, id=deviation_id, all_units=all_units, operation=operation)


async def to_decide_on(tx: Tx, deviation_id: UUID, *, all_units: bool) -> asyncpg.Record | None:
    """One deviation of the caller's, locked until the transaction ends; a stranger waits for nothing."""
    if await tx.row(_FOR_USE, id=deviation_id, all_units=all_units) is None:
        return None
    await tx.row(_LOCK, lock=str(deviation_id))
    return await tx.row(_FOR_USE, id=deviation_id, all_units=all_units)


async def steps(tx: Tx, deviation_id: UUID) -> list[asyncpg.Record]:
    """What has been done about a deviation, in order."""
    return await tx.rows(_STEPS, id=deviation_id)


async def page(tx: Tx, *, all_units: bool, limit: int, offset: int, operation: str) -> list[asyncpg.Record]:
    """A page of deviations, newest first; every person on it is logged as shown."""
    return await tx.rows(_LIST, all_units=all_units, limit=limit, offset=offset, operation=operation)


async def count_to_1000(tx: Tx, *, all_units: bool) -> int | None:
    """How many there are, or None where they are more than a thousand."""
    found: int = await tx.value(_COUNT, all_units=all_units)
    return found if found <= 1000 else None

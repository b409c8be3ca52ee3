"""Coordination cases: those of the caller's unit, or for some roles of its whole organisation."""

from uuid import UUID

import asyncpg
import sqlalchemy as sa

from app.db.database import Tx
from app.db.reading import shown
from app.db.statement import Statement, ask, table_of
from app.db.tables.cases import CaseCarrier, CaseFile
from app.db.tables.directory import Officer

_C, _K, _O = table_of(CaseFile), table_of(CaseCarrier), table_of(Officer)
_OWN = _C.c.org_id == ask("me", sa.Uuid())
_MINE = sa.or_(ask("all_units", sa.Boolean()), _C.c.unit_id == ask("my_unit", sa.Uuid()))

_READ = shown(sa.select(_C).where(_OWN, _MINE, _C.c.id == ask("id", sa.Uuid())), "case")
_FOR_USE = Statement(sa.select(_C).where(_OWN, _MINE, _C.c.id == ask("id", sa.Uuid())))
_LIST = shown(
    sa.select(_C)
    .where(_OWN, _MINE, sa.or_(ask("closed_too", sa.Boolean()), _C.c.closed_at.is_(None)))
    .order_by(_C.c.id.desc())
    .limit(ask("limit", sa.Integer()))
    .offset(ask("offset", sa.Integer())),
    "case",
    newest_first_by="id",
)
_COUNTED = (
    sa.select(_C.c.id)
    .where(_OWN, _MINE, sa.or_(ask("closed_too", sa.Boolean()), _C.c.closed_at.is_(None)))
    .limit(sa.literal_column("1001"))
    .subquery()
)
_COUNT = Statement(sa.select(sa.func.count()).select_from(_COUNTED))
_STEP = Statement(
    sa.update(_C)
    .where(_OWN, _C.c.id == ask("of_id", sa.Uuid()), _C.c.version == ask("of_version", sa.Integer()))
    .values(
        version=_C.c.version + sa.literal_column("1"),
        closed_at=sa.func.coalesce(ask("closed_at", sa.DateTime(timezone=True)), _C.c.closed_at),
    )
)
_CARRIER = Statement(
    sa.select(_K, _O.c.name, _O.c.left_on)
    .join(_O, sa.and_(_O.c.org_id == _K.c.org_id, _O.c.id == _K.c.officer_id))
    .where(_K.c.org_id == ask("me", sa.Uuid()), _K.c.case_id == ask("id", sa.Uuid()))
    .order_by(_K.c.id.desc())
    .limit(sa.literal_column("1"))
)


async def read(tx: Tx, case_id: UUID, *, all_units: bool, operation: str) -> asyncpg.Record | None:
    """One case of the caller's, logged as shown."""
    return await tx.row(_READ, id=case_id, all_units=all_units, operation=operation)


async def for_use(tx: Tx, case_id: UUID, *, all_units: bool) -> asyncpg.Record | None:
    """One case of the caller's for a use case to work with; shown to nobody, so not logged."""
    return await tx.row(_FOR_USE, id=case_id, all_units=all_units)


async def page(
    tx: Tx, *, all_units: bool, closed_too: bool, limit: int, offset: int, operation: str
) -> list[asyncpg.Record]:
    """A page of cases, newest first; every person on it is logged as shown."""
    return await tx.rows(
        _LIST, all_units=all_units, closed_too=closed_too, limit=limit, offset=offset, operation=operation
    )


async def count_to_1000(tx: Tx, *, all_units: bool, closed_too: bool) -> int | None:
    """How many there are, or None where they are more than a thousand."""
    found: int = await tx.value(_COUNT, all_units=all_units, closed_too=closed_too)
    return found if found <= 1000 else None


async def carrier(tx: Tx, case_id: UUID) -> asyncpg.Record | None:
    """Who carries the case now."""
    return await tx.row(_CARRIER, id=case_id)


async def next_version(tx: Tx, case_id: UUID, version: int, closed_at: object = None) -> bool:
    """Let the case step from this version to the next, closing it where a time is given; False when it is
    stale.
    """
    return await tx.change(_STEP, of_id=case_id, of_version=version, closed_at=closed_at) == 1

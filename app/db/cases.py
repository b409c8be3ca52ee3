"""Coordination cases: those of the caller's unit, or for some roles of its whole organisation."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import asyncpg
import sqlalchemy as sa
from sqlmodel import SQLModel

from app.db.database import Tx
from app.db.reading import shown
from app.db.statement import Statement, ask, table_of
from app.db.tables.cases import (
    CaseCarrier,
    CaseFile,
    Closure,
    Contact,
    Individual,
    NeedAssessment,
    Offer,
)
from app.db.tables.directory import Officer
from app.db.tables.meetings import Meeting

_C, _K, _O, _I, _M = (table_of(row) for row in (CaseFile, CaseCarrier, Officer, Individual, Meeting))
_OWN = _C.c.org_id == ask("me", sa.Uuid())
_MINE = sa.or_(ask("all_units", sa.Boolean()), _C.c.unit_id == ask("my_unit", sa.Uuid()))
_OPEN = sa.or_(ask("closed_too", sa.Boolean()), _C.c.closed_at.is_(None))
_THIS = _C.c.id == ask("id", sa.Uuid())

_CASE_ID = _C.c.id.label("case_id")
_READ = shown(sa.select(_C, _CASE_ID).where(_OWN, _MINE, _THIS), "case")
_FOR_USE = Statement(sa.select(_C).where(_OWN, _MINE, _THIS))

_carried_by = (
    sa.select(_K.c.officer_id, _O.c.name, _O.c.left_on)
    .join(_O, sa.and_(_O.c.org_id == _K.c.org_id, _O.c.id == _K.c.officer_id))
    .where(_K.c.org_id == _C.c.org_id, _K.c.case_id == _C.c.id)
    .order_by(_K.c.recorded_at.desc(), _K.c.id.desc())
    .limit(sa.literal_column("1"))
    .lateral("carried_by")
)
_LIST = shown(
    sa.select(
        _C,
        _CASE_ID,
        _I.c.name_sealed,
        _carried_by.c.officer_id,
        _carried_by.c.name.label("officer_name"),
        _carried_by.c.left_on,
    )
    .join(_I, sa.and_(_I.c.org_id == _C.c.org_id, _I.c.id == _C.c.individual_id))
    .outerjoin(_carried_by, sa.true())
    .where(_OWN, _MINE, _OPEN)
    .order_by(_C.c.id.desc())
    .limit(ask("limit", sa.Integer()))
    .offset(ask("offset", sa.Integer())),
    "case",
    newest_first_by="id",
)
_COUNTED = sa.select(_C.c.id).where(_OWN, _MINE, _OPEN).limit(sa.literal_column("1001")).subquery()
_COUNT = Statement(sa.select(sa.func.count()).select_from(_COUNTED))

_STEP = Statement(
    sa.update(_C)
    .where(_OWN, _C.c.id == ask("of_id", sa.Uuid()), _C.c.version == ask("of_version", sa.Integer()))
    .values(
        version=_C.c.version + sa.literal_column("1"),
        closed_at=sa.func.coalesce(ask("closed_at", sa.DateTime(timezone=True)), _C.c.closed_at),
    )
)
_MOVE_CASE = Statement(
    sa.update(_C).where(_OWN, _C.c.id == ask("of_id", sa.Uuid())).values(unit_id=ask("to_unit", sa.Uuid()))
)
_MOVE_MEETINGS = Statement(
    sa.update(_M)
    .where(_M.c.org_id == ask("me", sa.Uuid()), _M.c.case_id == ask("of_id", sa.Uuid()))
    .values(unit_id=ask("to_unit", sa.Uuid()))
)

_stand_in = _O.alias("stand_in")
_CARRIER = Statement(
    sa.select(_K, _O.c.name, _O.c.left_on, _stand_in.c.name.label("stand_in_name"))
    .join(_O, sa.and_(_O.c.org_id == _K.c.org_id, _O.c.id == _K.c.officer_id))
    .outerjoin(_stand_in, sa.and_(_stand_in.c.org_id == _K.c.org_id, _stand_in.c.id == _K.c.stand_in_id))
    .where(_K.c.org_id == ask("me", sa.Uuid()), _K.c.case_id == ask("id", sa.Uuid()))
    .order_by(_K.c.recorded_at.desc(), _K.c.id.desc())
    .limit(sa.literal_column("1"))
)


def _sealed(row: type[SQLModel], column: str) -> sa.Select[Any]:
    """The texts of one column in the rows of a case, each with its place."""
    table = table_of(row)
    return sa.select(
        sa.literal_column(f"'{table.name}'").label("of_table"),
        sa.literal_column(f"'{column}'").label("of_column"),
        table.c.id,
        table.c[column].label("sealed"),
    ).where(
        table.c.org_id == ask("me", sa.Uuid()),
        table.c.case_id == ask("id", sa.Uuid()),
        table.c[column].is_not(None),
    )


_TEXTS = Statement(
    sa.union_all(
        _sealed(NeedAssessment, "individual_view_sealed"),
        _sealed(NeedAssessment, "note_sealed"),
        _sealed(Offer, "note_sealed"),
        _sealed(Contact, "note_sealed"),
        _sealed(CaseCarrier, "reason_sealed"),
        _sealed(Closure, "note_sealed"),
    )
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
    """A page of cases, newest first, with the person's sealed name and the carrier;
    every person on it is logged as shown.
    """
    return await tx.rows(
        _LIST, all_units=all_units, closed_too=closed_too, limit=limit, offset=offset, operation=operation
    )


async def count_to_1000(tx: Tx, *, all_units: bool, closed_too: bool) -> int | None:
    """How many there are, or None where they are more than a thousand."""
    found: int = await tx.value(_COUNT, all_units=all_units, closed_too=closed_too)
    return found if found <= 1000 else None


async def carrier(tx: Tx, case_id: UUID) -> asyncpg.Record | None:
    """Who carries the case now, and who stands in."""
    return await tx.row(_CARRIER, id=case_id)


async def texts(tx: Tx, case_id: UUID) -> Mapping[tuple[UUID, str], tuple[str, bytes]]:
    """What is written in the case: by the row's id and the column, the table and the sealed text."""
    return {
        (row["id"], row["of_column"]): (row["of_table"], row["sealed"])
        for row in await tx.rows(_TEXTS, id=case_id)
    }


async def next_version(tx: Tx, case_id: UUID, version: int, closed_at: object = None) -> bool:
    """Let the case step from this version to the next,
    closing it where a time is given; False when it is stale.
    """
    return await tx.change(_STEP, of_id=case_id, of_version=version, closed_at=closed_at) == 1


async def move(tx: Tx, case_id: UUID, unit_id: UUID) -> None:
    """Let the case and its meetings belong to another unit of the organisation."""
    await tx.change(_MOVE_CASE, of_id=case_id, to_unit=unit_id)
    await tx.change(_MOVE_MEETINGS, of_id=case_id, to_unit=unit_id)

"""Individuals, as the caller's organisation knows them: only by id, or by a blind index of a number."""

from typing import Any
from uuid import UUID

import asyncpg
import sqlalchemy as sa

from app.db.database import Tx
from app.db.reading import shown
from app.db.statement import Statement, ask, ask_for, table_of
from app.db.tables.cases import CaseFile, Individual
from app.db.tables.summonses import ReceivedCopy

_I, _C, _R = table_of(Individual), table_of(CaseFile), table_of(ReceivedCopy)
_OWN = _I.c.org_id == ask("me", sa.Uuid())


def _has(table: sa.Table, *conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Whether the individual has a row in that table that fulfils the conditions."""
    of_person = (table.c.org_id == _I.c.org_id, table.c.individual_id == _I.c.id)
    return sa.exists().where(*of_person, *conditions)


# A person is the concern of a unit that has a case or a letter about them; one nobody has a case of yet, of
# everybody.
_CONCERNS_ME = sa.or_(
    ask("all_units", sa.Boolean()),
    _has(_C, _C.c.unit_id == ask("my_unit", sa.Uuid())),
    _has(_R, sa.or_(_R.c.unit_id == ask("my_unit", sa.Uuid()), _R.c.unit_id.is_(None))),
    sa.not_(sa.or_(_has(_C), _has(_R))),
)
_ROW = sa.select(_I, _I.c.id.label("individual_id"))

_READ = shown(_ROW.where(_OWN, _I.c.id == ask("id", sa.Uuid()), _CONCERNS_ME), "individual")
_LOOK_UP = Statement(sa.select(_I).where(_OWN, _I.c.identity_index == ask("index", sa.LargeBinary())))
_FOR_USE = Statement(sa.select(_I).where(_OWN, _I.c.id == ask("id", sa.Uuid()), _CONCERNS_ME))
_KEPT = (
    "name_sealed",
    "contact_sealed",
    "municipality",
    "has_communication_needs",
    "communication_needs_sealed",
)
_CHANGE = Statement(
    sa.update(_I)
    .where(_OWN, _I.c.id == ask("of_id", sa.Uuid()), _I.c.version == ask("of_version", sa.Integer()))
    .values(
        {name: ask_for(_I.c[name]) for name in _KEPT} | {"version": _I.c.version + sa.literal_column("1")}
    )
)


async def read(tx: Tx, individual_id: UUID, *, all_units: bool, operation: str) -> asyncpg.Record | None:
    """One individual, logged as shown; None when the id is nobody the caller's unit has to do with."""
    return await tx.row(_READ, id=individual_id, all_units=all_units, operation=operation)


async def look_up(tx: Tx, index: bytes) -> asyncpg.Record | None:
    """The individual of the caller's organisation with this blind index; the use case logs it, with why."""
    return await tx.row(_LOOK_UP, index=index)


async def for_use(tx: Tx, individual_id: UUID, *, all_units: bool) -> asyncpg.Record | None:
    """One individual for a use case to work with; shown to nobody, so not logged."""
    return await tx.row(_FOR_USE, id=individual_id, all_units=all_units)


async def change(tx: Tx, individual_id: UUID, version: int, **columns: Any) -> bool:
    """Write the columns that may change, and the next version;
    False when the version is not the present one.
    """
    return await tx.change(_CHANGE, of_id=individual_id, of_version=version, **columns) == 1

"""Where a thing stands that the caller sees: whose it is, in which case and unit. Policies decide what is
seen.
"""

from typing import Any
from uuid import UUID

import asyncpg
import sqlalchemy as sa
from sqlmodel import SQLModel

from app.db.database import Tx
from app.db.statement import Statement, ask, table_of
from app.db.tables.consents import Disclosure
from app.db.tables.meetings import Meeting
from app.db.tables.plans import Plan
from app.db.tables.summonses import ReceivedCopy, Summons

_ME, _ID = ask("me", sa.Uuid()), ask("id", sa.Uuid())
_ALL_UNITS, _MY_UNIT = ask("all_units", sa.Boolean()), ask("my_unit", sa.Uuid())
_DISCLOSED = table_of(Disclosure)


def _concerns_me(table: sa.Table) -> sa.ColumnElement[bool]:
    """Another organisation's case is the concern of the unit that a letter about it has come to; of every
    unit, where none has come or it was addressed to none.
    """
    copy = table_of(ReceivedCopy)
    about_it = sa.and_(
        copy.c.org_id == _ME, copy.c.from_org == table.c.org_id, copy.c.case_id == table.c.case_id
    )
    return sa.or_(
        _ALL_UNITS,
        table.c.org_id == _ME,
        sa.exists().where(about_it, sa.or_(copy.c.unit_id == _MY_UNIT, copy.c.unit_id.is_(None))),
        sa.not_(sa.exists().where(about_it)),
    )


def _standing(row: type[SQLModel], kind: str, *columns: str, by_unit: bool = False) -> Statement:
    """The few columns that tell whose a row is: looked up by key under the caller's organisation, or under
    that of whoever has shown an item with this id to it, to the caller's unit where that is asked.
    """
    table = table_of(row)
    wanted: list[sa.ColumnElement[Any]] = [table.c[name] for name in ("org_id", "id", "case_id", *columns)]
    shown_by = sa.select(_DISCLOSED.c.org_id).where(
        _DISCLOSED.c.recipient_org == _ME,
        _DISCLOSED.c.kind == sa.literal_column(f"'{kind}'"),
        _DISCLOSED.c.item_id == _ID,
    )
    holders = sa.union(sa.select(_ME.label("org_id")), shown_by).subquery("holders")
    concern = (_concerns_me(table),) if by_unit else ()
    return Statement(
        sa.select(*wanted)
        .join(holders, holders.c.org_id == table.c.org_id)
        .where(table.c.id == _ID, *concern)
    )


_MEETING = _standing(Meeting, "meeting", "unit_id", "individual_id", "version", by_unit=True)
_PLAN = _standing(Plan, "plan", "meeting_id", "individual_id", "number")
_S, _M = table_of(Summons), table_of(Meeting)
_SUMMONS = Statement(
    sa.select(_S.c.org_id, _S.c.id, _S.c.case_id, _S.c.meeting_id, _S.c.individual_id, _S.c.recipient_org)
    .join(_M, sa.and_(_M.c.org_id == _S.c.org_id, _M.c.id == _S.c.meeting_id))
    .where(_S.c.org_id == _ME, _S.c.id == _ID, sa.or_(_ALL_UNITS, _M.c.unit_id == _MY_UNIT))
)
_COPY = Statement(
    sa.select(table_of(ReceivedCopy)).where(
        table_of(ReceivedCopy).c.org_id == ask("me", sa.Uuid()),
        table_of(ReceivedCopy).c.id == ask("id", sa.Uuid()),
    )
)

_COPIES = table_of(ReceivedCopy)
_COPY_ABOUT_MEETING = Statement(
    sa.select(_COPIES.c.from_org, _COPIES.c.case_id, _COPIES.c.individual_id)
    .where(
        _COPIES.c.org_id == ask("me", sa.Uuid()),
        _COPIES.c.meeting_id == ask("id", sa.Uuid()),
        sa.or_(
            ask("all_units", sa.Boolean()),
            _COPIES.c.unit_id == ask("my_unit", sa.Uuid()),
            _COPIES.c.unit_id.is_(None),
        ),
    )
    .order_by(_COPIES.c.recorded_at.desc())
    .limit(sa.literal_column("1"))
)


async def meeting(tx: Tx, meeting_id: UUID, *, all_units: bool) -> asyncpg.Record | None:
    """The meeting, if the caller's organisation holds it or an act has shown it, to the caller's unit or to
    no unit in particular.
    """
    return await tx.row(_MEETING, id=meeting_id, all_units=all_units)


async def plan(tx: Tx, plan_id: UUID) -> asyncpg.Record | None:
    """The plan version, if the caller's organisation holds it or an act has shown it."""
    return await tx.row(_PLAN, id=plan_id)


async def summons(tx: Tx, summons_id: UUID, *, all_units: bool) -> asyncpg.Record | None:
    """The summons, if the caller's unit issued it."""
    return await tx.row(_SUMMONS, id=summons_id, all_units=all_units)


async def received_copy(tx: Tx, item_id: UUID) -> asyncpg.Record | None:
    """The caller's own received copy of an item, whatever has become of the consent since."""
    return await tx.row(_COPY, id=item_id)


async def copy_about_meeting(tx: Tx, meeting_id: UUID, *, all_units: bool) -> asyncpg.Record | None:
    """The unit's latest received copy that speaks of this meeting, whatever consent says now."""
    return await tx.row(_COPY_ABOUT_MEETING, id=meeting_id, all_units=all_units)

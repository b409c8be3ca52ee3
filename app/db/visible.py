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
_DISCLOSED = table_of(Disclosure)


def _standing(row: type[SQLModel], kind: str, *columns: str) -> Statement:
    """The few columns that tell whose a row is: looked up by key under the caller's organisation, or under
    that of
    whoever has shown an item with this id to it.
    """
    table = table_of(row)
    wanted: list[sa.ColumnElement[Any]] = [table.c[name] for name in ("org_id", "id", "case_id", *columns)]
    shown_by = sa.select(_DISCLOSED.c.org_id).where(
        _DISCLOSED.c.recipient_org == _ME,
        _DISCLOSED.c.kind == sa.literal_column(f"'{kind}'"),
        _DISCLOSED.c.item_id == _ID,
    )
    holders = sa.union(sa.select(_ME.label("org_id")), shown_by).subquery("holders")
    return Statement(
        sa.select(*wanted).join(holders, holders.c.org_id == table.c.org_id).where(table.c.id == _ID)
    )


_MEETING = _standing(Meeting, "meeting", "unit_id", "individual_id", "version")
_PLAN = _standing(Plan, "plan", "meeting_id", "individual_id", "number")
_SUMMONS = _standing(Summons, "summons", "meeting_id", "individual_id", "recipient_org")
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


async def meeting(tx: Tx, meeting_id: UUID) -> asyncpg.Record | None:
    """The meeting, if the caller's organisation holds it or an act has shown it."""
    return await tx.row(_MEETING, id=meeting_id)


async def plan(tx: Tx, plan_id: UUID) -> asyncpg.Record | None:
    """The plan version, if the caller's organisation holds it or an act has shown it."""
    return await tx.row(_PLAN, id=plan_id)


async def summons(tx: Tx, summons_id: UUID) -> asyncpg.Record | None:
    """The summons, if the caller's organisation issued it."""
    return await tx.row(_SUMMONS, id=summons_id)


async def received_copy(tx: Tx, item_id: UUID) -> asyncpg.Record | None:
    """The caller's own received copy of an item, whatever has become of the consent since."""
    return await tx.row(_COPY, id=item_id)


async def copy_about_meeting(tx: Tx, meeting_id: UUID, *, all_units: bool) -> asyncpg.Record | None:
    """The unit's latest received copy that speaks of this meeting, whatever consent says now."""
    return await tx.row(_COPY_ABOUT_MEETING, id=meeting_id, all_units=all_units)

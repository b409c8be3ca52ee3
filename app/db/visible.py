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
from app.db.tables.meetings import Meeting
from app.db.tables.plans import Plan
from app.db.tables.summonses import ReceivedCopy, Summons


def _standing(row: type[SQLModel], *columns: str) -> Statement:
    """The few columns that tell whose a row is."""
    table = table_of(row)
    wanted: list[sa.ColumnElement[Any]] = [table.c[name] for name in ("org_id", "id", "case_id", *columns)]
    return Statement(sa.select(*wanted).where(table.c.id == ask("id", sa.Uuid())))


_MEETING = _standing(Meeting, "unit_id", "individual_id", "version")
_PLAN = _standing(Plan, "meeting_id", "individual_id", "number")
_SUMMONS = _standing(Summons, "meeting_id", "individual_id", "recipient_org")
_COPY = Statement(
    sa.select(table_of(ReceivedCopy)).where(
        table_of(ReceivedCopy).c.org_id == ask("me", sa.Uuid()),
        table_of(ReceivedCopy).c.id == ask("id", sa.Uuid()),
    )
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

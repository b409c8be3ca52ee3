"""What was said and decided at a follow-up meeting, as far as the caller may read it."""

from uuid import UUID

import asyncpg
import sqlalchemy as sa

from app.db.database import Tx
from app.db.statement import Statement, ask, table_of
from app.db.tables.meetings import Meeting
from app.db.tables.plans import FollowUpDecision, FollowUpReport

_R, _D, _M = table_of(FollowUpReport), table_of(FollowUpDecision), table_of(Meeting)

_REPORTS = Statement(
    sa.select(_R)
    .where(_R.c.item_org == ask("org", sa.Uuid()), _R.c.item_id == ask("id", sa.Uuid()))
    .order_by(_R.c.recorded_at, _R.c.id)
)
_DECISION = Statement(
    sa.select(_D).where(_D.c.org_id == ask("org", sa.Uuid()), _D.c.meeting_id == ask("id", sa.Uuid()))
)
_WHOSE_PLAN = Statement(
    sa.select(_M.c.follows_up_org).where(_M.c.org_id == ask("me", sa.Uuid()), _M.c.id == ask("id", sa.Uuid()))
)


async def reports(tx: Tx, holder: UUID, meeting_id: UUID) -> list[asyncpg.Record]:
    """The reports that the caller may read: all for the meeting's holder, its own for everybody else."""
    return await tx.rows(_REPORTS, org=holder, id=meeting_id)


async def decision(tx: Tx, holder: UUID, meeting_id: UUID) -> asyncpg.Record | None:
    """What the follow-up decided."""
    return await tx.row(_DECISION, org=holder, id=meeting_id)


async def holder_of_plan(tx: Tx, meeting_id: UUID) -> UUID | None:
    """Whose plan a meeting of the caller's organisation follows up."""
    found: UUID | None = await tx.value(_WHOSE_PLAN, id=meeting_id)
    return found

"""What rests on a consent, and what its end stops: views, copies, and what is still to be sent."""

from typing import Any, Final
from uuid import UUID

import asyncpg
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import SQLModel

from app.db.database import Tx
from app.db.statement import Statement, ask, table_of
from app.db.tables.consents import Disclosure
from app.db.tables.plans import Commitment, FollowUpReport, PlanApproval
from app.db.tables.records import OutboxEvent
from app.db.tables.summonses import ReceivedCopy, SummonsReply

_D, _E, _R = table_of(Disclosure), table_of(OutboxEvent), table_of(ReceivedCopy)
_ME = ask("me", sa.Uuid())


def _count_of(row: type[SQLModel]) -> Any:
    """How many statements of the caller's there are about items of the case."""
    table = table_of(row)
    mine = (
        table.c.org_id == _ME,
        table.c.item_org == ask("holder", sa.Uuid()),
        table.c.case_id == ask("case_id", sa.Uuid()),
    )
    return sa.select(sa.func.count()).select_from(table).where(*mine).scalar_subquery()


def _items(table: sa.Table, item: sa.ColumnElement[Any], *conditions: sa.ColumnElement[bool]) -> Any:
    """Items as a JSON list of kind and id."""
    one = sa.func.jsonb_build_array(table.c.kind, item)
    listed = sa.func.coalesce(
        sa.func.jsonb_agg(aggregate_order_by(one, table.c.id)), sa.literal_column("'[]'::jsonb")
    )
    return sa.select(listed).select_from(table).where(*conditions).scalar_subquery()


_UNDER_IT = (_D.c.org_id == ask("holder", sa.Uuid()), _D.c.consent_id == ask("id", sa.Uuid()))
_RECEIVED = (
    _R.c.org_id == _ME,
    _R.c.from_org == ask("holder", sa.Uuid()),
    _R.c.case_id == ask("case_id", sa.Uuid()),
)
_OWN_PART = Statement(
    sa.select(
        _items(_D, _D.c.item_id, *_UNDER_IT, _D.c.recipient_org == _ME).label("views"),
        _items(_R, _R.c.id, *_RECEIVED).label("copies"),
        (_count_of(SummonsReply) + _count_of(PlanApproval) + _count_of(FollowUpReport)).label("statements"),
        _count_of(Commitment).label("commitments"),
        sa.select(
            sa.func.coalesce(
                sa.func.array_agg(sa.distinct(_R.c.meeting_id)), sa.literal_column("'{}'::uuid[]")
            )
        )
        .where(*_RECEIVED, _R.c.meeting_starts_at > ask("instant", sa.DateTime(timezone=True)))
        .scalar_subquery()
        .label("meetings"),
    )
)
_UNSENT = Statement(
    sa.select(_E.c.recipient_org, sa.func.count().label("unsent"))
    .join(_D, sa.and_(_D.c.org_id == _E.c.org_id, _D.c.id == _E.c.disclosure_id))
    .where(
        _E.c.org_id == _ME,
        _D.c.consent_id == ask("id", sa.Uuid()),
        _E.c.sent_at.is_(None),
        _E.c.cancelled_at.is_(None),
    )
    .group_by(_E.c.recipient_org)
)
_LOCK_CASE: Final = "select gate_facts.lock_case($1, $2)"
_CANCEL_UNSENT: Final = "select gate_delivery.cancel_unsent($1, $2)"


async def lock_case(tx: Tx, holder: UUID, case_id: UUID) -> bool:
    """Wait for every change of the case under way, as a covered organisation; False where it is not one."""
    locked: bool = await tx.call(_LOCK_CASE, holder, case_id)
    return locked


async def cancel_unsent(tx: Tx, holder: UUID, consent_id: UUID) -> None:
    """Stop what has not gone out under a consent to organisations it no longer covers."""
    await tx.call(_CANCEL_UNSENT, holder, consent_id)


async def own_part(tx: Tx, holder: UUID, case_id: UUID, consent_id: UUID) -> asyncpg.Record:
    """What the caller's organisation sees under a consent,
    and what it holds of the case whatever becomes of it.
    """
    (row,) = await tx.rows(_OWN_PART, holder=holder, case_id=case_id, id=consent_id)
    return row


async def unsent(tx: Tx, consent_id: UUID) -> dict[UUID, int]:
    """How much of the caller's is still to be sent under a consent, by recipient."""
    return {row["recipient_org"]: row["unsent"] for row in await tx.rows(_UNSENT, id=consent_id)}

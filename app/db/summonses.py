"""Summonses as their two sides see them: the letter issued, or the own received copy; and a unit's inbox."""

from datetime import UTC, date, datetime
from uuid import UUID

import asyncpg
import sqlalchemy as sa

from app.db.database import Tx
from app.db.reading import shown
from app.db.statement import Statement, ask, table_of
from app.db.tables.directory import Officer
from app.db.tables.meetings import Meeting
from app.db.tables.summonses import (
    Invitation,
    Preparedness,
    QueryAnswer,
    ReceivedCopy,
    Summons,
    SummonsAssignment,
    SummonsRecall,
    SummonsReply,
)

_S, _R, _W = table_of(Summons), table_of(ReceivedCopy), table_of(SummonsReply)
_A, _Q, _M = table_of(SummonsAssignment), table_of(QueryAnswer), table_of(Meeting)
_ME, _ID = ask("me", sa.Uuid()), ask("id", sa.Uuid())
_ONE: sa.ColumnElement[int] = sa.literal_column("1")
_X, _P = table_of(SummonsRecall), table_of(Preparedness)
_OFFICERS, _V = table_of(Officer), table_of(Invitation)

_EVER = datetime(1, 1, 1, tzinfo=UTC)

Row = asyncpg.Record

_SENDER = ask("sender", sa.Uuid())
_OF_MY_UNIT = sa.exists().where(
    _M.c.org_id == _S.c.org_id,
    _M.c.id == _S.c.meeting_id,
    sa.or_(ask("all_units", sa.Boolean()), _M.c.unit_id == ask("my_unit", sa.Uuid())),
)
_ISSUED = shown(sa.select(_S).where(_S.c.org_id == _ME, _S.c.id == _ID, _OF_MY_UNIT), "summons")
_MINE = sa.or_(
    ask("all_units", sa.Boolean()), _R.c.unit_id == ask("my_unit", sa.Uuid()), _R.c.unit_id.is_(None)
)
_FROM_WHOSE_CASE = _R.c.from_org.label("case_org")
_RECEIVED = shown(
    sa.select(_R, _FROM_WHOSE_CASE).where(_R.c.org_id == _ME, _R.c.id == _ID, _MINE), "received_copy"
)
_TO_USE = Statement(sa.select(_R).where(_R.c.org_id == _ME, _R.c.id == _ID, _MINE))
_REPLIES = Statement(sa.select(_W).where(_W.c.item_org == _SENDER, _W.c.item_id == _ID).order_by(_W.c.id))
_ANSWERS = Statement(sa.select(_Q).where(_Q.c.org_id == _SENDER, _Q.c.summons_id == _ID).order_by(_Q.c.id))
_RECALL = Statement(sa.select(_X).where(_X.c.org_id == _ME, _X.c.summons_id == _ID))
_PREPARED = Statement(
    sa.select(_P).where(_P.c.item_org == _SENDER, _P.c.item_id == _ID).order_by(_P.c.id.desc()).limit(_ONE)
)
_NOTICES = Statement(
    sa.select(_R.c.id, _R.c.org_id, _R.c.payload_sealed, _R.c.meeting_starts_at, _R.c.recorded_at)
    .where(_R.c.org_id == _ME, _R.c.kind == sa.literal_column("'notice'"), _R.c.about_id == _ID)
    .order_by(_R.c.id)
)
_ASSIGNED = Statement(
    sa.select(_A).where(_A.c.org_id == _ME, _A.c.summons_id == _ID).order_by(_A.c.id.desc()).limit(_ONE)
)

_INVITATIONS = shown(
    sa.select(_V).where(_V.c.org_id == _ME, _V.c.meeting_id == _ID), "invitation", newest_first_by="id"
)
_INVITED = Statement(
    sa.select(_V.c.invitee_id).where(
        _V.c.org_id == _ME,
        _V.c.meeting_id == _ID,
        _V.c.recorded_at >= ask("since", sa.DateTime(timezone=True)),
    )
)
_OWN_OFFICER = Statement(
    sa.select(_OFFICERS.c.id, _OFFICERS.c.unit_id).where(
        _OFFICERS.c.org_id == _ME,
        _OFFICERS.c.id == _ID,
        sa.or_(_OFFICERS.c.left_on.is_(None), _OFFICERS.c.left_on > ask("today", sa.Date())),
    )
)


# The recipient's own word outranks one that the sender has recorded for it.
_LAST_REPLY = (
    sa.select(_W.c.reply)
    .where(_W.c.item_org == _R.c.from_org, _W.c.item_id == _R.c.id)
    .order_by((_W.c.org_id == _R.c.org_id).desc(), _W.c.id.desc())
    .limit(_ONE)
    .scalar_subquery()
)
_OFFICER = (
    sa.select(_A.c.officer_id)
    .where(_A.c.org_id == _R.c.org_id, _A.c.summons_id == _R.c.id)
    .order_by(_A.c.id.desc())
    .limit(_ONE)
    .scalar_subquery()
)
_INBOX = (_R.c.org_id == _ME, _R.c.kind == sa.literal_column("'summons'"), _MINE)
_PAGE = shown(
    sa.select(_R, _FROM_WHOSE_CASE, _LAST_REPLY.label("last_reply"), _OFFICER.label("officer_id"))
    .where(*_INBOX)
    .order_by(_R.c.id.desc())
    .limit(ask("limit", sa.Integer()))
    .offset(ask("offset", sa.Integer())),
    "received_copy",
    newest_first_by="id",
)
_COUNT = Statement(
    sa.select(sa.func.count()).select_from(
        sa.select(_R.c.id).where(*_INBOX).limit(sa.literal_column("1001")).subquery()
    )
)


async def issued(tx: Tx, summons_id: UUID, *, all_units: bool, operation: str) -> asyncpg.Record | None:
    """A summons of the caller's unit, logged as shown."""
    return await tx.row(_ISSUED, id=summons_id, all_units=all_units, operation=operation)


async def received(tx: Tx, item_id: UUID, *, all_units: bool, operation: str) -> asyncpg.Record | None:
    """The own unit's received copy, logged as shown; held whatever becomes of the consent."""
    return await tx.row(_RECEIVED, id=item_id, all_units=all_units, operation=operation)


async def received_to_use(tx: Tx, item_id: UUID, *, all_units: bool) -> asyncpg.Record | None:
    """The own unit's received copy for a use case to refer to; shown to nobody, so not logged."""
    return await tx.row(_TO_USE, id=item_id, all_units=all_units)


async def replies(tx: Tx, sender: UUID, summons_id: UUID) -> list[asyncpg.Record]:
    """What has been said about a summons, oldest first; policies show it to both sides and nobody else."""
    return await tx.rows(_REPLIES, sender=sender, id=summons_id)


async def answers(tx: Tx, sender: UUID, summons_id: UUID) -> list[asyncpg.Record]:
    """What the sender has answered to questions about it."""
    return await tx.rows(_ANSWERS, sender=sender, id=summons_id)


async def recall(tx: Tx, summons_id: UUID) -> asyncpg.Record | None:
    """That the summons was taken back and why, as its sender keeps it."""
    return await tx.row(_RECALL, id=summons_id)


async def prepared(tx: Tx, sender: UUID, summons_id: UUID) -> asyncpg.Record | None:
    """The recipient's latest word that it has prepared; policies show it to both sides and nobody else."""
    return await tx.row(_PREPARED, sender=sender, id=summons_id)


async def notices(tx: Tx, summons_id: UUID) -> list[asyncpg.Record]:
    """The notices received about a summons: moved, cancelled, recalled."""
    return await tx.rows(_NOTICES, id=summons_id)


async def assignment(tx: Tx, summons_id: UUID) -> asyncpg.Record | None:
    """To which officer the receiving unit has given it last."""
    return await tx.row(_ASSIGNED, id=summons_id)


async def inbox(tx: Tx, *, all_units: bool, limit: int, offset: int, operation: str) -> list[asyncpg.Record]:
    """A page of the unit's received summonses, newest first; every person on it is logged as shown."""
    return await tx.rows(_PAGE, all_units=all_units, limit=limit, offset=offset, operation=operation)


async def count_to_1000(tx: Tx, *, all_units: bool) -> int | None:
    """How many there are, or None where they are more than a thousand."""
    found: int = await tx.value(_COUNT, all_units=all_units)
    return found if found <= 1000 else None


async def invitations(tx: Tx, meeting_id: UUID, *, operation: str) -> list[asyncpg.Record]:
    """The invitations to a meeting of the caller's, newest first; each is logged as shown."""
    return await tx.rows(_INVITATIONS, id=meeting_id, operation=operation)


async def invited_since(tx: Tx, meeting_id: UUID, since: datetime | None) -> frozenset[UUID]:
    """The invitees that a letter has been issued to, since a time if one is given."""
    found = await tx.rows(_INVITED, id=meeting_id, since=since or _EVER)
    return frozenset(row["invitee_id"] for row in found)


async def own_officer(tx: Tx, officer_id: UUID, today: date) -> asyncpg.Record | None:
    """The unit of an officer of the caller's organisation; None for anybody else and for one who has left."""
    return await tx.row(_OWN_OFFICER, id=officer_id, today=today)

"""What has happened to a meeting, row by row: preparations, invitees, offered times, changes, proceedings."""

from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import sqlalchemy as sa
from sqlmodel import SQLModel

from app.db.database import Tx
from app.db.statement import Statement, ask, ask_for, table_of
from app.db.tables.consents import ConsentPerson
from app.db.tables.directory import Unit
from app.db.tables.held_meetings import Attendance, Conclusion, MeetingOpening, RecorderAppointment
from app.db.tables.meetings import Invitee, MeetingChange, MeetingPreparation, TimeOffer


def _of_meeting(row: type[SQLModel], *conditions: sa.ColumnElement[bool]) -> Statement:
    """The rows of one table about one meeting, in the order they were recorded."""
    table = table_of(row)
    this = (table.c.org_id == ask("org", sa.Uuid()), table.c.meeting_id == ask("id", sa.Uuid()))
    return Statement(sa.select(table).where(*this, *conditions).order_by(table.c.recorded_at, table.c.id))


_I, _O = table_of(Invitee), table_of(TimeOffer)
_PREPARATIONS = _of_meeting(MeetingPreparation)
_INVITEES = _of_meeting(Invitee, _I.c.removed_at.is_(None))
_OFFERS = _of_meeting(TimeOffer)
_CHANGES = _of_meeting(MeetingChange)
_OPENINGS = _of_meeting(MeetingOpening)
_ATTENDANCES = _of_meeting(Attendance)
_RECORDERS = _of_meeting(RecorderAppointment)
_CONCLUSIONS = _of_meeting(Conclusion)
_OFFER = Statement(
    sa.select(_O).where(
        _O.c.org_id == ask("me", sa.Uuid()),
        _O.c.meeting_id == ask("of_meeting", sa.Uuid()),
        _O.c.id == ask("id", sa.Uuid()),
    )
)
_THIS_INVITEE = (
    _I.c.org_id == ask("me", sa.Uuid()),
    _I.c.meeting_id == ask("of_meeting", sa.Uuid()),
    _I.c.id == ask("of_id", sa.Uuid()),
    _I.c.removed_at.is_(None),
)
_KEPT_OF_INVITEE = (
    "unit_id",
    "name_sealed",
    "function",
    "equivalent_function",
    "organisation_name_sealed",
    "address_sealed",
    "reason_sealed",
    "agreed_with_individual",
    "suitable",
    "shown_to_outsiders",
    "attends_part_sealed",
    "consent_person_id",
)
_REPLACE = Statement(
    sa.update(_I).where(*_THIS_INVITEE).values({name: ask_for(_I.c[name]) for name in _KEPT_OF_INVITEE})
)
_REMOVE = Statement(
    sa.update(_I).where(*_THIS_INVITEE).values(removed_at=ask("removed_at", sa.DateTime(timezone=True)))
)
_U, _P = table_of(Unit), table_of(ConsentPerson)
_UNIT = Statement(
    sa.select(_U.c.address).where(
        _U.c.org_id == ask("org", sa.Uuid()), _U.c.id == ask("id", sa.Uuid()), _U.c.active
    )
)
_PERSON = Statement(
    sa.select(_P.c.id).where(
        _P.c.org_id == ask("me", sa.Uuid()),
        _P.c.case_id == ask("of_case", sa.Uuid()),
        _P.c.id == ask("id", sa.Uuid()),
    )
)


async def preparations(tx: Tx, org_id: UUID, meeting_id: UUID) -> list[asyncpg.Record]:
    """Every preparation recorded; the last one counts."""
    return await tx.rows(_PREPARATIONS, org=org_id, id=meeting_id)


async def invitees(tx: Tx, org_id: UUID, meeting_id: UUID) -> list[asyncpg.Record]:
    """Those the meeting is for now."""
    return await tx.rows(_INVITEES, org=org_id, id=meeting_id)


async def offers(tx: Tx, org_id: UUID, meeting_id: UUID) -> list[asyncpg.Record]:
    """The times that were offered."""
    return await tx.rows(_OFFERS, org=org_id, id=meeting_id)


async def offer(tx: Tx, meeting_id: UUID, offer_id: UUID) -> asyncpg.Record | None:
    """One time offered for a meeting of the caller's organisation."""
    return await tx.row(_OFFER, of_meeting=meeting_id, id=offer_id)


async def changes(tx: Tx, org_id: UUID, meeting_id: UUID) -> list[asyncpg.Record]:
    """How the meeting was booked, moved and cancelled."""
    return await tx.rows(_CHANGES, org=org_id, id=meeting_id)


async def openings(tx: Tx, org_id: UUID, meeting_id: UUID) -> list[asyncpg.Record]:
    """How the meeting came to be held."""
    return await tx.rows(_OPENINGS, org=org_id, id=meeting_id)


async def attendances(tx: Tx, org_id: UUID, meeting_id: UUID) -> list[asyncpg.Record]:
    """What was recorded of who was there; the last word on each counts."""
    return await tx.rows(_ATTENDANCES, org=org_id, id=meeting_id)


async def recorders(tx: Tx, org_id: UUID, meeting_id: UUID) -> list[asyncpg.Record]:
    """Who was appointed to write the plan; the last one counts."""
    return await tx.rows(_RECORDERS, org=org_id, id=meeting_id)


async def conclusions(tx: Tx, org_id: UUID, meeting_id: UUID) -> list[asyncpg.Record]:
    """How the meeting ended."""
    return await tx.rows(_CONCLUSIONS, org=org_id, id=meeting_id)


async def replace_invitee(tx: Tx, meeting_id: UUID, invitee_id: UUID, **columns: Any) -> bool:
    """Write all that may change of an invitee; False when there is none."""
    return await tx.change(_REPLACE, of_meeting=meeting_id, of_id=invitee_id, **columns) == 1


async def remove_invitee(tx: Tx, meeting_id: UUID, invitee_id: UUID, at: datetime) -> bool:
    """The meeting is no longer for them; False when there is none."""
    return await tx.change(_REMOVE, of_meeting=meeting_id, of_id=invitee_id, removed_at=at) == 1


async def address_of_active_unit(tx: Tx, org_id: UUID, unit_id: UUID) -> list[str] | None:
    """The address of a unit of the organisation, line by line; None where it has no such unit in use."""
    row = await tx.row(_UNIT, org=org_id, id=unit_id)
    return None if row is None else list(row["address"])


async def has_consent_person(tx: Tx, case_id: UUID, person_id: UUID) -> bool:
    """Whether a consent in the case names this person."""
    return await tx.row(_PERSON, of_case=case_id, id=person_id) is not None

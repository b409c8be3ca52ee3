"""Summonses listed: those to a meeting, for whoever issued them; and a unit's inbox."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.db import summonses as rows
from app.db.reading import Shown
from app.domain.access import Operation
from app.domain.facts.basics import NotYet, Unknown
from app.domain.states import summons_status
from app.services.at_hand import own_meeting
from app.services.desk import Desk
from app.services.sight import UNKNOWN, sight_of_case, sights_of_cases


@dataclass(frozen=True)
class InboxEntry:
    """One received summons in a unit's inbox."""

    id: UUID
    reference_number: int
    from_organisation: UUID
    unit_id: UUID | None
    individual_id: UUID
    meeting_starts_at: datetime | None
    received_at: datetime
    last_reply: str | None
    officer_id: UUID | None


@dataclass(frozen=True)
class IssuedEntry:
    """One recipient's summons to a meeting, and where it stands."""

    id: UUID
    organisation_id: UUID
    unit_id: UUID | None
    status: str
    issued_at: datetime
    meeting_starts_at: datetime


async def issued(desk: Desk, meeting_id: UUID) -> list[IssuedEntry]:
    """Every summons to a meeting of the caller's, recalled ones too. Raises NotFound."""
    async with desk.reading(Operation.LIST_ISSUED_SUMMONSES) as reading:
        at = await own_meeting(reading, meeting_id, to_change=False)
        sight = await sight_of_case(reading, reading.me, at.found.row.id)
        entries = [
            IssuedEntry(
                id=one.id,
                organisation_id=one.organisation_id,
                unit_id=None if isinstance(one.unit_id, Unknown) else sight.of(one.unit_id),
                status=summons_status(at.meeting, one).value,
                issued_at=one.issued_at,
                meeting_starts_at=one.meeting_starts_at,
            )
            for one in at.meeting.summonses
            if not isinstance(one.issued_at, NotYet)
        ]
        # Where there is none, it is of the meeting that something is shown.
        shown = [("summons", one.id) for one in entries] or [("meeting", meeting_id)]
        of_case = at.found.row.id
        await reading.log_shown(*(Shown(kind, reading.me, thing, of_case) for kind, thing in shown))
        await reading.commit()
        return entries


async def inbox(desk: Desk, *, limit: int, offset: int) -> tuple[list[InboxEntry], int | None]:
    """A page of the unit's received summonses, newest first, and how many there are (to a thousand)."""
    async with desk.reading(Operation.LIST_SUMMONSES) as reading:
        page = await rows.inbox(
            reading.tx,
            all_units=reading.all_units,
            limit=limit,
            offset=offset,
            operation=reading.operation.value,
        )
        total = await rows.count_to_1000(reading.tx, all_units=reading.all_units)
        sights = await sights_of_cases(reading, ((row["from_org"], row["case_id"]) for row in page))
        await reading.commit()
    entries = [(row, sights.get((row["from_org"], row["case_id"]), UNKNOWN)) for row in page]
    return [
        InboxEntry(
            id=row["id"],
            reference_number=row["reference_number"],
            from_organisation=row["from_org"],
            unit_id=sight.of(row["unit_id"]),
            individual_id=row["individual_id"],
            meeting_starts_at=row["meeting_starts_at"],
            received_at=row["recorded_at"],
            last_reply=row["last_reply"],
            officer_id=sight.of(row["officer_id"]),
        )
        for row, sight in entries
    ], total

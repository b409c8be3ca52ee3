"""The meeting itself: opened by its chair with those present, joined and left, or recorded afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from app.db import meeting_parts
from app.db.ids import new_id
from app.db.tables.held_meetings import MeetingOpening
from app.domain.access import Operation
from app.domain.calendar import stockholm_day
from app.domain.facts.basics import NotYet
from app.domain.facts.guests import MeetingHeld
from app.domain.facts.meeting import Opened, RecordedAfterwards
from app.domain.meeting_steps import is_for_a_later_day
from app.domain.roles import the_individual_is_present
from app.domain.rule import Effect, Words
from app.domain.step import Step
from app.errors import FieldFault, InvalidTransition, MeetingAhead, Unprocessable, VersionStale
from app.services.at_hand import MeetingFound, own_meeting
from app.services.dates import has_happened
from app.services.decision import Decision, RequestKey
from app.services.desk import Desk
from app.services.meetings_arrivals import (
    Noted,
    arriving_organisations,
    arriving_outsiders,
    attendees_since,
    individual_since,
)
from app.services.meetings_attendance import (
    NOBODY,
    WHO_MISSING,
    Attendees,
    IndividualThere,
    check,
    fact_of_individual,
    show_meeting,
    write_down,
)
from app.services.meetings_common import ensure_step, journal, next_version
from app.services.receipt import Receipt

CHAIR_NOT_THERE = FieldFault(
    "CHAIR_NOT_THERE",
    Words(
        "Den organisation som öppnar mötet är med: ange också den",
        "The organisation that opens the meeting is there: name it too",
    ),
)


@dataclass(frozen=True)
class OpeningOrder:
    """Who is there as the meeting is opened; `version` is the meeting's, as the caller last saw it."""

    version: int
    individual: IndividualThere
    attendees: Attendees
    reasons: Mapping[str, str]


@dataclass(frozen=True)
class MeetingRecord:
    """A meeting that has been held: when (UTC), and who was there."""

    held_at: datetime
    individual: IndividualThere
    attendees: Attendees


@dataclass(frozen=True)
class AttendanceOrder:
    """Who has come, or left, while the meeting is open; `version` is the meeting's."""

    version: int
    individual: IndividualThere | None
    attendees: Attendees
    reasons: Mapping[str, str]


async def open_meeting(desk: Desk, key: RequestKey, meeting_id: UUID, order: OpeningOrder) -> Receipt:
    """Open the meeting: from now on the organisations present see its proceedings.

    Refused unless live consent to exchange information covers every organisation present (UPP-016) and names
    every outsider (UPP-045), and unless the chair opens it (UPP-052); the individual's absence takes a reason
    (UPP-023). Raises AgreementBroken, MeetingAhead before the day it is booked for, InvalidTransition for a
    meeting that is not to be held any more, VersionStale, Unprocessable, NotFound, NotAllowed.
    """
    async with desk.deciding(Operation.OPEN_MEETING, key) as decision:
        at = await own_meeting(decision, meeting_id, *order.attendees.organisation_ids)
        if decision.answered:
            return decision.answered
        if is_for_a_later_day(at.found.case, at.meeting):
            raise MeetingAhead
        ensure_step(at, Step.OPEN_MEETING)
        if not isinstance(at.found.case.closure, NotYet):
            raise InvalidTransition
        demand_version(at, order.version)
        individual, told = _with_reason(order), _with_chair(decision, order.attendees)
        check(individual, told, at, since=desk.now)
        held = _held(at, individual, told, desk.now, Opened(at=desk.now))
        verdict = decision.judged(Step.OPEN_MEETING, held, at.found.agreement, order.reasons)
        opening_id = await _opening_row(decision, at, "opened", desk.now, ())
        await write_down(decision, at, individual, told, since=desk.now)
        await show_meeting(decision, at, [one for _, one in held.organisations_present])
        version = await next_version(decision, at)
        await journal(decision, at, verdict)
        await decision.count(at.found.agreement, "meeting_held", "opened")
        return await decision.conclude(
            Receipt.of(opening_id, desk.now, version=version, remarks=verdict.remarks)
        )


async def record_meeting(desk: Desk, key: RequestKey, meeting_id: UUID, record: MeetingRecord) -> Receipt:
    """Record a meeting that was held, as it was. It opens and shows nothing.

    What the agreement would have refused is kept with it and comes back as remarks (UPP-016, UPP-068); it is
    never refused for that. Raises InvalidTransition for a meeting that is not ahead, Unprocessable for a time
    to come, NotFound, NotAllowed.
    """
    has_happened(record.held_at, desk.now, "/occurredAt")
    async with desk.deciding(Operation.RECORD_MEETING, key) as decision:
        at = await own_meeting(decision, meeting_id, *record.attendees.organisation_ids)
        if decision.answered:
            return decision.answered
        ensure_step(at, Step.RECORD_MEETING)
        individual, told = record.individual, record.attendees
        check(individual, told, at, since=record.held_at)
        afterwards = RecordedAfterwards(held_at=record.held_at, recorded_at=desk.now, refused_by=())
        held = _held(at, individual, told, record.held_at, afterwards)
        verdict = decision.judged(Step.RECORD_MEETING, held, at.found.agreement, {})
        refused_by = dict.fromkeys(one.rule_id for one in verdict.remarks if one.effect is Effect.REFUSE)
        opening_id = await _opening_row(
            decision, at, "recorded_afterwards", record.held_at, tuple(refused_by)
        )
        await write_down(decision, at, individual, told, since=record.held_at)
        version = await next_version(decision, at)
        await journal(decision, at, verdict)
        await decision.count(
            at.found.agreement, "meeting_held", "recorded_afterwards", on=stockholm_day(record.held_at)
        )
        return await decision.conclude(
            Receipt.of(opening_id, desk.now, version=version, remarks=verdict.remarks)
        )


async def note_attendance(desk: Desk, key: RequestKey, meeting_id: UUID, order: AttendanceOrder) -> Receipt:
    """Note who comes later or leaves while the meeting is open.

    Whoever comes must be covered by consent as those present at the opening are (UPP-016, UPP-028, UPP-045),
    and is then shown the meeting; that somebody leaves is never refused. Raises AgreementBroken,
    InvalidTransition for a meeting that is not open, VersionStale, Unprocessable, NotFound, NotAllowed.
    """
    async with desk.deciding(Operation.RECORD_ATTENDANCE, key) as decision:
        at = await own_meeting(decision, meeting_id, *order.attendees.organisation_ids)
        if decision.answered:
            return decision.answered
        ensure_step(at, Step.ADMIT_TO_MEETING)
        before = at.meeting.individual
        if isinstance(before, NotYet):
            raise InvalidTransition  # a meeting is opened with a word on the individual, so this one was not
        demand_version(at, order.version)
        if order.individual is None and order.attendees == NOBODY:
            raise Unprocessable(WHO_MISSING.at("/organisations"))
        noted = Noted(await meeting_parts.attendances(decision.tx, decision.me, meeting_id))
        individual = individual_since(order.individual, noted)
        told = attendees_since(decision, order.attendees, noted)
        check(individual, told, at, since=desk.now)
        arriving = MeetingHeld(
            case=at.found.case,
            meeting=at.meeting,
            held_at=desk.now,
            individual=fact_of_individual(individual) if individual else before,
            organisations=arriving_organisations(told, noted),
            outsiders=arriving_outsiders(told, noted),
        )
        verdict = decision.judged(Step.ADMIT_TO_MEETING, arriving, at.found.agreement, order.reasons)
        await write_down(decision, at, individual, told, since=desk.now)
        await show_meeting(decision, at, [one for _, one in arriving.organisations_present])
        version = await next_version(decision, at)
        await journal(decision, at, verdict)
        return await decision.conclude(
            Receipt.of(meeting_id, desk.now, version=version, remarks=verdict.remarks)
        )


def demand_version(at: MeetingFound, version: int) -> None:
    """Raises VersionStale for another version than the present one.

    Asked after the state: of two who open the meeting at once, the second is told that it is open.
    """
    if at.version != version:
        raise VersionStale


def _with_reason(order: OpeningOrder) -> IndividualThere:
    """The individual; why they are absent is told once, also where it is told as an explanation."""
    individual, presence = order.individual, order.individual.presence
    reason = presence.reason or order.reasons.get(the_individual_is_present.id)
    if presence.attendance.took_part:
        return individual
    return replace(individual, presence=replace(presence, reason=reason))


def _with_chair(decision: Decision, told: Attendees) -> Attendees:
    """Those there, the chair by name. Raises Unprocessable unless the organisation that opens is there."""
    own = [one for one in told.organisations if one.organisation_id == decision.me]
    if not any(one.presence.attendance.took_part for one in own):
        raise Unprocessable(CHAIR_NOT_THERE.at("/organisations"))
    chair = decision.assignment.display_name
    return replace(
        told,
        organisations=tuple(
            replace(one, officer_name=one.officer_name or chair) if one in own else one
            for one in told.organisations
        ),
    )


def _held(
    at: MeetingFound,
    individual: IndividualThere,
    told: Attendees,
    held_at: datetime,
    opening: Opened | RecordedAfterwards,
) -> MeetingHeld:
    """The meeting as it is once it is held."""
    there, organisations = fact_of_individual(individual), told.facts_of_organisations()
    outsiders = told.facts_of_outsiders()
    return MeetingHeld(
        case=at.found.case,
        meeting=replace(
            at.meeting, opening=opening, individual=there, organisations=organisations, outsiders=outsiders
        ),
        held_at=held_at,
        individual=there,
        organisations=organisations,
        outsiders=outsiders,
    )


async def _opening_row(
    decision: Decision, at: MeetingFound, manner: str, held_at: datetime, refused_by: tuple[str, ...]
) -> UUID:
    """How the meeting came to be held; a meeting has one such row."""
    opening_id = new_id()
    await decision.tx.add(
        MeetingOpening(
            org_id=decision.me,
            id=opening_id,
            meeting_id=at.meeting.id,
            case_id=at.found.row.id,
            manner=manner,
            held_at=held_at,
            findings=list(refused_by),
            recorded_by=decision.assignment.account_id,
            recorded_at=decision.now,
        )
    )
    return opening_id

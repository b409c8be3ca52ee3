"""A meeting gets its time, is moved, and is cancelled: acts of whoever holds it (UPP-030 to 033, UPP-051)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from app.db import meeting_parts as parts
from app.db import meetings as rows
from app.db.ids import new_id
from app.db.tables.meetings import Meeting as MeetingTable
from app.db.tables.meetings import MeetingChange
from app.documents import notices as letters
from app.documents.document import Document
from app.domain.access import Operation
from app.domain.codes import MeetingMode
from app.domain.facts.basics import NotYet
from app.domain.facts.meeting import Meeting, MeetingTime, Rescheduling
from app.domain.facts.picture import MeetingAtHand
from app.domain.rule import Words
from app.domain.step import Step
from app.errors import FieldFault, InvalidTransition, Unprocessable
from app.services.at_hand import MeetingFound, own_meeting
from app.services.decision import Decision, RequestKey
from app.services.desk import Desk
from app.services.meetings_common import TIME_ORDER, ensure_step, journal, next_version
from app.services.notices import notify
from app.services.receipt import Receipt

TIME_PASSED = FieldFault("TIME_PASSED", Words("Tiden har redan passerat", "The time has already passed"))
OFFER_UNKNOWN = FieldFault(
    "TIME_OFFER_UNKNOWN", Words("Mötet har ingen sådan erbjuden tid", "The meeting has no such offered time")
)

Ending = Literal["cancelled", "entered_in_error"]


@dataclass(frozen=True)
class OfferChosen:
    """One of the times offered."""

    offer_id: UUID


@dataclass(frozen=True)
class TimeGiven:
    """A time (UTC) and where; a place that is not given stays what it was."""

    starts_at: datetime
    ends_at: datetime
    mode: MeetingMode
    place: str | None


@dataclass(frozen=True)
class Booking:
    """The time to book, decided on a version of the meeting, with reasons for the rules it departs from."""

    version: int
    time: OfferChosen | TimeGiven
    reasons: Mapping[str, str]


@dataclass(frozen=True)
class Move(Booking):
    """A booking that moves the meeting, why, and whether the individual wished it."""

    reason: str
    wished_by_individual: bool


@dataclass(frozen=True)
class Cancellation:
    """The end of a meeting that is not to be held, or that should never have been registered."""

    version: int
    ending: Ending
    reason: str
    wished_by_individual: bool
    reasons: Mapping[str, str]


@dataclass(frozen=True)
class _Change:
    """What is written of a change in the meeting's history."""

    change: str
    reason: str | None
    wished_by_individual: bool
    to_starts_at: datetime | None


async def book(desk: Desk, key: RequestKey, meeting_id: UUID, order: Booking) -> Receipt:
    """Fix the time of a meeting nobody has been called to yet; the region's date decides (UPP-032).

    Raises AgreementBroken, InvalidTransition, and Unprocessable for a time that cannot be.
    """
    async with desk.deciding(Operation.BOOK_MEETING, key) as decision:
        at = await own_meeting(decision, meeting_id, version=order.version)
        if decision.answered:
            return decision.answered
        ensure_step(at, Step.BOOK_MEETING)
        time, offer_id = await _chosen(decision, at, order.time)
        change = _Change("booked", None, False, time.starts_at)
        return await _fix(decision, at, Step.BOOK_MEETING, order, time, offer_id, change)


async def reschedule(desk: Desk, key: RequestKey, meeting_id: UUID, order: Move) -> Receipt:
    """Move a booked meeting to another time, with a reason; those summoned are told (UPP-051).

    Raises AgreementBroken, InvalidTransition, and Unprocessable for a time that cannot be.
    """
    async with desk.deciding(Operation.RESCHEDULE_MEETING, key) as decision:
        at = await own_meeting(decision, meeting_id, version=order.version)
        if decision.answered:
            return decision.answered
        ensure_step(at, Step.RESCHEDULE_MEETING)
        time, offer_id = await _chosen(decision, at, order.time)
        change = _Change("rescheduled", order.reason, order.wished_by_individual, time.starts_at)
        return await _fix(decision, at, Step.RESCHEDULE_MEETING, order, time, offer_id, change)


async def cancel(desk: Desk, key: RequestKey, meeting_id: UUID, order: Cancellation) -> Receipt:
    """Cancel a meeting that has not been held, or say that it was registered in error.

    One registered in error has called nobody:
    summonses in force are recalled first. Raises AgreementBroken, InvalidTransition.
    """
    async with desk.deciding(Operation.CANCEL_MEETING, key) as decision:
        at = await own_meeting(decision, meeting_id, version=order.version)
        if decision.answered:
            return decision.answered
        ensure_step(at, Step.CANCEL_MEETING)
        error = order.ending == "entered_in_error"
        if error and at.meeting.summonses_in_force:
            raise InvalidTransition
        after = replace(
            at.meeting,
            cancelled_at=at.meeting.cancelled_at if error else desk.now,
            entered_in_error=error,
        )
        verdict = decision.judged(
            Step.CANCEL_MEETING,
            MeetingAtHand(case=at.found.case, meeting=after),
            at.found.agreement,
            order.reasons,
        )
        change_id = await _write(
            decision, at, _Change(order.ending, order.reason, order.wished_by_individual, None)
        )
        version = await next_version(decision, at)
        if at.meeting.summonses_in_force:
            await _tell_of_cancelling(decision, at, change_id)
        await journal(decision, at, verdict)
        return await decision.conclude(
            Receipt.of(change_id, desk.now, version=version, remarks=verdict.remarks)
        )


async def _chosen(
    decision: Decision, at: MeetingFound, time: OfferChosen | TimeGiven
) -> tuple[TimeGiven, UUID | None]:
    """The time that was chosen, and the offer it was chosen from. Raises Unprocessable."""
    if isinstance(time, TimeGiven):
        if time.ends_at <= time.starts_at:
            raise Unprocessable(TIME_ORDER.at("/time/endsAt"))
        return time, None
    offer = await parts.offer(decision.tx, at.meeting.id, time.offer_id)
    if offer is None:
        raise Unprocessable(OFFER_UNKNOWN.at("/time/offerId"))
    place = decision.open("time_offer", offer, "place_sealed")
    return TimeGiven(offer["starts_at"], offer["ends_at"], MeetingMode(offer["mode"]), place), offer["id"]


async def _fix(
    decision: Decision,
    at: MeetingFound,
    step: Step,
    order: Booking,
    time: TimeGiven,
    offer_id: UUID | None,
    change: _Change,
) -> Receipt:
    """Judge the meeting at its new time, write it, and tell those summoned."""
    after = _at_time(at.meeting, step, time, decision.now)
    verdict = decision.judged(
        step, MeetingAtHand(case=at.found.case, meeting=after), at.found.agreement, order.reasons
    )
    if time.starts_at <= decision.now:
        raise Unprocessable(TIME_PASSED.at("/time"))
    change_id = await _write(decision, at, change)
    await rows.write_time(
        decision.tx,
        at.meeting.id,
        at.version,
        starts_at=time.starts_at,
        ends_at=time.ends_at,
        mode=time.mode.value,
        place_sealed=decision.seal_given(MeetingTable, at.meeting.id, "place_sealed", time.place),
        booked_offer_id=offer_id,
    )
    if at.meeting.summonses_in_force:
        before = at.meeting.time
        earlier = None if isinstance(before, NotYet) else before.starts_at
        place = await _place(decision, at.meeting.id)

        def letter(to: tuple[str, ...]) -> Document:
            return letters.moved(to, earlier, time.starts_at, time.ends_at, place)

        await notify(decision, at, change_id, at.meeting.summonses_in_force, letter)
    await journal(decision, at, verdict)
    return await decision.conclude(
        Receipt.of(change_id, decision.now, version=at.version + 1, remarks=verdict.remarks)
    )


async def _place(decision: Decision, meeting_id: UUID) -> str | None:
    """Where the meeting will be, as it is stored now."""
    row = await rows.for_use(decision.tx, meeting_id)
    return None if row is None else decision.open("meeting", row, "place_sealed")


async def _tell_of_cancelling(decision: Decision, at: MeetingFound, change_id: UUID) -> None:
    """Tell those summoned that the meeting will not be held; the reason stays with its holder."""
    time = at.meeting.time
    starts_at = None if isinstance(time, NotYet) else time.starts_at

    def letter(to: tuple[str, ...]) -> Document:
        return letters.cancelled(to, starts_at)

    await notify(decision, at, change_id, at.meeting.summonses_in_force, letter)


def _at_time(meeting: Meeting, step: Step, time: TimeGiven, now: datetime) -> Meeting:
    """The meeting as it would be at that time."""
    before = meeting.time
    moved: tuple[Rescheduling, ...] = ()
    if step is Step.RESCHEDULE_MEETING and not isinstance(before, NotYet):
        moved = (Rescheduling(before.starts_at, time.starts_at, now),)
    return replace(
        meeting,
        time=MeetingTime(time.starts_at, time.ends_at),
        mode=time.mode,
        place_given=meeting.place_given or time.place is not None,
        reschedulings=(*meeting.reschedulings, *moved),
    )


async def _write(decision: Decision, at: MeetingFound, change: _Change) -> UUID:
    """Write the change into the meeting's history, beside what it was before."""
    row_id, before = new_id(), at.meeting.time
    await decision.tx.add(
        MeetingChange(
            org_id=decision.me,
            id=row_id,
            meeting_id=at.meeting.id,
            case_id=at.found.case.id,
            change=change.change,
            wished_by_individual=change.wished_by_individual,
            reason_sealed=decision.seal_given(MeetingChange, row_id, "reason_sealed", change.reason),
            from_starts_at=None if isinstance(before, NotYet) else before.starts_at,
            to_starts_at=change.to_starts_at,
            recorded_by=decision.assignment.account_id,
            recorded_at=decision.now,
        )
    )
    return row_id

"""The meeting is prepared with the individual, and times are offered for it (UPP-021 to UPP-032)."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from app.db.ids import new_id
from app.db.tables.meetings import MeetingPreparation, TimeOffer
from app.domain.access import Operation
from app.domain.codes import Answer, MeetingMode, RelativesOffered
from app.domain.facts.meeting import Preparation
from app.domain.facts.picture import MeetingAtHand
from app.domain.meeting_steps import AHEAD
from app.domain.step import Step
from app.errors import Unprocessable
from app.services.at_hand import own_meeting
from app.services.dates import not_ahead
from app.services.decision import RequestKey
from app.services.desk import Desk
from app.services.meetings_common import (
    TIME_ORDER,
    ensure_in,
    ensure_party,
    ensure_step,
    journal,
    next_version,
)
from app.services.receipt import Receipt


@dataclass(frozen=True)
class Prepared:
    """How a meeting was prepared, and on which day (Stockholm). What counts is what was recorded last."""

    prepared_on: date
    with_individual: bool
    goals: str | None
    needs_and_wishes: str | None
    participation_support: str | None
    excluded_topics: str | None
    relatives_offered: RelativesOffered
    relatives_reason: str | None
    employer_exists: Answer
    employer_called: Answer


@dataclass(frozen=True)
class Offered:
    """A time somebody can come (UTC), and where."""

    offered_by: UUID
    starts_at: datetime
    ends_at: datetime
    mode: MeetingMode
    place: str | None


async def prepare(desk: Desk, key: RequestKey, meeting_id: UUID, word: Prepared) -> Receipt:
    """Record how the meeting was prepared with the individual: never refused, only remarked upon."""
    not_ahead(word.prepared_on, desk.today, "/preparedOn")
    async with desk.deciding(Operation.PREPARE_MEETING, key) as decision:
        at = await own_meeting(decision, meeting_id)
        if decision.answered:
            return decision.answered
        ensure_step(at, Step.PREPARE_MEETING)
        preparation = Preparation(
            prepared_on=word.prepared_on,
            with_individual=word.with_individual,
            goals_given=word.goals is not None,
            participation_support_given=word.participation_support is not None,
            relatives_offered=word.relatives_offered,
            employer_exists=word.employer_exists,
            employer_called=word.employer_called,
        )
        after = MeetingAtHand(case=at.found.case, meeting=replace(at.meeting, preparation=preparation))
        verdict = decision.judged(Step.PREPARE_MEETING, after, at.found.agreement, {})
        row_id = new_id()

        def sealed(column: str, text: str | None) -> bytes | None:
            return decision.seal_given(MeetingPreparation, row_id, column, text)

        await decision.tx.add(
            MeetingPreparation(
                org_id=decision.me,
                id=row_id,
                meeting_id=meeting_id,
                case_id=at.found.case.id,
                prepared_on=word.prepared_on,
                with_individual=word.with_individual,
                goals_sealed=sealed("goals_sealed", word.goals),
                needs_and_wishes_sealed=sealed("needs_and_wishes_sealed", word.needs_and_wishes),
                participation_support_sealed=sealed(
                    "participation_support_sealed", word.participation_support
                ),
                excluded_topics_sealed=sealed("excluded_topics_sealed", word.excluded_topics),
                relatives_offered=word.relatives_offered.value,
                relatives_reason_sealed=sealed("relatives_reason_sealed", word.relatives_reason),
                employer_exists=word.employer_exists.value,
                employer_called=word.employer_called.value,
                recorded_by=decision.assignment.account_id,
                recorded_at=desk.now,
            )
        )
        version = await next_version(decision, at)
        await journal(decision, at, verdict)
        return await decision.conclude(Receipt.of(row_id, desk.now, version=version, remarks=verdict.remarks))


async def offer_time(desk: Desk, key: RequestKey, meeting_id: UUID, offer: Offered) -> Receipt:
    """Note a time that an organisation, the region first of all, has said it can come (UPP-030, UPP-032)."""
    if offer.ends_at <= offer.starts_at:
        raise Unprocessable(TIME_ORDER.at("/endsAt"))
    async with desk.deciding(Operation.OFFER_TIME, key) as decision:
        at = await own_meeting(decision, meeting_id, offer.offered_by)
        if decision.answered:
            return decision.answered
        ensure_in(at, AHEAD)
        ensure_party(at.found.case, offer.offered_by, "/offeredBy")
        row_id = new_id()
        await decision.tx.add(
            TimeOffer(
                org_id=decision.me,
                id=row_id,
                meeting_id=meeting_id,
                case_id=at.found.case.id,
                offered_by=offer.offered_by,
                starts_at=offer.starts_at,
                ends_at=offer.ends_at,
                mode=offer.mode.value,
                place_sealed=decision.seal_given(TimeOffer, row_id, "place_sealed", offer.place),
                recorded_by=decision.assignment.account_id,
                recorded_at=desk.now,
            )
        )
        version = await next_version(decision, at)
        await journal(decision, at)
        return await decision.conclude(Receipt.of(row_id, desk.now, version=version))

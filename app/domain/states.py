"""Computed states: where everything stands, by what has happened and what has been said (Part D1 to D8).

Nothing here is stored. Whoever reads a status reads it from the facts, so that it cannot disagree with them.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from app.domain.calendar import stockholm_day
from app.domain.codes import (
    CaseStatus,
    ConsentAnswer,
    ConsentKind,
    ConsentStatus,
    DeviationStatus,
    MeetingStatus,
    NeedOutcome,
    OfferAnswer,
    ReplyKind,
    SummonsStatus,
)
from app.domain.facts.basics import (
    NotYet,
    TheOrganisation,
    standing_word,
)
from app.domain.facts.case import Case, Deviation, ProposedByARule
from app.domain.facts.consent import Consent
from app.domain.facts.meeting import Meeting, Opened
from app.domain.facts.summons import Reply, Summons


def case_status(case: Case) -> CaseStatus:
    """Where a case stands (D2)."""
    assessment = case.latest_assessment
    if not isinstance(case.closure, NotYet):
        return CaseStatus.CLOSED
    if any(not meeting.entered_in_error for meeting in case.meetings):
        return CaseStatus.IN_PROCESS
    if isinstance(assessment, NotYet):
        return CaseStatus.REGISTERED
    if assessment.outcome is NeedOutcome.NO_NEED:
        return CaseStatus.NO_NEED
    offer = case.latest_offer
    if not isinstance(offer, NotYet):
        return {
            OfferAnswer.OFFERED: CaseStatus.OFFERED,
            OfferAnswer.ACCEPTED: CaseStatus.ACCEPTED,
            OfferAnswer.DECLINED: CaseStatus.OFFER_DECLINED,
        }[offer.answer]
    return CaseStatus.NEED_IDENTIFIED if isinstance(case.first_contact, NotYet) else CaseStatus.CONTACT_MADE


def consent_status(consent: Consent, now: datetime) -> ConsentStatus:
    """Where a consent stands (D1). One given without prior information is no more than `informed`."""
    if consent.entered_in_error:
        return ConsentStatus.ENTERED_IN_ERROR
    if consent.is_withdrawn(now):
        return ConsentStatus.WITHDRAWN
    if consent.answer is ConsentAnswer.REFUSED:
        return ConsentStatus.REFUSED
    if consent.has_expired(now):
        return ConsentStatus.EXPIRED
    return ConsentStatus.ACTIVE if consent.is_live(now) else ConsentStatus.INFORMED


def meeting_status(case: Case, meeting: Meeting) -> MeetingStatus:
    """Where a meeting stands (D3); lost consent suspends it while it is booked and not yet held."""
    if meeting.entered_in_error:
        return MeetingStatus.ENTERED_IN_ERROR
    if not isinstance(meeting.cancelled_at, NotYet):
        return MeetingStatus.CANCELLED
    if not isinstance(meeting.conclusion, NotYet):
        return MeetingStatus.CONCLUDED
    if isinstance(meeting.opening, Opened):
        return MeetingStatus.OPEN
    if not isinstance(meeting.opening, NotYet):
        return MeetingStatus.CONCLUDED
    if is_suspended(case, meeting):
        return MeetingStatus.SUSPENDED
    if meeting.summonses_in_force:
        return MeetingStatus.SUMMONED
    if not isinstance(meeting.time, NotYet):
        return MeetingStatus.SCHEDULED
    if meeting.offered_times:
        return MeetingStatus.DATE_AGREED
    return MeetingStatus.DRAFT if isinstance(meeting.preparation, NotYet) else MeetingStatus.PREPARED


def is_suspended(case: Case, meeting: Meeting) -> bool:
    """Whether a booked meeting rests because an organisation it still calls has lost its consent (UPP-019).

    It rests until the individual consents anew, or that organisation's summons is recalled.
    """
    if isinstance(meeting.time, NotYet) or not is_ahead(meeting):
        return False
    called = {summons.organisation_id for summons in meeting.summonses_in_force}
    called |= set() if meeting.summonses else set(meeting.invited_organisations)
    return any(_has_lost(case, kind, one) for kind in ConsentKind for one in called)


def _has_lost(case: Case, kind: ConsentKind, organisation_id: UUID) -> bool:
    """Whether consent of a kind once covered an organisation, and none does now."""
    of_kind = [one for one in case.consents if one.kind is kind and one.answer is ConsentAnswer.GIVEN]
    covered = [one for one in of_kind if one.is_informed and organisation_id in one.ever_covered(case.now)]
    return bool(covered) and not any(
        one.is_live(case.now) and not one.is_withdrawn_for(organisation_id, case.now) for one in covered
    )


def is_ahead(meeting: Meeting) -> bool:
    """Whether the meeting is still to be held."""
    return (
        isinstance(meeting.opening, NotYet)
        and isinstance(meeting.cancelled_at, NotYet)
        and isinstance(meeting.conclusion, NotYet)
        and not meeting.entered_in_error
    )


def summons_status(meeting: Meeting, summons: Summons) -> SummonsStatus:
    """Where one recipient's summons stands (D4); a reply to a time since moved no longer counts."""
    if not isinstance(summons.recalled_at, NotYet):
        return SummonsStatus.RECALLED
    if not isinstance(meeting.cancelled_at, NotYet):
        return SummonsStatus.CANCELLED
    if isinstance(summons.issued_at, NotYet):
        return SummonsStatus.RENDERED
    reply = standing_reply(meeting, summons)
    return SummonsStatus.ISSUED if isinstance(reply, NotYet) else SummonsStatus(reply.kind.value)


def standing_reply(meeting: Meeting, summons: Summons) -> Reply | NotYet:
    """The recipient's word that counts, questions that have been answered left out."""
    moved = max((one.at for one in meeting.reschedulings), default=None)
    replies = (one for one in summons.replies if moved is None or one.word.said_at >= moved)
    unanswered = (one for one in replies if not _is_answered(one, summons))
    return standing_word(TheOrganisation(summons.organisation_id), unanswered)


def _is_answered(reply: Reply, summons: Summons) -> bool:
    """Whether a reply is a question that the sender has answered since."""
    return reply.kind is ReplyKind.QUERIED and any(at >= reply.word.said_at for at in summons.answered_at)


def deviation_status(deviation: Deviation) -> DeviationStatus:
    """Where a deviation stands (D8)."""
    return status_after(isinstance(deviation.origin, ProposedByARule), deviation.steps)


def status_after(is_proposed: bool, steps: Sequence[DeviationStatus]) -> DeviationStatus:
    """Where a deviation stands: the last step taken, or how it began."""
    if steps:
        return steps[-1]
    return DeviationStatus.PROPOSED if is_proposed else DeviationStatus.REPORTED


def day_held(meeting: Meeting) -> date | NotYet:
    """The Stockholm day on which a meeting was held."""
    opening = meeting.opening
    if isinstance(opening, NotYet):
        return opening
    return stockholm_day(opening.at if isinstance(opening, Opened) else opening.held_at)

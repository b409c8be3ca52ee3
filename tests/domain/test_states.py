"""Computed states of the case, the consent, the meeting,
the summons and the deviation (Part D1 to D4, D8).
"""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.codes import (
    CaseStatus,
    ClosureReason,
    ConsentAnswer,
    ConsentKind,
    ConsentStatus,
    DeviationStatus,
    MeetingStatus,
    NeedOutcome,
    OfferAnswer,
    ReplyKind,
    SubjectKind,
    SummonsStatus,
)
from app.domain.facts.basics import NotYet
from app.domain.facts.case import Closure, Offer, ProposedByARule
from app.domain.facts.consent import OneOrganisation, WholeConsent, Withdrawal
from app.domain.facts.meeting import Opened, RecordedAfterwards, Rescheduling
from app.domain.states import (
    case_status,
    consent_status,
    day_held,
    deviation_status,
    meeting_status,
    summons_status,
)
from tests.domain.asking import about
from tests.domain.cases import a_case, a_case_with, a_deviation, an_assessment
from tests.domain.consents import a_consent, both_consents
from tests.domain.meetings import (
    a_concluded_meeting,
    a_held_meeting,
    a_meeting,
    a_reply,
    a_summoned_meeting,
    a_summons,
)
from tests.domain.world import (
    AF,
    CALLED,
    FK,
    HELD,
    MEETING_AT,
    MEETING_DAY,
    MEETING_ID,
    NOW,
    TODAY,
    an_id,
    days,
)

NO_NEED = an_assessment(outcome=NeedOutcome.NO_NEED)
OFFERED = Offer(an_id(1), OfferAnswer.OFFERED, TODAY - days(2))
BEFORE: dict[str, Any] = {"meetings": (), "offers": (), "contacts": ()}


def offer(answer: OfferAnswer) -> tuple[Offer, Offer]:
    """Offered, then answered so."""
    return (OFFERED, Offer(an_id(2), answer, TODAY))


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        (BEFORE | {"assessments": ()}, CaseStatus.REGISTERED),
        (BEFORE, CaseStatus.NEED_IDENTIFIED),
        (BEFORE | {"assessments": (NO_NEED,)}, CaseStatus.NO_NEED),
        ({"meetings": (), "offers": ()}, CaseStatus.CONTACT_MADE),
        ({"meetings": (), "offers": (OFFERED,)}, CaseStatus.OFFERED),
        ({"meetings": (), "offers": offer(OfferAnswer.DECLINED)}, CaseStatus.OFFER_DECLINED),
        ({"meetings": (), "offers": offer(OfferAnswer.ACCEPTED)}, CaseStatus.ACCEPTED),
        ({"meetings": (a_meeting(entered_in_error=True),)}, CaseStatus.ACCEPTED),
        ({}, CaseStatus.IN_PROCESS),
        ({"closure": Closure(ClosureReason.MOVED, NOW)}, CaseStatus.CLOSED),
    ],
)
def test_case_status(changes: dict[str, Any], status: CaseStatus) -> None:
    """A case stands where the furthest thing that has happened to it says (D2)."""
    good = {"offers": offer(OfferAnswer.ACCEPTED)}
    assert case_status(a_case(**good | changes)) is status


def taken_back(scope: Any = WholeConsent(), at: Any = NOW) -> dict[str, Any]:  # noqa: B008
    """A withdrawal."""
    return {"withdrawals": (Withdrawal(an_id(1), scope, at, at),)}


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, ConsentStatus.ACTIVE),
        (taken_back(OneOrganisation(FK)), ConsentStatus.ACTIVE),
        (taken_back(at=NOW + days(1)), ConsentStatus.ACTIVE),
        (taken_back(), ConsentStatus.WITHDRAWN),
        ({"answer": ConsentAnswer.REFUSED}, ConsentStatus.REFUSED),
        ({"answer": ConsentAnswer.REFUSED, "ends_at": NOW}, ConsentStatus.REFUSED),
        ({"ends_at": NOW}, ConsentStatus.EXPIRED),
        ({"ends_at": NOW, **taken_back()}, ConsentStatus.WITHDRAWN),
        ({"ends_at": NOW + days(1)}, ConsentStatus.ACTIVE),
        ({"informed_at": NotYet()}, ConsentStatus.INFORMED),
        ({"entered_in_error": True, **taken_back()}, ConsentStatus.ENTERED_IN_ERROR),
    ],
)
def test_consent_status(changes: dict[str, Any], status: ConsentStatus) -> None:
    """A consent is active while it can be relied on; withdrawn is the last word but error (D1)."""
    assert consent_status(a_consent(**changes), NOW) is status


@pytest.mark.parametrize(
    ("meeting", "status"),
    [
        (a_meeting(time=NotYet(), offered_times=(), preparation=NotYet()), MeetingStatus.DRAFT),
        (a_meeting(time=NotYet(), offered_times=()), MeetingStatus.PREPARED),
        (a_meeting(time=NotYet()), MeetingStatus.DATE_AGREED),
        (a_meeting(), MeetingStatus.SCHEDULED),
        (a_meeting(summonses=(a_summons(FK, issued_at=NotYet()),)), MeetingStatus.SCHEDULED),
        (a_summoned_meeting(), MeetingStatus.SUMMONED),
        (a_held_meeting(), MeetingStatus.OPEN),
        (a_held_meeting(opening=RecordedAfterwards(HELD, NOW, ())), MeetingStatus.CONCLUDED),
        (a_concluded_meeting(), MeetingStatus.CONCLUDED),
        (a_summoned_meeting(cancelled_at=NOW), MeetingStatus.CANCELLED),
        (a_concluded_meeting(entered_in_error=True), MeetingStatus.ENTERED_IN_ERROR),
    ],
)
def test_meeting_status(meeting: Any, status: MeetingStatus) -> None:
    """A meeting stands where the furthest thing that has happened to it says (D3)."""
    assert meeting_status(a_case_with(meeting), meeting) is status


EVERYTHING_GONE = both_consents(**taken_back())
FK_GONE = both_consents(**taken_back(OneOrganisation(FK)))
ENDED = both_consents(ends_at=NOW)
ANEW = a_consent(ConsentKind.CALL, id=an_id(3), said_at=NOW, informed_at=NOW)
ANEW_FOR_EXCHANGE = a_consent(ConsentKind.INFORMATION_EXCHANGE, id=an_id(4), said_at=NOW, informed_at=NOW)
WITHOUT_FK = a_summoned_meeting(
    summonses=tuple(a_summons(one, recalled_at=NOW if one == FK else NotYet()) for one in CALLED)
)


@pytest.mark.parametrize(
    ("meeting", "consents", "status"),
    [
        (a_summoned_meeting(), EVERYTHING_GONE, MeetingStatus.SUSPENDED),
        (a_summoned_meeting(), FK_GONE, MeetingStatus.SUSPENDED),
        (a_summoned_meeting(), ENDED, MeetingStatus.SUSPENDED),
        (a_meeting(), EVERYTHING_GONE, MeetingStatus.SUSPENDED),
        (a_summoned_meeting(), (*FK_GONE, ANEW), MeetingStatus.SUSPENDED),
        (a_summoned_meeting(), (*FK_GONE, ANEW, ANEW_FOR_EXCHANGE), MeetingStatus.SUMMONED),
        (WITHOUT_FK, FK_GONE, MeetingStatus.SUMMONED),
        (a_meeting(), (), MeetingStatus.SCHEDULED),
        (a_meeting(time=NotYet()), EVERYTHING_GONE, MeetingStatus.DATE_AGREED),
        (a_held_meeting(), EVERYTHING_GONE, MeetingStatus.OPEN),
    ],
    ids=[
        "whole",
        "for one that is called",
        "ended",
        "before anybody was called",
        "one kind anew",
        "both kinds anew",
        "its summons recalled",
        "never asked",
        "no time yet",
        "already open",
    ],
)
def test_a_meeting_rests_while_consent_is_lost(meeting: Any, consents: Any, status: MeetingStatus) -> None:
    """A booked meeting rests when whoever it still calls has lost consent,
    until it is given anew (UPP-019).
    """
    assert meeting_status(a_case_with(meeting, consents=consents), meeting) is status


def status_of(*said: Any, meeting: dict[str, Any] | None = None, **changes: Any) -> SummonsStatus:
    """Where FK's summons stands when this has been said of it."""
    summons = a_summons(FK, replies=said, **changes)
    return summons_status(a_meeting(summonses=(summons,), **meeting or {}), summons)


def reply(kind: ReplyKind, after: int = 0, recorded_by: Any = None) -> Any:
    """FK's word, so many days from now, recorded by itself unless said otherwise."""
    said = a_reply(FK, kind, said_at=NOW + days(after))
    return replace(said, word=replace(said.word, recorded_by=recorded_by or FK))


MOVED = {"reschedulings": (Rescheduling(MEETING_AT, MEETING_AT + days(7), NOW + days(2)),)}


def test_summons_status() -> None:
    """Issued, then whatever the recipient says; recalled and cancelled end it (D4)."""
    assert status_of(issued_at=NotYet()) is SummonsStatus.RENDERED
    assert status_of() is SummonsStatus.ISSUED
    for kind in ReplyKind:
        assert status_of(reply(kind)).value == kind.value
    assert status_of(reply(ReplyKind.ACCEPTED), recalled_at=NOW) is SummonsStatus.RECALLED
    assert status_of(reply(ReplyKind.ACCEPTED), meeting={"cancelled_at": NOW}) is SummonsStatus.CANCELLED


def test_the_latest_reply_counts_but_the_own_word_outranks_one_recorded_for_it() -> None:
    """The last word counts; what another recorded for the speaker never outweighs the speaker's own."""
    accepted, declined = reply(ReplyKind.ACCEPTED), reply(ReplyKind.DECLINED, 1)
    assert status_of(declined, accepted) is SummonsStatus.DECLINED
    recorded = reply(ReplyKind.DECLINED, 1, recorded_by=AF)
    assert status_of(accepted, recorded) is SummonsStatus.ACCEPTED
    assert status_of(recorded) is SummonsStatus.DECLINED


def test_an_answered_question_gives_way_to_what_was_said_before() -> None:
    """A question stands until it is answered; then the word before it stands again (UPP-044)."""
    accepted, asked = reply(ReplyKind.ACCEPTED), reply(ReplyKind.QUERIED, 1)
    assert status_of(accepted, asked) is SummonsStatus.QUERIED
    assert status_of(accepted, asked, answered_at=(NOW,)) is SummonsStatus.QUERIED
    assert status_of(accepted, asked, answered_at=(NOW + days(2),)) is SummonsStatus.ACCEPTED
    assert status_of(asked, answered_at=(NOW + days(2),)) is SummonsStatus.ISSUED


def test_a_reply_to_a_time_that_was_moved_no_longer_counts() -> None:
    """When the meeting has been moved, yes and no to the old time say nothing of the new one (UPP-051)."""
    before, after = reply(ReplyKind.DECLINED, 1), reply(ReplyKind.ACCEPTED, 3)
    assert status_of(before, meeting=MOVED) is SummonsStatus.ISSUED
    assert status_of(before, after, meeting=MOVED) is SummonsStatus.ACCEPTED


def test_deviation_status() -> None:
    """Reported or proposed to begin with, then the last step taken (D8)."""
    proposal = ProposedByARule("AVV-5", about(SubjectKind.MEETING, MEETING_ID))
    assert deviation_status(a_deviation()) is DeviationStatus.REPORTED
    assert deviation_status(a_deviation(origin=proposal)) is DeviationStatus.PROPOSED
    steps = (DeviationStatus.REPORTED, DeviationStatus.IN_HANDLING, DeviationStatus.HANDLED)
    assert deviation_status(a_deviation(origin=proposal, steps=steps)) is DeviationStatus.HANDLED


def test_the_day_a_meeting_was_held() -> None:
    """Opened or recorded afterwards, it was held on its Stockholm day; before that on none."""
    assert day_held(a_held_meeting(opening=Opened(HELD))) == MEETING_DAY
    assert day_held(a_held_meeting(opening=RecordedAfterwards(HELD, HELD + days(3), ()))) == MEETING_DAY
    assert day_held(a_meeting()) == NotYet()

"""Uppföljning: UFO-1 to UFO-6."""

from datetime import UTC, datetime
from typing import Any

import pytest

from app.domain.codes import FollowUpDecision, SubjectKind
from app.domain.facts.basics import NotYet, TheOrganisation, Unknown
from app.domain.facts.meeting import Conclusion, FollowsUp, FollowUpElsewhere, FollowUpReport
from app.domain.facts.picture import Picture
from app.domain.facts.plan import PlanElsewhere
from app.domain.follow_up import (
    a_follow_up_has_a_day_and_a_caller,
    a_meeting_ends_with_a_plan_or_a_reason,
    every_party_reports_on_its_actions,
    the_caller_calls_to_the_follow_up_in_time,
    the_decision_answers_the_need,
    the_follow_up_is_held,
)
from app.domain.rule import Days
from tests.domain.asking import about, broken, owing
from tests.domain.at_hand import doing
from tests.domain.cases import a_case_after_the_meeting
from tests.domain.meetings import a_concluded_meeting, a_decision, a_held_meeting, a_meeting
from tests.domain.plans import a_distributed_plan, contents
from tests.domain.world import (
    AF,
    EVERYBODY,
    FK,
    FOLLOW_UP_DAY,
    HELD,
    KOMMUN,
    MEETING_DAY,
    MEETING_ID,
    PLAN_ID,
    THE_AF,
    THE_FK,
    a_word,
    an_id,
    days,
)

THE_PLAN = about(SubjectKind.PLAN, PLAN_ID)
FOLLOW_UP_AT = datetime(2026, 9, 1, 8, tzinfo=UTC)


def ending(no_plan_reason: bool = False, on: Any = FOLLOW_UP_DAY, caller: Any = AF) -> Conclusion:
    """The end of a meeting."""
    return Conclusion(no_plan_reason, on, caller, HELD)


def concluding(end: Any, **changes: Any) -> Any:
    """The meeting ends so."""
    meeting = a_held_meeting(conclusion=end)
    return doing(meeting, a_case_after_the_meeting(**{"meetings": (meeting,)} | changes))


def a_follow_up(**changes: Any) -> Any:
    """A meeting that follows up the plan, not yet held."""
    return a_meeting(**{"id": an_id(7), "follows": FollowsUp(PLAN_ID)} | changes)


def a_held_follow_up(*reporting: Any, **changes: Any) -> Any:
    """A follow-up that has been held, at which these reported."""
    reports = tuple(FollowUpReport(a_word(TheOrganisation(one), FOLLOW_UP_AT)) for one in reporting)
    return a_held_meeting(**{"id": an_id(7), "follows": FollowsUp(PLAN_ID), "reports": reports} | changes)


def elsewhere_held(held_at: datetime | NotYet = FOLLOW_UP_AT) -> FollowUpElsewhere:
    """A follow-up of the plan that FK has called, held or not yet."""
    return FollowUpElsewhere(PLAN_ID, FK, held_at, NotYet(), succeeded=False)


def test_a_follow_up_has_a_day_and_a_caller__kept() -> None:
    """UFO-1 (UPP-056): both are there; or the meeting has no plan; or the follow-up is already called."""
    assert broken(a_follow_up_has_a_day_and_a_caller, concluding(ending())) == []
    no_plan = concluding(ending(True, NotYet(), NotYet()), plans=())
    assert broken(a_follow_up_has_a_day_and_a_caller, no_plan) == []
    late = a_concluded_meeting(conclusion=ending(on=NotYet(), caller=NotYet()))
    called = Picture(a_case_after_the_meeting(meetings=(late, a_follow_up())))
    assert broken(a_follow_up_has_a_day_and_a_caller, called) == []
    elsewhere = Picture(a_case_after_the_meeting(meetings=(late,), follow_ups_elsewhere=(elsewhere_held(),)))
    assert broken(a_follow_up_has_a_day_and_a_caller, elsewhere) == []


def test_a_follow_up_has_a_day_and_a_caller__broken() -> None:
    """UFO-1 (UPP-056): no day and no caller are two things, at the conclusion and afterwards."""
    said = [("/followUp/on", "FOLLOWUP_NOT_BOOKED"), ("/followUp/caller", "FOLLOWUP_CALLER_MISSING")]
    open_end = concluding(ending(on=NotYet(), caller=NotYet()))
    assert broken(a_follow_up_has_a_day_and_a_caller, open_end) == said
    assert broken(a_follow_up_has_a_day_and_a_caller, Picture(open_end.case)) == said
    assert owing(a_follow_up_has_a_day_and_a_caller, Picture(open_end.case))[0] == (
        THE_AF,
        about(SubjectKind.MEETING, MEETING_ID),
        MEETING_DAY,
    )


def test_every_party_reports_on_its_actions__kept() -> None:
    """UFO-2 (UPP-066): every organisation of the plan has reported;
    before the follow-up is held none owes it.
    """
    reported = a_case_after_the_meeting(meetings=(a_concluded_meeting(), a_held_follow_up(*EVERYBODY)))
    assert broken(every_party_reports_on_its_actions, Picture(reported)) == []
    ahead = a_case_after_the_meeting(meetings=(a_concluded_meeting(), a_follow_up()))
    assert broken(every_party_reports_on_its_actions, Picture(ahead)) == []


def test_every_party_reports_on_its_actions__broken_at_anothers_plan() -> None:
    """UFO-2 (UPP-066): also where the plan was made in another organisation's case."""
    theirs = PlanElsewhere(PLAN_ID, FK, (FK, AF, KOMMUN))
    case = a_case_after_the_meeting(meetings=(a_held_follow_up(AF),), plans=(), plans_elsewhere=(theirs,))
    sides = [owner for owner, _, _ in owing(every_party_reports_on_its_actions, Picture(case))]
    assert sides == [THE_FK, TheOrganisation(KOMMUN)]


def test_every_party_reports_on_its_actions__broken() -> None:
    """UFO-2 (UPP-066): one of four has not reported, and it is the one who owes it."""
    follow_up = a_held_follow_up(*(one for one in EVERYBODY if one != FK))
    case = a_case_after_the_meeting(meetings=(a_concluded_meeting(), follow_up))
    [(owner, subject, _)] = owing(every_party_reports_on_its_actions, Picture(case))
    assert (owner, subject) == (THE_FK, about(SubjectKind.MEETING, follow_up.id))
    assert broken(every_party_reports_on_its_actions, doing(follow_up, case)) == [
        ("/reports", "PARTY_REPORT_MISSING")
    ]


def deciding(**changes: Any) -> list[tuple[str, str]]:
    """What is said of a decision changed so."""
    return broken(the_decision_answers_the_need, doing(a_held_follow_up(decision=a_decision(**changes))))


@pytest.mark.parametrize(
    ("decision", "needs"),
    [(FollowUpDecision.REVISE, True), (FollowUpDecision.NEW_PLAN, True), (FollowUpDecision.CLOSE, False)],
)
def test_the_decision_answers_the_need__kept(decision: FollowUpDecision, needs: bool) -> None:
    """UFO-3 (UPP-067): need left, the plan is revised or renewed; none left, it is closed."""
    assert deciding(decision=decision, still_needs_coordination=needs) == []


@pytest.mark.parametrize(
    ("decision", "needs"),
    [(FollowUpDecision.REVISE, False), (FollowUpDecision.NEW_PLAN, False), (FollowUpDecision.CLOSE, True)],
)
def test_the_decision_answers_the_need__broken(decision: FollowUpDecision, needs: bool) -> None:
    """UFO-3 (UPP-067): need left and closed, none left and gone on with; and always without a reason."""
    said = ("/decision", "OUTCOME_REQUIRED")
    assert deciding(decision=decision, still_needs_coordination=needs) == [said]
    silent = deciding(decision=decision, still_needs_coordination=needs, reason_given=False)
    assert silent == [said, ("/reason", "OUTCOME_REQUIRED")]


def test_the_decision_answers_the_need__broken_without_a_decision() -> None:
    """UFO-3 (UPP-067): no decision answers nothing."""
    assert broken(the_decision_answers_the_need, doing(a_held_follow_up())) == [
        ("/decision", "OUTCOME_REQUIRED")
    ]


def when(passed: int, *meetings: Any, **changes: Any) -> Picture:
    """So many days after the day of the follow-up."""
    good: dict[str, Any] = {"at": FOLLOW_UP_AT + days(passed), "meetings": (a_concluded_meeting(), *meetings)}
    return Picture(a_case_after_the_meeting(**good | changes))


@pytest.mark.parametrize(("passed", "is_broken"), [(0, False), (1, True)])
def test_the_follow_up_is_held__broken_the_day_after(passed: int, is_broken: bool) -> None:
    """UFO-4 (UPP-066): on its day the follow-up can still be held,
    the day after it is late; a call is not enough.
    """
    assert bool(broken(the_follow_up_is_held, when(passed, a_follow_up()))) is is_broken
    assert owing(the_follow_up_is_held, when(passed)) == [(THE_AF, THE_PLAN, FOLLOW_UP_DAY)]


def test_the_follow_up_is_held__broken_on_the_named_caller() -> None:
    """UFO-4 (UPP-066): it is the named caller who owes it; the plan's holder while nobody is named."""
    by_fk = a_concluded_meeting(conclusion=ending(caller=FK))
    [(owner, _, _)] = owing(the_follow_up_is_held, Picture(a_case_after_the_meeting(meetings=(by_fk,))))
    assert owner == THE_FK
    unnamed = a_held_meeting()
    [(owner, _, _)] = owing(the_follow_up_is_held, Picture(a_case_after_the_meeting(meetings=(unnamed,))))
    assert owner == THE_AF


def test_the_follow_up_is_held__kept() -> None:
    """UFO-4 (UPP-066): held; or the plan has been closed, or has no day."""
    closing = a_held_follow_up(decision=a_decision(decision=FollowUpDecision.CLOSE))
    assert owing(the_follow_up_is_held, when(5, a_held_follow_up())) == []
    assert owing(the_follow_up_is_held, when(5, closing)) == []
    assert owing(the_follow_up_is_held, when(5, follow_ups_elsewhere=(elsewhere_held(),))) == []
    called = when(5, follow_ups_elsewhere=(elsewhere_held(NotYet()),))
    assert len(owing(the_follow_up_is_held, called)) == 1
    undated = a_distributed_plan(contents=contents(follow_up_on=Unknown()))
    assert owing(the_follow_up_is_held, when(5, plans=(undated,))) == []


def test_a_meeting_ends_with_a_plan_or_a_reason__kept() -> None:
    """UFO-5 (UPP-005): a plan, or a reason why there is none."""
    assert broken(a_meeting_ends_with_a_plan_or_a_reason, concluding(ending())) == []
    assert broken(a_meeting_ends_with_a_plan_or_a_reason, concluding(ending(True), plans=())) == []


@pytest.mark.parametrize("end", [ending(), NotYet()], ids=["no reason", "no end"])
def test_a_meeting_ends_with_a_plan_or_a_reason__broken(end: object) -> None:
    """UFO-5 (UPP-005): neither plan nor reason; another meeting's plan is not this one's."""
    elsewhere = a_distributed_plan(meeting_id=an_id(7))
    said = [("/noPlanReason", "NO_PLAN_REASON_MISSING")]
    assert broken(a_meeting_ends_with_a_plan_or_a_reason, concluding(end, plans=())) == said
    assert broken(a_meeting_ends_with_a_plan_or_a_reason, concluding(end, plans=(elsewhere,))) == said


@pytest.mark.parametrize(
    ("decision", "reason", "said"),
    [
        (FollowUpDecision.CLOSE, True, []),
        (FollowUpDecision.CLOSE, False, ["NO_PLAN_REASON_MISSING"]),
        (FollowUpDecision.REVISE, True, ["NO_PLAN_REASON_MISSING"]),
        (FollowUpDecision.NEW_PLAN, True, ["NO_PLAN_REASON_MISSING"]),
    ],
)
def test_a_meeting_ends_with_a_plan_or_a_reason__kept_by_the_reason_to_close(
    decision: FollowUpDecision, reason: bool, said: list[str]
) -> None:
    """UFO-5 (UPP-005): why the plan was closed says why there is none; a plan that was decided on is made."""
    decided = a_decision(decision=decision, reason_given=reason)
    meeting = a_held_follow_up(decision=decided, conclusion=ending())
    picture = doing(meeting, a_case_after_the_meeting(meetings=(meeting,), plans=()))
    assert [code for _, code in broken(a_meeting_ends_with_a_plan_or_a_reason, picture)] == said


@pytest.mark.parametrize(("passed", "is_broken"), [(-50, False), (-49, True)])
def test_the_caller_calls_to_the_follow_up_in_time__broken_when_near(passed: int, is_broken: bool) -> None:
    """UFO-6 (UPP-056): seven weeks before its day the caller is reminded to call, a day earlier not yet."""
    assert bool(broken(the_caller_calls_to_the_follow_up_in_time, when(passed), Days(49))) is is_broken
    assert owing(the_caller_calls_to_the_follow_up_in_time, when(passed), Days(49)) == [
        (THE_AF, THE_PLAN, FOLLOW_UP_DAY)
    ]


def test_the_caller_calls_to_the_follow_up_in_time__kept() -> None:
    """UFO-6 (UPP-056): a follow-up is initiated; a cancelled one is none."""
    assert owing(the_caller_calls_to_the_follow_up_in_time, when(-9, a_follow_up()), Days(49)) == []
    called = when(-9, follow_ups_elsewhere=(elsewhere_held(NotYet()),))
    assert owing(the_caller_calls_to_the_follow_up_in_time, called, Days(49)) == []
    cancelled = when(-9, a_follow_up(cancelled_at=HELD))
    assert len(owing(the_caller_calls_to_the_follow_up_in_time, cancelled, Days(49))) == 1

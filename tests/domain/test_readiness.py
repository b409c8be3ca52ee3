"""Readiness: the same book, asked without taking the step."""

from app.domain.booking import EarliestDate, LeadTime
from app.domain.facts.basics import NotYet
from app.domain.readiness import NotAboutATime, readiness
from app.domain.rule import Effect
from app.domain.rulebook import judge
from app.domain.step import Step
from tests.domain.agreements import a_clause, an_agreement, calls
from tests.domain.at_hand import distributing, issuing
from tests.domain.cases import a_case_with, a_contact
from tests.domain.meetings import a_meeting
from tests.domain.plans import ALL_SIDES, a_plan, approvals
from tests.domain.world import MEETING_AT, THE_AF, THE_FK, days

AGREED = an_agreement(
    a_clause("UPP-025", calls("FOR-1")),
    a_clause("UPP-028", calls("FOR-5", Effect.REMARK)),
    a_clause("UPP-031", calls("BOK-2", Effect.EXPLAIN, LeadTime("REGION", 6))),
    a_clause("UPP-054", calls("PLA-8")),
)


def test_what_is_missing_needs_a_reason_or_is_remarked() -> None:
    """The checklist has what stops the step,
    what needs a reason and what is remarked, and the earliest day.
    """
    meeting = a_meeting(offered_times=(), preparation=NotYet())
    case = a_case_with(meeting, contacts=(a_contact(at=MEETING_AT - days(41)),))
    found = readiness(Step.ISSUE_SUMMONS, issuing(case=case, meeting=meeting), AGREED)
    assert [one.rule_id for one in found.missing] == ["FOR-1"]
    assert [one.rule_id for one in found.to_explain] == ["BOK-2"]
    assert [one.rule_id for one in found.remarks] == ["FOR-5"]
    assert isinstance(found.earliest, EarliestDate)
    assert found.earliest.day == meeting_day_after(41)
    assert not found.is_ready


def meeting_day_after(contact_days_before: int) -> object:
    """Six weeks from a contact so many days before the meeting."""
    return (MEETING_AT - days(contact_days_before) + days(42)).date()


def test_readiness_says_who_owes_what() -> None:
    """What each side can mend is told apart."""
    plan = a_plan(approvals=approvals(*(side for side in ALL_SIDES if side != THE_FK)))
    found = readiness(Step.DISTRIBUTE_PLAN, distributing(plan), AGREED)
    assert [one.code for one in found.owed_by(THE_FK)] == ["PLAN_NOT_APPROVED"]
    assert found.owed_by(THE_AF) == ()
    assert found.earliest == NotAboutATime()


def test_a_step_with_everything_in_place_is_ready() -> None:
    """Ready is what the step itself would say."""
    found = readiness(Step.ISSUE_SUMMONS, issuing(), AGREED)
    assert found.is_ready
    assert (found.missing, found.to_explain, found.remarks) == ((), (), ())
    assert judge(Step.ISSUE_SUMMONS, issuing(), AGREED) == ()

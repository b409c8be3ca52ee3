"""Planen godkänns och delas ut: PLA-7 to PLA-9, PLA-11 and PLA-12."""

from dataclasses import replace

import pytest

from app.domain.codes import ApprovalAnswer, Attendance, SubjectKind
from app.domain.facts.basics import NotYet, Side, TheIndividual
from app.domain.facts.meeting import IndividualAttendance, OrganisationPresent
from app.domain.facts.picture import Picture
from app.domain.facts.plan import Approval, Distribution
from app.domain.plan_approval import (
    an_approved_plan_is_handed_out,
    everyone_present_answers_the_plan,
    the_plan_is_approved_by_all_before_it_is_handed_out,
    the_plan_is_handed_to_everyone,
    the_plan_is_made_with_the_individual,
)
from app.domain.rule import Days
from tests.domain.asking import about, broken, owing
from tests.domain.at_hand import distributing, proposing
from tests.domain.cases import a_case_after_the_meeting
from tests.domain.meetings import PRESENT_INDIVIDUAL, a_concluded_meeting, a_held_meeting
from tests.domain.plans import ALL_SIDES, a_distributed_plan, a_plan, approvals
from tests.domain.world import (
    AF,
    HELD,
    MEETING_DAY,
    PLAN_ID,
    THE_AF,
    THE_FK,
    THE_KOMMUN,
    THE_REGION,
    a_word,
    days,
)

THE_PLAN = about(SubjectKind.PLAN, PLAN_ID)
ABSENT = IndividualAttendance(Attendance.ABSENT, took_part_otherwise=False, reason_given=False)


@pytest.mark.parametrize(
    "individual",
    [PRESENT_INDIVIDUAL, replace(ABSENT, took_part_otherwise=True), replace(ABSENT, reason_given=True)],
    ids=["there", "in another way", "absent with a reason"],
)
def test_the_plan_is_made_with_the_individual__kept(individual: IndividualAttendance) -> None:
    """PLA-7 (UPP-005): there, in another recorded way, or absent with a reason."""
    picture = proposing(meeting=a_held_meeting(individual=individual))
    assert broken(the_plan_is_made_with_the_individual, picture) == []


@pytest.mark.parametrize("individual", [ABSENT, NotYet()], ids=["absent", "nothing recorded"])
def test_the_plan_is_made_with_the_individual__broken(individual: object) -> None:
    """PLA-7 (UPP-005): absent without a word why, or nothing recorded at all."""
    picture = proposing(meeting=a_held_meeting(individual=individual))
    assert broken(the_plan_is_made_with_the_individual, picture) == [("/individual", "PLAN_PARTIES")]


def test_the_plan_is_approved_by_all_before_it_is_handed_out__kept() -> None:
    """PLA-8 (UPP-054): the individual and everybody present; an absent owner does not hold it up."""
    assert broken(the_plan_is_approved_by_all_before_it_is_handed_out, distributing()) == []
    without_fk = a_concluded_meeting(organisations=(OrganisationPresent(AF, Attendance.PRESENT),))
    plan = a_plan(approvals=approvals(TheIndividual(), THE_AF))
    case = a_case_after_the_meeting(meetings=(without_fk,), plans=(plan,))
    picture = distributing(plan, case=case)
    assert broken(the_plan_is_approved_by_all_before_it_is_handed_out, picture) == []


@pytest.mark.parametrize("missing", ALL_SIDES)
def test_the_plan_is_approved_by_all_before_it_is_handed_out__broken_by_one(missing: Side) -> None:
    """PLA-8 (UPP-054): one that has said nothing, or objects, is one too few; it is the one who owes."""
    others = [side for side in ALL_SIDES if side != missing]
    objection = approvals(missing, answer=ApprovalAnswer.OBJECTED)
    for said in (approvals(*others), approvals(*others) + objection):
        picture = distributing(a_plan(approvals=said))
        rule = the_plan_is_approved_by_all_before_it_is_handed_out
        assert [breach.owed_by for breach in rule.check(picture, None)] == [missing]
        assert broken(rule, picture) == [("/awaited/0", "PLAN_NOT_APPROVED")]


def test_the_plan_is_approved_by_all_before_it_is_handed_out__kept_by_the_own_word() -> None:
    """PLA-8 (UPP-054): the speaker's own approval outranks an objection recorded for it, whenever made."""
    recorded_later = Approval(a_word(THE_FK, HELD + days(5), recorded_by=AF), ApprovalAnswer.OBJECTED)
    plan = a_plan(approvals=(*approvals(*ALL_SIDES), recorded_later))
    assert broken(the_plan_is_approved_by_all_before_it_is_handed_out, distributing(plan)) == []


def test_the_plan_is_approved_by_all_before_it_is_handed_out__broken_for_a_plan_nobody_knows() -> None:
    """PLA-8 (UPP-054): what is not among the plans of the case has been approved by nobody."""
    picture = distributing(case=a_case_after_the_meeting(plans=()))
    assert broken(the_plan_is_approved_by_all_before_it_is_handed_out, picture) != []
    assert broken(the_plan_is_handed_to_everyone, picture) != []


def test_the_plan_is_handed_to_everyone__kept() -> None:
    """PLA-9 (UPP-055): everybody now, or some now and the others before; whoever holds it has it."""
    assert broken(the_plan_is_handed_to_everyone, distributing()) == []
    before = a_plan(distributions=(Distribution(TheIndividual(), HELD), Distribution(THE_REGION, HELD)))
    picture = distributing(before, recipients=(THE_FK, THE_KOMMUN))
    assert broken(the_plan_is_handed_to_everyone, picture) == []


@pytest.mark.parametrize("missing", [side for side in ALL_SIDES if side != THE_AF])
def test_the_plan_is_handed_to_everyone__broken(missing: Side) -> None:
    """PLA-9 (UPP-055): the individual, one present, or an absent owner of an action is left out."""
    only_af = a_concluded_meeting(organisations=(OrganisationPresent(AF, Attendance.PRESENT),))
    case = a_case_after_the_meeting(
        meetings=(only_af if missing == THE_FK else a_concluded_meeting(),), plans=(a_plan(),)
    )
    left = tuple(side for side in ALL_SIDES if side != missing)
    assert broken(the_plan_is_handed_to_everyone, distributing(case=case, recipients=left)) == [
        ("/recipients", "RECIPIENTS_INCOMPLETE")
    ]


def after(passed: int, **changes: object) -> Picture:
    """So many days after the meeting, with a plan changed so."""
    return Picture(a_case_after_the_meeting(at=HELD + days(passed), plans=(a_plan(**changes),)))


@pytest.mark.parametrize(("passed", "is_broken"), [(7, False), (8, True)])
def test_everyone_present_answers_the_plan__broken_after_the_last_day(passed: int, is_broken: bool) -> None:
    """PLA-11 (UPP-054): seven days to answer; for the individual, whoever holds the plan asks."""
    waiting = after(passed, approvals=approvals(THE_AF, THE_REGION, THE_KOMMUN))
    assert bool(broken(everyone_present_answers_the_plan, waiting, Days(7))) is is_broken
    assert owing(everyone_present_answers_the_plan, waiting, Days(7)) == [
        (THE_AF, THE_PLAN, MEETING_DAY + days(7)),
        (THE_FK, THE_PLAN, MEETING_DAY + days(7)),
    ]


def test_everyone_present_answers_the_plan__kept() -> None:
    """PLA-11 (UPP-054): approved by all; an objection is an answer too."""
    assert owing(everyone_present_answers_the_plan, after(9), Days(7)) == []
    others = approvals(*(side for side in ALL_SIDES if side != THE_FK))
    objecting = after(9, approvals=others + approvals(THE_FK, answer=ApprovalAnswer.OBJECTED))
    assert owing(everyone_present_answers_the_plan, objecting, Days(7)) == []


@pytest.mark.parametrize(("passed", "is_broken"), [(7, False), (8, True)])
def test_an_approved_plan_is_handed_out__broken_after_the_last_day(passed: int, is_broken: bool) -> None:
    """PLA-12 (UPP-055): seven days from the last approval to hand the plan out."""
    assert bool(broken(an_approved_plan_is_handed_out, after(passed), Days(7))) is is_broken
    assert owing(an_approved_plan_is_handed_out, after(passed), Days(7)) == [
        (THE_AF, THE_PLAN, MEETING_DAY + days(7))
    ]


def test_an_approved_plan_is_handed_out__kept() -> None:
    """PLA-12 (UPP-055): handed out, or not yet approved."""
    handed = Picture(a_case_after_the_meeting(plans=(a_distributed_plan(),)))
    assert owing(an_approved_plan_is_handed_out, handed, Days(7)) == []
    assert owing(an_approved_plan_is_handed_out, after(9, approvals=()), Days(7)) == []

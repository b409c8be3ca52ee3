"""What every organisation owes now, and where in it the task lies."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.agreements.registry import registry
from app.domain.agreement import Agreement
from app.domain.codes import ReplyKind, SubjectKind
from app.domain.facts.basics import NotYet, TheIndividual, Unknown
from app.domain.facts.case import Acting, Carrier
from app.domain.facts.consent import EndUnchanged, Extension
from app.domain.tasks import Desk, Task, desk_of, tasks
from tests.domain.asking import about
from tests.domain.cases import a_case, a_case_after_the_meeting, a_case_with, a_contact, with_consents
from tests.domain.consents import a_consent, withdrawn
from tests.domain.meetings import a_reply, a_summoned_meeting, a_summons
from tests.domain.plans import (
    ALL_SIDES,
    a_commitment,
    a_distributed_plan,
    a_plan,
    an_action,
    approvals,
    contents,
)
from tests.domain.world import (
    AF,
    AF_UNIT,
    CALLED,
    CASE_ID,
    FK,
    KOMMUN,
    MEETING_ID,
    NOW,
    OFFICER,
    PLAN_ID,
    REGION,
    REGION_UNIT,
    SUMMONS_IDS,
    THE_FK,
    TODAY,
    an_id,
    days,
)


@pytest.fixture(scope="module")
def uppsala() -> Agreement:
    """The agreement as it runs."""
    file = registry().get("uppsala@2020-01-01")
    assert file is not None
    return file.agreement


def owed_by(organisation: Any, found: tuple[Task, ...]) -> list[tuple[str, Any]]:
    """What one organisation owes: the code and the day."""
    return [(task.code, task.due) for task in found if task.organisation_id == organisation]


def test_a_silent_recipient_owes_a_confirmation_before_it_is_late(uppsala: Agreement) -> None:
    """The task is there from the first day with its last day, and is late only after it (UPP-043)."""
    meeting = a_summoned_meeting(summonses=(a_summons(REGION, replies=()), a_summons(FK), a_summons(KOMMUN)))
    [task] = tasks(a_case_with(meeting), uppsala)
    assert (task.rule_id, task.clause_ids, task.code) == ("KAL-15", ("UPP-043",), "CONFIRM_INVITATION")
    assert (task.organisation_id, task.desk) == (REGION, Desk(REGION_UNIT, Unknown()))
    assert (task.subject, task.due) == (about(SubjectKind.SUMMONS, SUMMONS_IDS[REGION]), TODAY + days(7))
    assert (task.is_reminded, task.is_overdue) == (False, False)
    [late] = tasks(a_case_with(meeting, at=NOW + days(8)), uppsala)
    assert (late.is_reminded, late.is_overdue) == (True, True)


def test_the_caller_owes_answers_to_questions_and_other_times(uppsala: Agreement) -> None:
    """A question and another time proposed are the caller's to answer,
    at the desk of whoever carries the case.
    """
    said = {FK: ReplyKind.QUERIED, KOMMUN: ReplyKind.NEW_TIME_PROPOSED, REGION: ReplyKind.ACCEPTED}
    meeting = a_summoned_meeting(
        summonses=tuple(a_summons(one, replies=(a_reply(one, said[one]),)) for one in CALLED)
    )
    found = tasks(a_case_with(meeting), uppsala)
    assert owed_by(AF, found) == [("ANSWER_QUERY", TODAY + days(2)), ("NEW_TIME_PROPOSED", TODAY + days(2))]
    assert {task.desk for task in found if task.organisation_id == AF} == {Desk(AF_UNIT, OFFICER)}
    assert owed_by(FK, found) == [("CONFIRM_INVITATION", TODAY + days(7))]


def test_after_the_meeting_everybody_has_its_own(uppsala: Agreement) -> None:
    """Approval, acceptance, documentation and the follow-up each lie with whoever owes them."""
    undocumented = a_consent(documentations=a_consent().documentations[:3])
    others = approvals(*(side for side in ALL_SIDES if side != THE_FK))
    case = a_case_after_the_meeting(
        plans=(a_plan(approvals=others),),
        commitments=(a_commitment(speaker=TheIndividual(), action_id=an_id(35)),),
        consents=(undocumented,),
    )
    found = tasks(case, uppsala)
    assert {code for code, _ in owed_by(FK, found)} == {"PLAN_NOT_APPROVED", "ACTION_NOT_ACCEPTED"}
    assert {code for code, _ in owed_by(KOMMUN, found)} == {"CONSENT_NOT_DOCUMENTED"}
    assert {code for code, _ in owed_by(AF, found)} == {
        "FOLLOWUP_NOT_CALLED",
        "FOLLOWUP_OVERDUE",
        "ACTION_DUE_SOON",
    }
    assert [task.due for task in found] == sorted(task.due for task in found)


def test_a_proposal_is_no_task_until_it_has_been_recorded(uppsala: Agreement) -> None:
    """What is to be proposed as a deviation is not owed by whom it concerns."""
    absent = a_summoned_meeting()
    case = a_case_with(absent, contacts=tuple(_unanswered()))
    assert not any(task.rule_id.startswith("AVV") for task in tasks(case, uppsala))


def _unanswered() -> list[Any]:

    return [a_contact(REGION, answered=False, at=NOW - days(after)) for after in (3, 2)]


def test_a_case_without_a_carrier_is_a_task_of_its_unit(uppsala: Agreement) -> None:
    """Nobody carries the case: the unit is known, the officer is not."""
    [task] = tasks(a_case(carrier=Carrier(AF_UNIT, NotYet())), uppsala)
    assert (task.code, task.desk) == ("OFFICER_MISSING", Desk(AF_UNIT, Unknown()))
    assert task.subject == about(SubjectKind.CASE, CASE_ID)


def test_a_good_case_owes_nothing_at_once(uppsala: Agreement) -> None:
    """In a good case nothing is late, and nothing need be brought up."""
    for case in (a_case(), a_case_with(a_summoned_meeting()), a_case_after_the_meeting()):
        assert not any(task.is_reminded or task.is_overdue for task in tasks(case, uppsala))


def test_an_organisation_nobody_has_called_has_no_desk() -> None:
    """Where nothing is known of a unit, the task lies with the organisation."""
    assert desk_of(a_case(), an_id(99), about(SubjectKind.CASE, CASE_ID)) == Desk(Unknown(), Unknown())
    assert desk_of(a_case(), AF, about(SubjectKind.MEETING, MEETING_ID)) == Desk(AF_UNIT, OFFICER)
    summoned = a_case_with(a_summoned_meeting())
    assert desk_of(summoned, REGION, about(SubjectKind.PLAN, PLAN_ID)) == Desk(REGION_UNIT, Unknown())


def test_an_action_of_the_individual_is_asked_about_by_the_plans_holder(uppsala: Agreement) -> None:
    """The individual never has a task here: whoever holds the plan does."""
    plan = a_distributed_plan(contents=contents(actions=(an_action(TheIndividual()),)))
    case = a_case_after_the_meeting(plans=(plan,), commitments=())
    assert ("ACTION_NOT_ACCEPTED", case.as_of + days(6)) in owed_by(AF, tasks(case, uppsala))


@pytest.mark.parametrize("case", [a_case(), a_case_with(a_summoned_meeting()), a_case_after_the_meeting()])
def test_what_is_owed_does_not_depend_on_who_asks(case: Any, uppsala: Agreement) -> None:
    """Tasks are the case's: a list found by one officer may be shown to the next."""
    another = replace(case, acting=Acting(KOMMUN, an_id(97), an_id(98)))
    assert tasks(another, uppsala) == tasks(case, uppsala)


def test_a_consent_turns_what_is_owed_exactly_when_it_says(uppsala: Agreement) -> None:
    """Between two turning points of one day the tasks stay; at the end of a consent they change."""
    end = a_case_after_the_meeting().now + timedelta(minutes=30)
    undocumented = a_consent(documentations=a_consent().documentations[:3], ends_at=end)
    case = a_case_after_the_meeting(consents=(undocumented,))
    assert end in case.turning_points
    just_before = tasks(replace(case, now=end - timedelta(microseconds=1)), uppsala)
    assert just_before == tasks(case, uppsala)
    assert tasks(replace(case, now=end), uppsala) != just_before


def test_every_word_on_a_consent_is_a_turning_point() -> None:
    """Said, ended, extended and taken back: each instant may change what is owed."""
    longer = Extension(an_id(71), NOW + days(1), (), (), NOW + days(9))
    unchanged = Extension(an_id(72), NOW + days(2), (), (), EndUnchanged())
    consent = a_consent(
        said_at=NOW - days(3), ends_at=NOW + days(5), extensions=(longer, unchanged), withdrawals=withdrawn()
    )
    assert set(with_consents(consent).turning_points) == {
        NOW - days(3),
        NOW + days(5),
        NOW + days(1),
        NOW + days(9),
        NOW + days(2),
        *(one.recorded_at for one in withdrawn()),
    }

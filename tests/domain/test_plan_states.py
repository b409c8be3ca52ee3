"""Computed states of the plan and its actions (Part D5 and D6)."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.codes import (
    ApprovalAnswer,
    ClosureReason,
    CommitmentKind,
    CommitmentStatus,
    ConsentKind,
    FollowUpDecision,
    PlanStatus,
)
from app.domain.facts.basics import NotYet, TheIndividual, Unknown
from app.domain.facts.case import Closure
from app.domain.facts.consent import OneOrganisation, WholeConsent, Withdrawal
from app.domain.facts.meeting import FollowsUp, FollowUpElsewhere
from app.domain.facts.plan import OwnerMissing, PlanElsewhere, Replaces, Revises
from app.domain.plan_states import (
    ActionState,
    action_state,
    approvals_missing,
    days_followed_up,
    follow_ups,
    plan_sides,
    plan_status,
    sides_followed_up,
)
from tests.domain.cases import a_case_after_the_meeting
from tests.domain.consents import a_consent
from tests.domain.meetings import a_concluded_meeting, a_decision, a_held_meeting
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
    FK,
    HELD,
    NOW,
    PLAN_ID,
    REGION,
    THE_AF,
    THE_FK,
    THE_KOMMUN,
    THE_REGION,
    TODAY,
    an_id,
    days,
)


def successor(kind: Any) -> Any:
    """A version that comes after the plan in this way."""
    return a_plan(id=an_id(5), number=2, meeting_id=an_id(7), contents=contents(succeeds=kind))


def a_follow_up(**changes: Any) -> Any:
    """A held follow-up of the plan."""
    return a_held_meeting(id=an_id(7), follows=FollowsUp(PLAN_ID), **changes)


CLOSING = a_follow_up(decision=a_decision(decision=FollowUpDecision.CLOSE))
OTHERS = approvals(*ALL_SIDES[:-1])


@pytest.mark.parametrize(
    ("plan", "changes", "status"),
    [
        (a_plan(approvals=()), {}, PlanStatus.PROPOSED),
        (a_plan(approvals=OTHERS), {}, PlanStatus.PROPOSED),
        (
            a_plan(approvals=OTHERS + approvals(THE_KOMMUN, answer=ApprovalAnswer.OBJECTED)),
            {},
            PlanStatus.PROPOSED,
        ),
        (a_plan(), {}, PlanStatus.APPROVED),
        (a_distributed_plan(), {}, PlanStatus.DISTRIBUTED),
        (a_distributed_plan(), {"meetings": (a_concluded_meeting(), a_follow_up())}, PlanStatus.DISTRIBUTED),
        (a_distributed_plan(), {"meetings": (a_concluded_meeting(), CLOSING)}, PlanStatus.CLOSED),
        (a_distributed_plan(), {"closure": Closure(ClosureReason.GOAL_REACHED, NOW)}, PlanStatus.CLOSED),
        (a_distributed_plan(), {"plans": (successor(Revises(PLAN_ID)),)}, PlanStatus.SUPERSEDED),
        (a_distributed_plan(), {"plans": (successor(Replaces(PLAN_ID)),)}, PlanStatus.SUPERSEDED),
    ],
)
def test_plan_status(plan: Any, changes: dict[str, Any], status: PlanStatus) -> None:
    """Proposed until all have approved, distributed once handed out;
    a later version or an end comes first (D5).
    """
    plans = (plan, *changes.get("plans", ()))
    assert plan_status(a_case_after_the_meeting(**changes | {"plans": plans}), plan) is status


@pytest.mark.parametrize(
    ("decision", "succeeded", "status"),
    [
        (NotYet(), False, PlanStatus.DISTRIBUTED),
        (FollowUpDecision.REVISE, False, PlanStatus.DISTRIBUTED),
        (FollowUpDecision.REVISE, True, PlanStatus.SUPERSEDED),
        (FollowUpDecision.CLOSE, False, PlanStatus.CLOSED),
    ],
)
def test_a_plan_that_another_organisation_has_followed_up(
    decision: Any, succeeded: bool, status: PlanStatus
) -> None:
    """What the caller of the follow-up decides of the plan counts wherever that meeting was held (AMB-36)."""
    plan = a_distributed_plan()
    there = FollowUpElsewhere(PLAN_ID, REGION, NOW, decision, succeeded)
    another = FollowUpElsewhere(an_id(77), REGION, NOW, FollowUpDecision.CLOSE, succeeded=True)
    case = a_case_after_the_meeting(plans=(plan,), follow_ups_elsewhere=(another, there))
    assert plan_status(case, plan) is status
    assert days_followed_up(case, plan) == (TODAY,)


def test_the_sides_of_a_plan_that_is_followed_up() -> None:
    """The sides of the plan, also of one that another organisation holds; whoever has left is no side."""
    plan = a_distributed_plan()
    follow_up = a_follow_up()
    here = a_case_after_the_meeting(plans=(plan,), meetings=(follow_up,))
    assert sides_followed_up(here, a_held_meeting()) == ()
    assert set(sides_followed_up(here, follow_up)) == set(plan_sides(here, plan))
    theirs = PlanElsewhere(PLAN_ID, REGION, (REGION, FK))
    elsewhere = replace(here, plans=(), plans_elsewhere=(theirs,))
    assert sides_followed_up(elsewhere, follow_up) == (TheIndividual(), THE_REGION, THE_FK)
    left = replace(elsewhere, consents=(taken_back(OneOrganisation(FK)),))
    assert sides_followed_up(left, follow_up) == (TheIndividual(), THE_REGION)
    assert sides_followed_up(replace(elsewhere, plans_elsewhere=()), follow_up) == ()


def test_the_sides_of_a_plan() -> None:
    """The individual, everybody present, and whoever owns an action without having been there."""
    plan = a_plan()
    alone = a_concluded_meeting(organisations=a_concluded_meeting().organisations[:1])
    assert plan_sides(a_case_after_the_meeting(plans=(plan,)), plan) == ALL_SIDES
    case = a_case_after_the_meeting(plans=(plan,), meetings=(alone,))
    assert plan_sides(case, plan) == (TheIndividual(), THE_AF, THE_FK)


def test_a_cancelled_follow_up_is_none() -> None:
    """What follows up a plan is a meeting about it that is neither cancelled nor entered in error."""
    meetings = (a_follow_up(), a_follow_up(cancelled_at=NOW), a_follow_up(entered_in_error=True))
    case = a_case_after_the_meeting(meetings=meetings)
    assert follow_ups(case, a_plan()) == meetings[:1]


def state_of(*said: Any, owner: Any = THE_FK, **changes: Any) -> ActionState:
    """Where the action stands when this has been said of it."""
    action = an_action(owner)
    plan = a_distributed_plan(contents=contents(actions=(action,)))
    case = a_case_after_the_meeting(**{"plans": (plan,), "commitments": said} | changes)
    return action_state(case, plan, action)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (CommitmentKind.ACCEPTED, CommitmentStatus.ACCEPTED),
        (CommitmentKind.DECLINED, CommitmentStatus.DECLINED),
        (CommitmentKind.ONGOING, CommitmentStatus.ONGOING),
        (CommitmentKind.DONE, CommitmentStatus.DONE),
        (CommitmentKind.NOT_DONE, CommitmentStatus.NOT_DONE),
        (CommitmentKind.CLOSED, CommitmentStatus.CLOSED),
        (CommitmentKind.TRANSFER_OFFERED, CommitmentStatus.OPEN),
    ],
)
def test_an_action_stands_where_its_owner_says(kind: CommitmentKind, status: CommitmentStatus) -> None:
    """The owner's word is the status; before any word, and while only an offer is made, it is open (D6)."""
    assert state_of() == ActionState(CommitmentStatus.OPEN, THE_FK, is_overdue=False)
    assert state_of(a_commitment(kind, to=THE_KOMMUN)).status is status
    assert state_of(a_commitment(kind, THE_KOMMUN)).status is CommitmentStatus.OPEN
    assert state_of(owner=OwnerMissing()).status is CommitmentStatus.OPEN


def test_an_action_changes_hands_only_when_offered_and_taken_over() -> None:
    """Offered alone it stays; taken over unoffered it stays;
    both, in that order, and it is the receiver's (UPP-116).
    """
    accepted = a_commitment()
    offered = a_commitment(CommitmentKind.TRANSFER_OFFERED, to=THE_KOMMUN, said_at=HELD + days(1))
    taken = a_commitment(CommitmentKind.TRANSFERRED, THE_KOMMUN, said_at=HELD + days(2))
    early = a_commitment(CommitmentKind.TRANSFERRED, THE_KOMMUN)
    assert state_of(accepted, offered).owner == THE_FK
    assert state_of(accepted, offered).status is CommitmentStatus.ACCEPTED
    assert state_of(accepted, taken).owner == THE_FK
    assert state_of(accepted, early, offered).owner == THE_FK
    assert state_of(accepted, offered, taken) == ActionState(CommitmentStatus.ACCEPTED, THE_KOMMUN, False)
    done = a_commitment(CommitmentKind.DONE, THE_KOMMUN, said_at=HELD + days(3))
    assert state_of(accepted, offered, taken, done).status is CommitmentStatus.DONE


def test_an_action_handed_on_and_back_is_the_first_owners_again() -> None:
    """An action can come back: whoever took it over last owns it."""
    words = (
        a_commitment(CommitmentKind.TRANSFER_OFFERED, to=THE_KOMMUN),
        a_commitment(CommitmentKind.TRANSFERRED, THE_KOMMUN, said_at=HELD + days(1)),
        a_commitment(CommitmentKind.TRANSFER_OFFERED, THE_KOMMUN, to=THE_FK, said_at=HELD + days(2)),
        a_commitment(CommitmentKind.TRANSFERRED, THE_FK, said_at=HELD + days(3)),
    )
    assert state_of(*words).owner == THE_FK
    assert state_of(*words).status is CommitmentStatus.ACCEPTED


def test_the_owners_own_word_outranks_one_recorded_for_it() -> None:
    """What the chair recorded for the owner yields to what the owner says itself, whenever made."""
    own = a_commitment(CommitmentKind.ONGOING)
    recorded = a_commitment(CommitmentKind.DONE, said_at=HELD + days(1), recorded_by=AF)
    assert state_of(own, recorded).status is CommitmentStatus.ONGOING
    assert state_of(recorded).status is CommitmentStatus.DONE


def test_an_action_is_overdue_the_day_after_it_was_due_and_never_when_finished() -> None:
    """Overdue is a flag beside the status, from the day after;
    done, not done and undated actions never are.
    """
    due = HELD.replace(month=6, day=1)
    assert [state_of(a_commitment(), at=due + days(after)).is_overdue for after in (0, 1)] == [False, True]
    assert state_of(at=due + days(1)).is_overdue
    for kind in (CommitmentKind.DONE, CommitmentKind.NOT_DONE, CommitmentKind.CLOSED):
        assert not state_of(a_commitment(kind), at=due + days(9)).is_overdue
    undated = an_action(due_on=Unknown())
    plan = a_distributed_plan(contents=contents(actions=(undated,)))
    assert not action_state(a_case_after_the_meeting(plans=(plan,)), plan, undated).is_overdue


def test_actions_of_a_plan_that_stands_no_longer_are_closed_but_what_was_done_stays_done() -> None:
    """When a plan is superseded or closed its unfinished actions are closed."""
    closed = {"closure": Closure(ClosureReason.MOVED, NOW)}
    assert state_of(a_commitment(), **closed).status is CommitmentStatus.CLOSED
    assert state_of(a_commitment(CommitmentKind.DONE), **closed).status is CommitmentStatus.DONE
    assert state_of(**closed).owner == THE_FK


def taken_back(*scopes: WholeConsent | OneOrganisation, kind: Any = ConsentKind.INFORMATION_EXCHANGE) -> Any:
    """A consent of a kind that has been taken back so far."""
    yesterday = NOW - days(1)
    withdrawals = (Withdrawal(an_id(98), scope, yesterday, yesterday) for scope in scopes)
    return a_consent(kind, withdrawals=tuple(withdrawals))


@pytest.mark.parametrize(
    ("consents", "waits"),
    [
        ((taken_back(),), True),
        ((taken_back(OneOrganisation(FK)),), False),
        ((taken_back(OneOrganisation(REGION)),), True),
        ((taken_back(WholeConsent()),), False),
        ((taken_back(WholeConsent()), a_consent(id=an_id(99))), True),
        ((taken_back(WholeConsent(), kind=ConsentKind.CALL), a_consent(id=an_id(99))), True),
    ],
)
def test_whom_consent_was_taken_back_from_holds_no_plan_up(consents: Any, waits: bool) -> None:
    """Its approval is awaited until consent to the exchange is taken back from it,
    and again once given anew; the holder's always is (UPP-019, UPP-054).
    """
    case = a_case_after_the_meeting(consents=consents)
    plan = a_plan(approvals=())
    assert (THE_FK in approvals_missing(case, plan)) is waits
    assert (THE_FK in plan_sides(case, plan)) is waits
    assert THE_AF in approvals_missing(case, plan)

"""A good plan, its approvals and what is said of its actions; each fact can be changed by keyword."""

from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.codes import (
    ActionKind,
    ApprovalAnswer,
    CommitmentKind,
)
from app.domain.facts.basics import Side, TheIndividual, Unknown
from app.domain.facts.plan import (
    Action,
    Approval,
    Commitment,
    Distribution,
    Goal,
    NewPlan,
    Plan,
    PlanContents,
)
from tests.domain.world import (
    ACTION_ID,
    AF,
    FOLLOW_UP_DAY,
    HELD,
    MEETING_DAY,
    MEETING_ID,
    OWN_ACTION_ID,
    PLAN_ID,
    THE_AF,
    THE_FK,
    THE_KOMMUN,
    THE_REGION,
    a_word,
    an_id,
)


def an_action(owner: Any = THE_FK, **changes: Any) -> Action:
    """Something Försäkringskassan coordinates before the summer."""
    good = Action(
        id=ACTION_ID,
        kind=ActionKind.COORDINATION,
        text_given=True,
        owner=owner,
        due_on=date(2026, 6, 1),
        performed_by_outsider=False,
        carries_on=Unknown(),
    )
    return replace(good, **changes)


def contents(**changes: Any) -> PlanContents:
    """A goal, an action of a party and one of the individual's own, and a day for the follow-up."""
    good = PlanContents(
        succeeds=NewPlan(),
        goals=(Goal(an_id(100), text_given=True),),
        actions=(an_action(), an_action(TheIndividual(), id=OWN_ACTION_ID)),
        follow_up_on=FOLLOW_UP_DAY,
    )
    return replace(good, **changes)


def approvals(*sides: Side, answer: ApprovalAnswer = ApprovalAnswer.APPROVED) -> tuple[Approval, ...]:
    """The same word of each side."""
    return tuple(Approval(a_word(side, HELD), answer) for side in sides)


ALL_SIDES: tuple[Side, ...] = (TheIndividual(), THE_AF, THE_FK, THE_REGION, THE_KOMMUN)


def a_plan(**changes: Any) -> Plan:
    """Proposed at the meeting and approved by all."""
    good = Plan(
        id=PLAN_ID,
        holder=AF,
        meeting_id=MEETING_ID,
        number=1,
        contents=contents(),
        proposed_at=HELD,
        approvals=approvals(*ALL_SIDES),
        distributions=(),
    )
    return replace(good, **changes)


def a_distributed_plan(**changes: Any) -> Plan:
    """Handed to everybody."""
    return a_plan(**{"distributions": tuple(Distribution(side, HELD) for side in ALL_SIDES)} | changes)


def a_commitment(
    kind: CommitmentKind = CommitmentKind.ACCEPTED, speaker: Side = THE_FK, **changes: Any
) -> Commitment:
    """An owner's word on the party's action."""
    said_at = changes.pop("said_at", HELD)
    recorded_by = changes.pop("recorded_by", None)
    word = a_word(speaker, said_at, recorded_by)
    good = Commitment(word, ACTION_ID, PLAN_ID, kind, MEETING_DAY, Unknown())
    return replace(good, **changes)

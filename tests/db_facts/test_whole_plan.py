"""A plan stored by the application comes back from the gate as exactly these facts."""

from datetime import date

from app.domain.codes import (
    ActionKind,
    ApprovalAnswer,
    CommitmentKind,
)
from app.domain.facts.basics import TheIndividual, TheOrganisation, Unknown, Word
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
from tests.db_facts.story import MONDAY, Story, at


async def test_the_plan_becomes_a_fact_with_its_actions_in_order(story: Story) -> None:
    """Goals tell whether they have a text; actions keep their order; approvals name who wrote them down."""
    case = (await story.seen_by(story.holder)).case
    goals = story.rows["plan"].goal_ids
    approval = Word(story.id("approval"), TheIndividual(), story.holder.id, at(1011), at(1011))
    assert case.plans == (
        Plan(
            id=story.id("plan"),
            holder=story.holder.id,
            meeting_id=story.id("meeting"),
            number=1,
            contents=PlanContents(
                succeeds=NewPlan(),
                goals=(Goal(goals[0], text_given=True), Goal(goals[1], text_given=False)),
                actions=(
                    Action(
                        id=story.id("first"),
                        kind=ActionKind.REHABILITATION,
                        text_given=True,
                        owner=TheOrganisation(story.region.id),
                        due_on=date(2024, 5, 2),
                        performed_by_outsider=True,
                        carries_on=Unknown(),
                    ),
                    Action(
                        id=story.id("second"),
                        kind=ActionKind.CONTACT,
                        text_given=False,
                        owner=TheIndividual(),
                        due_on=date(2024, 5, 2),
                        performed_by_outsider=False,
                        carries_on=Unknown(),
                    ),
                ),
                follow_up_on=date(2024, 6, 3),
            ),
            proposed_at=at(1010),
            approvals=(Approval(approval, ApprovalAnswer.APPROVED),),
            distributions=(Distribution(TheOrganisation(story.region.id), at(1011)),),
        ),
    )


async def test_a_commitment_tells_whom_the_action_is_offered_to(story: Story) -> None:
    """The word on an action stands with its plan and the organisation it would pass to."""
    case = (await story.seen_by(story.holder)).case
    speaker = TheOrganisation(story.region.id)
    assert case.commitments == (
        Commitment(
            word=Word(story.id("commitment"), speaker, story.region.id, at(1012), at(1012)),
            action_id=story.id("first"),
            plan_id=story.id("plan"),
            kind=CommitmentKind.TRANSFER_OFFERED,
            occurred_on=MONDAY,
            to=TheOrganisation(story.holder.id),
        ),
    )

"""How the plan is made and followed up, and how the story ends."""

from datetime import date
from typing import Any

from app.db.ids import new_id
from app.db.tables import cases, deviations, plans
from tests.db_facts.story import MONDAY, SEALED, Story, recorded, show, statement


async def the_plan(story: Story) -> None:
    """A plan is proposed, approved and handed out; its owners speak; the follow-up decides."""
    mine, theirs = story.holder.id, story.region.id
    of: dict[str, Any] = {"case_id": story.case.id, "meeting_id": story.id("meeting")}
    goals = [new_id(), new_id()]
    plan = plans.Plan(
        **recorded(mine, 1010),
        **of,
        individual_id=story.case.individual_id,
        agreement_id=story.agreement.id,
        plan_line=new_id(),
        number=1,
        follow_up_on=date(2024, 6, 3),
        goal_ids=goals,
        empty_goal_ids=goals[1:],
        content_sealed=SEALED,
    )
    part: dict[str, Any] = {
        "org_id": mine,
        "plan_id": plan.id,
        "case_id": story.case.id,
        "due_on": date(2024, 5, 2),
    }
    await story.add(
        story.holder,
        plan=plan,
        second=plans.Action(
            **part,
            id=new_id(),
            place=2,
            text_given=False,
            owner="individual",
            kind="contact",
            by_an_outsider=False,
        ),
        first=plans.Action(
            **part,
            id=new_id(),
            place=1,
            text_given=True,
            owner="organisation",
            owner_org=theirs,
            kind="rehabilitation",
            by_an_outsider=True,
        ),
        shown_plan=show(story, "plan", plan.id),
        distribution=plans.PlanDistribution(
            **recorded(mine, 1011),
            plan_id=plan.id,
            case_id=story.case.id,
            recipient="organisation",
            recipient_org=theirs,
            channel="letter",
        ),
        approval=plans.PlanApproval(
            **recorded(mine, 1011),
            **statement(story, plan.id, 1011),
            speaker="individual",
            answer="approved",
        ),
        decision=plans.FollowUpDecision(
            **recorded(mine, 1013),
            **of,
            plan_org=mine,
            plan_id=plan.id,
            decision="close",
            still_needs_coordination=False,
            reason_sealed=SEALED,
        ),
    )
    spoken: dict[str, Any] = {"speaker": "organisation", "speaker_org": theirs}
    await story.add(
        story.region,
        commitment=plans.Commitment(
            **recorded(theirs, 1012),
            **statement(story, plan.id, 1012),
            **spoken,
            action_id=story.id("first"),
            status="transfer_offered",
            occurred_on=MONDAY,
            to_org=mine,
        ),
        report=plans.FollowUpReport(
            **recorded(theirs, 1012),
            **statement(story, story.id("meeting"), 1012),
            **spoken,
            text_sealed=SEALED,
        ),
    )


async def the_end(story: Story) -> None:
    """The holder's deviation is handled, and the case closed."""
    mine = story.holder.id
    deviation = deviations.Deviation(
        **recorded(mine, 1020),
        unit_id=story.holder.unit,
        agreement_id=story.agreement.id,
        type="absent",
        origin="proposed",
        about_org=story.region.id,
        about_party="REGION",
        case_org=mine,
        case_id=story.case.id,
        proposed_by_rule="AVV-2",
        subject_kind="summons",
        subject_id=story.id("summons"),
        occurred_on=MONDAY,
    )
    await story.add(
        story.holder,
        deviation=deviation,
        step=deviations.DeviationStep(**recorded(mine, 1021), deviation_id=deviation.id, step="confirmed"),
        next_step=deviations.DeviationStep(**recorded(mine, 1022), deviation_id=deviation.id, step="handled"),
        closure=cases.Closure(**recorded(mine, 1030), case_id=story.case.id, reason="goal_reached"),
    )

"""Plans: read, compared, and as the document people read."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Path, Query

from app.deps import Links, TheDesk
from app.documents.plan_differences import ActionChanged
from app.documents.plan_document import owners_in_order
from app.documents.plan_text import Action
from app.domain.access import Operation, Relation
from app.domain.facts.basics import TheIndividual, TheOrganisation
from app.routers.plan_parts import goal_out, owner_out, side_out, word_out
from app.schemas.base import Link
from app.schemas.documents import DocumentOut
from app.schemas.links import LinkMaker
from app.schemas.operation import operation
from app.schemas.plan_drafts import SubGoalOut
from app.schemas.plans import (
    DIFFERENCES,
    PLAN,
    PLAN_DOCUMENT,
    ActionDifferenceOut,
    ActionInPlanOut,
    ComparedActionOut,
    DifferencesOut,
    DifferencesQuery,
    FollowUpDayOut,
    GoalDifferenceOut,
    HandedOutOut,
    PlanDocumentOut,
    PlanOut,
    ResponsibilityOut,
)
from app.services import plans as service
from app.services.plans import ActionStanding, PlanShown

router = APIRouter(tags=["plans"])

PlanId = Annotated[UUID, Path(alias="planId")]


@router.get(
    "/plans/{planId}",
    **operation(
        "readPlan",
        sv="Läs en version av en plan, vad som sagts om den och hur det går med åtgärderna.",
        en="Read a version of a plan, what has been said of it, and how its actions go.",
        answer=PLAN,
    ),
)
async def read_plan(plan_id: PlanId, desk: TheDesk, links: Links) -> PlanOut:
    """For its holder, for those it was shown to, and by the own copy also after a withdrawal."""
    return _out(await service.read(desk, plan_id), links)


@router.get(
    "/plans/{planId}/differences",
    **operation(
        "readPlanDifferences",
        sv="Vad som skiljer versionen från den före, eller från en annan.",
        en="What sets the version apart from the one before, or from another.",
        answer=DIFFERENCES,
    ),
)
async def read_plan_differences(
    plan_id: PlanId, query: Annotated[DifferencesQuery, Query()], desk: TheDesk, links: Links
) -> DifferencesOut:
    """Goals and actions added, taken away and changed."""
    against, found = await service.compare(desk, plan_id, query.against)
    here = f"/plans/{plan_id}"
    return DifferencesOut(
        plan_id=plan_id,
        against=against,
        goals_added=[SubGoalOut(id=one.id, text=one.text) for one in found.goals_added],
        goals_removed=[SubGoalOut(id=one.id, text=one.text) for one in found.goals_removed],
        goals_changed=[
            GoalDifferenceOut(id=one.after.id, before=one.before.text, after=one.after.text)
            for one in found.goals_changed
        ],
        actions_added=[_compared(one) for one in found.actions_added],
        actions_removed=[_compared(one) for one in found.actions_removed],
        actions_changed=[_changed(one) for one in found.actions_changed],
        follow_up_on=FollowUpDayOut(before=found.follow_up_before, after=found.follow_up_after),
        links=[
            links("self", f"{here}/differences?against={against}"),
            links("up", here),
            links("predecessor-version", f"/plans/{against}"),
        ],
    )


@router.get(
    "/plans/{planId}/documents",
    **operation(
        "readPlanDocument",
        sv="Planen som dokument att läsa och skriva ut.",
        en="The plan as a document to read and print.",
        answer=PLAN_DOCUMENT,
    ),
)
async def read_plan_document(plan_id: PlanId, desk: TheDesk, links: Links) -> PlanDocumentOut:
    """By the agreement's template; a received copy is shown as it was received."""
    found = await service.document(desk, plan_id)
    here = f"/plans/{plan_id}"
    return PlanDocumentOut(
        plan_id=plan_id,
        document=DocumentOut.of(found),
        links=[links("self", f"{here}/documents"), links("up", here)],
    )


def _out(shown: PlanShown, links: LinkMaker) -> PlanOut:
    text = shown.text
    return PlanOut(
        id=shown.id,
        version=text.number,
        plan_line_id=text.line,
        holder_organisation_id=shown.holder,
        is_copy=shown.relation is Relation.RECIPIENT,
        individual_id=shown.individual_here,
        meeting_id=text.meeting_id,
        agreement_id=text.agreement_id,
        person_name=text.person_name,
        held_on=text.held_on,
        proposed_on=text.proposed_on,
        revises=text.revises,
        replaces=text.replaces,
        status=shown.status.value if shown.status else None,
        goals=[goal_out(one) for one in text.wording.goals],
        responsibilities=[
            ResponsibilityOut(
                owner=owner_out(owner),
                actions=[_action(one, shown.standing[one.id], links) for one in actions],
            )
            for owner, actions in owners_in_order(text.wording.actions)
        ],
        follow_up_on=text.wording.follow_up_on,
        approvals=[word_out(one) for one in shown.approvals],
        awaited=[side_out(one) for one in shown.awaited],
        handed_out=[
            HandedOutOut(
                to=side_out(TheOrganisation(one.to) if one.to else TheIndividual()),
                at=one.at,
                channel=one.channel,
            )
            for one in shown.handed_out
        ],
        purpose=shown.purpose,
        notice=shown.notice,
        links=_links(shown, links),
    )


def _links(shown: PlanShown, links: LinkMaker) -> list[Link]:
    """Where the caller may go from a plan as it stands."""
    here, before = f"/plans/{shown.id}", shown.text.revises or shown.text.replaces
    found = [links("self", here), links("documents", f"{here}/documents")]
    if before:
        found += [
            links("predecessor-version", f"/plans/{before}"),
            links("differences", f"{here}/differences"),
        ]
    if Operation.READ_MEETING in shown.open_to_me:
        found.append(links("meeting", f"/meetings/{shown.text.meeting_id}"))
    if Operation.APPROVE_PLAN in shown.open_to_me:
        found.append(links("approvals", f"{here}/approvals", "POST"))
    if Operation.DISTRIBUTE_PLAN in shown.open_to_me:
        found.append(links("distributions", f"{here}/distributions", "POST"))
    return found


def _action(action: Action, standing: ActionStanding, links: LinkMaker) -> ActionInPlanOut:
    return ActionInPlanOut(
        id=action.id,
        kind=action.kind.value,
        text=action.text,
        due_on=action.due_on,
        performed_by=action.performed_by,
        carries_on=action.carries_on,
        status=standing.status.value if standing.status else None,
        is_overdue=standing.is_overdue,
        owner_now=side_out(standing.owner) if standing.owner else None,
        links=[links("self", f"/actions/{action.id}")],
    )


def _compared(action: Action) -> ComparedActionOut:
    return ComparedActionOut(
        id=action.id,
        kind=action.kind.value,
        text=action.text,
        owner=owner_out(action.owner) if action.owner else None,
        due_on=action.due_on,
        performed_by=action.performed_by,
    )


_FIELDS: dict[str, Literal["kind", "text", "dueOn", "performedBy", "owner"]] = {
    "kind": "kind",
    "text": "text",
    "due_on": "dueOn",
    "performed_by": "performedBy",
    "owner": "owner",
}


def _changed(change: ActionChanged) -> ActionDifferenceOut:
    return ActionDifferenceOut(
        before=_compared(change.before),
        after=_compared(change.after),
        changed=[_FIELDS[one] for one in change.fields],
    )

"""Actions of plans: one with its history, and its owner's word on it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response

from app.deps import Key, Links, ReadersLanguage, TheDesk
from app.domain.access import Relation
from app.domain.codes import CommitmentKind
from app.routers.plan_parts import envelope_of, owner_out, side_out, word_out
from app.schemas.actions import ACTION, COMMITMENT, ActionOut, CommitmentIn
from app.schemas.base import ReceiptOut
from app.schemas.links import LinkMaker
from app.schemas.operation import act, operation
from app.services import commitments, plans
from app.services.commitments import CommitmentSaid
from app.services.plans import ActionShown

router = APIRouter(tags=["plans"])

ActionId = Annotated[UUID, Path(alias="actionId")]


@router.get(
    "/actions/{actionId}",
    **operation(
        "readAction",
        sv="Läs en åtgärd och allt som sagts om den.",
        en="Read an action and everything that has been said of it.",
        answer=ACTION,
    ),
)
async def read_action(action_id: ActionId, desk: TheDesk, links: Links) -> ActionOut:
    """For everybody who has the plan; by a copy alone, with one's own words only."""
    return _out(await plans.read_action(desk, action_id), links)


@router.post(
    "/actions/{actionId}/commitments",
    **act(
        "commitToAction",
        sv="Åta sig en åtgärd, eller säg hur det går med den.",
        en="Commit to an action, or say how it goes.",
        body=COMMITMENT,
    ),
)
async def commit_to_action(
    action_id: ActionId,
    commitment: CommitmentIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """Its owner alone; the plan's holder may record what the owner has said."""
    said = CommitmentSaid(
        kind=CommitmentKind(commitment.status),
        to=commitment.to_organisation_id,
        reason=commitment.reason,
        envelope=envelope_of(commitment, commitment.speaker_name),
    )
    done = await commitments.record(desk, key, action_id, said)
    here = f"/actions/{action_id}"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here))


def _out(shown: ActionShown, links: LinkMaker) -> ActionOut:
    action, standing, here = shown.action, shown.standing, f"/actions/{shown.action.id}"
    found = [links("self", here), links("up", f"/plans/{shown.plan.id}")]
    if shown.is_mine_to_tell:
        found.append(links("commitments", f"{here}/commitments", "POST"))
    if action.carries_on:
        found.append(links("predecessor-version", f"/actions/{action.carries_on}"))
    return ActionOut(
        id=action.id,
        plan_id=shown.plan.id,
        plan_version=shown.plan.text.number,
        is_copy=shown.plan.relation is Relation.RECIPIENT,
        owner=owner_out(action.owner) if action.owner else None,
        kind=action.kind.value,
        text=action.text,
        due_on=action.due_on,
        performed_by=action.performed_by,
        carries_on=action.carries_on,
        status=standing.status.value if standing.status else None,
        is_overdue=standing.is_overdue,
        owner_now=side_out(standing.owner) if standing.owner else None,
        history=[word_out(one) for one in shown.history],
        links=found,
    )

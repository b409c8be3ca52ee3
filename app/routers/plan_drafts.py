"""Drafts of plans: written by the recorder, handed to the chair, proposed by the chair."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response

from app.deps import ExpectedVersion, Key, Links, ReadersLanguage, TheDesk, etag
from app.documents.plan_text import Action, Owner
from app.domain.facts.basics import Side, TheIndividual, TheOrganisation
from app.routers.plan_parts import goal_out, owner_out
from app.schemas.base import Link, ReceiptOut
from app.schemas.links import LinkMaker
from app.schemas.operation import act, operation
from app.schemas.plan_drafts import (
    DRAFT,
    DRAFT_IN,
    HAND_OVER,
    PROPOSAL,
    ActionIn,
    DraftActionOut,
    DraftIn,
    DraftOut,
    HandOverIn,
    OrganisationOwnerIn,
    ProposalIn,
)
from app.services import plan_drafts as service
from app.services import plan_proposals
from app.services.plan_drafts import DraftOrder, DraftShown
from app.services.plan_wording import ActionSaid, GoalSaid, WordingSaid

router = APIRouter(tags=["plans"])

MeetingId = Annotated[UUID, Path(alias="meetingId")]
DraftId = Annotated[UUID, Path(alias="draftId")]


@router.post(
    "/meetings/{meetingId}/plan-drafts",
    **act(
        "writeDraft",
        sv="Börja ett utkast till plan. Bara den utsedda dokumentationsansvarigas organisation.",
        en="Begin a draft of the plan. Only the appointed recorder's organisation.",
        body=DRAFT_IN,
    ),
)
async def write_draft(
    meeting_id: MeetingId,
    draft: DraftIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """The draft is the recorder's organisation's; nobody else sees it before it is handed over."""
    done = await service.write(desk, key, meeting_id, _order(draft))
    here = f"/plan-drafts/{done.id}"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here), *_open_draft(here, links))


@router.get(
    "/plan-drafts/{draftId}",
    **operation("readDraft", sv="Läs ett utkast till plan.", en="Read a draft of a plan.", answer=DRAFT),
)
async def read_draft(draft_id: DraftId, desk: TheDesk, links: Links, response: Response) -> DraftOut:
    """For the recorder's organisation, and for the chair's once it has been handed over."""
    shown = await service.read(desk, draft_id)
    response.headers["ETag"] = etag(shown.version)
    return _out(shown, links)


@router.put(
    "/plan-drafts/{draftId}",
    **operation(
        "changeDraft",
        sv="Ersätt vad utkastet säger, så länge det inte är överlämnat.",
        en="Replace what the draft says, as long as it has not been handed over.",
        body=DRAFT_IN,
        answer=DRAFT,
    ),
)
async def change_draft(
    draft_id: DraftId,
    draft: DraftIn,
    version: ExpectedVersion,
    desk: TheDesk,
    links: Links,
    response: Response,
) -> DraftOut:
    """The version in If-Match must be the present one."""
    shown = await service.change(desk, draft_id, version, _order(draft))
    response.headers["ETag"] = etag(shown.version)
    return _out(shown, links)


@router.post(
    "/plan-drafts/{draftId}/hand-overs",
    **act(
        "handOverDraft",
        sv="Lämna över utkastet till ordföranden, som ser det från och med nu.",
        en="Hand the draft over to the chair, who sees it from now on.",
        body=HAND_OVER,
    ),
)
async def hand_over_draft(
    draft_id: DraftId,
    order: HandOverIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """What was handed over stays as it was."""
    done = await service.hand_over(desk, key, draft_id, order.version, order.reasons())
    here = f"/plan-drafts/{draft_id}"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here))


@router.post(
    "/plan-drafts/{draftId}/proposals",
    **act(
        "proposePlan",
        sv="Föreslå planen: en version som inte ändras mer visas för alla den angår.",
        en="Propose the plan: one version that is never changed is shown to all it concerns.",
        body=PROPOSAL,
    ),
)
async def propose_plan(
    draft_id: DraftId,
    order: ProposalIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """Only the chair's organisation proposes; the receipt's id is the plan's."""
    done = await plan_proposals.propose(desk, key, draft_id, order.version, order.reasons())
    here = f"/plans/{done.id}"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here), links("approvals", f"{here}/approvals", "POST"))


def _order(draft: DraftIn) -> DraftOrder:
    return DraftOrder(
        wording=WordingSaid(
            goals=tuple(
                GoalSaid(one.id, one.text, tuple(GoalSaid(sub.id, sub.text, ()) for sub in one.sub_goals))
                for one in draft.goals
            ),
            actions=tuple(_action(one) for one in draft.actions),
            follow_up_on=draft.follow_up_on,
        ),
        revises=draft.revises,
        replaces=draft.replaces,
        reasons=draft.reasons(),
    )


def _action(said: ActionIn) -> ActionSaid:
    owner: Side | None = TheIndividual() if said.owner else None
    if isinstance(said.owner, OrganisationOwnerIn):
        owner = TheOrganisation(said.owner.organisation_id)
    return ActionSaid(
        kind=said.kind,
        text=said.text,
        owner=owner,
        due_on=said.due_on,
        performed_by=said.performed_by,
        carries_on=said.carries_on,
    )


def _out(shown: DraftShown, links: LinkMaker) -> DraftOut:
    here = f"/plan-drafts/{shown.id}"
    return DraftOut(
        id=shown.id,
        version=shown.version,
        meeting_id=shown.meeting_id,
        recorder_organisation_id=shown.recorder,
        handed_over_at=shown.handed_over_at,
        revises=shown.revises,
        replaces=shown.replaces,
        goals=[goal_out(one) for one in shown.wording.goals],
        actions=[_action_out(one, shown) for one in shown.wording.actions],
        follow_up_on=shown.wording.follow_up_on,
        links=[
            links("self", here),
            links("up", f"/meetings/{shown.meeting_id}"),
            *(_open_draft(here, links) if shown.is_open_to_me else ()),
            *([links("proposals", f"{here}/proposals", "POST")] if shown.may_propose else ()),
        ],
    )


def _open_draft(here: str, links: LinkMaker) -> tuple[Link, ...]:
    """What its writer may do with a draft that has not been handed over."""
    return links("edit", here, "PUT"), links("hand-overs", f"{here}/hand-overs", "POST")


def _action_out(action: Action, shown: DraftShown) -> DraftActionOut:
    owner = action.owner
    if owner and owner.organisation_id:
        owner = Owner(owner.organisation_id, shown.names.get(owner.organisation_id, ""))
    return DraftActionOut(
        kind=action.kind.value,
        text=action.text,
        owner=owner_out(owner) if owner else None,
        due_on=action.due_on,
        performed_by=action.performed_by,
        carries_on=action.carries_on,
    )

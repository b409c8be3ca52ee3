"""What is done with a proposed plan: words on it are recorded, and it is handed out."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response

from app.deps import Key, Links, ReadersLanguage, TheDesk
from app.domain.codes import ApprovalAnswer
from app.domain.facts.basics import TheIndividual, TheOrganisation
from app.routers.plan_parts import envelope_of
from app.schemas.base import ReceiptOut
from app.schemas.operation import act
from app.schemas.plan_drafts import OrganisationOwnerIn
from app.schemas.plans import APPROVAL, DISTRIBUTION, ApprovalIn, DistributionIn, RecipientIn
from app.services import plan_approvals, plan_distributions
from app.services.plan_approvals import ApprovalGiven
from app.services.plan_distributions import DistributionOrder, Recipient

router = APIRouter(tags=["plans"])

PlanId = Annotated[UUID, Path(alias="planId")]


@router.post(
    "/plans/{planId}/approvals",
    **act(
        "approvePlan",
        sv="Godkänn en version av planen, eller framför en invändning.",
        en="Approve a version of the plan, or object to it.",
        body=APPROVAL,
    ),
)
async def approve_plan(
    plan_id: PlanId,
    approval: ApprovalIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """A statement; the chair's organisation may record what another has said, whose own word outranks it."""
    given = ApprovalGiven(
        number=approval.version,
        answer=ApprovalAnswer(approval.answer),
        reason=approval.reason,
        envelope=envelope_of(approval, approval.speaker_name),
    )
    done = await plan_approvals.record(desk, key, plan_id, given)
    here = f"/plans/{plan_id}"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here))


@router.post(
    "/plans/{planId}/distributions",
    **act(
        "distributePlan",
        sv="Dela ut den godkända planen till individen och alla parter.",
        en="Hand the approved plan out to the individual and all parties.",
        body=DISTRIBUTION,
    ),
)
async def distribute_plan(
    plan_id: PlanId,
    order: DistributionIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """Each organisation gets a copy of its own, which it keeps."""
    wanted = DistributionOrder(
        number=order.version,
        channel=order.channel,
        recipients=tuple(_recipient(one) for one in order.recipients),
        reasons=order.reasons(),
    )
    done = await plan_distributions.distribute(desk, key, plan_id, wanted)
    here = f"/plans/{plan_id}"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here), links("documents", f"{here}/documents"))


def _recipient(one: RecipientIn) -> Recipient:
    if isinstance(one.to, OrganisationOwnerIn):
        return Recipient(TheOrganisation(one.to.organisation_id), one.channel)
    return Recipient(TheIndividual(), one.channel)

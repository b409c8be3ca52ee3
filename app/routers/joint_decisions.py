"""Joint decisions: what one has proposed and another approves."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from app.deps import Key, Links, ReadersLanguage, TheDesk
from app.domain.joint_decisions import State
from app.errors import Language
from app.schemas.base import Link, ReceiptOut
from app.schemas.joint_decisions import (
    JOINT_DECISION,
    JOINT_DECISION_PAGE,
    ContentOut,
    JointDecisionIn,
    JointDecisionOut,
    JointDecisionPage,
    JointDecisionQuery,
)
from app.schemas.links import LinkMaker
from app.schemas.lists import follows, page_links, page_meta
from app.schemas.operation import act, operation
from app.services import joint_outcomes as service
from app.services.joint_outcomes import JointDecisionShown
from app.services.paging import Paging
from app.services.receipt import Receipt

router = APIRouter(tags=["organisations"])

DecisionId = Annotated[UUID, Path(alias="jointDecisionId")]


@router.get(
    "/joint-decisions",
    **operation(
        "listJointDecisions",
        sv="Lista de förslag som kräver två personer: dem man själv lagt och dem man kan godkänna.",
        en="List the proposals that take two people: those one made and those one may approve.",
        answer=JOINT_DECISION_PAGE,
    ),
)
async def list_joint_decisions(
    query: Annotated[JointDecisionQuery, Query()], desk: TheDesk, links: Links
) -> JointDecisionPage:
    """Open ones; those that are past only when asked for."""
    found = await service.list_seen(
        desk, Paging(query.limit, query.offset), decided_too=query.include_decided
    )
    more = follows(query, len(found.items), found.total)
    return JointDecisionPage(
        items=[_out(one, links) for one in found.items],
        meta=page_meta(query, len(found.items), found.total),
        links=page_links(links.url("/joint-decisions"), query, more=more, total=found.total),
    )


@router.get(
    "/joint-decisions/{jointDecisionId}",
    **operation(
        "readJointDecision",
        sv="Läs ett förslag som kräver två personer.",
        en="Read a proposal that takes two people.",
        answer=JOINT_DECISION,
    ),
)
async def read_joint_decision(decision_id: DecisionId, desk: TheDesk, links: Links) -> JointDecisionOut:
    """What is proposed, by whom, until when, and how it ended."""
    return _out(await service.read(desk, decision_id), links)


@router.post(
    "/joint-decisions/{jointDecisionId}/approvals",
    **act(
        "approveJointDecision",
        sv="Godkänn ett förslag som en annan har lagt; det genomförs genast.",
        en="Approve a proposal that somebody else has made; it is carried out at once.",
        body={},
    ),
)
async def approve_joint_decision(
    decision_id: DecisionId,
    _: JointDecisionIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """Never one's own proposal, whatever the account, and never for oneself."""
    return proposed(await service.approve(desk, key, decision_id), links, language, response)


@router.post(
    "/joint-decisions/{jointDecisionId}/rejections",
    **act(
        "rejectJointDecision",
        sv="Avslå ett förslag, eller ta tillbaka sitt eget.",
        en="Turn a proposal down, or take one's own back.",
        body={},
    ),
)
async def reject_joint_decision(
    decision_id: DecisionId,
    _: JointDecisionIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """One person is enough to let nothing happen."""
    return proposed(await service.reject(desk, key, decision_id), links, language, response)


def proposed(done: Receipt, links: LinkMaker, language: Language, response: Response) -> ReceiptOut:
    """The receipt of a proposal, or of its end: both lead to the proposal."""
    here = f"/joint-decisions/{done.id}"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here))


def _out(shown: JointDecisionShown, links: LinkMaker) -> JointDecisionOut:
    return JointDecisionOut(
        id=shown.id,
        matter=shown.matter,
        subject_kind=shown.subject_kind,
        subject_id=shown.subject_id,
        content=[ContentOut(name=name, values=_texts(value)) for name, value in shown.content.items()],
        state=shown.state.value,
        proposed_by=shown.proposed_by,
        proposed_at=shown.proposed_at,
        expires_at=shown.expires_at,
        decided_by=shown.decided_by,
        decided_at=shown.decided_at,
        links=_links(shown, links),
    )


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _links(shown: JointDecisionShown, links: LinkMaker) -> list[Link]:
    here = f"/joint-decisions/{shown.id}"
    open_still = [links(name, f"{here}/{name}", "POST") for name in ("approvals", "rejections")]
    return [links("self", here), *(open_still if shown.state is State.OPEN else [])]

"""Coordination cases, and the acts on them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response

from app.deps import Key, Links, ReadersLanguage, TheDesk
from app.schemas.base import ReceiptOut
from app.schemas.cases import CASE_REGISTRATION, NEED_ASSESSMENT, CaseIn, NeedAssessmentIn
from app.schemas.operation import act
from app.services import cases as service
from app.services import need_assessments
from app.services.need_assessments import AssessmentOrder

router = APIRouter(tags=["cases"])

CaseId = Annotated[UUID, Path(alias="caseId")]


@router.post(
    "/cases",
    **act(
        "registerCase",
        sv="Registrera ett samverkansärende för en person.",
        en="Register a coordination case about a person.",
        body=CASE_REGISTRATION,
        also=(404,),
    ),
)
async def register_case(
    case: CaseIn, desk: TheDesk, key: Key, links: Links, language: ReadersLanguage, response: Response
) -> ReceiptOut:
    """The case is the caller's unit's, and runs under the agreement its organisation is a party to."""
    done = await service.register(desk, key, case.individual_id, case.agreement_key)
    here = f"/cases/{done.id}"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here))


@router.post(
    "/cases/{caseId}/need-assessments",
    **act(
        "assessNeed",
        sv="Bedöm behovet av flerpartssamverkan tillsammans med individen.",
        en="Assess the need of coordination together with the individual.",
        body=NEED_ASSESSMENT,
    ),
)
async def assess_need(
    case_id: CaseId,
    assessment: NeedAssessmentIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """The latest assessment counts; also one that finds no need is an assessment."""
    order = AssessmentOrder(
        version=assessment.version,
        assessed_on=assessment.assessed_on,
        need_seen_on=assessment.need_seen_on,
        outcome=assessment.outcome,
        grounds=tuple(assessment.grounds),
        needs=tuple(assessment.needs),
        individual_took_part=assessment.individual_took_part,
        individual_view=assessment.individual_view,
        other_plan=assessment.other_plan,
        note=assessment.note,
        reasons=assessment.reasons(),
    )
    done = await need_assessments.assess(desk, key, case_id, order)
    here = f"/cases/{case_id}"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here))

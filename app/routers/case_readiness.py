"""Readiness of a case for a step: the agreement asked beforehand."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query

from app.deps import Links, ReadersLanguage, TheDesk
from app.domain.step import Step
from app.schemas.case_readiness import CASE_READINESS, CaseReadinessOut, CaseReadinessQuery
from app.schemas.operation import operation
from app.schemas.readiness import OwedFindingOut, OwedTaskOut
from app.services import case_readiness as service

router = APIRouter(tags=["cases"])


@router.get(
    "/cases/{caseId}/readiness",
    **operation(
        "readCaseReadiness",
        sv="Vad saknas inför ett steg i ärendet, och vem kan ordna det?",
        en="What is missing for a step in the case, and who can mend it?",
        answer=CASE_READINESS,
    ),
)
async def read_case_readiness(
    case_id: Annotated[UUID, Path(alias="caseId")],
    query: Annotated[CaseReadinessQuery, Query()],
    desk: TheDesk,
    links: Links,
    language: ReadersLanguage,
) -> CaseReadinessOut:
    """The same rules and ids as when the step is taken; nothing is done."""
    found = await service.ready(desk, case_id, Step(query.step))
    answer, here = found.answer, f"/cases/{case_id}"
    return CaseReadinessOut(
        step=query.step,
        status=found.status,
        can_be_taken=found.can_be_taken,
        is_ready=answer.is_ready,
        missing=[OwedFindingOut.owed(one, language) for one in answer.missing],
        to_explain=[OwedFindingOut.owed(one, language) for one in answer.to_explain],
        remarks=[OwedFindingOut.owed(one, language) for one in answer.remarks],
        tasks=[OwedTaskOut.of(one, language) for one in found.tasks],
        links=[
            links("self", f"{here}/readiness?step={query.step}"),
            links("up", here),
            *(links("related", f"/meetings/{one}") for one in found.meeting_ids),
        ],
    )

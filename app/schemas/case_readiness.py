"""Readiness of a case for a step, on the wire."""

from typing import Literal

from pydantic import Field

from app.domain.codes import CaseStatus
from app.schemas.base import Flag, Linked, RequestModel, example_of
from app.schemas.examples import SOME_ID, link_to
from app.schemas.readiness import OwedFindingOut, OwedTaskOut

CaseStep = Literal[
    "assess-need", "offer-meeting", "record-contact", "record-consent", "start-meeting", "close-case"
]
_CASE = f"/cases/{SOME_ID}"
_ORGANISATION = "016f5e68-bcc0-705f-8911-8ce27ea036ce"


class CaseReadinessQuery(RequestModel):
    """For which step."""

    step: CaseStep = Field(description="Steget det frågas om. The step that is asked about.")


class CaseReadinessOut(Linked):
    """What the agreement would answer if the step were taken now, rightly filled in.

    `canBeTaken` says whether the step exists from the state the case is in; `isReady`, whether the agreement
    lets it through without a reason. What is in `toExplain` takes a reason. `tasks` is what is owed in the
    case meanwhile, and by whom.
    """

    step: str
    status: CaseStatus
    can_be_taken: Flag
    is_ready: Flag
    missing: list[OwedFindingOut] = Field(max_length=200)
    to_explain: list[OwedFindingOut] = Field(max_length=200)
    remarks: list[OwedFindingOut] = Field(max_length=200)
    tasks: list[OwedTaskOut] = Field(max_length=1000)


CASE_READINESS = example_of(
    CaseReadinessOut,
    {
        "step": "start-meeting",
        "status": "registered",
        "canBeTaken": True,
        "isReady": False,
        "missing": [
            {
                "ruleId": "BEH-1",
                "clauseId": "UPP-011",
                "clauses": ["UPP-011"],
                "effect": "refuse",
                "code": "NEED_NOT_ASSESSED",
                "pointer": "",
                "message": "Behovet av flerpartssamverkan är inte bedömt.",
                "wording": "I varje enskilt fall ska det göras en bedömning.",
                "remedy": "Gör en behovsbedömning i ärendet.",
                "owedByOrganisationId": _ORGANISATION,
            }
        ],
        "toExplain": [],
        "remarks": [],
        "tasks": [],
        "_links": [link_to(f"{_CASE}/readiness?step=start-meeting")],
    },
)

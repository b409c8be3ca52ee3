"""Coordination cases on the wire: registration, and the acts on a case."""

from typing import Annotated

from pydantic import AfterValidator, Field

from app.domain.codes import AssessmentBasis, NeedArea, NeedOutcome, OtherPlan
from app.schemas.base import Code, Day, Flag, Id, Prose, RequestModel, VersionedAct, example_of

CASE_ID = "0190a5e0-7d3c-7cc4-b1f0-1f6f0c3b7a52"


class CaseIn(RequestModel):
    """A case to register, about a person the own organisation knows."""

    individual_id: Id
    agreement_key: Code | None = Field(
        default=None, description="Behövs bara för den som är part i flera. Only for a party to several."
    )


def _each_once(grounds: list[AssessmentBasis]) -> list[AssessmentBasis]:
    return list(dict.fromkeys(grounds))


def _each_need_once(needs: list[NeedArea]) -> list[NeedArea]:
    return list(dict.fromkeys(needs))


class NeedAssessmentIn(VersionedAct):
    """An assessment of the need of coordination, made with the person (UPP-011 to UPP-013)."""

    assessed_on: Day
    need_seen_on: Day = Field(description="Dagen då behovet sågs. The day the need was seen.")
    outcome: NeedOutcome
    grounds: Annotated[list[AssessmentBasis], AfterValidator(_each_once)] = Field(
        default=[], max_length=20, description="Vad bedömningen grundas på. What it rests on."
    )
    needs: Annotated[list[NeedArea], AfterValidator(_each_need_once)] = Field(default=[], max_length=20)
    individual_took_part: Flag
    individual_view: Prose | None = Field(
        default=None, description="Individens egen syn. The individual's own view."
    )
    other_plan: OtherPlan = Field(
        description="Frågat till individen, aldrig uppslaget. Asked of the individual, never looked up."
    )
    note: Prose | None = None


CASE_REGISTRATION = example_of(CaseIn, {"individualId": CASE_ID})
NEED_ASSESSMENT = example_of(
    NeedAssessmentIn,
    {
        "version": 1,
        "assessedOn": "2026-03-02",
        "needSeenOn": "2026-02-27",
        "outcome": "need",
        "grounds": ["contact", "health", "work"],
        "needs": ["health_care", "employment"],
        "individualTookPart": True,
        "individualView": "Vill tillbaka till arbetet, men i lugn takt.",
        "otherPlan": "none",
    },
)

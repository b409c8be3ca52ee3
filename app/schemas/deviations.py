"""Deviations from the routine on the wire.

There is no field for a claim: the agreement excludes liability (UPP-129).
"""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from app.domain.codes import DeviationType
from app.http import forms
from app.schemas.base import (
    HIDDEN_OFFICE,
    AnswerModel,
    Code,
    Count,
    Day,
    Id,
    Linked,
    Prose,
    RequestModel,
    UtcTime,
    example_of,
)
from app.schemas.examples import SOME_ID, link_to
from app.schemas.lists import Page

OwnReference = Annotated[
    str,
    StringConstraints(pattern=forms.OWN_REFERENCE),
]


class DeviationIn(RequestModel):
    """A departure from the routine, as the caller's organisation has met it."""

    type: DeviationType
    about_organisation_id: Id = Field(description="Vems avvikelse det är. Whose departure it is.")
    occurred_on: Day
    attempts: Count | None = Field(
        default=None, description="Antal obesvarade försök. How many attempts went unanswered."
    )
    description: Prose | None = None
    case_id: Id | None = Field(default=None, description="Ett eget ärende. A case of one's own.")
    meeting_id: Id | None = Field(
        default=None,
        description="Ett möte man håller, har sett eller har en kallelse till. A meeting held, seen or "
        "called to.",
    )
    agreement_key: Code | None = Field(
        default=None, description="Behövs bara för den som är part i flera. Only for a party to several."
    )


class ConfirmationIn(RequestModel):
    """That what the system proposed is a deviation."""

    note: Prose | None = None


class DismissalIn(RequestModel):
    """That what the system proposed is no deviation, and why."""

    reason: Prose


class HandlingIn(RequestModel):
    """A step of the organisation's own handling. The end of it needs an outcome."""

    step: Literal["in_handling", "handled"]
    own_reference: OwnReference | None = Field(
        default=None, description="Eget diarienummer. The organisation's own reference number."
    )
    outcome: Prose | None = None


class DeviationStepOut(AnswerModel):
    """One step of the handling."""

    step: str
    own_reference: str | None
    text: str | None
    recorded_at: UtcTime


class DeviationLineOut(Linked):
    """A deviation on the unit's list."""

    id: Id
    type: str
    status: str
    origin: str = Field(description="reported eller proposed. reported or proposed.")
    about_organisation_id: Id
    about_party: str
    occurred_on: Day
    unit_id: Id | None = Field(description=HIDDEN_OFFICE)
    recorded_at: UtcTime


class DeviationPage(Page[DeviationLineOut]):
    """A page of the unit's deviations, newest first."""


class DeviationOut(DeviationLineOut):
    """A deviation as the organisation that handles it sees it; nobody else does."""

    about_reservation: str | None = Field(
        description="Partens förbehåll i överenskommelsen; ändrar ingenting. The party's reservation in the "
        "agreement; it changes nothing (UPP-128)."
    )
    attempts: int | None
    description: str | None
    case_id: Id | None
    meeting_id: Id | None
    individual_id: Id | None
    proposed_by_rule: str | None
    subject_kind: str | None
    subject_id: Id | None
    steps: list[DeviationStepOut] = Field(max_length=200)


DEVIATION_REPORT = example_of(
    DeviationIn,
    {
        "type": "no_answer",
        "aboutOrganisationId": SOME_ID,
        "occurredOn": "2026-03-02",
        "attempts": 3,
        "description": "Ingen har ringt tillbaka.",
        "meetingId": SOME_ID,
    },
)
CONFIRMATION = example_of(ConfirmationIn, {"note": "Stämmer."})
DISMISSAL = example_of(DismissalIn, {"reason": "Parten hade svarat i ett brev som kom senare."})
HANDLING = example_of(HandlingIn, {"step": "in_handling", "ownReference": "AVV 2026:17"})
_LINE: dict[str, Any] = {
    "id": SOME_ID,
    "type": "no_answer",
    "status": "in_handling",
    "origin": "reported",
    "aboutOrganisationId": SOME_ID,
    "aboutParty": "AF",
    "occurredOn": "2026-03-02",
    "unitId": SOME_ID,
    "recordedAt": "2026-03-02T09:00:00Z",
    "_links": [link_to(f"/deviations/{SOME_ID}")],
}
DEVIATION = example_of(
    DeviationOut,
    _LINE
    | {
        "aboutReservation": "Arbetsförmedlingen deltar i den mån man kan utifrån den rådande situationen.",
        "attempts": 3,
        "description": "Ingen har ringt tillbaka.",
        "caseId": None,
        "meetingId": SOME_ID,
        "individualId": SOME_ID,
        "proposedByRule": None,
        "subjectKind": None,
        "subjectId": None,
        "steps": [
            {
                "step": "in_handling",
                "ownReference": "AVV 2026:17",
                "text": None,
                "recordedAt": "2026-03-03T09:00:00Z",
            }
        ],
    },
)
DEVIATIONS = example_of(
    DeviationPage,
    {
        "items": [_LINE],
        "_meta": {"totalRecords": 1, "page": 1, "limit": 20, "count": 1},
        "_links": [link_to("/deviations?page=1")],
    },
)

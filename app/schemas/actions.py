"""Actions of plans and the words on them, on the wire."""

from typing import Any, Literal

from pydantic import Field

from app.schemas.base import (
    AnswerModel,
    Code,
    Day,
    Id,
    Line,
    Linked,
    Prose,
    Statement,
    UtcTime,
    Version,
    example_of,
)
from app.schemas.examples import SOME_ID, link_to
from app.schemas.plan_drafts import OwnerOut

LINK = link_to(f"/plans/{SOME_ID}")


class CommitmentIn(Statement):
    """An owner's word on its action, or recorded by the plan's holder for the owner."""

    status: Literal[
        "accepted", "declined", "ongoing", "done", "not_done", "transfer_offered", "transferred", "closed"
    ]
    reason: Prose | None = Field(default=None, description="Krävs för not_done. Needed for not_done.")
    to_organisation_id: Id | None = Field(
        default=None, description="Vem åtgärden erbjuds. Whom the action is offered to."
    )
    speaker_name: Line | None = Field(default=None, description="Vem som sa det. Who said it.")


class WordOut(AnswerModel):
    """One word on a plan or an action. Name and reason only for the plan's holder and whoever recorded it."""

    id: Id
    word: Code
    speaker: Literal["individual", "organisation"]
    organisation_id: Id | None
    recorded_by_organisation_id: Id
    occurred_at: UtcTime
    occurred_on: Day | None
    recorded_at: UtcTime
    channel: str
    to_organisation_id: Id | None
    corrects: Id | None
    speaker_name: str | None
    reason: str | None


class SideOut(AnswerModel):
    """The individual, or an organisation."""

    kind: Literal["individual", "organisation"]
    organisation_id: Id | None


class ActionOut(Linked):
    """One action, where it stands, and everything that has been said of it."""

    id: Id
    plan_id: Id
    plan_version: Version
    is_copy: bool
    owner: OwnerOut | None
    kind: str
    text: str
    due_on: Day
    performed_by: str | None
    carries_on: Id | None
    status: str | None
    is_overdue: bool | None
    owner_now: SideOut | None
    history: list[WordOut] = Field(max_length=500)


COMMITMENT = example_of(
    CommitmentIn,
    {
        "status": "not_done",
        "reason": "Butiken har stängt.",
        "occurredAt": "2026-05-04T08:00:00Z",
        "channel": "api",
    },
)
WORD: dict[str, Any] = {
    "id": SOME_ID,
    "word": "approved",
    "speaker": "individual",
    "organisationId": None,
    "recordedByOrganisationId": SOME_ID,
    "occurredAt": "2026-04-13T10:30:00Z",
    "occurredOn": None,
    "recordedAt": "2026-04-13T10:31:00Z",
    "channel": "at_the_meeting",
    "toOrganisationId": None,
    "corrects": None,
    "speakerName": None,
    "reason": None,
}
OWNER = {"kind": "organisation", "organisationId": SOME_ID, "name": "Arbetsförmedlingen"}
SIDE = {"kind": "organisation", "organisationId": SOME_ID}
STANDING = {"status": "accepted", "isOverdue": False, "ownerNow": SIDE}
AN_ACTION: dict[str, Any] = {
    "id": SOME_ID,
    "kind": "work_training",
    "text": "Arbetsträning i butik",
    "dueOn": "2026-06-30",
    "performedBy": "Exempelbutiken",
}
ACTION = example_of(
    ActionOut,
    AN_ACTION
    | STANDING
    | {
        "planId": SOME_ID,
        "planVersion": 1,
        "isCopy": False,
        "owner": OWNER,
        "carriesOn": None,
        "history": [WORD | {"word": "accepted", "occurredOn": "2026-04-13"}],
        "_links": [LINK],
    },
)

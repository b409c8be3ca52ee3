"""Drafts of plans on the wire."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.domain.codes import ActionKind
from app.http import forms
from app.schemas.base import (
    Act,
    AnswerModel,
    Day,
    Id,
    Line,
    Linked,
    Prose,
    RequestModel,
    UtcTime,
    Version,
    VersionedAct,
    example_of,
)
from app.schemas.examples import ANOTHER_ID, SOME_ID, link_to

MOST_GOALS, MOST_SUB_GOALS, MOST_ACTIONS = 50, 20, 100

# A draft may lack words where the plan must have them.
DraftProse = Annotated[
    str,
    StringConstraints(max_length=4000, pattern=forms.SEVERAL_LINES),
]


class SubGoalIn(RequestModel):
    """A step on the way to a goal."""

    id: Id | None = Field(default=None, description="Delmålets id sedan tidigare. Its id from before.")
    text: Prose


class GoalIn(RequestModel):
    """A goal; its id where it stood in the draft or in the plan before."""

    id: Id | None = Field(default=None, description="Målets id sedan tidigare. Its id from before.")
    text: DraftProse = ""
    sub_goals: list[SubGoalIn] = Field(default=[], max_length=MOST_SUB_GOALS)


class IndividualOwnerIn(RequestModel):
    """The individual answers for the action."""

    kind: Literal["individual"]


class OrganisationOwnerIn(RequestModel):
    """Exactly one organisation answers for the action."""

    kind: Literal["organisation"]
    organisation_id: Id


OwnerIn = Annotated[IndividualOwnerIn | OrganisationOwnerIn, Field(discriminator="kind")]


class ActionIn(RequestModel):
    """What somebody is to do, who answers for it, and by when."""

    kind: ActionKind
    text: DraftProse = ""
    owner: OwnerIn | None = Field(default=None, description="Krävs när planen föreslås. Needed to propose.")
    due_on: Day
    performed_by: Line | None = Field(
        default=None,
        description="Utomstående som utför det, till exempel en arbetsgivare. An outsider who performs it.",
    )
    carries_on: Id | None = Field(
        default=None, description="Åtgärd i planen före som fortsätter. The action of the plan before."
    )


class DraftIn(Act):
    """A draft: what it says so far, and which plan it revises or replaces."""

    goals: list[GoalIn] = Field(default=[], max_length=MOST_GOALS)
    actions: list[ActionIn] = Field(default=[], max_length=MOST_ACTIONS)
    follow_up_on: Day | None = None
    revises: Id | None = None
    replaces: Id | None = None

    @model_validator(mode="after")
    def _one_succession(self) -> "DraftIn":
        if self.revises and self.replaces:
            raise PydanticCustomError("revises_and_replaces", "revises or replaces, not both")
        return self


class HandOverIn(VersionedAct):
    """That the draft is handed over to the chair as it is."""


class ProposalIn(VersionedAct):
    """That the draft is proposed as a plan; the version is the draft's."""


class OwnerOut(AnswerModel):
    """Who answers for an action."""

    kind: Literal["individual", "organisation"]
    organisation_id: Id | None
    name: str


class SubGoalOut(AnswerModel):
    """A step on the way to a goal."""

    id: Id
    text: str


class GoalOut(AnswerModel):
    """A goal with its sub-goals."""

    id: Id
    text: str
    sub_goals: list[SubGoalOut] = Field(max_length=MOST_SUB_GOALS)


class DraftActionOut(AnswerModel):
    """An action of a draft; it gets its id when the plan is proposed."""

    kind: str
    text: str
    owner: OwnerOut | None
    due_on: Day
    performed_by: str | None
    carries_on: Id | None


class DraftOut(Linked):
    """A draft, for whoever writes it, and for the chair once it has been handed over."""

    id: Id
    version: Version
    meeting_id: Id
    recorder_organisation_id: Id
    handed_over_at: UtcTime | None
    revises: Id | None
    replaces: Id | None
    goals: list[GoalOut] = Field(max_length=MOST_GOALS)
    actions: list[DraftActionOut] = Field(max_length=MOST_ACTIONS)
    follow_up_on: Day | None


GOAL: dict[str, Any] = {
    "id": SOME_ID,
    "text": "Tillbaka i arbete på halvtid",
    "subGoals": [{"id": ANOTHER_ID, "text": "Klara tre förmiddagar i veckan"}],
}
DRAFT_IN = example_of(
    DraftIn,
    {
        "goals": [
            {
                "text": "Tillbaka i arbete på halvtid",
                "subGoals": [{"text": "Klara tre förmiddagar i veckan"}],
            }
        ],
        "actions": [
            {
                "kind": "work_training",
                "text": "Arbetsträning i butik",
                "owner": {"kind": "organisation", "organisationId": SOME_ID},
                "dueOn": "2026-06-30",
                "performedBy": "Exempelbutiken",
            },
            {
                "kind": "contact",
                "text": "Ringa arbetsgivaren",
                "owner": {"kind": "individual"},
                "dueOn": "2026-04-30",
            },
        ],
        "followUpOn": "2026-09-01",
    },
)
HAND_OVER = example_of(HandOverIn, {"version": 2})
PROPOSAL = example_of(ProposalIn, {"version": 3, "explanations": []})
DRAFT = example_of(
    DraftOut,
    {
        "id": SOME_ID,
        "version": 2,
        "meetingId": SOME_ID,
        "recorderOrganisationId": SOME_ID,
        "handedOverAt": None,
        "revises": None,
        "replaces": None,
        "goals": [GOAL],
        "actions": [
            {
                "kind": "contact",
                "text": "Ringa arbetsgivaren",
                "owner": {"kind": "individual", "organisationId": None, "name": "Individen"},
                "dueOn": "2026-04-30",
                "performedBy": None,
                "carriesOn": None,
            }
        ],
        "followUpOn": "2026-09-01",
        "_links": [link_to(f"/plan-drafts/{SOME_ID}")],
    },
)

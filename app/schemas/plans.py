"""Plans, the words on them, and how they are handed out, on the wire."""

from typing import Literal

from pydantic import Field

from app.domain.codes import Channel
from app.schemas.actions import AN_ACTION, LINK, OWNER, SIDE, STANDING, WORD, SideOut, WordOut
from app.schemas.base import (
    AnswerModel,
    Day,
    Id,
    Line,
    Linked,
    Prose,
    RequestModel,
    Statement,
    UtcTime,
    Version,
    VersionedAct,
    example_of,
)
from app.schemas.documents import DOCUMENT, DocumentOut
from app.schemas.examples import SOME_ID, link_to
from app.schemas.plan_drafts import GOAL, MOST_ACTIONS, MOST_GOALS, GoalOut, OwnerIn, OwnerOut, SubGoalOut

ACTION_LINK = link_to(f"/actions/{SOME_ID}")


class ApprovalIn(Statement):
    """A word on one version: by the own organisation, or recorded by the chair's for another."""

    version: Version = Field(description="Planens nummer. The plan's number.")
    answer: Literal["approved", "objected"]
    reason: Prose | None = Field(
        default=None, description="Läses bara av planens innehavare. Read by the plan's holder only."
    )
    speaker_name: Line | None = Field(default=None, description="Vem som sa det. Who said it.")


class RecipientIn(RequestModel):
    """Somebody the plan is handed to, and how where it differs from the rest."""

    to: OwnerIn
    channel: Channel | None = None


class DistributionIn(VersionedAct):
    """To whom the version is handed: everybody who has not got it yet, unless recipients are named."""

    channel: Channel
    recipients: list[RecipientIn] = Field(default=[], max_length=50)


class DifferencesQuery(RequestModel):
    """Which version to compare with: the one it revises or replaces, unless one is named."""

    against: Id | None = Field(
        default=None,
        description="Planens id; annars den som versionen reviderar eller ersätter. "
        "The plan's id, or else the one this version revises or replaces.",
    )


class ActionInPlanOut(Linked):
    """An action as the plan has it, and where it stands now."""

    id: Id
    kind: str
    text: str
    due_on: Day
    performed_by: str | None
    carries_on: Id | None
    status: str | None = Field(
        description="Null där bara den egna kopian finns kvar. Null where only the own copy is left."
    )
    is_overdue: bool | None
    owner_now: SideOut | None = Field(
        description="Den som tagit över, annars den ansvarige. Who took it over, or else its owner."
    )


class ResponsibilityOut(AnswerModel):
    """Everything one side answers for."""

    owner: OwnerOut
    actions: list[ActionInPlanOut] = Field(max_length=MOST_ACTIONS)


class HandedOutOut(AnswerModel):
    """To whom the version was handed out, and how."""

    to: SideOut
    at: UtcTime
    channel: str


class PlanOut(Linked):
    """One version of a plan, as its holder, those it was shown to, or those who received a copy have it."""

    id: Id
    version: Version = Field(description="Numret i planens följd. The number in the plan's line.")
    plan_line_id: Id
    holder_organisation_id: Id
    is_copy: bool = Field(description="Sant när bara den egna kopian finns kvar. True for a copy alone.")
    individual_id: Id | None = Field(
        description="Personen hos den egna organisationen. The person at one's own organisation."
    )
    meeting_id: Id
    agreement_id: str
    person_name: str
    held_on: Day | None
    proposed_on: Day
    revises: Id | None
    replaces: Id | None
    status: str | None
    goals: list[GoalOut] = Field(max_length=MOST_GOALS)
    responsibilities: list[ResponsibilityOut] = Field(max_length=MOST_ACTIONS)
    follow_up_on: Day | None
    approvals: list[WordOut] = Field(max_length=500)
    awaited: list[SideOut] = Field(
        max_length=100, description="Vars godkännande saknas. Whose approval is awaited."
    )
    handed_out: list[HandedOutOut] = Field(max_length=100)
    purpose: str
    notice: str


class GoalDifferenceOut(AnswerModel):
    """A goal or sub-goal with other words than before."""

    id: Id
    before: str
    after: str


class ComparedActionOut(AnswerModel):
    """An action as one of two versions has it."""

    id: Id
    kind: str
    text: str
    owner: OwnerOut | None
    due_on: Day
    performed_by: str | None


class ActionDifferenceOut(AnswerModel):
    """An action carried on otherwise than before."""

    before: ComparedActionOut
    after: ComparedActionOut
    changed: list[Literal["kind", "text", "dueOn", "performedBy", "owner"]] = Field(max_length=5)


class FollowUpDayOut(AnswerModel):
    """The day of the follow-up in both versions."""

    before: Day | None
    after: Day | None


class DifferencesOut(Linked):
    """What was added, taken away and changed between two versions."""

    plan_id: Id
    against: Id
    goals_added: list[SubGoalOut] = Field(max_length=1000)
    goals_removed: list[SubGoalOut] = Field(max_length=1000)
    goals_changed: list[GoalDifferenceOut] = Field(max_length=1000)
    actions_added: list[ComparedActionOut] = Field(max_length=MOST_ACTIONS)
    actions_removed: list[ComparedActionOut] = Field(max_length=MOST_ACTIONS)
    actions_changed: list[ActionDifferenceOut] = Field(max_length=MOST_ACTIONS)
    follow_up_on: FollowUpDayOut


class PlanDocumentOut(Linked):
    """The plan as people read it."""

    plan_id: Id
    document: DocumentOut


APPROVAL = example_of(
    ApprovalIn,
    {
        "version": 1,
        "answer": "approved",
        "occurredAt": "2026-04-13T10:30:00Z",
        "channel": "at_the_meeting",
        "spokenBy": {"kind": "individual"},
    },
)
DISTRIBUTION = example_of(DistributionIn, {"version": 1, "channel": "letter"})
PLAN = example_of(
    PlanOut,
    {
        "id": SOME_ID,
        "version": 1,
        "planLineId": SOME_ID,
        "holderOrganisationId": SOME_ID,
        "isCopy": False,
        "individualId": SOME_ID,
        "meetingId": SOME_ID,
        "agreementId": "uppsala@2020-01-01",
        "personName": "Kim Exempel",
        "heldOn": "2026-04-13",
        "proposedOn": "2026-04-13",
        "revises": None,
        "replaces": None,
        "status": "approved",
        "goals": [GOAL],
        "responsibilities": [
            {"owner": OWNER, "actions": [AN_ACTION | STANDING | {"carriesOn": None, "_links": [ACTION_LINK]}]}
        ],
        "followUpOn": "2026-09-01",
        "approvals": [WORD],
        "awaited": [],
        "handedOut": [{"to": SIDE, "at": "2026-04-14T08:00:00Z", "channel": "letter"}],
        "purpose": "Syftet är att varje individs arbetsförmåga blir tillvaratagen.",
        "notice": "Planen ersätter inte den dokumentation som varje funktion normalt ska göra.",
        "_links": [LINK],
    },
)
DIFFERENCES = example_of(
    DifferencesOut,
    {
        "planId": SOME_ID,
        "against": SOME_ID,
        "goalsAdded": [{"id": SOME_ID, "text": "Klara tre förmiddagar i veckan"}],
        "goalsRemoved": [],
        "goalsChanged": [],
        "actionsAdded": [],
        "actionsRemoved": [],
        "actionsChanged": [
            {
                "before": AN_ACTION | {"owner": OWNER},
                "after": AN_ACTION | {"owner": OWNER, "dueOn": "2026-08-31"},
                "changed": ["dueOn"],
            }
        ],
        "followUpOn": {"before": "2026-09-01", "after": "2026-12-01"},
        "_links": [LINK],
    },
)
PLAN_DOCUMENT = example_of(PlanDocumentOut, {"planId": SOME_ID, "document": DOCUMENT, "_links": [LINK]})

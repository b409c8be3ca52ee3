"""The plan, its actions, and what their owners have said of them (UPP-054 to UPP-067)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.domain.codes import ActionKind, ApprovalAnswer, CommitmentKind
from app.domain.facts.basics import Side, TheOrganisation, Unknown, Word


@dataclass(frozen=True)
class OwnerMissing:
    """Nobody has been named to answer for the action."""


@dataclass(frozen=True)
class Goal:
    """A goal or a sub-goal; whether its text is there."""

    id: UUID
    text_given: bool


@dataclass(frozen=True)
class Action:
    """What somebody is to do. An outsider's action is owned by an organisation and performed by the outsider.

    `carries_on` is the action of the version before that this one goes on with.
    """

    id: UUID
    kind: ActionKind
    text_given: bool
    owner: Side | OwnerMissing
    due_on: date | Unknown
    performed_by_outsider: bool
    carries_on: UUID | Unknown


@dataclass(frozen=True)
class NewPlan:
    """A plan that comes after no other."""


@dataclass(frozen=True)
class Revises:
    """The next version of a plan (UPP-067)."""

    plan_id: UUID


@dataclass(frozen=True)
class Replaces:
    """A new plan in place of an old one (UPP-067)."""

    plan_id: UUID


@dataclass(frozen=True)
class PlanContents:
    """What a plan says: at hand before it is proposed, and part of every proposed version."""

    succeeds: NewPlan | Revises | Replaces
    goals: tuple[Goal, ...]
    actions: tuple[Action, ...]
    follow_up_on: date | Unknown


@dataclass(frozen=True)
class Approval:
    """A side's word on one version: approved, or an objection that is kept (UPP-054)."""

    word: Word
    answer: ApprovalAnswer


@dataclass(frozen=True)
class Distribution:
    """One version was handed to one side (UPP-055)."""

    to: Side
    at: datetime


@dataclass(frozen=True)
class Plan:
    """One proposed version of a plan, immutable; what has been said of it is beside it."""

    id: UUID
    holder: UUID
    meeting_id: UUID
    number: int
    contents: PlanContents
    proposed_at: datetime
    approvals: tuple[Approval, ...]
    distributions: tuple[Distribution, ...]

    @property
    def owning_organisations(self) -> tuple[UUID, ...]:
        """The organisations that own an action in it."""
        owners = (action.owner for action in self.contents.actions)
        return tuple(dict.fromkeys(owner.id for owner in owners if isinstance(owner, TheOrganisation)))


@dataclass(frozen=True)
class PlanElsewhere:
    """A plan of another organisation's case that a meeting of this one follows up.

    `organisations` are its holder, the owners of its actions and whoever it was handed to.
    """

    id: UUID
    holder: UUID
    organisations: tuple[UUID, ...]


@dataclass(frozen=True)
class Commitment:
    """A word on an action: by its owner, or by the organisation it is handed over to (`to`)."""

    word: Word
    action_id: UUID
    plan_id: UUID
    kind: CommitmentKind
    occurred_on: date
    to: TheOrganisation | Unknown

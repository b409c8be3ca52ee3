"""The words of a plan: what the recorder drafts and what a proposed version says, as it is kept."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self
from uuid import UUID

from app.domain.codes import ActionKind


@dataclass(frozen=True)
class SubGoal:
    """A step on the way to a goal."""

    id: UUID
    text: str


@dataclass(frozen=True)
class Goal:
    """A goal with its sub-goals. It keeps its id from version to version, so that a change can be told."""

    id: UUID
    text: str
    sub_goals: tuple[SubGoal, ...]


@dataclass(frozen=True)
class Owner:
    """Who answers for an action: the individual (no organisation), or exactly one organisation."""

    organisation_id: UUID | None
    name: str


@dataclass(frozen=True)
class Action:
    """What somebody is to do. `origin` is the first action of the line that it carries on, or itself."""

    id: UUID
    origin: UUID
    carries_on: UUID | None
    kind: ActionKind
    text: str
    owner: Owner | None
    due_on: date
    performed_by: str | None


@dataclass(frozen=True)
class Wording:
    """Goals, actions and the day of the follow-up; a draft may still lack what a plan must show."""

    goals: tuple[Goal, ...]
    actions: tuple[Action, ...]
    follow_up_on: date | None

    @property
    def goal_ids(self) -> tuple[UUID, ...]:
        """Every goal, then every sub-goal."""
        return (
            *(goal.id for goal in self.goals),
            *(sub.id for goal in self.goals for sub in goal.sub_goals),
        )

    def action(self, action_id: UUID) -> Action | None:
        """The action with this id."""
        return next((one for one in self.actions if one.id == action_id), None)

    def to_json(self) -> str:
        """The wording as it is sealed."""
        return json.dumps(asdict(self), ensure_ascii=False, default=str)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The wording that was sealed."""
        return cls.of(json.loads(text))

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Self:
        """The wording from its parts as JSON has them."""
        return cls(
            goals=tuple(_goal(one) for one in kept["goals"]),
            actions=tuple(_action(one) for one in kept["actions"]),
            follow_up_on=_day(kept["follow_up_on"]),
        )


@dataclass(frozen=True)
class PlanText:
    """One proposed version as it was frozen: whom it is about, where it comes from, and what it says."""

    line: UUID
    number: int
    agreement_id: str
    meeting_id: UUID
    person_name: str
    identity_number: str | None
    held_on: date | None
    proposed_on: date
    revises: UUID | None
    replaces: UUID | None
    wording: Wording

    def to_json(self) -> str:
        """The version as it is sealed."""
        return json.dumps(asdict(self), ensure_ascii=False, default=str)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The version that was sealed."""
        return cls.of(json.loads(text))

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Self:
        """The version from its parts as JSON has them."""
        return cls(
            line=UUID(kept["line"]),
            number=kept["number"],
            agreement_id=kept["agreement_id"],
            meeting_id=UUID(kept["meeting_id"]),
            person_name=kept["person_name"],
            identity_number=kept["identity_number"],
            held_on=_day(kept["held_on"]),
            proposed_on=date.fromisoformat(kept["proposed_on"]),
            revises=_id(kept["revises"]),
            replaces=_id(kept["replaces"]),
            wording=Wording.of(kept["wording"]),
        )


def _goal(kept: dict[str, Any]) -> Goal:
    subs = tuple(SubGoal(UUID(one["id"]), one["text"]) for one in kept["sub_goals"])
    return Goal(UUID(kept["id"]), kept["text"], subs)


def _action(kept: dict[str, Any]) -> Action:
    owner = kept["owner"]
    return Action(
        id=UUID(kept["id"]),
        origin=UUID(kept["origin"]),
        carries_on=_id(kept["carries_on"]),
        kind=ActionKind(kept["kind"]),
        text=kept["text"],
        owner=Owner(_id(owner["organisation_id"]), owner["name"]) if owner else None,
        due_on=date.fromisoformat(kept["due_on"]),
        performed_by=kept["performed_by"],
    )


def _id(kept: str | None) -> UUID | None:
    return UUID(kept) if kept else None


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None

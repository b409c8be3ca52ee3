"""From what a request says of a plan to its wording, and from the wording to what the rulebook judges."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.db.ids import new_id
from app.documents.plan_text import Action, Goal, Owner, PlanText, SubGoal, Wording
from app.domain.codes import ActionKind
from app.domain.facts import plan as facts
from app.domain.facts.basics import Side, TheIndividual, TheOrganisation, Unknown
from app.domain.rule import Words
from app.errors import FieldError, FieldFault, Unprocessable

GOAL_UNKNOWN = FieldFault(
    "GOAL_UNKNOWN",
    Words(
        "Målet finns inte i utkastet eller i planen före", "The goal is not of the draft or the plan before"
    ),
)
GOAL_TWICE = FieldFault("GOAL_TWICE", Words("Samma mål står två gånger", "The same goal stands twice"))
ACTION_UNKNOWN = FieldFault(
    "ACTION_UNKNOWN",
    Words("Åtgärden finns inte i planen före", "The action is not of the plan before"),
)
ACTION_TWICE = FieldFault(
    "ACTION_TWICE",
    Words("Samma åtgärd fortsätts två gånger", "The same action is carried on twice"),
)

THE_INDIVIDUAL = "Individen"


@dataclass(frozen=True)
class GoalSaid:
    """A goal as a request says it; `id` where it is one that stood before."""

    id: UUID | None
    text: str
    sub_goals: tuple["GoalSaid", ...]


@dataclass(frozen=True)
class ActionSaid:
    """An action as a request says it; no owner yet, the individual, or an organisation."""

    kind: ActionKind
    text: str
    owner: Side | None
    due_on: date
    performed_by: str | None
    carries_on: UUID | None


@dataclass(frozen=True)
class WordingSaid:
    """What a request says of goals, actions and the follow-up."""

    goals: tuple[GoalSaid, ...]
    actions: tuple[ActionSaid, ...]
    follow_up_on: date | None

    @property
    def owners(self) -> tuple[UUID, ...]:
        """The organisations named as owners."""
        return tuple({one.owner.id for one in self.actions if isinstance(one.owner, TheOrganisation)})


def wording_of(said: WordingSaid, known_goals: Iterable[UUID]) -> Wording:
    """The wording, new goals and all actions with new ids.

    Raises Unprocessable for a goal that stood nowhere before, and for what is said twice.
    """
    known = set(known_goals)
    placed = [(f"/goals/{place}/id", one) for place, one in enumerate(said.goals)]
    placed += [
        (f"/goals/{place}/subGoals/{at}/id", sub)
        for place, one in enumerate(said.goals)
        for at, sub in enumerate(one.sub_goals)
    ]
    seen: set[UUID] = set()
    faults: list[FieldError] = []
    for pointer, goal in placed:
        if goal.id is not None:
            if goal.id not in known:
                faults.append(GOAL_UNKNOWN.at(pointer))
            if goal.id in seen:
                faults.append(GOAL_TWICE.at(pointer))
            seen.add(goal.id)
    carried: set[UUID] = set()
    for place, action in enumerate(said.actions):
        if action.carries_on is not None:
            if action.carries_on in carried:
                faults.append(ACTION_TWICE.at(f"/actions/{place}/carriesOn"))
            carried.add(action.carries_on)
    if faults:
        raise Unprocessable(*faults)
    return Wording(
        goals=tuple(_goal(one) for one in said.goals),
        actions=tuple(_action(one) for one in said.actions),
        follow_up_on=said.follow_up_on,
    )


def demand_carried_on(wording: Wording, before: Iterable[UUID]) -> None:
    """Raises Unprocessable where an action carries on one that the plan before does not have."""
    known = set(before)
    faults = [
        ACTION_UNKNOWN.at(f"/actions/{place}/carriesOn")
        for place, one in enumerate(wording.actions)
        if one.carries_on is not None and one.carries_on not in known
    ]
    if faults:
        raise Unprocessable(*faults)


def frozen(wording: Wording, before: PlanText | None, names: dict[UUID, str]) -> Wording:
    """The wording as a version keeps it: actions with ids of their own, their line and their owner's name."""
    origins = {one.id: one.origin for one in before.wording.actions} if before else {}

    def action(one: Action) -> Action:
        own = new_id()
        owner = one.owner
        if owner and owner.organisation_id:
            owner = Owner(owner.organisation_id, names.get(owner.organisation_id, ""))
        origin = origins.get(one.carries_on, own) if one.carries_on else own
        return replace(one, id=own, origin=origin, owner=owner)

    return replace(wording, actions=tuple(action(one) for one in wording.actions))


def contents_of(wording: Wording, revises: UUID | None, replaces: UUID | None) -> facts.PlanContents:
    """What the rulebook judges of a wording: whether texts are there, not what they say."""
    succeeds: facts.NewPlan | facts.Revises | facts.Replaces = facts.NewPlan()
    if revises:
        succeeds = facts.Revises(revises)
    elif replaces:
        succeeds = facts.Replaces(replaces)
    subs = [sub for goal in wording.goals for sub in goal.sub_goals]
    worded = [(one.id, one.text) for one in wording.goals] + [(one.id, one.text) for one in subs]
    return facts.PlanContents(
        succeeds=succeeds,
        goals=tuple(facts.Goal(goal_id, bool(text.strip())) for goal_id, text in worded),
        actions=tuple(
            facts.Action(
                id=one.id,
                kind=one.kind,
                text_given=bool(one.text.strip()),
                owner=side_of(one.owner) if one.owner else facts.OwnerMissing(),
                due_on=one.due_on,
                performed_by_outsider=one.performed_by is not None,
                carries_on=one.carries_on or Unknown(),
            )
            for one in wording.actions
        ),
        follow_up_on=wording.follow_up_on or Unknown(),
    )


def side_of(owner: Owner) -> Side:
    """Whoever answers for an action."""
    return TheOrganisation(owner.organisation_id) if owner.organisation_id else TheIndividual()


def _goal(said: GoalSaid) -> Goal:
    subs = tuple(SubGoal(one.id or new_id(), one.text) for one in said.sub_goals)
    return Goal(said.id or new_id(), said.text, subs)


def _action(said: ActionSaid) -> Action:
    own = new_id()
    owner = None
    if said.owner is not None:
        organisation = said.owner.id if isinstance(said.owner, TheOrganisation) else None
        owner = Owner(organisation, "" if organisation else THE_INDIVIDUAL)
    return Action(
        id=own,
        origin=own,
        carries_on=said.carries_on,
        kind=said.kind,
        text=said.text,
        owner=owner,
        due_on=said.due_on,
        performed_by=said.performed_by,
    )

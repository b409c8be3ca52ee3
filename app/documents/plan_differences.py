"""What sets two versions of a plan apart: goals and actions added, removed and changed (UPP-067)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.documents.plan_text import Action, Goal, SubGoal, Wording


@dataclass(frozen=True)
class GoalChanged:
    """A goal or sub-goal with other words than before."""

    before: Goal | SubGoal
    after: Goal | SubGoal


@dataclass(frozen=True)
class ActionChanged:
    """An action carried on otherwise than before; `fields` says in what."""

    before: Action
    after: Action
    fields: tuple[str, ...]


@dataclass(frozen=True)
class PlanDifferences:
    """Everything that was added, taken away or changed between two versions."""

    goals_added: tuple[Goal | SubGoal, ...]
    goals_removed: tuple[Goal | SubGoal, ...]
    goals_changed: tuple[GoalChanged, ...]
    actions_added: tuple[Action, ...]
    actions_removed: tuple[Action, ...]
    actions_changed: tuple[ActionChanged, ...]
    follow_up_before: date | None
    follow_up_after: date | None


# What makes an action another action; its ids differ in every version.
_COMPARED = ("kind", "text", "due_on", "performed_by")


def differences(before: Wording, after: Wording) -> PlanDifferences:
    """Compare by goal id, and by the first action of each line of actions."""
    old_goals, new_goals = _goals(before), _goals(after)
    old_actions = {one.origin: one for one in before.actions}
    new_actions = {one.origin: one for one in after.actions}
    changed = ((old_actions[key], new) for key, new in new_actions.items() if key in old_actions)
    return PlanDifferences(
        goals_added=tuple(one for key, one in new_goals.items() if key not in old_goals),
        goals_removed=tuple(one for key, one in old_goals.items() if key not in new_goals),
        goals_changed=tuple(
            GoalChanged(old_goals[key], one)
            for key, one in new_goals.items()
            if key in old_goals and old_goals[key].text != one.text
        ),
        actions_added=tuple(one for key, one in new_actions.items() if key not in old_actions),
        actions_removed=tuple(one for key, one in old_actions.items() if key not in new_actions),
        actions_changed=tuple(
            ActionChanged(old, new, fields) for old, new in changed if (fields := tuple(_fields(old, new)))
        ),
        follow_up_before=before.follow_up_on,
        follow_up_after=after.follow_up_on,
    )


def _goals(wording: Wording) -> dict[UUID, Goal | SubGoal]:
    """Every goal and sub-goal by its id, in the order of the plan."""
    found: dict[UUID, Goal | SubGoal] = {}
    for goal in wording.goals:
        found[goal.id] = goal
        found.update((sub.id, sub) for sub in goal.sub_goals)
    return found


def _fields(old: Action, new: Action) -> Iterable[str]:
    yield from (name for name in _COMPARED if getattr(old, name) != getattr(new, name))
    if (old.owner and old.owner.organisation_id) != (new.owner and new.owner.organisation_id):
        yield "owner"

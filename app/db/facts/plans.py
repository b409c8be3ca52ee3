"""The proposed versions of plans, and what has been said of their actions."""

from uuid import UUID

from app.db.facts.reading import Row, Tables
from app.db.facts.statements import side, standing, word
from app.domain.codes import ActionKind, ApprovalAnswer, CommitmentKind
from app.domain.facts.basics import TheOrganisation, Unknown
from app.domain.facts.plan import (
    Action,
    Approval,
    Commitment,
    Distribution,
    Goal,
    NewPlan,
    Plan,
    PlanContents,
    Replaces,
    Revises,
)


def plans(tables: Tables) -> tuple[Plan, ...]:
    """Every proposed version. A row is made when the version is proposed."""
    return tuple(_plan(row, tables) for row in tables.all("plan"))


def commitments(tables: Tables) -> tuple[Commitment, ...]:
    """Every word on an action that stands."""
    return tuple(_commitment(row) for row in standing(tables.all("commitment")))


def _plan(row: Row, tables: Tables) -> Plan:
    id_ = row.id("id")
    return Plan(
        id=id_,
        holder=row.id("org_id"),
        meeting_id=row.id("meeting_id"),
        number=row.number("number"),
        contents=PlanContents(
            succeeds=_succeeds(row),
            goals=_goals(row),
            actions=_actions(id_, tables),
            follow_up_on=row.day("follow_up_on"),
        ),
        proposed_at=row.instant("recorded_at"),
        approvals=tuple(
            Approval(word=word(one), answer=one.code("answer", ApprovalAnswer))
            for one in standing(tables.about("plan_approval", "item_id", id_))
        ),
        distributions=tuple(
            Distribution(to=side(one, "recipient", "recipient_org"), at=one.instant("recorded_at"))
            for one in tables.about("plan_distribution", "plan_id", id_)
        ),
    )


def _succeeds(row: Row) -> NewPlan | Revises | Replaces:
    if row.is_given("revises"):
        return Revises(row.id("revises"))
    return Replaces(row.id("replaces")) if row.is_given("replaces") else NewPlan()


def _goals(row: Row) -> tuple[Goal, ...]:
    empty = row.ids("empty_goal_ids")
    return tuple(Goal(id=one, text_given=one not in empty) for one in row.ids("goal_ids"))


def _actions(plan_id: UUID, tables: Tables) -> tuple[Action, ...]:
    """The actions of a version, in the order of the plan."""
    rows = sorted(tables.about("action", "plan_id", plan_id), key=lambda row: row.number("place"))
    return tuple(
        Action(
            id=row.id("id"),
            kind=row.code("kind", ActionKind),
            text_given=row.flag("text_given"),
            owner=side(row, "owner", "owner_org"),
            due_on=row.day("due_on"),
            performed_by_outsider=row.flag("by_an_outsider"),
            carries_on=row.id_or("carries_on", Unknown()),
        )
        for row in rows
    )


def _commitment(row: Row) -> Commitment:
    return Commitment(
        word=word(row),
        action_id=row.id("action_id"),
        plan_id=row.id("item_id"),
        kind=row.code("status", CommitmentKind),
        occurred_on=row.day("occurred_on"),
        to=TheOrganisation(row.id("to_org")) if row.is_given("to_org") else Unknown(),
    )

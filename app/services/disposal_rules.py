"""An organisation's disposal rules: written by its administrator from a decision, never changed, followed by
newer ones; and what would fall under one on a day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.db import directory
from app.db import disposal as rows
from app.db.ids import new_id
from app.db.tables.disposal import DisposalRule
from app.domain.access import Operation, Relation
from app.domain.codes import DisposalEvent, DisposalKind
from app.domain.disposal import EVENTS, Keeping
from app.domain.rule import Words
from app.errors import FieldFault, NotFound, Unprocessable
from app.services.decision import RequestKey
from app.services.desk import Desk
from app.services.paging import PageFound, Paging
from app.services.reading import Reading
from app.services.receipt import Receipt

EVENT_OF_ANOTHER_KIND = FieldFault(
    "EVENT_OF_ANOTHER_KIND",
    Words(
        "Tiden för detta slag räknas inte från den händelsen",
        "The time of this kind is not counted from that event",
    ),
)


@dataclass(frozen=True)
class RuleWritten:
    """A rule as a decision has it; `keeping` is None where the kind is kept for good (bevaras)."""

    kind: DisposalKind
    event: DisposalEvent
    keeping: Keeping | None
    decision: str
    statute: str | None
    in_force_from: date


@dataclass(frozen=True)
class RuleShown:
    """A rule of one's own organisation, and when it was written down."""

    id: UUID
    written: RuleWritten
    recorded_at: datetime


@dataclass(frozen=True)
class DueShown:
    """Something that falls under a rule: its id and the days that count, nothing about anybody."""

    id: UUID
    organisation_id: UUID | None
    """Whose case it is, or who sent it, where it is not the caller's own."""
    event_on: date
    due_on: date


@dataclass(frozen=True)
class Preview:
    """What falls under a rule on a day."""

    rule_id: UUID
    on_day: date
    page: PageFound[DueShown]


async def list_own(desk: Desk, paging: Paging) -> PageFound[RuleShown]:
    """A page of the own organisation's rules, past ones too."""
    async with desk.reading(Operation.LIST_DISPOSAL_RULES) as reading:
        reading.entitle(Relation.OWN_ORGANISATION)
        found = await directory.page(reading.tx, rows.RULES, limit=paging.limit, offset=paging.offset)
        total = await directory.count_to_1000(reading.tx, rows.RULES)
        await reading.commit()
        return PageFound(tuple(_shown(row) for row in found), total)


async def read(desk: Desk, rule_id: UUID) -> RuleShown:
    """One rule of the own organisation. Raises NotFound."""
    async with desk.reading(Operation.READ_DISPOSAL_RULE) as reading:
        row = await own_rule(reading, rule_id)
        await reading.commit()
        return _shown(row)


async def add(desk: Desk, key: RequestKey, rule: RuleWritten) -> Receipt:
    """Write a rule down; from its day on it takes the place of the kind's earlier one.

    Raises Unprocessable for an event that the kind does not have.
    """
    if rule.event not in EVENTS[rule.kind]:
        raise Unprocessable(EVENT_OF_ANOTHER_KIND.at("/event"))
    async with desk.deciding(Operation.ADD_DISPOSAL_RULE, key) as decision:
        decision.entitle(Relation.OWN_ORGANISATION)
        if decision.answered:
            return decision.answered
        rule_id, keeping = new_id(), rule.keeping
        await decision.tx.add(
            DisposalRule(
                org_id=decision.me,
                id=rule_id,
                kind=rule.kind.value,
                event=rule.event.value,
                months=keeping.months if keeping else None,
                from_year_end=keeping.from_year_end if keeping else False,
                decision=rule.decision,
                statute=rule.statute,
                in_force_from=rule.in_force_from,
                recorded_by=decision.assignment.account_id,
                recorded_at=desk.now,
            )
        )
        await decision.journal("disposal_rule", rule_id)
        return await decision.conclude(Receipt.of(rule_id, desk.now))


async def preview(desk: Desk, rule_id: UUID, on_day: date | None, paging: Paging) -> Preview:
    """What falls under a rule today or on another day; nothing where another rule of its kind is in force.

    Raises NotFound.
    """
    async with desk.reading(Operation.PREVIEW_DISPOSAL) as reading:
        row = await own_rule(reading, rule_id)
        day, keeping = on_day or reading.today, keeping_of(row)
        due = await rows.due(reading.tx, rule_id, day, limit=paging.limit, offset=paging.offset)
        total = await rows.count_due(reading.tx, rule_id, day)
        await reading.commit()
        shown = tuple(
            DueShown(one["item_id"], one["item_org"], one["event_on"], keeping.ends_on(one["event_on"]))
            for one in due
            if keeping
        )
        return Preview(rule_id, day, PageFound(shown, total if total <= 1000 else None))


async def own_rule(reading: Reading, rule_id: UUID) -> Mapping[str, Any]:
    """The rule's row, which is the caller's organisation's. Raises NotFound, NotAllowed."""
    row = await rows.rule(reading.tx, rule_id)
    if row is None:
        raise NotFound
    reading.entitle(Relation.OWN_ORGANISATION)
    found: Mapping[str, Any] = row
    return found


def keeping_of(row: Mapping[str, Any]) -> Keeping | None:
    """For how long a rule lets its kind be kept; None for good."""
    return None if row["months"] is None else Keeping(row["months"], row["from_year_end"])


def _shown(row: Mapping[str, Any]) -> RuleShown:
    written = RuleWritten(
        kind=DisposalKind(row["kind"]),
        event=DisposalEvent(row["event"]),
        keeping=keeping_of(row),
        decision=row["decision"],
        statute=row["statute"],
        in_force_from=row["in_force_from"],
    )
    return RuleShown(row["id"], written, row["recorded_at"])

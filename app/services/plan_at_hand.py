"""Getting hold of a plan: as its holder, as somebody it was shown to, or by the own received copy."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.agreements.contents import Template
from app.db import plans as rows
from app.db import visible
from app.db.facts import Found, case_as_seen, case_for_change
from app.documents.plan_document import PlanCopy
from app.documents.plan_text import PlanText
from app.domain.access import Relation
from app.domain.facts.basics import NotYet
from app.domain.facts.meeting import Meeting
from app.domain.facts.plan import Plan
from app.errors import NotFound
from app.services.at_hand import asking
from app.services.reading import Reading

Row = Mapping[str, Any]


@dataclass(frozen=True)
class MeetingAt:
    """The meeting a plan is made at, as its holder or as an organisation it was shown to has it."""

    holder: UUID
    meeting: Meeting
    found: Found
    individual_id: UUID


@dataclass(frozen=True)
class PlanAt:
    """A version in somebody's hands. `found` is None where only the own copy is left: after a withdrawal.

    `individual_here` is the person's own row at the caller's organisation, None where nothing came to it yet;
    then `individual_id` is the holder's.
    """

    id: UUID
    holder: UUID
    case_id: UUID
    individual_id: UUID
    individual_here: UUID | None
    relation: Relation
    text: PlanText
    found: Found | None
    copy: PlanCopy | None

    @property
    def plan(self) -> Plan | None:
        """The version in the picture of its case."""
        plan = self.found.case.plan(self.id) if self.found else NotYet()
        return None if isinstance(plan, NotYet) else plan


async def meeting_at(work: Reading, meeting_id: UUID, *named: UUID, to_change: bool = True) -> MeetingAt:
    """A meeting of the caller's unit, or one that an act has shown to it, with the picture of its case.

    Raises NotFound. Whether the operation is open to the caller is for the use case to ask.
    """
    row = await visible.meeting(work.tx, meeting_id, all_units=work.all_units)
    if row is None:
        raise NotFound
    holder = row["org_id"]
    if not await _concerns(work, holder, row["case_id"], row["unit_id"]):
        raise NotFound
    door = case_for_change if to_change else case_as_seen
    found = await door(work.tx, holder, row["case_id"], asking(work, *named))
    meeting = found.case.meeting(meeting_id)
    if isinstance(meeting, NotYet):
        raise NotFound
    return MeetingAt(holder, meeting, found, await _individual_here(work, row) or row["individual_id"])


async def plan_at(
    work: Reading, plan_id: UUID, *named: UUID, to_change: bool = False, shows: bool = False
) -> PlanAt:
    """A version the caller has in any way; `shows` logs that it is shown. Raises NotFound for all others.

    Whether the operation is open to the caller, standing so to the plan, is for the use case to ask.
    """
    operation = work.operation.value
    row = await (
        rows.read(work.tx, plan_id, operation=operation) if shows else rows.for_use(work.tx, plan_id)
    )
    if row is None:
        return await _received(work, plan_id, shows=shows)
    holder, case_id = row["org_id"], row["case_id"]
    at = (
        await visible.meeting(work.tx, row["meeting_id"], all_units=work.all_units)
        if holder == work.me
        else None
    )
    if not await _concerns(work, holder, case_id, at["unit_id"] if at else None):
        raise NotFound
    door = case_for_change if to_change else case_as_seen
    found = await door(work.tx, holder, case_id, asking(work, *named))
    here = await _individual_here(work, row)
    return PlanAt(
        id=plan_id,
        holder=holder,
        case_id=case_id,
        individual_id=here or row["individual_id"],
        individual_here=here,
        relation=Relation.OWN_UNIT if holder == work.me else Relation.SHOWN,
        text=PlanText.from_json(work.open("plan", row, "content_sealed") or ""),
        found=found,
        copy=None,
    )


def template(work: Reading, agreement_id: str) -> Template:
    """The plan's template in the agreement that the plan was proposed under."""
    file = work.house.agreements.get(agreement_id)
    if file is None:
        raise LookupError(agreement_id)
    return file.template("plan")


async def demand_my_unit(work: Reading, holder: UUID, case_id: UUID) -> None:
    """Raises NotFound where another organisation's case came to other units of the caller's only."""
    if not await _concerns(work, holder, case_id, None):
        raise NotFound


async def _received(work: Reading, plan_id: UUID, *, shows: bool) -> PlanAt:
    """The own copy: what was received stays, whatever has become of the consent since (UPP-064)."""
    unit, operation = work.all_units, work.operation.value
    copy = await (
        rows.read_copy(work.tx, plan_id, all_units=unit, operation=operation)
        if shows
        else rows.copy_for_use(work.tx, plan_id, all_units=unit)
    )
    if copy is None:
        raise NotFound
    document = PlanCopy.from_json(work.open("received_copy", copy, "payload_sealed") or "")
    return PlanAt(
        id=plan_id,
        holder=copy["from_org"],
        case_id=copy["case_id"],
        individual_id=copy["individual_id"],
        individual_here=copy["individual_id"],
        relation=Relation.RECIPIENT,
        text=document.plan,
        found=None,
        copy=document,
    )


async def _individual_here(work: Reading, row: Row) -> UUID | None:
    """The person's own row at the caller's organisation, once something about them has come to it."""
    if row["org_id"] == work.me:
        own: UUID = row["individual_id"]
        return own
    return await rows.individual_here(work.tx, row["org_id"], row["case_id"])


async def _concerns(work: Reading, holder: UUID, case_id: UUID, unit_id: UUID | None) -> bool:
    """Whether a case is the caller's unit's business: its own, or one that something came to it about."""
    if work.all_units:
        return True
    if holder == work.me:
        return unit_id == work.assignment.unit_id
    return await rows.concerns_my_unit(work.tx, holder, case_id)

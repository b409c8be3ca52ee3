"""The coordination case: registered by whoever meets the person, listed for its own unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.db import cases, individuals
from app.db.ids import new_id
from app.db.tables.cases import CaseCarrier, CaseFile
from app.domain.access import Operation, Relation, Role
from app.errors import NotFound
from app.services.decision import RequestKey
from app.services.desk import Desk
from app.services.own_agreement import own_agreement
from app.services.paging import PageFound, Paging
from app.services.reading import Reading
from app.services.receipt import Receipt
from app.services.sight import UNKNOWN, Sight, sights_of_cases


async def register(desk: Desk, key: RequestKey, individual_id: UUID, agreement_key: str | None) -> Receipt:
    """Register a case of the caller's unit about a person its organisation knows (UPP-010).

    Whoever registers it carries it until it is handed over; a machine carries none. Raises NotFound for a
    person the organisation does not know, and InitiatorNotParty where it belongs to no party.
    """
    async with desk.deciding(Operation.REGISTER_CASE, key) as decision:
        decision.entitle(Relation.OWN_UNIT)
        person = await individuals.for_use(decision.tx, individual_id, all_units=True)
        if person is None:
            raise NotFound
        if decision.answered:
            return decision.answered
        agreement = await own_agreement(decision, agreement_key)
        case_id, mine = new_id(), decision.assignment
        await decision.tx.add(
            CaseFile(
                org_id=decision.me,
                id=case_id,
                individual_id=individual_id,
                unit_id=mine.unit_id,
                agreement_id=agreement.id,
                version=1,
                recorded_by=mine.account_id,
                recorded_at=desk.now,
            )
        )
        if Role.SERVICE.value not in mine.roles:
            await decision.tx.add(
                CaseCarrier(
                    org_id=decision.me,
                    id=new_id(),
                    case_id=case_id,
                    officer_id=mine.officer_id,
                    recorded_by=mine.account_id,
                    recorded_at=desk.now,
                )
            )
        await decision.journal("case", case_id, individual_id=individual_id, agreement=agreement)
        await decision.count(agreement, "case_registered", "case")
        return await decision.conclude(Receipt.of(case_id, desk.now, version=1))


@dataclass(frozen=True)
class CaseListed:
    """A case on a work list: whose it is and who carries it, not where it stands."""

    id: UUID
    version: int
    individual_id: UUID
    individual_name: str
    unit_id: UUID | None
    registered_at: datetime
    closed_at: datetime | None
    carrier_id: UUID | None
    carrier_name: str | None


async def list_mine(desk: Desk, paging: Paging, *, closed_too: bool) -> PageFound[CaseListed]:
    """A page of the caller's unit's cases, newest first; every person on it is logged as shown."""
    async with desk.reading(Operation.LIST_CASES) as reading:
        rows = await cases.page(
            reading.tx,
            all_units=reading.all_units,
            closed_too=closed_too,
            limit=paging.limit,
            offset=paging.offset,
            operation=reading.operation.value,
        )
        total = await cases.count_to_1000(reading.tx, all_units=reading.all_units, closed_too=closed_too)
        sights = await sights_of_cases(reading, ((row["org_id"], row["id"]) for row in rows))
        await reading.commit()
        listed = (_listed(reading, row, sights.get((row["org_id"], row["id"]), UNKNOWN)) for row in rows)
        return PageFound(tuple(listed), total)


def _listed(reading: Reading, row: Mapping[str, Any], sight: Sight) -> CaseListed:
    """A row opened for the list; a carrier who has left carries nothing any more."""
    name = reading.house.sealer.open(
        row["name_sealed"], row["org_id"], "individual", row["individual_id"], "name_sealed"
    )
    here = row["officer_id"] is not None and (row["left_on"] is None or row["left_on"] > reading.today)
    return CaseListed(
        id=row["id"],
        version=row["version"],
        individual_id=row["individual_id"],
        individual_name=name,
        unit_id=sight.of(row["unit_id"]),
        registered_at=row["recorded_at"],
        closed_at=row["closed_at"],
        carrier_id=sight.of(row["officer_id"]) if here else None,
        carrier_name=sight.of(row["officer_name"]) if here else None,
    )

"""The officers of an organisation: its own, kept by its administrator."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.db import directory
from app.db.ids import new_id
from app.db.tables.directory import Account, Officer
from app.domain.access import Operation, Relation
from app.domain.rule import Words
from app.errors import FieldFault, NotFound, PreconditionFailed, Unprocessable
from app.services.decision import Decision, RequestKey
from app.services.desk import Desk
from app.services.paging import PageFound, Paging
from app.services.receipt import Receipt

UNKNOWN_UNIT = FieldFault(
    "UNKNOWN_UNIT",
    Words("Enheten finns inte i den egna organisationen", "The unit is not in one's own organisation"),
)


@dataclass(frozen=True)
class OfficerKept:
    """What is kept of an officer; from the day `left_on` they act for nobody (UPP-A06: a whole date)."""

    unit_id: UUID
    name: str
    title: str | None
    function: str
    email: str | None
    telephone: str | None
    left_on: date | None


@dataclass(frozen=True)
class OfficerShown:
    """An officer of one's own organisation, and the version."""

    id: UUID
    version: int
    kept: OfficerKept


async def list_own(
    desk: Desk, unit_id: UUID | None, paging: Paging, *, left_too: bool
) -> PageFound[OfficerShown]:
    """A page of the own officers, or of one unit's; those who have left only when asked for."""
    asked = {"unit": unit_id, "left_too": left_too, "today": desk.today}
    async with desk.reading(Operation.LIST_OFFICERS) as reading:
        reading.entitle(Relation.OWN_ORGANISATION)
        rows = await directory.page(
            reading.tx, directory.OFFICERS, limit=paging.limit, offset=paging.offset, **asked
        )
        total = await directory.count_to_1000(reading.tx, directory.OFFICERS, **asked)
        await reading.commit()
        return PageFound(tuple(_shown(row) for row in rows), total)


async def read(desk: Desk, officer_id: UUID) -> OfficerShown:
    """One officer of the own organisation. Raises NotFound."""
    async with desk.reading(Operation.READ_OFFICER) as reading:
        row = await directory.officer(reading.tx, officer_id)
        if row is None:
            raise NotFound
        reading.entitle(Relation.OWN_ORGANISATION)
        await reading.commit()
        return _shown(row)


async def add(desk: Desk, key: RequestKey, kept: OfficerKept) -> Receipt:
    """Add an officer to a unit of one's own. Raises Unprocessable for a unit that is not."""
    async with desk.deciding(Operation.ADD_OFFICER, key) as decision:
        decision.entitle(Relation.OWN_ORGANISATION)
        if decision.answered:
            return decision.answered
        await demand_own_unit(decision, kept.unit_id)
        officer_id = new_id()
        await decision.tx.add(Officer(org_id=decision.me, id=officer_id, version=1, **_columns(kept)))
        await decision.journal("officer", officer_id)
        return await decision.conclude(Receipt.of(officer_id, desk.now, version=1))


async def change(desk: Desk, officer_id: UUID, version: int, kept: OfficerKept) -> OfficerShown:
    """Replace what is kept of an officer. Who has left keeps their place in what they have done, but no
    account: whoever comes back is given roles anew, by two.

    Raises NotFound, Unprocessable for a unit that is not one's own, PreconditionFailed for a stale version.
    """
    async with desk.deciding(Operation.CHANGE_OFFICER, None) as decision:
        before = await directory.officer(decision.tx, officer_id)
        if before is None:
            raise NotFound
        decision.entitle(Relation.OWN_ORGANISATION)
        await demand_own_unit(decision, kept.unit_id)
        if before["left_on"] is not None and before["left_on"] <= decision.today:
            await _end_accounts(decision, officer_id)
        if not await directory.change(decision.tx, Officer, officer_id, version, **_columns(kept)):
            raise PreconditionFailed
        await decision.journal("officer", officer_id)
        await decision.commit()
        return OfficerShown(officer_id, version + 1, kept)


async def _end_accounts(decision: Decision, officer_id: UUID) -> None:
    """End what an officer who has left could act by again, if the day were taken back."""
    for one in await directory.open_accounts_of(decision.tx, officer_id):
        await directory.change(
            decision.tx, Account, one["id"], one["version"], roles=one["roles"], active=False
        )
        await decision.journal("account", one["id"])


async def demand_own_unit(decision: Decision, unit_id: UUID) -> None:
    """Raises Unprocessable unless the unit is the own organisation's."""
    row = await directory.unit(decision.tx, unit_id)
    if row is None or row["org_id"] != decision.me:
        raise Unprocessable(UNKNOWN_UNIT.at("/unitId"))


def _shown(row: Mapping[str, Any]) -> OfficerShown:
    kept = {name: row[name] for name in OfficerKept.__dataclass_fields__}
    return OfficerShown(row["id"], row["version"], OfficerKept(**kept))


def _columns(kept: OfficerKept) -> dict[str, Any]:
    """What is kept of an officer, as its row has it."""
    return {name: getattr(kept, name) for name in OfficerKept.__dataclass_fields__}

"""Organisations and their units: read by everybody who calls, kept by the organisation's administrator."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.db import directory
from app.db.ids import new_id
from app.db.tables.directory import Unit
from app.domain.access import Operation, Relation, Role, may
from app.domain.codes import Channel, OrganisationType
from app.domain.reachability import unreachable
from app.errors import NotFound, PreconditionFailed
from app.services.decision import RequestKey
from app.services.desk import Desk
from app.services.me import Place
from app.services.paging import PageFound, Paging
from app.services.reading import Reading
from app.services.receipt import Receipt, Remark


@dataclass(frozen=True)
class OrganisationShown:
    """A body within which secrecy ends, and the parties it is part of."""

    id: UUID
    name: str
    type: OrganisationType
    organisation_number: str | None
    places: tuple[Place, ...]


@dataclass(frozen=True)
class UnitKept:
    """What an administrator keeps of a unit: its name, address and contact routes."""

    name: str
    address: tuple[str, ...]
    attention: str | None
    address_hint: str | None
    email: str | None
    telephone: str | None
    asks_for_channel: Channel | None
    active: bool

    @property
    def is_reachable(self) -> bool:
        """Whether there is any way to it: address, e-mail or telephone (UPP-126)."""
        return bool(self.address or self.email or self.telephone)


@dataclass(frozen=True)
class UnitShown:
    """A unit, whose it is, its version, and what the agreement has to remark on it."""

    id: UUID
    organisation_id: UUID
    version: int
    kept: UnitKept
    remarks: tuple[Remark, ...]
    may_change: bool


async def list_organisations(desk: Desk, party: str | None, paging: Paging) -> PageFound[OrganisationShown]:
    """A page of the organisations, or of those that are part of one party."""
    async with desk.reading(Operation.LIST_ORGANISATIONS) as reading:
        rows = await directory.page(
            reading.tx, directory.ORGANISATIONS, limit=paging.limit, offset=paging.offset, party=party
        )
        total = await directory.count_to_1000(reading.tx, directory.ORGANISATIONS, party=party)
        places = await _places(reading, *(row["id"] for row in rows))
        await reading.commit()
        return PageFound(tuple(_organisation(row, places) for row in rows), total)


async def read_organisation(desk: Desk, organisation_id: UUID) -> OrganisationShown:
    """One organisation. Raises NotFound."""
    async with desk.reading(Operation.READ_ORGANISATION) as reading:
        row = await directory.organisation(reading.tx, organisation_id)
        if row is None:
            raise NotFound
        places = await _places(reading, organisation_id)
        await reading.commit()
        return _organisation(row, places)


async def list_units(desk: Desk, organisation_id: UUID | None, paging: Paging) -> PageFound[UnitShown]:
    """A page of the units, or of those of one organisation."""
    async with desk.reading(Operation.LIST_UNITS) as reading:
        return await _units(reading, organisation_id, paging)


async def list_units_of(desk: Desk, organisation_id: UUID, paging: Paging) -> PageFound[UnitShown]:
    """A page of an organisation's units. Raises NotFound where there is no such organisation."""
    async with desk.reading(Operation.LIST_UNITS_OF_ORGANISATION) as reading:
        if await directory.organisation(reading.tx, organisation_id) is None:
            raise NotFound
        return await _units(reading, organisation_id, paging)


async def read_unit(desk: Desk, unit_id: UUID) -> UnitShown:
    """One unit of any organisation. Raises NotFound."""
    async with desk.reading(Operation.READ_UNIT) as reading:
        row = await directory.unit(reading.tx, unit_id)
        if row is None:
            raise NotFound
        shown = await _unit(reading, row)
        await reading.commit()
        return shown


async def add(desk: Desk, key: RequestKey, kept: UnitKept) -> Receipt:
    """Add a unit to one's own organisation; without any contact route it comes with a remark (UPP-126)."""
    async with desk.deciding(Operation.ADD_UNIT, key) as decision:
        decision.entitle(Relation.OWN_ORGANISATION)
        if decision.answered:
            return decision.answered
        unit_id = new_id()
        await decision.tx.add(Unit(org_id=decision.me, id=unit_id, version=1, **_columns(kept)))
        await decision.journal("unit", unit_id)
        remarks = await _remarks(decision, decision.me, kept)
        return await decision.conclude(Receipt(unit_id, desk.now, 1, remarks))


async def change(desk: Desk, unit_id: UUID, version: int, kept: UnitKept) -> UnitShown:
    """Replace what is kept of a unit of one's own organisation.

    Raises NotFound, NotAllowed for another organisation's unit, and PreconditionFailed for a stale version.
    """
    async with desk.deciding(Operation.CHANGE_UNIT, None) as decision:
        row = await directory.unit(decision.tx, unit_id)
        if row is None:
            raise NotFound
        decision.entitle(*_relation(decision, row))
        if not await directory.change(decision.tx, Unit, unit_id, version, **_columns(kept)):
            raise PreconditionFailed
        await decision.journal("unit", unit_id)
        shown = await _unit(decision, dict(row) | _columns(kept) | {"version": version + 1})
        await decision.commit()
        return shown


async def _units(reading: Reading, organisation_id: UUID | None, paging: Paging) -> PageFound[UnitShown]:
    """The page asked for."""
    asked = {"organisation": organisation_id}
    rows = await directory.page(
        reading.tx, directory.UNITS, limit=paging.limit, offset=paging.offset, **asked
    )
    total = await directory.count_to_1000(reading.tx, directory.UNITS, **asked)
    shown = tuple([await _unit(reading, row) for row in rows])
    await reading.commit()
    return PageFound(shown, total)


def _relation(reading: Reading, row: Mapping[str, Any]) -> tuple[Relation, ...]:
    """How the caller stands to a unit: everybody sees it, its own organisation keeps it."""
    return (Relation.OWN_ORGANISATION,) if row["org_id"] == reading.me else ()


async def _places(reading: Reading, *organisations: UUID) -> dict[UUID, tuple[Place, ...]]:
    """The places of organisations in the agreements."""
    rows = await directory.memberships(reading.tx, *organisations)
    return {
        one: tuple(Place(row["agreement_key"], row["party"]) for row in rows if row["org_id"] == one)
        for one in organisations
    }


def _organisation(row: Mapping[str, Any], places: dict[UUID, tuple[Place, ...]]) -> OrganisationShown:
    return OrganisationShown(
        id=row["id"],
        name=row["name"],
        type=OrganisationType(row["type"]),
        organisation_number=row["organisation_number"],
        places=places[row["id"]],
    )


async def _unit(reading: Reading, row: Mapping[str, Any]) -> UnitShown:
    """A unit as it is shown, with what the agreement has to remark."""
    kept = UnitKept(
        name=row["name"],
        address=tuple(row["address"]),
        attention=row["attention"],
        address_hint=row["address_hint"],
        email=row["email"],
        telephone=row["telephone"],
        asks_for_channel=Channel(row["asks_for_channel"]) if row["asks_for_channel"] else None,
        active=row["active"],
    )
    return UnitShown(
        id=row["id"],
        organisation_id=row["org_id"],
        version=row["version"],
        kept=kept,
        remarks=await _remarks(reading, row["org_id"], kept),
        may_change=_may_change(reading, row),
    )


def _may_change(reading: Reading, row: Mapping[str, Any]) -> bool:
    roles = {Role(role) for role in reading.assignment.roles}
    return may(roles, Operation.CHANGE_UNIT, set(_relation(reading, row)))


async def _remarks(reading: Reading, organisation_id: UUID, kept: UnitKept) -> tuple[Remark, ...]:
    """What the agreements of a party's organisation say of a unit that nobody can reach."""
    if kept.is_reachable or not kept.active:
        return ()
    files = [
        reading.house.agreements.applying(row["agreement_key"], reading.today)
        for row in await directory.memberships(reading.tx, organisation_id)
    ]
    return tuple(
        Remark.of(finding)
        for file in files
        if file is not None and file.party_of(organisation_id) is not None
        for finding in unreachable(organisation_id, file.agreement)
    )


def _columns(kept: UnitKept) -> dict[str, Any]:
    """What is kept of a unit, as its row has it."""
    return {
        "name": kept.name,
        "address": list(kept.address),
        "attention": kept.attention,
        "address_hint": kept.address_hint,
        "email": kept.email,
        "telephone": kept.telephone,
        "asks_for_channel": kept.asks_for_channel.value if kept.asks_for_channel else None,
        "active": kept.active,
    }

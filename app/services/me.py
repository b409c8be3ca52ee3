"""Who the caller is here: each assignment, and what may be done in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from app.db import directory
from app.domain.access import Operation, Role, may_ever
from app.errors import NotAllowed
from app.services.desk import Desk


@dataclass(frozen=True)
class Place:
    """The place of an organisation in an agreement: the party or body it is part of."""

    agreement_key: str
    party: str


@dataclass(frozen=True)
class AssignmentShown:
    """One person's place in one unit of one organisation, and what its roles may ever do."""

    account_id: UUID
    organisation_id: UUID
    organisation_name: str
    places: tuple[Place, ...]
    unit_id: UUID
    unit_name: str
    officer_id: UUID
    name: str
    roles: tuple[Role, ...]
    operations: tuple[Operation, ...]


async def read(desks: Iterable[Desk]) -> tuple[AssignmentShown, ...]:
    """The caller's assignments. Raises NotAllowed where the one chosen is not the caller's."""
    found = [await _assignment(desk) for desk in desks]
    if not found:
        raise NotAllowed
    return tuple(found)


async def _assignment(desk: Desk) -> AssignmentShown:
    mine = desk.assignment
    async with desk.reading(Operation.READ_ME) as reading:
        organisation = await directory.organisation(reading.tx, mine.organisation_id)
        unit = await directory.unit(reading.tx, mine.unit_id)
        places = await directory.memberships(reading.tx, mine.organisation_id)
        await reading.commit()
    roles = {Role(role) for role in mine.roles}
    return AssignmentShown(
        account_id=mine.account_id,
        organisation_id=mine.organisation_id,
        organisation_name=organisation["name"] if organisation else "",
        places=tuple(Place(row["agreement_key"], row["party"]) for row in places),
        unit_id=mine.unit_id,
        unit_name=unit["name"] if unit else "",
        officer_id=mine.officer_id,
        name=mine.display_name,
        roles=tuple(sorted(roles)),
        operations=tuple(one for one in Operation if may_ever(roles, one)),
    )

"""What a caller may be told of where a person is: protected identity, asked last of all before an answer.

Stored rows are whole; what is answered is what this lets through. It is asked once everything else has been
read, so that a mark set meanwhile holds. Whoever is not known to be unprotected is taken for protected.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from app.db import protection
from app.db.protection import CaseKey
from app.documents.document import Document
from app.documents.protected import hidden_in, with_forwarding
from app.services.reading import Reading

Value = TypeVar("Value")
Letter = TypeVar("Letter", bound=Document)


@dataclass(frozen=True)
class Sight:
    """Whether the person is protected, and whether the caller is cleared to see where they are."""

    marked: bool
    cleared: bool

    @property
    def is_barred(self) -> bool:
        """Whether contact data, place, link and office are hidden from the caller."""
        return self.marked and not self.cleared

    def of(self, value: Value | None) -> Value | None:
        """A value that could lead somebody to the person: nothing for whoever is not cleared."""
        return None if self.is_barred else value

    def lines(self, value: list[Value]) -> list[Value]:
        """The same of several."""
        return [] if self.is_barred else value

    def document(self, document: Letter) -> Letter:
        """A letter: without what is hidden, and saying how a protected person is reached."""
        seen = hidden_in(document) if self.is_barred else document
        return with_forwarding(seen) if self.marked else seen


UNKNOWN = Sight(marked=True, cleared=False)
"""Nothing is known: everything is hidden."""
NOBODY = Sight(marked=False, cleared=False)
"""It is about no person: nothing is."""


async def sight_of_person(reading: Reading, individual_id: UUID) -> Sight:
    """What the caller may see of a person of its own organisation."""
    return Sight(*await protection.of_person(reading.tx, individual_id))


async def sights_of_persons(reading: Reading, individuals: Iterable[UUID]) -> Mapping[UUID, Sight]:
    """The same of several."""
    found = await protection.of_persons(reading.tx, individuals)
    return {one: Sight(marked, cleared) for one, (marked, cleared) in found.items()}


async def sight_of_case(reading: Reading, holder: UUID, case_id: UUID) -> Sight:
    """What the caller may see of the person a case is about, whoever holds the case."""
    return (await sights_of_cases(reading, [(holder, case_id)])).get((holder, case_id), UNKNOWN)


async def sights_of_cases(reading: Reading, cases: Iterable[CaseKey]) -> Mapping[CaseKey, Sight]:
    """The same of each case of a list."""
    found = await protection.standing(reading.tx, cases)
    return {case: Sight(marked, cleared) for case, (marked, cleared) in found.items()}

"""A use case under way: its transaction, for whom it works, and the opening and sealing of personal data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import SQLModel

from app.auth.principal import Assignment
from app.db.database import Tx
from app.db.reading import Shown, log
from app.domain.access import Operation, Relation, Role, may
from app.domain.calendar import stockholm_day
from app.errors import NotAllowed
from app.services.house import House

_WHOLE_ORGANISATION = frozenset({Role.MANAGER.value, Role.SERVICE.value})


@dataclass(frozen=True)
class Reading:
    """A transaction that shows something."""

    tx: Tx
    house: House
    assignment: Assignment
    now: datetime
    operation: Operation

    @property
    def me(self) -> UUID:
        """The caller's organisation."""
        return self.assignment.organisation_id

    @property
    def today(self) -> date:
        """Today's day in Stockholm, which is what the agreement counts in."""
        return stockholm_day(self.now)

    @property
    def all_units(self) -> bool:
        """Whether the caller's roles reach over every unit of the own organisation, or the own unit alone."""
        return bool(self.assignment.roles & _WHOLE_ORGANISATION)

    def entitle(self, *relations: Relation) -> None:
        """Raises NotAllowed unless the operation is the caller's, standing so to what is at hand: seen, not
        theirs.
        """
        if not may({Role(role) for role in self.assignment.roles}, self.operation, set(relations)):
            raise NotAllowed

    def open(self, table: str, row: Mapping[str, Any], column: str) -> str | None:
        """The text sealed in a column of a row (which must have its org_id and id), or None where there is
        none.

        Raises SealBroken for what was sealed somewhere else.
        """
        sealed = row[column]
        if sealed is None:
            return None
        return self.house.sealer.open(sealed, row["org_id"], table, row["id"], column)

    async def log_shown(self, *things: Shown) -> None:
        """Log what is shown as part of something that is not read in one statement, or by its parts."""
        if things:
            await log(self.tx, self.operation.value, things)

    async def commit(self) -> None:
        """Store what was logged. Called last, before anything is answered."""
        await self.tx.commit()

    def seal(
        self, row: type[SQLModel], row_id: UUID, column: str, text: str, organisation_id: UUID | None = None
    ) -> bytes:
        """The text sealed for exactly this place; for the caller's own organisation unless another is
        named.
        """
        return self.house.sealer.seal(
            text, organisation_id or self.me, str(row.__tablename__), row_id, column
        )

    def seal_given(self, row: type[SQLModel], row_id: UUID, column: str, text: str | None) -> bytes | None:
        """The same for a text that may not have been given."""
        return None if text is None else self.seal(row, row_id, column, text)

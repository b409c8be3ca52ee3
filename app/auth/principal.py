"""Who a request acts for. The look-up itself reads the database and lives there."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Assignment:
    """One person's place in one unit of one organisation; a request acts for exactly one.

    Read from the account at every request, never from the token, so that a change of role bites at once.
    """

    account_id: UUID
    organisation_id: UUID
    unit_id: UUID
    officer_id: UUID
    roles: frozenset[str]
    display_name: str
    language: str | None

"""For whom the database is asked: one assignment, at one instant."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Caller:
    """Whoever acts in this request:
    a person or machine for one unit of one organisation, at one instant (UTC).
    """

    organisation_id: UUID
    unit_id: UUID
    actor_id: UUID
    instant: datetime

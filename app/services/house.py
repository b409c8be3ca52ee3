"""What every use case works with, put together once at start-up."""

from dataclasses import dataclass, field
from uuid import UUID

from app.agreements.registry import Registry
from app.auth.sealing import Sealer
from app.db.database import Database
from app.domain.calendar import Calendar
from app.services.owed_before import OwedBefore


@dataclass(frozen=True)
class House:
    """The database, the keys that seal, the agreements in force, the days off, and what cases owed before."""

    database: Database
    sealer: Sealer
    agreements: Registry
    calendar: Calendar
    owed_before: OwedBefore = field(default_factory=OwedBefore)
    names_in_log_extracts: frozenset[UUID] = frozenset()
    """The organisations whose log extracts name the officer, beside unit and function (C-579/21)."""

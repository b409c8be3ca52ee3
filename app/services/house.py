"""What every use case works with, put together once at start-up."""

from dataclasses import dataclass

from app.agreements.registry import Registry
from app.auth.sealing import Sealer
from app.db.database import Database
from app.domain.calendar import Calendar


@dataclass(frozen=True)
class House:
    """The database, the keys that seal, the agreements in force, and the days off."""

    database: Database
    sealer: Sealer
    agreements: Registry
    calendar: Calendar

"""The schema: every table as a SQLModel class, one file per aggregate.

Alembic and every query start from these.
"""

from sqlmodel import SQLModel

from app.db.tables import (
    cases,
    consents,
    deviations,
    directory,
    disposal,
    held_meetings,
    joint_decisions,
    journal,
    meetings,
    plans,
    protection,
    records,
    recovery,
    summonses,
)

METADATA = SQLModel.metadata

__all__ = [
    "METADATA",
    "cases",
    "consents",
    "deviations",
    "directory",
    "disposal",
    "held_meetings",
    "joint_decisions",
    "journal",
    "meetings",
    "plans",
    "protection",
    "records",
    "recovery",
    "summonses",
]

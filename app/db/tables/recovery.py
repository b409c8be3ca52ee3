"""What a restored backup must be told again, and where the database was last opened for work."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from app.db.tables.base import Instant, OptionalInstant, Stored, Text, one_of

KINDS = ("withdrawal", "disposal", "protection", "clearance_ended", "account", "officer")


class RecoveryEvent(Stored, table=True):
    """Something was taken away that a backup from before still has. Written by triggers in the transaction
    that takes it away, and kept outside by `flerpart export-after-backup`. Ids, codes and days only.
    """

    __tablename__ = "recovery_event"
    __table_args__ = (
        one_of("kind", *KINDS),
        sa.Index(None, "recorded_at", postgresql_where=sa.text("exported_at is null")),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    kind: str = Text()
    content: Any = Field(sa_type=JSONB)
    recorded_at: datetime = Instant()
    exported_at: datetime | None = OptionalInstant()


class Installation(Stored, table=True):
    """Which installation's database this is, and as which one of all databases it was opened for work: a
    restored backup is another, and stays shut until it has been told what was taken away since. One row.
    """

    __tablename__ = "installation"

    id: UUID = Field(primary_key=True)
    opened_as: str | None = Field(default=None, sa_type=sa.Text, nullable=True)

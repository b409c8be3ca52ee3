"""Protected identity: marks set and lifted, on whose word, and who is cleared to see all the same."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from app.db.tables.base import Instant, OptionalInstant, OptionalText, Stored, Text, holds, one_of, to

MARKS = ("none", "confidentiality_mark", "protected_registration")
SOURCES = ("population_register", "tax_agency_decision", "individual", "another_organisation")


class ProtectionMark(Stored, table=True):
    """A mark set or lifted (`none`) at one organisation. Written by the gate of protection only, append-only.

    Where an organisation that shares a case with this one has set it, nobody here did: it came with the case.
    """

    __tablename__ = "protection_mark"
    __table_args__ = (
        to("individual", "org_id", "individual_id"),
        one_of("mark", *MARKS),
        one_of("source", *SOURCES),
        holds("said", "num_nonnulls(source, decided_on, recorded_by) in (0, 3)"),
        sa.Index(None, "org_id", "individual_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(
        sa_column=sa.Column(
            sa.Uuid(), primary_key=True, server_default=sa.text("gen_random_uuid()"), nullable=False
        )
    )
    individual_id: UUID
    mark: str = Text()
    source: str | None = OptionalText()
    decided_on: date | None = None
    recorded_by: UUID | None = None
    recorded_at: datetime = Instant()


class ProtectionClearance(Stored, table=True):
    """One account may see where a protected person is, to the end of a day. Granted by two people; ended by
    one.
    """

    __tablename__ = "protection_clearance"
    __table_args__ = (
        to("individual", "org_id", "individual_id"),
        to("account", "org_id", "account_id"),
        to("joint_decision", "org_id", "joint_decision_id"),
        holds("ended", "num_nonnulls(ended_at, ended_by) in (0, 2)"),
        sa.Index(None, "org_id", "individual_id", "account_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    individual_id: UUID
    account_id: UUID
    joint_decision_id: UUID
    valid_until: datetime = Instant()
    recorded_at: datetime = Instant()
    ended_at: datetime | None = OptionalInstant()
    ended_by: UUID | None = None

"""What takes two people: proposals with how they ended, and the attempts that were refused."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from app.db.tables.base import SCHEMA, Instant, OptionalInstant, OptionalText, Stored, Text, holds, one_of, to

MATTERS = ("new_account", "roles", "clearance", "protection_lifted", "disposal", "export")


class JointDecision(Stored, table=True):
    """A proposal of one person that another approves or rejects. `content` is what is carried out then:
    codes, ids and days, never anything about a person. Decided once.
    """

    __tablename__ = "joint_decision"
    __table_args__ = (
        to("account", "org_id", "proposed_by"),
        to("account", "org_id", "decided_by"),
        one_of("matter", *MATTERS),
        one_of("outcome", "approved", "rejected"),
        holds("decided", "num_nonnulls(outcome, decided_by, decided_at) in (0, 3)"),
        holds("another", "outcome is null or outcome <> 'approved' or decided_by <> proposed_by"),
        holds("gains", "num_nonnulls(gains_id, gains_officer, gains_issuer, gains_subject) in (0, 4)"),
        sa.Index(None, "org_id", "subject_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    matter: str = Text()
    subject_kind: str = Text()
    subject_id: UUID
    individual_id: UUID | None = None
    content: Any = Field(sa_type=JSONB)
    gains_id: UUID | None = None
    gains_officer: UUID | None = None
    gains_issuer: str | None = OptionalText()
    gains_subject: str | None = OptionalText()
    proposed_by: UUID
    proposed_at: datetime = Instant()
    expires_at: datetime = Instant()
    outcome: str | None = OptionalText()
    decided_by: UUID | None = None
    decided_at: datetime | None = OptionalInstant()


class RefusedAttempt(Stored, table=True):
    """Somebody tried alone what takes two, and was refused: the security log. Written in a transaction of
    its own, since the refused one is rolled back. Append-only.
    """

    __tablename__ = "refused_attempt"
    __table_args__ = (sa.ForeignKeyConstraint(["org_id"], [f"{SCHEMA}.organisation.id"]),)

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    actor_id: UUID
    unit_id: UUID
    operation: str = Text()
    code: str = Text()
    item_kind: str | None = OptionalText()
    item_id: UUID | None = None
    recorded_at: datetime = Instant()

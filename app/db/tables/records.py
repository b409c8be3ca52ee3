"""What the system keeps of its own work: the journal, who was shown whom, reviews of that, answered keys,
events to be sent, context keys, revisions.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from app.db.tables.base import (
    Instant,
    OptionalInstant,
    OptionalSealed,
    OptionalText,
    Stored,
    Text,
    holds,
    one_of,
)


class JournalEntry(Stored, table=True):
    """One decision: who, for whom, when, under which agreement version, with which findings and
    explanations. Append-only.
    """

    __tablename__ = "journal_entry"
    __table_args__ = (sa.Index(None, "org_id", "individual_id", "id"), sa.Index(None, "org_id", "item_id"))

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    actor_id: UUID
    unit_id: UUID
    operation: str = Text()
    item_kind: str = Text()
    item_id: UUID
    item_org: UUID | None = None
    individual_id: UUID | None = None
    agreement_id: str | None = OptionalText()
    findings: Any = Field(sa_type=JSONB)
    explanations_sealed: bytes | None = OptionalSealed()
    recorded_at: datetime = Instant()


class ReadEntry(Stored, table=True):
    """One thing about a person shown once: to whom, when, by which operation, in which case, and why where a
    reason was asked for. Written in the transaction that reads. Append-only.

    `individual_id` is the person's own row at this organisation, None where it has none yet; then the case
    tells whom it is about as soon as something has come about them.
    """

    __tablename__ = "read_entry"
    __table_args__ = (
        holds("case", "num_nonnulls(case_org, case_id) in (0, 2)"),
        sa.Index(None, "org_id", "individual_id", "recorded_at"),
        sa.Index(None, "org_id", "case_org", "case_id", postgresql_where=sa.text("individual_id is null")),
        sa.Index(None, "recorded_at", postgresql_using="brin"),
        sa.Index(None, "org_id", "actor_id", "recorded_at", "individual_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(
        sa_column=sa.Column(
            sa.Uuid(), primary_key=True, server_default=sa.text("gen_random_uuid()"), nullable=False
        )
    )
    actor_id: UUID
    unit_id: UUID
    operation: str = Text()
    item_kind: str = Text()
    item_org: UUID
    item_id: UUID
    case_org: UUID | None = None
    case_id: UUID | None = None
    individual_id: UUID | None = None
    reason_sealed: bytes | None = OptionalSealed()
    recorded_at: datetime = Instant()
    # Written by the gate of protection, whatever the statement says; null in rows that are older than it.
    of_protected: bool | None = None


class LogReview(Stored, table=True):
    """A manager has gone through the read log of a period, and what came of it. Append-only."""

    __tablename__ = "log_review"
    __table_args__ = (
        one_of("outcome", "nothing_to_remark", "explained", "suspected"),
        holds("days", "first_day <= last_day"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    unit_id: UUID
    of_unit: UUID | None = None
    first_day: date
    last_day: date
    outcome: str = Text()
    note_sealed: bytes | None = OptionalSealed()
    recorded_by: UUID
    recorded_at: datetime = Instant()


class AnsweredKey(Stored, table=True):
    """An Idempotency-Key that has been answered: what was asked, and the id of what came of it. No personal
    data.
    """

    __tablename__ = "answered_key"

    org_id: UUID = Field(primary_key=True)
    actor_id: UUID = Field(primary_key=True)
    key: str = Field(primary_key=True, sa_type=sa.Text)
    fingerprint: bytes = Field(sa_type=sa.LargeBinary)
    receipt: Any = Field(sa_type=JSONB)
    recorded_at: datetime = Instant()


class OutboxEvent(Stored, table=True):
    """Something happened that another organisation's systems may want to hear: ids only, checked again when
    sent. Cancelled where the consent it rests on was withdrawn before it went out.
    """

    __tablename__ = "outbox_event"
    __table_args__ = (
        sa.Index(None, "recipient_org", "id"),
        sa.Index(
            None,
            "org_id",
            "disclosure_id",
            postgresql_where=sa.text("sent_at is null and cancelled_at is null"),
        ),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    recipient_org: UUID
    type: str = Text()
    item_kind: str = Text()
    item_id: UUID
    disclosure_id: UUID | None = None
    recorded_at: datetime = Instant()
    sent_at: datetime | None = OptionalInstant()
    cancelled_at: datetime | None = OptionalInstant()


class ContextKey(Stored, table=True):
    """The key a request's signed context is verified with, as its two padded halves. Only one gate may read
    it.
    """

    __tablename__ = "context_key"
    __table_args__ = (one_of("state", "current", "retired"),)

    id: str = Field(primary_key=True, sa_type=sa.Text)
    ipad: bytes = Field(sa_type=sa.LargeBinary)
    opad: bytes = Field(sa_type=sa.LargeBinary)
    state: str = Text()


class PictureRevision(Stored, table=True):
    """The last transaction that changed what the rulebook sees of a case, or an organisation in the
    directory (whose row is its own subject). Triggers of the gate of facts write it; only that gate reads it.
    """

    __tablename__ = "picture_revision"
    __table_args__ = (
        sa.Index("ix_picture_revision_directory", "org_id", postgresql_where=sa.text("org_id = subject_id")),
    )

    org_id: UUID = Field(primary_key=True)
    subject_id: UUID = Field(primary_key=True)
    revision: int = Field(sa_type=sa.BigInteger)

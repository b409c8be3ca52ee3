"""Disposal (gallring): an organisation's rules, what it has disposed of, and a stone for each thing."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from app.db.tables.base import Instant, OptionalText, Stored, Text, holds, one_of, to

KINDS = ("case", "received_copy", "statement", "individual")
EVENTS = ("case_closed", "consent_ended", "copy_received", "last_said", "registered")
PAIRS = (
    "(kind, event) in (('case', 'case_closed'), ('case', 'consent_ended'),"
    " ('received_copy', 'copy_received'), ('statement', 'last_said'), ('individual', 'registered'))"
)


class DisposalRule(Stored, table=True):
    """How long the organisation keeps one kind, by which decision, from which day on. Append-only: the latest
    in force for a kind counts. Without `months` the kind is kept for good (bevaras).
    """

    __tablename__ = "disposal_rule"
    __table_args__ = (
        one_of("kind", *KINDS),
        one_of("event", *EVENTS),
        holds("pair", PAIRS),
        holds("months", "months between 0 and 1200"),
        sa.Index(None, "org_id", "kind", "in_force_from"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    kind: str = Text()
    event: str = Text()
    months: int | None = None
    from_year_end: bool
    decision: str = Text()
    statute: str | None = OptionalText()
    in_force_from: date
    recorded_by: UUID
    recorded_at: datetime = Instant()


class Disposal(Stored, table=True):
    """A disposal that two have decided, carried out, with its certificate (gallringsbevis)."""

    __tablename__ = "disposal"
    __table_args__ = (to("disposal_rule", "org_id", "rule_id"),)

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    rule_id: UUID
    kind: str = Text()
    items: int
    rows_removed: int
    certificate: str = Text()
    digest: bytes = Field(sa_type=sa.LargeBinary)
    proposed_by: UUID
    approved_by: UUID
    disposed_at: datetime = Instant()


class DisposalTombstone(Stored, table=True):
    """What stays of one thing that was disposed of: which it was, under which rule, when, by whom. No
    personal data, and nothing it refers to need exist any more. Written by the disposing gate only.
    """

    __tablename__ = "disposal_tombstone"
    __table_args__ = (
        one_of("kind", *KINDS),
        sa.UniqueConstraint("org_id", "disposal_id", "item_id"),
        sa.Index(None, "org_id", "item_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    disposal_id: UUID
    kind: str = Text()
    item_id: UUID
    item_org: UUID | None = None
    rule_id: UUID
    event_on: date
    rows_removed: int
    proposed_by: UUID
    approved_by: UUID
    disposed_at: datetime = Instant()

"""Deviations from the routine, each the reporting organisation's own, and the counts that LOKUS sees."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from app.db.tables.base import SCHEMA, Instant, OptionalSealed, OptionalText, Stored, Text, one_of, to

DEVIATION_TYPES = (
    "no_answer",
    "absent",
    "action_not_carried_out",
    "lead_time_not_kept",
    "consent_missing",
    "documentation_missing",
    "held_outside_agreement",
    "other",
)

SUBJECT_KINDS = (
    "case",
    "contact",
    "consent",
    "meeting",
    "summons",
    "plan",
    "action",
    "deviation",
    "organisation",
)


class Deviation(Stored, table=True):
    """A departure from the routine: reported by a person, or proposed by the system from facts it holds,
    once each.
    """

    __tablename__ = "deviation"
    __table_args__ = (
        one_of("type", *DEVIATION_TYPES),
        one_of("origin", "reported", "proposed"),
        sa.ForeignKeyConstraint(["about_org"], [f"{SCHEMA}.organisation.id"]),
        sa.UniqueConstraint("org_id", "proposed_by_rule", "subject_id"),
        one_of("subject_kind", *SUBJECT_KINDS),
        sa.CheckConstraint("(origin = 'proposed') = (proposed_by_rule is not null)", name="proposed_by"),
        sa.CheckConstraint("num_nulls(proposed_by_rule, subject_kind, subject_id) in (0, 3)", name="subject"),
        sa.Index(None, "org_id", "unit_id", "id"),
        sa.Index(None, "org_id", "case_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    unit_id: UUID
    agreement_id: str = Text()
    type: str = Text()
    origin: str = Text()
    about_org: UUID
    about_party: str = Text()
    case_org: UUID | None = None
    case_id: UUID | None = None
    meeting_id: UUID | None = None
    individual_id: UUID | None = None
    proposed_by_rule: str | None = OptionalText()
    subject_kind: str | None = OptionalText()
    subject_id: UUID | None = None
    occurred_on: date
    attempts: int | None = None
    description_sealed: bytes | None = OptionalSealed()
    recorded_by: UUID
    recorded_at: datetime = Instant()


class DeviationStep(Stored, table=True):
    """What was done about a deviation, in the organisation's own routine and with its own reference number.
    The latest row counts.
    """

    __tablename__ = "deviation_step"
    __table_args__ = (
        to("deviation", "org_id", "deviation_id"),
        one_of("step", "confirmed", "dismissed", "in_handling", "handled"),
        sa.Index(None, "org_id", "deviation_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    deviation_id: UUID
    step: str = Text()
    own_reference: str | None = OptionalText()
    text_sealed: bytes | None = OptionalSealed()
    recorded_by: UUID
    recorded_at: datetime = Instant()


class StatisticFact(Stored, table=True):
    """One decision, counted, without a person: what, which party, which municipality, which month."""

    __tablename__ = "statistic_fact"
    __table_args__ = (
        one_of(
            "kind",
            "case_registered",
            "need_assessed",
            "first_contact",
            "meeting_offered",
            "meeting_initiated",
            "summons_issued",
            "summons_answered",
            "meeting_held",
            "attendance",
            "plan_distributed",
            "action_reported",
            "deviation",
            "explanation",
            "case_closed",
        ),
        sa.Index(None, "agreement_key", "kind", "month"),
        sa.CheckConstraint("extract(day from month) = 1", name="month"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    agreement_key: str = Text()
    kind: str = Text()
    detail: str = Text()
    party: str = Text()
    municipality: str | None = OptionalText()
    month: date

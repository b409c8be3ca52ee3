"""The plan: drafted, proposed as an immutable version, approved, distributed; its actions and what their
owners say of them.
"""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from app.db.tables.base import (
    SCHEMA,
    Ids,
    Instant,
    OptionalInstant,
    OptionalSealed,
    Sealed,
    Stored,
    Text,
    one_of,
    to,
)
from app.db.tables.cases import CHANNELS

ACTION_KINDS = (
    "insats",
    "coordination",
    "medical_treatment",
    "rehabilitation",
    "habilitation",
    "aids",
    "work_training",
    "employment_support",
    "compensation_decision",
    "housing_support",
    "social_support",
    "financial_support",
    "contact",
    "other",
)


class PlanDraft(Stored, table=True):
    """A draft at the recorder's organisation, shown to the chair when handed over. The whole content is one
    sealed text.
    """

    __tablename__ = "plan_draft"
    __table_args__ = (
        sa.Index(None, "item_org", "case_id"),
        sa.Index(None, "item_org", "meeting_id"),
        sa.Index(None, "id"),  # who wrote it and who holds the meeting both ask for it by its id
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    item_org: UUID
    meeting_id: UUID
    case_id: UUID
    content_sealed: bytes = Sealed()
    handed_over_at: datetime | None = OptionalInstant()
    revises: UUID | None = None
    replaces: UUID | None = None
    version: int = 1
    recorded_by: UUID
    recorded_at: datetime = Instant()


class Plan(Stored, table=True):
    """One immutable version of a plan, the chair's. A later version revises it; a new plan replaces it.

    The texts are sealed; of its goals the ids stand here, and which of them have no text.
    """

    __tablename__ = "plan"
    __table_args__ = (
        to("meeting", "org_id", "meeting_id"),
        to("individual", "org_id", "individual_id"),
        sa.CheckConstraint("revises is null or replaces is null", name="succession"),
        sa.UniqueConstraint("org_id", "plan_line", "number"),
        sa.Index(None, "org_id", "case_id"),
        sa.Index(None, "org_id", "meeting_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    meeting_id: UUID
    case_id: UUID
    individual_id: UUID
    agreement_id: str = Text()
    plan_line: UUID
    number: int
    revises_org: UUID | None = None
    revises: UUID | None = None
    replaces_org: UUID | None = None
    replaces: UUID | None = None
    follow_up_on: date
    goal_ids: list[UUID] = Ids()
    empty_goal_ids: list[UUID] = Ids()
    content_sealed: bytes = Sealed()
    recorded_by: UUID
    recorded_at: datetime = Instant()


class Action(Stored, table=True):
    """One action of a plan version, with exactly one owner: the individual or one organisation, and a day
    it is due.
    """

    __tablename__ = "action"
    __table_args__ = (
        to("plan", "org_id", "plan_id"),
        one_of("owner", "individual", "organisation"),
        sa.CheckConstraint("(owner = 'organisation') = (owner_org is not null)", name="owner_org"),
        one_of("kind", *ACTION_KINDS),
        sa.ForeignKeyConstraint(["owner_org"], [f"{SCHEMA}.organisation.id"]),
        sa.Index(None, "org_id", "case_id"),
        sa.Index(None, "org_id", "plan_id"),
        sa.Index(None, "id"),  # an owner knows its action, not whose plan it is in
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    plan_id: UUID
    case_id: UUID
    carries_on: UUID | None = None
    place: int
    text_given: bool
    owner: str = Text()
    owner_org: UUID | None = None
    kind: str = Text()
    due_on: date
    by_an_outsider: bool


class PlanApproval(Stored, table=True):
    """One's word on one plan version: approved, or an objection that is kept. Own words outrank words
    recorded for one.
    """

    __tablename__ = "plan_approval"
    __table_args__ = (
        one_of("answer", "approved", "objected"),
        one_of("speaker", "individual", "organisation"),
        sa.CheckConstraint("(speaker = 'organisation') = (speaker_org is not null)", name="speaker_org"),
        one_of("channel", *CHANNELS),
        sa.Index(None, "item_org", "case_id"),
        sa.Index(None, "item_org", "item_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    item_org: UUID
    item_id: UUID
    case_id: UUID
    speaker: str = Text()
    speaker_org: UUID | None = None
    speaker_name_sealed: bytes | None = OptionalSealed()
    answer: str = Text()
    reason_sealed: bytes | None = OptionalSealed()
    said_at: datetime = Instant()
    channel: str = Text()
    corrects: UUID | None = None
    recorded_by: UUID
    recorded_at: datetime = Instant()


class PlanDistribution(Stored, table=True):
    """The plan version was handed to the individual or to one organisation (UPP-055)."""

    __tablename__ = "plan_distribution"
    __table_args__ = (
        to("plan", "org_id", "plan_id"),
        one_of("recipient", "individual", "organisation"),
        one_of("channel", *CHANNELS),
        sa.Index(None, "org_id", "case_id"),
        sa.Index(None, "org_id", "plan_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    plan_id: UUID
    case_id: UUID
    recipient: str = Text()
    recipient_org: UUID | None = None
    channel: str = Text()
    recorded_by: UUID
    recorded_at: datetime = Instant()


class Commitment(Stored, table=True):
    """An owner's word on its action, one row per word: accepts, starts, has done, has not, hands over to
    another who accepts.

    `action_id` and `plan_id` stay known to the owner through its received copy, also after a withdrawal.
    """

    __tablename__ = "commitment"
    __table_args__ = (
        one_of(
            "status",
            "accepted",
            "declined",
            "ongoing",
            "done",
            "not_done",
            "transfer_offered",
            "transferred",
            "closed",
        ),
        one_of("speaker", "individual", "organisation"),
        one_of("channel", *CHANNELS),
        sa.Index(None, "item_org", "case_id"),
        sa.Index(None, "item_org", "action_id"),
        sa.Index(None, "org_id", "action_id"),
        sa.Index(None, "item_org", "item_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    item_org: UUID
    item_id: UUID
    action_id: UUID
    case_id: UUID
    speaker: str = Text()
    speaker_org: UUID | None = None
    speaker_name_sealed: bytes | None = OptionalSealed()
    status: str = Text()
    occurred_on: date
    reason_sealed: bytes | None = OptionalSealed()
    to_org: UUID | None = None
    said_at: datetime = Instant()
    channel: str = Text()
    corrects: UUID | None = None
    recorded_by: UUID
    recorded_at: datetime = Instant()


class FollowUpReport(Stored, table=True):
    """One's account of its own area at a follow-up meeting (UPP-066)."""

    __tablename__ = "follow_up_report"
    __table_args__ = (
        one_of("speaker", "individual", "organisation"),
        one_of("channel", *CHANNELS),
        sa.Index(None, "item_org", "case_id"),
        sa.Index(None, "item_org", "item_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    item_org: UUID
    item_id: UUID
    case_id: UUID
    speaker: str = Text()
    speaker_org: UUID | None = None
    speaker_name_sealed: bytes | None = OptionalSealed()
    text_sealed: bytes = Sealed()
    said_at: datetime = Instant()
    channel: str = Text()
    corrects: UUID | None = None
    recorded_by: UUID
    recorded_at: datetime = Instant()


class FollowUpDecision(Stored, table=True):
    """What the follow-up decided: revise the plan, make a new one, or close; with the reason (UPP-067)."""

    __tablename__ = "follow_up_decision"
    __table_args__ = (
        to("meeting", "org_id", "meeting_id"),
        one_of("decision", "revise", "new_plan", "close"),
        sa.UniqueConstraint("org_id", "meeting_id"),
        sa.Index(None, "org_id", "case_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    meeting_id: UUID
    case_id: UUID
    plan_org: UUID
    plan_id: UUID
    decision: str = Text()
    still_needs_coordination: bool
    reason_sealed: bytes = Sealed()
    recorded_by: UUID
    recorded_at: datetime = Instant()

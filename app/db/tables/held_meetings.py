"""The meeting as it was held: opened, who was there, who led it and who wrote, and how it ended."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from app.db.tables.base import (
    Instant,
    OptionalInstant,
    OptionalSealed,
    Sealed,
    Stored,
    Text,
    Texts,
    holds,
    one_of,
    to,
)


class MeetingOpening(Stored, table=True):
    """The meeting was opened now, or recorded afterwards as it was held (then it opens nothing)."""

    __tablename__ = "meeting_opening"
    __table_args__ = (
        to("meeting", "org_id", "meeting_id"),
        one_of("manner", "opened", "recorded_afterwards"),
        sa.UniqueConstraint("org_id", "meeting_id"),
        sa.Index(None, "org_id", "case_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    meeting_id: UUID
    case_id: UUID
    manner: str = Text()
    held_at: datetime = Instant()
    findings: list[str] = Texts()
    recorded_by: UUID
    recorded_at: datetime = Instant()


class Attendance(Stored, table=True):
    """Whether one was there, how, and from when to when. The latest row for the same attender counts.

    `took_part_otherwise`: the individual was not there, but took part in another recorded way (UPP-005).
    """

    __tablename__ = "attendance"
    __table_args__ = (
        to("meeting", "org_id", "meeting_id"),
        one_of("attender", "individual", "organisation", "outsider"),
        one_of("attendance", "present", "remote", "represented", "absent_notified", "absent"),
        holds("organisation", "(attender = 'organisation') = (organisation_id is not null)"),
        holds("outsider", "(attender = 'outsider') = (invitee_id is not null)"),
        sa.Index(None, "org_id", "case_id"),
        sa.Index(None, "org_id", "meeting_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    meeting_id: UUID
    case_id: UUID
    attender: str = Text()
    organisation_id: UUID | None = None
    invitee_id: UUID | None = None
    officer_name_sealed: bytes | None = OptionalSealed()
    attendance: str = Text()
    took_part_otherwise: bool = False
    from_at: datetime | None = OptionalInstant()
    to_at: datetime | None = OptionalInstant()
    reason_sealed: bytes | None = OptionalSealed()
    recorded_by: UUID
    recorded_at: datetime = Instant()


class ChairTransfer(Stored, table=True):
    """The chair passed to another officer of the organisation that holds the meeting, with a reason
    (UPP-052).
    """

    __tablename__ = "chair_transfer"
    __table_args__ = (
        to("meeting", "org_id", "meeting_id"),
        to("officer", "org_id", "officer_id"),
        sa.Index(None, "org_id", "case_id"),
        sa.Index(None, "org_id", "meeting_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    meeting_id: UUID
    case_id: UUID
    officer_id: UUID
    reason_sealed: bytes = Sealed()
    recorded_by: UUID
    recorded_at: datetime = Instant()


class RecorderAppointment(Stored, table=True):
    """Who writes the plan, appointed at the meeting (UPP-053): an officer of any organisation present."""

    __tablename__ = "recorder_appointment"
    __table_args__ = (
        to("meeting", "org_id", "meeting_id"),
        sa.Index(None, "org_id", "case_id"),
        sa.Index(None, "org_id", "meeting_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    meeting_id: UUID
    case_id: UUID
    recorder_org: UUID
    recorder_name_sealed: bytes | None = OptionalSealed()
    recorded_by: UUID
    recorded_at: datetime = Instant()


class Conclusion(Stored, table=True):
    """The meeting ended: with a plan or the reason for none, and the follow-up with its day and named
    caller (UPP-056).
    """

    __tablename__ = "conclusion"
    __table_args__ = (
        to("meeting", "org_id", "meeting_id"),
        sa.UniqueConstraint("org_id", "meeting_id"),
        sa.Index(None, "org_id", "case_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    meeting_id: UUID
    case_id: UUID
    no_plan_reason_sealed: bytes | None = OptionalSealed()
    follow_up_on: date | None = None
    follow_up_caller_org: UUID | None = None
    follow_up_caller_name_sealed: bytes | None = OptionalSealed()
    recorded_by: UUID
    recorded_at: datetime = Instant()

"""The meeting: prepared, booked, opened with those present, concluded. One row for each thing that happened
to it.
"""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from app.db.tables.base import (
    Instant,
    OptionalInstant,
    OptionalSealed,
    OptionalText,
    Sealed,
    Stored,
    Text,
    Texts,
    holds,
    one_of,
    to,
)

MEETING_FORMS = (
    "flerpartsmote",
    "samplaneringsmote",
    "avstamningsmote",
    "trepartssamtal",
    "flerpartssamtal",
    "overlamningsmote",
    "stormote",
)
MODES = ("on_site", "remote", "hybrid")


class Meeting(Stored, table=True):
    """A flerpartsmöte of the organisation that initiates and chairs it. Its state is computed from the rows
    below.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        to("case_file", "org_id", "case_id"),
        to("individual", "org_id", "individual_id"),
        one_of("form", *MEETING_FORMS),
        one_of("mode", *MODES),
        holds("time", "(starts_at is null) = (ends_at is null)"),
        sa.Index(None, "org_id", "case_id"),
        sa.Index(None, "org_id", "unit_id", "starts_at"),
        sa.Index(
            None,
            "follows_up_org",
            "follows_up_plan",
            postgresql_where=sa.text("follows_up_plan is not null"),
        ),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    case_id: UUID
    individual_id: UUID
    unit_id: UUID
    agreement_id: str = Text()
    form: str = Text()
    purpose_sealed: bytes | None = OptionalSealed()
    current_situation_sealed: bytes | None = OptionalSealed()
    initiator_id: UUID
    mode: str | None = OptionalText()
    starts_at: datetime | None = OptionalInstant()
    ends_at: datetime | None = OptionalInstant()
    place_sealed: bytes | None = OptionalSealed()
    booked_offer_id: UUID | None = None
    follows_up_org: UUID | None = None
    follows_up_plan: UUID | None = None
    version: int = 1
    recorded_by: UUID
    recorded_at: datetime = Instant()


class MeetingPreparation(Stored, table=True):
    """The meeting prepared together with the individual (UPP-021, 025–028, 104). The latest row counts."""

    __tablename__ = "meeting_preparation"
    __table_args__ = (
        to("meeting", "org_id", "meeting_id"),
        one_of("relatives_offered", "yes", "no", "not_suitable", "not_asked"),
        one_of("employer_exists", "yes", "no", "not_asked"),
        one_of("employer_called", "yes", "no", "not_asked"),
        sa.Index(None, "org_id", "case_id"),
        sa.Index(None, "org_id", "meeting_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    meeting_id: UUID
    case_id: UUID
    prepared_on: date
    with_individual: bool
    goals_sealed: bytes | None = OptionalSealed()
    needs_and_wishes_sealed: bytes | None = OptionalSealed()
    participation_support_sealed: bytes | None = OptionalSealed()
    excluded_topics_sealed: bytes | None = OptionalSealed()
    relatives_offered: str = Text()
    relatives_reason_sealed: bytes | None = OptionalSealed()
    employer_exists: str = Text()
    employer_called: str = Text()
    recorded_by: UUID
    recorded_at: datetime = Instant()


class Invitee(Stored, table=True):
    """Somebody to call or invite: a unit of a party's organisation, or a person outside the parties."""

    __tablename__ = "invitee"
    __table_args__ = (
        to("meeting", "org_id", "meeting_id"),
        one_of("kind", "organisation", "close_person", "employer", "representative", "interpreter", "other"),
        sa.CheckConstraint("(kind = 'organisation') = (organisation_id is not null)", name="organisation"),
        sa.Index(None, "org_id", "case_id"),
        sa.Index(None, "org_id", "meeting_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    meeting_id: UUID
    case_id: UUID
    kind: str = Text()
    organisation_id: UUID | None = None
    unit_id: UUID | None = None
    name_sealed: bytes | None = OptionalSealed()
    function: str | None = OptionalText()
    equivalent_function: bool = False
    organisation_name_sealed: bytes | None = OptionalSealed()
    address_sealed: bytes | None = OptionalSealed()
    reason_sealed: bytes | None = OptionalSealed()
    agreed_with_individual: bool
    suitable: bool | None = None
    shown_to_outsiders: bool
    attends_part_sealed: bytes | None = OptionalSealed()
    consent_person_id: UUID | None = None
    removed_at: datetime | None = OptionalInstant()
    recorded_by: UUID
    recorded_at: datetime = Instant()


class TimeOffer(Stored, table=True):
    """A time that was offered, by the region or by the initiator, and whether it can be had on site,
    remotely or both.
    """

    __tablename__ = "time_offer"
    __table_args__ = (
        to("meeting", "org_id", "meeting_id"),
        one_of("mode", *MODES),
        sa.CheckConstraint("ends_at > starts_at", name="order"),
        sa.Index(None, "org_id", "case_id"),
        sa.Index(None, "org_id", "meeting_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    meeting_id: UUID
    case_id: UUID
    offered_by: UUID
    starts_at: datetime = Instant()
    ends_at: datetime = Instant()
    mode: str = Text()
    place_sealed: bytes | None = OptionalSealed()
    recorded_by: UUID
    recorded_at: datetime = Instant()


class MeetingChange(Stored, table=True):
    """The meeting was moved or cancelled after booking, why, and what it was before."""

    __tablename__ = "meeting_change"
    __table_args__ = (
        to("meeting", "org_id", "meeting_id"),
        one_of("change", "booked", "rescheduled", "cancelled", "entered_in_error"),
        sa.Index(None, "org_id", "case_id"),
        sa.Index(None, "org_id", "meeting_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    meeting_id: UUID
    case_id: UUID
    change: str = Text()
    wished_by_individual: bool = False
    reason_sealed: bytes | None = OptionalSealed()
    from_starts_at: datetime | None = OptionalInstant()
    to_starts_at: datetime | None = OptionalInstant()
    recorded_by: UUID
    recorded_at: datetime = Instant()


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

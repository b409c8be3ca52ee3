"""The meeting until it is held: prepared, booked, called to. One row for each thing that happened to it."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
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
        sa.Index(None, "id"),  # whoever is shown it knows its id, not whose it is
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

"""The individual and the coordination case: from a seen need to the closing."""

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
    some_of,
    to,
)

CHANNELS = ("letter", "secure_message", "telephone", "at_the_meeting", "api")


class Individual(Stored, table=True):
    """One person as one organisation knows them. Two organisations have a row each, and neither knows of
    the other's.
    """

    __tablename__ = "individual"
    __table_args__ = (
        one_of(
            "identity_kind",
            "personnummer",
            "samordningsnummer",
            "national_reserve_number",
            "regional_reserve_number",
            "none",
        ),
        one_of("protected_identity", "none", "confidentiality_mark", "protected_registration"),
        one_of("has_communication_needs", "yes", "no", "not_asked"),
        holds("needs", "communication_needs_sealed is null or has_communication_needs = 'yes'"),
        sa.UniqueConstraint("org_id", "identity_index"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    name_sealed: bytes = Sealed()
    identity_kind: str = Text()
    identity_sealed: bytes | None = OptionalSealed()
    identity_index: bytes | None = OptionalSealed()
    birth_date_sealed: bytes | None = OptionalSealed()
    contact_sealed: bytes | None = OptionalSealed()
    municipality: str | None = OptionalText()
    has_communication_needs: str = Field(default="not_asked", sa_type=sa.Text)
    communication_needs_sealed: bytes | None = OptionalSealed()
    protected_identity: str = Text()
    version: int = 1
    recorded_at: datetime = Instant()


class CaseFile(Stored, table=True):
    """One individual's coordination at one organisation (samverkansärende). A reserved word keeps it from
    being `case`.
    """

    __tablename__ = "case_file"
    __table_args__ = (
        to("individual", "org_id", "individual_id"),
        to("unit", "org_id", "unit_id"),
        sa.Index(None, "org_id", "individual_id"),
        sa.Index(None, "org_id", "unit_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    individual_id: UUID
    unit_id: UUID
    agreement_id: str = Text()
    closed_at: datetime | None = OptionalInstant()
    version: int = 1
    recorded_by: UUID
    recorded_at: datetime = Instant()


class CaseCarrier(Stored, table=True):
    """Who carries the case (ärendebärare) from a time on, and who stands in; a hand-over is the next row."""

    __tablename__ = "case_carrier"
    __table_args__ = (
        to("case_file", "org_id", "case_id"),
        to("officer", "org_id", "officer_id"),
        to("officer", "org_id", "stand_in_id"),
        sa.Index(None, "org_id", "case_id"),
        sa.Index(None, "org_id", "officer_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    case_id: UUID
    officer_id: UUID
    stand_in_id: UUID | None = None
    reason_sealed: bytes | None = OptionalSealed()
    recorded_by: UUID
    recorded_at: datetime = Instant()


class NeedAssessment(Stored, table=True):
    """A judgement of whether several parties are needed (UPP-011–013), with its grounds and the person's
    own view.
    """

    __tablename__ = "need_assessment"
    __table_args__ = (
        to("case_file", "org_id", "case_id"),
        one_of("outcome", "need", "no_need"),
        some_of("grounds", "contact", "health", "work", "social", "economic", "other"),
        some_of("needs", "health_care", "social_services", "employment", "social_insurance", "other"),
        one_of("other_plan", "none", "sip", "other", "not_known", "not_asked"),
        sa.Index(None, "org_id", "case_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    case_id: UUID
    assessed_on: date
    need_seen_on: date
    assessor_id: UUID
    outcome: str = Text()
    grounds: list[str] = Texts()
    needs: list[str] = Texts()
    individual_took_part: bool
    individual_view_sealed: bytes | None = OptionalSealed()
    note_sealed: bytes | None = OptionalSealed()
    other_plan: str = Text()
    recorded_by: UUID
    recorded_at: datetime = Instant()


class Offer(Stored, table=True):
    """A flerpartsmöte offered to the person (UPP-008), and the person's answer as a row of its own kind."""

    __tablename__ = "offer"
    __table_args__ = (
        to("case_file", "org_id", "case_id"),
        one_of("answer", "offered", "accepted", "declined"),
        one_of("channel", *CHANNELS),
        sa.Index(None, "org_id", "case_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    case_id: UUID
    answer: str = Text()
    occurred_on: date
    channel: str = Text()
    note_sealed: bytes | None = OptionalSealed()
    recorded_by: UUID
    recorded_at: datetime = Instant()


class Contact(Stored, table=True):
    """A contact with another organisation about a case: the first one, an attempt, or a question about a
    time.

    An unnamed contact says nothing of the person and needs no consent.
    """

    __tablename__ = "contact"
    __table_args__ = (
        to("case_file", "org_id", "case_id"),
        one_of("about", "need", "time", "summons", "other"),
        one_of("channel", *CHANNELS),
        sa.Index(None, "org_id", "case_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    case_id: UUID
    meeting_id: UUID | None = None
    with_org: UUID
    about: str = Text()
    occurred_at: datetime = Instant()
    channel: str = Text()
    answered: bool
    names_the_person: bool
    note_sealed: bytes | None = OptionalSealed()
    corrects: UUID | None = None
    recorded_by: UUID
    recorded_at: datetime = Instant()


class Closure(Stored, table=True):
    """The case ends, with a reason from the code list. Nothing blocks it."""

    __tablename__ = "closure"
    __table_args__ = (
        to("case_file", "org_id", "case_id"),
        one_of(
            "reason",
            "no_longer_needed",
            "goal_reached",
            "declined",
            "consent_withdrawn",
            "moved",
            "deceased",
            "misregistered",
        ),
        sa.UniqueConstraint("org_id", "case_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    case_id: UUID
    reason: str = Text()
    note_sealed: bytes | None = OptionalSealed()
    recorded_by: UUID
    recorded_at: datetime = Instant()

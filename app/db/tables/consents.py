"""Consent: what the individual said, whom it covers, who has documented it, its extensions and its end.

Everything here is append-only. A new consent is a new row and revives nothing; an extension is a row on the
same
consent, so that what was shown under it stays shown.
"""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from app.db.tables.base import (
    SCHEMA,
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

MANNERS = ("written", "oral", "digital")


class Consent(Stored, table=True):
    """The individual's word on consent of one kind: given or refused, by whom, how, to whom it was said,
    and after what information.
    """

    __tablename__ = "consent"
    __table_args__ = (
        to("case_file", "org_id", "case_id"),
        one_of("kind", "call", "information_exchange"),
        one_of("answer", "given", "refused"),
        one_of("given_by", "individual", "guardian", "representative"),
        one_of("capacity", "adult", "minor_mature", "minor_with_guardian", "represented"),
        one_of("manner", *MANNERS),
        some_of(
            "informed_of",
            "the_meeting",
            "purpose",
            "participants",
            "what_is_shared",
            "excluded_topics",
            "withdrawal",
        ),
        one_of("secrecy_ground", "consent", "consent_private_care"),
        one_of("legal_basis", "public_task", "legal_obligation"),
        sa.Index(None, "org_id", "case_id"),
        sa.Index(None, "id"),  # whoever it covers knows its id, not whose it is
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    case_id: UUID
    kind: str = Text()
    answer: str = Text()
    given_by: str = Text()
    capacity: str = Text()
    manner: str = Text()
    said_at: datetime = Instant()
    informed_at: datetime | None = OptionalInstant()
    informed_of: list[str] = Texts()
    information_adapted: bool
    adaptation_sealed: bytes | None = OptionalSealed()
    participation_support_sealed: bytes | None = OptionalSealed()
    taken_by: UUID
    taker_name: str = Text()
    taker_function: str = Text()
    excluded_topics_sealed: bytes | None = OptionalSealed()
    secrecy_ground: str = Text()
    legal_basis: str = Text()
    ends_on: date | None = None
    ends_at: datetime | None = OptionalInstant()
    recorded_by: UUID
    recorded_at: datetime = Instant()


class ConsentCoverage(Stored, table=True):
    """One organisation the consent covers; `extension_id` where it was added later."""

    __tablename__ = "consent_coverage"
    __table_args__ = (
        to("consent", "org_id", "consent_id"),
        sa.Index(None, "covered_org", "consent_id"),
        sa.Index(None, "org_id", "case_id"),
    )

    org_id: UUID = Field(primary_key=True)
    consent_id: UUID = Field(primary_key=True)
    covered_org: UUID = Field(primary_key=True)
    case_id: UUID
    extension_id: UUID | None = None


class ConsentPerson(Stored, table=True):
    """One person outside the parties whom the individual agreed to have present: a relative, an employer,
    another.
    """

    __tablename__ = "consent_person"
    __table_args__ = (
        to("consent", "org_id", "consent_id"),
        one_of("relation", "close_person", "employer", "representative", "other"),
        sa.Index(None, "org_id", "case_id"),
        sa.Index(None, "org_id", "consent_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    consent_id: UUID
    case_id: UUID
    relation: str = Text()
    name_sealed: bytes = Sealed()
    extension_id: UUID | None = None


class ConsentExtension(Stored, table=True):
    """A longer end or more organisations, on the same consent, said anew by the individual.

    Its end counts only where `changes_end`; then no end means that the consent goes on until it is withdrawn.
    """

    __tablename__ = "consent_extension"
    __table_args__ = (
        to("consent", "org_id", "consent_id"),
        one_of("manner", *MANNERS),
        holds("end", "changes_end or (ends_on is null and ends_at is null)"),
        sa.Index(None, "org_id", "consent_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    consent_id: UUID
    case_id: UUID
    said_at: datetime = Instant()
    manner: str = Text()
    changes_end: bool
    ends_on: date | None = None
    ends_at: datetime | None = OptionalInstant()
    recorded_by: UUID
    recorded_at: datetime = Instant()


class ConsentDocumentation(Stored, table=True):
    """One organisation has documented the consent by its own routine (UPP-020). Only it can say so."""

    __tablename__ = "consent_documentation"
    __table_args__ = (
        sa.Index(None, "consent_org", "case_id"),
        sa.UniqueConstraint("org_id", "consent_org", "consent_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    consent_org: UUID
    consent_id: UUID
    case_id: UUID
    documented_on: date
    own_reference: str | None = OptionalText()
    recorded_by: UUID
    recorded_at: datetime = Instant()


class ConsentWithdrawal(Stored, table=True):
    """The individual takes consent back, whole or for one organisation. Recorded by any covered
    organisation; no reason is asked.
    """

    __tablename__ = "consent_withdrawal"
    __table_args__ = (
        one_of("kind", "withdrawn", "entered_in_error"),
        one_of("manner", *MANNERS),
        holds("error", "kind = 'withdrawn' or covered_org is null"),
        sa.Index(None, "consent_org", "consent_id"),
        sa.Index(None, "consent_org", "case_id"),
        sa.Index(None, "recorded_at"),
        sa.Index(None, "id"),  # as with the consent
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    consent_org: UUID
    consent_id: UUID
    case_id: UUID
    kind: str = Text()
    covered_org: UUID | None = None
    said_at: datetime = Instant()
    manner: str = Text()
    recorded_by: UUID
    recorded_at: datetime = Instant()


class Disclosure(Stored, table=True):
    """An act has shown one item to one organisation, under one consent. This row is the document of it.

    `without_letter` where no summons in the case has been issued to the organisation: then no unit of its is
    addressed, and it is every unit's concern.
    """

    __tablename__ = "disclosure"
    __table_args__ = (
        to("consent", "org_id", "consent_id"),
        one_of("kind", "summons", "notice", "meeting", "draft", "plan"),
        sa.CheckConstraint("recipient_org <> org_id", name="to_another"),
        sa.UniqueConstraint("org_id", "kind", "item_id", "recipient_org", "consent_id"),
        sa.ForeignKeyConstraint(["recipient_org"], [f"{SCHEMA}.organisation.id"]),
        sa.Index(None, "recipient_org", "kind", "item_id"),
        sa.Index(None, "recipient_org", "kind", "org_id", "item_id"),
        sa.Index(None, "org_id", "case_id", "recipient_org"),
        sa.Index(None, "recipient_org", postgresql_where=sa.text("without_letter")),
        sa.Index(None, "org_id", "consent_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    recipient_org: UUID
    kind: str = Text()
    item_id: UUID
    case_id: UUID
    consent_id: UUID
    without_letter: bool = False
    recorded_by: UUID
    recorded_at: datetime = Instant()

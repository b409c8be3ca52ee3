"""The summons (kallelse) and what it leads to: a letter per recipient, the receiver's own copy, replies,
recalls, notices.
"""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from app.db.tables.base import (
    SCHEMA,
    Instant,
    OptionalInstant,
    OptionalSealed,
    Sealed,
    Stored,
    Text,
    Texts,
    one_of,
    to,
)
from app.db.tables.cases import CHANNELS


class Summons(Stored, table=True):
    """One recipient's letter, as issued by the initiator, with the time of the meeting it speaks of.

    `explained` has the ids of the rules for which a reason was given when it was issued.
    """

    __tablename__ = "summons"
    __table_args__ = (
        to("meeting", "org_id", "meeting_id"),
        to("invitee", "org_id", "invitee_id"),
        sa.ForeignKeyConstraint(
            ["recipient_org", "recipient_unit"], [f"{SCHEMA}.unit.org_id", f"{SCHEMA}.unit.id"]
        ),
        one_of("channel", *CHANNELS),
        sa.CheckConstraint("recipient_org <> org_id", name="to_another"),
        sa.Index(None, "org_id", "case_id"),
        sa.Index(None, "org_id", "meeting_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    meeting_id: UUID
    case_id: UUID
    individual_id: UUID
    invitee_id: UUID
    recipient_org: UUID
    recipient_unit: UUID | None = None
    consent_id: UUID
    channel: str = Text()
    meeting_starts_at: datetime = Instant()
    explained: list[str] = Texts()
    letter_sealed: bytes = Sealed()
    recorded_by: UUID
    recorded_at: datetime = Instant()


class SummonsRecall(Stored, table=True):
    """A summons taken back: sent wrong (with an incident note), or because the meeting was cancelled."""

    __tablename__ = "summons_recall"
    __table_args__ = (
        to("summons", "org_id", "summons_id"),
        one_of("cause", "sent_wrong", "cancelled", "rescheduled", "other"),
        sa.UniqueConstraint("org_id", "summons_id"),
        sa.Index(None, "org_id", "case_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    summons_id: UUID
    case_id: UUID
    cause: str = Text()
    incident_note_sealed: bytes | None = OptionalSealed()
    recorded_by: UUID
    recorded_at: datetime = Instant()


class Invitation(Stored, table=True):
    """A letter to somebody outside the parties (inbjudan). Gives no access to anything."""

    __tablename__ = "invitation"
    __table_args__ = (
        to("meeting", "org_id", "meeting_id"),
        to("invitee", "org_id", "invitee_id"),
        one_of("channel", *CHANNELS),
        sa.Index(None, "org_id", "case_id"),
        sa.Index(None, "org_id", "meeting_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    meeting_id: UUID
    case_id: UUID
    individual_id: UUID
    invitee_id: UUID
    channel: str = Text()
    letter_sealed: bytes = Sealed()
    recorded_by: UUID
    recorded_at: datetime = Instant()


class ReceivedCopy(Stored, table=True):
    """What an act of another organisation has given this one: a letter, a notice, a plan version. Its own
    incoming document.

    Written by the delivering gate only; immutable. `id` is the id of the item it is a copy of.
    """

    __tablename__ = "received_copy"
    __table_args__ = (
        to("individual", "org_id", "individual_id"),
        one_of("kind", "summons", "notice", "plan"),
        sa.UniqueConstraint("org_id", "reference_number"),
        sa.Index(None, "org_id", "kind", "unit_id", "id"),
        sa.Index(None, "org_id", "from_org", "case_id"),
        sa.Index(None, "org_id", "individual_id"),
        sa.Index(None, "org_id", "meeting_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    kind: str = Text()
    from_org: UUID
    case_id: UUID
    meeting_id: UUID
    about_id: UUID | None = None
    disclosure_id: UUID
    unit_id: UUID | None = None
    individual_id: UUID
    reference_number: int
    channel: str = Text()
    meeting_starts_at: datetime | None = OptionalInstant()
    payload_sealed: bytes = Sealed()
    recorded_at: datetime = Instant()


class ReferenceCounter(Stored, table=True):
    """The last number an organisation has given to a received copy. Kept by the delivering gate."""

    __tablename__ = "reference_counter"

    org_id: UUID = Field(primary_key=True)
    last: int


class SummonsReply(Stored, table=True):
    """The recipient's word on a summons it has a copy of: received, a question, yes, no, or another time."""

    __tablename__ = "summons_reply"
    __table_args__ = (
        one_of("reply", "acknowledged", "queried", "accepted", "declined", "new_time_proposed"),
        one_of("channel", *CHANNELS),
        sa.Index(None, "item_org", "case_id"),
        sa.Index(None, "item_org", "item_id"),
        sa.Index(None, "org_id", "item_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    item_org: UUID
    item_id: UUID
    case_id: UUID
    speaker_org: UUID
    reply: str = Text()
    text_sealed: bytes | None = OptionalSealed()
    proposed_starts_at: datetime | None = OptionalInstant()
    link_email_sealed: bytes | None = OptionalSealed()
    said_at: datetime = Instant()
    channel: str = Text()
    speaker_name_sealed: bytes | None = OptionalSealed()
    corrects: UUID | None = None
    recorded_by: UUID
    recorded_at: datetime = Instant()


class QueryAnswer(Stored, table=True):
    """The sender's answer to a recipient's question (UPP-044)."""

    __tablename__ = "query_answer"
    __table_args__ = (
        to("summons", "org_id", "summons_id"),
        sa.Index(None, "org_id", "case_id"),
        sa.Index(None, "org_id", "summons_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    summons_id: UUID
    case_id: UUID
    recipient_org: UUID
    text_sealed: bytes = Sealed()
    recorded_by: UUID
    recorded_at: datetime = Instant()


class SummonsAssignment(Stored, table=True):
    """The receiving unit gives a summons to one of its officers. The latest row counts."""

    __tablename__ = "summons_assignment"
    __table_args__ = (
        to("received_copy", "org_id", "summons_id"),
        to("officer", "org_id", "officer_id"),
        sa.Index(None, "org_id", "summons_id"),
        sa.Index(None, "org_id", "officer_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    summons_id: UUID
    officer_id: UUID
    recorded_by: UUID
    recorded_at: datetime = Instant()


class Preparedness(Stored, table=True):
    """A called organisation says it has prepared for the meeting (UPP-029), on its own copy of the
    summons.
    """

    __tablename__ = "preparedness"
    __table_args__ = (
        sa.Index(None, "item_org", "case_id"),
        sa.Index(None, "item_org", "item_id"),
        sa.Index(None, "org_id", "item_id"),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    item_org: UUID
    item_id: UUID
    case_id: UUID
    said_at: datetime = Instant()
    note_sealed: bytes | None = OptionalSealed()
    recorded_by: UUID
    recorded_at: datetime = Instant()

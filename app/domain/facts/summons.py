"""The summons of one recipient, and what has been said about it (UPP-034, UPP-043, UPP-044)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.domain.codes import Channel, ReplyKind
from app.domain.facts.basics import NotYet, Unknown, Word


@dataclass(frozen=True)
class Reply:
    """The recipient's word on its summons, and whether it gave an address for the link (UPP-101)."""

    word: Word
    kind: ReplyKind
    link_address_given: bool


@dataclass(frozen=True)
class Summons:
    """One recipient's summons, and the time of the meeting it speaks of.

    `officer_id` is to whom the receiving unit has given it, unknown where to nobody or to one who has left.
    `explained` has the ids of the rules for which a reason was given when it was issued.
    """

    id: UUID
    invitee_id: UUID
    organisation_id: UUID
    unit_id: UUID | Unknown
    officer_id: UUID | Unknown
    officer_has_left: bool
    channel: Channel
    issued_at: datetime | NotYet
    meeting_starts_at: datetime
    explained: tuple[str, ...]
    replies: tuple[Reply, ...]
    answered_at: tuple[datetime, ...]
    prepared_at: datetime | NotYet
    recalled_at: datetime | NotYet

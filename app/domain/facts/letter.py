"""The letter of a summons about to be issued:
what it says, as it will be read (UPP-047 to UPP-051, UPP-087 to UPP-105).

The only facts with texts in them, since the letter's rules are about its texts.
An empty text is a missing one.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.domain.codes import Answer, Channel
from app.domain.facts.basics import NotYet, Unknown


@dataclass(frozen=True)
class NoIdentityNumber:
    """The letter says that no personal identity number exists (UPP-087)."""


@dataclass(frozen=True)
class LetterPerson:
    """The individual as the letter names them."""

    name: str
    identity_number: str | NoIdentityNumber | Unknown


@dataclass(frozen=True)
class Recipient:
    """To whom the letter goes: one invitee of the meeting, of several an organisation may have there.

    `function_is_equivalent` where the agreement allows "eller motsvarande"; `for_coordinator` where it has
    letters go to the rehabilitation coordinator (UPP-086).
    """

    invitee_id: UUID
    organisation_id: UUID
    unit_id: UUID | Unknown
    unit_is_required: bool
    function: str
    function_is_equivalent: bool
    for_coordinator: bool
    address_lines: tuple[str, ...]
    asks_for_channel: Channel | Unknown


@dataclass(frozen=True)
class Convener:
    """Who calls, and how to reach them."""

    organisation_id: UUID
    officer_id: UUID
    name: str
    title: str
    unit: str
    organisation: str
    postal_address: str
    email: str
    telephone: str


@dataclass(frozen=True)
class LetterInvitee:
    """Somebody the letter lists; a private person needs no organisation."""

    name: str
    function: str
    organisation: str
    is_private_person: bool


@dataclass(frozen=True)
class EmployerAnswer:
    """Is there an employer, and if so is the employer called (UPP-104)?"""

    exists: Answer
    called: Answer


@dataclass(frozen=True)
class Letter:
    """One recipient's letter."""

    recipient: Recipient
    channel: Channel
    starts_at: datetime | NotYet
    place: str
    purpose: str
    current_situation: str
    reason_for_recipient: str
    convener: Convener
    invitees: tuple[LetterInvitee, ...]
    person: LetterPerson
    employer: EmployerAnswer

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """The free texts of the letter, each with its place in it."""
        return (
            ("place", self.place),
            ("purpose", self.purpose),
            ("currentSituation", self.current_situation),
            ("reason", self.reason_for_recipient),
        )

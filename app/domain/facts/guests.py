"""Steps that bring persons outside the organisations to a meeting: inviting them, and holding it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.domain.calendar import stockholm_day
from app.domain.codes import Answer, ConsentKind, OutsiderKind
from app.domain.facts.basics import Unknown
from app.domain.facts.meeting import (
    IndividualAttendance,
    InvitedOutsider,
    Invitee,
    OrganisationPresent,
    OutsiderPresent,
)
from app.domain.facts.picture import MeetingAtHand


@dataclass(frozen=True)
class Guest:
    """A person outside the organisations, its place in the request, and whether the individual agreed."""

    pointer: str
    who: InvitedOutsider
    agreed_with_individual: bool


@dataclass(frozen=True)
class GuestsAtHand(MeetingAtHand):
    """A step that brings persons outside the organisations to a meeting."""

    @property
    def guests(self) -> tuple[Guest, ...]:
        """Those persons."""
        return ()

    @property
    def moment(self) -> datetime:
        """When the consent to their coming must have been live."""
        return self.case.now

    @property
    def guests_rest_on(self) -> tuple[ConsentKind, ...]:
        """The kinds of consent that may name them."""
        return (ConsentKind.INFORMATION_EXCHANGE,)


@dataclass(frozen=True)
class InvitationAtHand(GuestsAtHand):
    """Persons outside the organisations are invited."""

    invited: tuple[Invitee, ...]

    @property
    def addressees(self) -> tuple[tuple[str, Invitee | Unknown], ...]:
        """The persons invited."""
        return tuple((f"/invitees/{place}", one) for place, one in enumerate(self.invited))

    @property
    def guests(self) -> tuple[Guest, ...]:
        """The persons invited."""
        return tuple(_guest(f"/invitees/{place}", one) for place, one in enumerate(self.invited))

    @property
    def guests_rest_on(self) -> tuple[ConsentKind, ...]:
        """Before the meeting, consent to the call may name them as well."""
        return (ConsentKind.CALL, ConsentKind.INFORMATION_EXCHANGE)


@dataclass(frozen=True)
class MeetingHeld(GuestsAtHand):
    """The meeting is opened now, or recorded as held before: who was there, and when that was."""

    held_at: datetime
    individual: IndividualAttendance
    organisations: tuple[OrganisationPresent, ...]
    outsiders: tuple[OutsiderPresent, ...]

    @property
    def organisations_present(self) -> tuple[tuple[str, UUID], ...]:
        """The organisations that take part, each with its place in the list of attendees."""
        placed = enumerate(self.organisations)
        return tuple(
            (f"/organisations/{place}", one.organisation_id)
            for place, one in placed
            if one.attendance.took_part
        )

    @property
    def guests(self) -> tuple[Guest, ...]:
        """The persons outside the organisations who take part; whoever was never invited is a stranger."""
        invited = {one.id: one for one in self.meeting.invitees}
        there = ((place, one) for place, one in enumerate(self.outsiders) if one.attendance.took_part)
        return tuple(
            _guest(f"/outsiders/{place}", invited.get(one.invitee_id, Unknown())) for place, one in there
        )

    @property
    def moment(self) -> datetime:
        """When the meeting was held."""
        return self.held_at

    @property
    def day(self) -> date:
        """The day the meeting was held."""
        return stockholm_day(self.held_at)

    def concerns(self, organisation_id: UUID) -> bool:
        """Whether the organisation takes part."""
        return any(present == organisation_id for _, present in self.organisations_present)


def _guest(pointer: str, invitee: Invitee | Unknown) -> Guest:
    """An invitee as a guest; somebody of whom nothing is known has been agreed upon with nobody."""
    if isinstance(invitee, Unknown):
        return Guest(pointer, InvitedOutsider(OutsiderKind.OTHER, Unknown(), Answer.NOT_ASKED), False)
    if isinstance(invitee.who, InvitedOutsider):
        return Guest(pointer, invitee.who, invitee.agreed_with_individual)
    raise TypeError("an organisation is summoned, not invited as a guest")

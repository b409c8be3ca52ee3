"""Roller: who initiates, chairs, writes and is there (UPP-010, UPP-023, UPP-052, UPP-053, UPP-122)."""

from collections.abc import Iterator

from app.domain.facts.basics import NotYet
from app.domain.facts.case import NoParty
from app.domain.facts.guests import MeetingHeld
from app.domain.facts.picture import MeetingAtHand
from app.domain.rule import Breach, Fault, NoParameters, Words, rule
from app.domain.step import Step

INITIATOR_NOT_PARTY = Fault(
    "INITIATOR_NOT_PARTY",
    Words(
        "Organisationen hör inte till någon part i överenskommelsen.",
        "The organisation belongs to no party of the agreement.",
    ),
    Words("Låt en av parterna initiera mötet.", "Let one of the parties initiate the meeting."),
)


@rule("ROL-1", at={Step.START_MEETING})
def the_initiator_belongs_to_a_party(started: MeetingAtHand, _: NoParameters) -> Iterator[Breach]:
    """Every party may initiate a meeting and call to it (UPP-010, UPP-122).

    Kept: the initiator's organisation belongs to a party. Broken: it belongs to none.
    """
    if isinstance(started.case.party_of(started.meeting.holder), NoParty):
        yield INITIATOR_NOT_PARTY.at("/initiator", started.initiator)


CHAIR_NOT_INITIATOR = Fault(
    "CHAIR_NOT_INITIATOR",
    Words(
        "Den som öppnar mötet är inte dess ordförande: den som initierade det.",
        "Whoever opens the meeting is not its chair: the one who initiated it.",
    ),
    Words(
        "Låt initiativtagaren öppna mötet, eller lämna över ordförandeskapet med skäl.",
        "Let the initiator open the meeting, or transfer the chair with a reason.",
    ),
)


@rule("ROL-2", at={Step.OPEN_MEETING})
def the_initiator_chairs(held: MeetingHeld, _: NoParameters) -> Iterator[Breach]:
    """Whoever initiates the meeting has the overall responsibility and chairs it (UPP-052).

    Kept: the initiator opens it, or whoever the chair was transferred to with a reason.
    Broken: somebody else does.
    """
    acting = held.case.acting
    chair = (held.meeting.holder, held.meeting.chair_officer_id)
    if (acting.organisation_id, acting.officer_id) != chair:
        yield CHAIR_NOT_INITIATOR.at("/chair", held.initiator)


DOCUMENTER_MISSING = Fault(
    "DOCUMENTER_MISSING",
    Words("Ingen är utsedd att dokumentera planen.", "Nobody has been appointed to write the plan."),
    Words("Utse vid mötet vem som dokumenterar.", "Appoint at the meeting who writes."),
)


@rule("ROL-3", at={Step.WRITE_DRAFT, Step.PROPOSE_PLAN})
def someone_is_appointed_to_write_the_plan(written: MeetingAtHand, _: NoParameters) -> Iterator[Breach]:
    """At the meeting it is decided who writes the plan (UPP-053).

    Kept: a recorder is appointed. Broken: none is.
    """
    if isinstance(written.meeting.recorder, NotYet):
        yield DOCUMENTER_MISSING.at("/recorder", written.initiator)


INDIVIDUAL_ABSENT = Fault(
    "INDIVIDUAL_ABSENT",
    Words("Individen deltar inte i mötet.", "The individual does not take part in the meeting."),
    Words(
        "Boka om mötet, ge individen möjlighet att delta, till exempel digitalt, eller ange skäl.",
        "Rebook the meeting, make it possible for the individual to take part, remotely for instance, "
        "or give a reason.",
    ),
)


@rule("ROL-4", at={Step.OPEN_MEETING, Step.RECORD_MEETING})
def the_individual_is_present(held: MeetingHeld, _: NoParameters) -> Iterator[Breach]:
    """The starting point is that the individual takes an active part (UPP-023).

    Kept: present, remote, or represented. Broken: absent.
    """
    if not held.individual.attendance.took_part:
        yield INDIVIDUAL_ABSENT.at("/individual", held.initiator)

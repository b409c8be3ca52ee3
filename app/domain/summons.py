"""Kallelse: who calls whom, by which channel, and what is answered (UPP-034 to UPP-051, UPP-086, UPP-101)."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from app.domain.agreement import Agreement
from app.domain.calendar import stockholm_day
from app.domain.codes import MeetingMode, ReplyKind, SubjectKind, SummonsStatus
from app.domain.facts.at_hand import ReplyAtHand, SummonsAtHand
from app.domain.facts.basics import NotYet, TheOrganisation, Unknown
from app.domain.facts.case import Subject
from app.domain.facts.meeting import Meeting
from app.domain.facts.picture import Picture
from app.domain.facts.summons import Reply, Summons
from app.domain.rule import Breach, Days, Deadline, Fault, NoParameters, Words, rule
from app.domain.states import is_ahead, standing_reply, summons_status
from app.domain.step import Step

CALLER_NOT_INITIATOR = Fault(
    "CALLER_NOT_INITIATOR",
    Words(
        "Den som kallar är inte den som initierat mötet.",
        "Whoever calls is not the one who initiated the meeting.",
    ),
    Words(
        "Låt initiativtagaren kalla, eller lämna över ordförandeskapet med skäl.",
        "Let the initiator call, or transfer the chair with a reason.",
    ),
)


@rule("KAL-1", at={Step.ISSUE_SUMMONS})
def the_initiator_calls(called: SummonsAtHand, _: NoParameters) -> Iterator[Breach]:
    """Whoever initiates the meeting calls those concerned (UPP-034).

    Kept: the initiator's organisation issues the letters, and each names the initiator, or whoever the chair
    was transferred to, as convener. Broken: another organisation issues them, or one names somebody else.
    """
    callers = (called.meeting.initiator.officer_id, called.meeting.chair_officer_id)
    if called.case.acting.organisation_id != called.meeting.holder:
        yield CALLER_NOT_INITIATOR.at("", called.initiator)
    for place, letter in enumerate(called.letters):
        convener = letter.convener
        if convener.organisation_id != called.meeting.holder or convener.officer_id not in callers:
            yield CALLER_NOT_INITIATOR.at(f"/letters/{place}/convener", called.initiator)


@dataclass(frozen=True)
class Channels:
    """The channels a summons may go by, by their codes."""

    channels: tuple[str, ...]


CHANNEL_NOT_LETTER = Fault(
    "CHANNEL_NOT_LETTER",
    Words(
        "Kallelsen går inte via den kanal som parterna har kommit överens om.",
        "The summons does not go by the channel the parties have agreed on.",
    ),
    Words(
        "Skicka kallelsen som brev, eller via den kanal som mottagaren själv har bett om.",
        "Send the summons as a letter, or by the channel the recipient has asked for.",
    ),
)


@rule("KAL-2", at={Step.ISSUE_SUMMONS})
def the_call_goes_by_the_agreed_channel(called: SummonsAtHand, agreed: Channels) -> Iterator[Breach]:
    """The call goes by letter, following the template (UPP-034).

    Kept: by an agreed channel, or the one the receiving unit asks for. Broken: by another.
    """
    for place, letter in enumerate(called.letters):
        asked_for = letter.recipient.asks_for_channel == letter.channel
        if letter.channel.value not in agreed.channels and not asked_for:
            yield CHANNEL_NOT_LETTER.at(f"/letters/{place}/channel", called.initiator)


@dataclass(frozen=True)
class PartyFunctions:
    """A party, and the functions a letter to it is addressed to, by their codes or their names."""

    party: str
    functions: tuple[str, ...]


REGION_FUNCTION = Fault(
    "REGION_FUNCTION",
    Words(
        "Kallelsen till regionen är inte ställd till rehabiliteringskoordinator eller motsvarande.",
        "The summons to the region is not addressed to a rehabilitation coordinator or equivalent.",
    ),
    Words(
        "Ställ kallelsen till rehabiliteringskoordinatorn, eller ange att funktionen är motsvarande.",
        "Address it to the rehabilitation coordinator, or state that the function is equivalent.",
    ),
)


@rule("KAL-12", at={Step.ISSUE_SUMMONS})
def the_regions_coordinator_is_addressed(called: SummonsAtHand, agreed: PartyFunctions) -> Iterator[Breach]:
    """Within the region the summons goes to the rehabilitation coordinator or equivalent (UPP-086).

    Kept: addressed to that function or one marked as equivalent, or to another party.
    Broken: to another function.
    """
    functions = {one.casefold() for one in agreed.functions}
    for place, letter in enumerate(called.letters):
        to = letter.recipient
        fits = to.function.strip().casefold() in functions or to.function_is_equivalent
        if called.case.is_of(to.organisation_id, agreed.party) and not fits:
            yield REGION_FUNCTION.at(f"/letters/{place}/recipient/function", called.initiator)


def is_for_the_coordinator(organisation_id: UUID, agreement: Agreement) -> bool:
    """Whether the agreement has letters to the organisation go to the rehabilitation coordinator."""
    agreed = (one.parameters for one in agreement.callings(the_regions_coordinator_is_addressed.id))
    parties = {one.party for one in agreed if isinstance(one, PartyFunctions)}
    return any(one.code in parties and organisation_id in one.organisation_ids for one in agreement.parties)


ADDRESS_UNIT_REQUIRED = Fault(
    "ADDRESS_UNIT_REQUIRED",
    Words(
        "Mottagaren har flera enheter med olika adresser; ange vilken.",
        "The recipient has several units with different addresses; say which.",
    ),
    Words("Välj den enhet som ska kallas.", "Choose the unit to be called."),
)
ADDRESS_MISSING = Fault(
    "ADDRESS_MISSING",
    Words("Mottagarens adress saknas.", "The recipient's address is missing."),
    Words(
        "Ange vilken enhet som kallas, och enhetens adress; vårdgivare söks på 1177.se/uppsala-lan.",
        "Say which unit is called, and give it an address; care givers are looked up at 1177.se/uppsala-lan.",
    ),
)


@rule("KAL-13", at={Step.ISSUE_SUMMONS})
def every_recipient_has_an_address(called: SummonsAtHand, _: NoParameters) -> Iterator[Breach]:
    """Each letter goes to the address of the routine, or of the care giver concerned (UPP-037, UPP-041).

    Kept: the unit is named where the organisation has several, and the address is there.
    Broken: either is missing.
    """
    for place, letter in enumerate(called.letters):
        to = letter.recipient
        if to.unit_is_required and isinstance(to.unit_id, Unknown):
            yield ADDRESS_UNIT_REQUIRED.at(f"/letters/{place}/recipient/unit", called.initiator)
        elif not any(line.strip() for line in to.address_lines):
            yield ADDRESS_MISSING.at(f"/letters/{place}/recipient/address", called.initiator)


CONFIRM_INVITATION = Fault(
    "CONFIRM_INVITATION",
    Words("Kallelsen är inte bekräftad (senast {due}).", "The summons has not been acknowledged (by {due})."),
    Words(
        "Bekräfta kallelsen, tacka nej eller föreslå en annan tid.",
        "Acknowledge the summons, decline it, or propose another time.",
    ),
)


def _waiting(picture: Picture) -> Iterator[tuple[Meeting, Summons]]:
    """The summonses in force to meetings that are still ahead."""
    for meeting in filter(is_ahead, picture.meetings):
        for summons in meeting.summonses_in_force:
            yield meeting, summons


@rule("KAL-15", at={Step.TICK})
def the_recipient_confirms(picture: Picture, agreed: Days) -> Iterator[Breach]:
    """Whoever receives a summons confirms it (UPP-043).

    Kept: acknowledged, accepted, declined, or another time proposed.
    Broken: none of these, and the days have passed.
    """
    for meeting, summons in _waiting(picture):
        unheard = summons_status(meeting, summons) in (SummonsStatus.ISSUED, SummonsStatus.QUERIED)
        if unheard and not isinstance(summons.issued_at, NotYet):
            yield CONFIRM_INVITATION.owed(
                Subject(SubjectKind.SUMMONS, summons.id),
                TheOrganisation(summons.organisation_id),
                Deadline.within(agreed.days, after=stockholm_day(summons.issued_at)),
            )


ANSWER_QUERY = Fault(
    "ANSWER_QUERY",
    Words(
        "En mottagare har en fråga om kallelsen (svara senast {due}).",
        "A recipient has a question about the summons (answer by {due}).",
    ),
    Words("Svara på frågan.", "Answer the question."),
)


@rule("KAL-16", at={Step.TICK})
def the_sender_answers_a_query(picture: Picture, agreed: Days) -> Iterator[Breach]:
    """When something is unclear the recipient turns to the sender (UPP-044).

    Kept: no question is open. Broken: one is, and the agreed days have passed.
    """
    for meeting, summons in _waiting(picture):
        reply = standing_reply(meeting, summons)
        if isinstance(reply, Reply) and reply.kind is ReplyKind.QUERIED:
            yield ANSWER_QUERY.owed(
                Subject(SubjectKind.SUMMONS, summons.id),
                TheOrganisation(meeting.holder),
                Deadline.within(agreed.days, after=stockholm_day(reply.word.said_at)),
            )


NEW_TIME_PROPOSED = Fault(
    "NEW_TIME_PROPOSED",
    Words(
        "En mottagare har föreslagit en annan tid (ta ställning senast {due}).",
        "A recipient has proposed another time (take a position by {due}).",
    ),
    Words(
        "Boka om mötet, eller svara att tiden ligger fast.",
        "Move the meeting, or answer that the time stands.",
    ),
)


@rule("KAL-19", at={Step.TICK})
def a_proposed_time_is_answered(picture: Picture, agreed: Days) -> Iterator[Breach]:
    """If the time does not suit, the recipient is in touch with the caller as soon as possible (UPP-051).

    Kept: no other time is proposed, or the meeting has been moved since.
    Broken: one is, and the days have passed.
    """
    for meeting, summons in _waiting(picture):
        reply = standing_reply(meeting, summons)
        if isinstance(reply, Reply) and reply.kind is ReplyKind.NEW_TIME_PROPOSED:
            yield NEW_TIME_PROPOSED.owed(
                Subject(SubjectKind.SUMMONS, summons.id),
                TheOrganisation(meeting.holder),
                Deadline.within(agreed.days, after=stockholm_day(reply.word.said_at)),
            )


LINK_EMAIL_MISSING = Fault(
    "LINK_EMAIL_MISSING",
    Words(
        "Mötet är digitalt men ingen adress för länken är angiven.",
        "The meeting is remote, but no address for the link is given.",
    ),
    Words("Meddela en e-postadress för länken.", "Give an e-mail address for the link."),
)


@rule("KAL-17", at={Step.REPLY_TO_SUMMONS})
def a_remote_guest_gives_an_address_for_the_link(said: ReplyAtHand, _: NoParameters) -> Iterator[Breach]:
    """For a remote meeting the recipient says where the link is to be sent (UPP-101).

    Kept: an address is given, the meeting is on site, or the recipient does not say that it comes.
    Broken: it acknowledges or accepts without one.
    """
    remote = said.meeting.mode in (MeetingMode.REMOTE, MeetingMode.HYBRID)
    comes = said.reply.kind in (ReplyKind.ACKNOWLEDGED, ReplyKind.ACCEPTED)
    if remote and comes and not said.reply.link_address_given:
        yield LINK_EMAIL_MISSING.at("/linkEmail", TheOrganisation(said.summons.organisation_id))

"""Behov: the need is assessed with the individual, and leads to a meeting (UPP-004, UPP-008 to UPP-014)."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.calendar import stockholm_day
from app.domain.codes import NeedArea, OfferAnswer, OtherPlan, SubjectKind
from app.domain.facts.at_hand import AssessmentAtHand, ContactAtHand, SummonsAtHand
from app.domain.facts.basics import NotYet
from app.domain.facts.case import Case, Subject
from app.domain.facts.meeting import FirstMeeting
from app.domain.facts.picture import MeetingAtHand, Picture
from app.domain.rule import Breach, Days, Deadline, Fault, NoParameters, Words, rule
from app.domain.step import Step

NEED_NOT_ASSESSED = Fault(
    "NEED_NOT_ASSESSED",
    Words("Behovet av flerpartssamverkan är inte bedömt.", "The need of coordination has not been assessed."),
    Words("Gör en behovsbedömning i ärendet.", "Assess the need in the case."),
)


@rule("BEH-1", at={Step.START_MEETING, Step.ISSUE_SUMMONS})
def the_need_has_been_assessed(picture: Picture, _: NoParameters) -> Iterator[Breach]:
    """In each individual case the need is assessed before anybody is called (UPP-011).

    Kept: an assessment is recorded. Broken: none is.
    """
    if isinstance(picture.case.latest_assessment, NotYet):
        yield NEED_NOT_ASSESSED.at("", picture.holder)


TARGET_GROUP_NEED = Fault(
    "TARGET_GROUP_NEED",
    Words(
        "Den senaste bedömningen fann inget behov av flerpartssamverkan.",
        "The latest assessment found no need of coordination.",
    ),
    Words(
        "Gör en ny bedömning om behovet har ändrats.",
        "Assess the need again if it has changed.",
    ),
)


@rule("BEH-2", at={Step.START_MEETING, Step.OFFER_MEETING})
def a_need_was_found(picture: Picture, _: NoParameters) -> Iterator[Breach]:
    """A meeting is for whoever needs it (UPP-010, UPP-118).

    Kept: the latest assessment found a need. Broken: it found none, or there is no assessment.
    """
    if isinstance(picture.case.latest_assessment, NotYet):
        yield NEED_NOT_ASSESSED.at("", picture.holder)
    elif isinstance(picture.case.need, NotYet):
        yield TARGET_GROUP_NEED.at("", picture.holder)


ASSESSMENT_BASIS_MISSING = Fault(
    "ASSESSMENT_BASIS_MISSING",
    Words(
        "Bedömningen anger inte vad den grundas på.",
        "The assessment does not say what it is based on.",
    ),
    Words(
        "Ange minst en grund, till exempel kontakten med individen eller hälsotillstånd.",
        "State at least one ground, such as the contact with the individual or health.",
    ),
)


@rule("BEH-3", at={Step.ASSESS_NEED})
def the_assessment_states_its_grounds(seen: AssessmentAtHand, _: NoParameters) -> Iterator[Breach]:
    """The assessment rests on the contact with the individual and on what has come out there (UPP-013).

    Kept: at least one ground is stated. Broken: none is.
    """
    if not seen.assessment.bases:
        yield ASSESSMENT_BASIS_MISSING.at("/grounds", seen.holder)


NO_PARTICIPATION = Fault(
    "NO_PARTICIPATION",
    Words("Individen var inte delaktig i bedömningen.", "The individual took no part in the assessment."),
    Words(
        "Gör bedömningen tillsammans med individen, eller ange skäl.",
        "Assess the need together with the individual, or give a reason.",
    ),
)


@rule("BEH-4", at={Step.ASSESS_NEED})
def the_individual_took_part_in_the_assessment(seen: AssessmentAtHand, _: NoParameters) -> Iterator[Breach]:
    """The individual's part in the assessment is of great importance (UPP-012).

    Kept: the individual took part. Broken: the individual did not.
    """
    if not seen.assessment.individual_took_part:
        yield NO_PARTICIPATION.at("/individualTookPart", seen.holder)


FIRST_CONTACT_OVERDUE = Fault(
    "FIRST_CONTACT_OVERDUE",
    Words(
        "Ingen kontakt har tagits med någon annan part sedan behovet sågs (senast {due}).",
        "No other party has been contacted since the need was seen (by {due}).",
    ),
    Words("Ta den första kontakten och anteckna den.", "Make the first contact and record it."),
)


@rule("BEH-5", at={Step.TICK})
def first_contact_is_made_without_delay(picture: Picture, agreed: Days) -> Iterator[Breach]:
    """The first contact between the parties is made as soon as possible after the need was seen (UPP-014).

    Kept: another organisation has been contacted. Broken: none has, and the agreed days have passed.
    """
    need = picture.case.need
    if not isinstance(need, NotYet) and isinstance(picture.case.first_contact, NotYet):
        yield FIRST_CONTACT_OVERDUE.owed(
            Subject(SubjectKind.CASE, picture.case.id),
            picture.holder,
            Deadline.within(agreed.days, after=need.need_seen_on),
        )


CONTACT_BEFORE_NEED = Fault(
    "DATE_ORDER",
    Words(
        "Kontakten ligger före den dag då behovet sågs.", "The contact is before the day the need was seen."
    ),
    Words("Kontrollera dagarna.", "Check the days."),
)


@rule("BEH-6", at={Step.RECORD_CONTACT})
def first_contact_follows_the_need(seen: ContactAtHand, _: NoParameters) -> Iterator[Breach]:
    """Contact is made because a need has been seen (UPP-014).

    Kept: the contact is on that day or later. Broken: it is before, or no need has been found.
    """
    need = seen.case.need
    if isinstance(need, NotYet) or stockholm_day(seen.contact.at) < need.need_seen_on:
        yield CONTACT_BEFORE_NEED.at("/occurredAt", seen.holder)


INITIATOR_NOT_CONTACT = Fault(
    "INITIATOR_NOT_CONTACT",
    Words(
        "Den som initierar mötet är inte den som såg behovet.",
        "Whoever initiates the meeting is not the one who saw the need.",
    ),
    Words(
        "Låt den som bedömt behovet initiera mötet, eller ange skäl.",
        "Let whoever assessed the need initiate the meeting, or give a reason.",
    ),
)


@rule("BEH-7", at={Step.START_MEETING})
def whoever_saw_the_need_initiates(started: MeetingAtHand, _: NoParameters) -> Iterator[Breach]:
    """The employee who meets the individual and sees the need initiates the meeting (UPP-022).

    Kept: the initiator made the assessment; nobody has made one yet, which is BEH-1's to say; or the
    meeting is a follow-up, which its named caller initiates. Broken: somebody else initiates it.
    """
    latest = started.case.latest_assessment
    initiator = started.meeting.initiator.officer_id
    first = isinstance(started.meeting.follows, FirstMeeting)
    if first and not isinstance(latest, NotYet) and latest.assessor_id != initiator:
        yield INITIATOR_NOT_CONTACT.at("/initiator", started.initiator)


def days_to_first_contact(case: Case) -> int | NotYet:
    """The days from the day the need was seen to the first contact with another organisation (UPP-014)."""
    need, contact = case.need, case.first_contact
    if isinstance(need, NotYet) or isinstance(contact, NotYet):
        return NotYet()
    return (stockholm_day(contact.at) - need.need_seen_on).days


MEETING_NOT_INITIATED = Fault(
    "MEETING_NOT_INITIATED",
    Words(
        "Behov finns men inget flerpartsmöte är initierat (senast {due}).",
        "There is a need, but no meeting has been initiated (by {due}).",
    ),
    Words(
        "Initiera ett möte, eller anteckna att individen har tackat nej.",
        "Initiate a meeting, or record that the individual has declined.",
    ),
)


@rule("BEH-8", at={Step.TICK})
def a_seen_need_becomes_a_meeting(picture: Picture, agreed: Days) -> Iterator[Breach]:
    """Whoever sees the need initiates a meeting (UPP-022).

    Kept: a meeting is initiated, or the individual's latest answer is no.
    Broken: neither, and the agreed days have passed.
    """
    need, offer = picture.case.need, picture.case.latest_offer
    declined = not isinstance(offer, NotYet) and offer.answer is OfferAnswer.DECLINED
    if not isinstance(need, NotYet) and not picture.case.meetings and not declined:
        yield MEETING_NOT_INITIATED.owed(
            Subject(SubjectKind.CASE, picture.case.id),
            picture.holder,
            Deadline.within(agreed.days, after=need.assessed_on),
        )


OFFER_MEETING = Fault(
    "OFFER_MEETING",
    Words(
        "Individen har behov men har inte erbjudits flerpartsmöte (senast {due}).",
        "The individual has a need but has not been offered a meeting (by {due}).",
    ),
    Words("Erbjud individen ett flerpartsmöte.", "Offer the individual a meeting."),
)


@rule("BEH-9", at={Step.TICK})
def a_person_in_need_is_offered_a_meeting(picture: Picture, agreed: Days) -> Iterator[Breach]:
    """A person in need of coordinated rehabilitation is offered a meeting (UPP-008).

    Kept: an offer is recorded. Broken: none is, and the agreed days have passed.
    """
    need = picture.case.need
    if not isinstance(need, NotYet) and not picture.case.offers:
        yield OFFER_MEETING.owed(
            Subject(SubjectKind.CASE, picture.case.id),
            picture.holder,
            Deadline.within(agreed.days, after=need.assessed_on),
        )


@dataclass(frozen=True)
class StatutoryForms:
    """For each statutory form of meeting, the codes of the parties that have it."""

    forms: tuple[tuple[str, ...], ...]


STATUTORY_FORM_SUFFICES = Fault(
    "STATUTORY_FORM_SUFFICES",
    Words(
        "Alla kallade parter ryms i en lagstadgad eller bilateral mötesform.",
        "All the called parties already share a statutory or bilateral form of meeting.",
    ),
    Words(
        "Använd den formen (till exempel SIP), kalla ytterligare en part eller ange skäl.",
        "Use that form (SIP, for instance), call another party, or give a reason.",
    ),
)


@rule("BEH-10", at={Step.ISSUE_SUMMONS})
def no_statutory_form_would_do(called: SummonsAtHand, agreed: StatutoryForms) -> Iterator[Breach]:
    """A meeting complements the statutory forms where others need to be called (UPP-004, UPP-074).

    Kept: no single form has all the parties called and the initiator's own, or nobody is called yet.
    Broken: one has.
    """
    others = called.called_organisations
    parties = {called.case.party_of(organisation) for organisation in (called.meeting.holder, *others)}
    if others and any(parties <= set(form) for form in agreed.forms):
        yield STATUTORY_FORM_SUFFICES.at("/letters", called.initiator)


SIP_DUTY = Fault(
    "SIP_DUTY",
    Words(
        "Individen behöver stöd av både hälso- och sjukvård och socialtjänst, men ingen SIP är känd.",
        "The individual needs both health care and social services, but no SIP is known.",
    ),
    Words(
        "Fråga om en SIP finns. Annars ska region och kommun upprätta en tillsammans.",
        "Ask whether there is a SIP. If not, region and municipality must draw one up together.",
    ),
)


@rule("BEH-11", at={Step.ASSESS_NEED})
def a_plan_under_the_social_services_act_is_considered(
    seen: AssessmentAtHand, _: NoParameters
) -> Iterator[Breach]:
    """Whoever needs both health care and social services has an individual plan (UPP-073).

    Kept: not both are needed, or the person has a SIP. Broken: both are, and none is known of.
    """
    needs_both = {NeedArea.HEALTH_CARE, NeedArea.SOCIAL_SERVICES} <= set(seen.assessment.needs)
    if needs_both and seen.assessment.other_plan is not OtherPlan.SIP:
        yield SIP_DUTY.at("/otherPlan", seen.holder)

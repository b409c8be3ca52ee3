"""Samtycke: what the individual agreed to decides who is called, is there and sees (UPP-015 to UPP-020)."""

from collections.abc import Iterator

from app.domain.calendar import stockholm_day
from app.domain.codes import Answer, ConsentAnswer, ConsentKind, OutsiderKind
from app.domain.facts.at_hand import (
    ConsentAtHand,
    ContactAtHand,
    DisclosureAtHand,
    PlanAtHand,
    SummonsAtHand,
)
from app.domain.facts.basics import Unknown
from app.domain.facts.guests import GuestsAtHand, MeetingHeld
from app.domain.rule import Breach, Fault, NoParameters, Words, rule
from app.domain.step import Step

CONSENT_NOT_INFORMED = Fault(
    "CONSENT_NOT_INFORMED",
    Words(
        "Individen hade inte fått information innan samtycket gavs; samtycket gäller inte.",
        "The individual had not been informed before consenting; the consent is not live.",
    ),
    Words(
        "Informera om hur ett flerpartsmöte går till och fråga på nytt.",
        "Explain how a meeting works, and ask anew.",
    ),
)


@rule("SAM-1", at={Step.RECORD_CONSENT})
def information_came_before_consent(said: ConsentAtHand, _: NoParameters) -> Iterator[Breach]:
    """The individual is told how a meeting works, to be able to consent (UPP-015).

    Kept: informed before or when consenting, or the answer was no.
    Broken: consented uninformed, or informed after.
    """
    if said.consent.answer is ConsentAnswer.GIVEN and not said.consent.is_informed:
        yield CONSENT_NOT_INFORMED.at("/informedAt", said.acting)


CONSENT_MISSING = Fault(
    "CONSENT_MISSING",
    Words(
        "Samtycke till informationsutbyte som gäller denna organisation saknas.",
        "No live consent to exchange information covers this organisation.",
    ),
    Words(
        "Fråga individen om samtycke som omfattar organisationen, eller genomför steget utan den.",
        "Ask the individual for consent that covers the organisation, or take the step without it.",
    ),
)


@rule("SAM-2", at={Step.OPEN_MEETING, Step.ADMIT_TO_MEETING, Step.RECORD_MEETING})
def everyone_present_is_covered_by_consent(held: MeetingHeld, _: NoParameters) -> Iterator[Breach]:
    """A meeting is held only if the individual has consented
    to the parties exchanging information (UPP-016, UPP-066).

    Kept: live consent to exchange information covers every organisation present.
    Broken: not asked, refused, uninformed, withdrawn, expired, or given for others only.
    """
    for pointer, organisation in held.organisations_present:
        if not held.case.is_covered(ConsentKind.INFORMATION_EXCHANGE, organisation, held.held_at):
            yield CONSENT_MISSING.at(pointer, held.initiator)


CONSENT_SCOPE = Fault(
    "CONSENT_SCOPE",
    Words(
        "Individens samtycke nämner inte denna person.",
        "The individual's consent does not name this person.",
    ),
    Words(
        "Fråga individen om personen får komma och anteckna det i samtycket.",
        "Ask the individual whether the person may come, and note it in the consent.",
    ),
)


@rule(
    "SAM-3",
    at={Step.ISSUE_INVITATION, Step.OPEN_MEETING, Step.ADMIT_TO_MEETING, Step.RECORD_MEETING},
)
def every_outsider_present_is_named_in_the_consent(seen: GuestsAtHand, _: NoParameters) -> Iterator[Breach]:
    """Others than the parties may be invited, where the consent says who (UPP-045).

    Kept: a live consent names the person, or the person interprets. Broken: none does.
    """
    consents = [one for one in seen.case.consents if one.kind in seen.guests_rest_on]
    for guest in seen.guests:
        person = guest.who.person_id
        if guest.who.kind is not OutsiderKind.INTERPRETER and (
            isinstance(person, Unknown) or not any(one.names(person, seen.moment) for one in consents)
        ):
            yield CONSENT_SCOPE.at(guest.pointer, seen.initiator)


CALL_CONSENT_MISSING = Fault(
    "CALL_CONSENT_MISSING",
    Words(
        "Samtycke till kallelsen som omfattar denna mottagare saknas.",
        "No live consent to the call covers this recipient.",
    ),
    Words(
        "Fråga individen om samtycke till kallelsen innan den skickas.",
        "Ask the individual for consent to the call before it is issued.",
    ),
)
CONSENT_AFTER_ISSUE = Fault(
    "DATE_ORDER",
    Words(
        "Samtycket till kallelsen är daterat efter den dag då kallelsen skickas.",
        "The consent to the call is dated after the day the summons is issued.",
    ),
    Words("Kontrollera samtyckets dag.", "Check the day of the consent."),
)


@rule("SAM-4", at={Step.ISSUE_SUMMONS})
def every_recipient_is_covered_by_consent_to_the_call(
    called: SummonsAtHand, _: NoParameters
) -> Iterator[Breach]:
    """The summons says that consent to the call exists (UPP-088).

    Kept: live consent to the call covers each recipient. Broken: not asked, refused, uninformed, withdrawn,
    expired, given for others only, or dated after the summons.
    """
    calls = [one for one in called.case.consents if one.kind is ConsentKind.CALL]
    for pointer, recipient in called.shown_to:
        if called.case.is_covered(ConsentKind.CALL, recipient, called.case.now):
            continue
        later = [one for one in calls if stockholm_day(one.said_at) > called.case.as_of]
        dated_later = any(one.covers(recipient, one.said_at) for one in later)
        fault = CONSENT_AFTER_ISSUE if dated_later else CALL_CONSENT_MISSING
        yield fault.at(f"{pointer}/recipient", called.initiator)


CALL_CONSENT_TAKER_MISSING = Fault(
    "CALL_CONSENT_MISSING",
    Words(
        "Samtycket till kallelsen saknar namn eller funktion på den som tog emot det.",
        "The consent to the call lacks the name or the function of whoever took it.",
    ),
    Words(
        "Ange namn och funktion på den som tog emot samtycket; de står i kallelsen.",
        "Give the name and the function of whoever took the consent; they stand in the letter.",
    ),
)


@rule("SAM-5", at={Step.ISSUE_SUMMONS})
def consent_to_the_call_says_who_took_it(called: SummonsAtHand, _: NoParameters) -> Iterator[Breach]:
    """The summons names who took the consent, their function and the date (UPP-088).

    Kept: a consent that covers the recipient has all of it. Broken: each one lacks name or function.
    """
    for pointer, recipient in called.shown_to:
        covering = called.case.consents_covering(ConsentKind.CALL, recipient, called.case.now)
        takers = [one.taken_by for one in covering]
        if takers and not any(taker.name_given and taker.function_given for taker in takers):
            yield CALL_CONSENT_TAKER_MISSING.at(f"{pointer}/consent", called.initiator)


OWN_DOCUMENTATION_MISSING = Fault(
    "CONSENT_NOT_DOCUMENTED",
    Words(
        "Er organisation har inte dokumenterat samtycket som steget vilar på.",
        "Your organisation has not documented the consent that the step rests on.",
    ),
    Words("Dokumentera samtycket enligt er rutin.", "Document the consent by your own routine."),
)


@rule("SAM-7", at={Step.ISSUE_SUMMONS, Step.PROPOSE_PLAN, Step.DISTRIBUTE_PLAN})
def the_discloser_has_documented_the_consent(shown: DisclosureAtHand, _: NoParameters) -> Iterator[Breach]:
    """Each party documents the consent; whoever shows something to others does so first (UPP-020).

    Kept: the acting organisation has documented a consent that covers each organisation it shows to.
    Broken: it has documented none of them.
    """
    acting = shown.case.acting.organisation_id
    for pointer, organisation in shown.shown_to:
        covering = shown.case.consents_covering(shown.rests_on, organisation, shown.case.now)
        if covering and not any(one.is_documented_by(acting) for one in covering):
            yield OWN_DOCUMENTATION_MISSING.at(pointer, shown.acting)


RELATIVE_NOT_CONSENTED = Fault(
    "RELATIVE_NOT_CONSENTED",
    Words(
        "Det är inte antecknat att det är lämpligt att den närstående deltar och att individen samtycker.",
        "It is not recorded that it is suitable for the close person to come and that the individual agrees.",
    ),
    Words(
        "Bedöm om det är lämpligt, fråga individen och anteckna båda svaren.",
        "Judge whether it is suitable, ask the individual, and record both answers.",
    ),
)


@rule("SAM-8", at={Step.ISSUE_INVITATION, Step.OPEN_MEETING, Step.ADMIT_TO_MEETING})
def a_relative_comes_when_suitable_and_agreed(seen: GuestsAtHand, _: NoParameters) -> Iterator[Breach]:
    """Close persons may attend if it is suitable and the individual consents (UPP-028).

    Kept: both are recorded. Broken: either is missing, or was never asked.
    """
    for guest in seen.guests:
        fits = guest.who.suitable is Answer.YES and guest.agreed_with_individual
        if guest.who.kind is OutsiderKind.CLOSE_PERSON and not fits:
            yield RELATIVE_NOT_CONSENTED.at(guest.pointer, seen.initiator)


INFO_NOT_ADAPTED = Fault(
    "INFO_NOT_ADAPTED",
    Words(
        "Det är inte antecknat att informationen anpassats till individens förutsättningar.",
        "It is not recorded that the information was adapted to the individual's conditions.",
    ),
    Words(
        "Anpassa informationen (språk, format, tolk) och anteckna hur.",
        "Adapt the information (language, format, interpreter) and record how.",
    ),
)


@rule("SAM-9", at={Step.RECORD_CONSENT})
def information_is_adapted_to_the_person(said: ConsentAtHand, _: NoParameters) -> Iterator[Breach]:
    """All information is adapted to the individual's conditions (UPP-024).

    Kept: it was adapted, or the person has no such needs. Broken: there are needs, or nobody has asked, and
    it was not.
    """
    if said.case.person.has_communication_needs is not Answer.NO and not said.consent.information_adapted:
        yield INFO_NOT_ADAPTED.at("/informationAdapted", said.acting)


@rule("SAM-10", at={Step.PROPOSE_PLAN, Step.DISTRIBUTE_PLAN})
def a_plan_is_shared_only_under_live_consent(shown: PlanAtHand, _: NoParameters) -> Iterator[Breach]:
    """Information passes between the parties only while the individual consents to it (UPP-016, UPP-019).

    Kept: live consent to exchange information covers every organisation the plan is shown to. Broken: not
    asked, refused, uninformed, withdrawn, expired, or given for others only.
    """
    for pointer, organisation in shown.shown_to:
        if not shown.case.is_covered(shown.rests_on, organisation, shown.case.now):
            yield CONSENT_MISSING.at(pointer, shown.initiator)


CONTACT_WITHOUT_CONSENT = Fault(
    "CALL_CONSENT_MISSING",
    Words(
        "Kontakten nämnde individen utan ett samtycke som då gällde den organisationen.",
        "The contact named the individual without a consent that was live for that organisation then.",
    ),
    Words(
        "Fråga individen om samtycke, och nämn inte individen innan det finns.",
        "Ask the individual for consent, and do not name the individual before there is one.",
    ),
)


@rule("SAM-13", at={Step.RECORD_CONTACT})
def a_contact_names_the_person_only_under_consent(seen: ContactAtHand, _: NoParameters) -> Iterator[Breach]:
    """Whoever asks another organisation for a time need not say for whom (UPP-088).

    Kept: the individual was not named, or consent of either kind was live for that organisation then.
    Broken: the individual was named to an organisation without any.
    """
    contact = seen.contact
    covered = any(seen.case.is_covered(kind, contact.with_organisation, contact.at) for kind in ConsentKind)
    if contact.names_the_person and not covered:
        yield CONTACT_WITHOUT_CONSENT.at("/namesThePerson", seen.holder)

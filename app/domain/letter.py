"""Kallelsens innehåll: what each letter must say (UPP-047 to UPP-050, UPP-087 to UPP-104, UPP-123)."""

import re
from collections.abc import Iterator

from app.domain.codes import Answer
from app.domain.facts.at_hand import SummonsAtHand
from app.domain.facts.basics import NotYet, Unknown
from app.domain.facts.letter import Letter
from app.domain.rule import Breach, Fault, NoParameters, Words, rule
from app.domain.step import Step


def _letters(called: SummonsAtHand) -> Iterator[tuple[str, Letter]]:
    """The letters, each with its place."""
    for place, letter in enumerate(called.letters):
        yield f"/letters/{place}", letter


def _empty(text: str) -> bool:
    """Whether a text says nothing."""
    return not text.strip()


TIME_OR_PLACE_MISSING = Fault(
    "INVITATION_INCOMPLETE",
    Words("Kallelsen saknar datum, tid eller plats.", "The letter lacks day, time or place."),
    Words("Ange när och var mötet hålls.", "Say when and where the meeting is held."),
)


@rule("KAL-3", at={Step.ISSUE_SUMMONS})
def the_letter_says_when_and_where(called: SummonsAtHand, _: NoParameters) -> Iterator[Breach]:
    """The letter has day, time and place; "digitalt" is a place (UPP-047, UPP-091).

    Kept: all are there. Broken: the time or the place is missing.
    """
    for pointer, letter in _letters(called):
        if isinstance(letter.starts_at, NotYet):
            yield TIME_OR_PLACE_MISSING.at(f"{pointer}/startsAt", called.initiator)
        if _empty(letter.place):
            yield TIME_OR_PLACE_MISSING.at(f"{pointer}/place", called.initiator)


PURPOSE_MISSING = Fault(
    "PURPOSE_MISSING",
    Words("Kallelsen saknar syfte.", "The letter lacks a purpose."),
    Words("Skriv ett tydligt syfte med mötet.", "Write a clear purpose of the meeting."),
)


@rule("KAL-4", at={Step.ISSUE_SUMMONS})
def the_letter_says_why(called: SummonsAtHand, _: NoParameters) -> Iterator[Breach]:
    """The letter states a clear purpose (UPP-042, UPP-048, UPP-102).

    Kept: a purpose is stated. Broken: none is.
    """
    for pointer, letter in _letters(called):
        if _empty(letter.purpose):
            yield PURPOSE_MISSING.at(f"{pointer}/purpose", called.initiator)


PARTY_REASON_MISSING = Fault(
    "PARTY_REASON_MISSING",
    Words(
        "Kallelsen säger inte varför just denna part behöver medverka.",
        "The letter does not say why this very party needs to take part.",
    ),
    Words("Skriv varför parten behövs, eller ange skäl.", "Write why the party is needed, or give a reason."),
)


@rule("KAL-5", at={Step.ISSUE_SUMMONS})
def the_letter_says_why_this_party_is_needed(called: SummonsAtHand, _: NoParameters) -> Iterator[Breach]:
    """It is clear from the letter why the parties need to take part (UPP-123).

    Kept: each letter has a reason for its own recipient. Broken: one has none.
    """
    for pointer, letter in _letters(called):
        if _empty(letter.reason_for_recipient):
            yield PARTY_REASON_MISSING.at(f"{pointer}/reason", called.initiator)


CONVENER_UNREACHABLE = Fault(
    "INVITATION_INCOMPLETE",
    Words(
        "Kallelsen saknar sammankallandes namn, eller så finns inget sätt att nå hen.",
        "The letter lacks the convener's name, or any way to reach them.",
    ),
    Words(
        "Ange namn och minst ett av telefon, e-post och postadress.",
        "Give the name and at least one of telephone, e-mail and postal address.",
    ),
)


@rule("KAL-6", at={Step.ISSUE_SUMMONS})
def the_convener_can_be_reached(called: SummonsAtHand, _: NoParameters) -> Iterator[Breach]:
    """The letter has contact details of whoever convenes (UPP-049, UPP-089).

    Kept: a name, and one of telephone, e-mail and postal address. Broken: no name, or none of the three.
    """
    for pointer, letter in _letters(called):
        convener = letter.convener
        if _empty(convener.name):
            yield CONVENER_UNREACHABLE.at(f"{pointer}/convener/name", called.initiator)
        if all(map(_empty, (convener.telephone, convener.email, convener.postal_address))):
            yield CONVENER_UNREACHABLE.at(f"{pointer}/convener", called.initiator)


INVITATION_FIELD_EMPTY = Fault(
    "INVITATION_FIELD_EMPTY",
    Words("Ett fält i kallelsens mall är tomt.", "A field of the letter's template is empty."),
    Words("Fyll i fältet om uppgiften finns.", "Fill the field in if the detail exists."),
)


@rule("KAL-7", at={Step.ISSUE_SUMMONS})
def the_callers_details_are_complete(called: SummonsAtHand, _: NoParameters) -> Iterator[Breach]:
    """The template has the caller's title and unit, postal address,
    e-mail address and telephone (UPP-089, UPP-090).

    Kept: all are filled in. Broken: one is empty.
    """
    for pointer, letter in _letters(called):
        convener = letter.convener
        fields = {
            "title": convener.title,
            "unit": convener.unit,
            "postalAddress": convener.postal_address,
            "email": convener.email,
            "telephone": convener.telephone,
        }
        for name, text in fields.items():
            if _empty(text):
                yield INVITATION_FIELD_EMPTY.at(f"{pointer}/convener/{name}", called.initiator)


INVITEES_MISSING = Fault(
    "INVITATION_INCOMPLETE",
    Words("Kallelsen anger inte vilka som är inbjudna.", "The letter does not say who is invited."),
    Words("Ange vilka som är inbjudna till mötet.", "State who is invited to the meeting."),
)


@rule("KAL-8", at={Step.ISSUE_SUMMONS})
def the_letter_lists_the_invited(called: SummonsAtHand, _: NoParameters) -> Iterator[Breach]:
    """The letter says who is invited to the meeting (UPP-050).

    Kept: somebody is listed. Broken: nobody is.
    """
    for pointer, letter in _letters(called):
        if not letter.invitees:
            yield INVITEES_MISSING.at(f"{pointer}/invitees", called.initiator)


PARTICIPANT_INCOMPLETE = Fault(
    "PARTICIPANT_INCOMPLETE",
    Words(
        "En deltagare saknar funktion eller organisation.",
        "A participant lacks function or organisation.",
    ),
    Words("Ange deltagarens funktion och organisation.", "Give the participant's function and organisation."),
)


@rule("KAL-9", at={Step.ISSUE_SUMMONS})
def every_invitee_has_function_and_organisation(called: SummonsAtHand, _: NoParameters) -> Iterator[Breach]:
    """Participants are listed with name, function and organisation (UPP-103).

    Kept: function and organisation are there; a private person needs no organisation. Broken: one is missing.
    """
    for pointer, letter in _letters(called):
        for place, invitee in enumerate(letter.invitees):
            homeless = _empty(invitee.organisation) and not invitee.is_private_person
            if _empty(invitee.function) or homeless:
                yield PARTICIPANT_INCOMPLETE.at(f"{pointer}/invitees/{place}", called.initiator)


PERSON_MISSING = Fault(
    "INVITATION_INCOMPLETE",
    Words(
        "Kallelsen saknar individens namn eller personnummer.",
        "The letter lacks the individual's name or personal identity number.",
    ),
    Words(
        "Ange namn och personnummer, eller att personnummer saknas.",
        "Give the name and the number, or that there is no number.",
    ),
)


@rule("KAL-10", at={Step.ISSUE_SUMMONS})
def the_letter_names_the_person(called: SummonsAtHand, _: NoParameters) -> Iterator[Breach]:
    """The letter has the individual's name and personal identity number (UPP-087).

    Kept: the name, and the number or the word that none exists.
    Broken: no name, or nothing known of the number.
    """
    for pointer, letter in _letters(called):
        number = letter.person.identity_number
        if _empty(letter.person.name):
            yield PERSON_MISSING.at(f"{pointer}/person/name", called.initiator)
        if isinstance(number, Unknown) or (isinstance(number, str) and _empty(number)):
            yield PERSON_MISSING.at(f"{pointer}/person/identityNumber", called.initiator)


EMPLOYER_QUESTION = Fault(
    "EMPLOYER_QUESTION",
    Words(
        "Frågan om arbetsgivare är inte besvarad, eller motsäger sig själv.",
        "The question about an employer is not answered, or contradicts itself.",
    ),
    Words(
        "Ange om arbetsgivare finns, och i så fall om arbetsgivaren kallas.",
        "Say whether there is an employer, and if so whether the employer is called.",
    ),
)


@rule("KAL-11", at={Step.ISSUE_SUMMONS})
def the_employer_question_is_answered(called: SummonsAtHand, _: NoParameters) -> Iterator[Breach]:
    """Is there an employer, and if so is the employer called? (UPP-104)

    Kept: no employer and none called, or an employer with yes or no to the call. Broken: either question is
    open, or an employer is called who does not exist.
    """
    for pointer, letter in _letters(called):
        exists, called_too = letter.employer.exists, letter.employer.called
        if exists is Answer.NOT_ASKED:
            yield EMPLOYER_QUESTION.at(f"{pointer}/employer/exists", called.initiator)
        elif (exists is Answer.YES and called_too is Answer.NOT_ASKED) or (
            exists is Answer.NO and called_too is Answer.YES
        ):
            yield EMPLOYER_QUESTION.at(f"{pointer}/employer/called", called.initiator)


PLACEHOLDER_LEFT = Fault(
    "PLACEHOLDER_LEFT",
    Words(
        "Mallens utfyllnadstext står kvar i kallelsen.",
        "A placeholder of the template is left in the letter.",
    ),
    Words("Ersätt utfyllnadstexten.", "Replace the placeholder."),
)
_PLACEHOLDER = re.compile(r"\bXX+\b|\bNAMN\b|\bKostnadsbeteckning\b|</?[A-Za-z][^>]*>?")


@rule("KAL-14", at={Step.ISSUE_SUMMONS})
def no_placeholder_is_left(called: SummonsAtHand, _: NoParameters) -> Iterator[Breach]:
    """The template's "XX önskar få ett flerpartsmöte" is worded from the individual's own wish (UPP-102).

    Kept: every text is the writer's own. Broken: XX, NAMN or mark-up of the template is left in one.
    """
    for pointer, letter in _letters(called):
        for name, text in letter.texts:
            if _PLACEHOLDER.search(text):
                yield PLACEHOLDER_LEFT.at(f"{pointer}/{name}", called.initiator)


@rule("KAL-18", at={Step.ISSUE_SUMMONS})
def a_current_situation_is_described(called: SummonsAtHand, _: NoParameters) -> Iterator[Breach]:
    """The template has the current situation beside the purpose (UPP-102).

    Kept: it is described. Broken: it is empty.
    """
    for pointer, letter in _letters(called):
        if _empty(letter.current_situation):
            yield INVITATION_FIELD_EMPTY.at(f"{pointer}/currentSituation", called.initiator)

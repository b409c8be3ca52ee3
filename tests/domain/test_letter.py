"""Kallelsens innehåll: KAL-3 to KAL-11, KAL-14 and KAL-18."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.codes import Answer
from app.domain.facts.basics import NotYet, Unknown
from app.domain.facts.letter import EmployerAnswer, Letter, LetterInvitee, NoIdentityNumber
from app.domain.letter import (
    a_current_situation_is_described,
    every_invitee_has_function_and_organisation,
    no_placeholder_is_left,
    the_callers_details_are_complete,
    the_convener_can_be_reached,
    the_employer_question_is_answered,
    the_letter_lists_the_invited,
    the_letter_names_the_person,
    the_letter_says_when_and_where,
    the_letter_says_why,
    the_letter_says_why_this_party_is_needed,
)
from app.domain.rule import Rule
from tests.domain.asking import broken
from tests.domain.at_hand import a_letter, issuing
from tests.domain.world import FK

BLANK = ["", "  \n"]


def said_of(rule: Rule, **changes: Any) -> list[tuple[str, str]]:
    """What the rule says of a good letter and, after it,
    of one changed so; the place in the second letter.
    """
    said = broken(rule, issuing(a_letter(), a_letter(FK, **changes)))
    return [(pointer.removeprefix("/letters/1"), code) for pointer, code in said]


def test_the_letter_says_when_and_where__kept() -> None:
    """KAL-3 (UPP-047): day, time and place; "digitalt" is a place."""
    assert said_of(the_letter_says_when_and_where, place="digitalt") == []


@pytest.mark.parametrize("place", BLANK)
def test_the_letter_says_when_and_where__broken(place: str) -> None:
    """KAL-3 (UPP-047, UPP-091): no time and no place are two things missing."""
    assert said_of(the_letter_says_when_and_where, starts_at=NotYet(), place=place) == [
        ("/startsAt", "INVITATION_INCOMPLETE"),
        ("/place", "INVITATION_INCOMPLETE"),
    ]


def test_the_letter_says_why__kept() -> None:
    """KAL-4 (UPP-042): a purpose."""
    assert said_of(the_letter_says_why) == []


@pytest.mark.parametrize("purpose", BLANK)
def test_the_letter_says_why__broken(purpose: str) -> None:
    """KAL-4 (UPP-042, UPP-048, UPP-102): no purpose."""
    assert said_of(the_letter_says_why, purpose=purpose) == [("/purpose", "PURPOSE_MISSING")]


def test_the_letter_says_why_this_party_is_needed__kept() -> None:
    """KAL-5 (UPP-123): a reason for this very recipient."""
    assert said_of(the_letter_says_why_this_party_is_needed) == []


@pytest.mark.parametrize("reason", BLANK)
def test_the_letter_says_why_this_party_is_needed__broken(reason: str) -> None:
    """KAL-5 (UPP-123): the purpose of the meeting is not the reason for each."""
    assert said_of(the_letter_says_why_this_party_is_needed, reason_for_recipient=reason) == [
        ("/reason", "PARTY_REASON_MISSING")
    ]


WAYS = ("telephone", "email", "postal_address")


@pytest.mark.parametrize("way", WAYS)
def test_the_convener_can_be_reached__kept_by_one_way(way: str) -> None:
    """KAL-6 (UPP-049): one of telephone, e-mail and postal address is enough."""
    assert said_of(the_convener_can_be_reached, **dict.fromkeys(set(WAYS) - {way}, "")) == []


def test_the_convener_can_be_reached__broken() -> None:
    """KAL-6 (UPP-049, UPP-089): without a name, or without any way."""
    assert said_of(the_convener_can_be_reached, **dict.fromkeys(WAYS, " ")) == [
        ("/convener", "INVITATION_INCOMPLETE")
    ]
    letters = issuing(a_letter(), _nameless())
    assert broken(the_convener_can_be_reached, letters) == [
        ("/letters/1/convener/name", "INVITATION_INCOMPLETE")
    ]


def _nameless() -> Letter:
    """A letter that does not say who convenes."""
    letter = a_letter(FK)
    return replace(letter, convener=replace(letter.convener, name=""))


def test_the_callers_details_are_complete__kept() -> None:
    """KAL-7 (UPP-089, UPP-090): all fields are filled in."""
    assert said_of(the_callers_details_are_complete) == []


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("title", "title"),
        ("unit", "unit"),
        ("postal_address", "postalAddress"),
        ("email", "email"),
        ("telephone", "telephone"),
    ],
)
def test_the_callers_details_are_complete__broken(field: str, name: str) -> None:
    """KAL-7 (UPP-089, UPP-090): each empty field is remarked, alone."""
    assert said_of(the_callers_details_are_complete, **{field: ""}) == [
        (f"/convener/{name}", "INVITATION_FIELD_EMPTY")
    ]


def test_the_letter_lists_the_invited__kept() -> None:
    """KAL-8 (UPP-050): somebody is listed."""
    assert said_of(the_letter_lists_the_invited) == []


def test_the_letter_lists_the_invited__broken() -> None:
    """KAL-8 (UPP-050): nobody is listed."""
    assert said_of(the_letter_lists_the_invited, invitees=()) == [("/invitees", "INVITATION_INCOMPLETE")]


def an_invitee(
    function: str = "Kurator", organisation: str = "Regionen", private: bool = False
) -> LetterInvitee:
    """Somebody listed, without a name."""
    return LetterInvitee("", function, organisation, is_private_person=private)


def test_every_invitee_has_function_and_organisation__kept() -> None:
    """KAL-9 (UPP-103): function and organisation;
    a private person needs no organisation, and a name may be open.
    """
    listed = (an_invitee(), an_invitee("Närstående", "", private=True))
    assert said_of(every_invitee_has_function_and_organisation, invitees=listed) == []


def test_every_invitee_has_function_and_organisation__broken() -> None:
    """KAL-9 (UPP-103): no function, or an employee of nobody; each culprit is pointed at."""
    listed = (an_invitee(), an_invitee(""), an_invitee(organisation=" "), an_invitee("", "", private=True))
    assert said_of(every_invitee_has_function_and_organisation, invitees=listed) == [
        (f"/invitees/{place}", "PARTICIPANT_INCOMPLETE") for place in (1, 2, 3)
    ]


def person(name: str, number: Any) -> Any:
    """A letter that names the person so."""
    letter = a_letter(FK)
    return replace(letter, person=replace(letter.person, name=name, identity_number=number))


@pytest.mark.parametrize(
    "number", [NoIdentityNumber(), "a number"], ids=["the word that none exists", "a number"]
)
def test_the_letter_names_the_person__kept(number: Any) -> None:
    """KAL-10 (UPP-087): the name, and the number or the word that none exists."""
    assert broken(the_letter_names_the_person, issuing(person("Alex Exempel", number))) == []


@pytest.mark.parametrize("number", [Unknown(), *BLANK], ids=["unknown", "empty", "blank"])
def test_the_letter_names_the_person__broken(number: Any) -> None:
    """KAL-10 (UPP-087): not knowing whether there is a number is not the word that none exists."""
    assert broken(the_letter_names_the_person, issuing(person(" ", number))) == [
        ("/letters/0/person/name", "INVITATION_INCOMPLETE"),
        ("/letters/0/person/identityNumber", "INVITATION_INCOMPLETE"),
    ]


@pytest.mark.parametrize(
    ("exists", "called"),
    [
        (Answer.YES, Answer.YES),
        (Answer.YES, Answer.NO),
        (Answer.NO, Answer.NO),
        (Answer.NO, Answer.NOT_ASKED),
    ],
)
def test_the_employer_question_is_answered__kept(exists: Answer, called: Answer) -> None:
    """KAL-11 (UPP-104): no employer and none called, or an employer and a yes or no."""
    assert said_of(the_employer_question_is_answered, employer=EmployerAnswer(exists, called)) == []


@pytest.mark.parametrize(
    ("exists", "called", "where"),
    [
        (Answer.NOT_ASKED, Answer.NOT_ASKED, "exists"),
        (Answer.NOT_ASKED, Answer.YES, "exists"),
        (Answer.YES, Answer.NOT_ASKED, "called"),
        (Answer.NO, Answer.YES, "called"),
    ],
)
def test_the_employer_question_is_answered__broken(exists: Answer, called: Answer, where: str) -> None:
    """KAL-11 (UPP-104): an open question, or an employer called who does not exist."""
    assert said_of(the_employer_question_is_answered, employer=EmployerAnswer(exists, called)) == [
        (f"/employer/{where}", "EMPLOYER_QUESTION")
    ]


@pytest.mark.parametrize(
    "text", ["Axxel önskar få ett möte", "Möte nr 20 om 3 < 4 steg", "Namnet är känt", "MAXXIMUM"]
)
def test_no_placeholder_is_left__kept(text: str) -> None:
    """KAL-14 (UPP-102): words that merely look like the template's are the writer's own."""
    assert said_of(no_placeholder_is_left, purpose=text) == []


@pytest.mark.parametrize(
    "text",
    ["XX önskar få ett flerpartsmöte", "för XXX att", "Skriv NAMN här", "<input type=checkbox>", "a</p>"],
)
def test_no_placeholder_is_left__broken(text: str) -> None:
    """KAL-14 (UPP-102): the template's XX, NAMN and mark-up are found in any text of the letter."""
    assert said_of(
        no_placeholder_is_left, purpose=text, current_situation=text, reason_for_recipient=text
    ) == [
        ("/purpose", "PLACEHOLDER_LEFT"),
        ("/currentSituation", "PLACEHOLDER_LEFT"),
        ("/reason", "PLACEHOLDER_LEFT"),
    ]


def test_a_current_situation_is_described__kept() -> None:
    """KAL-18 (UPP-102): it is described."""
    assert said_of(a_current_situation_is_described) == []


@pytest.mark.parametrize("text", BLANK)
def test_a_current_situation_is_described__broken(text: str) -> None:
    """KAL-18 (UPP-102): it is empty."""
    assert said_of(a_current_situation_is_described, current_situation=text) == [
        ("/currentSituation", "INVITATION_FIELD_EMPTY")
    ]

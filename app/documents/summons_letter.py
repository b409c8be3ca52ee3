"""The summons and the invitation as letters:
the template's own words, the meeting's particulars, one reader each.
"""

from dataclasses import dataclass
from datetime import datetime

from app.agreements.contents import Template
from app.documents.document import HIDDEN, Document, Section
from app.documents.swedish import day, day_and_time
from app.domain.codes import Answer, CalledFunction
from app.domain.facts.basics import NotYet
from app.domain.facts.letter import Letter, NoIdentityNumber

PLACEHOLDER = "XX"
TO_COORDINATOR = "Att: Rehabiliteringskoordinator eller motsvarande"
FUNCTIONS = {one.value: one.sv.lower() for one in CalledFunction}
NO_NUMBER = "Personnummer finns inte"


@dataclass(frozen=True)
class ConsentLine:
    """Who took the consent to the call, as which profession or function, and when (UPP-088)."""

    name: str
    function: str
    said_at: datetime


def summons_letter(
    letter: Letter, ends_at: datetime | None, consent: ConsentLine, template: Template
) -> Document:
    """One recipient's summons by the agreement's template (UPP-046–051, 085–105).

    Raises KeyError when the template lacks one of its fixed texts.
    """
    convener = letter.convener
    return Document(
        title=template.name,
        to=tuple(filter(None, (*letter.recipient.address_lines, _attention(letter)))),
        sections=tuple(
            one
            for one in (
                Section("", (template.text("introduction"),)),
                Section("Gällande", _person(letter)),
                Section(
                    template.text("consent"), (f"{consent.name}, {consent.function}, {day(consent.said_at)}",)
                ),
                Section(
                    "Kallande",
                    tuple(filter(None, (convener.name, convener.title, convener.unit))),
                    tuple(filter(None, (convener.name, convener.title, convener.organisation))),
                ),
                Section("Kontaktuppgifter", _contact(letter), (HIDDEN,)),
                Section("Dag och tid", _time(letter, ends_at)),
                Section("Plats", (letter.place,) if letter.place else (), (HIDDEN,)),
                Section("", (template.text("remote"),)),
                Section("Nuläge", (letter.current_situation,) if letter.current_situation else ()),
                Section(template.text("wish").replace(PLACEHOLDER, letter.person.name), (letter.purpose,)),
                Section("Varför ni behöver medverka", (letter.reason_for_recipient,)),
                Section(template.text("invited"), _invited(letter)),
                Section(template.text("employer"), (_employer(letter),)),
                Section("Ombokning av tid", (template.text("rescheduling"),)),
            )
            if any(one.lines)
        ),
    )


def invitation_letter(letter: Letter, ends_at: datetime | None, template: Template) -> Document:
    """A letter to somebody outside the parties:
    why and when, and only the invitees the person agreed to show.

    It says no identity number and nothing of any consent (UPP-045, 050, 087).
    """
    return Document(
        title="Inbjudan till flerpartsmöte",
        to=letter.recipient.address_lines,
        sections=tuple(
            one
            for one in (
                Section("", (template.text("introduction"),)),
                Section("Gällande", (letter.person.name,)),
                Section(
                    "Inbjuder",
                    tuple(filter(None, (letter.convener.name, letter.convener.unit))),
                    tuple(filter(None, (letter.convener.name, letter.convener.organisation))),
                ),
                Section("Kontaktuppgifter", _contact(letter), (HIDDEN,)),
                Section("Dag och tid", _time(letter, ends_at)),
                Section("Plats", (letter.place,) if letter.place else (), (HIDDEN,)),
                Section("Varför du är inbjuden", (letter.reason_for_recipient or letter.purpose,)),
                Section("Inbjudna", _invited(letter)),
                Section("Ombokning av tid", (template.text("rescheduling"),)),
            )
            if any(one.lines)
        ),
    )


def _attention(letter: Letter) -> str:
    """For whose attention, where the address does not say (UPP-086)."""
    is_said = any(line.startswith("Att:") for line in letter.recipient.address_lines)
    return TO_COORDINATOR if letter.recipient.for_coordinator and not is_said else ""


def _person(letter: Letter) -> tuple[str, ...]:
    number = letter.person.identity_number
    if isinstance(number, str):
        return (letter.person.name, f"Personnummer: {number[:8]}-{number[8:]}")
    return (letter.person.name, NO_NUMBER) if isinstance(number, NoIdentityNumber) else (letter.person.name,)


def _contact(letter: Letter) -> tuple[str, ...]:
    one = letter.convener
    labelled = (
        ("Postadress", one.postal_address),
        ("Mailadress", one.email),
        ("Telefonnummer", one.telephone),
    )
    return tuple(f"{label}: {value}" for label, value in labelled if value)


def _time(letter: Letter, ends_at: datetime | None) -> tuple[str, ...]:
    return () if isinstance(letter.starts_at, NotYet) else (day_and_time(letter.starts_at, ends_at),)


def _invited(letter: Letter) -> tuple[str, ...]:
    return tuple(
        ", ".join(filter(None, (one.name, FUNCTIONS.get(one.function, one.function), one.organisation)))
        for one in letter.invitees
    )


def _employer(letter: Letter) -> str:
    said = letter.employer
    if said.exists is Answer.YES:
        return f"Ja. Kallas arbetsgivaren: {said.called.sv}"
    return said.exists.sv

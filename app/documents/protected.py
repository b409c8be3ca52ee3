"""Letters about a protected person: without place and office, and saying how the person is reached."""

from dataclasses import replace
from typing import TypeVar

from app.documents.document import HIDDEN, Document, Section

Letter = TypeVar("Letter", bound=Document)

FORWARDING = Section(
    "Skyddade personuppgifter",
    (
        "Personen har skyddade personuppgifter. För inte vidare adress, plats eller kontor.",
        "Brev till personen förmedlas av Skatteverket: lägg brevet i ett slutet kuvert med personnumret på "
        "och det kuvertet i ett annat, till Skatteverket, Box 2820, 403 20 Göteborg.",
        "Plats och kontor lämnas bara till den som är behörig att se dem.",
    ),
)


def hidden_in(document: Letter) -> Letter:
    """The letter for whoever is not cleared: addressee, and every section that tells, say only that it is
    hidden.
    """
    return replace(
        document,
        to=(HIDDEN,) if document.to else (),
        sections=tuple(
            one if one.otherwise is None else replace(one, lines=one.otherwise) for one in document.sections
        ),
    )


def with_forwarding(document: Letter) -> Letter:
    """The letter, saying how a protected person is reached."""
    return replace(document, sections=(*document.sections, FORWARDING))

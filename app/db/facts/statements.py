"""The envelope of a statement, and which statements still stand."""

from collections.abc import Iterable

from app.db.facts.reading import Row, Unreadable
from app.domain.facts.basics import Side, TheIndividual, TheOrganisation, Word


def side(row: Row, kind: str, organisation: str) -> Side:
    """The individual or an organisation, said by two columns: which of the two, and which organisation."""
    match row.text(kind):
        case "individual":
            return TheIndividual()
        case "organisation":
            return TheOrganisation(row.id(organisation))
        case _:
            raise Unreadable(f"{row.table}.{kind} names neither the individual nor an organisation")


def word(row: Row) -> Word:
    """The envelope of a statement that either side may make."""
    return word_of(side(row, "speaker", "speaker_org"), row)


def word_of(speaker: Side, row: Row) -> Word:
    """The envelope of a statement whose speaker is known."""
    return Word(
        id=row.id("id"),
        speaker=speaker,
        recorded_by=row.id("org_id"),
        said_at=row.instant("said_at"),
        recorded_at=row.instant("recorded_at"),
    )


def standing(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The statements that no later one corrects.

    Only the organisation that wrote a statement down corrects it, about the same item: nobody's word is
    erased by another's.
    """
    all_rows = tuple(rows)
    corrected = {
        (row.id("org_id"), row.id("item_id"), row.id("corrects"))
        for row in all_rows
        if row.is_given("corrects")
    }
    if not corrected:
        return all_rows
    return tuple(
        row for row in all_rows if (row.id("org_id"), row.id("item_id"), row.id("id")) not in corrected
    )

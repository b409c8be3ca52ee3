"""Which statements stand, and whose word each is."""

from typing import Any
from uuid import UUID

import pytest

from app.db.facts.reading import Row, Unreadable
from app.db.facts.statements import side, standing, word
from app.domain.facts.basics import TheIndividual, TheOrganisation

A, B, ITEM = UUID(int=1), UUID(int=2), UUID(int=3)


def said(id_: int, *, by: UUID = A, about: UUID = ITEM, corrects: int | None = None, **other: Any) -> Row:
    """A statement of an organisation about an item."""
    values = {
        "org_id": str(by),
        "id": str(UUID(int=id_)),
        "item_id": str(about),
        "corrects": None if corrects is None else str(UUID(int=corrects)),
        "said_at": "2024-03-04T08:00:00+00:00",
        "recorded_at": "2024-03-04T09:00:00+00:00",
    }
    return Row("statement", {**values, **other})


def ids(rows: tuple[Row, ...]) -> list[int]:
    """The ids as small numbers."""
    return [row.id("id").int for row in rows]


def test_a_corrected_statement_is_left_out() -> None:
    """The correction stands in its place."""
    assert ids(standing([said(10), said(11, corrects=10)])) == [11]


def test_a_corrected_correction_is_left_out_too() -> None:
    """Only the last of a chain of corrections stands; what it corrected does not come back."""
    assert ids(standing([said(10), said(11, corrects=10), said(12, corrects=11)])) == [12]


def test_nobody_erases_another_organisations_statement() -> None:
    """A correction that names another's statement corrects nothing."""
    assert ids(standing([said(10), said(11, by=B, corrects=10)])) == [10, 11]


def test_a_correction_is_about_the_same_item() -> None:
    """A correction that names a statement about something else corrects nothing."""
    assert ids(standing([said(10), said(11, about=B, corrects=10)])) == [10, 11]


def test_a_word_recorded_for_another_is_not_the_speakers_own() -> None:
    """The envelope keeps apart whose word it is and who wrote it down."""
    recorded = word(said(10, speaker="organisation", speaker_org=str(B)))
    assert (recorded.speaker, recorded.recorded_by) == (TheOrganisation(B), A)
    assert not recorded.is_the_speakers_own


def test_the_individual_speaks_through_an_organisation() -> None:
    """The individual's word is written down by somebody."""
    assert word(said(10, speaker="individual", speaker_org=None)).speaker == TheIndividual()


def test_an_organisation_without_a_name_raises() -> None:
    """A word of an organisation must say which."""
    with pytest.raises(Unreadable):
        side(said(10, speaker="organisation", speaker_org=None), "speaker", "speaker_org")


def test_an_unknown_speaker_raises() -> None:
    """There are two kinds of speakers."""
    with pytest.raises(Unreadable):
        side(said(10, speaker="crowd", speaker_org=None), "speaker", "speaker_org")

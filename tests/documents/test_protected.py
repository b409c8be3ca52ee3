import json
from dataclasses import asdict

from app.documents.document import HIDDEN, Document, Section
from app.documents.protected import FORWARDING, hidden_in, with_forwarding
from app.services.sight import NOBODY, UNKNOWN, Sight

LETTER = Document(
    title="Kallelse",
    to=("Enheten", "Gatan 1"),
    sections=(
        Section("Dag och tid", ("måndag",)),
        Section("Plats", ("Rum 4",), (HIDDEN,)),
        Section("Kallande", ("Kim Exempel", "Enheten, Myndigheten"), ("Kim Exempel", "Myndigheten")),
    ),
)


def test_a_hidden_letter_tells_neither_place_nor_office() -> None:
    """What leads to the person is replaced, addressee and all; the rest stands as it was written."""
    hidden = hidden_in(LETTER)
    assert hidden.to == (HIDDEN,)
    assert [one.lines for one in hidden.sections] == [
        ("måndag",),
        (HIDDEN,),
        ("Kim Exempel", "Myndigheten"),
    ]
    assert not {"Rum 4", "Gatan 1", "Enheten"} & set(hidden.as_text().split("\n"))


def test_a_kept_letter_keeps_what_is_hidden_in_it() -> None:
    """Sealed and opened again, a letter hides the same."""
    assert hidden_in(Document.from_json(LETTER.to_json())) == hidden_in(LETTER)


def test_a_section_that_does_not_say_whether_it_tells_is_hidden() -> None:
    """Unknown is never open: a letter kept without the word shows nothing but its headings."""
    kept = asdict(LETTER)
    for one in kept["sections"]:
        del one["otherwise"]
    opened = hidden_in(Document.from_json(json.dumps(kept)))
    assert {one.lines for one in opened.sections} == {(HIDDEN,)}


def test_who_sees_what_of_a_letter() -> None:
    """The uncleared the hidden letter, the cleared the whole; both are told how a protected person is
    reached.
    """
    cleared = Sight(marked=True, cleared=True)
    assert UNKNOWN.document(LETTER) == with_forwarding(hidden_in(LETTER))
    assert cleared.document(LETTER) == with_forwarding(LETTER)
    assert NOBODY.document(LETTER) == LETTER
    assert FORWARDING not in LETTER.sections


def test_what_is_hidden_is_nothing() -> None:
    """A value is either told whole or not at all."""
    assert (UNKNOWN.of("Rum 4"), UNKNOWN.lines(["Rum 4"])) == (None, [])
    assert (NOBODY.of("Rum 4"), NOBODY.lines(["Rum 4"])) == ("Rum 4", ["Rum 4"])

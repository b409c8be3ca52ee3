from pathlib import Path

import pytest

from tests.agreements.sample import AGREEMENT, line_with, refusal

HELD_BY = AGREEMENT[AGREEMENT.index("held_by") : AGREEMENT.index('\n[[clause]]\nid = "SMP-002"')]


@pytest.mark.parametrize(
    ("gone", "reason"),
    [
        ('section = "Rutin: Bokning"\n', "clause SMP-001 has no section"),
        ('quote = "Framförhållningen bör vara fem veckor."\n', "clause SMP-001 has no quote"),
        ('modality = "bor"\n', "clause SMP-001 has no modality"),
        (HELD_BY, "clause SMP-001 has no held_by"),
    ],
)  # fmt: skip
def test_a_clause_without_one_of_its_four_parts_is_refused(tmp_path: Path, gone: str, reason: str) -> None:
    """A clause without section, wording, modality or holder is refused at the line of its id."""
    error = refusal(tmp_path, gone, "")
    assert (error.reason, error.line) == (reason, line_with('"SMP-001"'))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('section = "Rutin: Bokning"', 'section = ""'),
        ('quote = "Framförhållningen bör vara fem veckor."', 'quote = "  "'),
        ('quote = ["Kallelsen ska innehålla:", "Datum"]', "quote = []"),
        ('modality = "bor"', 'modality = ""'),
    ],
)
def test_an_empty_part_of_a_clause_is_refused(tmp_path: Path, old: str, new: str) -> None:
    """An empty section, wording or modality is as good as none, and refused at its own line."""
    assert refusal(tmp_path, old, new).line == line_with(old)


def test_a_clause_that_nothing_holds_is_refused(tmp_path: Path) -> None:
    """An empty list of holders is refused: a clause not held says so, with its reason."""
    error = refusal(tmp_path, HELD_BY, "held_by = []\n")
    assert error.line == line_with("held_by")
    assert "nothing holds the clause" in error.reason


def test_a_holder_that_is_no_table_is_refused(tmp_path: Path) -> None:
    """A holder says which kind it is of, never only its words."""
    error = refusal(tmp_path, '{ document = "kallelse: the date" }', '"kallelse: the date"')
    assert error.reason == "a holder must be a table"
    assert error.line > line_with('id = "SMP-002"')


def test_a_clause_without_an_id_is_refused(tmp_path: Path) -> None:
    """Without an id a clause cannot be cited; it is refused at its table."""
    error = refusal(tmp_path, 'id = "SMP-001"\n', "")
    assert (error.reason, error.line) == ("clause has no id", line_with("[[clause]]"))


def test_an_unknown_modality_is_refused(tmp_path: Path) -> None:
    """Only the text's own four words are modalities."""
    error = refusal(tmp_path, 'modality = "bor"', 'modality = "borde"')
    assert (error.reason, error.line) == (
        "unknown modality borde (there are: ska, bor, kan, fakta)",
        line_with('modality = "bor"'),
    )


def test_a_section_in_none_of_the_documents_is_refused(tmp_path: Path) -> None:
    """A section begins with one of the agreement's documents."""
    error = refusal(tmp_path, '"Rutin: Bokning"', '"Rutinen: Bokning"')
    assert (error.reason, error.line) == (
        "the section Rutinen: Bokning stands in none of the documents",
        line_with('"Rutin: Bokning"'),
    )


def test_a_clause_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    """The second clause with an id is refused at its own line."""
    error = refusal(tmp_path, '"SMP-002"', '"SMP-001"')
    assert (error.reason, error.line) == ("the clause SMP-001 is there twice", line_with('"SMP-002"'))


def test_an_unknown_kind_of_holder_is_refused(tmp_path: Path) -> None:
    """A clause is held by a rule, by access, a document, data or a report, or by nothing with a reason."""
    error = refusal(tmp_path, "{ document =", "{ letter =")
    assert error.reason == "a holder is one of: rule, access, document, data, report, none; not letter"


def test_a_holder_with_nothing_to_say_is_refused(tmp_path: Path) -> None:
    """What is not held says why."""
    error = refusal(tmp_path, '"not yet: the rest"', '""')
    assert (error.reason, error.line) == (
        "none must say in words what holds the clause",
        line_with('"not yet: the rest"'),
    )

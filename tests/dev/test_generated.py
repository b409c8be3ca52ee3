"""Files written from the code."""

from pathlib import Path

import pytest

from dev.generated import differences, openapi, write

PAGES = {"docs/rulebook.md": "rules\n", "docs/clauses/invented.md": "clauses\n"}


def test_what_was_just_written_is_current(tmp_path: Path) -> None:
    """The document comes out the same twice, so a difference always means a change in the code."""
    write(openapi(), tmp_path)
    assert differences(openapi(), tmp_path) == []


@pytest.mark.parametrize("path", PAGES)
def test_an_edit_by_hand_and_a_missing_file_are_found(tmp_path: Path, path: str) -> None:
    """A generated file that was changed, or was never written, is named."""
    write(PAGES, tmp_path)
    (tmp_path / path).write_text("by hand\n", encoding="utf-8")
    assert differences(PAGES, tmp_path) == [path]
    (tmp_path / path).unlink()
    assert differences(PAGES, tmp_path) == [path]


def test_the_page_of_an_agreement_that_is_gone_is_found_and_removed(tmp_path: Path) -> None:
    """A page for which there is no agreement is named, and the next writing removes it."""
    write(PAGES, tmp_path)
    left = tmp_path / "docs" / "clauses" / "gone.md"
    left.touch()
    assert differences(PAGES, tmp_path) == ["docs/clauses/gone.md"]
    write(PAGES, tmp_path)
    assert not left.exists()


def test_writing_the_document_leaves_the_pages_alone(tmp_path: Path) -> None:
    """`make openapi` removes nothing that `make rulebook` wrote."""
    write(PAGES, tmp_path)
    write(openapi(), tmp_path)
    assert differences(PAGES, tmp_path) == []

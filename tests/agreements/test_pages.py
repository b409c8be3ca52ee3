from pathlib import Path

import pytest

from app.agreements.pages import clauses_page, rulebook_page
from app.agreements.registry import Registry, load_folder
from tests.agreements.sample import AGREEMENT, RULES, write


@pytest.fixture
def agreements(tmp_path: Path) -> Registry:
    """The sample alone."""
    write(tmp_path / "sample")
    return load_folder(tmp_path, RULES)


def test_a_rule_is_shown_with_the_clauses_that_call_for_it(agreements: Registry) -> None:
    """The rulebook page tells what a rule asks, when, and each clause with effect and parameters."""
    page = rulebook_page(RULES, agreements)
    assert "## Bokning – booking\n\n### BOK-3\n\n**The others get their lead time.**" in page
    assert "Asked at: issue-summons." in page
    assert (
        "- [SMP-001](clauses/sample.md#smp-001): "
        "`explain`, with party = TWO, weeks = 5, channels = [letter]\n" in page
    )
    assert "- [SMP-002](clauses/sample.md#smp-002): `refuse`\n" in page


def test_a_rule_nobody_calls_for_says_so(agreements: Registry) -> None:
    """A rule that no clause calls for is in the book all the same, and said not to be called for."""
    page = rulebook_page(RULES, Registry([]))
    assert page.count("No clause calls for it.") == len(RULES)
    assert "No clause calls for it." not in rulebook_page(RULES, agreements)


def test_a_clause_is_shown_with_what_holds_it(agreements: Registry) -> None:
    """The page of an agreement gives each clause its words, its modality and every holder."""
    page = clauses_page("sample", agreements)
    assert "## Rutin: Bokning\n\n### SMP-001\n\n*bör*\n\n> Framförhållningen bör vara fem veckor.\n\n" in page
    assert "*ska, as we read it*\n\n> Kallelsen ska innehålla:\n>\n> Datum\n\n" in page
    assert "- rule [KAL-3](../rulebook.md#kal-3): `refuse`\n" in page
    assert "- document: kallelse: the date\n" in page
    assert "- **not held**: not yet: the rest\n" in page
    assert "2 clauses; what holds them, some in several ways: rule 2, document 1, not held 1." in page


def test_the_newest_version_comes_first(tmp_path: Path) -> None:
    """A reader meets the version in force first, and the older ones below it."""
    write(tmp_path / "sample")
    newer = AGREEMENT.replace("valid_from = 2021-01-01", "valid_from = 2023-07-01")
    write(tmp_path / "sample", newer, "2023-07-01.toml")
    page = clauses_page("sample", load_folder(tmp_path, RULES))
    assert 0 < page.index("sample@2023-07-01") < page.index("sample@2021-01-01")


def test_an_agreement_there_is_not_has_no_page(agreements: Registry) -> None:
    """Asking for the page of an agreement that does not exist is an error, not an empty page."""
    with pytest.raises(KeyError):
        clauses_page("other", agreements)

"""The pages of decisions."""

import re
from pathlib import Path

PAGES = Path(__file__).parents[2] / "docs" / "adr"


def test_every_decision_is_in_the_index_once() -> None:
    """The index names each page by its number and title, and no page that is not there."""
    index = (PAGES / "README.md").read_text(encoding="utf-8")
    named = sorted(re.findall(r"^- \[(\d+\. .+)\]\((.+)\)$", index, re.MULTILINE), key=lambda one: one[1])
    there = sorted(page for page in PAGES.glob("*.md") if page.name != "README.md")
    titles = [page.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ") for page in there]
    assert named == [(title, page.name) for title, page in zip(titles, there, strict=True)]

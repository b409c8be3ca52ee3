"""What is told of a value that is not of the form wanted."""

from collections.abc import Iterator
from typing import Any

from app.http.forms import WANTED
from app.schemas.base import CANONICAL_UUID

TOLD_OTHERWISE = {CANONICAL_UUID, r"^\d+\.\d+\.\d+$"}
"""An id has a code of its own, and the API's version only answers."""


def patterns(part: Any) -> Iterator[str]:
    """Every pattern below a part of the document."""
    if isinstance(part, dict):
        if isinstance(part.get("pattern"), str):
            yield part["pattern"]
        part = list(part.values())
    for one in part if isinstance(part, list) else ():
        yield from patterns(one)


def test_every_form_a_value_is_held_to_can_be_told(document: dict[str, Any]) -> None:
    """Whoever sends another form is told which is wanted, whichever field or parameter it is."""
    asked = [
        one
        for item in document["paths"].values()
        for operation in item.values()
        for one in operation.get("parameters", [])
        if one.get("in") == "query"
    ]
    held = set(patterns(document["components"]["schemas"])) | set(patterns(asked))
    assert held - TOLD_OTHERWISE == set(WANTED)

"""Words that tell who wrote them and where: whoever reads one that no act has shown has read too much."""

import re
from itertools import islice
from typing import Any

from dev.test_numbers import published_numbers
from tests.api.matrix.document import Operation, parts, with_part

TOKEN = re.compile(r"kanarie-([A-Z]+)-([A-Za-z]+)-([A-Za-z]+)-slut")

*NUMBERS, ANOTHER = islice(published_numbers(), 300, 305)
"""Personal identity numbers of the published test series: one for each play, and one that no play has."""


def sung(operation: Operation, organisation: str, body: Any, *, to_the_brim: bool) -> Any:
    """The body with a canary in every free text; as long as the field takes, where that is asked for."""
    if operation.schema is None or body is None:
        return body
    for part in list(parts(operation.schema, body)):
        if part.is_free_text and isinstance(part.value, str):
            token = f"kanarie-{organisation}-{operation.id}-{part.name}-slut"
            room = part.schema["maxLength"] if to_the_brim else 0
            body = with_part(body, part.pointer, token.ljust(room, "å"))
    return body


def heard(text: str) -> set[tuple[str, str]]:
    """Who wrote the canaries in a text, and where: organisation, and operation with field."""
    return {(found[1], f"{found[2]}.{found[3]}") for found in TOKEN.finditer(text)}

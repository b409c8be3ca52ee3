"""Everything that can be read, read by whoever tries: about every thing that the play has made."""

from collections.abc import Iterable

import httpx

from app.http.about import BASE_PATH
from tests.api.matrix.actors import PLACES, Actor
from tests.api.matrix.asking import Asked, every_path, filled
from tests.api.matrix.canaries import heard, sung
from tests.api.matrix.document import OPERATIONS, Operation
from tests.api.matrix.expected import PUBLIC
from tests.api.matrix.play import Play
from tests.api.matrix.readable import HOME, NOT_SHOWN_AGAIN
from tests.api.matrix.whereabouts import LISTS

_BY_ANOTHER_VERB = {"lookUpIndividual", "previewSummons", "previewInvitation"}
_READING = (
    one
    for one in OPERATIONS.values()
    if one.id in _BY_ANOTHER_VERB or (one.method == "GET" and one.id not in PUBLIC)
)
READING = sorted(_READING, key=lambda one: one.id != "listLogEntries")
"""The log of who has read comes first: what follows makes it long."""
WRITING = [one for one in OPERATIONS.values() if one.schema is not None]


def paths(it: Play, operation: Operation, actor: Actor) -> list[str]:
    """The paths to ask an operation by: those of all things there are, or the only one."""
    found = every_path(it, operation) if operation.names_a_thing else []
    whole = "?limit=100" if operation.id in LISTS else ""
    return [one + whole for one in found or [Asked(it, operation, actor.place).path]]


async def listen(it: Play, actors: Iterable[Actor]) -> None:
    """Each of them reads, or tries to, all that can be read."""
    for operation in READING:
        for actor in actors:
            for path in paths(it, operation, actor):
                following: str | None = path
                while following:
                    answer = await actor.send(operation, following, filled(it, operation))
                    it.log.keep(operation, actor, answer)
                    following = _next_page(answer) if operation.id == "listLogEntries" else None


def _next_page(answer: httpx.Response) -> str | None:
    """Where a log that others have made long goes on."""
    links = answer.json().get("_links", []) if answer.is_success else []
    found = [one["href"] for one in links if one["rel"] == "next"]
    return found[0].split(BASE_PATH, 1)[1] if found else None


async def refused_with_words(it: Play, operation: Operation, actor: Actor) -> httpx.Response:
    """The answer to somebody who sends words in every text, and a field that is unknown."""
    body = sung(operation, PLACES[actor.place], filled(it, operation), to_the_brim=False)
    field = f"kanarie-{PLACES[actor.place]}-{operation.id}-unknown-slut"
    answer = await actor.send(operation, Asked(it, operation, actor.place).path, body | {"x": field})
    it.log.keep(operation, actor, answer)
    return answer


def missed(it: Play) -> set[str]:
    """The words that their own writer has not found again, and should have."""
    found = {
        (writer, where)
        for one in it.log.answers
        for writer, where in heard(one.text)
        if one.place.removesuffix("_other_unit") == HOME[writer]
    }
    return {f"{writer}:{where}" for writer, where in it.log.written - found if where not in NOT_SHOWN_AGAIN}

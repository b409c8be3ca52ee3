"""What is wrong with an answer: to a thing as it stands to whoever asks, and beside it to what never was."""

from dataclasses import dataclass

import httpx

from tests.api.matrix.actors import Actor
from tests.api.matrix.asking import Asked, filled
from tests.api.matrix.document import Operation
from tests.api.matrix.expected import EXPECTED, Answer
from tests.api.matrix.play import Play

PASSING = ("date", "traceparent")
"""What differs between two answers to the same request."""

REFUSALS = {Answer.NOBODY: 401, Answer.NOT_ALLOWED: 403, Answer.HIDDEN: 404}


def bytes_of(answer: httpx.Response) -> tuple[int, list[tuple[str, str]], bytes]:
    """All that a caller can tell an answer by."""
    headers = sorted(one for one in answer.headers.items() if one[0] not in PASSING)
    return answer.status_code, headers, answer.content


@dataclass(frozen=True)
class Pair:
    """The answers to one request: about the thing itself, and about one that never was."""

    real: httpx.Response
    never: httpx.Response

    @property
    def is_alike(self) -> bool:
        """Whether nobody can tell which is which."""
        return bytes_of(self.real) == bytes_of(self.never)

    @property
    def is_broken(self) -> bool:
        """Whether either is the API's own failure."""
        return self.real.status_code >= 500 or self.never.status_code >= 500

    def __str__(self) -> str:
        code = self.real.json().get("code", "") if self.real.content else ""
        return f"{self.real.status_code} {code}, never {self.never.status_code}"


async def pair(it: Play, operation: Operation, actor: Actor) -> Pair:
    """Both answers to somebody; the first is kept."""
    asked = Asked(it, operation, actor.place)
    real = await actor.send(operation, asked.path, filled(it, operation))
    it.log.keep(operation, actor, real)
    never = await actor.send(operation, asked.never, filled(it, operation, never=True))
    return Pair(real, never)


def is_seen(operation: Operation, actor: Actor, expected: Answer) -> bool:
    """Whether somebody who may not do it sees the thing all the same, and so is told that it is there."""
    return expected is Answer.NOT_ALLOWED and actor.role in EXPECTED[operation.id].roles


def fault(operation: Operation, expected: Answer, given: Pair, *, is_seen: bool = False) -> str | None:
    """What is wrong with a pair of answers.

    Whoever sees the thing and may not touch it is told so; whose role never may, and who does not see it,
    hear the same of both.
    """
    if given.is_broken:
        return f"broke: {given}"
    if expected in REFUSALS:
        if given.real.status_code != REFUSALS[expected]:
            return f"should be {expected.value}: {given}"
        if not is_seen and not given.is_alike:
            return f"told from what never was: {given}"
        return None
    lets_through = (200, 201) if operation.method == "GET" else (200, 201, 409, 412, 422)
    if given.real.status_code not in lets_through:
        return f"should be let through: {given}"
    return None

"""Every operation × everybody who could call × the thing as it stands to them; and what never was."""

from typing import Any

import httpx
import pytest

from tests.api.matrix.actors import Actor, Tokenless, company
from tests.api.matrix.asking import Asked, filled
from tests.api.matrix.conftest import Theatre
from tests.api.matrix.document import OPERATIONS, UNKNOWN, Operation
from tests.api.matrix.expected import EXPECTED, PUBLIC, Answer
from tests.api.matrix.play import Play

PASSING = ("Date", "traceparent")
"""What differs between two answers to the same request."""


@pytest.fixture(scope="session")
async def everybody(theatre: Theatre, played: tuple[Play, Any]) -> list[Actor]:
    """All who call: every role at every place."""
    return await company(theatre.staff, played[0].players)


def bytes_of(answer: httpx.Response) -> tuple[int, list[tuple[str, str]], bytes]:
    """All that a caller can tell an answer by."""
    headers = sorted(
        one for one in answer.headers.items() if one[0] not in [name.lower() for name in PASSING]
    )
    return answer.status_code, headers, answer.content


def test_every_operation_of_the_document_is_expected() -> None:
    """A route that nobody has thought about in this table is a route that nobody has proved."""
    assert EXPECTED.keys() | PUBLIC == OPERATIONS.keys()


async def _answers(it: Play, operation: Operation, actor: Actor) -> tuple[httpx.Response, httpx.Response]:
    asked = Asked(it, operation, actor.place)
    body = filled(it, operation)
    real = await actor.send(operation, asked.path, body)
    it.log.keep(operation, actor, real)
    never = await actor.send(operation, asked.never, filled(it, operation, never=True))
    return real, never


def _fault(
    operation: Operation,
    expected: Answer,
    real: httpx.Response,
    never: httpx.Response,
    *,
    is_seen: bool = False,
) -> str | None:
    """What is wrong with a pair of answers: to the thing itself, and to one that never was.

    Whoever sees the thing and may not touch it is told so; whose role never may, and who does not see it,
    hear the same of both.
    """
    codes = (
        f"{real.status_code} {real.json().get('code', '') if real.content else ''}, never {never.status_code}"
    )
    if real.status_code >= 500 or never.status_code >= 500:
        return f"broke: {codes}"
    refusals = {Answer.NOBODY: 401, Answer.NOT_ALLOWED: 403, Answer.HIDDEN: 404}
    if expected in refusals:
        if real.status_code != refusals[expected]:
            return f"should be {expected.value}: {codes}"
        if not is_seen and bytes_of(real) != bytes_of(never):
            return f"told from what never was: {codes}"
        return None
    lets_through = (200, 201) if operation.method == "GET" else (200, 201, 409, 412, 422)
    if real.status_code not in lets_through:
        return f"should be let through: {codes}"
    return None


@pytest.mark.parametrize("name", [one for one in OPERATIONS if one not in PUBLIC])
async def test_everybody_is_answered_as_the_rules_say(it: Play, everybody: list[Actor], name: str) -> None:
    """Whoever may is let through; the rest are refused, and none can tell the hidden from the absent."""
    operation, faults = OPERATIONS[name], []
    for actor in everybody:
        real, never = await _answers(it, operation, actor)
        expected = EXPECTED[name].of(actor.role, actor.place)
        is_seen = expected is Answer.NOT_ALLOWED and actor.role in EXPECTED[name].roles
        fault = _fault(operation, expected, real, never, is_seen=is_seen)
        if fault:
            faults.append(f"{actor} {fault}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", [one for one in OPERATIONS if one not in PUBLIC])
async def test_without_an_account_everything_is_refused_alike(it: Play, name: str) -> None:
    """No token, and a token that no account belongs to: 401, the same for what is there and what is not."""
    operation = OPERATIONS[name]
    nobody = Tokenless("own", "nobody", it.holder.caller, it.clock)
    unknown = Actor("own", "unknown", it.stranger, it.clock)
    for actor in (nobody, unknown):
        real, never = await _answers(it, operation, actor)
        assert _fault(operation, Answer.NOBODY, real, never) is None
        broken = await actor.send(operation, Asked(it, operation, "own").path, {"x": UNKNOWN})
        assert bytes_of(broken) == bytes_of(real)

"""Every operation × everybody who could call × the thing as it stands to them; and what never was."""

from typing import Any

import pytest

from tests.api.matrix.actors import Actor, company
from tests.api.matrix.asking import Asked
from tests.api.matrix.conftest import Theatre
from tests.api.matrix.document import OPERATIONS, UNKNOWN
from tests.api.matrix.expected import EXPECTED, PUBLIC, Answer
from tests.api.matrix.judging import bytes_of, fault, is_seen, pair
from tests.api.matrix.nobody import nobodies
from tests.api.matrix.play import Play
from tests.api.matrix.readable import overheard


@pytest.fixture(scope="session")
async def everybody(theatre: Theatre, played: tuple[Play, Any]) -> list[Actor]:
    """All who call: every role at every place."""
    return await company(theatre.staff, played[0].players)


@pytest.fixture(scope="session")
async def refused(theatre: Theatre, played: tuple[Play, Any]) -> list[Actor]:
    """All who are nobody here."""
    return await nobodies(theatre.staff, played[0])


def test_every_operation_of_the_document_is_expected() -> None:
    """A route that nobody has thought about in this table is a route that nobody has proved."""
    assert EXPECTED.keys() | PUBLIC == OPERATIONS.keys()


@pytest.mark.parametrize("name", [one for one in OPERATIONS if one not in PUBLIC])
async def test_everybody_is_answered_as_the_rules_say(it: Play, everybody: list[Actor], name: str) -> None:
    """Whoever may is let through; the rest are refused, none can tell the hidden from the absent, and nobody
    reads a word that is not for them.
    """
    operation, faults = OPERATIONS[name], []
    for actor in everybody:
        given = await pair(it, operation, actor)
        expected = EXPECTED[name].of(actor.role, actor.place)
        found = fault(operation, expected, given, is_seen=is_seen(operation, actor, expected))
        if found:
            faults.append(f"{actor} {found}")
        faults += [f"{actor} reads {one}" for one in overheard(actor.place, actor.role, given.real.text)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", [one for one in OPERATIONS if one not in PUBLIC])
async def test_without_an_account_everything_is_refused_alike(
    it: Play, refused: list[Actor], name: str
) -> None:
    """No token, one that has ended, one for another API, one that no account belongs to, and an account that
    has ended: 401, the same for what is there and what is not.
    """
    operation = OPERATIONS[name]
    for actor in refused:
        given = await pair(it, operation, actor)
        assert fault(operation, Answer.NOBODY, given) is None, str(actor)
        broken = await actor.send(operation, Asked(it, operation, "own").path, {"x": UNKNOWN})
        assert bytes_of(broken) == bytes_of(given.real)

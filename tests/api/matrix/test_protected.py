import logging
from datetime import datetime

import pytest

from tests.api.matrix.actors import Actor, company
from tests.api.matrix.conftest import Theatre
from tests.api.matrix.document import OPERATIONS
from tests.api.matrix.play import Play
from tests.api.matrix.whereabouts import BY_ANOTHER_VERB, READING, Watched, watched_play


@pytest.fixture(scope="session")
async def watched(theatre: Theatre, played: tuple[Play, datetime]) -> Watched:
    """The routine played about people who are protected after that: never the first, where managers act."""
    return await watched_play(theatre)


@pytest.fixture(scope="session")
async def uncleared(theatre: Theatre, watched: Watched) -> list[Actor]:
    """Every role at every place, none of them cleared."""
    return await company(theatre.staff, watched.it.players)


@pytest.mark.parametrize("name", sorted(READING))
async def test_nobody_who_is_not_cleared_hears_where_a_protected_person_is(
    watched: Watched, uncleared: list[Actor], caplog: pytest.LogCaptureFixture, name: str
) -> None:
    """No contact data, place, link or office in a body, a header or the log: 0 canaries, whoever asks."""
    leaks = []
    with caplog.at_level(logging.DEBUG):
        for actor in uncleared:
            status, text = await watched.answer_to(OPERATIONS[name], actor)
            assert status < 500
            leaks += [f"{actor}: {one}" for one in watched.heard_in(text)]
    assert leaks == []
    assert watched.heard_in(caplog.text) == set()


@pytest.mark.parametrize("place", ["own", "disclosed"])
async def test_the_cleared_hear_it(theatre: Theatre, watched: Watched, place: str) -> None:
    """The positive twin: what nobody else hears is there, and whom two people have cleared reads it."""
    actor = await watched.clear(theatre, place)
    found = await watched.heard_by(actor, READING - BY_ANOTHER_VERB)
    assert found >= watched.told_to_the_cleared(place)

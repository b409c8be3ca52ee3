"""Whoever wrote a word finds it, and no refusal repeats one; that nobody else reads it is the matrix's."""

from datetime import datetime

import pytest

from tests.api.matrix.canaries import heard
from tests.api.matrix.conftest import Theatre
from tests.api.matrix.document import OPERATIONS, parts
from tests.api.matrix.listening import WRITING, listen, missed, refused_with_words
from tests.api.matrix.play import Plainly, Play
from tests.api.matrix.readable import HOME, overheard, readers

PLACES = sorted(HOME.values())


def test_every_text_of_the_document_has_its_readers() -> None:
    """A text that nobody has thought about in the table of readers is one that nobody has proved."""
    for operation in OPERATIONS.values():
        for part in parts(operation.schema or {}, operation.example):
            if part.is_free_text and isinstance(part.value, str):
                assert readers(f"{operation.id}.{part.name}") is not None


async def test_whoever_wrote_a_word_finds_it(theatre: Theatre, played: tuple[Play, datetime]) -> None:
    """The positive twin: every word of the play is read by its writer's organisation, so that it could leak;
    and none of those who took part has heard one that is not for them.

    In a play of its own, after the first: what other tests ask of that one writes over its words.
    """
    it = await theatre.play("caseworker", Plainly())
    await listen(it, [*(it.players[place] for place in PLACES), it.administrator, it.manager])
    lost = missed(it)
    assert lost == set(), sorted(lost)
    for one in it.log.answers:
        assert overheard(one.place, one.role, one.text) == set(), (one.operation, one.place)


@pytest.mark.parametrize("name", [one.id for one in WRITING])
async def test_a_refusal_repeats_nobodys_words(it: Play, name: str) -> None:
    """Whatever was sent, and by whom: the problem says which field, and never what stood in it."""
    for place in PLACES:
        answer = await refused_with_words(it, OPERATIONS[name], it.players[place])
        assert 400 <= answer.status_code < 500
        assert heard(answer.text) == set()

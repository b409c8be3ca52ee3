from tests.api.matrix.play import Play
from tests.api.matrix.scene import not_played


async def test_every_act_and_statement_succeeds_in_the_play(it: Play) -> None:
    """An operation that nobody can carry out proves nothing by being refused: the play uses them all."""
    assert not_played(it) == set()

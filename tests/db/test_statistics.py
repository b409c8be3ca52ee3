"""Counts without persons: what is under five stays in the gate, with whatever would give it back."""

import itertools
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.auth.context import ContextSigner
from app.db.database import Database
from app.db.ids import new_id
from app.db.tables.deviations import StatisticFact
from app.errors import Unavailable
from app.wiring import sign_with
from tests.db.scene import Scene, owner, stage

pytestmark = pytest.mark.database

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SHOWN = "select starts_on, ends_before, detail, party, n from gate_statistics.shown($1, 'deviation', $2, $3)"
AUTUMN = (date(2025, 9, 1), date(2026, 1, 1))
ALWAYS = (date(2018, 1, 1), date(2026, 12, 31))

Facts = dict[tuple[date, str, str], int]


@pytest.fixture
async def scene(api_url: str, migration_url: str, signer: ContextSigner) -> AsyncIterator[Scene]:
    """Organisations whose clock shows another day than the database's."""
    async with Database(api_url, sign_with(signer), smallest=1, largest=2).opened() as opened:
        yield await stage(opened, migration_url)


async def counted(scene: Scene, facts: Facts) -> str:
    """An agreement of its own under which so many facts of each month, detail and party are counted."""
    agreement = f"agreement-{new_id()}"
    await more(scene, agreement, facts)
    return agreement


async def more(scene: Scene, agreement: str, facts: Facts) -> None:
    """More facts under an agreement."""
    await scene.add(
        scene.a,
        *(
            StatisticFact(
                org_id=scene.a.id,
                id=new_id(),
                agreement_key=agreement,
                kind="deviation",
                detail=detail,
                party=party,
                municipality=None,
                month=month,
            )
            for (month, detail, party), number in facts.items()
            for _ in range(number)
        ),
    )


async def asked(
    scene: Scene, agreement: str, days: tuple[date, date] = ALWAYS, at: datetime = NOW
) -> list[Any]:
    """What the gate answers about a time, asked at a moment."""
    async with scene.act(scene.b, at) as tx:
        return [tuple(row) for row in await tx.table(SHOWN, agreement, *days)]


async def test_facts_are_counted_and_never_read(scene: Scene) -> None:
    """A adds facts and cannot read them back; whoever has a context gets counts of five and more."""
    agreement = await counted(scene, {(date(2025, 10, 1), "no_answer", "FK"): 6})
    with pytest.raises(Unavailable):
        await scene.count(scene.a, "statistic_fact")
    sums = [("no_answer", "FK"), ("no_answer", None), (None, "FK"), (None, None)]
    assert await asked(scene, agreement) == [(*AUTUMN, detail, party, 6) for detail, party in sums]


async def test_four_are_withheld_and_five_are_shown(scene: Scene) -> None:
    """Both sides of the boundary: a cell of four never leaves the gate, one of five does."""
    october = date(2025, 10, 1)
    assert await asked(scene, await counted(scene, {(october, "absent", "AF"): 4})) == [
        (*AUTUMN, None, None, None)
    ]
    five = await asked(scene, await counted(scene, {(october, "absent", "AF"): 5}))
    assert {row[4] for row in five} == {5}


async def test_what_would_give_a_small_cell_back_is_withheld_with_it(scene: Scene) -> None:
    """Two of three parties known and their sum told would tell the third: so the sum, too, stays inside."""
    october = date(2025, 10, 1)
    facts = {(october, "absent", party): n for party, n in (("AF", 2), ("FK", 20), ("REGION", 30))}
    shown = {(row[2], row[3]): row[4] for row in await asked(scene, await counted(scene, facts))}
    assert shown == {
        (detail, party): n for detail in ("absent", None) for party, n in (("FK", 20), ("REGION", 30))
    }


async def test_a_quiet_period_is_widened(scene: Scene) -> None:
    """Three in spring, three in summer: nothing may be shown until both thirds are taken together."""
    agreement = await counted(
        scene, {(date(2025, 2, 1), "absent", "AF"): 3, (date(2025, 7, 1), "absent", "AF"): 3}
    )
    found = await asked(scene, agreement, (date(2025, 5, 1), date(2025, 5, 31)))
    assert {row[:2] for row in found} == {(date(2025, 1, 1), date(2025, 9, 1))}
    assert {row[4] for row in found} == {6}


async def test_a_running_period_is_not_counted_until_it_has_ended(scene: Scene) -> None:
    """Asking every day would tell each new one; on the first day of the next third all are told at once."""
    agreement = await counted(scene, {(date(2026, 3, 1), "absent", "AF"): 9})
    assert await asked(scene, agreement) == []
    last_evening = datetime(2026, 4, 30, 21, 59, tzinfo=UTC)
    assert await asked(scene, agreement, at=last_evening) == []
    first_morning = datetime(2026, 4, 30, 22, 0, tzinfo=UTC)
    assert {row[4] for row in await asked(scene, agreement, at=first_morning)} == {9}


async def test_no_two_questions_give_a_small_cell_back(scene: Scene) -> None:
    """Every period asked for, on every day asked, is answered in the same blocks, and no two overlap."""
    months = [date(year, month, 1) for year in (2024, 2025) for month in range(1, 13)]
    facts = {
        (month, detail, party): (7 * number + 3 * place) % 4
        for number, month in enumerate(months)
        for place, (detail, party) in enumerate(
            itertools.product(("absent", "no_answer"), ("AF", "FK", "REGION"))
        )
    }
    agreement = await counted(scene, facts)
    blocks: dict[tuple[date, date], set[Any]] = {}
    for first, last in itertools.combinations(months, 2):
        for at in (NOW, datetime(2026, 8, 1, tzinfo=UTC)):
            for starts_on, ends_before, *cell in await asked(scene, agreement, (first, last), at):
                blocks.setdefault((starts_on, ends_before), set()).add(tuple(cell))
    whole = await asked(scene, agreement)
    assert {block: cells for block, cells in blocks.items() if cells != {(None, None, None)}} == {
        block: {row[2:] for row in whole if row[:2] == block} for block in {row[:2] for row in whole}
    }
    ordered = sorted(blocks)
    assert all(one[1] <= then[0] for one, then in itertools.pairwise(ordered))


async def test_a_period_that_may_be_shown_stays_as_it_is(scene: Scene) -> None:
    """A third that can be told is told alone; what comes after it starts a period of its own."""
    agreement = await counted(
        scene, {(date(2025, 2, 1), "absent", "AF"): 6, (date(2025, 7, 1), "absent", "AF"): 2}
    )
    found = await asked(scene, agreement, at=datetime(2025, 9, 2, tzinfo=UTC))
    assert {(row[0], row[4]) for row in found} == {(date(2025, 1, 1), 6), (date(2025, 5, 1), None)}
    await more(scene, agreement, {(date(2025, 10, 1), "absent", "AF"): 3})
    later = await asked(scene, agreement)
    assert {(*row[:2], row[4]) for row in later} == {
        (date(2025, 1, 1), date(2025, 5, 1), 6),
        (date(2025, 5, 1), date(2026, 1, 1), 5),
    }


def with_sums(inner: list[list[int]]) -> list[list[int]]:
    """The table with the sums of its rows and columns."""
    wide = [[*row, sum(row)] for row in inner]
    return [*wide, [sum(column) for column in zip(*wide, strict=True)]]


async def showable(connection: Any, table: list[list[int]]) -> list[list[bool]]:
    """Which cells of a table with its sums the gate would show."""
    width = len(table[0])
    flat = [one for row in table for one in row]
    found = await connection.fetchval("select gate_statistics.showable($1, $2, $3)", len(table), width, flat)
    return [list(found[start : start + width]) for start in range(0, len(flat), width)]


def fits(table: list[list[int]], shown: list[list[bool]], known_party: int) -> list[list[list[int]]]:
    """Every table somebody who knows one party's column cannot tell from this one, with cells up to 12."""
    rows, columns = len(table) - 1, len(table[0]) - 1
    choices = [
        [table[r][c]] if shown[r][c] or c == known_party else range(13)
        for r in range(rows)
        for c in range(columns)
    ]
    found = []
    for cells in itertools.product(*choices):
        other = with_sums([list(cells[r * columns : (r + 1) * columns]) for r in range(rows)])
        if all(
            mine == yours or not told
            for ours, theirs, tells in zip(table, other, shown, strict=True)
            for mine, yours, told in zip(ours, theirs, tells, strict=True)
        ):
            found.append(other)
    return found


COUNT = st.one_of(st.integers(0, 5), st.integers(0, 9))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(inner=st.lists(st.lists(COUNT, min_size=2, max_size=2), min_size=1, max_size=2))
async def test_the_sums_give_no_small_cell_back(migration_url: str, inner: list[list[int]]) -> None:
    """For every small cell there is another table with the same shown numbers in which it is five or more."""
    table = with_sums(inner)
    async with owner(migration_url) as connection:
        await connection.execute("set role gate_statistics")
        shown = await showable(connection, table)
    others = fits(table, shown, known_party=-1)
    for r, c in itertools.product(range(len(table)), range(len(table[0]))):
        if table[r][c] < 5:
            assert not shown[r][c]
        if 0 < table[r][c] < 5:
            assert any(other[r][c] >= 5 for other in others)


def rank(matrix: list[list[Fraction]]) -> int:
    """How many of these equations say something of their own."""
    left, found = [row[:] for row in matrix], 0
    for column in range(len(matrix[0])):
        pivot = next((row for row in left if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        found += 1
        left = [
            [one - row[column] / pivot[column] * by for one, by in zip(row, pivot, strict=True)]
            for row in left
        ]
    return found


def is_told(shown: list[list[bool]], cell: tuple[int, int]) -> bool:
    """Whether the sums of all lines together fix a withheld cell, taken as equations."""
    rows, columns = range(len(shown)), range(len(shown[0]))
    unknown = [(r, c) for r, c in itertools.product(rows, columns) if not shown[r][c]]
    lines = [[(r, c) for c in columns] for r in rows] + [[(r, c) for r in rows] for c in columns]
    equations = [
        [Fraction((place in line) * (-1 if place == line[-1] else 1)) for place in unknown] for line in lines
    ]
    alone = [Fraction(place == cell) for place in unknown]
    return rank(equations) == rank([*equations, alone])


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(inner=st.lists(st.lists(COUNT, min_size=4, max_size=4), min_size=2, max_size=5))
async def test_all_sums_together_fix_no_small_cell(migration_url: str, inner: list[list[int]]) -> None:
    """Also in larger tables, where several lines together could tell what no line tells alone."""
    table = with_sums(inner)
    async with owner(migration_url) as connection:
        await connection.execute("set role gate_statistics")
        shown = await showable(connection, table)
    for r, c in itertools.product(range(len(table)), range(len(table[0]))):
        assert not (0 < table[r][c] < 5 and is_told(shown, (r, c)))


@pytest.mark.parametrize(
    "inner",
    [
        [[2, 6, 20], [9, 11, 7]],
        [[1, 9, 9]],
        [[1, 1, 5], [8, 0, 3]],
        [[4, 4, 9], [6, 7, 8]],
        [[3, 0, 0], [5, 9, 12]],
    ],
)
async def test_a_party_that_knows_its_own_column_learns_no_small_cell(
    migration_url: str, inner: list[list[int]]
) -> None:
    """Whichever party asks with its own numbers in hand, no small cell of another's is told."""
    table = with_sums(inner)
    async with owner(migration_url) as connection:
        await connection.execute("set role gate_statistics")
        shown = await showable(connection, table)
    for party in range(3):
        others = fits(table, shown, known_party=party)
        for r, c in itertools.product(range(len(inner)), range(3)):
            if c != party and 0 < table[r][c] < 5:
                assert any(other[r][c] >= 5 for other in others)

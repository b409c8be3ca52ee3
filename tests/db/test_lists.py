"""A list's keys from the gate, and counts without rows."""

from typing import Any
from uuid import UUID

import pytest

from app.db.ids import new_id
from app.db.tables.deviations import StatisticFact
from app.errors import NotFound
from tests.db import rows
from tests.db.scene import Organisation, Scene

pytestmark = pytest.mark.database


async def page(scene: Scene, who: Organisation, limit: int = 20, kind: str = "meeting") -> list[Any]:
    """The keys of the disclosed arm of that organisation's list, in their order."""
    async with scene.act(who) as tx:
        found = await tx.table("select org_id, id from gate_visibility.disclosed_page($1, $2)", kind, limit)
    return [tuple(row) for row in found]


async def meetings(scene: Scene, number: int) -> list[UUID]:
    """More meetings of the case, oldest first."""
    made = [rows.meeting(scene.case) for _ in range(number)]
    await scene.add(scene.a, *made)
    return sorted(one.id for one in made)


async def test_a_page_is_the_newest_cut_to_its_length(scene: Scene) -> None:
    """Five meetings shown, three asked for: the three newest, newest first, of that kind only."""
    consent = await scene.consent(scene.b)
    made = await meetings(scene, 5)
    for one in made:
        await scene.show("meeting", one, consent, scene.b)
    await scene.call(scene.b, consent)
    assert await page(scene, scene.b, 3) == [(scene.a.id, one) for one in reversed(made[2:])]
    assert len(await page(scene, scene.b)) == 5
    assert await page(scene, scene.a) == []
    assert await page(scene, scene.c) == []


async def test_shown_twice_is_listed_once(scene: Scene) -> None:
    """Under two living consents an item takes one place on the page, under one dead and one living also."""
    first, second = await scene.consent(scene.b), await scene.consent(scene.b)
    made = await meetings(scene, 2)
    for consent in (first, second):
        for one in made:
            await scene.show("meeting", one, consent, scene.b)
    expected = [(scene.a.id, one) for one in reversed(made)]
    assert await page(scene, scene.b, 2) == expected
    await scene.withdraw(scene.a, second)
    assert await page(scene, scene.b, 2) == expected
    await scene.withdraw(scene.a, first)
    assert await page(scene, scene.b, 2) == []


async def test_dead_disclosures_take_no_place(scene: Scene) -> None:
    """What consent no longer covers is skipped before the page is cut, not after."""
    living, ended = await scene.consent(scene.b), await scene.consent(scene.b)
    made = await meetings(scene, 4)
    for one in made[:2]:
        await scene.show("meeting", one, living, scene.b)
    for one in made[2:]:
        await scene.show("meeting", one, ended, scene.b)
    await scene.withdraw(scene.a, ended)
    assert await page(scene, scene.b, 2) == [(scene.a.id, made[1]), (scene.a.id, made[0])]


async def test_the_page_and_the_policy_agree(scene: Scene) -> None:
    """The keys the gate gives are the rows the policy shows."""
    consent = await scene.consent(scene.b)
    for one in (await meetings(scene, 3))[1:]:
        await scene.show("meeting", one, consent, scene.b)
    async with scene.act(scene.b) as tx:
        visible = await tx.table("select org_id, id from flerpart.meeting order by id desc")
    assert await page(scene, scene.b) == [tuple(row) for row in visible]


async def test_statistics_are_counts_and_never_rows(scene: Scene) -> None:
    """A adds facts without a person and cannot read them back; counts are given to whoever has a context."""
    agreement = f"an agreement of {scene.a.id}"
    month = rows.TODAY.replace(day=1)
    facts = [
        StatisticFact(
            org_id=scene.a.id,
            id=new_id(),
            agreement_key=agreement,
            kind="deviation",
            detail="no_answer",
            party="A",
            municipality=None,
            month=month,
        )
        for _ in range(6)
    ]
    await scene.add(scene.a, *facts)
    with pytest.raises(NotFound):
        await scene.count(scene.a, "statistic_fact")
    counts = "select detail, party, month, n from gate_statistics.counts($1, 'deviation', $2, $3)"
    async with scene.act(scene.b) as tx:
        found = await tx.table(counts, agreement, month, month.replace(month=4))
        assert [tuple(row) for row in found] == [("no_answer", "A", month, 6)]
        assert await tx.table(counts, agreement, month.replace(month=4), month.replace(month=5)) == []

"""A list's keys from the gate."""

from typing import Any
from uuid import UUID

import pytest

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

"""The gate of facts: the whole picture for whom it concerns, nothing and no wait for others."""

import asyncio

import pytest

from app.db.ids import new_id
from app.db.tables import METADATA
from app.errors import Unavailable
from tests.db import rows
from tests.db.scene import FACTS, Scene, waits

pytestmark = pytest.mark.database

LOCK = "select gate_facts.lock_case($1, $2)"


async def test_the_holder_gets_the_whole_picture(scene: Scene) -> None:
    """A's picture has what B said beside what A did."""
    consent = await scene.consent(scene.b)
    letter, _ = await scene.call(scene.b, consent)
    version, promised, _ = await scene.propose(scene.b, consent)
    await scene.add(scene.b, rows.reply(scene.b.id, scene.a.id, letter.id, scene.case.id))
    await scene.add(scene.b, rows.commitment(scene.b.id, scene.a.id, version.id, scene.case.id, promised.id))
    picture = await scene.facts(scene.a)
    assert picture is not None
    assert picture["case_file"]["id"] == str(scene.case.id)
    assert [one["reply"] for one in picture["summons_reply"]] == ["accepted"]
    assert [one["action_id"] for one in picture["commitment"]] == [str(promised.id)]
    assert len(picture["disclosure"]) == 2


async def test_nothing_anybody_wrote_is_in_the_picture(scene: Scene) -> None:
    """Of sealed columns, and of the index of an identity, the picture says at most whether they are there."""
    consent = await scene.consent(scene.b)
    version, promised, _ = await scene.propose(scene.b, consent)
    await scene.add(scene.b, rows.commitment(scene.b.id, scene.a.id, version.id, scene.case.id, promised.id))
    picture = await scene.facts(scene.a)
    assert picture is not None
    assert picture["plan"][0]["has_content"] is True
    assert picture["commitment"][0]["has_speaker_name"] is False
    assert "sealed" not in str(picture)
    assert rows.SEALED.hex() not in str(picture)
    withheld = {c.name for t in METADATA.tables.values() for c in t.c if c.type.python_type is bytes}
    for table, found in picture.items():
        for row in found if isinstance(found, list) else [found]:
            assert withheld.isdisjoint(row), table


async def test_every_table_of_a_case_is_in_the_picture(scene: Scene) -> None:
    """A table that speaks of a case and is missing here would be missing in every judgement."""
    picture = await scene.facts(scene.a)
    assert picture is not None
    of_a_case = {t.name for t in METADATA.tables.values() if "case_id" in t.c}
    kept_elsewhere = {"received_copy", "deviation", "read_entry"}
    assert of_a_case - kept_elsewhere <= set(picture)


async def test_a_covered_organisation_gets_it_while_consent_lives(scene: Scene) -> None:
    """B gets the picture once shown something of the case, and no longer after a withdrawal; A always."""
    consent = await scene.consent(scene.b)
    assert await scene.facts(scene.b) is None
    await scene.show("meeting", scene.meeting.id, consent, scene.b)
    assert await scene.facts(scene.b) == await scene.facts(scene.a)
    await scene.withdraw(scene.a, consent)
    assert await scene.facts(scene.b) is None
    assert await scene.facts(scene.b, to_change=True) is None
    assert await scene.facts(scene.a) is not None


async def test_a_stranger_gets_nothing_and_waits_for_nothing(scene: Scene) -> None:
    """While A holds the case, C is answered, about it and about an invented case, with the same nothing."""
    await scene.show("meeting", scene.meeting.id, await scene.consent(scene.b), scene.b)
    async with scene.act(scene.a) as busy:
        assert await busy.call(FACTS, scene.a.id, scene.case.id, True) is not None
        for case in (scene.case.id, new_id()):
            assert await scene.facts(scene.c, to_change=True, case=case) is None
            async with scene.act(scene.c) as tx:
                assert await tx.call(LOCK, scene.a.id, case) is False
            assert await scene.facts(scene.c, case=case) is None


async def test_whoever_waited_sees_the_newest_picture(scene: Scene) -> None:
    """B waits for A's act and then sees what A did, though its transaction began before."""
    await scene.show("meeting", scene.meeting.id, await scene.consent(scene.b), scene.b)
    async with scene.act(scene.a) as first, scene.act(scene.b) as second:
        assert await first.call(FACTS, scene.a.id, scene.case.id, True) is not None
        waiting = asyncio.create_task(second.call(FACTS, scene.a.id, scene.case.id, True))
        await first.add(rows.meeting(scene.case))
        assert await waits(scene.database, waiting)
        await first.commit()
        assert len((await waiting)["meeting"]) == 2


async def test_a_withdrawal_while_waiting_ends_the_question(scene: Scene) -> None:
    """B waits for the act in which A records the withdrawal, and is then told nothing."""
    consent = await scene.consent(scene.b)
    await scene.show("meeting", scene.meeting.id, consent, scene.b)
    async with scene.act(scene.a) as first, scene.act(scene.b) as second:
        await first.call(FACTS, scene.a.id, scene.case.id, True)
        waiting = asyncio.create_task(second.call(FACTS, scene.a.id, scene.case.id, True))
        await first.add(rows.withdrawal(scene.a.id, consent, None))
        assert await waits(scene.database, waiting)
        await first.commit()
        assert await waiting is None


async def test_reading_does_not_wait(scene: Scene) -> None:
    """A picture that is only looked at takes no lock."""
    await scene.show("meeting", scene.meeting.id, await scene.consent(scene.b), scene.b)
    async with scene.act(scene.a) as busy:
        await busy.call(FACTS, scene.a.id, scene.case.id, True)
        assert await scene.facts(scene.b) is not None


async def test_waiting_too_long_is_unavailable(scene: Scene) -> None:
    """A case that stays busy past the lock's time limit asks us to come back later."""
    async with scene.act(scene.a) as busy:
        await busy.call(FACTS, scene.a.id, scene.case.id, True)
        with pytest.raises(Unavailable):
            await scene.facts(scene.a, to_change=True)


async def test_who_was_ever_covered_may_lock(scene: Scene) -> None:
    """After a withdrawal B still takes the case's lock, to record its own words in order."""
    consent = await scene.consent(scene.b)
    await scene.withdraw(scene.a, consent)
    for who, may in ((scene.a, True), (scene.b, True), (scene.c, False)):
        async with scene.act(who) as tx:
            assert await tx.call(LOCK, scene.a.id, scene.case.id) is may


async def test_words_of_another_case_stay_out(scene: Scene) -> None:
    """The picture of one case has nothing of another case of the same organisation."""
    other = rows.case_file(scene.a.id, scene.a.unit, scene.person.id)
    await scene.add(scene.a, other, rows.meeting(other))
    picture = await scene.facts(scene.a)
    assert picture is not None
    assert [one["id"] for one in picture["meeting"]] == [str(scene.meeting.id)]

"""Received copies: put into the receiver's keeping by the gate, once, numbered, at its own person."""

import asyncio

import asyncpg
import pytest

from app.db.ids import new_id
from app.db.tables.summonses import ReceivedCopy
from app.errors import NotFound, Unavailable
from tests.db import rows
from tests.db.scene import Scene, stage, waits

pytestmark = pytest.mark.database

OWN_INDEX = bytes(range(32))
COPIES = (
    "select id, individual_id, reference_number, unit_id"
    " from flerpart.received_copy order by reference_number"
)


async def test_copies_are_numbered_by_the_receiver(scene: Scene) -> None:
    """B's post counts from one, C's too, whoever sends; the unit named is the receiver's own or none."""
    consent = await scene.consent(scene.b, scene.c)
    for _ in range(3):
        await scene.call(scene.b, consent)
    letter, _ = await scene.call(scene.c, consent)
    async with scene.act(scene.b) as tx:
        copies = await tx.table(COPIES)
    assert [copy["reference_number"] for copy in copies] == [1, 2, 3]
    assert {copy["unit_id"] for copy in copies} == {scene.b.unit}
    async with scene.act(scene.c) as tx:
        assert [(c["id"], c["reference_number"]) for c in await tx.table(COPIES)] == [(letter.id, 1)]


async def test_a_second_delivery_is_quiet(scene: Scene) -> None:
    """Delivered again, or disclosed anew under a new consent and delivered: one copy and one number."""
    consent = await scene.consent(scene.b)
    letter, shown = await scene.call(scene.b, consent)
    await scene.deliver(scene.a, shown, scene.b)
    anew = await scene.show("summons", letter.id, await scene.consent(scene.b), scene.b)
    await scene.deliver(scene.a, anew, scene.b)
    await scene.call(scene.b, consent)
    async with scene.act(scene.b) as tx:
        assert [copy["reference_number"] for copy in await tx.table(COPIES)] == [1, 2]


async def test_a_foreign_unit_is_left_out(scene: Scene) -> None:
    """A copy addressed to a unit that is not the receiver's arrives without a unit."""
    consent = await scene.consent(scene.b)
    _, _, shown = await scene.propose(scene.b, consent)
    await scene.deliver(scene.a, shown, scene.b, unit=scene.a.unit)
    async with scene.act(scene.b) as tx:
        assert [copy["unit_id"] for copy in await tx.table(COPIES)] == [None]


async def test_the_person_is_found_by_the_receivers_own_index(scene: Scene) -> None:
    """Where B knows the person, the copy is laid there and B's own row stays as it was."""
    known = rows.individual(scene.b.id, OWN_INDEX)
    await scene.add(scene.b, known)
    consent = await scene.consent(scene.b)
    _, _, shown = await scene.propose(scene.b, consent)
    await scene.deliver(scene.a, shown, scene.b, index=OWN_INDEX)
    async with scene.act(scene.b) as tx:
        assert [copy["individual_id"] for copy in await tx.table(COPIES)] == [known.id]
    assert await scene.count(scene.b, "individual") == 1


async def test_an_unknown_person_is_made_once(scene: Scene) -> None:
    """The first letter makes B a row for the person, the next one finds it, with or without a number."""
    consent = await scene.consent(scene.b)
    await scene.call(scene.b, consent)
    await scene.call(scene.b, consent)
    _, _, shown = await scene.propose(scene.b, consent)
    await scene.deliver(scene.a, shown, scene.b, index=OWN_INDEX)
    assert await scene.count(scene.b, "individual") == 1


async def test_another_organisations_person_is_not_matched(scene: Scene) -> None:
    """The same index at C is somebody else's row: B gets a row of its own."""
    await scene.add(scene.c, rows.individual(scene.c.id, OWN_INDEX))
    consent = await scene.consent(scene.b)
    _, _, shown = await scene.propose(scene.b, consent)
    await scene.deliver(scene.a, shown, scene.b, index=OWN_INDEX)
    assert await scene.count(scene.b, "individual") == 1
    assert await scene.count(scene.c, "individual") == 1


async def test_two_senders_at_once_find_one_person(scene: Scene, migration_url: str) -> None:
    """Two organisations bring B the same unknown person in overlapping transactions: one row, two copies."""
    other = await stage(scene.database, migration_url)
    sent = []
    for sender in (scene, other):
        given = rows.consent(sender.case)
        await sender.add(sender.a, given, rows.coverage(given, scene.b.id))
        _, _, shown = await sender.propose(scene.b, given)
        sent.append(sender.deliver(sender.a, shown, scene.b, index=OWN_INDEX))
    await asyncio.gather(*sent)
    async with scene.act(scene.b) as tx:
        copies = await tx.table(COPIES)
    assert [copy["reference_number"] for copy in copies] == [1, 2]
    assert len({copy["individual_id"] for copy in copies}) == 1


async def test_the_second_sender_waits_and_finds_the_first_ones_person(
    scene: Scene, migration_url: str
) -> None:
    """Until the first delivery is committed the second one waits; then it lays its copy at that person."""
    other = await stage(scene.database, migration_url)
    given = rows.consent(other.case)
    await other.add(other.a, given, rows.coverage(given, scene.b.id))
    _, _, theirs = await other.propose(scene.b, given)
    _, _, ours = await scene.propose(scene.b, await scene.consent(scene.b))
    first = (ours.id, "plan", None, scene.meeting.id, scene.b.unit)
    what = ("api", None, rows.SEALED, new_id(), rows.SEALED)
    async with scene.act(scene.a) as tx:
        await tx.call(
            "select gate_delivery.deliver"
            "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'personnummer', null, $11, 'none')",
            *first,
            *what,
            OWN_INDEX,
        )
        second = asyncio.create_task(other.deliver(other.a, theirs, scene.b, index=OWN_INDEX))
        assert await waits(scene.database, second)
        await tx.commit()
    await second
    assert await scene.count(scene.b, "individual") == 1
    assert await scene.count(scene.b, "received_copy") == 2


async def test_only_ones_own_living_disclosures_are_delivered(scene: Scene) -> None:
    """Another's, an invented, a dead disclosure, one of another kind: one answer, and nothing arrives."""
    consent = await scene.consent(scene.b)
    _, _, shown = await scene.propose(scene.b, consent)
    invented = rows.disclosure("plan", new_id(), consent, scene.b.id)
    for sender, attempt, kind in (
        (scene.b, shown, "plan"),
        (scene.c, shown, "plan"),
        (scene.a, invented, "plan"),
        (scene.a, shown, "summons"),
    ):
        with pytest.raises(NotFound):
            await scene.deliver(sender, attempt, scene.b, kind=kind)
    await scene.withdraw(scene.a, consent)
    with pytest.raises(NotFound):
        await scene.deliver(scene.a, shown, scene.b)
    assert await scene.count(scene.b, "received_copy") == 0
    assert await scene.count(scene.b, "individual") == 0


async def test_a_taken_id_breaks_aloud(scene: Scene, migration_url: str) -> None:
    """Where another sender's copy lies under the same id, a delivery fails; it is never lost in silence."""
    _, _, shown = await scene.propose(scene.b, await scene.consent(scene.b))
    await scene.deliver(scene.a, shown, scene.b)
    other = await stage(scene.database, migration_url)
    given = rows.consent(other.case)
    version = rows.plan(other.meeting)
    version.id = shown.item_id
    theirs = rows.disclosure("plan", version.id, given, scene.b.id)
    await other.add(other.a, given, rows.coverage(given, scene.b.id), version, theirs)
    with pytest.raises(asyncpg.UniqueViolationError):
        await other.deliver(other.a, theirs, scene.b)


async def test_nobody_writes_a_copy_by_hand(scene: Scene) -> None:
    """Neither the receiver nor the sender inserts or changes a received copy: only the gate does."""
    await scene.call(scene.b, await scene.consent(scene.b))
    forged = ReceivedCopy(
        org_id=scene.b.id,
        id=new_id(),
        kind="summons",
        from_org=scene.a.id,
        case_id=scene.case.id,
        meeting_id=scene.meeting.id,
        disclosure_id=new_id(),
        individual_id=new_id(),
        reference_number=2,
        channel="api",
        payload_sealed=rows.SEALED,
        recorded_at=rows.LONG_AGO,
    )
    for who in (scene.a, scene.b):
        with pytest.raises(Unavailable):
            await scene.add(who, forged)
        with pytest.raises(Unavailable):
            async with scene.act(who) as tx:
                await tx.call("update flerpart.received_copy set channel = 'letter'")

"""The revision of a picture: it moves with everything the picture shows, and is told to whom it concerns."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from app.db.ids import new_id
from tests.db import rows
from tests.db.scene import Organisation, Scene, owner

pytestmark = pytest.mark.database

REVISIONS = "select * from gate_facts.revisions($1::uuid[], $2::uuid[])"
READ_BY_THE_GATE = """
    select c.relname::text, exists (select from pg_trigger t where t.tgrelid = c.oid
        and t.tgname = 'notes_change' and t.tgtype & 1 = 1 and t.tgtype & 28 = 28) as noted
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'flerpart' and c.relname <> 'picture_revision'
      and has_table_privilege('gate_facts', c.oid, 'select')
"""


async def revision(scene: Scene, who: Organisation, case: UUID | None = None) -> Any:
    """What that organisation is told of A's case: its two numbers, or None."""
    async with scene.act(who) as tx:
        found = await tx.table(REVISIONS, [scene.a.id], [case or scene.case.id])
    return (found[0]["revision"], found[0]["directory"]) if found else None


async def test_every_table_the_gate_reads_notes_its_changes(migration_url: str) -> None:
    """A table of the picture without the trigger would leave work lists as they were: inserts, updates and
    deletes are noted, row by row.
    """
    async with owner(migration_url) as connection:
        found = await connection.fetch(READ_BY_THE_GATE)
    assert len(found) > 40
    assert {row["relname"] for row in found if not row["noted"]} == set()


async def test_it_moves_with_what_anybody_adds_to_the_case(scene: Scene) -> None:
    """With A's consent and letter, with B's answer to it, and not without cause."""
    seen = [await revision(scene, scene.a)]
    consent = await scene.consent(scene.b)
    seen.append(await revision(scene, scene.a))
    letter, _ = await scene.call(scene.b, consent)
    seen.append(await revision(scene, scene.a))
    await scene.add(scene.b, rows.reply(scene.b.id, scene.a.id, letter.id, scene.case.id))
    seen.append(await revision(scene, scene.a))
    assert len(set(seen)) == len(seen)
    assert await revision(scene, scene.a) == seen[-1]


async def test_another_case_does_not_move_it(scene: Scene) -> None:
    """What happens in one case leaves the others as they were read."""
    other = rows.case_file(scene.a.id, scene.a.unit, scene.person.id)
    await scene.add(scene.a, other)
    before = await revision(scene, scene.a, other.id)
    await scene.consent(scene.b)
    assert await revision(scene, scene.a, other.id) == before


async def test_a_change_of_the_person_moves_every_case_of_theirs(scene: Scene) -> None:
    """The picture shows where the person lives, so a move is seen in each of the cases."""
    other = rows.case_file(scene.a.id, scene.a.unit, scene.person.id)
    await scene.add(scene.a, other)
    before = [await revision(scene, scene.a, one) for one in (scene.case.id, other.id)]
    async with scene.act(scene.a) as tx:
        await tx.call(
            "update flerpart.individual set municipality = '0305', version = version + 1"
            " where (org_id, id) = ($1, $2) returning 1",
            scene.a.id,
            scene.person.id,
        )
        await tx.commit()
    after = [await revision(scene, scene.a, one) for one in (scene.case.id, other.id)]
    assert all(was != now for was, now in zip(before, after, strict=True))


async def test_the_directory_moves_every_picture(scene: Scene) -> None:
    """Whether a party can be reached is part of every picture: a changed unit of C's moves A's case too."""
    before = await revision(scene, scene.a)
    async with scene.act(scene.c) as tx:
        await tx.call(
            "update flerpart.unit set email = 'enhet@example.se', version = version + 1"
            " where (org_id, id) = ($1, $2) returning 1",
            scene.c.id,
            scene.c.unit,
        )
        await tx.commit()
    after = await revision(scene, scene.a)
    assert (after[0], after[1] > before[1]) == (before[0], True)


async def test_two_writers_leave_a_revision_that_neither_left_before(scene: Scene) -> None:
    """Whoever commits last, a reader who has seen the other's revision reads again."""
    async with scene.act(scene.a) as first:
        await first.add(rows.consent(scene.case))
        second = asyncio.create_task(scene.consent(scene.b))
        await asyncio.sleep(0.1)
        assert not second.done()  # it waits for the first one's revision
        await first.commit()
    await second
    last = await revision(scene, scene.a)
    await scene.consent(scene.c)
    assert await revision(scene, scene.a) != last


async def test_it_is_told_to_whom_the_case_concerns(scene: Scene) -> None:
    """B learns it while consent lives, C never, and nobody that of an invented case."""
    consent = await scene.consent(scene.b)
    assert await revision(scene, scene.b) is None
    await scene.show("meeting", scene.meeting.id, consent, scene.b)
    assert await revision(scene, scene.b) == await revision(scene, scene.a)
    assert await revision(scene, scene.c) is None
    assert await revision(scene, scene.a, new_id()) is None
    await scene.withdraw(scene.a, consent)
    assert await revision(scene, scene.b) is None

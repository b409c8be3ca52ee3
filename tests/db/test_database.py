"""The front door: one transaction, one visible commit, and the database's refusals in our own words."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import asyncpg
import pytest

from app.db.database import Database, SignContext
from app.db.failures import TAKEN
from app.db.ids import new_id
from app.db.tables.records import AnsweredKey
from app.errors import AlreadyExists, IdempotencyInProgress, NotFound, Unavailable, VersionStale
from tests.db import rows
from tests.db.scene import Scene, stage, waits

pytestmark = pytest.mark.database

MINE = "select current_setting('flerpart.context', true)"


@pytest.fixture
async def narrow(api_url: str, sign: SignContext) -> AsyncIterator[Database]:
    """A door with a single connection."""
    async with Database(api_url, sign, smallest=1, largest=1).opened() as opened:
        yield opened


@pytest.fixture
async def tight(narrow: Database, migration_url: str) -> Scene:
    """A scene behind the single connection."""
    return await stage(narrow, migration_url)


async def test_what_is_not_committed_is_gone(tight: Scene) -> None:
    """Leaving without commit stores nothing, also without any error; committing stores."""
    for committed in (False, True):
        async with tight.act(tight.a) as tx:
            await tx.add(rows.meeting(tight.case))
            if committed:
                await tx.commit()
        assert await tight.count(tight.a, "meeting") == 1 + committed


async def test_an_error_in_the_use_case_stores_nothing_and_stays_what_it_is(tight: Scene) -> None:
    """What a use case raises itself is not taken for the database's, not even a file that is missing."""

    async def use_case() -> None:
        async with tight.act(tight.a) as tx:
            await tx.add(rows.meeting(tight.case))
            raise FileNotFoundError

    with pytest.raises(FileNotFoundError):
        await use_case()
    assert await tight.count(tight.a, "meeting") == 1


async def test_a_cancelled_request_stores_nothing_and_gives_its_connection_back(tight: Scene) -> None:
    """A client that goes away in the middle costs neither a row nor a connection."""
    written = asyncio.Event()

    async def request() -> None:
        async with tight.act(tight.a) as tx:
            await tx.add(rows.meeting(tight.case))
            written.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(request())
    await written.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await tight.count(tight.a, "meeting") == 1


async def test_the_context_does_not_outlive_its_transaction(tight: Scene) -> None:
    """On the same connection the next transaction is the next caller's, and between them nobody's."""
    async with tight.act(tight.a) as tx:
        assert await tx.call("select count(*) from flerpart.meeting") == 1
        await tx.commit()
        assert await tx.call("select count(*) from flerpart.meeting") == 0
        backend = await tx.call("select pg_backend_pid()")
    assert (await tight.database.identify(MINE))[0][0] in (None, "")
    assert await tight.count(tight.c, "meeting") == 0
    assert (await tight.database.identify("select pg_backend_pid()"))[0][0] == backend


async def test_the_context_is_not_to_be_read_in_the_list_of_activity(scene: Scene) -> None:
    """Another connection of the same login sees which setting was set, with a placeholder for its value."""
    sql = (
        "select query from pg_stat_activity where pid <> pg_backend_pid() and query like '%flerpart.context%'"
    )
    async with scene.act(scene.a):
        queries = [row["query"] for row in await scene.database.identify(sql)]
    assert queries
    assert all("$1" in query and str(scene.a.id) not in query for query in queries)


async def test_broken_unique_constraints_are_errors_of_ours(scene: Scene) -> None:
    """A person twice, a version number taken, a key at work: each is a conflict its caller can solve."""
    twice = [rows.individual(scene.a.id, b"index") for _ in range(2)]
    versions = [rows.plan(scene.meeting) for _ in range(2)]
    versions[1].plan_line = versions[0].plan_line
    keys = [
        AnsweredKey(
            org_id=scene.a.id,
            actor_id=scene.a.account,
            key="a key",
            fingerprint=b"",
            receipt={},
            recorded_at=datetime.now(UTC),
        )
        for _ in range(2)
    ]
    for pair, expected in ((twice, AlreadyExists), (versions, VersionStale), (keys, IdempotencyInProgress)):
        with pytest.raises(expected):
            await scene.add(scene.a, *pair)


async def test_a_unique_constraint_nobody_can_break_is_a_fault_of_ours(scene: Scene) -> None:
    """The same row twice is no conflict of the caller's: it stays the database's own error."""
    same = rows.meeting(scene.case)
    with pytest.raises(asyncpg.UniqueViolationError):
        await scene.add(scene.a, same, same)


async def test_every_mapped_constraint_exists(migration_url: str) -> None:
    """A name in the map that no constraint has would never be recognised."""
    connection = await asyncpg.connect(migration_url)
    try:
        found = await connection.fetch("select conname from pg_constraint where contype in ('p', 'u')")
    finally:
        await connection.close()
    assert set(TAKEN) <= {row["conname"] for row in found}


async def test_hidden_and_invented_parents_of_ones_own_are_refused_alike(scene: Scene) -> None:
    """C hangs a meeting on A's case and on an invented one: one answer."""
    answers = []
    for case in (scene.case.id, new_id()):
        stolen = rows.meeting(scene.case)
        stolen.org_id, stolen.case_id = scene.c.id, case
        with pytest.raises(NotFound) as refusal:
            await scene.add(scene.c, stolen)
        answers.append((str(refusal.value), refusal.value.__cause__, refusal.value.__suppress_context__))
    assert answers[0] == answers[1]


async def test_a_full_house_answers_and_recovers(tight: Scene) -> None:
    """With every connection taken a request hears Unavailable; when one is given back, the next is served."""
    async with tight.act(tight.a):
        with pytest.raises(Unavailable):
            await tight.count(tight.a, "meeting")
        with pytest.raises(Unavailable):
            await tight.database.identify("select 1")
    assert await tight.count(tight.a, "meeting") == 1


async def test_a_lost_connection_is_unavailable_and_replaced(scene: Scene, tight: Scene) -> None:
    """A connection that the server ends in the middle of a request fails that request alone."""

    async def use_case() -> None:
        async with tight.act(tight.a) as tx:
            pid = await tx.call("select pg_backend_pid()")
            await scene.database.identify("select pg_terminate_backend($1)", pid)
            await tx.add(rows.meeting(tight.case))
            await tx.commit()

    for _ in range(5):
        with pytest.raises(Unavailable):
            await use_case()
        assert await tight.count(tight.a, "meeting") == 1


async def test_a_deadlock_is_unavailable_for_one(scene: Scene) -> None:
    """Of two transactions that wait for each other one is told to come back, and the other goes on."""
    # In two cases: those who write in one wait for its revision first, and so never for each other.
    elsewhere = rows.case_file(scene.a.id, scene.a.unit, scene.person.id)
    other = rows.meeting(elsewhere)
    await scene.add(scene.a, elsewhere, other)
    sql = "update flerpart.meeting set version = 2 where id = $1"

    async def both(first: Any, second: Any, met: asyncio.Barrier) -> None:
        async with scene.act(scene.a) as tx:
            await tx.call(sql, first)
            await met.wait()
            await tx.call(sql, second)
            await tx.commit()

    met = asyncio.Barrier(2)
    pair = both(scene.meeting.id, other.id, met), both(other.id, scene.meeting.id, met)
    ended = await asyncio.gather(*pair, return_exceptions=True)
    assert sorted(type(one).__name__ for one in ended) == ["NoneType", "Unavailable"]


async def test_a_statement_that_takes_too_long_is_unavailable(scene: Scene) -> None:
    """What the server's time limit ends is answered with come back later."""
    async with scene.act(scene.a) as tx:
        await tx.call("select set_config('statement_timeout', '10', true)")
        with pytest.raises(Unavailable):
            await tx.call("select pg_sleep(5)")


async def test_misuse_of_the_door_stays_a_fault_of_ours(scene: Scene) -> None:
    """A call with too few values is a mistake in our code and not the database's absence."""
    with pytest.raises(asyncpg.InterfaceError):
        async with scene.act(scene.a) as tx:
            await tx.call("select $1::int")


async def test_a_lock_is_waited_for_and_then_had(scene: Scene) -> None:
    """A short wait for another's row is no failure."""
    sql = "update flerpart.meeting set version = version + 1 where id = $1"
    async with scene.act(scene.a) as first, scene.act(scene.a) as second:
        await first.call(sql, scene.meeting.id)
        waiting = asyncio.create_task(second.call(sql, scene.meeting.id))
        assert await waits(scene.database, waiting)
        await first.commit()
        await waiting
        await second.commit()
    assert await scene.count(scene.a, "meeting", where="version = 3") == 1


async def test_an_unreachable_database_is_unavailable(api_url: str, sign: SignContext) -> None:
    """Where no server answers, the door says so in our own words."""
    nowhere = Database(api_url.split("?")[0] + "?host=/nowhere", sign)
    with pytest.raises(Unavailable):
        await nowhere.opened().__aenter__()
    with pytest.raises(Unavailable):
        await nowhere.identify("select 1")


async def test_ids_made_one_after_another_are_in_that_order() -> None:
    """The latest of several rows is the one with the greatest id."""
    made = [new_id() for _ in range(200)]
    assert made == sorted(made)

"""How much one may ask for, over HTTP: requests, and persons within an hour over all processes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from app.auth.keyring import KeyRing
from app.settings import Settings
from app.wiring import build_app
from dev.postgres import Urls
from tests.api.conduct import open_meeting
from tests.api.conftest import FIRST_MOMENT, Application, Caller, Clock, Staff
from tests.api.scenes import person
from tests.api.signed import signed
from tests.db.scene import owner

Process = Callable[..., Awaitable[Application]]
ROOMY: dict[str, Any] = {
    "FLERPART_CALLER_RATE": 0,
    "FLERPART_ORGANISATION_RATE": 0,
    "FLERPART_ADDRESS_RATE": 0,
    "FLERPART_PERSONS_PER_HOUR": 0,
}


@pytest.fixture
async def process(running: object, database: Urls, keys_file: Path) -> AsyncIterator[Process]:
    """Starts processes of the application over one database, with limits of their own."""
    clock = Clock()
    clock.now = FIRST_MOMENT
    async with AsyncExitStack() as stack:

        async def start(**limits: Any) -> Application:
            settings = Settings(
                database_url=SecretStr(database.api), FLERPART_KEYS_FILE=keys_file, **(ROOMY | limits)
            )
            app = build_app(settings, clock)
            await stack.enter_async_context(app.router.lifespan_context(app))
            transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
            http = await stack.enter_async_context(httpx.AsyncClient(transport=transport))
            return Application(http, clock, KeyRing.load(keys_file), database)

        yield start


def through(application: Application, caller: Caller) -> Caller:
    """The same caller, at another process."""
    return Caller(
        application.http,
        caller.token,
        caller.organisation_id,
        caller.unit_id,
        caller.officer_id,
        caller.account_id,
    )


async def test_one_caller_too_often_is_429_and_others_go_on(process: Process) -> None:
    """Each caller has a pace; whoever exceeds it hears how long to wait, and nobody else notices."""
    application = await process(FLERPART_CALLER_RATE=0.001)
    eager, other = await Staff(application)("FK"), await Staff(application)("FK")
    assert [(await eager.get("/me")).status_code for _ in range(3)] == [200, 429, 429]
    assert (await other.get("/me")).status_code == 200
    refused = await eager.get("/me")
    assert (refused.status_code, refused.json()["code"]) == (429, "TOO_MANY_REQUESTS")
    assert int(refused.headers["retry-after"]) > 60


async def test_an_organisation_has_a_pace_too(process: Process) -> None:
    """Many callers of one organisation together are held to the organisation's pace; another's go on."""
    application = await process(FLERPART_ORGANISATION_RATE=0.001)
    fk, af = [await Staff(application)("FK") for _ in range(3)], await Staff(application)("AF")
    answers = [(await one.get("/me")).status_code for one in fk]
    assert answers == [200, 429, 429]
    assert (await af.get("/me")).status_code == 200


async def test_so_many_persons_an_hour_and_no_more(process: Process) -> None:
    """The first persons are shown, again too; one more is refused, counted over all processes, and left for
    review.
    """
    one, two = await process(FLERPART_PERSONS_PER_HOUR=3), await process(FLERPART_PERSONS_PER_HOUR=3)
    reader = await Staff(one)("FK")
    met = [await person(await Staff(one)("FK", unit_id=reader.unit_id)) for _ in range(4)]
    places = [reader, through(two, reader)]
    for number, individual_id in enumerate([*met[:3], *met[:3]]):
        assert (await places[number % 2].get(f"/individuals/{individual_id}")).status_code == 200
    for place in places:
        refused = await place.get(f"/individuals/{met[3]}")
        assert (refused.status_code, refused.json()["code"]) == (429, "TOO_MANY_PERSONS")
        assert refused.headers["retry-after"] == "3600"
        assert (await place.get(f"/individuals/{met[0]}")).status_code == 200
    async with signed(one, reader) as connection:
        traces = await connection.fetch(
            "select operation, item_id from flerpart.journal_entry"
            " where actor_id = $1 and item_kind = 'too_many_persons'",
            reader.account_id,
        )
        shown = await connection.fetchval(
            "select count(distinct individual_id) from flerpart.read_entry where actor_id = $1",
            reader.account_id,
        )
    assert [tuple(trace) for trace in traces] == [("readIndividual", reader.account_id)] * 2
    assert shown == 3


async def test_after_an_hour_others_may_be_shown(process: Process) -> None:
    """The hour slides: whoever was last shown more than an hour ago no longer counts."""
    application = await process(FLERPART_PERSONS_PER_HOUR=2)
    reader = await Staff(application)("FK")
    met = [await person(await Staff(application)("FK", unit_id=reader.unit_id)) for _ in range(3)]
    assert (await reader.get(f"/individuals/{met[0]}")).status_code == 200
    application.clock.forward(minutes=40)
    assert (await reader.get(f"/individuals/{met[1]}")).status_code == 200
    refused = await reader.get(f"/individuals/{met[2]}")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "1200")
    application.clock.forward(minutes=20, seconds=1)
    assert (await reader.get(f"/individuals/{met[2]}")).status_code == 200


async def test_whoever_no_letter_has_come_about_counts_too(process: Process) -> None:
    """Of cases that others have shown without a letter, each is a person more, read again or not."""
    application = await process(FLERPART_PERSONS_PER_HOUR=2)
    chair, reader = await Staff(application)("FK"), await Staff(application)("AF")
    roomy = through(await process(), chair)
    paths = [(await open_meeting(roomy, reader))[0].path for _ in range(3)]
    answers = [(await reader.get(paths[number])).status_code for number in (0, 1, 0, 1, 2, 0)]
    assert answers == [200, 200, 200, 200, 429, 200]


async def test_at_once_makes_no_more_of_them(process: Process) -> None:
    """Requests for many persons at the same moment, at two processes, show no more than one by one."""
    one, two = await process(FLERPART_PERSONS_PER_HOUR=5), await process(FLERPART_PERSONS_PER_HOUR=5)
    reader = await Staff(one)("FK")
    met = [await person(await Staff(one)("FK", unit_id=reader.unit_id)) for _ in range(12)]
    places = [reader, through(two, reader)]
    answers = await asyncio.gather(
        *(places[number % 2].get(f"/individuals/{each}") for number, each in enumerate(met))
    )
    found = [answer.status_code for answer in answers]
    # A busy machine may tell some to come back: that shows nobody either.
    assert 1 <= found.count(200) <= 5
    assert set(found) <= {200, 429, 503}
    later = [await places[number % 2].get(f"/individuals/{each}") for number, each in enumerate(met)]
    assert [answer.status_code for answer in later].count(200) == 5


async def test_a_full_house_says_come_back_and_recovers(process: Process) -> None:
    """While every connection is held, requests are 503 with Retry-After, none 500; then all are answered."""
    application = await process(FLERPART_POOL_SIZE=2)
    reader = await Staff(application)("FK")
    individual_id = await person(reader)
    async with owner(application.urls.migration) as connection, connection.transaction():
        await connection.execute("lock table flerpart.individual in access exclusive mode")
        full = await asyncio.gather(*(reader.get(f"/individuals/{individual_id}") for _ in range(10)))
    assert {answer.status_code for answer in full} == {503}
    assert all(int(answer.headers["retry-after"]) > 0 for answer in full)
    again = await asyncio.gather(*(reader.get(f"/individuals/{individual_id}") for _ in range(10)))
    assert {answer.status_code for answer in again} == {200}

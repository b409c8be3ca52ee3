"""G6: what was acknowledged is stored, and journalled.

Writers record contacts without a pause while the API is killed, PostgreSQL is killed, and the path between
them is cut, over and over. Whatever was acknowledged must be there in the end with its journal row; a writer
that heard nothing sends the same request again under its key, and must not have had two effects.
"""

import asyncio
import random
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from tests.api.conftest import Caller
from tests.api.scenes import CONTACT, CaseMade, case_with_need
from trust.cutting import cuttable
from trust.gate import Gate, Shown
from trust.ground import Ground, Place

API_KILLED, SERVER_KILLED, CUT = 50, 20, 30
WRITERS = 8
LEAST = 3_000
"""Acknowledged writes: none lost of so many means fewer than one in a thousand, 95 times in 100."""
STORED = """
select count(c.id), count(*) filter (where exists (
  select from flerpart.journal_entry j
  where (j.org_id, j.actor_id, j.operation) = (c.org_id, c.recorded_by, 'recordContact') and j.xmin = c.xmin))
from unnest($1::uuid[]) as acked (id)
left join flerpart.contact c on c.id = acked.id
"""
"""How many are there, and with how many of them an entry was written in the same transaction."""
EVERYTHING = """
select (select count(*) from flerpart.contact),
  (select count(*) from flerpart.journal_entry where operation = 'recordContact')
"""


@dataclass
class _Tally:
    """What was acknowledged, by the key it was asked under."""

    receipts: dict[str, str] = field(default_factory=dict)
    unheard: int = 0
    strange: int = 0
    over: bool = False


async def trial(ground: Ground) -> Shown:
    """Write under fire, then count."""
    folder = Path(tempfile.mkdtemp(prefix="flerpart-way-"))
    tally = _Tally()
    async with (
        cuttable(folder, ground.server.sockets) as way,
        ground.place(through=folder, connections=WRITERS) as place,
    ):
        writers = [await place.staff("FK") for _ in range(WRITERS)]
        called = await place.staff("AF")
        cases = [await case_with_need(one) for one in writers]
        writing = [
            asyncio.create_task(_writes(one, made, called, tally))
            for one, made in zip(writers, cases, strict=True)
        ]

        async def cut() -> None:
            way.cut()

        blows: list[tuple[int, Callable[[], Awaitable[None]]]] = [
            (API_KILLED, lambda: _kill_api(place)),
            (SERVER_KILLED, lambda: asyncio.to_thread(ground.kill_server)),
            (CUT, cut),
        ]
        order = [blow for times, blow in blows for _ in range(times)]
        random.Random(6).shuffle(order)
        for blow in order:
            await _acknowledged(tally, LEAST // len(order))
            await blow()
        await _acknowledged(tally, LEAST // len(order))
        tally.over = True
        await asyncio.gather(*writing)
        stored, journalled, everything, entries = await _counted(place, list(tally.receipts.values()))
        unbroken = await _verified(place)
    acked = len(tally.receipts)
    kept = stored == journalled == everything == entries == acked >= LEAST and tally.strange == 0
    return Shown(
        kept and unbroken,
        f"{acked:,} acknowledged writes under {API_KILLED} kills of the API, {SERVER_KILLED} of PostgreSQL"
        f" and {CUT} cuts: {acked - stored} lost, {acked - journalled} not journalled,"
        f" {max(everything, entries) - acked} doubled, {tally.unheard:,} sent again,"
        f" {tally.strange} other answers; the journal's chains are {'whole' if unbroken else 'BROKEN'}",
    )


async def _writes(writer: Caller, made: CaseMade, called: Caller, tally: _Tally) -> None:
    body: dict[str, Any] = CONTACT | {"withOrganisationId": str(called.organisation_id)}
    number = 0
    while not tally.over:
        number += 1
        key = f"{made.id}-{number}"
        while key not in tally.receipts:
            try:
                answer = await writer.post(f"{made.path}/contacts", body, key)
            except httpx.TransportError:
                tally.unheard += 1
                await asyncio.sleep(0.05)
                continue
            if answer.status_code == 201:
                tally.receipts[key] = answer.json()["id"]
            elif answer.status_code in (409, 503):
                tally.unheard += 1
                await asyncio.sleep(0.05)
            else:
                tally.strange += 1
                await asyncio.sleep(0.05)


async def _acknowledged(tally: _Tally, more: int) -> None:
    wanted = len(tally.receipts) + more
    while len(tally.receipts) < wanted:
        await asyncio.sleep(0.01)


async def _kill_api(place: Place) -> None:
    await asyncio.to_thread(place.api.kill)
    await asyncio.to_thread(place.api.start)


async def _counted(place: Place, ids: list[str]) -> tuple[int, int, int, int]:
    """Of these, how many are stored and how many journalled; and how many there are of both in all."""
    connection = await asyncpg.connect(place.superuser)
    try:
        return *await connection.fetchrow(STORED, ids), *await connection.fetchrow(EVERYTHING)
    finally:
        await connection.close()


async def _verified(place: Place) -> bool:
    """Whether `flerpart journal verify` finds nothing to remark."""
    command = [sys.executable, "-m", "app.cli", "journal", "verify"]
    environment = dict(place.api.environment) | {"MIGRATION_DATABASE_URL": place.urls.migration}
    verify = await asyncio.create_subprocess_exec(
        *command, env=environment, stdout=asyncio.subprocess.DEVNULL
    )
    return await verify.wait() == 0


GATE = Gate("g6", "What was acknowledged is stored, once, and journalled.", 8, trial)

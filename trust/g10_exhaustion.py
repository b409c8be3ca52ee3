"""G10: a house that is full says so at once, and is open again as soon as there is room.

While every connection to the database is held, every request is answered 503 with Retry-After within two and
a half seconds; within two seconds of the release requests are answered again; five hundred clients that hang
up in the middle leave no connection behind.
Then the process is told to end under load, twenty times (`leaving`).
"""

import asyncio
import time
from contextlib import suppress

import asyncpg

from trust import leaving
from trust.crowd import Asked, who_am_i
from trust.gate import Gate, Shown
from trust.ground import Ground, Place
from trust.wire import HOST, Wire

POOL = 4
AT_ONCE = 40
DISCONNECTS = 500
ANSWERED_WITHIN = 2.5
RECOVERED_WITHIN = 2.0


async def trial(ground: Ground) -> Shown:
    """Fill the house, hang up in the middle, and tell the process to end, again and again."""
    async with ground.place(FLERPART_POOL_SIZE=str(POOL)) as place:
        full, silent, recovery, left = await _measured(place)
    others = sum(status != 503 for status in full.statuses)
    slowest = max(full.seconds)
    in_time = slowest <= ANSWERED_WITHIN and recovery <= RECOVERED_WITHIN
    gone = await leaving.trial(ground)
    return Shown(
        (others, silent, left) == (0, 0, 0) and in_time and gone.kept,
        f"{len(full.statuses)} requests to a full house: {others} not 503, {silent} without Retry-After, the"
        f" slowest {slowest:.2f} s; answered again after {recovery:.2f} s; {left} connections left behind by"
        f" {DISCONNECTS} disconnects; {gone.figures}",
    )


async def _measured(place: Place) -> tuple[Asked, int, float, int]:
    asked, port = who_am_i(await place.staff("FK")), place.api.port
    holder = await asyncpg.connect(place.superuser)
    full, silent = Asked(), 0

    async def ask() -> None:
        nonlocal silent
        async with Wire(port) as wire:
            begun = time.perf_counter()
            answer = await wire.ask(asked)
            full.seconds.append(time.perf_counter() - begun)
            full.statuses.append(answer.status)
            silent += "retry-after" not in answer.headers

    async with holder.transaction():
        # Nobody finds their account any more: each request keeps the connection it has got.
        await holder.execute("lock table flerpart.account in access exclusive mode")
        for _ in range(3):
            await asyncio.gather(*(ask() for _ in range(AT_ONCE)))
    recovery = await _until_answered(port, asked)
    await asyncio.gather(*(_hang_up(port, asked, number) for number in range(DISCONNECTS)))
    left = await _left_behind(holder)
    await _until_answered(port, asked)
    await holder.close()
    return full, silent, recovery, left


async def _until_answered(port: int, asked: bytes) -> float:
    """After how many seconds as many requests as there are connections are answered together."""
    begun = time.perf_counter()
    while time.perf_counter() - begun < 30:
        wires = [Wire(port) for _ in range(POOL)]
        answers = await asyncio.gather(*(wire.ask(asked) for wire in wires))
        for wire in wires:
            wire.close()
        if all(answer.status == 200 for answer in answers):
            break
    return time.perf_counter() - begun


async def _hang_up(port: int, asked: bytes, number: int) -> None:
    """Ask, and leave at some moment before the answer."""
    _, writer = await asyncio.open_connection(HOST, port)
    writer.write(asked if number % 2 else asked[: len(asked) // 2])
    await asyncio.sleep(number % 10 / 500)
    writer.transport.abort()
    with suppress(ConnectionError):
        await writer.wait_closed()


async def _left_behind(watcher: asyncpg.Connection) -> int:
    """Connections of the API beyond its pool, or not idle, once everything has had a second to end."""
    await asyncio.sleep(1)
    states = await watcher.fetch(
        "select state from pg_stat_activity"
        " where datname = current_database() and application_name = 'flerpart'"
    )
    busy = sum(row["state"] not in {"idle", None} for row in states)
    return busy + max(0, len(states) - POOL)


GATE = Gate("g10", "A full house says so at once, and a process that ends cuts nobody off.", 2, trial)

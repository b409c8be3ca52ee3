"""A process that is told to end cuts nobody off; the second half of G10.

Twenty times under load: SIGTERM, and every request that was taken is answered; then the process has ended by
itself. Here the clients go on asking until nobody lets them in, which no spreader of load would do.
"""

import asyncio
import signal
from dataclasses import dataclass

from trust.crowd import who_am_i
from trust.gate import Shown
from trust.ground import Api, Ground
from trust.wire import Wire

TIMES = 20
CLIENTS = 8
LOAD_SECONDS = 0.7
DRAIN_SECONDS = 20


@dataclass
class Count:
    """What the clients met."""

    answered: int = 0
    cut: int = 0
    failed: int = 0
    told: int = 0


async def trial(ground: Ground) -> Shown:
    """Serve, ask, and tell the process to end."""
    count, stuck = Count(), 0
    async with ground.place(FLERPART_GRACE_SECONDS="0.5") as place:
        asked = who_am_i(await place.staff("FK"))
        for _ in range(TIMES):
            stuck += not await _leave_under_load(place.api, asked, count)
            await asyncio.to_thread(place.api.start)
    return Shown(
        (count.cut, count.failed, stuck) == (0, 0, 0) and count.told > 0,
        f"SIGTERM {TIMES} times under load: {count.answered:,} requests answered, {count.cut} cut,"
        f" {count.failed} refused, {stuck} processes did not end by themselves",
    )


async def _leave_under_load(api: Api, asked: bytes, count: Count) -> bool:
    """Ask until nobody answers; whether the process ended by itself in time."""
    assert api.process is not None  # noqa: S101 - the place has started it
    clients = [asyncio.create_task(_client(api.port, asked, count)) for _ in range(CLIENTS)]
    await asyncio.sleep(LOAD_SECONDS)
    api.process.send_signal(signal.SIGTERM)
    await asyncio.gather(*clients)
    for _ in range(DRAIN_SECONDS * 10):
        if api.process.poll() is not None:
            return True
        await asyncio.sleep(0.1)
    api.kill()
    return False


async def _client(port: int, asked: bytes, count: Count) -> None:
    async with Wire(port) as wire:
        while True:
            try:
                answer = await wire.ask(asked)
            except ConnectionRefusedError:
                return
            except ConnectionError:
                count.cut += 1
                continue
            count.answered += answer.status == 200
            count.failed += answer.status != 200
            count.told += answer.headers.get("connection") == "close"

"""G10, second half. A process that is told to end cuts nobody off.

Twenty times under load: SIGTERM, and every request that was taken is answered; then the process has ended by
itself. Here the clients go on asking until nobody lets them in, which no spreader of load would do.
`python -m trust.g10_leaving`.
"""

import asyncio
import signal
import sys
from dataclasses import dataclass

from trust.crowd import somebody, who_am_i
from trust.grounds import Served, prepared, served
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


def main() -> int:
    """Print one line of figures; 1 when the promise does not hold."""
    count, stuck = Count(), 0
    with prepared() as ground:
        asked = who_am_i(asyncio.run(somebody(ground)))
        for _ in range(TIMES):
            with served(ground, FLERPART_GRACE_SECONDS="0.5") as api:
                stuck += not asyncio.run(_leave_under_load(api, asked, count))
    print(
        f"G10 leaving: SIGTERM {TIMES} times under load, {count.answered} requests answered, {count.cut} cut,"
        f" {count.failed} refused, {count.told} told to connect anew; {stuck} processes did not end in time"
    )
    return 0 if (count.cut, count.failed, stuck) == (0, 0, 0) and count.told else 1


async def _leave_under_load(api: Served, asked: bytes, count: Count) -> bool:
    """Ask until nobody answers; whether the process ended by itself in time."""
    clients = [asyncio.create_task(_client(api.port, asked, count)) for _ in range(CLIENTS)]
    await asyncio.sleep(LOAD_SECONDS)
    api.process.send_signal(signal.SIGTERM)
    await asyncio.gather(*clients)
    for _ in range(DRAIN_SECONDS * 10):
        if api.process.poll() is not None:
            return True
        await asyncio.sleep(0.1)
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


if __name__ == "__main__":
    sys.exit(main())

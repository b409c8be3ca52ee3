"""Many requests in one name, and what became of them."""

import asyncio
import time
from dataclasses import dataclass, field

from app.http import about
from tests.api.conftest import Caller
from trust.wire import Wire, request


def who_am_i(caller: Caller) -> bytes:
    """A request that asks the database little."""
    return request("GET", f"{about.BASE_PATH}/me", caller.token().encode())


@dataclass
class Asked:
    """What became of many requests: statuses, and seconds for each answer."""

    statuses: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    @property
    def p95(self) -> float:
        """What 95 of 100 took at most, in seconds."""
        return sorted(self.seconds)[int(len(self.seconds) * 0.95)]

    @property
    def failed(self) -> int:
        """How many answers were no success."""
        return sum(status != 200 for status in self.statuses)


async def steadily(port: int, asked: bytes, connections: int, seconds: float, pause: float) -> Asked:
    """Ask on so many connections for so long, with a pause between an answer and the next request."""
    found = Asked()
    until = time.perf_counter() + seconds

    async def one() -> None:
        async with Wire(port) as wire:
            while time.perf_counter() < until:
                begun = time.perf_counter()
                answer = await wire.ask(asked)
                found.seconds.append(time.perf_counter() - begun)
                found.statuses.append(answer.status)
                await asyncio.sleep(pause)

    await asyncio.gather(*(one() for _ in range(connections)))
    return found

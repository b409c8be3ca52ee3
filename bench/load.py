"""The load: many connections, each asking one request after the other, in a process of its own.

Raw HTTP/1.1 on sockets, since a client library costs more than the server it asks. Reads its order as JSON
from standard input, and writes what it measured as JSON to standard output.
"""

import asyncio
import itertools
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import uvloop

from bench.processor import Watch

KEY = b"{key}"
"""Where a request's own Idempotency-Key stands."""

_KEYS = itertools.count()


@dataclass(frozen=True)
class Order:
    """What to ask of whom, with how many connections, for how long at most (seconds), and how often at most.

    `api` and `postmaster` are the processes whose processor time is counted.
    """

    host: str
    port: int
    requests: list[str]
    connections: int
    seconds: float
    at_most: int
    status: int
    key_prefix: str
    api: int
    postmaster: int


@dataclass(frozen=True)
class Measured:
    """How many were answered as expected in how many seconds, with how many seconds of processor.

    `own` is the measured program's, `postgres` the server's;
    half and 95 of 100 took at most so many milliseconds.
    """

    count: int
    seconds: float
    own: float
    postgres: float
    p50: float
    p95: float


class _Answers(asyncio.Protocol):
    """One connection: sends a request, completes when its answer has come whole."""

    def __init__(self) -> None:
        self._buffer = b""
        self._whole = 0
        self._waiting: asyncio.Future[bytes] | None = None
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Whoever waits hears of it."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(exc or ConnectionError("closed by the server"))

    def data_received(self, data: bytes) -> None:
        """Collect until the announced length is there."""
        self._buffer += data
        if not self._whole:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            head = self._buffer[:end].lower()
            start = head.index(b"content-length:") + 15
            stop = head.find(b"\r", start)
            self._whole = end + 4 + int(head[start : stop if stop >= 0 else None])
        if len(self._buffer) >= self._whole and self._waiting is not None:
            answer, self._buffer, self._whole = self._buffer[: self._whole], self._buffer[self._whole :], 0
            self._waiting.set_result(answer)

    async def ask(self, request: bytes) -> bytes:
        """Send a request and wait for its answer."""
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._waiting


async def measure(order: Order) -> Measured:
    """Carry out an order. Raises RuntimeError at the first answer with another status than expected."""
    loop = asyncio.get_running_loop()
    prepared = [one.encode() for one in order.requests]
    once = order.at_most <= len(prepared)
    requests: Iterator[bytes] = iter(prepared[: order.at_most]) if once else itertools.cycle(prepared)
    budget = itertools.islice(requests, order.at_most)
    expected = f"HTTP/1.1 {order.status}".encode()
    took: list[float] = []
    deadline = time.perf_counter() + order.seconds

    async def connection() -> None:
        transport, answers = await loop.create_connection(_Answers, order.host, order.port)
        for request in budget:
            begun = time.perf_counter()
            if begun > deadline:
                break
            key = f"{order.key_prefix}-{next(_KEYS)}".encode()
            answer = await answers.ask(request.replace(KEY, key))
            if not answer.startswith(expected):
                raise RuntimeError(answer.decode(errors="replace"))
            took.append(time.perf_counter() - begun)
        transport.close()

    watch = Watch(order.api, order.postmaster)
    await asyncio.gather(*(connection() for _ in range(order.connections)))
    return Measured(len(took), *watch.elapsed(), *percentiles(took))


def percentiles(took: list[float]) -> tuple[float, float]:
    """What half and 95 of 100 took at most, in milliseconds."""
    took.sort()
    return took[len(took) // 2] * 1000, took[int(len(took) * 0.95)] * 1000


if __name__ == "__main__":
    print(json.dumps(asdict(uvloop.run(measure(Order(**json.load(sys.stdin)))))))

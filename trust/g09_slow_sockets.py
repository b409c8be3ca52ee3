"""G9: whoever is slow on purpose holds up nobody else.

Two hundred sockets that say nothing, stop in a head, stop in a body or send a byte a second are all closed
within ten seconds, and 95 of 100 ordinary requests take less than twice as long as without them.
"""

import asyncio
import time

from app.http import about
from trust.crowd import Asked, steadily, who_am_i
from trust.gate import Gate, Shown
from trust.ground import Ground, Place
from trust.wire import HOST

SOCKETS = 200
CLOSED_WITHIN = 10.0
SLOWER_AT_MOST = 2.0
_HEAD = f"GET {about.BASE_PATH}/me HTTP/1.1\r\nHost: api\r\n".encode()
_BODY = (
    f"POST {about.BASE_PATH}/cases HTTP/1.1\r\nHost: api\r\nContent-Type: application/json\r\n"
    "Content-Length: 1000\r\n\r\n{"
).encode()
KINDS = ((b"", b""), (_HEAD, b""), (_BODY, b""), (_HEAD, b"X"), (_BODY, b" "))
"""What each kind sends at once, and then once a second."""


async def trial(ground: Ground) -> Shown:
    """Ask without the slow ones, and with them."""
    async with ground.place() as place:
        before, during, lasted = await _measured(place)
    closed, slowest = sum(one is not None for one in lasted), max(one or 0 for one in lasted)
    held = closed == SOCKETS and slowest <= CLOSED_WITHIN and not during.failed
    return Shown(
        held and during.p95 < SLOWER_AT_MOST * before.p95,
        f"{closed} of {SOCKETS} slow sockets closed, the last after {slowest:.1f} s; others' p95"
        f" {before.p95 * 1000:.1f} ms without and {during.p95 * 1000:.1f} ms with them"
        f" ({during.p95 / before.p95:.2f} times; {len(during.seconds)} requests, {during.failed} failed)",
    )


async def _measured(place: Place) -> tuple[Asked, Asked, list[float | None]]:
    asked, port = who_am_i(await place.staff("FK")), place.api.port
    await steadily(port, asked, connections=4, seconds=2, pause=0.02)  # the first ones warm everything up
    before = await steadily(port, asked, connections=4, seconds=8, pause=0.02)
    slow = [asyncio.create_task(_slow(port, *KINDS[number % len(KINDS)])) for number in range(SOCKETS)]
    during = await steadily(port, asked, connections=4, seconds=8, pause=0.02)
    return before, during, await asyncio.gather(*slow)


async def _slow(port: int, at_once: bytes, drop: bytes) -> float | None:
    """One slow socket: after how many seconds the server closed it, None if it did not in twice the time."""
    reader, writer = await asyncio.open_connection(HOST, port)
    begun = time.perf_counter()
    writer.write(at_once)
    dripping = asyncio.create_task(_drip(writer, drop))
    try:
        async with asyncio.timeout(2 * CLOSED_WITHIN):
            await reader.read()
    except ConnectionError:
        pass  # closed too
    except TimeoutError:
        return None
    finally:
        dripping.cancel()
        writer.close()
    return time.perf_counter() - begun


async def _drip(writer: asyncio.StreamWriter, drop: bytes) -> None:
    while drop:
        await asyncio.sleep(1)
        writer.write(drop)


GATE = Gate("g9", "Whoever is slow on purpose holds up nobody else.", 1, trial)

"""What a connection may be like: whole, in time, in bounds, and in the one form that HTTP allows."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette

from tests.http.sockets import HOST, Listening, connected, get, listening

INFO = "/flerpart/v0/api-info"
POST = b"POST /flerpart/v0/probes HTTP/1.1\r\nHost: api\r\nContent-Type: application/json\r\n"


@pytest.fixture
async def served(app: Starlette) -> AsyncIterator[Listening]:
    """The real application behind a socket, impatient."""
    async with listening(app) as found:
        yield found


def is_problem(answer: tuple[int, dict[str, str], bytes], status: int, code: str) -> None:
    """The answer is this problem, and the last on its connection."""
    assert answer[0] == status
    assert answer[1]["content-type"] == "application/problem+json"
    assert (answer[1]["connection"], answer[1]["cache-control"]) == ("close", "no-store")
    assert json.loads(answer[2])["code"] == code


async def test_requests_follow_each_other_on_one_connection(served: Listening) -> None:
    """The positive twin: whole requests in a row, and two sent at once, are all answered."""
    async with connected(served.port) as peer:
        for _ in range(2):
            peer.send(get(INFO))
            assert (await peer.answer())[0] == 200
        peer.send(get(INFO), get("/livez"))
        assert [(await peer.answer())[0] for _ in range(2)] == [200, 200]


async def test_a_silent_socket_is_closed(served: Listening) -> None:
    """Whoever connects and says nothing is not waited for."""
    async with connected(served.port) as peer:
        assert await peer.rest() == b""


async def test_half_a_head_is_408(served: Listening) -> None:
    """A head that does not come to its end is given up."""
    async with connected(served.port) as peer:
        peer.send(b"GET /livez HTTP/1.1\r\nHost: a")
        is_problem(await peer.answer(), 408, "REQUEST_TIMEOUT")
        assert await peer.rest() == b""


async def test_dripping_bytes_win_no_time(served: Listening) -> None:
    """Each byte that comes late does not begin the waiting anew, in a head or between two requests."""
    for first, drop in ((get(INFO)[:-2], b"X: y\r\n"), (b"", b"\r\n")):
        async with connected(served.port) as peer:
            peer.send(first)
            dripping = asyncio.create_task(drip(peer.writer, drop))
            await peer.rest()
            dripping.cancel()


async def drip(writer: asyncio.StreamWriter, drop: bytes) -> None:
    """Send one drop after the other, for ever."""
    while True:
        writer.write(drop)
        await asyncio.sleep(0.05)


async def test_a_body_that_does_not_come_is_408(served: Listening) -> None:
    """One byte of a thousand: the gate gives up, and answers."""
    async with connected(served.port) as peer:
        peer.send(POST, b"Content-Length: 1000\r\n\r\n{")
        is_problem(await peer.answer(), 408, "REQUEST_TIMEOUT")
        assert await peer.rest() == b""


async def test_a_body_nobody_reads_holds_no_connection(served: Listening) -> None:
    """After an answer that came before the end of the body, the rest is waited for no longer than usual."""
    async with connected(served.port) as peer:
        peer.send(b"POST /nowhere HTTP/1.1\r\nHost: api\r\nContent-Length: 1000\r\n\r\n")
        assert (await peer.answer())[0] == 404
        dripping = asyncio.create_task(drip(peer.writer, b"x"))
        await peer.rest()
        dripping.cancel()


async def test_whoever_sends_too_much_still_reads_why(served: Listening) -> None:
    """A body announced far too large is refused at once, and that reaches a client that goes on sending."""
    async with connected(served.port) as peer:
        peer.send(POST, b"Content-Length: 20000000\r\nAuthorization: Bearer a.b.c\r\n\r\n", b"x" * 4_000_000)
        is_problem(await peer.answer(), 413, "TOO_LARGE")


async def test_an_answer_nobody_reads_is_cut(served: Listening) -> None:
    """A client that asks much and reads nothing does not hold the answer for ever."""
    with socket.socket() as lazy:
        lazy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        lazy.connect((HOST, served.port))
        lazy.sendall(get("/flerpart/v0/openapi.json") * 40)
        async with asyncio.timeout(30):
            while served.connections == 0:
                await asyncio.sleep(0.01)
            while served.connections:
                await asyncio.sleep(0.05)


HEADS = {
    "H25 a header of 70 kB": get(INFO, "X-Long: " + "x" * 70_000),
    "H25 two thousand headers": get(INFO, *(f"X-{n}: y" for n in range(2000))),
    "a hundred and one headers": get(INFO, *(f"X-{n}: y" for n in range(100))),
    "a long address": get(INFO + "?" + "x" * 17_000),
    "a head that never ends": get(INFO)[:-2] + b"X: " + b"x" * 40_000,
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
async def test_a_large_head_is_431(served: Listening, head: bytes) -> None:
    """More than 16 kB or a hundred headers are refused before anything runs."""
    async with connected(served.port) as peer:
        peer.send(head)
        is_problem(await peer.answer(), 431, "HEADERS_TOO_LARGE")


async def test_a_large_head_within_bounds_is_read(served: Listening) -> None:
    """The positive twin: ninety-nine headers of 15 kB together."""
    async with connected(served.port) as peer:
        peer.send(get(INFO, *(f"X-{n}: {'y' * 140}" for n in range(99))))
        assert (await peer.answer())[0] == 200


FORBIDDEN = {
    "H24 length and chunks": POST
    + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{}\n\r\n0\r\n\r\n",
    "H24 two lengths": POST + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
    "H24 a blank before the colon": b"GET /livez HTTP/1.1\r\nHost : api\r\n\r\n",
    "H24 a folded line": b"GET /livez HTTP/1.1\r\nHost: api\r\nX: a\r\n b\r\n\r\n",
    "H24 an absolute address": b"GET http://annan.example/livez HTTP/1.1\r\nHost: api\r\n\r\n",
    "two hosts": b"GET /livez HTTP/1.1\r\nHost: api\r\nHost: annan.example\r\n\r\n",
    "no host": b"GET /livez HTTP/1.1\r\n\r\n",
    "a tunnel": b"CONNECT api:443 HTTP/1.1\r\nHost: api:443\r\n\r\n",
    "line feeds alone": b"GET /livez HTTP/1.1\nHost: api\n\n",
    "NUL in a header": b"GET /livez HTTP/1.1\r\nHost: api\r\nX: a\x00b\r\n\r\n",
    "an unknown coding of the body": POST + b"Transfer-Encoding: gzip\r\n\r\nabc",
    "a version that is none": b"GET /livez HTTP/3.7\r\nHost: api\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "rubbish": b"\xff\xfe hej\r\n\r\n",
}


@pytest.mark.parametrize("request_", FORBIDDEN.values(), ids=FORBIDDEN.keys())
async def test_what_http_forbids_is_one_400(served: Listening, request_: bytes) -> None:
    """What two readers could read in two ways is refused in our own form, and the connection ends."""
    async with connected(served.port) as peer:
        peer.send(request_)
        is_problem(await peer.answer(), 400, "BAD_REQUEST")
        assert await peer.rest() == b""


async def test_rubbish_behind_a_request_does_not_cut_its_answer(served: Listening) -> None:
    """A whole request is answered, whatever comes after it; then the connection ends."""
    async with connected(served.port) as peer:
        peer.send(get(INFO), b"rubbish\r\n\r\n")
        assert (await peer.answer())[0] == 200
        assert await peer.rest() == b""


async def test_an_address_that_looks_like_a_host_is_404(served: Listening) -> None:
    """H38: two slashes in front name nothing."""
    async with connected(served.port) as peer:
        peer.send(get("//livez"))
        is_problem(await peer.answer(), 404, "NOT_FOUND")


async def test_an_upgrade_is_not_taken(served: Listening) -> None:
    """Asked for another protocol, the server answers in this one."""
    async with connected(served.port) as peer:
        peer.send(get("/livez", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"))
        assert (await peer.answer())[0] == 200

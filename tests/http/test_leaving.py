"""Leaving: said first, then no new ones, and what has begun is ended."""

import asyncio
import json

import pytest
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from app.http.drain import Drain
from app.main import create_app
from tests.http.conftest import PARTS, ROUTES
from tests.http.sockets import PATIENCE_SECONDS, connected, get, listening

READY, INFO = get("/readyz"), get("/flerpart/v0/api-info")


async def test_leaving_is_said_before_any_door_is_shut() -> None:
    """In the grace time /readyz is 503, and requests are still answered, each the last on its connection."""
    drain = Drain()
    app = create_app(type(PARTS)(PARTS.base_url, PARTS.clock, drain=drain), routers=ROUTES)
    async with listening(app, drain=drain, grace_seconds=0.5) as found:
        async with connected(found.port) as before, connected(found.port) as waiting:
            before.send(READY)
            assert (await before.answer())[0] == 200
            found.server.should_exit = True
            await until_leaving(drain)
            before.send(READY)
            status, headers, _ = await before.answer()
            assert (status, headers["connection"]) == (503, "close")
            waiting.send(INFO)
            status, headers, _ = await waiting.answer()
            assert (status, headers["connection"]) == (200, "close")
            async with connected(found.port) as new:
                new.send(INFO)
                assert (await new.answer())[0] == 200
        await found.leave()
        with pytest.raises(ConnectionRefusedError):
            async with connected(found.port):
                pass


async def test_what_has_begun_is_ended() -> None:
    """A request being worked on, and one whose head is half here, are answered after the doors were shut."""
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        begun.set()
        await go_on.wait()
        await JSONResponse({"path": scope["path"]})(scope, receive, send)

    async with listening(slow) as found, connected(found.port) as working, connected(found.port) as half:
        working.send(get("/first"))
        half.send(get("/second")[:20])
        await begun.wait()
        leaving = asyncio.create_task(found.leave())
        await shut(found.port)
        half.send(get("/second")[20:])
        go_on.set()
        assert json.loads((await working.answer())[2]) == {"path": "/first"}
        assert json.loads((await half.answer())[2]) == {"path": "/second"}
        await leaving


async def until_leaving(drain: Drain) -> None:
    """Wait until the server has said that it leaves."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not drain.leaving:
            await asyncio.sleep(0.01)


async def shut(port: int) -> None:
    """Wait until nobody is let in any more. Who knocks as the door is being closed may get no answer."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            try:
                async with asyncio.timeout(0.05), connected(port):
                    await asyncio.sleep(0.01)
            except TimeoutError:
                continue
            except OSError:
                return

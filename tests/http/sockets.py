"""The application behind a real socket, and clients that send bytes as they like."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp

from app.http.connection import BoundedConnection
from app.http.drain import Drain
from app.http.serving import LeavingServer

HOST = "127.0.0.1"
PATIENCE_SECONDS = 30
"""How long a test waits for what must come; nothing is measured."""


class Impatient(BoundedConnection):
    """The same connection, to which a moment is a long time."""

    request_seconds = 0.4
    write_seconds = 0.4
    last_word_seconds = 0.4


@dataclass(frozen=True)
class Listening:
    """A server that listens, and the task that it is."""

    server: LeavingServer
    serving: asyncio.Task[None]
    port: int

    @property
    def connections(self) -> int:
        """How many connections it keeps."""
        return len(self.server.server_state.connections)

    async def leave(self) -> None:
        """Tell it to end, as SIGTERM does, and wait until it has."""
        self.server.should_exit = True
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self.serving


@asynccontextmanager
async def listening(
    app: ASGIApp,
    protocol: type[BoundedConnection] = Impatient,
    drain: Drain | None = None,
    grace_seconds: float = 0,
) -> AsyncIterator[Listening]:
    """Serve an application on a port of its own."""
    config = uvicorn.Config(
        app, host=HOST, port=0, http=protocol, ws="none", lifespan="off", server_header=False, log_config=None
    )
    socket = config.bind_socket()
    server = LeavingServer(config, drain or Drain(), grace_seconds)
    serving = asyncio.create_task(server.serve([socket]))
    while not server.started:
        await asyncio.sleep(0.01)
    found = Listening(server, serving, socket.getsockname()[1])
    try:
        yield found
    finally:
        await found.leave()


@dataclass(frozen=True)
class Peer:
    """The other end of one connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def send(self, *pieces: bytes) -> None:
        """Send these bytes."""
        self.writer.write(b"".join(pieces))

    async def answer(self) -> tuple[int, dict[str, str], bytes]:
        """The next answer: status, headers, body."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            first, *lines = head.rstrip("\r\n").split("\r\n")
            headers = {
                name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
            }
            body = await self.reader.readexactly(int(headers["content-length"]))
        return int(first.split(" ")[1]), headers, body

    async def rest(self) -> bytes:
        """Whatever still comes until the server has closed."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            try:
                return await self.reader.read()
            except ConnectionResetError:
                return b""


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[Peer]:
    """One connection."""
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        yield Peer(reader, writer)
    finally:
        writer.close()


def get(path: str, *lines: str) -> bytes:
    """A complete request."""
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: api", *lines, "", ""]).encode()

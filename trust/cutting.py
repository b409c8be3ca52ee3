"""A path to PostgreSQL that can be cut: a socket of its own in front of the server's."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

SOCKET = ".s.PGSQL.5432"
DELAY_SECONDS = 0.02
"""How long an answer takes on its way: what is under way when the path is cut is then often a commit."""


class WayToTheServer:
    """The path: whoever comes in is led to the server, until the path is cut."""

    def __init__(self, behind: Path) -> None:
        self._behind = behind
        self._under_way: set[asyncio.StreamWriter] = set()
        self._leading: set[asyncio.Task[None]] = set()

    def begin(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Somebody has come in."""
        task = asyncio.create_task(self.lead(reader, writer))
        self._leading.add(task)
        task.add_done_callback(self._leading.discard)

    async def lead(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Lead one connection to the server and back."""
        try:
            there, back = await asyncio.open_unix_connection(str(self._behind / SOCKET))
        except OSError:
            writer.close()
            return
        self._under_way |= {writer, back}
        with suppress(OSError):
            await asyncio.gather(_copy(reader, back, 0), _copy(there, writer, DELAY_SECONDS))
        self._under_way -= {writer, back}

    def cut(self) -> None:
        """End every connection at once, whatever is under way on it."""
        for one in tuple(self._under_way):
            one.transport.abort()

    async def close(self) -> None:
        """Cut it, and wait until nobody is on it any more."""
        self.cut()
        await asyncio.gather(*self._leading, return_exceptions=True)


async def _copy(source: asyncio.StreamReader, to: asyncio.StreamWriter, delay: float) -> None:
    try:
        while data := await source.read(65536):
            if delay:
                await asyncio.sleep(delay)
            to.write(data)
            await to.drain()
    finally:
        to.transport.abort()


@asynccontextmanager
async def cuttable(folder: Path, behind: Path) -> AsyncIterator[WayToTheServer]:
    """A socket in the folder that leads to the server whose socket lies in `behind`."""
    path = WayToTheServer(behind)
    folder.mkdir(mode=0o700, exist_ok=True)
    server = await asyncio.start_unix_server(path.begin, str(folder / SOCKET))
    try:
        yield path
    finally:
        server.close()
        await path.close()
        (folder / SOCKET).unlink(missing_ok=True)
        folder.rmdir()

"""HTTP by hand: the bytes that are sent, and the answer as it came."""

import asyncio
from dataclasses import dataclass
from typing import Self

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Answer:
    """One answer."""

    status: int
    headers: dict[str, str]
    body: bytes


class Wire:
    """One connection to the API; it is made again when the server has closed it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    async def send(self, data: bytes) -> None:
        """Send bytes, whatever they are."""
        if self._writer is None or self._writer.is_closing():
            self._reader, self._writer = await asyncio.open_connection(HOST, self._port)
        self._writer.write(data)
        await self._writer.drain()

    async def ask(self, request: bytes) -> Answer:
        """Send a request and read its answer. Raises ConnectionError where none comes."""
        await self.send(request)
        return await self.answer()

    async def answer(self) -> Answer:
        """The next answer on this connection. Raises ConnectionError where none comes."""
        assert self._reader is not None  # noqa: S101 - something was sent before
        try:
            head = await self._reader.readuntil(b"\r\n\r\n")
            lines = head.decode("latin-1").split("\r\n")
            headers = dict(_header(line) for line in lines[1:] if line)
            body = await self._reader.readexactly(int(headers.get("content-length", "0")))
        except asyncio.IncompleteReadError as cut:
            self.close()
            raise ConnectionError("no whole answer came") from cut
        except ConnectionError:
            self.close()
            raise
        if headers.get("connection") == "close":
            self.close()
        return Answer(int(lines[0].split(" ")[1]), headers, body)


def _header(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.lower(), value.strip()


def request(method: str, path: str, token: bytes = b"", body: bytes = b"", **headers: str) -> bytes:
    """The bytes of a request. A header's name is written with underscores for its dashes."""
    lines = [f"{method} {path} HTTP/1.1".encode(), b"Host: api"]
    lines += [b"Authorization: Bearer " + token] if token else []
    lines += [f"{name.replace('_', '-')}: {value}".encode() for name, value in headers.items()]
    if body:
        lines += [b"Content-Type: application/json", f"Content-Length: {len(body)}".encode()]
    return b"\r\n".join([*lines, b"", body])

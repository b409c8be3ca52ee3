"""One connection to the API, bounded in time, size and form before any request of it begins.

uvicorn waits for ever for a head or a body that does not come, for a reader that does not read, and takes
heads of any size. Whoever holds two hundred sockets that way must hold up nobody else, so each connection has
deadlines of its own here. What HTTP forbids, or two readers would read in two ways, is answered 400.
"""

import asyncio
import logging
from http import HTTPStatus
from typing import Any, Final, cast

import orjson
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.errors import (
    PROBLEM_MEDIA_TYPE,
    BadRequest,
    FlerpartError,
    HeadersTooLarge,
    NotFound,
    RequestTimeout,
    Unavailable,
    to_problem,
)
from app.http import about

log = logging.getLogger("flerpart.http")

Headers = list[tuple[bytes, bytes]]

HEAD_BYTES: Final = 16 * 1024
HEAD_LINES: Final = 100


class BoundedConnection(HttpToolsProtocol):
    """What uvicorn makes for each connection, with limits."""

    request_seconds = 9.5
    """From the first byte of a request to its last; the gate gives up on a slow body before, and answers."""
    write_seconds = 10.0
    """How long an answer may wait for somebody to read it."""
    linger_seconds = 2.0
    """How long a sender who goes on sending after the answer may still read it."""
    last_word_seconds = 1.0
    """How long a connection without a request is kept when the server leaves: one may be on its way."""
    most_connections = 1000

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody has connected: a first request must come, and come whole, in time."""
        self._deadline: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None
        self._begun = False  # a request has begun whose end has not come
        self._head = 0  # bytes of a head that is not complete
        self._refused = False
        super().connection_made(cast("asyncio.Transport", _Lingering(transport, self)))
        if len(self.connections) > self.most_connections:
            self._refuse(Unavailable())
        else:
            self._wait_for_the_rest()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more: nothing is left to wait for."""
        self._stop_waiting()
        self._stop_waiting_for_the_reader()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; a request that has begun and not ended gets its deadline once, however much more comes."""
        if self._refused:
            return
        self._ended_here = False
        if self._head_is_open():
            self._head += len(data)
        super().data_received(data)
        if self._head > HEAD_BYTES:  # nor has it ended, or it would not be counted any more
            self._refuse(HeadersTooLarge())
        if self._begun or not self._ended_here:
            self._wait_for_the_rest()

    def shutdown(self) -> None:
        """The server is leaving: what has begun is answered, and what may just be arriving is waited for."""
        if self._is_answering():
            self.cycle.keep_alive = False
        else:
            self.loop.call_later(self.last_word_seconds, self._leave_if_idle)

    @property
    def is_receiving(self) -> bool:
        """Whether a request has begun to arrive and not ended."""
        return self._begun

    def stop_reading_requests(self) -> None:
        """What still comes is thrown away."""
        self._refused = True

    # What the parser tells

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        self._begun = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is there: judge its form and size before anything runs."""
        self._head = -1
        fault = _fault_of_head(self.parser.get_http_version(), self.url, self.headers)
        if fault is not None:
            self._refuse(fault)
        else:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A piece of the body, of a request that was not refused."""
        if not self._refused:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """The last byte of a request."""
        self._begun, self._ended_here, self._head = False, True, 0
        self._stop_waiting()
        if not self._refused:
            super().on_message_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's words, in place of which ours go
        """What cannot be read as HTTP."""
        self._refuse(BadRequest())

    def pause_writing(self) -> None:
        """Nobody reads the answer: not for ever."""
        super().pause_writing()
        self._unread = self._unread or self.loop.call_later(self.write_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """Somebody reads again."""
        self._stop_waiting_for_the_reader()
        super().resume_writing()

    def _is_answering(self) -> bool:
        """Whether a request is being worked on, or its answer is on its way."""
        cycle: Any = self.cycle  # none before the first request, which uvicorn's types leave out
        return cycle is not None and not cycle.response_complete

    # Deadlines

    def _head_is_open(self) -> bool:
        """Whether no head of the request at hand has been completed."""
        return self._head >= 0

    def _wait_for_the_rest(self) -> None:
        if self._deadline is None and not self.transport.is_closing():
            self._deadline = self.loop.call_later(self.request_seconds, self._out_of_time)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _stop_waiting_for_the_reader(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def _leave_if_idle(self) -> None:
        if not self._begun and not self._is_answering():
            self.transport.close()

    def _out_of_time(self) -> None:
        self._deadline = None
        if self._begun and self._head_is_open():
            self._begun = False  # no lingering: whoever is this slow would only linger too
            self._refuse(RequestTimeout())
        else:
            # Nothing has begun, or an answer may be on its way already.
            self.transport.abort()

    def _refuse(self, error: FlerpartError) -> None:
        """Answer without running anything, and close. Only what is refused first is answered."""
        if self._refused:
            return
        self._refused = True
        log.info("connection refused", extra={"status": error.status})
        if self._is_answering():
            if not self.cycle.more_body:
                self.cycle.keep_alive = False  # an earlier request, whole: its answer is the last
                return
            self.cycle.disconnected = True  # its body will never be whole: nobody is there to answer
            self.cycle.message_event.set()
        if not self._is_answering() or not self.cycle.response_started:
            self.transport.write(_answer(error, self.server_state.default_headers))
        self.transport.close()


class _Lingering:
    """A transport that lets the other side read the last answer.

    Closing a socket on which unread bytes lie resets the connection, and the answer is lost with it. So while
    a request is still arriving, closing means: say that nothing more will come, throw away for a moment what
    does come, then close.
    """

    def __init__(self, transport: asyncio.Transport, connection: BoundedConnection) -> None:
        self._transport = transport
        self._connection = connection
        self._closing = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def is_closing(self) -> bool:
        """Whether nothing more will be sent."""
        return self._closing or self._transport.is_closing()

    def close(self) -> None:
        """Close, at once or after the last of what is arriving."""
        if self._closing:
            return
        self._closing = True
        if not self._connection.is_receiving or self._transport.is_closing():
            self._transport.close()
            return
        self._connection.stop_reading_requests()
        self._transport.write_eof()
        self._transport.resume_reading()
        asyncio.get_running_loop().call_later(self._connection.linger_seconds, self._transport.abort)


def _fault_of_head(version: str, url: bytes, headers: Headers) -> FlerpartError | None:
    """What is wrong with a complete head, if anything."""
    size = len(url) + sum(len(name) + len(value) + 4 for name, value in headers)
    if size > HEAD_BYTES or len(headers) > HEAD_LINES:
        return HeadersTooLarge()
    if url.startswith(b"//"):
        return NotFound()  # a path that readers of addresses take for a host
    # One form of address and one host: with an absolute address there would be two to choose from.
    hosts = sum(name == b"host" for name, _ in headers)
    if not url.startswith(b"/") or (version, hosts) not in _HOSTS_BY_VERSION:
        return BadRequest()
    return None


_HOSTS_BY_VERSION = frozenset({("1.1", 1), ("1.0", 0), ("1.0", 1)})


def _answer(error: FlerpartError, default_headers: Headers) -> bytes:
    """The whole answer to a request that nothing ran for."""
    body = orjson.dumps(to_problem(error, "sv", about.BASE_PATH))
    headers = {
        "content-type": PROBLEM_MEDIA_TYPE,
        "content-length": str(len(body)),
        "content-language": "sv",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        **{name.lower(): value for name, value in error.headers.items()},
        "connection": "close",
    }
    lines = [f"HTTP/1.1 {error.status} {HTTPStatus(error.status).phrase}".encode()]
    lines += [name + b": " + value for name, value in default_headers]
    lines += [f"{name}: {value}".encode() for name, value in headers.items()]
    return b"\r\n".join([*lines, b"", body])

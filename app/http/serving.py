"""Serving over HTTP, and leaving without cutting anybody off."""

import asyncio
import ctypes
import socket
import struct
import sys
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from app.http.connection import BoundedConnection
from app.http.drain import Drain

DRAIN_SECONDS: Final = 20
"""How long what has begun may take to end."""
_STEP_SECONDS: Final = 0.05
_SO_ATTACH_FILTER: Final = 26
_QUEUE_SECONDS: Final = 0.2
"""How long the connections that the system has taken for us may take to be taken by us."""


def serve(app: ASGIApp, drain: Drain, host: str, port: int, grace_seconds: float) -> None:
    """Serve until SIGTERM or SIGINT."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        loop="uvloop",
        http=BoundedConnection,
        ws="none",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        log_config=None,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )
    listening = config.bind_socket()
    LeavingServer(config, drain, grace_seconds).run([listening])


class LeavingServer(uvicorn.Server):
    """A server that leaves in four steps: it says so, stops listening, ends what has begun, closes the pools.

    Between the first and the second it goes on serving for the grace time, so that whoever spreads the load
    reads it in /readyz, and clients in `Connection: close`, before any door is shut.
    """

    def __init__(self, config: uvicorn.Config, drain: Drain, grace_seconds: float) -> None:
        super().__init__(config)
        self._drain = drain
        self._grace_seconds = grace_seconds

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Leave. A second Ctrl-C leaves at once."""
        self._drain.leaving = True
        await self._wait(self._grace_seconds)
        for listening in sockets or []:
            _shut(listening)
        await self._wait(_QUEUE_SECONDS)
        await super().shutdown(sockets)

    async def _wait(self, seconds: float) -> None:
        for _ in range(round(seconds / _STEP_SECONDS)):
            if not self.force_exit:
                await asyncio.sleep(_STEP_SECONDS)


def _shut(listening: socket.socket) -> None:
    """Let nobody new in, and let us take those who are in and wait: closing the socket would cut them off.

    Linux lets a filter drop who knocks; they knock again, and meet another process or a closed door.
    Elsewhere the queue is made as short as can be, and somebody may still stand in it when the door closes.
    """
    if sys.platform != "linux":
        listening.listen(0)
        return
    return_nothing = ctypes.create_string_buffer(struct.pack("HBBI", 0x06, 0, 0, 0))  # BPF_RET, 0 bytes kept
    program = struct.pack("HP", 1, ctypes.addressof(return_nothing))
    listening.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, program)

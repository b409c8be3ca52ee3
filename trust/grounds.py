"""The ground a gate stands on: a PostgreSQL of its own with the parties in it, and the API served over it."""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from app.cli import write_parties
from dev.postgres import Urls, temporary_server
from dev.preparation import make_keys, prepare
from trust.wire import HOST

UNLIMITED = {
    "FLERPART_CALLER_RATE": "0",
    "FLERPART_ORGANISATION_RATE": "0",
    "FLERPART_ADDRESS_RATE": "0",
    "FLERPART_PERSONS_PER_HOUR": "0",
    "FLERPART_GRACE_SECONDS": "0",
}
"""For attacks that are not about how often one may ask."""
PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Prepared:
    """A migrated database that knows the agreements' parties, and the keys it is used with."""

    urls: Urls
    keys: Path


@dataclass(frozen=True)
class Served:
    """The API in a process of its own, as `flerpart serve` runs it."""

    port: int
    process: subprocess.Popen[bytes]


@contextmanager
def prepared() -> Iterator[Prepared]:
    """A database for this block alone."""
    with temporary_server() as server, tempfile.TemporaryDirectory() as folder:
        keys = make_keys(Path(folder) / "keys.json")
        prepare(server.urls(), keys)
        asyncio.run(write_parties(server.urls().migration))
        yield Prepared(server.urls(), keys)


@contextmanager
def served(ground: Prepared, **settings: str) -> Iterator[Served]:
    """The API over the ground for as long as the block lasts; `settings` are added to its environment."""
    port = free_port()
    environment = os.environ | {
        "DATABASE_URL": ground.urls.api,
        "FLERPART_KEYS_FILE": str(ground.keys),
        **UNLIMITED,
        **settings,
    }
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        _wait(port, process)
        yield Served(port, process)
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(30)


@asynccontextmanager
async def served_here(app: ASGIApp) -> AsyncIterator[int]:
    """An application over HTTP in this process, for what must move its clock; yields its port."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, host=HOST, port=port, log_level="critical", http="httptools"))
    serving = asyncio.create_task(server.serve())
    try:
        while not server.started:  # noqa: ASYNC110 - the server tells it by nothing else
            await asyncio.sleep(0.05)
        yield port
    finally:
        server.should_exit = True
        await serving


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port: int = free.getsockname()[1]
        return port


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    patience = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < patience:
        if process.poll() is not None:
            raise RuntimeError(f"the API ended with code {process.returncode}")
        try:
            socket.create_connection((HOST, port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the API did not answer")

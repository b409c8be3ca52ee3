"""The API under measurement: one worker in a process of its own, exactly as `flerpart serve` runs it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from bench.loading import Data

CONNECTIONS = 16
_PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Api:
    """A running API."""

    port: int
    pid: int


def environment(data: Data) -> Mapping[str, str]:
    """What an installation sets, for this database."""
    return os.environ | {
        "DATABASE_URL": data.urls.api,
        "FLERPART_KEYS_FILE": str(data.keys.resolve()),
        "FLERPART_POOL_SIZE": str(CONNECTIONS),
        # One machine asks as much as it can, in the name of a few.
        "FLERPART_CALLER_RATE": "0",
        "FLERPART_ORGANISATION_RATE": "0",
        "FLERPART_ADDRESS_RATE": "0",
        "FLERPART_PERSONS_PER_HOUR": "0",
        "FLERPART_GRACE_SECONDS": "0",
    }


@contextmanager
def serving(data: Data) -> Iterator[Api]:
    """Serve the data for as long as the block lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment(data), stderr=subprocess.DEVNULL)
    try:
        _wait(port, process)
        yield Api(port, process.pid)
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    patience = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < patience:
        if process.poll() is not None:
            raise RuntimeError(f"the API ended with code {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the API did not answer")

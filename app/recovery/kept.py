"""The file outside the database: a line for each thing that was taken away, bound to the line before it.

Nothing in it is about anybody: ids, codes and days. It is only ever appended to. A line that a power cut has
torn was not kept, and is cut off before the next one; a line missing, changed or moved is found.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

NOTHING_BEFORE = "0" * 64


class KeptFileBroken(Exception):
    """The file cannot be trusted: the message says at which line, and why."""


@dataclass(frozen=True)
class Line:
    """One thing that was taken away: at which organisation, what, and when it was recorded."""

    id: UUID
    organisation_id: UUID
    kind: str
    content: Mapping[str, Any]
    recorded_at: str


@dataclass(frozen=True)
class Kept:
    """All that the file says, of which installation, and the digest of its last line."""

    installation: UUID
    lines: tuple[Line, ...]
    head: str


def read(path: Path) -> Kept:
    """Read the whole file. Raises KeptFileBroken for one that is not whole, OSError for none."""
    return _understood(path.read_bytes())


@contextmanager
def appending(path: Path, installation: UUID) -> Iterator["Appender"]:
    """Hold the file, made where there is none, and append to it.

    Raises KeptFileBroken for a file that is not whole or is another installation's, or that somebody else is
    appending to.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise KeptFileBroken("somebody else is appending to it") from None
        whole = file.read()
        whole = whole[: whole.rfind(b"\n") + 1]  # what a power cut has torn off was never kept
        file.truncate(len(whole))
        file.seek(len(whole))
        appender = Appender(file, NOTHING_BEFORE)
        if not whole:
            appender.write({"installation": str(installation)})
        else:
            found = _understood(whole)
            if found.installation != installation:
                raise KeptFileBroken("it is another installation's")
            appender.head = found.head
        yield appender


class Appender:
    """The end of the file."""

    def __init__(self, file: BinaryIO, head: str) -> None:
        self._file = file
        self.head = head

    def append(self, lines: Iterable[Line]) -> None:
        """Write these lines and have them on disk before it returns."""
        for line in lines:
            self._add(
                {
                    "id": str(line.id),
                    "organisation": str(line.organisation_id),
                    "kind": line.kind,
                    "content": dict(line.content),
                    "at": line.recorded_at,
                }
            )
        self._store()

    def write(self, what: Mapping[str, Any]) -> None:
        """Write one line and have it on disk before it returns."""
        self._add(what)
        self._store()

    def _add(self, what: Mapping[str, Any]) -> None:
        text = json.dumps({"before": self.head, **what}, ensure_ascii=False, separators=(",", ":")).encode()
        self._file.write(text + b"\n")
        self.head = hashlib.sha256(text).hexdigest()

    def _store(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())


def _understood(whole: bytes) -> Kept:
    """What the file's bytes say."""
    head, said = NOTHING_BEFORE, []
    for number, text in enumerate(whole.split(b"\n")[:-1], start=1):
        try:
            one = json.loads(text)
        except ValueError:
            raise KeptFileBroken(f"line {number} is no line of it") from None
        if not isinstance(one, dict) or one.get("before") != head:
            raise KeptFileBroken(f"line {number} does not follow the one before it")
        said.append(one)
        head = hashlib.sha256(text).hexdigest()
    if not said or "installation" not in said[0]:
        raise KeptFileBroken("it has no first line")
    lines = tuple(
        Line(UUID(one["id"]), UUID(one["organisation"]), one["kind"], one["content"], one["at"])
        for one in said[1:]
    )
    return Kept(UUID(said[0]["installation"]), lines, head)

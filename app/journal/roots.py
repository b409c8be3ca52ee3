"""A root: one line of nine words that fixes every chain as it was, signed, and made to be kept elsewhere.

flerpart-root-1 <number> <time> <chains> <entries> <root> <hash of the line before> <key> <signature>
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Self

from app.journal.hashing import NO_HASH

FORM = "flerpart-root-1"
_LINE = re.compile(
    rf"{FORM} (?P<number>[1-9]\d{{0,17}}) (?P<at>\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{{6}}Z)"
    r" (?P<chains>\d{1,18}) (?P<entries>\d{1,18}) (?P<root>[0-9a-f]{64}) (?P<before>[0-9a-f]{64})"
    r" (?P<key>[0-9a-f]{16}) (?P<signature>[A-Za-z0-9+/]{86}==)"
)
_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"


class NotARoot(ValueError):
    """The line is no root's; nothing of it is repeated."""


@dataclass(frozen=True)
class Root:
    """What a root says, and the signature under it."""

    number: int
    at: datetime
    chains: int
    entries: int
    root: bytes
    before: bytes
    key_id: str
    signature: bytes

    @property
    def signed_text(self) -> bytes:
        """What the signature is over: the line's first eight words."""
        time = self.at.astimezone(UTC).strftime(_TIME)
        sums = f"{self.root.hex()} {self.before.hex()}"
        return f"{FORM} {self.number} {time} {self.chains} {self.entries} {sums} {self.key_id}".encode()

    @property
    def line(self) -> str:
        """The root as it is stored, printed and kept elsewhere."""
        return f"{self.signed_text.decode()} {b64encode(self.signature).decode()}"

    @classmethod
    def read(cls, line: str) -> Self:
        """The root a line says. Raises NotARoot."""
        found = _LINE.fullmatch(line)
        if found is None:
            raise NotARoot
        try:
            at = datetime.strptime(found["at"], _TIME).replace(tzinfo=UTC)
        except ValueError:
            raise NotARoot from None
        return cls(
            number=int(found["number"]),
            at=at,
            chains=int(found["chains"]),
            entries=int(found["entries"]),
            root=bytes.fromhex(found["root"]),
            before=bytes.fromhex(found["before"]),
            key_id=found["key"],
            signature=b64decode(found["signature"]),
        )


def hash_of_line(line: str | None) -> bytes:
    """What the next root says of this one; of none before the first."""
    return NO_HASH if line is None else sha256(line.encode()).digest()


def signed(root: Root, sign: Callable[[bytes], bytes]) -> Root:
    """The same root with a signature."""
    return Root(**{**root.__dict__, "signature": sign(root.signed_text)})

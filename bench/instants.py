"""Ids and instants of generated rows: ids that carry the time they say, so that lists have their order."""

import random
from datetime import datetime
from uuid import UUID


class Ids:
    """UUIDv7 made for chosen instants, the same ones for the same seed,
    in the order in which they are asked for.
    """

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._count = 0

    def at(self, instant: datetime) -> UUID:
        """A fresh id that says this instant."""
        self._count += 1
        milliseconds = int(instant.timestamp() * 1000)
        return UUID(
            int=milliseconds << 80
            | 0x7 << 76
            | (self._count & 0xFFF) << 64
            | 0x2 << 62
            | self._chance.getrandbits(62)
        )

"""Identifiers: UUIDv7, made here since PostgreSQL 15 cannot,
so that the order of ids is the order of time.
"""

import secrets
import time
from uuid import UUID

_latest = 0  # in 4096ths of a millisecond


def new_id() -> UUID:
    """A fresh UUIDv7 (RFC 9562, method 3): Unix time to a 4096th of a millisecond, then 62 random bits.

    Ids of one process are in the order in which they were made: several rows of one kind in one act have an
    order, and the latest of them is the greatest.
    """
    global _latest
    _latest = max(time.time_ns() * 4096 // 1_000_000, _latest + 1)
    milliseconds, fraction = divmod(_latest, 4096)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0x2 << 62 | secrets.randbits(62))

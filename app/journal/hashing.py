"""The sums a chain is made of. The database makes them in `gate_journal`; whoever verifies makes them here.

An entry is hashed as PostgreSQL writes its whole row as jsonb: every column that holds something, in UTC.
"""

from hashlib import sha256
from uuid import UUID

NO_HASH = bytes(32)
"""What stands where there is nothing before: the first root has no earlier one."""


def beginning_of(organisation_id: UUID, chain_id: UUID) -> bytes:
    """What a chain's first link rests on: its own name, so that no chain can be passed off as another."""
    return sha256(f"{organisation_id}|{chain_id}".encode()).digest()


def hash_of_entry(kind: str, text: str) -> bytes:
    """The hash of one entry, from its kind and the text of its row."""
    return sha256(f"{kind}|{text}".encode()).digest()


def hash_of_link(before: bytes, entry_hash: bytes) -> bytes:
    """The hash of a link: it covers the entry and, through the link before, every earlier one."""
    return sha256(before + entry_hash).digest()


def leaf(organisation_id: UUID, chain_id: UUID, length: int, head: bytes) -> bytes:
    """A chain's head as a leaf of the tree (RFC 9162, 2.1.1)."""
    return sha256(b"\0" + f"{organisation_id}|{chain_id}|{length}|{head.hex()}".encode()).digest()

"""What verification can find, each with its place: ids and numbers, never anything about a person."""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID


class FaultKind(Enum):
    """What shows that somebody has been at the journal. The value is what is said of the place."""

    ENTRY_CHANGED = "the entry is not as it was recorded"
    ENTRY_GONE = "the entry is gone"
    ENTRY_MISPLACED = "the entry belongs to another chain"
    ENTRY_UNLINKED = "the entry is in no chain: it was not written by way of the journal"
    WAITING_READ_GONE = "the read was waiting to be sealed and is gone"
    LINKS_GONE = "entries are missing before this one"
    LINK_BROKEN = "the link does not follow from the one before"
    HEAD_WRONG = "the head of the chain is not its last link"
    HEAD_GONE = "the chain has no head"
    CHAIN_REWRITTEN = "the chain was rewritten since a root was drawn"
    TAIL_GONE = "the chain is shorter than a root has fixed"
    HEADS_CHANGED = "the heads stored for the root are not those it was signed over"
    HEAD_SUSPECT = "the chain moved just before a root whose heads were changed"
    ROOT_GONE = "the root is not stored"
    ROOT_CHANGED = "the root stored is another than the one kept elsewhere"
    ROOT_MALFORMED = "the line is not a root"
    ROOT_NOT_SIGNED = "no known key has signed the root"
    ROOT_OUT_OF_ORDER = "the root does not follow from the one before"


@dataclass(frozen=True)
class Fault:
    """One finding: where, as far as it can be said, and what."""

    kind: FaultKind
    organisation_id: UUID | None = None
    chain_id: UUID | None = None
    number: int | None = None
    """The entry's number in its chain; where a chain was rewritten, the first that may be another."""
    entry_id: UUID | None = None
    root: int | None = None
    """The root's number; of a malformed line, the line's."""

    def __str__(self) -> str:
        """The finding as an operator reads it."""
        places = (
            ("organisation", self.organisation_id),
            ("chain", self.chain_id),
            ("number", self.number),
            ("entry", self.entry_id),
            ("root", self.root),
        )
        where = " ".join(f"{word} {value}" for word, value in places if value is not None)
        return f"{where}: {self.kind.value}"

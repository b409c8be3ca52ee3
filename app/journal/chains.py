"""Following the chains: entries against their hashes, links against the one before, heads against roots."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

from app.journal.faults import Fault, FaultKind
from app.journal.hashing import beginning_of, hash_of_entry, hash_of_link

Chain = tuple[UUID, UUID]
"""Organisation and chain: the chain of an individual, or of the organisation itself under its own id."""


class Link(NamedTuple):
    """One link as it is stored, and its entry as it is now; no text where that is gone."""

    organisation_id: UUID
    chain_id: UUID
    number: int
    kind: str
    entry_id: UUID
    entry_hash: bytes
    hash: bytes
    text: str | None
    entry_chain: UUID | None

    @property
    def chain(self) -> Chain:
        """Which chain it is part of."""
        return self.organisation_id, self.chain_id


class Head(NamedTuple):
    """A chain's end: as it is now, or as a root has fixed it."""

    root: int | None
    organisation_id: UUID
    chain_id: UUID
    length: int
    hash: bytes

    @property
    def chain(self) -> Chain:
        """Which chain it is the end of."""
        return self.organisation_id, self.chain_id


class Loose(NamedTuple):
    """An entry without a place in a chain, or (not stored) a waiting read without its entry."""

    organisation_id: UUID
    chain_id: UUID
    kind: str
    entry_id: UUID
    stored: bool

    @property
    def fault(self) -> Fault:
        """What it shows."""
        if self.stored:
            return Fault(
                FaultKind.ENTRY_UNLINKED, self.organisation_id, self.chain_id, entry_id=self.entry_id
            )
        return Fault(FaultKind.WAITING_READ_GONE, self.organisation_id, entry_id=self.entry_id)


class ChainsFollowed:
    """Takes every link, chain by chain in their order, and says what is wrong. Each fault is told once."""

    def __init__(self, heads: Iterable[Head], fixed: Iterable[Head]) -> None:
        self._heads = {one.chain: one for one in heads}
        self._fixed: dict[Chain, list[Head]] = defaultdict(list)
        for one in fixed:
            self._fixed[one.chain].append(one)
        self._last: Link | None = None
        self._ends: dict[int, Head] = {}
        self._agreed = 0
        self._rewritten = False
        self.chains = 0
        self.entries = 0

    def follow(self, link: Link) -> Iterator[Fault]:
        """What is wrong with the next link."""
        if self._last is None or self._last.chain != link.chain:
            yield from self._end_chain()
            self._begin_chain(link.chain)
        self.entries += 1
        yield from _entry_faults(link)
        before = self._last.hash if self._last else beginning_of(*link.chain)
        if link.number != (self._last.number if self._last else 0) + 1:
            yield _at(link, FaultKind.LINKS_GONE)
        elif link.hash != hash_of_link(before, link.entry_hash):
            yield _at(link, FaultKind.LINK_BROKEN)
        yield from self._against_roots(link)
        self._last = link

    def end(self) -> Iterator[Fault]:
        """What is wrong with the last chain, and with chains of which nothing is left."""
        yield from self._end_chain()
        for chain, head in self._heads.items():
            yield Fault(FaultKind.HEAD_WRONG, *chain, number=head.length)
        for chain, heads in self._fixed.items():
            yield _tail_gone(chain, heads[-1])

    def _begin_chain(self, chain: Chain) -> None:
        self.chains += 1
        self._last = None
        self._ends = {one.length: one for one in self._fixed.pop(chain, ())}
        self._agreed = 0
        self._rewritten = False

    def _against_roots(self, link: Link) -> Iterator[Fault]:
        """A root has fixed this link: the first that differs tells from where on the chain may be another."""
        fixed = self._ends.pop(link.number, None)
        if fixed is None or self._rewritten:
            return
        if fixed.hash == link.hash:
            self._agreed = link.number
            return
        self._rewritten = True
        yield Fault(FaultKind.CHAIN_REWRITTEN, *link.chain, self._agreed + 1, link.entry_id, fixed.root)

    def _end_chain(self) -> Iterator[Fault]:
        last = self._last
        if last is None:
            return
        head = self._heads.pop(last.chain, None)
        if head is None:
            yield _at(last, FaultKind.HEAD_GONE)
        elif (head.length, head.hash) != (last.number, last.hash):
            yield _at(last, FaultKind.HEAD_WRONG)
        beyond = [one for one in self._ends.values() if one.length > last.number]
        if beyond:
            yield _tail_gone(last.chain, beyond[-1])


def _entry_faults(link: Link) -> Iterator[Fault]:
    if link.text is None:
        yield _at(link, FaultKind.ENTRY_GONE)
    elif hash_of_entry(link.kind, link.text) != link.entry_hash:
        yield _at(link, FaultKind.ENTRY_CHANGED)
    elif link.entry_chain != link.chain_id:
        yield _at(link, FaultKind.ENTRY_MISPLACED)


def _at(link: Link, kind: FaultKind) -> Fault:
    return Fault(kind, *link.chain, link.number, link.entry_id)


def _tail_gone(chain: Chain, fixed: Head) -> Fault:
    return Fault(FaultKind.TAIL_GONE, *chain, fixed.length, root=fixed.root)

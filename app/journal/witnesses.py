"""The roots against each other, against those kept elsewhere, and against the heads they were signed over."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from app.journal.chains import Chain, Head
from app.journal.faults import Fault, FaultKind
from app.journal.hashing import leaf
from app.journal.roots import NotARoot, Root, hash_of_line
from app.journal.tree import Tree

Vouch = Callable[[str, bytes, bytes], bool]
"""Whether a known key of that name made the signature over the text."""
SUSPECTS = 100
"""With more chains than these that moved before one root, naming them helps nobody."""


def roots_witnessed(
    stored: list[str], kept: list[str], fixed: Iterable[Head], vouch: Vouch
) -> Iterator[Fault]:
    """What is wrong with the roots stored, the lines kept elsewhere, and the heads stored for them."""
    found, faults = _stored_roots(stored, vouch)
    yield from faults
    # What nobody has signed says nothing of the heads.
    believed = {n: one for n, one in found.items() if _is_signed(one, vouch)}
    for place, line in enumerate(kept, start=1):
        root = _read(line)
        if root is None:
            yield Fault(FaultKind.ROOT_MALFORMED, root=place)
        elif not _is_signed(root, vouch):
            yield Fault(FaultKind.ROOT_NOT_SIGNED, root=root.number)
        else:
            believed[root.number] = root
            if root.number not in found:
                yield Fault(FaultKind.ROOT_GONE, root=root.number)
            elif found[root.number] != root:
                yield Fault(FaultKind.ROOT_CHANGED, root=root.number)
    yield from _heads_fixed(believed, fixed)


def _stored_roots(lines: list[str], vouch: Vouch) -> tuple[dict[int, Root], list[Fault]]:
    """The roots stored, by number, and what is wrong with each by itself or beside the one before."""
    found: dict[int, Root] = {}
    faults: list[Fault] = []
    expected, before = 1, None
    for line in lines:
        root = _read(line)
        if root is None:
            faults.append(Fault(FaultKind.ROOT_MALFORMED, root=expected))
        else:
            found[root.number] = root
            faults += [Fault(FaultKind.ROOT_GONE, root=n) for n in range(expected, root.number)]
            if not _is_signed(root, vouch):
                faults.append(Fault(FaultKind.ROOT_NOT_SIGNED, root=root.number))
            follows = root.number > expected or root.before == hash_of_line(before)
            if root.number < expected or not follows:
                faults.append(Fault(FaultKind.ROOT_OUT_OF_ORDER, root=root.number))
        expected, before = (root.number if root else expected) + 1, line
    return found, faults


def _heads_fixed(roots: dict[int, Root], fixed: Iterable[Head]) -> Iterator[Fault]:
    """The first root that does not sum up the heads stored for it; later ones then cannot either."""
    moved_by_root: dict[int, list[Head]] = defaultdict(list)
    for one in fixed:
        moved_by_root[one.root or 0].append(one)
    heads = _Heads()
    applied = 0
    for number in sorted(roots):
        moved = [one for n in range(applied + 1, number + 1) for one in moved_by_root[n]]
        applied = number
        for one in moved:
            heads.put(one)
        root = roots[number]
        if (heads.root(), heads.chains, heads.entries) != (root.root, root.chains, root.entries):
            yield Fault(FaultKind.HEADS_CHANGED, root=number)
            if len(moved) <= SUSPECTS:
                yield from (
                    Fault(FaultKind.HEAD_SUSPECT, *one.chain, one.length, root=number) for one in moved
                )
            return


class _Heads:
    """All chains' heads as they are after one root after the other, and the tree over them."""

    def __init__(self) -> None:
        self._places: dict[Chain, int] = {}
        self._lengths: dict[Chain, int] = {}
        self._tree = Tree()
        self.entries = 0

    @property
    def chains(self) -> int:
        """How many chains there are."""
        return len(self._places)

    def put(self, head: Head) -> None:
        """A chain has a new head; a shorter one than before is none."""
        longer_by = head.length - self._lengths.get(head.chain, 0)
        if longer_by > 0:
            place = self._places.setdefault(head.chain, len(self._places))
            self._lengths[head.chain] = head.length
            self.entries += longer_by
            self._tree.put(place, leaf(*head.chain, head.length, head.hash))

    def root(self) -> bytes:
        """The root over all heads."""
        return self._tree.root()


def _is_signed(root: Root, vouch: Vouch) -> bool:
    return vouch(root.key_id, root.signed_text, root.signature)


def _read(line: str) -> Root | None:
    try:
        return Root.read(line)
    except NotARoot:
        return None

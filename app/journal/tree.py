"""The Merkle tree over the heads of all chains (RFC 9162, 2.1); only what has moved is summed again."""

from collections.abc import Iterable
from hashlib import sha256

EMPTY = sha256(b"").digest()
"""The root of a tree without leaves."""


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over leaves in their order."""
    tree = Tree()
    for place, one in enumerate(leaves):
        tree.put(place, one)
    return tree.root()


class Tree:
    """Leaves that are added at the end or change in place."""

    def __init__(self) -> None:
        self._levels: list[list[bytes]] = [[]]
        self._moved: set[int] = set()

    def __len__(self) -> int:
        """How many leaves it has."""
        return len(self._levels[0])

    def put(self, place: int, leaf: bytes) -> None:
        """Change the leaf at a place, or add one at the end."""
        leaves = self._levels[0]
        leaves[place : place + 1] = [leaf]
        self._moved.add(place)

    def root(self) -> bytes:
        """The root over all leaves as they are now."""
        level, moved = 0, self._moved
        while len(self._levels[level]) > 1:
            if level + 1 == len(self._levels):
                self._levels.append([])
            moved = self._climb(level, moved)
            level += 1
        self._moved = set()
        return self._levels[level][0] if self._levels[level] else EMPTY

    def _climb(self, level: int, moved: set[int]) -> set[int]:
        """Sum again what stands over the moved nodes of a level; their places on the next."""
        below, above = self._levels[level], self._levels[level + 1]
        places = sorted({place // 2 for place in moved})
        for place in places:
            pair = below[2 * place : 2 * place + 2]
            # A node without a neighbour goes up as it is.
            node = sha256(b"\1" + b"".join(pair)).digest() if len(pair) == 2 else pair[0]
            above[place : place + 1] = [node]
        return set(places)

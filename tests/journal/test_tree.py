import random
from hashlib import sha256

import pytest

from app.journal.tree import EMPTY, Tree, root_of

LEAVES = [sha256(bytes([n])).digest() for n in range(40)]


def by_the_book(leaves: list[bytes]) -> bytes:
    """RFC 9162, 2.1.1: split at the largest power of two that is smaller than the number of leaves."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\x01" + by_the_book(leaves[:split]) + by_the_book(leaves[split:])).digest()


@pytest.mark.parametrize("size", range(len(LEAVES) + 1))
def test_a_tree_of_any_size_has_the_root_of_the_rfc(size: int) -> None:
    """Also where the number of leaves is no power of two, and where there are none."""
    assert root_of(LEAVES[:size]) == by_the_book(LEAVES[:size])


def test_a_tree_that_grows_and_changes_is_summed_as_if_made_anew() -> None:
    """Leaves are added and changed in any order between two roots, and each root is the whole tree's."""
    chance, tree = random.Random(8), Tree()
    leaves: list[bytes] = []
    assert tree.root() == EMPTY
    for turn in range(200):
        for _ in range(chance.randrange(4)):
            place = chance.choice([len(leaves), chance.randrange(len(leaves) + 1)])
            leaf = sha256(f"{turn} {place}".encode()).digest()
            leaves[place : place + 1] = [leaf]
            tree.put(place, leaf)
        assert tree.root() == by_the_book(leaves)
    assert len(tree) == len(leaves) > 100

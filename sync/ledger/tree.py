"""The Merkle tree of RFC 6962, section 2.1: hashes, proofs and their verification.

Where a tree is asked for, it is `Nodes`: who keeps it knows the hash over any complete 2**level leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from hashlib import sha256

Nodes = Callable[[int, int], bytes]
"""(level, index): the hash over the 2**level leaves from index * 2**level on, all of which there are."""

HASH_BYTES = 32
EMPTY = sha256().digest()
"""The root of a tree without leaves."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two hashes."""
    return sha256(b"\x01" + left + right).digest()


def split(width: int) -> int:
    """How many of `width` (≥ 2) leaves stand on the left: the largest power of two below it."""
    return 1 << (width - 1).bit_length() - 1


def range_hash(nodes: Nodes, start: int, end: int) -> bytes:
    """The hash over the leaves start … end−1, a range that the tree itself splits off."""
    width = end - start
    if width & (width - 1) == 0:
        return nodes(width.bit_length() - 1, start // width)
    middle = start + split(width)
    return node_hash(range_hash(nodes, start, middle), range_hash(nodes, middle, end))


def root_of(nodes: Nodes, size: int) -> bytes:
    """The root over the first `size` leaves."""
    return range_hash(nodes, 0, size) if size else EMPTY


class Edge:
    """The right edge of a growing tree: the hashes over its complete parts, widest first. Enough to know the root."""

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self.peaks = list(peaks)

    def append(self, leaf: bytes) -> None:
        """One more leaf, by its hash."""
        joined, full = leaf, self.size
        while full & 1:
            joined = node_hash(self.peaks.pop(), joined)
            full >>= 1
        self.peaks.append(joined)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self.peaks:
            return EMPTY
        joined = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            joined = node_hash(peak, joined)
        return joined


# ---------------------------------------------------------------- one leaf


def inclusion(nodes: Nodes, index: int, size: int) -> list[bytes]:
    """The audit path of a leaf (RFC 6962, 2.1.1), lowest first; `index` < `size`."""
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + split(end - start)
        if index < middle:
            path.append(range_hash(nodes, middle, end))
            end = middle
        else:
            path.append(range_hash(nodes, start, middle))
            start = middle
    return path[::-1]


def root_of_path(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that an audit path leads to from a leaf's hash (RFC 9162, 2.1.3.2); None if it is no path there."""
    if not 0 <= index < size:
        return None
    here, last, joined = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if here & 1 or here == last:
            joined = node_hash(sibling, joined)
            while here & 1 == 0 and here:
                here, last = here >> 1, last >> 1
        else:
            joined = node_hash(joined, sibling)
        here, last = here >> 1, last >> 1
    return joined if last == 0 else None


# ---------------------------------------------------------------- two trees


def consistency(nodes: Nodes, old: int, new: int) -> list[bytes]:
    """The proof that the tree of `new` leaves begins with that of `old` (RFC 6962, 2.1.2); 0 < old <= new."""
    proof: list[bytes] = []
    start, end, whole = 0, new, True
    while old != end:
        middle = start + split(end - start)
        if old <= middle:
            proof.append(range_hash(nodes, middle, end))
            end = middle
        else:
            proof.append(range_hash(nodes, start, middle))
            start, whole = middle, False
    if not whole:
        proof.append(range_hash(nodes, start, end))
    return proof[::-1]


def is_consistent(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the tree `new` begins with the tree `old` (RFC 9162, 2.1.4.2). From nothing every
    tree grows, without proof."""
    if not 0 <= old <= new:
        return False
    if old == 0 or old == new:
        return not proof and old_root == (EMPTY if old == 0 else new_root)
    rest = list(proof)
    here, last = old - 1, new - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    if here:
        if not rest:
            return False
        seed = rest.pop(0)
    else:
        seed = old_root
    before = after = seed
    for sibling in rest:
        if last == 0:
            return False
        if here & 1 or here == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while here & 1 == 0 and here:
                here, last = here >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


# ---------------------------------------------------------------- many leaves at once


def cover(nodes: Nodes, indices: Collection[int], size: int) -> list[bytes]:
    """What proves many leaves at once, no hash twice: the hashes over what lies between them, from left to right. A
    phone's run of edits lies together, so this is hardly longer than the path of one."""
    wanted = sorted(set(indices))
    proof: list[bytes] = []

    def walk(start: int, end: int, first: int, beyond: int) -> None:
        if first == beyond:
            proof.append(range_hash(nodes, start, end))
        elif end - start > 1:
            middle = start + split(end - start)
            between = first
            while between < beyond and wanted[between] < middle:
                between += 1
            walk(start, middle, first, between)
            walk(middle, end, between, beyond)

    if wanted:
        walk(0, size, 0, len(wanted))
    return proof


def root_of_cover(leaves: Mapping[int, bytes], size: int, proof: Sequence[bytes]) -> bytes | None:
    """The root that leaves (at least one, by index) and their cover lead to; None if they do not fit each other."""
    wanted = sorted(leaves)
    if not wanted or wanted[0] < 0 or wanted[-1] >= size:
        return None
    rest = iter(proof)

    def walk(start: int, end: int, first: int, beyond: int) -> bytes:
        if first == beyond:
            return next(rest)
        if end - start == 1:
            return leaves[start]
        middle = start + split(end - start)
        between = first
        while between < beyond and wanted[between] < middle:
            between += 1
        left = walk(start, middle, first, between)
        return node_hash(left, walk(middle, end, between, beyond))

    try:
        root = walk(0, size, 0, len(wanted))
    except StopIteration:
        return None
    return root if next(rest, None) is None else None

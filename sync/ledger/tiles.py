"""The tree cut into tiles, as C2SP tlog-tiles says: eight levels each, 256 hashes wide, at addresses that never change.

Level 0 holds the leaves' hashes; level l the hashes over 256**l leaves each. Only full tiles count above them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from sync.ledger.tree import HASH_BYTES, Nodes, node_hash

HEIGHT = 8
WIDTH = 1 << HEIGHT
LEVEL_MAX = 63
_PATH = re.compile(r"(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")

Tile = Callable[[int, int], bytes]
"""(level, index): the hashes of a tile as far as there are any, one behind the other."""
Tiles = Mapping[tuple[int, int], bytes]
"""The same, by level and index."""


def tile_path(level: int | None, index: int, width: int = WIDTH) -> str:
    """Where a tile is found below `tile/`; level None: a bundle of entries."""
    digits = f"{index:03}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    thirds = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    numbered = "/".join([f"x{each}" for each in thirds[:-1]] + [thirds[-1]])
    partial = "" if width == WIDTH else f".p/{width}"
    return f"{'entries' if level is None else level}/{numbered}{partial}"


def read_tile_path(path: str) -> tuple[int | None, int, int] | None:
    """Level, index and width of the tile at such a path; None where there is no such path. A tile has one path."""
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    level = None if found[1] == "entries" else int(found[1])
    index, width = int(found[2].replace("x", "").replace("/", "")), int(found[3] or WIDTH)
    if (level or 0) > LEVEL_MAX or tile_path(level, index, width) != path:
        return None
    return level, index, width


def widths(size: int) -> Iterator[tuple[int, int, int]]:
    """Of a tree of `size` leaves, level by level: level, number of full tiles, width of the partial one (0: none)."""
    level = 0
    while size:
        yield level, size >> HEIGHT, size & (WIDTH - 1)
        size >>= HEIGHT
        level += 1


def hashes_of(tile: bytes) -> list[bytes]:
    """The hashes of a tile, left to right."""
    return [tile[at : at + HASH_BYTES] for at in range(0, len(tile), HASH_BYTES)]


def joined(hashes: list[bytes]) -> bytes:
    """The hash over 2**k hashes."""
    while len(hashes) > 1:
        hashes = [node_hash(hashes[at], hashes[at + 1]) for at in range(0, len(hashes), 2)]
    return hashes[0]


def nodes_of(tile: Tile) -> Nodes:
    """A tree out of its tiles. Inside a tile hashes are made anew each time."""

    def node(level: int, index: int) -> bytes:
        layer, above = divmod(level, HEIGHT)
        first = index << above
        at, offset = divmod(first, WIDTH)
        start = offset * HASH_BYTES
        return joined(hashes_of(tile(layer, at)[start : start + (HASH_BYTES << above)]))

    return node


def grow(edge: Tiles, size: int, leaves: Iterable[bytes]) -> tuple[int, dict[tuple[int, int], bytes]]:
    """The tree of `size` leaves, its partial tiles in `edge`, with more leaves behind: its new size, and each tile that
    is new or wider."""
    grown: dict[tuple[int, int], bytearray] = {}

    def put(level: int, index: int, digest: bytes) -> None:
        at = (level, index >> HEIGHT)
        if at not in grown:
            grown[at] = bytearray(edge[at] if index & (WIDTH - 1) else b"")
        grown[at] += digest
        if index & (WIDTH - 1) == WIDTH - 1:
            put(level + 1, index >> HEIGHT, joined(hashes_of(bytes(grown[at]))))

    for leaf in leaves:
        put(0, size, leaf)
        size += 1
    return size, {at: bytes(each) for at, each in grown.items()}

"""The journal as a Merkle log: each edit's leaf is added in the edit's own transaction, to tiles that proofs are read
from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from server import schema
from server.journal.sql import Store
from sync.ledger.leaf import leaf_data
from sync.ledger.tiles import WIDTH, grow, hashes_of, joined, nodes_of, widths
from sync.ledger.tree import EMPTY, HASH_BYTES, Edge, Nodes, leaf_hash, node_hash

AT_ONCE = 16_384
"""How many leaves are made into tiles before any of these are written."""

Kept = tuple[bytes, int, str, str | None]
"""What a leaf binds: the edit's hash, its receipt time, its outcome and reason."""


class BrokenTree(Exception):
    """The tiles hold more leaves than the journal has edits, or not those they must hold."""


def append(store: Store, size: int, kept: Iterable[Kept]) -> bytes:
    """Inside a writing transaction: the leaves of these edits behind the `size` that there are. Returns the root over
    all of them. Where leaves are missing (the journal was there before its tree, or was carried here) they are added
    first. Raises BrokenTree."""
    have = leaves_in(store)
    if have > size:
        raise BrokenTree(f"{have} leaves, {size} edits")
    edge = _right_edge(store, have)
    if have < size:
        edge = _grow(store, have, edge, _journaled(store, have, size))
    edge = _grow(store, size, edge, kept)
    return _root(edge)


def is_whole(store: Store) -> bool:
    """Whether there are all the tiles that belong to as many leaves as there are, of their widths."""
    found = store.rows("SELECT level, count(*), sum(length(hashes)) FROM ledger_tile GROUP BY level ORDER BY level")
    wanted = [
        (level, full + bool(partial), (full * WIDTH + partial) * HASH_BYTES)
        for level, full, partial in widths(leaves_in(store))
        if full or partial
    ]
    return [(row[0], row[1], int(row[2])) for row in found] == wanted


def grow_anew(store: Store, size: int) -> None:
    """Inside a writing transaction: every tile of this many edits, from the journal. Raises BrokenTree."""
    store.run("DELETE FROM ledger_tile")
    _grow(store, 0, {}, _journaled(store, 0, size))


def root_of_journal(store: Store, size: int, at: int) -> bytes | None:
    """The root over the first `at` edits, of a journal that has all `size` of them; None where it has not so many.
    Raises BrokenTree where edits are missing."""
    edge, root = Edge(), EMPTY
    for kept in _journaled(store, 0, size):
        edge.append(leaf_of(kept))
        if edge.size == at:
            root = edge.root()
    return root if at <= size else None


def leaves_in(store: Store) -> int:
    """How many leaves the tiles hold."""
    last = store.row("SELECT place, length(hashes) FROM ledger_tile WHERE level = 0 ORDER BY place DESC LIMIT 1")
    return last[0] * WIDTH + last[1] // HASH_BYTES if last else 0


def nodes_in(store: Store) -> Nodes:
    """The tree as its tiles hold it; each tile is fetched once."""
    return nodes_of(remembering(lambda level, place: _tile(store, level, place)))


def remembering(fetch: Callable[[int, int], bytes]) -> Callable[[int, int], bytes]:
    """The same tiles, each asked for once."""
    held: dict[tuple[int, int], bytes] = {}

    def tile(level: int, place: int) -> bytes:
        if (level, place) not in held:
            held[level, place] = fetch(level, place)
        return held[level, place]

    return tile


def leaf_of(kept: Kept) -> bytes:
    """The hash of an edit's leaf."""
    return leaf_hash(leaf_data(*kept))


Partial = dict[tuple[int, int], bytes]
"""The partial tile of each level that has one, by level and place."""


def _right_edge(store: Store, size: int) -> Partial:
    wanted = [(level, full) for level, full, partial in widths(size) if partial]
    if not wanted:
        return {}
    either = " OR ".join(f"(level = {level} AND place = {place})" for level, place in wanted)
    rows = store.rows(f"SELECT level, place, hashes FROM ledger_tile WHERE {either}")
    edge = {(row[0], row[1]): bytes(row[2]) for row in rows}
    for level, full, partial in widths(size):
        if partial and len(edge.get((level, full), b"")) != partial * HASH_BYTES:
            raise BrokenTree(f"tile {level}/{full} is not {partial} wide")
    return edge


def _grow(store: Store, size: int, edge: Partial, kept: Iterable[Kept]) -> Partial:
    leaves = (leaf_of(each) for each in kept)
    while more := list(islice(leaves, AT_ONCE)):
        size, wider = grow(edge, size, more)
        store.put(schema.ledger_tile, [(*at, hashes) for at, hashes in wider.items()])
        known = {**edge, **wider}
        edge = {(level, full): known[level, full] for level, full, partial in widths(size) if partial}
    return edge


def _journaled(store: Store, first: int, end: int) -> Iterator[Kept]:
    columns = "hash, received_ms, outcome, reason"
    while first < end:
        beyond = min(end, first + AT_ONCE)
        place = "position >= $1 AND position < $2 ORDER BY position"
        rows = store.rows(f"SELECT {columns} FROM journal WHERE {place}", first, beyond)
        if len(rows) != beyond - first:
            raise BrokenTree(f"edits are missing from position {first} to {beyond}")
        yield from ((bytes(row[0]), row[1], row[2], row[3]) for row in rows)
        first = beyond


def _root(edge: Partial) -> bytes:
    """The root of a tree whose right edge this is: its complete parts joined, the narrowest first."""
    found: bytes | None = None
    for at in sorted(edge):
        hashes = hashes_of(edge[at])
        while hashes:
            width = len(hashes) & -len(hashes)
            part = joined(hashes[-width:])
            found = part if found is None else node_hash(part, found)
            hashes = hashes[:-width]
    return EMPTY if found is None else found


def _tile(store: Store, level: int, place: int) -> bytes:
    row = store.row("SELECT hashes FROM ledger_tile WHERE level = $1 AND place = $2", level, place)
    if row is None:
        raise BrokenTree(f"there is no tile {level}/{place}")
    return bytes(row[0])

"""The log for anybody: the newest checkpoint, tiles and bundles of entries, as C2SP tlog-tiles says. All of it is
hashes."""

from __future__ import annotations

from server.journal.checkpoints import newest
from server.journal.sql import Store
from sync.ledger.leaf import leaf_data
from sync.ledger.tiles import HEIGHT, WIDTH, read_tile_path
from sync.ledger.tree import HASH_BYTES


def resource(store: Store, path: str) -> bytes | None:
    """What lies at such a path below `tile/`: a tile, or a bundle of entries; None where there is none yet, or never
    will be. Nothing that no checkpoint speaks of is shown."""
    read = read_tile_path(path)
    if read is None:
        return None
    level, place, width = read
    log = store.row("SELECT log FROM journal_head WHERE id = 1")
    said = newest(store, log[0]) if log is not None else None
    if said is None or place * WIDTH + width > said.size >> (HEIGHT * (level or 0)):
        return None
    return _entries(store, place, width) if level is None else _tile(store, level, place, width)


def _tile(store: Store, level: int, place: int, width: int) -> bytes | None:
    row = store.row("SELECT hashes FROM ledger_tile WHERE level = $1 AND place = $2", level, place)
    # Wide enough for every narrower one: leaves are only added.
    return bytes(row[0])[: width * HASH_BYTES] if row is not None and len(row[0]) >= width * HASH_BYTES else None


def _entries(store: Store, place: int, width: int) -> bytes:
    first = place * WIDTH
    columns, between = "hash, received_ms, outcome, reason", "position >= $1 AND position < $2 ORDER BY position"
    rows = store.rows(f"SELECT {columns} FROM journal WHERE {between}", first, first + width)
    data = (leaf_data(bytes(row[0]), row[1], row[2], row[3]) for row in rows)
    return b"".join(len(each).to_bytes(2, "big") + each for each in data)

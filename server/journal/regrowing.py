"""Tiles are derived: where some are lost or spoiled they are made anew from the journal, and the log goes on only where
what was signed of it last still fits. Nobody's edit waits for this: what cannot be said of the log is left unsaid."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass

from server import events
from server.journal.checkpoints import Said, newest, origin_of
from server.journal.leaves import BrokenTree, Kept, append, grow_anew, is_whole, nodes_in, root_of_journal
from server.journal.sql import Store
from sync.ledger.checkpoint import Checkpoint
from sync.ledger.tree import root_of


def grown(store: Store, log: str, size: int, kept: Iterable[Kept] = ()) -> bytes | None:
    """Inside a writing transaction: the leaves of these edits behind the `size` that there are. Returns the root over
    all of them; None where the log is astray: edits are missing, or are not those that were signed."""
    leaves = list(kept)
    try:
        return append(store, size, leaves)
    except BrokenTree as error:
        return append(store, size, leaves) if _anew(store, log, size, str(error)) else None


def _resumed(store: Store, log: str, size: int) -> bytes | None:
    """The root, where all tiles are there and lead to what was signed last, or can be made to; None: astray."""
    said = newest(store, log)
    whole = is_whole(store)
    try:
        root = append(store, size, ()) if whole else None
        if root is not None and (said is None or _fits(said, root_of(nodes_in(store), min(said.size, size)))):
            return root
    except (BrokenTree, IndexError):
        whole = False
    why = "other_root" if whole else "tiles"
    return append(store, size, ()) if _anew(store, log, size, why) else None


@dataclass(frozen=True)
class Standing:
    """Where a log stands: its id, the last that was said of it, what is to be said now, and whether it is astray."""

    log: str
    said: Said | None
    due: Checkpoint | None
    astray: bool


def standing(store: Store) -> Standing:
    """Inside a writing transaction, as a process begins. Leaves that are missing are added first."""
    # Other processes may be writing: none of them between this look and the next.
    lock = "" if store.sqlite else " FOR UPDATE"
    row = store.row(f"SELECT log, size FROM journal_head WHERE id = 1{lock}")
    assert row is not None, "the journal was not begun"
    log, size = row
    root, said = _resumed(store, log, size), newest(store, log)
    is_grown = size > (said.size if said is not None else 0)
    due = Checkpoint(origin_of(log), size, root) if root is not None and is_grown else None
    return Standing(log, said, due, root is None)


def _anew(store: Store, log: str, size: int, why: str) -> bool:
    """Make all tiles anew where the journal is the one that was signed; nothing is touched where it is not."""
    said = newest(store, log)
    try:
        root = root_of_journal(store, size, said.size if said is not None else 0)
    except BrokenTree:
        root = None
    if root is None or (said is not None and not _fits(said, root)):
        events.happened("ledger.unsaid", "astray", size=size, signed=said.size if said is not None else 0)
        return False
    grow_anew(store, size)
    events.happened("ledger.regrown", size=size)
    return True


def _fits(said: Said, root: bytes) -> bool:
    return said.root == b64encode(root).decode()

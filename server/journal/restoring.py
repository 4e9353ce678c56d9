"""A new installation from the parts of a backup: the same edits at the same positions, in a log of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from uuid_utils import uuid7

from server import clock
from server.journal.batch import Batch
from server.journal.beginning import NewerRules, add_head, add_server, mark_rules, say
from server.journal.copying import Part, Receiving, head_of
from server.journal.erased_list import Line, erase_listed
from server.journal.erasing import blobs_named, erase_again
from server.journal.incidents import heads_of
from server.journal.leaves import append
from server.journal.replay import Progress, silent
from server.journal.sql import Store
from sync.rules import RULES_VERSION


class NotEmpty(Exception):
    """The database holds an installation already."""


class NothingThere(Exception):
    """The backup holds no edit."""


@dataclass(frozen=True)
class Restored:
    """What was made: the new log, which log it goes on after, how many of its edits, until when. `again`: how many
    edits lost words that had been erased by then; `blobs`: photos and voice notes that a later erasure named."""

    log: str
    from_log: str
    from_size: int
    shipped_ms: int
    trouble: list[str] = field(default_factory=list)
    again: int = 0
    blobs: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Kept:
    """What somebody kept elsewhere: checkpoints of the old log, its public keys, by which they are checked, and the
    list of what was erased, perhaps after the backup."""

    handed: Sequence[str] = ()
    keys: Sequence[bytes] = ()
    erased: Sequence[Line] = ()


NOTHING_KEPT = Kept()


def restore(
    store: Store,
    parts: Iterable[Part],
    utc_offset_min: int,
    progress: Progress = silent,
    kept: Kept = NOTHING_KEPT,
) -> Restored:
    """Inside a writing transaction of a migrated, empty database: all or nothing. Phones notice by the new log that the
    server may have forgotten something; its first edit says what is known of the old one. What was erased is erased
    again. Raises NotEmpty, NothingThere, NewerRules, NotOfThis."""
    if head_of(store)[0] or store.row("SELECT position FROM journal LIMIT 1") is not None:
        raise NotEmpty
    receiving = Receiving(store, utc_offset_min)
    for part in parts:
        receiving.take(part)
    if not receiving.size:
        raise NothingThere
    version, _ = receiving.rules()
    if version > RULES_VERSION:
        raise NewerRules(version)
    trouble = receiving.fold(progress)
    receiving.settle()
    log = str(uuid7())
    add_head(store, log, receiving.size, receiving.received_ms)
    store.run("UPDATE journal_head SET rules = $1 WHERE id = 1", version)
    # A device of its own: the old server may have made more edits than the backup holds.
    newest = store.row("SELECT max(enrolled_ms) FROM device WHERE kind = 'server'")
    assert newest is not None
    add_server(store, max(clock.now_ms(), receiving.received_ms, newest[0]) + 1)
    heads = heads_of(store, receiving.log, receiving.size, append(store, receiving.size, ()), kept.handed, kept.keys)
    body = {"from_log": receiving.log, "from_size": receiving.size, "shipped_ms": receiving.at_ms, "heads": heads}
    say(store, utc_offset_min, "server.restored", dict(body))
    if version < RULES_VERSION:
        mark_rules(store, utc_offset_min)
    batch = Batch(store, clock.now_ms(), utc_offset_min)
    again = erase_again(batch)
    blobs = erase_listed(batch, kept.erased)
    batch.write()
    if blobs:
        blobs = sorted(set(blobs) - blobs_named(store))
    return Restored(log, receiving.log, receiving.size, receiving.at_ms, trouble, again, blobs)

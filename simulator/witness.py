"""The log as it really is, worked out from the journal's edits alone: what phones make of the server's word is held to
it.

A doubt is right in one case only: the server was made of a backup, and everything that this phone held of the log is
newer than that. Any other doubt accuses a server that is honest here.
"""

from __future__ import annotations

from collections.abc import Iterable

from server.journal.checkpoints import origin_of
from server.journal.leaves import leaf_of
from server.journal.sql import Store
from simulator.holding import NOTHING, Ledger
from sync.ledger.checkpoint import Checkpoint
from sync.ledger.tree import Edge


def true_ones(sql: Store, told: Iterable[Checkpoint]) -> list[Checkpoint]:
    """Those of the checkpoints that the journal begins with, whatever log they were of."""
    asked = list(told)
    wanted, roots, edge = {each.size for each in asked}, {}, Edge()
    columns = "SELECT hash, received_ms, outcome, reason FROM journal ORDER BY position"
    for digest, received_ms, outcome, reason in sql.rows(columns) if asked else ():
        edge.append(leaf_of((bytes(digest), received_ms, outcome, reason)))
        if edge.size in wanted:
            roots[edge.size] = edge.root()
    return [each for each in asked if roots.get(each.size) == each.root]


def turned(before: Ledger | None, after: Ledger) -> str | None:
    """What is out of the ordinary in what a phone made of the server's word: it `doubted`, or `followed` the log into
    another one."""
    before = before or NOTHING
    if after.doubt is not None:
        return None if after.doubt == before.doubt else "doubted"
    held, now = before.held, after.held
    followed = before.doubt is None and held is not None and now is not None and held.origin != now.origin
    return "followed" if followed else None


def mistaken(sql: Store, before: Ledger | None, after: Ledger) -> str | None:
    """What is wrong with such a turn; None where it is right."""
    before = before or NOTHING
    if after.doubt is None:
        return None if true_ones(sql, _those(before.base)) else "took another past for the one it held"
    if after.doubt.code != "other_log":
        return f"doubts an honest server: {after.doubt.code}"
    known = true_ones(sql, [*before.earlier, *_those(before.held)])
    return f"doubts a log that begins with what it held at {known[-1].size}" if known else None


def _those(held: Checkpoint | None) -> list[Checkpoint]:
    return [] if held is None else [held]


def unproved(sql: Store, log: str, ledger: Ledger | None) -> str | None:
    """What keeps a phone that has come to rest from believing the log; None where it does."""
    if ledger is None or ledger.held is None:
        return "holds nothing of the log"
    if ledger.doubt is not None:
        return f"doubts the log, and nobody looked: {ledger.doubt.code}"
    if ledger.held.origin != origin_of(log) or not true_ones(sql, [ledger.held]):
        return "holds a checkpoint that is none of this log"
    return None

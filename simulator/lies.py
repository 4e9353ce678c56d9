"""Planted faults about the log alone: servers that lie of it, and phones that believe too much of it or too little."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from server.journal import batch, exchange, leaves
from simulator import client, holding
from simulator.holding import Ledger
from sync.ledger.receive import believe

Patch = tuple[Any, str, Any]
EVERY = 16


def edit_taken_out_of_the_log() -> list[Patch]:
    """Now and then the server builds its tree anew without one of the edits that it had signed for."""
    return _told_anew(lambda kept: kept[:-2] + kept[-1:])


def past_rewritten() -> list[Patch]:
    """Now and then the server builds its tree anew, and its first edit has come a moment earlier."""
    return _told_anew(lambda kept: [(kept[0][0], kept[0][1] - 1, *kept[0][2:]), *kept[1:]])


def _told_anew(lie: Callable[[list[Any]], list[Any]]) -> list[Patch]:
    def lying(store: Any, _log: str, size: int, kept: Any) -> bytes:
        if size % EVERY == 0 and leaves.leaves_in(store) == size:
            rows = store.rows("SELECT hash, received_ms, outcome, reason FROM journal ORDER BY position")
            store.run("DELETE FROM ledger_tile")
            leaves._grow(store, 0, {}, lie([(bytes(row[0]), *row[1:]) for row in rows[:size]]))
        return leaves.append(store, size, kept)

    return [(batch, "grown", lying)]


def receipt_redated() -> list[Patch]:
    """A phone is told another moment of receipt than the log has."""
    outcome = exchange._outcome
    return [(exchange, "_outcome", lambda entry, name: {**outcome(entry, name), "received_ms": entry.received_ms + 1})]


def restore_not_followed() -> list[Patch]:
    """The phone asks from the newest it held alone, which a server made of a backup does not know."""
    return [(Ledger, "base", property(lambda self: self.held))]


def another_past_believed() -> list[Patch]:
    """The phone believes whatever comes under another name."""

    def trusting(held: Any, told: Any, *rest: Any) -> Any:
        other = held is not None and not told.checkpoint.startswith(f"{held.origin}\n")
        return believe(None if other else held, told, *rest)

    return [(holding, "believe", trusting)]


def proof_never_asked_for() -> list[Patch]:
    """What could not be proved when it was pushed is not asked for again."""
    return [(Ledger, "asks", False)]


def old_places_asked_for() -> list[Patch]:
    """What goes on under another chain is still asked for where it stood as the edit it was."""
    again = client.rechained

    def marked(edit: Any, *place: Any) -> Any:
        return msgspec.structs.replace(again(edit, *place), unproved=edit.unproved, proved=edit.proved)

    return [(client, "rechained", marked)]


LIES = (
    edit_taken_out_of_the_log, past_rewritten, receipt_redated, restore_not_followed, another_past_believed,
    proof_never_asked_for, old_places_asked_for,
)  # fmt: skip

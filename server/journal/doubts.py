"""A phone that cannot believe the log any more says so with both checkpoints; a station master looks, and says what it
was. Until then that phone calls nothing verified."""

from __future__ import annotations

from server.journal.batch import Batch
from server.journal.drafts import Draft, Receipt
from server.journal.sql import Store
from server.journal.wire import DoubtPart

OPEN_MAX = 20
"""So many of one phone's doubts wait at once; of more nobody would learn more."""


def settled(store: Store, device: str, doubt: DoubtPart) -> bool | None:
    """Whether somebody has looked at it; None while it is not known here."""
    row = store.row("SELECT settled_ms FROM ledger_doubt WHERE device = $1 AND at_ms = $2", device, doubt.at_ms)
    return None if row is None else row[0] is not None


def note(batch: Batch, device: str, doubt: DoubtPart) -> None:
    """Inside the writer's transaction: keep it, with the evidence."""
    waiting = batch.store.row("SELECT count(*) FROM ledger_doubt WHERE device = $1 AND settled_ms IS NULL", device)
    if waiting is not None and waiting[0] < OPEN_MAX:
        columns = "device, at_ms, code, held, told, heard_ms"
        values = "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING"
        kept = (device, doubt.at_ms, doubt.code, doubt.held, doubt.told, batch.received_ms)
        batch.store.run(f"INSERT INTO ledger_doubt ({columns}) {values}", *kept)


def settle(batch: Batch, device: str, at_ms: int, author: str, words: str) -> Receipt | None:
    """Inside the writer's transaction, in a station master's name: it was looked at, and this is what was found. None
    where no such doubt waits."""
    row = batch.store.row(
        "SELECT code FROM ledger_doubt WHERE device = $1 AND at_ms = $2 AND settled_ms IS NULL", device, at_ms
    )
    if row is None:
        return None
    body = {"code": row[0], "at_ms": at_ms, "words": words}
    (receipt,) = batch.commit([Draft("device.doubt_settled", device, None, author, body)])
    if receipt.outcome == "accepted":
        settled_now = "UPDATE ledger_doubt SET settled_ms = $3 WHERE device = $1 AND at_ms = $2"
        batch.store.run(settled_now, device, at_ms, receipt.received_ms)
    return receipt

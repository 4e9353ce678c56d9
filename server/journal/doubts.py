"""A phone that cannot believe the log any more says so with both checkpoints; a station master looks, and says what it
was. Until then that phone calls nothing verified. One that holds what cannot be of this log is noted unasked."""

from __future__ import annotations

from collections.abc import Sequence

from server.journal.batch import Batch
from server.journal.drafts import Draft, Receipt
from server.journal.sql import Store
from server.journal.wire import DoubtPart

HEAD = "head"
"""The code of what the server found by itself: a phone says it holds a head that is not of this log."""
NOTE_CHARS_MAX = 4096
"""So much of a checkpoint is kept as evidence: an honest one is far shorter."""
RESTORED = "restored"
"""The code of what is no doubt: a phone followed a log that goes on from a backup and lacks what it had seen."""
OPEN_MAX = 20
"""So many of one phone's doubts wait at once; of more nobody would learn more."""


def settled(store: Store, device: str, doubt: DoubtPart) -> bool | None:
    """Whether somebody has looked at it; None while it is not known here."""
    row = store.row("SELECT settled_ms FROM ledger_doubt WHERE device = $1 AND at_ms = $2", device, doubt.at_ms)
    return None if row is None else row[0] is not None


def note(batch: Batch, device: str, doubt: DoubtPart) -> None:
    """Inside the writer's transaction: keep it, with the evidence; what the server had found of it says less."""
    if doubt.code == RESTORED:
        note_restored(batch, device, doubt)
        return
    found = "DELETE FROM ledger_doubt WHERE device = $1 AND code = $2 AND settled_ms IS NULL"
    batch.store.run(found, device, HEAD)
    waiting = "SELECT count(*) FROM ledger_doubt WHERE device = $1 AND code <> $2 AND settled_ms IS NULL"
    _keep(batch, device, doubt.code, doubt, batch.store.row(waiting, device, RESTORED))


def note_restored(batch: Batch, device: str, told: DoubtPart) -> None:
    """Inside the writer's transaction: keep both checkpoints of a phone that followed another log."""
    waiting = "SELECT count(*) FROM ledger_doubt WHERE device = $1 AND code = $2"
    _keep(batch, device, RESTORED, told, batch.store.row(waiting, device, RESTORED))


def _keep(batch: Batch, device: str, code: str, told: DoubtPart, waiting: Sequence[int] | None) -> None:
    if waiting is not None and waiting[0] < OPEN_MAX:
        columns = "device, at_ms, code, held, told, heard_ms"
        values = "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING"
        kept = (device, told.at_ms, code, _cut(told.held), _cut(told.told), batch.received_ms)
        batch.store.run(f"INSERT INTO ledger_doubt ({columns}) {values}", *kept)


def _cut(note: str) -> str:
    return note[:NOTE_CHARS_MAX].replace("\0", "\N{REPLACEMENT CHARACTER}")


def is_known(store: Store, device: str, head: str) -> bool:
    """Whether something of this phone waits already, or this very head was looked at."""
    either = "device = $1 AND code <> $3 AND (settled_ms IS NULL OR held = $2)"
    return store.row(f"SELECT at_ms FROM ledger_doubt WHERE {either} LIMIT 1", device, head, RESTORED) is not None


def note_head(batch: Batch, device: str, head: str, told: str) -> bool:
    """Inside the writer's transaction: a phone says it holds a head that cannot be of this log, and does not doubt yet:
    it may be of an older app, or be shown another log than others. False where it is known."""
    if is_known(batch.store, device, head):
        return False
    columns = "device, at_ms, code, held, told, heard_ms"
    values = "VALUES ($1, $2, $3, $4, $5, $2) ON CONFLICT DO NOTHING"
    batch.store.run(f"INSERT INTO ledger_doubt ({columns}) {values}", device, batch.received_ms, HEAD, head, told)
    return True


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

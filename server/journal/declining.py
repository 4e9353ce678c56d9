"""Declined for good: what was set aside because the thing it speaks of had been erased loses its words once a leader
lets it lie. It takes no effect, so nobody has a use for them; and whoever was erased asked that none be kept."""

from __future__ import annotations

from collections.abc import Sequence

from uuid_utils import uuid7

from server import schema
from server.journal.batch import Batch
from server.journal.drafts import Draft, Receipt
from server.journal.erasing import blank, names_in
from server.journal.forgetting import authors_of
from sync.rules.aside import ERASED


def commit(batch: Batch, drafts: Sequence[Draft]) -> tuple[list[Receipt], bool]:
    """The drafts journaled, and whether any words went by it."""
    receipts = batch.commit(drafts)
    declined = [draft for draft in drafts if draft.kind == "edit.declined"]
    went = [draft for draft in declined if _is_declined(batch, draft) and _forget(batch, draft)]
    return receipts, bool(went)


def _is_declined(batch: Batch, draft: Draft) -> bool:
    """Somebody else's step may have come first: then it stays a comment."""
    aside = batch.state.get("aside", None, str(draft.body["position"]))
    return aside is not None and aside.header.id == draft.entity and aside.decision == "declined"


def _forget(batch: Batch, draft: Draft) -> bool:
    store, position = batch.store, draft.body["position"]
    found = f"position = $1 AND outcome = 'quarantined' AND reason = '{ERASED}' AND body IS NOT NULL"
    row = store.row(f"SELECT id, grid, body FROM journal WHERE {found}", position)
    if row is None or row[1] is None:
        return False
    edit, grid, raw = row
    id_ = str(uuid7())
    said = {"of": "edit", "about": edit, "why": "not_needed", "count": 1, "edits": [edit]}
    authors = authors_of(store, [edit])
    body = {**said, **({"authors": authors} if authors else {})}
    (receipt,) = batch.commit([Draft("words.erased", id_, grid, draft.author, body, id=id_)])
    if receipt.outcome != "accepted":
        raise RuntimeError(f"words.erased: {receipt.outcome} {receipt.reason}")
    store.insert(
        schema.erased_blob, [(id_, name) for name in sorted(set(names_in(bytes(raw).decode(errors="replace"))))]
    )
    blank(store, [edit])
    return True

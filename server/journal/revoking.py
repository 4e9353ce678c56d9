"""A phone is put out of use, or taken back into it: not one device alone, but every one that has its key."""

from __future__ import annotations

from server.journal.batch import Batch
from server.journal.drafts import Draft, Receipt
from sync.entities import Device
from sync.state import Key


def revoke(batch: Batch, device: str, author: str, *, back: bool = False) -> list[Receipt]:
    """Inside the writer's transaction, in a station master's name: nothing that arrives from the phone after this takes
    effect, or (`back`) everything does again. A copied phone has become several devices with one key, each of which
    could speak for the others. Nothing when it is so already."""
    known = batch.state.get("device", None, device)
    if known is None or known.person is None:
        return []
    rows = batch.store.rows(
        "SELECT id FROM device WHERE person = $1 AND public_key = $2", known.person, known.public_key
    )
    # Those that this very transaction has enrolled are not in the table yet.
    ids = {row[0] for row in rows} | {key.id for key, each in batch.state.changed.items() if _same(key, each, known)}
    kind = "device.reinstated" if back else "device.revoked"
    found = [each for each in sorted(ids) if batch.state.get("device", None, each).revoked == back]
    return batch.commit([Draft(kind, each, None, author, {}) for each in found])


def _same(key: Key, each: object, known: Device) -> bool:
    return key.kind == "device" and isinstance(each, Device) and each.public_key == known.public_key

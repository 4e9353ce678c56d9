"""What a new day brings: stand-ins begin and end, and the journal says so at a place of its own."""

from __future__ import annotations

from server.journal.batch import Batch
from server.journal.drafts import Draft, Receipt
from server.journal.sql import Store
from sync.edit import NOBODY

DUE = {
    "stand_in.began": "began_ms IS NULL AND from_on <= $1 AND until_on >= $1",
    "stand_in.ended": "until_on < $1",
}
"""Which stand-ins a day is the first of, and which it comes after."""


def due_on(store: Store, today: str) -> list[tuple[str, str]]:
    """What is to be said on a day (YYYY-MM-DD): kinds of edit, and the stand-in each is about."""
    found = []
    for kind, due in DUE.items():
        rows = store.rows(f"SELECT id FROM stand_in WHERE ended_ms IS NULL AND {due} ORDER BY id", today)
        found += [(kind, row[0]) for row in rows]
    return found


def turn(batch: Batch, today: str) -> list[Receipt]:
    """Inside the writer's transaction: say it. Another process may have done so a moment ago; then nothing is due."""
    return batch.commit([Draft(kind, id_, None, NOBODY, {}) for kind, id_ in due_on(batch.store, today)])

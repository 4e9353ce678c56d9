"""What a restored server had forgotten: phones tell it when they exchange, by what they had been acknowledged."""

from __future__ import annotations

from collections.abc import Sequence

from server.journal.sql import Store
from sync.edit import Edit

_COLUMNS = "log, device, known_n, told_n, came, old_size, first_ms, last_ms"
_HEARD = (
    f"INSERT INTO healing ({_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT (log, device) DO UPDATE SET "
    "told_n = CASE WHEN excluded.told_n > healing.told_n THEN excluded.told_n ELSE healing.told_n END, "
    "came = healing.came + excluded.came, "
    "old_size = CASE WHEN excluded.old_size > healing.old_size THEN excluded.old_size ELSE healing.old_size END, "
    "last_ms = excluded.last_ms"
)


def heard(store: Store, log: str, device: str, known_n: int, told_n: int, now_ms: int) -> None:
    """A phone says that edits up to `told_n` were acknowledged; `known_n` is the last one the journal holds."""
    if told_n > known_n:
        store.run(_HEARD, log, device, known_n, told_n, 0, 0, now_ms)


def came(store: Store, log: str, device: str, known_n: int, edits: Sequence[Edit], now_ms: int) -> None:
    """New edits of a phone; those that were made under another log are what a restored server had missed."""
    older = [seen.size for each in edits if (seen := each.header.seen).log not in ("", log)]
    if older:
        store.run(_HEARD, log, device, known_n, known_n, len(older), max(older), now_ms)

"""What features hand to the journal, and what they get back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Draft:
    """An edit somebody made on a page, not yet journaled; the server's own device will make it.

    `id` makes committing repeatable: a draft whose id is journaled already changes nothing and returns the stored
    receipt. Without it, a draft that creates something (`….added`, `….recorded`, `….enrolled`) takes `entity` as id.
    """

    kind: str
    entity: str
    grid: str | None
    author: str
    body: dict[str, Any]
    over: dict[str, list[str]] = field(default_factory=dict)
    on_behalf_of: str | None = None
    id: str | None = None


@dataclass(frozen=True)
class Receipt:
    """What became of an edit: its place in the journal, when it came, and its outcome (`accepted`, `contested`,
    `duplicate`, or `quarantined` with a reason)."""

    id: str
    position: int
    received_ms: int
    outcome: str
    reason: str | None = None

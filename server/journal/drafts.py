"""What features hand to the journal, and what they get back."""

from __future__ import annotations

from dataclasses import dataclass, field
from os import urandom
from typing import Any

from uuid_utils import uuid7

from sync.chain import Head
from sync.edit import SALT_BYTES, Edit, Seen, b64u, clean_text, make_edit

CREATING = (".added", ".recorded", ".enrolled")


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


def draft_id(draft: Draft) -> str:
    """A draft's own id, else its entity's when it creates that, else a new one."""
    if draft.id is not None:
        return draft.id
    return draft.entity if draft.kind.endswith(CREATING) else str(uuid7())


def edit_of(draft: Draft, id_: str, device: str, head: Head, seen: Seen, at_ms: int) -> Edit:
    """The edit a draft becomes, next in the chain of the server's own device."""
    header: dict[str, Any] = {
        "id": id_,
        "device": device,
        "n": head.n + 1,
        "prev": b64u(head.hash) if head.hash else None,
        "author": draft.author,
        "grid": draft.grid,
        "kind": draft.kind,
        "v": 1,
        "entity": draft.entity,
        "at_ms": at_ms,
        "offset_ms": 0,
        "seen": seen,
        "over": draft.over,
    }
    if draft.on_behalf_of is not None:
        header["on_behalf_of"] = draft.on_behalf_of
    return make_edit(header, urandom(SALT_BYTES), _clean(draft.body))


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {key: _clean(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(each) for each in value]
    return value

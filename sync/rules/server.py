"""Servers: one that was made from a backup says so, and where the journal it continues broke off."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec

from sync.edit import Header
from sync.rules.rule import Decision, Said, rule
from sync.state import Key, Quarantined, State
from sync.strict import INTEGER_MAX, is_uuid


class Head(msgspec.Struct, frozen=True):
    """What was known of the old journal's end. `source`: `backup`, `phone` (one said that it held this) or `handed`
    (somebody kept it, signed: `note`); `root` is standard base64, as in a checkpoint."""

    size: Annotated[int, msgspec.Meta(ge=0, le=INTEGER_MAX)]
    root: Annotated[str, msgspec.Meta(max_length=64)]
    source: Annotated[str, msgspec.Meta(max_length=16)]
    note: Annotated[str, msgspec.Meta(max_length=64 * 1024)] | None = None


class Restored(msgspec.Struct, frozen=True):
    """`from_log` is the journal that was backed up, `from_size` how many of its edits the backup held; `shipped_ms` is
    when the last of them was written to the backup. `heads`: its best known heads, the longest first."""

    from_log: str
    from_size: Annotated[int, msgspec.Meta(ge=0, le=INTEGER_MAX)]
    shipped_ms: Annotated[int, msgspec.Meta(ge=0, le=INTEGER_MAX)] | None = None
    heads: Annotated[list[Head], msgspec.Meta(max_length=16)] | None = None


def restored(said: Said, state: State) -> Decision:
    """A new log begins with the edits of an older one; phones will send what it lacks."""
    if said.header.grid is not None or not is_uuid(said.body.from_log):
        raise Quarantined("bad_body")
    return Decision([])


def _nothing(header: Header, body: Restored) -> Iterable[Key]:
    return ()


KINDS = {"server.restored": rule(Restored, restored, _nothing)}

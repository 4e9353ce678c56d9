"""Servers: one that was made from a backup says so, and where the journal it continues broke off."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec

from sync.edit import Header
from sync.rules.rule import Decision, Said, rule
from sync.state import Key, Quarantined, State
from sync.strict import INTEGER_MAX, is_uuid


class Restored(msgspec.Struct, frozen=True):
    """`from_log` is the journal that was backed up, `from_size` how many of its edits the backup held; `shipped_ms` is
    when the last of them was written to the backup."""

    from_log: str
    from_size: Annotated[int, msgspec.Meta(ge=0, le=INTEGER_MAX)]
    shipped_ms: Annotated[int, msgspec.Meta(ge=0, le=INTEGER_MAX)] | None = None


def restored(said: Said, state: State) -> Decision:
    """A new log begins with the edits of an older one; phones will send what it lacks."""
    if said.header.grid is not None or not is_uuid(said.body.from_log):
        raise Quarantined("bad_body")
    return Decision([])


def _nothing(header: Header, body: Restored) -> Iterable[Key]:
    return ()


KINDS = {"server.restored": rule(Restored, restored, _nothing)}

"""What a phone is given to believe the log: the checkpoint, that it grew out of the phone's last one, and that what was
just pushed is in it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from server.journal.checkpoints import Said, newest, origin_of
from server.journal.incidents import incidents
from server.journal.leaves import nodes_in
from server.journal.sql import Store
from server.journal.wire import HeldPart
from sync.edit import b64u
from sync.ledger.tree import consistency, cover, root_of


@dataclass(frozen=True, slots=True)
class Proof:
    """A checkpoint and what proves it to one phone. `other`: the phone holds a checkpoint of this log that cannot be
    one of this tree (a longer one, or another root at the same size), or one of a log that this one never was."""

    said: Said
    consistency: Sequence[bytes] = ()
    cover: Sequence[bytes] = ()
    other: bool = False

    def told(self) -> dict[str, Any]:
        """As it stands in a reply."""
        parts: dict[str, Any] = {"checkpoint": self.said.note}
        if self.consistency:
            parts["consistency"] = [b64u(each) for each in self.consistency]
        if self.cover:
            parts["cover"] = [b64u(each) for each in self.cover]
        return parts


def prove(store: Store, log: str, said: Said | None, held: HeldPart, positions: Sequence[int]) -> Proof | None:
    """Over one consistent view; None while nothing was said of the log, or nothing but what the phone holds. `held` is
    what the phone found true last, `positions` are the edits that it was just told of; those that it asks for are of
    the log that it holds. A log that goes on after another, from a backup, begins with the same leaves: it is proved to
    have grown out of that one as far as the backup went."""
    ours = held.origin == origin_of(log) and held.size > 0
    if said is None or (ours and max(held.size, 1 + max(held.edits, default=0)) > said.size):
        # Another process may have said more: of what this phone held, or was told of, by then.
        said = newest(store, log)
    if said is None:
        return None
    nothing_told = held.doubt is msgspec.UNSET and held.restored is msgspec.UNSET
    nothing_asked = not (positions or held.edits) and nothing_told
    if ours and nothing_asked and (held.size, held.root) == (said.size, said.root):
        return None
    nodes, size = nodes_in(store), said.size
    positions = [*(held.edits if ours else ()), *positions]
    covered = cover(nodes, [each for each in positions if 0 <= each < size], size)
    if not held.size:
        return Proof(said, (), covered)
    stranger = not ours and held.origin not in {origin_of(each.from_log) for each in incidents(store)}
    if held.size > size or b64encode(root_of(nodes, held.size)).decode() != held.root:
        return Proof(said, (), covered, other=ours or stranger)
    return Proof(said, consistency(nodes, held.size, size), covered, other=stranger)

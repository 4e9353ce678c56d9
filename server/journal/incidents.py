"""A log that broke off: what is known of its head when another goes on after it, and what the other says of that.

The first edit behind the copied leaves (`server.restored`) names the old log and its best known heads, the longest
first: the backup's own, the longest that a phone said it held, and one that somebody kept on paper.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from server.journal.checkpoints import origin_of
from server.journal.leaves import nodes_in
from server.journal.sql import Store
from server.signing import is_signed
from sync.ledger.checkpoint import Checkpoint, read_checkpoint
from sync.ledger.note import ED25519, VerifierKey, read_note, signers
from sync.ledger.tree import root_of
from sync.strict import INTEGER_MAX, Malformed

_ROOT = re.compile(r"[A-Za-z0-9+/]{43}=")


class NotOfThis(Exception):
    """A checkpoint that was handed in does not go with the backup. `code`: `no_checkpoint`, `unsigned`, `other_log`,
    `other_past`: what the backup holds is not what was signed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def heads_of(
    store: Store, log: str, size: int, root: bytes, handed: Sequence[str], keys: Sequence[bytes]
) -> list[dict[str, Any]]:
    """The heads of the log that broke off, of which `size` edits with this root are here. `keys`: public keys of it, as
    far as they are known. Raises NotOfThis."""
    origin = origin_of(log)
    heads: list[dict[str, Any]] = [{"size": size, "root": b64encode(root).decode(), "source": "backup"}]
    told = "SELECT held_size, held_root FROM device WHERE held_origin = $1 AND held_size > $2 AND held_size <= $3"
    for held, said in store.rows(f"{told} ORDER BY held_size DESC, id LIMIT 1", origin, size, INTEGER_MAX):
        if _ROOT.fullmatch(said or ""):
            heads.append({"size": held, "root": said, "source": "phone"})
    kept = [(_opened(note, origin, keys), note) for note in handed]
    for checkpoint, _ in kept:
        if checkpoint.size <= size and root_of(nodes_in(store), checkpoint.size) != checkpoint.root:
            raise NotOfThis("other_past")
    for checkpoint, note in sorted(kept, key=lambda each: each[0].size)[-1:]:
        known = {"size": checkpoint.size, "root": b64encode(checkpoint.root).decode(), "source": "handed"}
        heads.append({**known, "note": note})
    return sorted(heads, key=lambda each: -each["size"])


def _opened(note: str, origin: str, keys: Sequence[bytes]) -> Checkpoint:
    """A checkpoint that was kept, signed by a key of its log. Raises NotOfThis."""
    try:
        read = read_note(note)
        checkpoint = read_checkpoint(read.text)
        signed = signers(read, [VerifierKey(checkpoint.origin, ED25519, key) for key in keys], is_signed)
    except Malformed:
        raise NotOfThis("no_checkpoint") from None
    if checkpoint.origin != origin:
        raise NotOfThis("other_log")
    if not signed:
        raise NotOfThis("unsigned")
    return checkpoint


@dataclass(frozen=True)
class Incident:
    """At this position a log went on after another. Before heads were named there are none."""

    position: int
    from_log: str
    from_size: int
    heads: list[dict[str, Any]] = field(default_factory=list)

    @property
    def told(self) -> dict[str, Any]:
        """For whoever reads an audit: the best known head, and how many edits this log began without."""
        unnamed: dict[str, Any] = {"size": self.from_size, "root": "", "source": "backup"}
        best = self.heads[0] if self.heads else unnamed
        about = {"position": self.position, "log": self.from_log, "n": self.from_size}
        return {**about, **best, "lacking": max(best["size"] - self.from_size, 0)}

    def fits(self, root: Callable[[int], bytes | None]) -> bool:
        """Whether it stands where it says, and heads within the copied leaves are those of these leaves."""
        within = [each for each in self.heads if each["size"] <= self.from_size]
        roots = [(root(each["size"]), each["root"]) for each in within]
        return self.position == self.from_size and all(
            found is not None and b64encode(found).decode() == said for found, said in roots
        )


def incidents(store: Store) -> list[Incident]:
    """Every time that this log, or one that it goes on after, was made from a backup."""
    query = (
        "SELECT position, body FROM journal WHERE kind = 'server.restored' AND outcome = 'accepted' ORDER BY position"
    )
    found = []
    for position, raw in store.rows(query):
        body = msgspec.json.decode(raw)
        found.append(Incident(position, body["from_log"], body["from_size"], body.get("heads", [])))
    return found

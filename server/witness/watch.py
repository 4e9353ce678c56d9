"""What a witness makes of what it is shown: one more checkpoint of a log that only grows, or evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from server.signing import is_signed
from sync.ledger.checkpoint import Checkpoint, open_checkpoint, read_checkpoint
from sync.ledger.note import COSIGNED, ED25519, TIME_BYTES, Note, Signature, VerifierKey, cosigned, read_note
from sync.ledger.tiles import HEIGHT, WIDTH, nodes_of, tile_path
from sync.ledger.tree import HASH_BYTES, Nodes, consistency, is_consistent, root_of
from sync.strict import Malformed

_ORIGIN = re.compile(r"sifang/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
TILES_MAX = 256
"""A proof needs some ten tiles however long the log is."""

Get = Callable[[str, int], bytes]
"""(path below the log's address, most bytes): what lies there."""


class Refused(Exception):
    """Nothing was cosigned. `code`: `not_signed` (by no key that this witness knows), `shorter`, `other_past`,
    `other_log` (another log, which does not go on from the one known), `no_proof` (the tiles lead elsewhere)."""

    def __init__(self, code: str, told: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.told = told


@dataclass(frozen=True)
class Seen:
    """A checkpoint that goes on from the one before, with the signatures of the log's that are known."""

    checkpoint: Checkpoint
    note: Note


def log_of(origin: str) -> str | None:
    """The id of a log by its name; None where that is no name of ours."""
    found = _ORIGIN.fullmatch(origin)
    return found[1] if found is not None else None


def look(get: Get, text: str, origin: str, keys: Sequence[bytes], before: str | None) -> Seen:
    """What was fetched as this log's checkpoint, proved by its tiles to go on from the note that was cosigned `before`.
    `keys`: the log's public keys. Raises Refused."""
    known = [VerifierKey(origin, ED25519, key) for key in keys]
    try:
        checkpoint, note = open_checkpoint(text, known, is_signed)
    except Malformed:
        raise Refused("not_signed", text) from None
    lines = {(key.name, key.id) for key in known}
    note = Note(note.text, tuple(line for line in note.signatures if (line.name, line.id) in lines))
    held = read_checkpoint(read_note(before).text) if before is not None else None
    _grown(_nodes(get, checkpoint.size, text), held, checkpoint, text)
    return Seen(checkpoint, note)


def _grown(nodes: Nodes, held: Checkpoint | None, now: Checkpoint, text: str) -> None:
    same = held is None or held.origin == now.origin
    if held is not None and same and now.size < held.size:
        raise Refused("shorter", text)
    if held is not None and now.size < held.size:
        raise Refused("other_log", text)
    if root_of(nodes, now.size) != now.root:
        raise Refused("no_proof", text)
    if held is None:
        return
    proof = consistency(nodes, held.size, now.size) if 0 < held.size < now.size else []
    if not is_consistent(held.size, held.root, now.size, now.root, proof):
        raise Refused("other_past" if same else "other_log", text)


def _nodes(get: Get, size: int, text: str) -> Nodes:
    """The tree of this size, out of tiles that are fetched as they are asked for."""
    held: dict[tuple[int, int], bytes] = {}

    def tile(level: int, index: int) -> bytes:
        if (level, index) not in held:
            width = min(WIDTH, (size >> HEIGHT * level) - index * WIDTH)
            if width <= 0 or len(held) >= TILES_MAX:
                raise Refused("no_proof", text)
            found = get(f"/tile/{tile_path(level, index, width)}", width * HASH_BYTES)
            if len(found) != width * HASH_BYTES:
                raise Refused("no_proof", text)
            held[level, index] = found
        return held[level, index]

    return nodes_of(tile)


def with_cosignature(seen: Seen, name: str, public: bytes, time_s: int, sign: Callable[[bytes], bytes]) -> Note:
    """The note with one line more: this witness saw it then, and it goes on from all it saw before."""
    key = VerifierKey(name, COSIGNED, public)
    raw = time_s.to_bytes(TIME_BYTES, "big") + sign(cosigned(seen.note.text, time_s))
    return Note(seen.note.text, (*seen.note.signatures, Signature(name, key.id, raw)))

"""What somebody brings to an audit from elsewhere: checkpoints that they kept, keys of witnesses, heads of phones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec

from server.journal.sql import Store
from server.signing import is_signed
from sync.ledger.note import COSIGNED, ED25519, TIME_BYTES, Note, VerifierKey, read_verifier_key, signers
from sync.strict import INTEGER_MAX, Malformed


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The last checkpoint that a phone said it found true, and when it had said so (UTC)."""

    device: Annotated[str, msgspec.Meta(max_length=36)]
    origin: Annotated[str, msgspec.Meta(max_length=200)]
    size: Annotated[int, msgspec.Meta(ge=1, le=INTEGER_MAX)]
    root: Annotated[str, msgspec.Meta(max_length=44)]
    when: Annotated[str, msgspec.Meta(max_length=40)]


@dataclass(frozen=True)
class Brought:
    """All of it. `keys`: public keys of the log, where they are not those that lie beside it."""

    checkpoints: Sequence[str] = ()
    keys: Sequence[bytes] = ()
    witnesses: Sequence[VerifierKey] = ()
    heads: Sequence[Head] = ()


def as_signed(text: str) -> str:
    """A note as it was signed, however it was copied: a phone that reads a printed code may give other line ends, and
    none at the end."""
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").strip() + "\n"


def read_log_key(text: str) -> bytes:
    """A public key of a log as it is written down (name+id+key). Raises ValueError."""
    return _key(text, ED25519).public


def read_witness_key(text: str) -> VerifierKey:
    """A witness's public key as it is written down. Raises ValueError."""
    return _key(text, COSIGNED)


def _key(text: str, type_: int) -> VerifierKey:
    try:
        key = read_verifier_key(text.strip())
    except Malformed:
        raise ValueError(text) from None
    if key.type != type_:
        raise ValueError(text)
    return key


def witnessed(note: Note, witnesses: Sequence[VerifierKey]) -> list[tuple[str, int]]:
    """Which of these witnesses cosigned a note: name, and when (seconds). Raises Malformed where a cosignature in the
    name of one is not theirs."""
    times = {(line.name, line.id): int.from_bytes(line.signature[:TIME_BYTES], "big") for line in note.signatures}
    return [(key.name, times[key.name, key.id]) for key in signers(note, witnesses, is_signed)]


# ---------------------------------------------------------------- heads


def heads_in(store: Store) -> list[Head]:
    """What the phones of this installation said they hold."""
    columns = "id, held_origin, held_size, held_root, last_seen_ms"
    rows = store.rows(f"SELECT {columns} FROM device WHERE held_size > 0 ORDER BY id")
    return [Head(row[0], row[1], row[2], row[3], _moment(row[4])) for row in rows]


def _moment(ms: int) -> str:
    return datetime.fromtimestamp(ms // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def head_line(head: Head) -> str:
    """A head as a line of an export: JSON."""
    return msgspec.json.encode(head).decode()


def read_heads(text: str) -> list[Head]:
    """An export, one head a line. Raises ValueError with the line that is none."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            found += [msgspec.json.decode(line, type=Head)] if line.strip() else []
        except msgspec.MsgspecError:
            raise ValueError(number) from None
    return found


def splits(heads: Iterable[Head]) -> Iterator[dict[str, Any]]:
    """Phones that hold two pasts of one log: of as many edits, with another root. Each phone that differs is told with
    the first that does not."""
    first: dict[tuple[str, int], Head] = {}
    told = set()
    for head in heads:
        other = first.setdefault((head.origin, head.size), head)
        about = (head.origin, head.size, other.device, head.device)
        if other.root != head.root and about not in told:
            told.add(about)
            yield dict(zip(("origin", "size", "device", "other"), about, strict=True))

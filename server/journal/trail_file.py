"""The trail of one thing as a file (sync/README.md): edits as they were made, and what proves them without us."""

from __future__ import annotations

from typing import Literal

import msgspec

from sync.strict import Malformed

FILE_BYTES_MAX = 64 * 1024 * 1024


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """An edit of the log. Without a header it is here for its receipt alone. `without`: why its text is not."""

    position: int
    hash: str
    header: str | None = None
    salt: str | None = None
    body: str | None = None
    without: Literal["erased", "sealed", "withheld"] | None = None
    received_ms: int
    outcome: Literal["accepted", "contested", "duplicate", "quarantined"]
    reason: str | None = None
    path: list[str]


class Run(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a phone signed: its statement names the last of these headers, each names the one before it."""

    statement: str
    signature: str
    headers: list[str]


class TrailFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`edits`: those of the trail, in the log's order. `beside`: what else is needed to read them: who enrolled the
    phones, what people are called, when what they had seen had come. `keys`: those that signed the checkpoint."""

    sifang: Literal["trail"]
    v: Literal[1]
    entity: str
    keys: list[str]
    checkpoint: str
    edits: list[Entry]
    beside: list[Entry]
    runs: list[Run]


_decode = msgspec.json.Decoder(TrailFile).decode
write_file = msgspec.json.Encoder().encode


def read_file(raw: bytes) -> TrailFile:
    """The file's parts. It has one spelling: what we would not write ourselves byte for byte is none, so that nothing
    in it goes unread. Raises Malformed."""
    if len(raw) > FILE_BYTES_MAX:
        raise Malformed("too_large", f"a trail has at most {FILE_BYTES_MAX} bytes")
    try:
        trail = _decode(raw)
        same = write_file(trail) == raw
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise Malformed("bad_shape", f"trail: {error}") from None
    if not same:
        raise Malformed("bad_shape", "trail: not in its one spelling")
    return trail

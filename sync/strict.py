"""JSON read so strictly that no two readers can understand the same bytes differently."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

DEPTH_MAX = 16
INTEGER_MAX = 2**53 - 1  # what JavaScript counts without loss
PARTS_MAX = 20_000
"""More brackets and commas than this no exchange has: what is longer is not made into values at all."""

UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_UUID = re.compile(UUID)
_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"')
_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


class Malformed(Exception):
    """Bytes that are not what they must be; `code` is one of `bad_json`, `duplicate_key`, `too_deep`, `bad_shape`
    or another code of the exchange (sync/README.md), `detail` a plain English hint for whoever writes a client, `n`
    the number of the edit it is about."""

    def __init__(self, code: str, detail: str, n: int | None = None) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.n = n


def is_uuid(text: str) -> bool:
    """Whether the text is a UUID as we write them: 36 characters, lower case."""
    return _UUID.fullmatch(text) is not None


def read(raw: bytes) -> Any:
    """The value of a JSON text. Refuses invalid UTF-8, anything after the value, lone surrogates, repeated keys,
    more than 16 levels, numbers no machine holds. Raises Malformed."""
    check_parts(raw)
    try:
        value = _decode(raw)
    except RecursionError:
        raise Malformed("too_deep", f"more than {DEPTH_MAX} levels") from None
    except ValueError as error:  # not JSON, not UTF-8, or a number out of range
        raise Malformed("bad_json", str(error)) from None
    check_depth(raw, value)
    check_keys(raw, value)
    return value


def check_parts(raw: bytes) -> None:
    """Refuse a text of so many parts that reading it costs more than it can say. Counts before anything is read."""
    if _parts(raw) > PARTS_MAX and _parts(_STRING.sub(b"", raw)) > PARTS_MAX:
        raise Malformed("bad_shape", f"more than {PARTS_MAX} brackets and commas")


def _parts(raw: bytes) -> int:
    return raw.count(b"[") + raw.count(b"{") + raw.count(b",")


def check_depth(raw: bytes, value: Any) -> None:
    """Refuse more than 16 levels; counting brackets answers for almost every text."""
    if raw.count(b"{") + raw.count(b"[") > DEPTH_MAX and _depth_exceeds(value, DEPTH_MAX):
        raise Malformed("too_deep", f"more than {DEPTH_MAX} levels")


def _depth_exceeds(value: Any, limit: int) -> bool:
    level = [value]
    for _ in range(limit):
        inner: list[Any] = []
        for one in level:
            if type(one) is dict:
                inner.extend(each for each in one.values() if type(each) in (dict, list))
            elif type(one) is list:
                inner.extend(each for each in one if type(each) in (dict, list))
        if not inner:
            return False
        level = inner
    return True


def check_keys(raw: bytes, value: Any) -> None:
    """Refuse repeated keys. A text that we would write back byte for byte has none, since reading drops the first
    of two; only others are read a second time, slowly."""
    if _encode(value) != raw:
        json.loads(raw, object_pairs_hook=_unique)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen = dict(pairs)
    if len(seen) != len(pairs):
        raise Malformed("duplicate_key", "a key stands twice in one object")
    return seen

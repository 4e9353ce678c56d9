"""An edit: what one person said on one device, as two byte strings kept exactly as made.

The header names, orders and chains it and holds no personal text; the body says it. The edit's hash is the SHA-256
of the header, and the header holds the hash of salt and body: so a body can be erased and the chain still verifies.
"""

from __future__ import annotations

import re
from binascii import a2b_base64, b2a_base64
from functools import lru_cache
from hashlib import sha256
from typing import Any

import msgspec

from sync import strict
from sync.strict import INTEGER_MAX, Malformed, is_uuid

HEADER_BYTES_MAX = 8 * 1024
BODY_BYTES_MAX = 256 * 1024
SALT_BYTES = 16
SEALED_BYTES_MAX = 2 * BODY_BYTES_MAX
"""Inside, the body stands as a JSON text: what has to be escaped there takes more room."""
TEXT_CHARS_MAX = 10_000
NOBODY = "00000000-0000-0000-0000-000000000000"
"""The author of what an installation does by itself before it knows anyone."""

_KIND = re.compile(r"[a-z_]{1,30}\.[a-z_]{1,30}")
_HASH = re.compile(r"[A-Za-z0-9_-]{43}")
_SALT = re.compile(r"[A-Za-z0-9_-]{21}[AQgw]")  # the last character holds two bits
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Seen(msgspec.Struct, frozen=True, gc=False):
    """Which log, and how much of it, the device knew: the journal's size at its last complete exchange."""

    log: str
    size: int


class Header(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A header's fields, in the order we write them. Readers accept any order and ignore keys they do not know."""

    edit: int
    id: str
    device: str
    n: int
    prev: str | None
    author: str
    on_behalf_of: str | msgspec.UnsetType = msgspec.UNSET
    grid: str | None
    kind: str
    v: int
    entity: str
    at_ms: int
    offset_ms: int | None
    seen: Seen
    over: dict[str, list[str]]
    body_hash: str


class Edit(msgspec.Struct, frozen=True, gc=False):
    """One edit as made, with its header read. Without a salt `body` is what could not be opened."""

    header: Header
    header_bytes: bytes
    salt: bytes
    body: bytes
    hash: bytes
    name: str  # the hash as others write it: `prev`, outcomes


_TO_URL = bytes.maketrans(b"+/", b"-_")
_FROM_URL = bytes.maketrans(b"-_", b"+/")
_decode = msgspec.json.Decoder(Header).decode
_encode = msgspec.json.Encoder().encode


def b64u(raw: bytes) -> str:
    """base64url without padding."""
    return b2a_base64(raw, newline=False).rstrip(b"=").translate(_TO_URL).decode()


def unb64u(text: str, length: int | None = None) -> bytes:
    """The bytes behind base64url without padding, in their one spelling; `length` many where that is given."""
    try:
        raw = a2b_base64(text.encode().translate(_FROM_URL) + b"=" * (-len(text) % 4))
    except ValueError:
        raise Malformed("bad_shape", "not base64url") from None
    # Decoders skip foreign characters and spare bits: only one spelling of each value is let through.
    if length not in (None, len(raw)) or b64u(raw) != text:
        raise Malformed("bad_shape", f"not base64url of {length or 'any'} bytes without padding")
    return raw


def read_salt(text: str) -> bytes:
    """The salt behind its base64url. Raises Malformed."""
    if _SALT.fullmatch(text) is None:
        raise Malformed("bad_shape", "a salt is 16 bytes, base64url without padding")
    return a2b_base64(text.encode().translate(_FROM_URL) + b"==")


def body_hash(salt: bytes, body: bytes) -> bytes:
    """SHA-256 over salt, then body."""
    return sha256(salt + body).digest()


def edit_hash(header: bytes) -> bytes:
    """SHA-256 over the header's bytes: the edit's name in the chain."""
    return sha256(header).digest()


def clean_text(text: str) -> str:
    """Text as a body may hold it: without lone surrogates and control characters other than newline and tab."""
    return _CONTROL.sub("", text)


def make_header(header: Header) -> bytes:
    """The header's bytes: compact JSON, UTF-8, keys in the order of `Header`."""
    return _encode(header)


def read_header(raw: bytes) -> Header:
    """The fields of a header. Raises Malformed: `too_large`, `bad_json`, `duplicate_key`, `too_deep`, `bad_shape`."""
    if len(raw) > HEADER_BYTES_MAX:
        raise Malformed("too_large", f"a header has at most {HEADER_BYTES_MAX} bytes")
    try:
        header = _decode(raw)
    except RecursionError:
        raise Malformed("too_deep", "a header is flat") from None
    except msgspec.ValidationError as error:
        raise Malformed("bad_shape", f"header: {error}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed("bad_json", f"header: {error}") from None
    # A header as we would write it has no repeated key and no hidden depth; others are looked at again.
    if _encode(header) != raw:
        strict.read(raw)
    _check(header)
    return header


def _check(header: Header) -> None:
    if not _ids_are_uuids(header):
        raise Malformed("bad_shape", "header: an id is not a lower-case UUID")
    if header.edit != 1:
        raise Malformed("bad_shape", "header: this server reads edit 1")
    if not (0 < header.n <= INTEGER_MAX and 0 < header.v <= INTEGER_MAX and 0 <= header.seen.size <= INTEGER_MAX):
        raise Malformed("bad_shape", "header: a number out of range")
    if not (0 <= header.at_ms <= INTEGER_MAX and abs(header.offset_ms or 0) <= INTEGER_MAX):
        raise Malformed("bad_shape", "header: a time out of range")
    if (header.prev is None) != (header.n == 1) or (header.prev and _HASH.fullmatch(header.prev) is None):
        raise Malformed("bad_shape", "header: prev is null for n 1 and a hash for every other")
    if not _is_kind(header.kind) or _HASH.fullmatch(header.body_hash) is None:
        raise Malformed("bad_shape", "header: kind or body_hash")


def _ids_are_uuids(header: Header) -> bool:
    """The ids of a run repeat: device, author and grid are looked at once, an entity only where it is not the id."""
    often = _is_known_uuid(header.device) and _is_known_uuid(header.author)
    if header.grid is not None:
        often = often and _is_known_uuid(header.grid)
    if not often or not is_uuid(header.id) or (header.entity != header.id and not is_uuid(header.entity)):
        return False
    if header.on_behalf_of is not msgspec.UNSET and not is_uuid(header.on_behalf_of):
        return False
    return not header.over or all(is_uuid(each) for named in header.over.values() for each in named)


@lru_cache(maxsize=10_000)
def _is_known_uuid(text: str) -> bool:
    return is_uuid(text)


@lru_cache(maxsize=500)
def _is_kind(text: str) -> bool:
    return _KIND.fullmatch(text) is not None


def read_edit(header: bytes, salt: bytes, body: bytes) -> Edit:
    """An edit from its three byte strings. Raises Malformed, `body_mismatch` when the header names another body.
    The body is not looked into: what it says is judged when it is folded."""
    if len(body) > BODY_BYTES_MAX:
        raise Malformed("too_large", f"a body has at most {BODY_BYTES_MAX} bytes")
    read = read_header(header)
    if b64u(sha256(salt + body).digest()) != read.body_hash:
        raise Malformed("body_mismatch", f"edit {read.n}: body_hash is not the hash of salt and body")
    digest = sha256(header).digest()
    return Edit(read, header, salt, body, digest, b64u(digest))


def read_sealed(header: bytes, body: bytes) -> Edit:
    """An edit of which only the header can be read: what came closed could not be opened. It is kept as it came
    (`sealed_body`), without a salt. Raises Malformed."""
    if len(body) > SEALED_BYTES_MAX:
        raise Malformed("too_large", f"sealed, a body has at most {SEALED_BYTES_MAX} bytes")
    read = read_header(header)
    digest = sha256(header).digest()
    return Edit(read, header, b"", body, digest, b64u(digest))


def read_bare(header: bytes) -> Edit:
    """An edit whose words went for good: its header is all there is. Raises Malformed."""
    read = read_header(header)
    digest = sha256(header).digest()
    return Edit(read, header, b"", b"", digest, b64u(digest))


def sealed_body(sealed: str) -> bytes:
    """What stands in the place of a body that could not be opened: what came, for whoever finds the key."""
    return _encode({"sealed": sealed})


def make_edit(header: dict[str, Any], salt: bytes, body: dict[str, Any]) -> Edit:
    """A new edit from the header's fields (without `edit` and `body_hash`) and a body; bytes are made here, once."""
    body_bytes = _encode(body)
    made = Header(**{"edit": 1, **header, "body_hash": b64u(body_hash(salt, body_bytes))})
    raw = make_header(made)
    digest = edit_hash(raw)
    return Edit(made, raw, salt, body_bytes, digest, b64u(digest))

"""Whether a device may bring a photo or voice note: a statement it signed, and an edit of its own that names it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import msgspec

from server.journal.devices import is_signed_by
from server.journal.journal import Journal
from server.journal.problems import problem
from server.journal.sql import Store
from sync import strict
from sync.edit import unb64u
from sync.entities import BLOB_NAME, Blob
from sync.statement import PUBLIC_KEY_BYTES, SIGNATURE_BYTES, STATEMENT_BYTES_MAX
from sync.strict import Malformed, is_uuid

PREFIX = b"sifang-blob-v1\n"
SCHEME = "Sifang-Blob "


class BlobStatement(msgspec.Struct, frozen=True):
    """What the device says: which blob it speaks of, and which edit of its own names it."""

    v: int
    device: str
    edit: str
    sha256: str


_decode = msgspec.json.Decoder(BlobStatement).decode


def is_blob_name(text: str) -> bool:
    """Whether a text is a SHA-256 in base64url."""
    return re.search(BLOB_NAME, text) is not None


async def blob_named(journal: Journal, authorization: str, sha256: str) -> tuple[str, Blob] | None:
    """The device that asks and the blob as its edit names it; None when no edit of its own does. Raises Problem."""
    try:
        statement, raw, signature = _read(authorization)
    except Malformed as error:
        raise problem(error.code, detail=error.detail) from None
    key = await journal.transactions.glance(lambda store: _key_of(store, statement.device))
    if key is None:
        raise problem("unknown_device")
    if not is_signed_by(key, PREFIX + raw, signature):
        raise problem("bad_signature")
    if statement.sha256 != sha256:
        return None
    said = await journal.transactions.read(lambda store: _bodies(store, statement.edit, key))
    blob = next((blob for body in said for blob in blobs_of(body) if blob.sha256 == sha256), None)
    return None if blob is None else (statement.device, blob)


def blobs_of(body: bytes) -> Iterable[Blob]:
    """What a body names, also one that nobody could fold."""
    try:
        named = msgspec.json.decode(body).get("blobs")
        return msgspec.convert(named, list[Blob]) if named else []
    except (ValueError, AttributeError, RecursionError):
        return []


def _read(authorization: str) -> tuple[BlobStatement, bytes, bytes]:
    said, dot, signature = authorization.removeprefix(SCHEME).partition(".")
    if not authorization.startswith(SCHEME) or not dot:
        raise Malformed("bad_shape", "Authorization: Sifang-Blob <statement>.<signature>")
    raw = unb64u(said, min(len(said) * 3 // 4, STATEMENT_BYTES_MAX))
    try:
        statement = _decode(raw)
    except msgspec.ValidationError as error:
        raise Malformed("bad_shape", f"statement: {error}") from None
    except (ValueError, RecursionError) as error:
        raise Malformed("bad_json", f"statement: {error}") from None
    strict.read(raw)
    if statement.v != 1 or not is_uuid(statement.device) or not is_uuid(statement.edit):
        raise Malformed("bad_shape", "statement: v, device or edit")
    return statement, raw, unb64u(signature, SIGNATURE_BYTES)


def _key_of(store: Store, device: str) -> bytes | None:
    row = store.row("SELECT public_key FROM device WHERE id = $1", device)
    return bytes(row[0]) if row and row[0] and len(row[0]) == PUBLIC_KEY_BYTES else None


def _bodies(store: Store, edit: str, key: bytes) -> list[bytes]:
    """What was said under this id by devices with this key: one phone, before and after a fork."""
    statement = "SELECT j.body, d.public_key FROM journal j JOIN device d ON d.id = j.device WHERE j.id = $1"
    found: list[Any] = list(store.rows(statement, edit))
    return [bytes(body) for body, public_key in found if body is not None and bytes(public_key or b"") == key]

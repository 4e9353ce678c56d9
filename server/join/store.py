"""One-time links: made at the station, kept as a hash, used once."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.sessions import hashed

HOUR_MS = 3_600_000


@dataclass(frozen=True)
class Invitation:
    """A link as found: for whom, for what, and whether it still opens anything."""

    token_hash: str
    person: str
    name: str
    role: str
    purpose: str
    created_ms: int
    used: bool


async def create_link(db: AsyncConnection, person: str, purpose: str, now_ms: int, hours: int = 24) -> str:
    """Make a link for a person's phone or desk (`purpose`); returns the 128-bit token that stands in its address."""
    token = secrets.token_urlsafe(16)
    row = {"token_hash": hashed(token), "person": person, "purpose": purpose, "created_ms": now_ms, "used_ms": None}
    await db.execute(insert(schema.join_link).values({**row, "expires_ms": now_ms + hours * HOUR_MS}))
    return token


async def find_link(db: AsyncConnection, token: str, now_ms: int) -> Invitation | None:
    """The link behind a token; None when there is none or its time is over."""
    link, person = schema.join_link.c, schema.person.c
    query = (
        select(schema.join_link, person.name, person.role)
        .join(schema.person, person.id == link.person)
        .where(link.token_hash == hashed(token), link.expires_ms > now_ms)
    )
    row = (await db.execute(query)).mappings().first()
    if row is None:
        return None
    who = (row["person"], row["name"], row["role"])
    return Invitation(row["token_hash"], *who, row["purpose"], row["created_ms"], row["used_ms"] is not None)


async def use_link(db: AsyncConnection, invitation: Invitation, now_ms: int, device: str | None = None) -> bool:
    """Take the link; False when somebody else was first. The device that took it may take it again, to finish."""
    link = schema.join_link.c
    free = link.used_ms.is_(None) if device is None else or_(link.used_ms.is_(None), link.device == device)
    taken = update(schema.join_link).where(link.token_hash == invitation.token_hash, free)
    result = await db.execute(taken.values(used_ms=now_ms, device=device))
    return bool(result.rowcount)


async def device_for(db: AsyncConnection, secret: bytes, invitation: Invitation, public_key: str, was: str) -> str:
    """The device that a phone with this key becomes. One that a restored server has forgotten becomes again what it
    `was`, so that its chain goes on and everything on it comes up; one that is out of use becomes another."""
    if _is_uuid(was):
        device = schema.device.c
        columns = select(device.person, device.public_key, device.revoked_ms)
        row = (await db.execute(columns.where(device.id == was))).first()
        own = row is not None and row.person == invitation.person and _spelled(row.public_key) == public_key
        if row is None or (own and row.revoked_ms is None):
            return was
    return device_id(secret, invitation, public_key)


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _spelled(public_key: bytes | None) -> str:
    return base64.urlsafe_b64encode(bytes(public_key or b"")).rstrip(b"=").decode()


def device_id(secret: bytes, invitation: Invitation, public_key: str) -> str:
    """The id (UUIDv7) of the device with this key under this link.

    The same for the same key: a phone whose answer was lost asks again and is not enrolled twice.
    """
    named = f"device\n{invitation.token_hash}\n{public_key}".encode()
    raw = bytearray(invitation.created_ms.to_bytes(6, "big") + hmac.digest(secret, named, hashlib.sha256)[:10])
    raw[6] = raw[6] & 0x0F | 0x70
    raw[8] = raw[8] & 0x3F | 0x80
    return str(UUID(bytes=bytes(raw)))

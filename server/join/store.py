"""One-time links: made at the station, kept as a hash, used once."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Literal
from uuid import UUID

from sqlalchemy import and_, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from server import events, schema
from server.join.digits import b64u
from server.sessions import hashed

Confirm = Literal["desk", "shell"]
"""Who says that it is the right phone: the station, by comparing two screens, or nobody but whoever made the link on
the server's own shell: they hold the server, and could enrol any phone without it."""

MINUTE_MS = 60_000
LINK_MS = 10 * MINUTE_MS
DEMO_LINK_MS = 24 * 60 * MINUTE_MS
FINISH_MS = 24 * 60 * MINUTE_MS
"""How long the phone that used a link may ask for its answer again."""
KEPT_MS = 7 * 24 * 60 * MINUTE_MS
"""How long it is known of a link that its time is over."""


@dataclass(frozen=True)
class Invitation:
    """A link as found: for whom, for what, whether it still opens anything, and who says that it is the right phone."""

    token_hash: str
    person: str
    name: str
    role: str
    purpose: str
    created_ms: int
    used: bool
    confirm: str = "shell"
    decision: str | None = None


async def create_link(
    db: AsyncConnection,
    person: str,
    purpose: str,
    now_ms: int,
    *,
    lasting_ms: int = LINK_MS,
    confirm: Confirm = "shell",
) -> str:
    """Make a link for a person's phone or desk (`purpose`); returns the 128-bit token that stands in its address. What
    has been over for days is cleared away."""
    await _clear(db, now_ms)
    token = token_urlsafe(16)
    row = {"token_hash": hashed(token), "person": person, "purpose": purpose, "created_ms": now_ms, "used_ms": None}
    row |= {"expires_ms": now_ms + lasting_ms, "confirm": confirm}
    await db.execute(insert(schema.join_link).values(row))
    events.happened("link.made", purpose=purpose, whom=person)
    return token


async def desk_link(db: AsyncConnection, person: str, now_ms: int, lasting_ms: int) -> str:
    """A link that opens a desk, once; every other desk's link of theirs opens nothing any more."""
    link = schema.join_link.c
    await db.execute(delete(schema.join_link).where(link.person == person, link.purpose == "desk"))
    return await create_link(db, person, "desk", now_ms, lasting_ms=lasting_ms)


async def _clear(db: AsyncConnection, now_ms: int) -> None:
    link, meeting, code = schema.join_link.c, schema.join_meeting.c, schema.join_code.c
    over = select(link.token_hash).where(link.expires_ms <= now_ms - KEPT_MS)
    await db.execute(delete(schema.join_meeting).where(meeting.link.in_(over)))
    await db.execute(delete(schema.join_link).where(link.expires_ms <= now_ms - KEPT_MS))
    await db.execute(delete(schema.join_code).where(code.expires_ms <= now_ms))


async def end_open_links(db: AsyncConnection, person: str, now_ms: int) -> None:
    """A person has one open link of the desk at a time: those that no phone has met are over."""
    link, meeting = schema.join_link.c, schema.join_meeting.c
    open_ = and_(link.person == person, link.purpose == "phone", link.confirm == "desk", link.used_ms.is_(None))
    met = select(meeting.link)
    query = update(schema.join_link).where(open_, link.expires_ms > now_ms, link.token_hash.not_in(met))
    await db.execute(query.values(expires_ms=now_ms))


async def find_link(db: AsyncConnection, token: str, now_ms: int) -> Invitation | None:
    """The link behind a token; None when there is none, its time is over, or its person is out of use."""
    return await find_hashed(db, hashed(token), now_ms)


async def find_hashed(db: AsyncConnection, token_hash: str, now_ms: int) -> Invitation | None:
    """As `find_link`, by what the database knows it by."""
    link, person, meeting = schema.join_link.c, schema.person.c, schema.join_meeting.c
    query = (
        select(schema.join_link, person.name, person.role, meeting.decision)
        .join(schema.person, person.id == link.person)
        .outerjoin(schema.join_meeting, meeting.link == link.token_hash)
        .where(link.token_hash == token_hash, link.expires_ms > now_ms, person.ended_ms.is_(None))
    )
    row = (await db.execute(query)).mappings().first()
    if row is None:
        return None
    named = {name: row[name] for name in ("token_hash", "person", "name", "role", "purpose", "created_ms")}
    state = {"used": row["used_ms"] is not None, "confirm": row["confirm"], "decision": row["decision"]}
    return Invitation(**named, **state)


async def use_link(db: AsyncConnection, invitation: Invitation, now_ms: int, device: str | None = None) -> bool:
    """Take the link; False when somebody else was first. The device that took it may take it again, to finish."""
    link = schema.join_link.c
    free = link.used_ms.is_(None) if device is None else or_(link.used_ms.is_(None), link.device == device)
    taken = update(schema.join_link).where(link.token_hash == invitation.token_hash, free)
    until = {} if device is None or invitation.used else {"expires_ms": now_ms + FINISH_MS}
    result = await db.execute(taken.values(used_ms=now_ms, device=device, **until))
    return bool(result.rowcount)


async def device_for(
    db: AsyncConnection, secrets: Sequence[bytes], invitation: Invitation, public_key: str, was: str
) -> str:
    """The device that a phone with this key becomes. One that a restored server has forgotten becomes again what it
    `was`, so that its chain goes on and everything on it comes up; one that is out of use becomes another. Under a link
    that was taken before the secret was changed it stays what it became then."""
    if _is_uuid(was):
        device = schema.device.c
        columns = select(device.person, device.public_key, device.revoked_ms)
        row = (await db.execute(columns.where(device.id == was))).first()
        own = row is not None and row.person == invitation.person and b64u(bytes(row.public_key or b"")) == public_key
        if row is None or (own and row.revoked_ms is None):
            return was
    taken = await db.execute(
        select(schema.join_link.c.device).where(schema.join_link.c.token_hash == invitation.token_hash)
    )
    ids = [device_id(secret, invitation, public_key) for secret in secrets]
    before = taken.scalar()
    return before if before in ids else ids[0]


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def device_id(secret: bytes, invitation: Invitation, public_key: str) -> str:
    """The id (UUIDv7) of the device with this key under this link.

    The same for the same key: a phone whose answer was lost asks again and is not enrolled twice.
    """
    named = f"device\n{invitation.token_hash}\n{public_key}".encode()
    raw = bytearray(invitation.created_ms.to_bytes(6, "big") + hmac.digest(secret, named, hashlib.sha256)[:10])
    raw[6] = raw[6] & 0x0F | 0x70
    raw[8] = raw[8] & 0x3F | 0x80
    return str(UUID(bytes=bytes(raw)))

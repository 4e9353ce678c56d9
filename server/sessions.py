"""Sessions live on the server: a random 256-bit id in a cookie, its hash in the database."""

from __future__ import annotations

import hashlib
import secrets

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import HTTPConnection
from starlette.responses import Response

from server import schema
from server.settings import Settings

IDLE_MS_MAX = 30 * 24 * 3600 * 1000
AGE_MS_MAX = 180 * 24 * 3600 * 1000
TOUCH_MS = 10 * 60 * 1000


def cookie_name(settings: Settings) -> str:
    """`__Host-` binds the cookie to this host over HTTPS; plain HTTP is for localhost alone."""
    return "__Host-sifang" if settings.secure else "sifang"


def hashed(token: str) -> str:
    """What the database keeps of a secret it must only recognise."""
    return hashlib.sha256(token.encode()).hexdigest()


async def begin(db: AsyncConnection, person: str, now_ms: int, user_agent: str, device: str | None = None) -> str:
    """Open a session for a person, on the phone that was enrolled with it; returns the id that goes into the cookie."""
    token = secrets.token_urlsafe(32)
    row = {"id_hash": hashed(token), "person": person, "created_ms": now_ms, "last_ms": now_ms}
    values = {**row, "expires_ms": now_ms + AGE_MS_MAX, "user_agent": user_agent[:200], "device": device}
    await db.execute(insert(schema.session).values(values))
    return token


def give(response: Response, settings: Settings, token: str) -> None:
    """Put the session's id into the browser, where no script can read it."""
    response.set_cookie(
        cookie_name(settings),
        token,
        max_age=AGE_MS_MAX // 1000,
        path="/",
        secure=settings.secure,
        httponly=True,
        samesite="lax",
    )


async def person_of(db: AsyncConnection, connection: HTTPConnection, settings: Settings, now_ms: int) -> str | None:
    """The person whose live session the browser shows, or None. A phone that is out of use shows none."""
    token = connection.cookies.get(cookie_name(settings))
    if not token:
        return None
    query = select(schema.session, schema.device.c.revoked_ms)
    query = query.outerjoin(schema.device, schema.device.c.id == schema.session.c.device)
    session = (await db.execute(query.where(schema.session.c.id_hash == hashed(token)))).mappings().first()
    if session is None or session["revoked_ms"] is not None:
        return None
    if session["expires_ms"] <= now_ms or session["last_ms"] + IDLE_MS_MAX <= now_ms:
        return None
    return str(session["person"])


async def touch(db: AsyncConnection, token: str, now_ms: int) -> None:
    """Remember that a session is in use, at most every ten minutes."""
    column = schema.session.c
    stale = (column.id_hash == hashed(token)) & (column.last_ms < now_ms - TOUCH_MS)
    await db.execute(update(schema.session).where(stale).values(last_ms=now_ms))


async def end(db: AsyncConnection, token: str) -> None:
    """Close a session on the server, whatever the browser keeps."""
    await db.execute(delete(schema.session).where(schema.session.c.id_hash == hashed(token)))

"""Sessions live on the server: a random 256-bit id in a cookie, its hash in the database.

A phone's session shows the field alone; the desk's end when nobody works there, and at the end of the day. One that
was begun or confirmed by a passkey moments ago is *fresh*: what cannot be taken back asks for that.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import RowMapping, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import HTTPConnection
from starlette.responses import Response

from server import events, schema
from server.settings import Settings

Use = Literal["desk", "field"]
HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
IDLE_MS_MAX: dict[str, int] = {"desk": 4 * HOUR_MS, "field": 60 * DAY_MS}
AGE_MS_MAX: dict[str, int] = {"desk": 16 * HOUR_MS, "field": 400 * DAY_MS}
FRESH_MS = 10 * 60 * 1000
TOUCH_MS = 5 * 60 * 1000
"""How often it is written down that a session is in use."""
USER_AGENT_CHARS = 200
OPENER = "sifang-open"
"""The header in which an open phone shows the secret of its vault."""


@dataclass(frozen=True)
class Session:
    """A live one. `id_hash` is what the database knows its secret id by."""

    id_hash: str
    person: str
    use: str
    last_ms: int
    passkey: str | None
    verified_ms: int | None
    device: str | None = None
    opener: str | None = None

    def is_open(self, connection: HTTPConnection) -> bool:
        """Whether who comes may see its pages: a phone that has a vault must be open, and shows what lies in it."""
        if self.opener is None:
            return True
        return secrets.compare_digest(hashed(connection.headers.get(OPENER, "")), self.opener)

    def is_fresh(self, now_ms: int) -> bool:
        """Whether a passkey said moments ago that it is this person."""
        return self.verified_ms is not None and now_ms - self.verified_ms <= FRESH_MS


def cookie_name(settings: Settings) -> str:
    """`__Host-` binds the cookie to this host over HTTPS; plain HTTP is for localhost alone."""
    return "__Host-sifang" if settings.secure else "sifang"


def hashed(token: str) -> str:
    """What the database keeps of a secret it must only recognise."""
    return hashlib.sha256(token.encode()).hexdigest()


async def begin(
    db: AsyncConnection,
    person: str,
    now_ms: int,
    user_agent: str,
    device: str | None = None,
    *,
    use: Use = "desk",
    passkey: str | None = None,
    verified: bool = False,
    opener: str | None = None,
) -> str:
    """Open a session for a person, on the phone that was enrolled with it or by their `passkey`; returns the id that
    goes into the cookie. What is over for good is cleared away."""
    await db.execute(delete(schema.session).where(schema.session.c.expires_ms <= now_ms))
    token = secrets.token_urlsafe(32)
    row = {"id_hash": hashed(token), "person": person, "created_ms": now_ms, "last_ms": now_ms, "use": use}
    row |= {"expires_ms": now_ms + AGE_MS_MAX[use], "user_agent": user_agent[:USER_AGENT_CHARS], "device": device}
    row |= {"passkey": passkey, "verified_ms": now_ms if verified or passkey else None, "opener": opener}
    await db.execute(insert(schema.session).values(row))
    events.happened("session.began", use=use, person=person, device=device, passkey=passkey)
    return token


def give(response: Response, settings: Settings, token: str, use: Use = "desk") -> None:
    """Put the session's id into the browser, where no script can read it."""
    response.set_cookie(
        cookie_name(settings),
        token,
        max_age=AGE_MS_MAX[use] // 1000,
        path="/",
        secure=settings.secure,
        httponly=True,
        samesite="lax",
    )


def take_back(response: Response, settings: Settings) -> None:
    """Let the browser forget the id."""
    response.delete_cookie(cookie_name(settings), path="/", secure=settings.secure, httponly=True, samesite="lax")


async def live(db: AsyncConnection, connection: HTTPConnection, settings: Settings, now_ms: int) -> Session | None:
    """The session that the browser shows, or None. A phone that is out of use shows none, nor does a passkey that was
    taken away, nor anything of a person who is out of use."""
    token = connection.cookies.get(cookie_name(settings))
    if not token:
        return None
    over = (schema.device.c.revoked_ms, schema.passkey.c.removed_ms, schema.person.c.ended_ms)
    query = select(schema.session, *over).join(schema.person, schema.person.c.id == schema.session.c.person)
    query = query.outerjoin(schema.device, schema.device.c.id == schema.session.c.device)
    query = query.outerjoin(schema.passkey, schema.passkey.c.id == schema.session.c.passkey)
    row = (await db.execute(query.where(schema.session.c.id_hash == hashed(token)))).mappings().first()
    if row is None or _is_over(row, now_ms) or any(row[each.name] is not None for each in over):
        return None
    known = (row["id_hash"], row["person"], row["use"], row["last_ms"], row["passkey"], row["verified_ms"])
    return Session(*known, row["device"], row["opener"])


async def close_with(db: AsyncConnection, session: Session, opener: str) -> None:
    """From now on this session opens nothing without the secret of this hash."""
    own = schema.session.c.id_hash == session.id_hash
    await db.execute(update(schema.session).where(own).values(opener=opener))


async def person_of(db: AsyncConnection, device: str) -> str:
    """Whose phone this is."""
    found = await db.execute(select(schema.device.c.person).where(schema.device.c.id == device))
    return str(found.scalar_one())


def _is_over(row: RowMapping, now_ms: int) -> bool:
    return bool(row["expires_ms"] <= now_ms or row["last_ms"] + IDLE_MS_MAX[row["use"]] <= now_ms)


async def touch(db: AsyncConnection, session: Session, now_ms: int) -> None:
    """Remember that a session is in use."""
    own = schema.session.c.id_hash == session.id_hash
    await db.execute(update(schema.session).where(own).values(last_ms=now_ms))


async def verify(db: AsyncConnection, session: Session, now_ms: int) -> str:
    """A passkey has just said that it is still the same person; returns the session's new id for the cookie."""
    token = secrets.token_urlsafe(32)
    own = schema.session.c.id_hash == session.id_hash
    await db.execute(update(schema.session).where(own).values(id_hash=hashed(token), verified_ms=now_ms))
    return token


async def of_person(db: AsyncConnection, person: str, now_ms: int) -> list[RowMapping]:
    """Everywhere somebody is signed in, the newest use first."""
    query = select(schema.session).where(schema.session.c.person == person)
    rows = (await db.execute(query.order_by(schema.session.c.last_ms.desc()))).mappings()
    return [row for row in rows if not _is_over(row, now_ms)]


async def of_browsers(db: AsyncConnection, people: Sequence[str], now_ms: int) -> list[RowMapping]:
    """Where these people are signed in to the field without being on a phone of ours, the newest use first."""
    session = schema.session.c
    query = select(schema.session).where(
        session.person.in_(people), session.use == "field", session.device.is_(None), session.passkey.is_(None)
    )
    rows = (await db.execute(query.order_by(session.last_ms.desc(), session.id_hash))).mappings()
    return [row for row in rows if not _is_over(row, now_ms)]


async def end(db: AsyncConnection, person: str, id_hashes: Sequence[str]) -> None:
    """Close sessions of a person on the server, whatever the browser keeps."""
    column = schema.session.c
    found = await db.execute(delete(schema.session).where(column.person == person, column.id_hash.in_(id_hashes)))
    events.happened("session.ended", whom=person, sessions=found.rowcount)


async def end_all(db: AsyncConnection, person: str) -> None:
    """Close every session of a person."""
    found = await db.execute(delete(schema.session).where(schema.session.c.person == person))
    events.happened("session.ended", whom=person, sessions=found.rowcount)


async def end_by_passkey(db: AsyncConnection, passkey: str) -> None:
    """Close what was opened with a passkey."""
    found = await db.execute(delete(schema.session).where(schema.session.c.passkey == passkey))
    events.happened("session.ended", passkey=passkey, sessions=found.rowcount)


async def end_shown(db: AsyncConnection, connection: HTTPConnection) -> None:
    """Close the session that this browser came with, before it is given another."""
    session = getattr(connection.state, "session", None)
    if isinstance(session, Session):
        await end(db, session.person, [session.id_hash])

"""Who has which passkeys, when each was last used, and which challenges were answered."""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils import uuid7
from webauthn.helpers import bytes_to_base64url

from server import schema
from server.journal import Draft, Journal
from server.passkeys.ceremony import Answered, Refused

LABEL_CHARS_MAX = 60


async def passkeys_of(db: AsyncConnection, person: str) -> list[RowMapping]:
    """Those that open something, the oldest first."""
    passkey, use = schema.passkey.c, schema.passkey_use.c
    query = select(schema.passkey, use.last_ms).outerjoin(schema.passkey_use, use.passkey == passkey.id)
    query = query.where(passkey.person == person, passkey.removed_ms.is_(None))
    return list((await db.execute(query.order_by(passkey.added_ms, passkey.id))).mappings())


async def passkey_shown(db: AsyncConnection, credential: Any, person: str | None) -> RowMapping:
    """The passkey that an answer names, with its `count`: anybody's, or this person's. Raises Refused."""
    name = credential.get("id") if isinstance(credential, dict) else None
    passkey, use = schema.passkey.c, schema.passkey_use.c
    query = select(schema.passkey, use.count).outerjoin(schema.passkey_use, use.passkey == passkey.id)
    query = query.where(passkey.credential == name, passkey.removed_ms.is_(None))
    if person is not None:
        query = query.where(passkey.person == person)
    row = (await db.execute(query)).mappings().first() if isinstance(name, str) else None
    if row is None:
        raise Refused("no such passkey")
    return row


async def use_challenge(db: AsyncConnection, answered: Answered, now_ms: int) -> None:
    """Write down that this challenge was answered. Raises Refused when it was before."""
    used = schema.used_challenge
    await db.execute(delete(used).where(used.c.expires_ms <= now_ms))
    try:
        await db.execute(insert(used).values(hash=answered.used, expires_ms=answered.expires_ms))
    except IntegrityError as error:
        raise Refused("answered before") from error


async def count_use(db: AsyncConnection, passkey: str, answered: Answered, now_ms: int) -> None:
    """Remember how far its authenticator has counted, and when it was used."""
    use = schema.passkey_use
    values = {"count": answered.count, "last_ms": now_ms}
    done = await db.execute(update(use).where(use.c.passkey == passkey).values(values))
    if not done.rowcount:
        await db.execute(insert(use).values(passkey=passkey, **values))


async def add_passkey(journal: Journal, person: str, answered: Answered, label: str) -> str:
    """Journal that somebody has a key; its id."""
    id_ = str(uuid7())
    body = {"person": person, "credential": answered.credential, "public_key": bytes_to_base64url(answered.public_key)}
    body["label"] = label.strip()[:LABEL_CHARS_MAX] or "通行密钥"
    (receipt,) = await journal.commit([Draft("passkey.added", id_, None, person, body, id=id_)])
    if receipt.outcome != "accepted":
        raise RuntimeError(f"passkey.added: {receipt.outcome} {receipt.reason}")
    return id_


async def remove_passkey(journal: Journal, passkey: str, author: str) -> None:
    """Journal that it opens nothing any more."""
    (receipt,) = await journal.commit([Draft("passkey.removed", passkey, None, author, {})])
    if receipt.outcome != "accepted":
        raise RuntimeError(f"passkey.removed: {receipt.outcome} {receipt.reason}")

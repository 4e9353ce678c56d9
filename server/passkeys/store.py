"""Who has which passkeys, when each was last used, and which challenges were answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import RowMapping, delete, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils import uuid7
from webauthn.helpers import bytes_to_base64url

from server import events, schema
from server.journal import Draft, Journal
from server.passkeys.ceremony import Answered, Refused

LABEL_CHARS_MAX = 60
TURN_MS = 10_000
_NAME = re.compile(r"[A-Za-z0-9_-]{1,1400}")
_NOTED = text("INSERT INTO used_challenge (hash, expires_ms) VALUES (:hash, :expires_ms) ON CONFLICT (hash) DO NOTHING")
_COUNTED = text(
    'INSERT INTO passkey_use (passkey, "count", last_ms) VALUES (:passkey, :count, :now_ms) '
    'ON CONFLICT (passkey) DO UPDATE SET "count" = excluded."count", last_ms = excluded.last_ms'
)


async def passkeys_of(db: AsyncConnection, person: str) -> list[RowMapping]:
    """Those that open something, the oldest first."""
    passkey, use = schema.passkey.c, schema.passkey_use.c
    query = select(schema.passkey, use.last_ms).outerjoin(schema.passkey_use, use.passkey == passkey.id)
    query = query.where(passkey.person == person, passkey.removed_ms.is_(None))
    return list((await db.execute(query.order_by(passkey.added_ms, passkey.id))).mappings())


async def passkey_shown(db: AsyncConnection, credential: Any, person: str | None) -> RowMapping:
    """The passkey that an answer names, with its `count`: anybody's, or this person's. Raises Refused."""
    name = credential.get("id") if isinstance(credential, dict) else None
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise Refused("no_name")
    passkey, use = schema.passkey.c, schema.passkey_use.c
    query = select(schema.passkey, use.count).outerjoin(schema.passkey_use, use.passkey == passkey.id)
    query = query.where(passkey.credential == name, passkey.removed_ms.is_(None))
    if person is not None:
        query = query.where(passkey.person == person)
    row = (await db.execute(query.order_by(passkey.added_ms, passkey.id))).mappings().first()
    if row is None:
        raise Refused("unknown")
    return row


async def settle(db: AsyncConnection, known: RowMapping, answered: Answered, now_ms: int) -> None:
    """Write down that a passkey was shown, as it stands now. Raises Refused: answered before, taken away or copied
    meanwhile."""
    await use_challenge(db, answered, now_ms)
    now = await passkey_shown(db, {"id": known["credential"]}, known["person"])
    if now["id"] != known["id"] or (answered.count and answered.count <= (now["count"] or 0)):
        raise Refused("counted_on")
    await db.execute(_COUNTED, {"passkey": known["id"], "count": answered.count, "now_ms": now_ms})


async def use_challenge(db: AsyncConnection, answered: Answered, now_ms: int) -> None:
    """Write down that this challenge was answered. Raises Refused when it was before."""
    if not await _note(db, answered.used, answered.expires_ms, now_ms):
        raise Refused("answered_before")


async def refuse_known(db: AsyncConnection, answered: Answered) -> None:
    """No two people have one key. Raises Refused."""
    passkey = schema.passkey.c
    query = select(passkey.id).where(passkey.credential == answered.credential, passkey.removed_ms.is_(None))
    if (await db.execute(query)).first() is not None:
        raise Refused("known_already")


async def take_turn(db: AsyncConnection, what: str, now_ms: int) -> bool:
    """Whether nobody else is at this now; whoever dies over it is waited for a little."""
    return await _note(db, what, now_ms + TURN_MS, now_ms)


async def end_turn(db: AsyncConnection, what: str) -> None:
    """Let the next one."""
    await db.execute(delete(schema.used_challenge).where(schema.used_challenge.c.hash == what))


async def _note(db: AsyncConnection, what: str, expires_ms: int, now_ms: int) -> bool:
    """Write something down once; False when it stands there."""
    used = schema.used_challenge
    await db.execute(delete(used).where(used.c.expires_ms <= now_ms))
    done = await db.execute(_NOTED, {"hash": what, "expires_ms": expires_ms})
    return bool(done.rowcount)


async def add_passkey(
    journal: Journal, person: str, answered: Answered, label: str, ending: Sequence[Draft] = ()
) -> str:
    """Journal that somebody has a key, and in the same transaction what ends with it; its id."""
    id_ = str(uuid7())
    body = {"person": person, "credential": answered.credential, "public_key": bytes_to_base64url(answered.public_key)}
    shown = "".join(letter for letter in label if letter.isprintable()).strip()
    body["label"] = shown[:LABEL_CHARS_MAX] or "通行密钥"
    added = Draft("passkey.added", id_, None, person, body, id=id_)
    receipt, *_ = await journal.commit([added, *ending])
    if receipt.outcome != "accepted":
        raise RuntimeError(f"passkey.added: {receipt.outcome} {receipt.reason}")
    events.happened("passkey.added", person=person, passkey=id_)
    return id_


async def remove_passkey(journal: Journal, passkey: str, author: str) -> None:
    """Journal that it opens nothing any more."""
    (receipt,) = await journal.commit([Draft("passkey.removed", passkey, None, author, {})])
    if receipt.outcome != "accepted":
        raise RuntimeError(f"passkey.removed: {receipt.outcome} {receipt.reason}")
    events.happened("passkey.removed", person=author, passkey=passkey)

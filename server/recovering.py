"""Whoever two people let in again begins anew: what opened to them before opens nothing any more."""

from __future__ import annotations

from sqlalchemy import select

from server import schema, sessions
from server.db import Database
from server.journal import RECOVERY_MS, Draft
from server.passkeys.store import passkeys_of


async def letting_in(db: Database, person: str, now_ms: int) -> list[Draft]:
    """Before a passkey is journaled that was made behind a link: where two people had confirmed that the old ones are
    lost, every session ends now, and these edits, journaled with the new passkey, end the old ones. For everybody else
    nothing changes."""
    asked = schema.recovery.c
    async with db.writing() as connection:
        query = select(asked.id).where(asked.person == person, asked.ended_as.is_(None))
        query = query.where(asked.confirmed_ms >= now_ms - RECOVERY_MS)
        confirmed = list((await connection.execute(query)).scalars())
        if not confirmed:
            return []
        older = [row["id"] for row in await passkeys_of(connection, person)]
        await sessions.end_all(connection, person)
    ended = [Draft("passkey.removed", each, None, person, {}) for each in older]
    return [*ended, *(Draft("recovery.used", each, None, person, {}) for each in confirmed)]

"""A link meets one phone; the station compares what both screens show, and says whether it is the right one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import RowMapping, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.join.digits import new_nonce
from server.join.store import Invitation

Decision = Literal["same", "different"]
TOLD_MS = 10 * 60 * 1000
"""How long the desk's page says what was decided."""
_MET = text(
    "INSERT INTO join_meeting (link, commitment, nonce, label, was, met_ms) "
    "VALUES (:link, :commitment, :nonce, '', '', :met_ms) ON CONFLICT (link) DO NOTHING"
)


@dataclass(frozen=True)
class Phone:
    """What a phone has shown: its key (empty for a browser that keeps nothing), its name, the device it says it was."""

    public_key: str
    label: str = ""
    was: str = ""


async def meet(db: AsyncConnection, invitation: Invitation, commitment: str, now_ms: int) -> str | None:
    """The server's nonce for the phone that is bound to this; None when another phone was first."""
    told = {"link": invitation.token_hash, "commitment": commitment, "nonce": new_nonce(), "met_ms": now_ms}
    await db.execute(_MET, told)
    row = await meeting_of(db, invitation)
    return row["nonce"] if row is not None and row["commitment"] == commitment else None


async def meeting_of(db: AsyncConnection, invitation: Invitation) -> RowMapping | None:
    """The phone that this link has met, if any."""
    query = select(schema.join_meeting).where(schema.join_meeting.c.link == invitation.token_hash)
    return (await db.execute(query)).mappings().first()


async def show_phone(db: AsyncConnection, invitation: Invitation, phone: Phone, digits: str) -> None:
    """The phone that was met has shown its key: from now on the desk sees the digits. What it showed first stands."""
    meeting = schema.join_meeting.c
    said = {"public_key": phone.public_key, "label": phone.label, "was": phone.was, "digits": digits}
    first = update(schema.join_meeting).where(meeting.link == invitation.token_hash, meeting.digits.is_(None))
    await db.execute(first.values(said))


async def waiting(db: AsyncConnection, people: Sequence[str], now_ms: int) -> list[RowMapping]:
    """Phones of these people that wait for a word of the station, the first to come first."""
    link, meeting, person = schema.join_link.c, schema.join_meeting.c, schema.person.c
    query = (
        select(schema.join_meeting, link.person, person.name)
        .join(schema.join_link, link.token_hash == meeting.link)
        .join(schema.person, person.id == link.person)
        .where(link.person.in_(people), link.expires_ms > now_ms, link.used_ms.is_(None))
        .where(meeting.digits.is_not(None), meeting.decision.is_(None))
    )
    return list((await db.execute(query.order_by(meeting.met_ms, meeting.link))).mappings())


async def decided(db: AsyncConnection, people: Sequence[str], link_hash: str, now_ms: int) -> RowMapping | None:
    """What the station said of a phone lately."""
    link, meeting, person = schema.join_link.c, schema.join_meeting.c, schema.person.c
    query = (
        select(schema.join_meeting, link.person, person.name)
        .join(schema.join_link, link.token_hash == meeting.link)
        .join(schema.person, person.id == link.person)
        .where(link.person.in_(people), meeting.link == link_hash, meeting.decided_ms > now_ms - TOLD_MS)
    )
    return (await db.execute(query)).mappings().first()


async def decide(db: AsyncConnection, link_hash: str, decision: Decision, by: str, now_ms: int) -> bool:
    """The station's word, once; False when it was said before, or there is nothing to say it of."""
    meeting = schema.join_meeting.c
    open_ = update(schema.join_meeting).where(
        meeting.link == link_hash, meeting.digits.is_not(None), meeting.decision.is_(None)
    )
    result = await db.execute(open_.values(decision=decision, decided_by=by, decided_ms=now_ms))
    return bool(result.rowcount)

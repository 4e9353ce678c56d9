"""What the public page tells: the newest checkpoints, and visits by grid and month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.monthly import Counted, monthly

SHOWN = 5
FRESH_MS = 10 * 60_000
"""How long counts are shown again before they are counted anew: anybody may ask, as often as they like."""


@dataclass
class Counts:
    """The counts as they were made last."""

    made_ms: int = 0
    counted: Counted | None = None

    async def now(self, db: AsyncConnection, now_ms: int, utc_offset_min: int) -> Counted:
        """By grid and month, of every community here."""
        if self.counted is None or not 0 <= now_ms - self.made_ms < FRESH_MS:
            grids = (await db.execute(select(schema.grid.c.id))).scalars()
            self.counted, self.made_ms = await monthly(db, grids, now_ms, utc_offset_min), now_ms
        return self.counted


async def community_name(db: AsyncConnection, community: str | None) -> str:
    """What stands above a sheet of theirs."""
    name = select(schema.community.c.name).where(schema.community.c.id == community)
    return (await db.execute(name)).scalar() or ""


async def checkpoints(db: AsyncConnection) -> list[dict[str, Any]]:
    """The last that was said, the newest first: size, note, and when its last edit came."""
    said, entry = schema.checkpoint.c, schema.journal.c
    head = schema.journal_head.c
    query = select(said.size, said.note, entry.received_ms).select_from(schema.checkpoint)
    query = query.join(schema.journal_head, head.log == said.log).join(schema.journal, entry.position == said.size - 1)
    rows = await db.execute(query.order_by(said.size.desc()).limit(SHOWN))
    return [dict(row) for row in rows.mappings()]

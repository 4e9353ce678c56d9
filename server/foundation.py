"""The first edits of an installation: its community, its grids, its station master."""

from __future__ import annotations

from sqlalchemy import select
from uuid_utils import uuid7

from server import schema
from server.db import Database
from server.journal import Draft, Journal

NUMERALS = "零一二三四五六七八九十"


def grid_name(number: int) -> str:
    """第一网格 … 第十网格, 第十一网格 … (1 ≤ number ≤ 99)."""
    tens, ones = divmod(number, 10)
    before = NUMERALS[tens] if tens > 1 else ""
    words = f"{before}{'十' if tens else ''}{NUMERALS[ones] if ones else ''}"
    return f"第{words}网格"


async def begin_community(db: Database, journal: Journal, community: str, master: str, grids: int) -> bool:
    """Journal the community, its grids and its station master; False when there is a community already."""
    async with db.reading() as connection:
        if (await connection.execute(select(schema.community.c.id).limit(1))).first():
            return False
    community_id, master_id = str(uuid7()), str(uuid7())
    drafts = [Draft("community.added", community_id, None, master_id, {"name": community}, id=community_id)]
    grid_ids = [str(uuid7()) for _ in range(grids)]
    for number, grid_id in enumerate(grid_ids, 1):
        body = {"community": community_id, "name": grid_name(number), "sort": number}
        drafts.append(Draft("grid.added", grid_id, grid_id, master_id, body, id=grid_id))
    person = {"name": master, "role": "station_master", "community": community_id, "grids": grid_ids}
    drafts.append(Draft("person.added", master_id, None, master_id, person, id=master_id))
    await journal.commit(drafts)
    return True

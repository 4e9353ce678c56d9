"""The first edits of an installation: its administrator, its community, its grids, its station master."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from uuid_utils import uuid7

from server import schema
from server.db import Database
from server.journal import Draft, Journal

ADMINISTRATOR = "管理员"
NUMERALS = "零一二三四五六七八九十"


def grid_name(number: int) -> str:
    """第一网格 … 第十网格, 第十一网格 … (1 ≤ number ≤ 99)."""
    tens, ones = divmod(number, 10)
    before = NUMERALS[tens] if tens > 1 else ""
    words = f"{before}{'十' if tens else ''}{NUMERALS[ones] if ones else ''}"
    return f"第{words}网格"


def founding(
    community: str, name: str, street: str, grids: Sequence[str], person: str, master: str, author: str
) -> list[Draft]:
    """A community with the ids it and its station master shall have, its grids by name, as edits of its author."""
    about = {"name": name, **({"street": street} if street else {})}
    drafts = [Draft("community.added", community, None, author, about, id=community)]
    ids = [str(uuid7()) for _ in grids]
    for sort, (id_, grid) in enumerate(zip(ids, grids, strict=True), 1):
        drafts.append(
            Draft("grid.added", id_, id_, author, {"community": community, "name": grid, "sort": sort}, id=id_)
        )
    body = {"name": master, "role": "station_master", "community": community, "grids": ids}
    return [*drafts, Draft("person.added", person, None, author, body, id=person)]


async def begin_community(db: Database, journal: Journal, community: str, master: str, grids: int) -> bool:
    """Journal the community, its grids and its station master; False when there is a community already."""
    async with db.reading() as connection:
        if (await connection.execute(select(schema.community.c.id).limit(1))).first():
            return False
    id_, master_id = str(uuid7()), str(uuid7())
    names = [grid_name(number) for number in range(1, grids + 1)]
    await journal.commit(founding(id_, community, "", names, master_id, master, master_id))
    return True


async def first_administrator(db: Database, journal: Journal) -> str | None:
    """Whoever is to begin this installation: entered now if nobody is; None once they have come in, or anybody else
    works here."""
    async with db.reading() as connection:
        people = list((await connection.execute(select(schema.person.c.id).limit(2))).scalars())
        waiting = select(schema.person.c.id).where(schema.person.c.role == "admin", schema.person.c.community.is_(None))
        waiting = waiting.where(schema.person.c.id.not_in(select(schema.passkey.c.person)))
        first = (await connection.execute(waiting)).scalar()
    if people:
        return first if people == [first] else None
    id_ = str(uuid7())
    body = {"name": ADMINISTRATOR, "role": "admin", "grids": []}
    await journal.commit([Draft("person.added", id_, None, id_, body, id=id_)])
    return id_

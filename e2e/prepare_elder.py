"""A volunteer for the stories, who looks after a building: `SIFANG_DATA=folder python -m e2e.prepare_elder`."""

from __future__ import annotations

import asyncio

from sqlalchemy import select

from server import schema
from server.commands import opened
from server.people import Newcomer, add_person
from server.settings import from_environment

NAME = "王大爷"


async def _fill() -> None:
    async with opened(from_environment()) as here:
        async with here.db.reading() as db:
            building = select(schema.building.c.id).where(schema.building.c.name == "3幢")
            house = (await db.execute(building)).scalar_one()
            master = select(schema.person.c.id, schema.person.c.community).where(
                schema.person.c.role == "station_master"
            )
            author, community = (await db.execute(master)).one()
        _, wrong = await add_person(here.db, here.journal, community, author, Newcomer(NAME, "volunteer", (), (house,)))
        if wrong:
            raise SystemExit(f"not taken: {wrong}")


if __name__ == "__main__":
    asyncio.run(_fill())

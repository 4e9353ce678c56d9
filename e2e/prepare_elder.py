"""A volunteer for the stories, who looks after a building: `SIFANG_DATA=folder python -m e2e.prepare_elder`."""

from __future__ import annotations

import asyncio

from sqlalchemy import select
from uuid_utils import uuid7

from server import schema
from server.commands import opened
from server.journal import Draft
from server.people import Newcomer, add_person
from server.settings import from_environment

NAME = "王大爷"
LOOKED_IN_ON = ("陈奶奶", "吴大爷")


async def _fill() -> None:
    async with opened(from_environment()) as here:
        async with here.db.reading() as db:
            building = select(schema.building.c.id).where(schema.building.c.name == "3幢")
            house = (await db.execute(building)).scalar_one()
            master = select(schema.person.c.id, schema.person.c.community).where(
                schema.person.c.role == "station_master"
            )
            author, community = (await db.execute(master)).one()
        person, wrong = await add_person(
            here.db, here.journal, community, author, Newcomer(NAME, "volunteer", (), (house,))
        )
        if wrong or person is None:
            raise SystemExit(f"not taken: {wrong}")
        async with here.db.reading() as db:
            home = schema.household.c
            homes = select(home.id, home.grid).where(home.contact.in_(LOOKED_IN_ON)).order_by(home.contact)
            rows = (await db.execute(homes)).all()
        drafts = [_pair(row.id, row.grid, person, author) for row in rows]
        receipts = await here.journal.commit(drafts)
        if {receipt.outcome for receipt in receipts} != {"accepted"}:
            raise SystemExit(f"not taken: {receipts}")


def _pair(household: str, grid: str, carer: str, author: str) -> Draft:
    id_ = str(uuid7())
    body = {"household": household, "carer": carer, "cadence": "weekly", "reason": "dementia"}
    return Draft("care_pair.formed", id_, grid, author, body, id=id_)


if __name__ == "__main__":
    asyncio.run(_fill())

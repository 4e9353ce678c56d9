"""On top of the stories' community, what the jobs meet: a number two people told, visits, logs, an order, a volunteer.

`SIFANG_DATA=folder python -m burden.prepare`, after `e2e.prepare`.
"""

from __future__ import annotations

import asyncio
import json

from sqlalchemy import select

from e2e.prepare import Community
from server import schema
from server.clock import now_ms
from server.commands import opened
from server.journal import Draft, log_id
from server.localtime import day_before, local_day
from server.settings import from_environment

MINUTE_MS = 60_000
TODAY, LOGS = 9, 20
VOLUNTEER = "王大爷"
CONTESTED = "吴大爷"
TOLD = (("小赵", "000-0000-0061"), ("老孙", "000-0000-0067"))


async def _fill() -> None:
    async with opened(from_environment()) as here:
        async with here.db.reading() as db:
            people = {row.name: row for row in await db.execute(select(schema.person))}
            homes = (await db.execute(select(schema.household).order_by(schema.household.c.id))).all()
        ids = {name: row.id for name, row in people.items()}
        made, now = Community(), now_ms()
        (home,) = [home for home in homes if home.contact == CONTESTED]
        over = {"phone": [head["edit"] for head in json.loads(home.facts)["phone"]]}
        for name, number in TOLD:
            body = {"facts": {"phone": number}}
            made.drafts.append(Draft("household.stated", home.id, home.grid, ids[name], body, over))
        (own,) = [home for home in homes if home.contact == "马师傅"]
        # In the other grid: a day's list grows shorter with each door knocked.
        others = [home for home in homes if home.grid != own.grid]
        for n, (home, by) in enumerate([(own, "小赵"), *((home, "小吴") for home in others[: TODAY - 1])]):
            at = {"household": home.id, "occurred_at_ms": now - (n + 1) * MINUTE_MS}
            said = {"mode": "door", "result": "met", "text": f"楼道灯坏了，第{n + 1}户"}
            made.add("visit.recorded", home.grid, {**at, **said}, ids[by])
        (pair,) = [home for home in homes if home.contact == "陈奶奶"]
        care = {"household": pair.id, "carer": ids["小赵"], "cadence": "weekly"}
        made.add("care_pair.formed", pair.grid, care, ids["王站长"])
        (house,) = {home.building for home in homes if home.contact == "陈奶奶"}
        (community,) = {row.community for row in people.values() if row.community}
        scope = {"community": community, "grids": [], "buildings": [house]}
        made.add("person.added", None, {"name": VOLUNTEER, "role": "volunteer", **scope}, ids["王站长"])
        order = {
            "title": "看楼道",
            "points": ["灯亮不亮"],
            "due": day_before(local_day(now, here.settings.utc_offset_min), -5),
        }
        made.add("order.issued", pair.grid, {**order, "households": [pair.id, own.id]}, ids["王站长"])
        today = local_day(now, here.settings.utc_offset_min)
        for n in range(LOGS):
            # Not the phone's own: Today would say more of them.
            by, day = ids["小吴"], day_before(today, n + 1)
            said = {"day": day, "text": f"第{n + 1}天的话"}
            made.drafts.append(Draft("daily_log.sent", log_id(by, others[0].grid, day), others[0].grid, by, said))
        receipts = await here.journal.commit(made.drafts)
        if {receipt.outcome for receipt in receipts} - {"accepted", "contested"}:
            raise SystemExit(f"The jobs' community was not taken: {receipts}")


if __name__ == "__main__":
    asyncio.run(_fill())

"""What goes on in the demo beside the visits: people looked in on, an order, what asks became, a meeting, a report."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.demo.place import MASTER, NEIGHBOURS, PLOTS
from server.demo.story import STORY_GRID
from server.identity import made_from
from server.journal import Draft
from server.localtime import day_before

WORKER = next(plot.worker for plot in PLOTS if plot.name == STORY_GRID)
VOLUNTEER = next(name for role, name in NEIGHBOURS if role == "volunteer")
LOOKED_IN_ON = (("3-2-501", WORKER, "weekly", "alone_80"), ("3-1-402", WORKER, "weekly", "illness"))
NEXT_DOOR = 2
"""So many homes of the volunteer's building are theirs to look in on."""
TURNED = (
    ("3-2-501", "need", "陪同量血压", "new"),
    ("1-1-101", "proposal", "单元门口加坡道，居民可分担一点", "taken"),
    ("2-3-601", "problem", "屋顶漏雨，物业拖着", "new"),
    ("1-2-102", "problem", "夜间噪音", "self_resolved"),
)
ORDER = ("看楼道灭火器", ["在不在", "过没过期"], ("3-2-501", "3-2-502", "3-2-401", "3-2-402"), 3)
DECISIONS = ["顶楼漏雨的三户，站里找物业一起上门", "独居老人换季前都去看一次"]
AGREED = ("约物业周五上楼看漏雨", 4)
REPORT = "三楼楼道灯不亮，晚上上楼看不清。"
NOTE = "去劝了，老板答应十点散场。"


async def works(db: AsyncConnection, now_ms: int, today: str) -> list[Draft]:
    """All of it as edits, over the registry and the visits that are there."""
    people = {row.name: row for row in await db.execute(select(schema.person))}
    grid = (await db.execute(select(schema.grid).where(schema.grid.c.name == STORY_GRID))).one().id
    place = select(schema.household, schema.building.c.name.label("block"))
    place = place.join(schema.building, schema.building.c.id == schema.household.c.building)
    rows = (await db.execute(place.order_by(schema.household.c.id))).all()
    homes = {f"{row.block.removesuffix('幢')}-{row.entrance}-{row.room}": row for row in rows if row.grid == grid}
    visits = {row.household: row.id for row in await db.execute(_asked(grid))}
    master, worker = people[MASTER].id, people[WORKER].id

    def made(kind: str, of: str, where: str | None, author: str, body: dict[str, Any]) -> Draft:
        id_ = made_from(now_ms, "demo", f"{kind} {of}")
        return Draft(kind, id_, where, author, body, id=id_)

    def pair(home: Any, carer: str, cadence: str, reason: str) -> Draft:
        body = {"household": home.id, "carer": people[carer].id, "cadence": cadence, "reason": reason}
        return made("care_pair.formed", home.id, home.grid, master, body)

    drafts = [pair(homes[door], *told) for door, *told in LOOKED_IN_ON]
    next_door = [row for row in rows if row.building in people[VOLUNTEER].buildings and row.contact]
    drafts += [pair(home, VOLUNTEER, "monthly", "alone") for home in next_door[:NEXT_DOOR]]
    for door, kind, text, state in TURNED:
        home = homes[door].id
        body = {"kind": kind, "household": home, "source_visit": visits[home], "text": text, "occurred_at_ms": now_ms}
        raised = made("item.raised", door, grid, worker, body)
        drafts.append(raised)
        if state != "new":
            author, note = (worker, {"note": NOTE}) if state == "self_resolved" else (master, {})
            moved = {"to": state, **note}
            id_ = made_from(now_ms, "demo", f"item.moved {door}")
            drafts.append(Draft("item.moved", raised.entity, grid, author, moved, {"step": [raised.entity]}, id=id_))
    title, points, doors, days = ORDER
    due = {"due": day_before(today, -days), "households": [homes[door].id for door in doors]}
    drafts.append(made("order.issued", title, grid, master, {"title": title, "points": points, **due}))
    monday = day_before(today, date.fromisoformat(today).weekday())
    held = made("meeting.held", monday, None, master, {"type": "monday", "held_on": monday, "decisions": DECISIONS})
    text, days = AGREED
    action = {"owner": worker, "due": day_before(today, -days), "text": text, "meeting": held.entity}
    drafts += [held, made("action.set", text, None, master, action)]
    said = {"text": REPORT, "occurred_at_ms": now_ms}
    return [*drafts, made("report.made", REPORT, None, people[VOLUNTEER].id, said)]


def _asked(grid: str) -> Any:
    """The newest visit of each home at which something was asked."""
    visit = schema.visit.c
    return (
        select(visit.household, visit.id).where(visit.grid == grid, visit.asks != "{}").order_by(visit.occurred_at_ms)
    )

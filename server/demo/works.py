"""What goes on in the demo beside the visits: people looked in on, an order, what asks became, a meeting, a report."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.demo.place import LEADER, MASTER, NEIGHBOURS, PLOTS
from server.demo.story import STORY_GRID
from server.identity import made_from
from server.journal import NOBODY, Draft
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
BY_CODE = ("3-2-501", "想请人陪着去量一次血压")
RECEIPT = "314159265358979"
ALPHABET, CODE_CHARS = "23456789abcdefghjkmnpqrstuvwxyz", 12
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
    drafts.append(made("report.made", REPORT, None, people[VOLUNTEER].id, said))
    for building in sorted({home.building for home in homes.values()}):
        code = {"code": _code(f"{now_ms} {building}")}
        id_ = made_from(now_ms, "demo", f"building.coded {building}")
        drafts.append(Draft("building.coded", building, grid, master, code, id=id_))
    return [*drafts, *_sent(now_ms, grid, homes[BY_CODE[0]].building, people[LEADER].id)]


def _code(of: str) -> str:
    """What stands on a notice board of the demo, the same whenever the same demo is made."""
    number = int.from_bytes(hashlib.sha256(of.encode()).digest(), "big")
    return "".join(ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(CODE_CHARS))


def _sent(now_ms: int, grid: str, building: str, leader: str) -> list[Draft]:
    """What a resident sent by such a code, with the receipt that the demo's pictures show."""
    id_, receipted = (made_from(now_ms, "demo", f"{kind} {BY_CODE[1]}") for kind in ("whistle.raised", "receipted"))
    said = {"title": BY_CODE[1], "text": BY_CODE[1], "occurred_at_ms": now_ms, "kind": "service", "channel": "resident"}
    said |= {"building": building, "first_owner": leader}
    receipt = {"hash": hashlib.sha256(RECEIPT.encode()).hexdigest()}
    raised = Draft("whistle.raised", id_, grid, NOBODY, said, id=id_)
    return [raised, Draft("whistle.receipted", id_, grid, NOBODY, receipt, id=receipted)]


def _asked(grid: str) -> Any:
    """The newest visit of each home at which something was asked."""
    visit = schema.visit.c
    return (
        select(visit.household, visit.id).where(visit.grid == grid, visit.asks != "{}").order_by(visit.occurred_at_ms)
    )

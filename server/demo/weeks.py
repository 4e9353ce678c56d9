"""The weeks before the demo's first day: its whistles, step by step, in the journal at the hour at which each came."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.demo.place import OTHERS, PLOTS
from server.demo.whistles import DEPARTMENTS, WAYS, Blown, blown
from server.identity import made_from
from server.journal import Draft
from server.localtime import day_before, day_start_ms

MINUTE_MS = 60_000
BLOWN_MIN = 8 * 60 + 40
"""No whistle is blown earlier in its day, and none an hour and a half later."""
DISPATCHER = next(name for role, name in OTHERS if role == "dispatcher")
BY_DEPARTMENT = ("accepted", "returned", "in_progress", "suspended", "extended", "resolved")
BY_GRID = ("self_resolved", "revisit", "reopened")
NOTES = {
    "self_resolved": "去看了，当场弄好了。",
    "returned": "不归我们管，请派给交警。",
    "suspended": "要等配件到。",
    "extended": "要再约一次两家人。",
    "resolved": "处理好了，拍了照片。",
    "reopened": "过去看还是老样子。",
    "invalid": "没找到说的地方。",
}

Came = tuple[int, Draft]


async def weeks(db: AsyncConnection, today: str, utc_offset_min: int, seed: int) -> list[Came]:
    """Each edit with the moment at which it came, the earliest first; none of today or later."""
    grids = {row.name: row.id for row in await db.execute(select(schema.grid))}
    people = {row.name: row.id for row in await db.execute(select(schema.person))}
    departments = {row.name: row.id for row in await db.execute(select(schema.department))}
    found = await db.execute(select(schema.building.c.id, schema.building.c.grid, schema.building.c.name))
    buildings = {(row.grid, row.name): row.id for row in found}
    midnight_ms = day_start_ms(today, utc_offset_min)
    made: list[Came] = []
    earlier: dict[str, str] = {}
    for number, each in enumerate(sorted(blown(seed), key=lambda each: -each.days_ago)):
        grid = grids[each.grid]
        day_ms = day_start_ms(day_before(today, each.days_ago), utc_offset_min)
        one = _One(each, number, grid, people, departments, day_ms)
        steps = one.steps(buildings.get((grid, each.building)), earlier.get(grid))
        earlier[grid] = one.whistle
        made += [(ms, draft) for ms, draft in steps if ms < midnight_ms]
    return sorted(made, key=lambda each: (each[0], each[1].id))


class _One:
    """One whistle's edits."""

    def __init__(
        self, each: Blown, number: int, grid: str, people: dict[str, str], departments: dict[str, str], day_ms: int
    ) -> None:
        self.each, self.grid, self.people, self.departments, self.day_ms = each, grid, people, departments, day_ms
        self.blown_ms = day_ms + (BLOWN_MIN + number * 37 % 90) * MINUTE_MS
        self.whistle = self.last = made_from(self.blown_ms, "demo", f"whistle {number}")
        self.worker = next(plot.worker for plot in PLOTS if plot.name == each.grid)
        self.department, self.handler = next((name, hand) for name, hand, of in DEPARTMENTS if each.category in of)

    def steps(self, building: str | None, earlier: str | None) -> list[Came]:
        """It is blown, and goes its way; merged it is with the one before it, where there is one."""
        each = self.each
        body: dict[str, Any] = {"title": each.title, "occurred_at_ms": self.blown_ms, "category": each.category}
        body |= {"urgency": each.urgency, **({"building": building} if building else {"place": each.place})}
        made = [(self.blown_ms, self._draft("whistle.raised", self.worker, body, self.whistle))]
        way = "invalid" if each.way == "merged" and earlier is None else each.way
        for days, hour, to in WAYS.get(way, ()):
            hours, minutes = hour.split(":")
            ms = self.day_ms + ((days * 24 + int(hours)) * 60 + int(minutes)) * MINUTE_MS
            state, _, rating = to.partition(" ")
            made.append((ms, self._step(ms, state, rating, earlier)))
        return made

    def _step(self, ms: int, to: str, rating: str, dup_of: str | None) -> Draft:
        id_ = made_from(ms, "demo", f"{self.whistle} {to}")
        if to == "dispatched":
            department, each = self.departments[self.department], self.each
            body: dict[str, Any] = {"department": department, "level": each.level, "urgency": each.urgency}
            return self._draft("whistle.dispatched", DISPATCHER, {**body, "category": each.category}, id_)
        body = {"to": to, **({"note": NOTES[to]} if to in NOTES else {}), **({"rating": rating} if rating else {})}
        body |= {"dup_of": dup_of} if to == "merged" else {}
        by = self.handler if to in BY_DEPARTMENT else self.worker if to in BY_GRID else DISPATCHER
        return self._draft("whistle.moved", by, body, id_)

    def _draft(self, kind: str, by: str, body: dict[str, Any], id_: str) -> Draft:
        over = {} if id_ == self.whistle else {"step": [self.last]}
        self.last = id_
        return Draft(kind, self.whistle, self.grid, self.people[by], body, over, id=id_)

"""Pictures of whistles as templates draw them: where each mark stands, what it says, and which whistles lie behind it.

Lengths are units of a drawing 364 wide, which is what a phone has room for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import RowMapping

from server.localtime import DAY_MS
from server.views.common import building_called
from server.views.whistles import OVER
from server.whistles.asked_of_pictures import SORTS, Asked
from server.whistles.counting import (
    LEVELS,
    NOWHERE,
    OPEN,
    RATES,
    Case,
    Figure,
    behind,
    how_many,
    percent,
    waiting,
)  # fmt: skip
from server.whistles.told import WAITS

NODE_H, ROW_H = 54, 70
LEFT_W, RIGHT_X, NODE_W = 176, 196, 156
"""States on their way and those beside it, which are a little narrower."""
HEAD, ROUND = 6, 7
MAIN = ("reported", "responded", "dispatched", "accepted", "in_progress", "resolved", "verifying", "revisit", "closed")
"""The way of a whistle from top to bottom; what leaves it stands beside."""
BESIDE = {"self_resolved": 0, "returned": 2, "extended": 3, "suspended": 4, "reopened": 6}
MINUTE_MS, HOUR_MS = 60_000, 3_600_000
FLOW_H = len(MAIN) * ROW_H - (ROW_H - NODE_H)
HOURS_UNTIL = 48
"""Until so many hours are over, hours are told; then days."""
TRACK_W = 176
BAR_X, BAR_W = 68, 260
NUMBER_W = 16
"""A part of a bar narrower than this has no room for its number."""
HEAT_W = 364

Shown = dict[str, Any]
Leads = Callable[[Figure, Asked], str]
"""The address of the whistles behind a figure."""


def way() -> Shown:
    """The lines between the states: on, and dashed where something goes back; with the heads of both."""
    middle, gutter, top = LEFT_W // 2, LEFT_W + 10, RIGHT_X + (NODE_W // 2)
    on, heads = "", ""
    for at in range(len(MAIN) - 1):
        below = (at + 1) * ROW_H
        on += f"M{middle} {below - ROW_H + NODE_H}V{below - HEAD}"
        heads += _head(middle, below, "down")
    for state, at in BESIDE.items():
        y = at * ROW_H + NODE_H // 2
        if state == "extended":
            # Both that stand beside what is being done lead there again.
            on += f"M{LEFT_W} {(at + 1) * ROW_H + 12}H{gutter}V{y}H{RIGHT_X}"
            heads += _head(LEFT_W, (at + 1) * ROW_H + 12, "left")
        else:
            on += f"M{LEFT_W} {y}H{RIGHT_X}"
        heads += _head(RIGHT_X, y, "right") + (_head(LEFT_W, y, "left") if state == "suspended" else "")
    asked = MAIN.index("revisit") * ROW_H + NODE_H // 2
    on += f"M{LEFT_W} {asked}H{gutter}V{BESIDE['reopened'] * ROW_H + NODE_H // 2}"
    back, again = MAIN.index("responded") * ROW_H + NODE_H // 2, BESIDE["reopened"] * ROW_H + NODE_H // 2
    sent, edge, into = MAIN.index("dispatched") * ROW_H, RIGHT_X + NODE_W, middle + 40
    dashed = f"M{top} {BESIDE['returned'] * ROW_H}V{back}H{LEFT_W + HEAD}"
    dashed += f"M{edge} {again}H{edge + 6}V{sent - 8}H{into}V{sent - HEAD}"
    heads += _head(LEFT_W, back, "left") + _head(into, sent, "down")
    return {"on": on, "again": dashed, "heads": heads, "height": FLOW_H, "node": NODE_H}


def _head(x: int, y: int, to: str) -> str:
    """The head of an arrow whose point is here."""
    return {
        "down": f"M{x} {y}l-4-{HEAD}h8z",
        "left": f"M{x} {y}l{HEAD}-4v8z",
        "right": f"M{x} {y}l-{HEAD}-4v8z",
    }[to]


class Drawing:
    """All pictures of the same whistles, of the same days."""

    def __init__(self, cases: Collection[Case], asked: Asked, utc_offset_min: int, leads: Leads) -> None:
        self.cases, self.asked, self.offset, self.leads = cases, asked, utc_offset_min, leads
        self.span = asked.span(utc_offset_min)
        self.of_state: dict[str, list[Case]] = defaultdict(list)
        self.of_department: dict[str, list[Case]] = defaultdict(list)
        for case in cases:
            self.of_state[case.state].append(case)
            self.of_department[case.department or ""].append(case)
        self.ended = [case for case in cases if case.ended_ms is not None]

    def figure(self, of: str, asked: Asked | None = None, **more: Any) -> Shown:
        """A number with the address of what it counts."""
        figure, asked = Figure(of, **more), asked or self.asked
        n = how_many(figure, self._among(figure), asked.span(self.offset))
        return {"n": n, "href": self.leads(figure, asked)}

    def _among(self, figure: Figure) -> Collection[Case]:
        """Where those that a figure counts are found, so that not all are asked each time."""
        if figure.state:
            return self.of_state[figure.state]
        if figure.department:
            return self.of_department[figure.department]
        return self.ended if figure.of == "ended" else self.cases

    def flow(self, now_ms: int) -> list[Shown]:
        """How many are in each state now, and how long; what is over in these days without it."""
        return [self._node(state, now_ms) for state in (*OPEN, *OVER)]

    def rates(self, departments: Collection[RowMapping]) -> list[Shown]:
        """Each department with what it was given and its rates; all of them together first, where there are several."""
        ids = [(each["id"], each["name"]) for each in departments]
        return [self._department(*each) for each in ([("", None), *ids] if len(ids) > 1 else ids)]

    def levels(self) -> list[Shown]:
        """What was closed in each month, by how high it had to go."""
        return [self._month(month) for month in self.asked.months()]

    def heat(self, places: Sequence[RowMapping], buildings: Sequence[dict[str, Any]]) -> list[Shown]:
        """For each grid its buildings with what was raised there, by category; those that had none are left out."""
        raised = behind(Figure("raised"), self.cases, self.span)
        at = Counter((case.grid, case.building or NOWHERE, case.category or NOWHERE) for case in raised)
        whole = Counter((case.grid, case.building or NOWHERE) for case in raised)
        most = max(whole.values(), default=1)
        shown = []
        for place in places:
            here = [building for building in buildings if whole[place["id"], building["id"]]]
            named = [(building["id"], building_called(building, here)) for building in here]
            ids = [*named, *([(NOWHERE, None)] if whole[place["id"], NOWHERE] else [])]
            rows = [self._building(place["id"], id_, name, at, most) for id_, name in ids]
            if rows:
                shown.append({"name": place["name"], "community": place["community_name"], "buildings": rows})
        return shown

    def _node(self, state: str, now_ms: int) -> Shown:
        waits = waiting(state, self.of_state[state], self.span, now_ms)
        late = self.figure("overdue", state=state) if state in OPEN else None
        node = {
            "state": state,
            "open": state in OPEN,
            "late": late,
            "waits": WAITS.get(state, ""),
            **self.figure("state", state=state),
        }
        if state in OPEN and waits.n:
            node |= {"median": lasting(waits.median_ms), "longest": lasting(waits.longest_ms)}
        return node | _placed(state)

    def _department(self, id_: str, name: str | None) -> Shown:
        rates = []
        for at, (rate, pair) in enumerate(RATES.items()):
            n, of = (self.figure(each, department=id_) for each in pair)
            share = percent(n["n"], of["n"]) if of["n"] else None
            width = round(TRACK_W * n["n"] / of["n"], 1) if of["n"] else 0
            named = {"rate": rate, "of_n": pair[0], "of_of": pair[1]}
            rates.append({**named, "n": n, "of": of, "share": share, "width": width, "y": at * 30})
        return {"name": name, "given": self.figure("given", department=id_), "rates": rates}

    def _month(self, month: str) -> Shown:
        asked, x, parts = self.asked.alone(month), float(BAR_X), []
        whole = self.figure("ended", asked)
        for level in LEVELS:
            part = self.figure("ended", asked, level=level)
            width = round(BAR_W * part["n"] / whole["n"], 1) if whole["n"] else 0.0
            parts.append({"level": level, **part, **_part(x, width)})
            x += width
        shares = [
            percent(sum(each["n"] for each in parts[:upto]), whole["n"]) if whole["n"] else None for upto in (1, 2)
        ]
        return {"told": month_told(month), "parts": parts, "small": shares[0], "near": shares[1], **whole}

    def _building(self, grid: str, id_: str, name: str | None, at: Counter[tuple[str, str, str]], most: int) -> Shown:
        here, x, parts = replace(self.asked, grid=grid), 0.0, []
        for category in SORTS:
            n = at[grid, id_, category]
            if n:
                width = round(HEAT_W * n / most, 1)
                href = self.leads(Figure("raised", building=id_), replace(here, category=category))
                parts.append({"category": category.lower(), "n": n, "href": href, **_part(x, width)})
                x += width
        href = self.leads(Figure("raised", building=id_), here)
        return {"name": name, "parts": parts, "n": sum(part["n"] for part in parts), "href": href}


def month_told(month: str) -> Shown:
    """A month as words name it; `id` as addresses do."""
    return {"id": month, "year": month[:4], "month": str(int(month[5:]))}


def share_of(part: Shown, whole: Shown) -> Shown:
    """A figure with its share of another."""
    return {**part, "share": percent(part["n"], whole["n"]) if whole["n"] else None}


def _part(x: float, width: float) -> Shown:
    """A part of a bar: where it stands, and whether its number has room in it."""
    return {"x": round(x, 1), "width": width, "middle": round(x + width / 2, 1), "told": width >= NUMBER_W}


def lasting(ms: int) -> Shown:
    """A stretch of time as people tell it: minutes, then hours, then days; what has begun is not counted."""
    if ms < HOUR_MS:
        return {"unit": "minutes", "n": ms // MINUTE_MS}
    hours = ms // HOUR_MS
    return {"unit": "days", "n": ms // DAY_MS} if hours >= HOURS_UNTIL else {"unit": "hours", "n": hours}


def _placed(state: str) -> Shown:
    """Where a state stands in the drawing; what is no matter of its own stands in the table alone."""
    if state in MAIN:
        x, y, width = 0, MAIN.index(state) * ROW_H, LEFT_W
    elif state in BESIDE:
        x, y, width = RIGHT_X, BESIDE[state] * ROW_H, NODE_W
    else:
        return {"drawn": False}
    # A door: round at the top and square at the floor.
    floor, across = y + NODE_H, width - 2 * ROUND
    d = f"M{x} {floor}V{y + ROUND}q0-{ROUND} {ROUND}-{ROUND}h{across}q{ROUND} 0 {ROUND} {ROUND}V{floor}z"
    return {"drawn": True, "x": x, "y": y, "width": width, "d": d}

"""Pictures of visits as templates draw them: where each mark stands, how high it is, and which visits lie behind it.

Lengths are units of a drawing 364 wide, which is what a phone has room for; no mark is narrower than a finger needs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from math import sqrt
from typing import Any

from server.localtime import day_before
from server.views.common import ASKS
from server.views.doors_at import STEP_DAYS, unpainted
from server.visits.filters import ANSWERED, HOURS, MODES, UNTOLD, Filters
from server.visits.tallies import Answered, Row
from server.visits.weeks import Weeks

WIDTH = 364
DOOR_W, DOOR_H, ROUND = 24, 44, 5
WEEK_W, BAND_W = 28, 30
BAR_H, FLOOR, BAR_GAP = 44, 58, 3
DOT_R_MIN, DOT_R_MAX = 2.0, 13.5
NIGHT = (6 // 2 * BAND_W, 18 // 2 * BAND_W)
"""Where the morning ends the night, and where the evening begins it."""
MARKED = (0, 4, 8)
"""The weeks whose first day stands below."""

Shown = dict[str, Any]
Behind = Callable[[Filters], str]
"""The address of the visits that answer these questions."""


def coverage(building: Row, homes: Collection[Row], met: Answered, weeks: Weeks, behind: Behind) -> Shown:
    """One building: a door a week, painted as high as somebody had answered in its homes within 30, 60 and 90 days."""
    among = frozenset(home["id"] for home in homes if _takes_paint(home))
    marks: list[Shown] = []
    paths = dict.fromkeys(("bare", "a3", "a2", "a1"), "")
    for at, (first, last) in enumerate(weeks.spans):
        x = at * WEEK_W + (WEEK_W - DOOR_W) // 2
        ages = met.ages(building["id"], last, among)
        steps = [_step(building["id"], last, days, ages, met, behind) for days in STEP_DAYS]
        paths["bare"] += door_path(x, DOOR_H)
        for name, step in zip(("a1", "a2", "a3"), steps, strict=True):
            paths[name] += door_path(x, DOOR_H * step["homes"] / len(among)) if step["homes"] else ""
        marks.append({"x": at * WEEK_W, "first": first, "last": last, "steps": steps, **steps[-1]})
    return {"marks": marks, "n": len(among), "now": marks[-1]["steps"], "days": days_below(weeks), **paths}


def _step(building: str, last: str, days: int, ages: list[int], met: Answered, behind: Behind) -> Shown:
    """How many homes somebody had answered in within so many days, by which visits."""
    first = day_before(last, days)
    return {
        "days": days,
        "homes": sum(age <= days for age in ages),
        "visits": met.visits(building, first, last),
        "href": behind(Filters(building=building, result=ANSWERED, first=first, last=last)),
    }


def _takes_paint(home: Row) -> bool:
    heads = [{"value": home["occupancy"]}] if home["occupancy"] else []
    return unpainted({"kind": home["kind"], "facts": {"occupancy": heads}}) is None


def door_path(x: float, height: float) -> str:
    """A door painted so high from the floor; its corners are round only at the very top."""
    top, corner = DOOR_H - height, max(0.0, ROUND - (DOOR_H - height))
    shoulder = min(corner, height)
    return (
        f"M{x} {DOOR_H}V{top + shoulder:.4g}q0 {-shoulder:.4g} {shoulder:.4g} {-shoulder:.4g}"
        f"h{DOOR_W - 2 * shoulder:.4g}q{shoulder:.4g} 0 {shoulder:.4g} {shoulder:.4g}V{DOOR_H}z"
    )


def hours(counts: Mapping[tuple[str, str], int], weeks: Weeks, grid: str, behind: Behind) -> Shown:
    """A row a kind of visit, a dot every two hours, all dots by one measure; and what has no hour."""
    days = {"grid": grid, "first": weeks.first, "last": weeks.last}
    highest = max((n for (_, band), n in counts.items() if band != UNTOLD), default=0)
    rows: list[Shown] = []
    for mode in MODES:
        asked = {band: behind(Filters(mode=mode, hours=band, **days)) for band in HOURS}
        marks = [_dot(at, counts.get((mode, band), 0), highest, asked[band]) for at, band in enumerate(HOURS)]
        for mark, band in zip(marks, HOURS, strict=True):
            mark["start"], mark["end"] = band.split("-")
        n = sum(count for (each, _), count in counts.items() if each == mode)
        rows.append({"name": mode, "n": n, "href": behind(Filters(mode=mode, **days)), "marks": marks})
    untold = sum(n for (_, band), n in counts.items() if band == UNTOLD)
    all_n = sum(row["n"] for row in rows)
    return {
        "rows": rows,
        "n": all_n,
        "href": behind(Filters(**days)),
        "untold": {"n": untold, "href": behind(Filters(hours=UNTOLD, **days))},
        "night": NIGHT,
        "labels": [{"x": hour // 2 * BAND_W, "hour": str(hour)} for hour in (0, 6, 12, 18, 24)],
    }


def asks(counts: Mapping[tuple[str, int], int], weeks: Weeks, grid: str, behind: Behind) -> Shown:
    """A row for each of the four asks, a bar a week, all rows by one measure."""
    highest = max(counts.values(), default=0)
    rows: list[Shown] = []
    for ask in ASKS:
        marks = []
        for at, (first, last) in enumerate(weeks.spans):
            href = behind(Filters(ask=ask, grid=grid, first=first, last=last))
            marks.append({**_bar(at, counts.get((ask, at), 0), highest, href), "first": first, "last": last})
        n = sum(mark["n"] for mark in marks)
        href = behind(Filters(ask=ask, grid=grid, first=weeks.first, last=weeks.last))
        rows.append({"name": ask, "n": n, "href": href, "marks": marks})
    return {"rows": rows, "n": sum(row["n"] for row in rows), "days": days_below(weeks)}


def _dot(at: int, n: int, highest: int, href: str) -> Shown:
    """A dot with as much paint as it has visits: few beside many are seen as well."""
    r = max(DOT_R_MIN, round(DOT_R_MAX * sqrt(n / highest), 1)) if n else 0
    return {"x": at * BAND_W, "middle": at * BAND_W + BAND_W // 2, "n": n, "r": r, "href": href}


def _bar(at: int, n: int, highest: int, href: str) -> Shown:
    """A bar as high as it has visits, and no lower than can be seen where it has one."""
    height = max(2, round(n * BAR_H / highest)) if n else 0
    left, right, top, corner = at * WEEK_W + BAR_GAP, (at + 1) * WEEK_W - BAR_GAP, FLOOR - height, min(3, height)
    d = f"M{left} {FLOOR}V{top + corner}q0-{corner} {corner}-{corner}"
    d += f"H{right - corner}q{corner} 0 {corner} {corner}V{FLOOR}z"
    return {"x": at * WEEK_W, "middle": at * WEEK_W + WEEK_W // 2, "n": n, "top": top, "d": d, "href": href}


def days_below(weeks: Weeks) -> list[Shown]:
    """The days below a row of weeks: where some of them begin, and where the last one ends."""
    begins = [{"day": weeks.spans[at][0], "x": at * WEEK_W + 2, "end": False} for at in MARKED]
    return [*begins, {"day": weeks.last, "x": WIDTH - 2, "end": True}]

"""The picture of care: a door a week, painted as high as pairs were looked in on in time; by place, never by who."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import RowMapping

from server.care_then import Looks, stood
from server.visits.drawn import DOOR_H, DOOR_W, WEEK_W, days_below, door_path
from server.visits.weeks import Weeks

Shown = dict[str, Any]


def strips(
    grids: Collection[RowMapping], pairs: Collection[RowMapping], looks: Looks, weeks: Weeks, offset: int, asked: str
) -> list[Shown]:
    """A strip of all places together where there are several, then one of each that ever had a pair. `asked`: the one
    grid that was chosen, if one was."""
    days = {last: {pair["id"]: stood(pair, looks, last, offset) for pair in pairs} for _, last in weeks.spans}
    all_ids = [pair["id"] for pair in pairs]
    together = [_strip(None, asked, all_ids, days, weeks)] if len(grids) > 1 else []
    each = [
        _strip(grid["name"], grid["id"], [pair["id"] for pair in pairs if pair["grid"] == grid["id"]], days, weeks)
        for grid in grids
    ]
    return [strip for strip in [*together, *each] if strip["any"]]


def _strip(
    name: str | None, grid: str, ids: Iterable[str], days: Mapping[str, Mapping[str, Any]], weeks: Weeks
) -> Shown:
    """`name`: the grid's; None for all of them."""
    marks, bare, painted, ids = [], "", "", list(ids)
    for at, (_, last) in enumerate(weeks.spans):
        told = [then for each in ids if (then := days[last][each]) is not None]
        n, met = len(told), sum(then["due"] is None for then in told)
        x = at * WEEK_W + (WEEK_W - DOOR_W) // 2
        bare += door_path(x, DOOR_H) if n else ""
        painted += door_path(x, DOOR_H * met / n) if met else ""
        href = "/desk/care?" + urlencode({**({"grid": grid} if grid else {}), "on": last})
        marks.append(
            {"x": at * WEEK_W, "middle": at * WEEK_W + WEEK_W // 2, "last": last, "n": n, "met": met, "late": n - met,
             "href": href}
        )  # fmt: skip
    any_ = any(mark["n"] for mark in marks)
    return {"name": name, "marks": marks, "bare": bare, "a1": painted, "now": marks[-1], "any": any_,
            "days": days_below(weeks)}  # fmt: skip

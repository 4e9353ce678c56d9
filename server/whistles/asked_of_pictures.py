"""What a reader of pictures asks for: from which month to which, where, what about; and which figure they opened."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from sqlalchemy import RowMapping

from server.localtime import day_start_ms
from server.monthly import months_until
from server.views.whistles import CATEGORIES, OVER
from server.whistles.counting import FIGURES, LEVELS, NOWHERE, OPEN, Figure, Span

MONTHS = 12
"""How far back can be looked."""
AT_FIRST = 6
"""Months that stand there when nobody asked for others."""
SORTS = (*CATEGORIES, NOWHERE)


@dataclass(frozen=True)
class Asked:
    """From the beginning of one month (YYYY-MM) to the end of another; what is empty is everything."""

    first: str
    last: str
    community: str = ""
    grid: str = ""
    category: str = ""

    def months(self) -> list[str]:
        """Every month of it, the oldest first."""
        first, last = (int(month[:4]) * 12 + int(month[5:]) for month in (self.first, self.last))
        return [each[:7] for each in months_until(f"{self.last}-01", last - first + 1)]

    def span(self, utc_offset_min: int) -> Span:
        """The same as moments."""
        after = (date.fromisoformat(f"{self.last}-01") + timedelta(days=31)).replace(day=1).isoformat()
        return Span(day_start_ms(f"{self.first}-01", utc_offset_min), day_start_ms(after, utc_offset_min))

    def alone(self, month: str) -> Asked:
        """The same of one month."""
        return replace(self, first=month, last=month)

    def address(self, **more: str) -> str:
        """As an address asks for it."""
        asked = {"from": self.first, "until": self.last, "community": self.community, "grid": self.grid}
        asked |= {"category": self.category, **more}
        return urlencode({name: value for name, value in asked.items() if value})


def months_offered(today: str) -> list[str]:
    """The months that can be chosen, the oldest first."""
    return [each[:7] for each in months_until(today, MONTHS)]


def read_asked(params: Mapping[str, str], today: str, places: Collection[RowMapping]) -> Asked:
    """What an address asks for; what it asks for that is not there, or not theirs, is not asked. `places`: the grids
    that are the reader's."""
    months = months_offered(today)
    chosen = [month if month in months else "" for month in (params.get("from", ""), params.get("until", ""))]
    first, last = chosen[0] or months[-AT_FIRST], chosen[1] or months[-1]
    community, grid, category = (params.get(name, "") for name in ("community", "grid", "category"))
    community = community if any(place["community"] == community for place in places) else ""
    ours = {place["id"] for place in places if community in ("", place["community"])}
    grid, category = grid if grid in ours else "", category if category in SORTS else ""
    return Asked(min(first, last), max(first, last), community, grid, category)


def read_figure(params: Mapping[str, str]) -> Figure | None:
    """The figure that an address opens; None where there is no such."""
    of, state, level = (params.get(name, "") for name in ("of", "state", "level"))
    if of not in FIGURES or (state and state not in (*OPEN, *OVER)) or (level and level not in map(str, LEVELS)):
        return None
    return Figure(of, state, params.get("department", ""), int(level or 0), params.get("building", ""))

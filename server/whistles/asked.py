"""Which whistles somebody asks the queue for: whose turn, of which department, category, state and grid, how late."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from server.views.whistles import CATEGORIES
from server.whistles.told import WAITS

SHOWS = ("mine", "open", "not", "over")
PAST = ("not", "over")
"""These stand with the newest first, whatever became of them."""
STATES = tuple(WAITS)
_ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_AFTER = re.compile(rf"([0-9]{{1,16}})\.({_ID.pattern})")


class Asked(NamedTuple):
    """Empty where it is not narrowed. `after`: the line (its time and id) behind which a page begins."""

    show: str = "mine"
    department: str = ""
    category: str = ""
    state: str = ""
    grid: str = ""
    overdue: bool = False
    after: tuple[int, str] | None = None

    @property
    def narrowed(self) -> bool:
        """Whether anything but whose turn it is was asked for."""
        return self._replace(show="mine", after=None) != Asked()

    def query(self, **more: str) -> str:
        """As an address says it, without what is not asked."""
        said = {"show": "" if self.show == "mine" else self.show, "overdue": "1" if self.overdue else ""}
        said |= {name: getattr(self, name) for name in ("department", "category", "state", "grid")}
        said |= {"after": f"{self.after[0]}.{self.after[1]}" if self.after else "", **more}
        return urlencode({name: value for name, value in said.items() if value})


def read_asked(params: Mapping[str, str]) -> Asked:
    """What an address or a form asks for; what is none of it is left out."""
    show, category, state = params.get("show", ""), params.get("category", ""), params.get("state", "")
    after = _AFTER.fullmatch(params.get("after", ""))
    return Asked(
        show if show in SHOWS else "mine",
        _id(params.get("department", "")),
        category if category in CATEGORIES else "",
        state if state in STATES and show not in PAST else "",
        _id(params.get("grid", "")),
        params.get("overdue", "") == "1" and show not in PAST,
        (int(after[1]), after[2]) if after else None,
    )


def _id(text: str) -> str:
    return text if _ID.fullmatch(text) else ""

"""What pictures of whistles count: each figure is a question asked of one whistle, and what lies behind it answers.

Pure: times are those of receipt, whether one was in time is what its clock said, and what time it is, is an argument.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from sqlalchemy import RowMapping

from server.clocks import Calendar, Clock, Reading, read_clock, stage_limit
from server.views.whistles import OVER, WAYS

OPEN = tuple(state for state in WAYS if state not in OVER)
"""States in which somebody is waited for, in the order of a whistle's way."""
VOID = ("merged", "invalid", "withdrawn")
"""No matter of its own, or none at all."""
LEVELS = (1, 2, 3, 4)
NEAR = 2
"""What is closed up to here never left the community."""
NOWHERE = "none"
"""Instead of a building: what lies in none; instead of a category: what nobody has sorted."""
RATES = {
    "on_time": ("timely", "decided"),
    "response": ("answered", "asked"),
    "completion": ("confirmed", "judged"),
    "satisfaction": ("satisfied", "rated"),
}
"""A department's rates, each as two figures: how many, of how many."""


class Span(NamedTuple):
    """A stretch of time, its end outside."""

    start_ms: int
    end_ms: int

    def holds(self, at_ms: int | None) -> bool:
        """Whether a moment lies in it."""
        return at_ms is not None and self.start_ms <= at_ms < self.end_ms


@dataclass(frozen=True)
class Case:
    """A whistle as figures need it. `ended_ms`: when it was done for good; `due`: what its clock says; `answered`:
    whether the department took it up or gave it back in time, None while it still may, or never has to; `redone`: the
    department that has it said it was done, and it was not."""

    id: str
    grid: str
    building: str | None
    category: str | None
    level: int
    state: str
    department: str | None
    rating: str | None
    received_ms: int
    stepped_ms: int
    dispatched_ms: int | None
    ended_ms: int | None
    due: str | None
    answered: bool | None
    redone: bool


@dataclass(frozen=True)
class Figure:
    """What is counted: `of` names the question, the rest says of what it is asked; what is empty is not asked."""

    of: str
    state: str = ""
    department: str = ""
    level: int = 0
    building: str = ""

    def address(self) -> dict[str, str]:
        """As an address says it."""
        return {name: str(value) for name, value in vars(self).items() if value}


def case_of(row: RowMapping, due: Reading | None, calendar: Calendar, now_ms: int) -> Case:
    """`row`: of the table; `due`: how its clock stands."""
    level = row["level"]
    ended = row["resolved_ms"] if row["state"] == "self_resolved" or level == 1 else row["closed_ms"]
    same = ("id", "grid", "building", "category", "level", "state", "department", "rating")
    times = ("received_ms", "stepped_ms", "dispatched_ms")
    return Case(
        **{name: row[name] for name in (*same, *times)},
        ended_ms=ended if row["state"] in ("self_resolved", "closed") else None,
        due=due.state if due is not None else None,
        answered=_answered(row, calendar, now_ms),
        redone=_redone(row),
    )


def counts(figure: Figure, case: Case, span: Span) -> bool:
    """Whether a whistle is one of those that a figure counts in these days. What is open is open now, whenever it
    began; a department has what was sent to it in these days."""
    match figure.of:
        case "state":
            return case.state == figure.state and (case.state in OPEN or span.holds(case.stepped_ms))
        case "open":
            return case.state in OPEN
        case "overdue":
            return case.state in OPEN and case.due == "overdue" and figure.state in ("", case.state)
        case "ended":
            return span.holds(case.ended_ms) and figure.level in (0, case.level)
        case "near":
            return span.holds(case.ended_ms) and case.level <= NEAR
        case "raised":
            where = case.building or NOWHERE
            return span.holds(case.received_ms) and case.state not in VOID and figure.building in ("", where)
    given = case.department is not None and figure.department in ("", case.department)
    return given and span.holds(case.dispatched_ms) and _of_department(figure.of, case)


def _of_department(of: str, case: Case) -> bool:
    match of:
        case "given":
            return True
        case "timely":
            return case.due == "in_time"
        case "decided":
            # Given back, it is the committee's turn: no department is late with it.
            return case.state != "returned" and case.due in ("in_time", "late", "overdue")
        case "answered":
            return case.answered is True
        case "asked":
            return case.answered is not None
        case "confirmed":
            return case.state == "closed"
        case "judged":
            return case.state == "closed" or case.redone
        case "satisfied":
            return case.rating == "satisfied"
        case "rated":
            return case.rating is not None
    return False


FIGURES = (
    "state",
    "open",
    "overdue",
    "ended",
    "near",
    "raised",
    "given",
    *(of for pair in RATES.values() for of in pair),
)
"""Every question there is."""


def behind(figure: Figure, cases: Collection[Case], span: Span) -> list[Case]:
    """Those that a figure counts."""
    return [case for case in cases if counts(figure, case, span)]


def how_many(figure: Figure, cases: Collection[Case], span: Span) -> int:
    """The figure."""
    return len(behind(figure, cases, span))


class Waiting(NamedTuple):
    """How many there are in one state, how long the one in the middle has been there and how long the first."""

    n: int
    median_ms: int
    longest_ms: int


def waiting(state: str, cases: Collection[Case], span: Span, now_ms: int) -> Waiting:
    """Those in a state now."""
    spans = [max(now_ms - case.stepped_ms, 0) for case in behind(Figure("state", state), cases, span)]
    return Waiting(len(spans), int(median(spans)), max(spans)) if spans else Waiting(0, 0, 0)


def percent(n: int, of: int) -> int:
    """A share in whole per cent; none is said to be all, or nothing, that is not."""
    share = (200 * n + of) // (2 * of)
    return min(share, 99) if n < of and share > 0 else max(share, 1) if n else 0


def _answered(row: RowMapping, calendar: Calendar, now_ms: int) -> bool | None:
    if row["dispatched_ms"] is None or row["department"] is None:
        return None
    at_ms = row["accepted_ms"] or (row["stepped_ms"] if row["state"] == "returned" else None)
    if at_ms is None and row["state"] != "dispatched":
        return None
    clock = Clock(row["dispatched_ms"], stage_limit("accept", row["urgency"]))
    return {"in_time": True, "late": False, "overdue": False}.get(read_clock(calendar, clock, now_ms, at_ms).state)


def _redone(row: RowMapping) -> bool:
    """Whether it had to be done again, and by the same department."""
    had = redone = None
    for each in json.loads(row["story"]):
        if "why" in each:
            continue
        if each.get("to") == "dispatched":
            had = each.get("department")
        elif each.get("to") == "reopened":
            redone = had
    return redone is not None and redone == row["department_name"]

"""The rows of a visits ledger (走访台账): one call at one door each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time

from server.imports import values
from server.imports.addresses import Address, grid_key
from server.imports.cells import Line
from server.imports.columns import Unread, joined
from server.imports.dates import clock_of, day_of
from server.imports.layout import Layout
from server.imports.remarks import Remark
from server.imports.words import text

NAME_MAX, TEXT_MAX = 60, 10_000
ASKS = ("difficulty", "need", "idea", "effect")
_NAMES = re.compile(r"[、,，;；/\s]+|和|与")
_ROLE = re.compile(r"[(（].*?[)）]|网格员$")


@dataclass
class Call:
    """One visit as the ledger has it. `clock` is None when only the day is known."""

    row: int
    sheet: str
    grid: str
    address: Address
    day: date
    clock: time | None
    worker: str
    companions: list[str]
    mode: str
    result: str
    text: str = ""
    who_met: str = ""
    asks: dict[str, str] = field(default_factory=dict)
    care: str | None = None
    follow_up_on: str | None = None


class CallReader:
    """Turns lines into calls; `remarks` say what was not understood and what was left out."""

    def __init__(self, layout: Layout, sheet: str, now: datetime) -> None:
        self.layout, self.sheet, self.now = layout, sheet, now
        self.remarks: list[Remark] = []

    def remark(self, level: str, code: str, row: int, **args: str | int) -> None:
        """Keep a remark about a row of this sheet."""
        self.remarks.append(Remark(level, code, row, self.sheet, args))

    def read(self, line: Line) -> Call | None:
        """The call of one row; None, with the reason, when its door, day, worker or result was not understood."""
        parts = {name: line.cell(name) for name in ("address", "quarters", "building", "entrance", "floor", "room")}
        if not any(text(part) for part in parts.values()):
            self.remark("problem", "no_address", line.row)
            return None
        address = joined(**parts)
        if isinstance(address, Unread):
            self.remark("problem", address.code, line.row, **address.args)
            return None
        when = self._when(line)
        if when is None:
            return None
        day, clock = when
        people = [name for name in (_ROLE.sub("", part) for part in _NAMES.split(line.line("worker"))) if name]
        people = people or ([self.layout.worker] if self.layout.worker else [])
        if not people:
            self.remark("problem", "no_worker", line.row)
            return None
        words = "；".join(dict.fromkeys(said for name in ("text", "note") if (said := self._free(line, name))))
        came = values.result(line.cell("result")) if line.has("result") else None
        if came is None and not line.has("result") and words:
            came = values.result_in_words(words)
        if came is None:
            code = "result" if line.has("result") else "no_result"
            self.remark("problem", code, line.row, value=line.line("result")[:30])
            return None
        grid = grid_key(line.cell("grid")) if line.has("grid") else address.grid or self.layout.grid
        return Call(
            row=line.row,
            sheet=self.sheet,
            grid=grid,
            address=address,
            day=day,
            clock=clock,
            worker=people[0][:NAME_MAX],
            companions=self._companions(line, people[1:]),
            mode=self._mode(line, day, clock),
            result=came,
            text=words[:TEXT_MAX],
            who_met=line.line("who_met")[:NAME_MAX] if came == "met" else "",
            asks={ask: words for ask in ASKS if (words := self._free(line, ask))},
            care=values.care(line.cell("care")) if line.has("care") else None,
            follow_up_on=self._follow_up(line, day),
        )

    def _when(self, line: Line) -> tuple[date, time | None] | None:
        if not line.has("date"):
            self.remark("problem", "no_date", line.row)
            return None
        day = day_of(line.cell("date"), self.layout.near)
        said = line.line("date")[:30]
        if day is None:
            short = re.fullmatch(r"\d{1,2}[-./月]\d{1,2}(?:日|号)?.*|\d{1,2}(?:日|号)", said)
            self.remark("problem", "date_without_year" if short else "date", line.row, value=said)
            return None
        clock = clock_of(line.cell("clock")) if line.has("clock") else clock_of(line.cell("date"))
        future = day > self.now.date() or (day == self.now.date() and clock is not None and clock > self.now.time())
        if future:
            self.remark("problem", "date_in_future", line.row, value=said)
            return None
        if day.year < 2000:
            self.remark("problem", "date", line.row, value=said)
            return None
        return day, clock

    def _mode(self, line: Line, day: date, clock: time | None) -> str:
        """As written, else from the day and the hour, as the phone would have chosen."""
        if line.has("mode"):
            said = values.mode(line.cell("mode"))
            if said:
                return said
            self.remark("note", "mode", line.row, value=line.line("mode")[:30])
        if clock is not None and clock.hour >= 18:
            return "night"
        return "weekend" if day.weekday() >= 5 else "door"

    def _free(self, line: Line, name: str) -> str:
        words, taken = values.masked(line.words(name))
        for kind in taken:
            self.remark("privacy", f"masked_{kind}", line.row)
        return words

    def _companions(self, line: Line, others: list[str]) -> list[str]:
        named = [name[:NAME_MAX] for name in _NAMES.split(line.line("companions")) if name and name not in {"无", "-"}]
        return list(dict.fromkeys([*[name[:NAME_MAX] for name in others], *named]))[:20]

    def _follow_up(self, line: Line, day: date) -> str | None:
        if not line.has("follow_up"):
            return None
        on = day_of(line.cell("follow_up"), self.layout.near)
        if on is None or on < day:
            self.remark("note", "follow_up", line.row, value=line.line("follow_up")[:30])
            return None
        return on.isoformat()

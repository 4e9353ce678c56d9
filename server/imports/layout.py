"""Where a sheet's headings are, what its columns hold, and what its title says of place and time."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from server.imports.addresses import grid_key
from server.imports.dates import Around, around
from server.imports.headings import field_of, named_together
from server.imports.reading import Sheet
from server.imports.words import Cell, key, text

HEADER_WITHIN = 30
_PLACE = {"building", "room", "address"}
_VISIT_SIGNS = {"result", "text", "worker", "difficulty", "need", "idea", "effect"}
_UNREMARKABLE = re.compile(r"^(?:序号|编号|NO|行号|№)$")
_WORKER = re.compile(r"(?:网格员|走访人|记录人|走访人员)\s*[:：]\s*([一-鿿]{2,4})")
_GRID = re.compile(r"第?[\d零〇一二三四五六七八九十]+网格")


@dataclass(frozen=True)
class Layout:
    """How to read one sheet. Rows and columns count from 0; `first` is the row below the headings.

    `headings` are the columns understood, as
    (field, heading); `dropped` those that must not come in, as (kind, heading); `ignored` those we have no place for,
    `serials` those that number the rows.
    """

    kind: str
    first: int
    columns: dict[str, list[int]]
    headings: list[tuple[str, str]] = field(default_factory=list)
    dropped: list[tuple[str, str]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    serials: list[int] = field(default_factory=list)
    title: str = ""
    grid: str = ""
    worker: str = ""
    near: Around = field(default_factory=Around)


def find_layout(sheet: Sheet, file_name: str) -> Layout | None:
    """The headings of a sheet, in one row or two, below whatever titles stand above; None when there are none."""
    best: tuple[int, int, list[str]] | None = None
    best_score = 1
    for row in range(min(HEADER_WITHIN, len(sheet.rows))):
        for height, headings in ((1, _one_row(sheet, row)), (2, _two_rows(sheet, row))):
            fields = _fields(headings)
            # A title over the headings is no second row of them: the upper row must add something.
            if height == 2 and len(fields) <= len(_fields(_one_row(sheet, row + 1))):
                continue
            # Only more columns understood justify a later row or a second one.
            if fields & _PLACE and len(fields) > best_score and len(fields) * 3 >= sum(map(bool, headings)):
                best, best_score = (row, height, headings), len(fields)
    if best is None:
        return None
    row, height, headings = best
    columns, dropped, ignored = _columns(headings)
    visits = "date" in columns and bool(_VISIT_SIGNS & set(columns))
    if not visits and "text" in columns and "note" not in columns:
        columns["note"] = columns.pop("text")
    if not visits:
        _name_people(columns, headings)
    understood = [(name, headings[column]) for column, name in sorted((c, n) for n, cs in columns.items() for c in cs)]
    titles = [text(cell) for above in sheet.rows[:row] for cell in above if text(cell)]
    words = " ".join([*titles, sheet.name, file_name.rsplit(".", 1)[0]])
    worker = _WORKER.search(words)
    grid = _GRID.search(key(words))
    return Layout(
        kind="visits" if visits else "households",
        first=row + height,
        columns=columns,
        headings=understood,
        dropped=dropped,
        ignored=ignored,
        serials=[at for at, heading in enumerate(headings) if _UNREMARKABLE.match(key(heading))],
        title=words,
        grid=grid_key(grid[0]) if grid else "",
        worker=worker[1] if worker else "",
        near=around(words),
    )


def repeated_heading(cells: list[Cell]) -> bool:
    """Whether a row is the headings again, as at the top of each printed page."""
    filled = [cell for cell in cells if text(cell)]
    return len(filled) > 2 and sum(field_of(cell) is not None for cell in filled) * 2 > len(filled)


def _fields(headings: list[str]) -> set[str]:
    return {found for heading in headings if (found := field_of(heading))}


def _one_row(sheet: Sheet, row: int) -> list[str]:
    return [text(cell) for cell in sheet.rows[row]] if row < len(sheet.rows) else []


def _two_rows(sheet: Sheet, row: int) -> list[str]:
    """Headings under group headings: the lower word where it is known, else both together, else the upper one."""
    if row + 1 >= len(sheet.rows):
        return []
    width = max(len(sheet.rows[row]), len(sheet.rows[row + 1]))
    lower = [text(sheet.cell(row + 1, column, through=True)) for column in range(width)]
    own = [word for column, word in enumerate(lower) if word and (row + 1, column) not in sheet.merged]
    if sum(field_of(word) is not None for word in own) * 2 < len(own) or len(own) < 2:
        return []
    headings = []
    for column, below in enumerate(lower):
        above = text(sheet.cell(row, column, through=True))
        if below == above or not below:
            headings.append(above)
        else:
            headings.append(next((word for word in (below, above + below, above) if field_of(word)), below))
    return headings


def _name_people(columns: dict[str, list[int]], headings: list[str]) -> None:
    """Which column names the people, and which the head of the household alone."""
    heads = [column for column in columns.get("name", ()) if "contact" in named_together(headings[column])]
    if heads and heads != columns["name"] and "contact" not in columns:
        # 户主/姓名 beside 家庭成员: the first is the head.
        columns["contact"] = heads
        columns["name"] = [column for column in columns["name"] if column not in heads]
    elif "relation" in columns and "contact" in columns and "name" not in columns:
        # 户主姓名 beside 与户主关系, where no other column names anybody: a relation is somebody's.
        columns["name"] = columns.pop("contact")


def _columns(headings: list[str]) -> tuple[dict[str, list[int]], list[tuple[str, str]], list[str]]:
    columns: dict[str, list[int]] = {}
    dropped, ignored = [], []
    for column, heading in enumerate(headings):
        found = field_of(heading)
        if found is None:
            if heading and not _UNREMARKABLE.match(key(heading)):
                ignored.append(heading)
        elif found.startswith("forbidden:"):
            dropped.append((found.removeprefix("forbidden:"), heading))
        else:
            columns.setdefault(found, []).append(column)
    days = [column for column in columns.get("date", ()) if re.search(r"日|期", headings[column])]
    if days and days != columns["date"] and "clock" not in columns:
        # 日期 beside 时间: the second says the hour.
        columns["clock"] = [column for column in columns["date"] if column not in days]
        columns["date"] = days
    return columns, dropped, list(dict.fromkeys(ignored))

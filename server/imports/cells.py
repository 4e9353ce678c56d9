"""One row of a sheet, asked by field: behind merged cells, and under cells left blank because the row above said it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from server.imports.addresses import is_whole, says_more
from server.imports.layout import Layout, repeated_heading
from server.imports.reading import Sheet
from server.imports.words import Cell, key, line, text

SUM = re.compile(r"^(?:合计|小计|总计|累计|共计|汇总|本页|统计)")
FOOT = re.compile(r"^(?:填表|制表|审核|填报|负责人|注[:：]|备注[:：]|说明[:：]|打印|站长签|签字|单位[:：])")
_OF_THE_PLACE = ("grid", "quarters", "building", "entrance", "room", "address", "floor")
_OF_THE_HOME = (*_OF_THE_PLACE, "community", "contact", "headcount", "occupancy", "date", "worker", "clock")
"""Fields that a merged cell states for every row beside it; a merged 电话 or 姓名 is the first person's alone."""


@dataclass(frozen=True)
class Line:
    """A row with something in it; `row` is the number Excel shows."""

    row: int
    values: dict[str, list[Cell]]

    def cell(self, field: str) -> Cell:
        """The first filled cell of a field, as it came."""
        return next((value for value in self.values.get(field, ()) if text(value)), None)

    def line(self, field: str) -> str:
        """A short value in one line; blank when the ledger does not say."""
        return line(self.cell(field))

    def words(self, field: str) -> str:
        """Free text as written; several columns of one field are joined."""
        return "；".join(dict.fromkeys(text(value) for value in self.values.get(field, ()) if text(value)))

    def has(self, *fields: str) -> bool:
        """Whether any of these fields is filled."""
        return any(text(value) for field in fields for value in self.values.get(field, ()))


@dataclass
class Passed:
    """Rows that hold no home and no visit, counted."""

    blank: int = 0
    sums: int = 0
    feet: int = 0
    headings: int = 0


def lines(sheet: Sheet, layout: Layout, passed: Passed) -> Iterator[Line]:
    """The rows of the ledger below its headings, without blank, subtotal, footer and repeated heading rows."""
    above: dict[str, list[Cell]] = {}
    # Where buildings are merged cells, a blank beside them is meant to be blank.
    spoken_for = {column for row, column in sheet.merged if row >= layout.first}
    carries = not spoken_for.intersection(layout.columns.get("building", ()))
    known = {column for columns in layout.columns.values() for column in columns}
    for index in range(layout.first, len(sheet.rows)):
        cells = sheet.rows[index]
        filled = [text(cell) for cell in cells if text(cell)]
        if not any(text(sheet.cell(index, column, through=True)) for column in known):
            passed.blank += 1
        elif any(SUM.match(key(word)) for word in filled[:3]):
            passed.sums += 1
        elif FOOT.match(filled[0]):
            passed.feet += 1
        elif repeated_heading(cells):
            passed.headings += 1
        else:
            own = {
                field: [sheet.cell(index, column, through=field in _OF_THE_HOME) for column in columns]
                for field, columns in layout.columns.items()
            }
            # A row with a number of its own is a home of its own, unless it says whose wife or son it is.
            numbered = any(text(sheet.cell(index, column)) for column in layout.serials)
            apart = numbered and not _filled(own, "relation")
            carried = _carried(own, above, carries, apart)
            above = {field: own[field] for field in _OF_THE_PLACE if field in own} | carried
            yield Line(index + 1, {**own, **above})


def _filled(values: dict[str, list[Cell]], field: str) -> bool:
    return any(text(value) for value in values.get(field, ()))


def _carried(
    own: dict[str, list[Cell]], above: dict[str, list[Cell]], carries: bool, apart: bool
) -> dict[str, list[Cell]]:
    """What a row leaves to the row above: building and entrance of the next room, all of the next person's door."""
    place = [field for field in ("quarters", "building", "entrance", "room", "address") if field in own]
    carried: dict[str, list[Cell]] = {}
    if not any(_filled(own, field) for field in place):
        if _filled(own, "name") and not apart:
            carried = {field: above[field] for field in _OF_THE_PLACE if field in above}
    elif (
        carries
        and "building" in own
        and not _filled(own, "building")
        and _filled(own, "room")
        and not _filled(own, "address")
        and not any(is_whole(value) for value in own["room"])
    ):
        carried = {"building": above.get("building", [])}
        if not _filled(own, "entrance") and not any(says_more(value) for value in own["room"]):
            carried["entrance"] = above.get("entrance", [])
    for field in ("grid", "quarters"):
        if field in own and not _filled(own, field) and field in above:
            carried[field] = above[field]
    return {field: values for field, values in carried.items() if values}

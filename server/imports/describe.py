"""A report in the reader's words, for the page and the terminal alike."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

from server import i18n, text
from server.imports.remarks import Remark
from server.imports.report import SHOWN_MAX, Change, Report
from server.localtime import local_day

Words = Callable[..., str]
_ADDS = ("building", "household", "resident", "person", "visit", "correction", "ticket", "ticket_waiting")
_WANTING = {"address", "no_address", "no_building", "no_date", "no_worker", "no_result"}
MANY = 5
"""When one row in so many is not understood, the reason may be the headings."""
_VALUES = {"occupancy": "word.occupancy", "tag": "word.tag", "result": "word.result"}


def words_of(lang: str) -> Words:
    """`words("import.title", n=3)`: the catalogue of one language."""

    def words(key: str, **args: Any) -> str:
        return i18n.t(lang, f"import.{key}", args)

    return words


def describe(report: Report, lang: str, utc_offset_min: int, *, done: bool = False) -> dict[str, Any]:
    """What a page or a terminal shows of a report: sentences, and rows for its tables."""
    words = words_of(lang)
    teller = _Teller(report, lang, utc_offset_min)
    levels = {
        level: [teller.remark(each) for each in islice((r for r in report.remarks if r.level == level), SHOWN_MAX)]
        for level in ("problem", "note", "privacy")
    }
    privacy = [*teller.dropped(), *[f"{row['where']}{row['why']}" for row in levels["privacy"]]]
    return {
        "say": sentence(report, lang, done=done),
        "anything": report.anything,
        "about": teller.about(),
        "unused": teller.unused(),
        "problems": levels["problem"],
        "problems_more": max(report.problems - len(levels["problem"]), 0),
        "changes": [teller.change(change) for change in report.changes],
        "changes_more": max(report.changed - len(report.changes), 0),
        "notes": levels["note"],
        "notes_more": max(report.counts.get("note", 0) - len(levels["note"]), 0),
        "privacy": privacy,
        "read": teller.read(),
        "which_grid": any(remark.code == "which_grid" for remark in report.remarks),
        "several_sheets": len({sheet.name for sheet in report.sheets}) > 1,
        "problem_count": report.problems,
        "words": words,
    }


def sentence(report: Report, lang: str, *, done: bool) -> str:
    """What will happen, or has happened, in one line: "会新增 270 户、521人。会改12处。3行没看懂，没放进来。"."""
    words = words_of(lang)
    tense = "did" if done else "will"
    said = []
    if report.created:
        adds = [words(f"adds.{what}", n=report.created[what]) for what in _ADDS if what in report.created]
        said.append(words(f"{tense}.add", list=words("list.comma").join(adds)))
    if report.changed:
        said.append(words(f"{tense}.change", n=report.changed))
    if not said:
        said.append(words(f"{tense}.nothing" if report.left or not report.problems else "none"))
    if report.problems:
        said.append(words("say.problem", n=report.problems))
    return (" " if lang == "en" else "").join(said)


def by_row(report: Report, lang: str, utc_offset_min: int) -> tuple[list[str], list[list[str]]]:
    """The whole report, a line for each row that something is said of: its heading and its lines."""
    words, teller = words_of(lang), _Teller(report, lang, utc_offset_min)
    heading = [words(f"column.{name}") for name in ("sheet", "row", "outcome", "what")]
    lines = []
    for remark in report.remarks:
        told = teller.remark(remark)
        lines.append([told["sheet"], str(told["row"] or ""), words(f"outcome.{remark.level}"), told["why"]])
    return heading, lines


class _Teller:
    """Puts the pieces of one report into words."""

    def __init__(self, report: Report, lang: str, utc_offset_min: int) -> None:
        self.report, self.lang, self.utc_offset_min = report, lang, utc_offset_min
        self.words = words_of(lang)
        self.named_sheets = len({sheet.name for sheet in report.sheets}) > 1

    def field(self, name: str) -> str:
        """A field's name: "居住情况"."""
        if name.startswith("tag:"):
            return self.value("tag", name.removeprefix("tag:"))
        return self.words(f"field.{name}")

    def value(self, field: str, value: Any) -> str:
        """A value as people say it: "出租" rather than "rented"."""
        if value is None or value == "":
            return self.words("old.none")
        if field in _VALUES:
            return i18n.t(self.lang, f"{_VALUES[field]}.{value}")
        if str(value) in {"True", "False"}:
            return self.words(f"value.{str(value).lower()}")
        return str(value)

    def where(self, sheet: str, row: int) -> str:
        """第7行 in a report of one sheet, with the sheet's name where there are several."""
        place = self.words("row", row=row) if row else self.words("sheet.whole")
        if sheet and (self.named_sheets or not row):
            place = self.words("sheet", sheet=sheet) + (" " if self.lang == "en" else "") + (place if row else "")
        return place.strip()

    def remark(self, remark: Remark) -> dict[str, Any]:
        """One remark with its row."""
        args: dict[str, Any] = dict(remark.args)
        if "field" in args:
            name = str(args["field"])
            for each in ("value", "kept"):
                if each in args:
                    args[each] = self.value(name, args[each])
            args["field"] = self.field(name)
        why = self.words(f"why.{remark.code}", **args)
        where = self.where(remark.sheet, remark.row) + (": " if self.lang == "en" else "：")
        return {"row": remark.row, "sheet": remark.sheet, "where": where, "why": why}

    def change(self, change: Change) -> dict[str, Any]:
        """One change, old and new."""
        old = self.value(change.field, change.old)
        if change.by and change.old is not None:
            day = text.day(self.lang, local_day(change.at_ms, self.utc_offset_min))
            old = self.words("old.by", value=old, by=change.by, day=day)
        return {
            "row": change.row,
            "sheet": change.sheet,
            "door": f"{change.door} {change.who}".strip(),
            "field": self.field(change.field),
            "old": old,
            "new": self.value(change.field, change.new),
        }

    def about(self) -> list[str]:
        """Sentences about the file as a whole."""
        report, comma = self.report, self.words("list.comma")
        said = []
        if report.known_source:
            said.append(self.words("known_source"))
        if report.left:
            left = [self.words(f"adds.{what}", n=report.left[what]) for what in _ADDS if what in report.left]
            said.append(self.words("left", list=comma.join(left)))
        if report.unnamed_homes:
            said.append(self.words("unnamed", n=report.unnamed_homes))
        if report.unnamed_people:
            said.append(self.words("unnamed_people", n=report.unnamed_people))
        if report.new_buildings:
            said.append(self.words("new_buildings", list=comma.join(report.new_buildings)))
        if report.new_people:
            said.append(self.words("new_people", list=comma.join(report.new_people)))
        return said

    def unused(self) -> str | None:
        """Where many rows say nothing of a door, a day or a worker: the columns not used, for it may stand in these."""
        shown = [remark for remark in self.report.remarks if remark.level == "problem"]
        wanting = sum(remark.code in _WANTING for remark in shown)
        headings = list(dict.fromkeys(heading for sheet in self.report.sheets for heading in sheet.ignored))
        rows = sum(sheet.rows for sheet in self.report.sheets)
        if not headings or self.report.problems * MANY < rows or wanting * 2 < len(shown):
            return None
        return self.words("unused", list=self.words("list.comma").join(headings), n=len(headings))

    def dropped(self) -> list[str]:
        """The columns that must not come in, each with its reason."""
        return list(
            dict.fromkeys(
                self.words("dropped", heading=heading, kind=self.words(f"forbidden.{kind}"))
                for sheet in self.report.sheets
                for kind, heading in sheet.dropped
            )
        )

    def read(self) -> list[str]:
        """How each sheet was read."""
        said, comma = [], self.words("list.comma")
        for sheet in self.report.sheets:
            passed = sheet.passed
            counts = {"blank": passed.blank, "sums": passed.sums, "feet": passed.feet, "headings": passed.headings}
            name = sheet.name or self.words("read.only_sheet")
            kind = self.words(f"read.kind.{sheet.kind}")
            said.append(self.words("read.sheet", sheet=name, kind=kind, rows=sheet.rows, **counts))
            pairs = [self.words("read.pair", heading=head, field=self.field(name)) for name, head in sheet.columns]
            said.append(self.words("read.columns", list=comma.join(pairs)))
            if sheet.ignored:
                said.append(self.words("read.ignored", list=comma.join(sheet.ignored)))
        return said

"""Taking lines out: which, which columns, what for; journaled before the file leaves, and marked with all of that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server import clock
from server.access import access_grid, user_of
from server.desk import desk_page
from server.exports import store
from server.exports.columns import COLUMNS, Column, Reader
from server.exports.leaving import as_file, journaled, marked
from server.form_fields import text_of
from server.i18n import locale_of, t
from server.localtime import DAY_MS, day_before, day_start_ms, local_day, local_iso
from server.rendering import page

WHY = ("report", "meeting", "handover", "resident", "other")
"""What for, as sync/rules/export.py has it."""
FORMATS = ("xlsx", "csv", "print")
WORDS_MAX = 200
MONTH_DAYS = 30
MARKS = 24
"""How often the mark is repeated over a printed page."""


@dataclass(frozen=True)
class Wanted:
    """What somebody asked to take out."""

    what: str
    format: str
    columns: tuple[Column, ...]
    grid: str
    first: str
    last: str
    why: str
    words: str

    def asked(self, grid_name: str) -> dict[str, str]:
        """The questions that choose the lines, for the journal."""
        days = {"from": self.first, "until": self.last} if self.what == "visits" else {}
        return {**({"grid": grid_name} if self.grid else {}), **days}


async def show(request: Request) -> Response:
    """The form."""
    what = request.query_params.get("what")
    return await _form(request, what if what in COLUMNS else "visits")


async def _form(request: Request, what: str, status: int = 200, **typed: Any) -> Response:
    user = user_of(request)
    today = local_day(clock.now_ms(), request.app.state.settings.utc_offset_min)
    given = {"first": day_before(today, MONTH_DAYS), "last": today, "grid": "", "why": "", "words": "", "wrong": {}}
    ticked = typed.pop("ticked", None) or [column.name for column in COLUMNS[what] if column.plain]
    async with request.app.state.db.reading() as db:
        grids = await store.grids_of(db, user.grids)
        return await desk_page(
            request, db, "desk/exports.html", status=status, what=what, columns=COLUMNS[what], ticked=ticked,
            grids=grids, reasons=WHY, formats=FORMATS, **{**given, **typed},
        )  # fmt: skip


async def take(request: Request) -> Response:
    """The lines leave as a file, or as a page to print."""
    form = await request.form(max_files=0)
    wanted, wrong = _wanted(request, form)
    user, now_ms = user_of(request), clock.now_ms()
    reader = Reader(locale_of(request), request.app.state.settings.utc_offset_min)
    rows: list[dict[str, Any]] = []
    async with request.app.state.db.reading() as db:
        names = {grid["id"]: grid["name"] for grid in await store.grids_of(db, user.grids)}
        if not wrong:
            rows = await store.lines_of(db, wanted.what, _asked(wanted, tuple(sorted(names)), reader.utc_offset_min))
            if len(rows) > store.LINES_MAX:
                wrong = {"days": "exports.wrong.many"}
    if wrong:
        typed = {name: getattr(wanted, name) for name in ("grid", "first", "last", "why", "words")}
        ticked = [column.name for column in wanted.columns]
        return await _form(request, wanted.what, 422, wrong=wrong, ticked=ticked, **typed)
    lines = [[column.fill(row, reader) for column in wanted.columns] for row in rows]
    await journaled(request, wanted.grid or None, _body(wanted, len(lines), names.get(wanted.grid, "")))
    heading = [t(reader.lang, f"exports.column.{column.name}") for column in wanted.columns]
    at = local_iso(now_ms, reader.utc_offset_min)
    what_for = wanted.words or t(reader.lang, f"exports.why.{wanted.why}")
    mark = marked(request, wanted.what, what_for, len(lines))
    if wanted.format == "print":
        short = t(reader.lang, "exports.mark.short", {"name": user.name, "when": f"{at[:10]} {at[11:16]}"})
        context: dict[str, Any] = {"mark": mark, "short": short, "heading": heading, "lines": lines}
        context["marks"] = range(MARKS)
        return page(request, "desk/export_print.html", **context)
    stamp = at[:16].replace(":", "").replace("T", "-")
    name = t(reader.lang, f"exports.file.{wanted.what}", {"name": user.name, "when": stamp})
    return await as_file(name, wanted.format, mark, heading, lines)


def _asked(wanted: Wanted, grids: tuple[str, ...], utc_offset_min: int) -> store.Asked:
    chosen = (wanted.grid,) if wanted.grid else grids
    if wanted.what != "visits":
        return store.Asked(chosen)
    first, last = day_start_ms(wanted.first, utc_offset_min), day_start_ms(wanted.last, utc_offset_min)
    return store.Asked(chosen, first, last + DAY_MS)


def _wanted(request: Request, form: FormData) -> tuple[Wanted, dict[str, str]]:
    """What was asked, and the words for what is wrong with it, by field."""
    what = "registry" if form.get("what") == "registry" else "visits"
    ticked = {str(name) for name in form.getlist("columns")}
    columns = tuple(column for column in COLUMNS[what] if column.name in ticked)
    grid, why = text_of(form, "grid"), text_of(form, "why")
    words = " ".join(text_of(form, "words").split())[:WORDS_MAX]
    format_ = text_of(form, "format")
    first, last = text_of(form, "first"), text_of(form, "last")
    if grid:
        access_grid(user_of(request), grid)
    wrong = {
        **({} if columns else {"columns": "exports.wrong.columns"}),
        **({} if why in WHY else {"why": "exports.wrong.why"}),
        **({"words": "exports.wrong.words"} if why == "other" and not words else {}),
        **({} if what == "registry" or _in_order(first, last) else {"days": "exports.wrong.days"}),
    }
    return Wanted(what, format_ if format_ in FORMATS else "xlsx", columns, grid, first, last, why, words), wrong


def _in_order(first: str, last: str) -> bool:
    try:
        return day_start_ms(first, 0) <= day_start_ms(last, 0)
    except ValueError:
        return False


def _body(wanted: Wanted, count: int, grid_name: str) -> dict[str, Any]:
    return {
        "what": wanted.what,
        "format": wanted.format,
        "count": count,
        "columns": [column.name for column in wanted.columns],
        "asked": wanted.asked(grid_name),
        "why": wanted.why,
        **({"words": wanted.words} if wanted.words else {}),
    }


routes = [
    Route("/desk/exports", show, methods=["GET"]),
    Route("/desk/exports", take, methods=["POST"]),
]

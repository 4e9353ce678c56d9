"""The working calendar at the desk, a year at a glance, and the table of time limits."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from uuid_utils import uuid7

from server import clock
from server.access import user_of
from server.calendar import store
from server.calendar.drawn import CELL, TOP, holidays_told, year_drawn
from server.clocks import CATEGORIES, FIRST_DAY, HOURS, STAGES, UNITS, URGENCIES, hours_wrong, limit_for, published
from server.desk import desk_page
from server.form_fields import text_of
from server.journal import Draft
from server.localtime import local_day
from server.working_time import load_calendar, load_limits, read_spans, told_spans

CHANGING = frozenset({"admin"})
REASON_CHARS_MAX = 200
AMOUNT_MAX = 366
LAST_YEAR = 2099
BLANK = {"wrong": None, "reason": ""}
DONE = ("day", "hours", "limit")
WORKS = {"yes": True, "no": False, "published": None}
HOURS_FIELDS = ("from_1", "until_1", "from_2", "until_2")
_CLOCK = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")

Shown = dict[str, Any]


async def show(request: Request) -> Response:
    """`GET /desk/calendar`: a year, this one where none is asked for."""
    return await _calendar(request, {})


async def set_day(request: Request) -> Response:
    """`POST /desk/calendar/days`: a day is worked or not, or as published again."""
    said = await _said(request, ("day", "works", "reason"))
    wrong = "day" if not _is_day(said["day"]) else "works" if said["works"] not in WORKS else _reason_wrong(said)
    if wrong:
        return await _calendar(request, {**said, "wrong": wrong}, 422)
    body = {"day": said["day"], "works": WORKS[said["works"]], "reason": said["reason"]}
    await _commit(request, "workday.set", body)
    return RedirectResponse(f"/desk/calendar?year={said['day'][:4]}&done=day", 303)


async def set_hours(request: Request) -> Response:
    """`POST /desk/calendar/hours`: other hours from a day on."""
    said = await _said(request, ("first", *HOURS_FIELDS, "why"))
    pairs = [(said["from_1"], said["until_1"]), (said["from_2"], said["until_2"])]
    told = [pair for pair in pairs if any(pair)]
    clocks = all(_CLOCK.fullmatch(each) for pair in told for each in pair)
    spans = read_spans(" ".join(map("-".join, told))) if clocks else ()
    wrong = "first" if not _is_day(said["first"]) else "spans" if hours_wrong(spans) else _reason_wrong(said, "why")
    if wrong:
        return await _calendar(request, {**said, "wrong": wrong}, 422)
    await _commit(
        request, "work_hours.set", {"first": said["first"], "spans": told_spans(spans), "reason": said["why"]}
    )
    return RedirectResponse("/desk/calendar?done=hours", 303)


async def limits(request: Request) -> Response:
    """`GET /desk/limits`: how long each kind of matter may take."""
    return await _limits(request, {})


async def set_limit(request: Request) -> Response:
    """`POST /desk/limits`: one of them is another from now on; without a number it is as at first again."""
    said = await _said(request, ("category", "urgency", "amount", "unit", "reason"))
    known = said["category"] in CATEGORIES and said["urgency"] in URGENCIES and said["unit"] in UNITS
    counted = re.fullmatch("([1-9][0-9]{0,2})?", said["amount"])
    amount = int(said["amount"] or 0) if counted else AMOUNT_MAX + 1
    wrong = "kind" if not known else "amount" if amount > AMOUNT_MAX else _reason_wrong(said)
    if wrong:
        return await _limits(request, {**said, "wrong": wrong}, 422)
    body = {name: said[name] for name in ("category", "urgency", "unit", "reason")}
    await _commit(request, "time_limit.set", {**body, "amount": amount or None})
    return RedirectResponse("/desk/limits?done=limit", 303)


async def _said(request: Request, names: tuple[str, ...]) -> dict[str, str]:
    async with request.form(max_files=0) as form:
        return {name: text_of(form, name).strip() for name in names}


async def _commit(request: Request, kind: str, body: dict[str, Any]) -> None:
    id_ = str(uuid7())
    await request.app.state.journal.commit([Draft(kind, id_, None, user_of(request).id, body, id=id_)])


def _reason_wrong(said: dict[str, str], name: str = "reason") -> str | None:
    return None if 0 < len(said[name]) <= REASON_CHARS_MAX else name


def _is_day(text: str) -> bool:
    """Whether this is a day that the calendar reaches, as browsers send one."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return day.isoformat() == text and day > FIRST_DAY and day.year <= LAST_YEAR


async def _calendar(request: Request, said: Shown, status: int = 200) -> Response:
    offset = request.app.state.settings.utc_offset_min
    today = local_day(clock.now_ms(), offset)
    asked = said.get("day", "")[:4] if said.get("wrong") else request.query_params.get("year", "")
    years = published()
    wanted = int(asked) if re.fullmatch("20[2-9][0-9]", asked) else int(today[:4])
    async with request.app.state.db.reading() as db:
        days = await store.days_in(db, wanted)
        seasons = await store.hours(db)
        calendar = await load_calendar(db, offset)
        changes = {date.fromisoformat(row["id"]): row["works"] for row in days}
        year = years.get(wanted)
        context: Shown = {
            "year": wanted,
            "known": year is not None,
            "provisional": year is not None and year.provisional,
            "source": year.source if year else None,
            "months": year_drawn(wanted, year, calendar, changes, date.fromisoformat(today)),
            "cell": CELL,
            "top": TOP,
            "holidays": holidays_told(year),
            "before": wanted - 1 if wanted > min(years) else None,
            "after": wanted + 1 if wanted <= max(years) else None,
            "days": [{**row, "on": local_day(row["said_ms"], offset)} for row in days],
            "hours": _clocks(calendar.hours_on(date.fromisoformat(today))),
            "seasons": [
                {**row, "clocks": _clocks(read_spans(row["spans"])), "on": local_day(row["said_ms"], offset)}
                for row in seasons
            ],
            "first_hours": _clocks(HOURS.spans),
        }
        edges = re.findall("[0-9:]+", told_spans(calendar.hours_on(date.fromisoformat(today))))[:4]
        blank = {"day": "", "works": "no", "first": "", "why": "", **dict.fromkeys(HOURS_FIELDS, "")}
        said = blank | dict(zip(HOURS_FIELDS, edges, strict=False)) | said
        return await _page(request, db, "desk/calendar.html", context, said, status)


async def _limits(request: Request, said: Shown, status: int = 200) -> Response:
    offset = request.app.state.settings.utc_offset_min
    async with request.app.state.db.reading() as db:
        changed, rows = await load_limits(db), await store.limits(db)
        table = [
            {
                "word": category.lower(),
                "cells": [
                    {"limit": limit_for(category, urgency, changed), "changed": (category, urgency) in changed}
                    for urgency in URGENCIES
                ],
            }
            for category in CATEGORIES
        ]
        stages = [{"name": name, "urgent": urgent, "other": other} for name, (urgent, other) in STAGES.items()]
        context: Shown = {
            "table": table,
            "stages": stages,
            "categories": {each: each.lower() for each in CATEGORIES},
            "urgencies": URGENCIES,
            "units": UNITS,
            "rows": [{**row, "word": row["category"].lower(), "on": local_day(row["said_ms"], offset)} for row in rows],
        }
        said = {"category": CATEGORIES[0], "urgency": "normal", "amount": "", "unit": "working_day"} | said
        return await _page(request, db, "desk/limits.html", context, said, status)


async def _page(
    request: Request, db: AsyncConnection, template: str, context: Shown, said: Shown, status: int
) -> Response:
    done = request.query_params.get("done")
    may = user_of(request).role in CHANGING
    return await desk_page(
        request, db, template, status=status, **context, said=BLANK | said, may=may, done=done if done in DONE else None
    )


def _clocks(spans: tuple[tuple[int, int], ...]) -> list[str]:
    """Each span as `8:30–12:00`."""
    return [each.replace("-", "–").lstrip("0") for each in told_spans(spans).split()]


routes = [
    Route("/desk/calendar", show, methods=["GET"]),
    Route("/desk/calendar/days", set_day, methods=["POST"]),
    Route("/desk/calendar/hours", set_hours, methods=["POST"]),
    Route("/desk/limits", limits, methods=["GET"]),
    Route("/desk/limits", set_limit, methods=["POST"]),
]

"""Rows of the database as the list and the pane show them: names made short, times told in words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import RowMapping

from server import i18n
from server.doors import door_name, door_number, short_grid
from server.localtime import days_between, local_day, local_iso, told_hour
from server.text import date as with_year
from server.text import day as without_year
from server.views.blobs import blobs_told
from server.visits.filters import ANSWERED, CHIPS, MODES, RESULTS, SPANS, Filters
from server.visits.times import EXACT_MS, Line, Written, explain

WORDS_SHOWN = 120
ASKS = ("difficulty", "need", "idea", "effect")

Shown = dict[str, Any]


@dataclass(frozen=True)
class Reader:
    """For whom a page is made: language, local time, what they asked, which visit they have open, and whether they may
    read what was said for the station alone (`private`)."""

    lang: str
    utc_offset_min: int
    today: str
    filters: Filters
    opened: str = ""
    private: bool = False


def shown_row(row: RowMapping, reader: Reader) -> Shown:
    """One line of the list."""
    offset = reader.utc_offset_min
    at = local_iso(row["occurred_at_ms"], offset)
    said = row["text"] or "；".join(_asks(row).values()) if _may_read(row, reader) else ""
    address = {"lang": reader.lang, "building": row["building_name"], "entrance": row["entrance"], "room": row["room"]}
    return {
        "id": row["id"],
        "at": at,
        "clock": told_hour(at, row["source"] is not None),
        "day": at[:10],
        "grid_name": short_grid(row["grid_name"]),
        "door": door_number(row["building_name"], row["entrance"], row["room"]),
        "door_name": door_name(**address),
        "href": f"/desk/visits/{row['grid']}/{row['id']}",
        "here": f"/desk/visits?{reader.filters.address(open=row['grid'] + '.' + row['id'])}",
        "household_href": f"/desk/households/{row['grid']}/{row['household']}",
        "open": row["id"] == reader.opened,
        "result": row["result"],
        "mode": row["mode"],
        "by": row["by"] or "",
        "entered_by": row["entered_by"],
        "words": " ".join(said.split())[:WORDS_SHOWN],
        "got": _got(row, at[:10], offset),
        "received": local_iso(row["received_ms"], offset),
        "revision": row["revision"],
        "private": bool(row["private"]),
    }


def _may_read(row: Mapping[str, Any] | RowMapping, reader: Reader) -> bool:
    return reader.private or not row["private"]


def by_day(rows: Iterable[Shown], today: str, after: str = "") -> list[Shown]:
    """Lines under the days they happened on; the day a page goes on with (`after`) needs no second heading."""
    return [
        {"date": day, "near": near(day, today), "heading": day != after, "visits": list(visits)}
        for day, visits in groupby(rows, key=lambda row: row["day"])
    ]


def near(day: str, today: str) -> str:
    """How a heading names a day: today, yesterday, another day of this year, or of another."""
    apart = "other" if day[:4] == today[:4] else "year"
    return {0: "today", 1: "yesterday"}.get(days_between(day, today), apart)


def shown_visit(
    row: RowMapping, entry: RowMapping | None, older: list[RowMapping], reader: Reader, waiting: Shown | None = None
) -> Shown:
    """One visit with everything that was said and every time it has. `waiting`: its photos that have not come yet."""
    offset, told = reader.utc_offset_min, _may_read(row, reader)
    return {
        **shown_row(row, reader),
        "contact": row["contact"],
        "quarters": row["quarters"],
        "grid_long": row["grid_name"],
        "said": row["text"] if told else None,
        "blobs": blobs_told(json.loads(row["blobs"]) if told else [], waiting),
        "asks": _asks(row) if told else {},
        "who_met": row["who_met"] if told else None,
        "companions": json.loads(row["companions"]),
        "care": row["care"],
        "follow_up_on": row["follow_up_on"],
        "times": [_line(line) for line in explain(_written(row, entry), offset)],
        "by_phone": entry is not None and entry["device_kind"] == "phone",
        "imported": row["source"] is not None,
        "older": [_revision(revision, reader, waiting) for revision in older if not revision["shown"]],
        "shown_at": next((local_iso(r["effective_ms"], offset) for r in older if r["shown"]), None),
        "edit": row["edit"],
        "review": _review(row, offset),
        "shown_by": next((r["by"] for r in older if r["shown"]), None),
    }


def _review(row: RowMapping, utc_offset_min: int) -> Shown | None:
    """Who read it or asked about it, and whether it was told anew since."""
    if row["review"] is None:
        return None
    review = json.loads(row["review"])
    at = local_iso(review["at_ms"], utc_offset_min)
    return {"by": review["by"], "at": at, "note": review.get("note"), "since": review["of"] != row["edit"]}


def remarks_of(said: Iterable[RowMapping], row: RowMapping, utc_offset_min: int) -> list[Shown]:
    """Words about a visit that stand nowhere else on its page: a question about a telling that was replaced, an earlier
    question, a word about a promise that was another by then."""
    review = json.loads(row["review"] or "{}")
    kept = json.loads(row["kept"] or "{}")
    told = []
    for each in said:
        note = json.loads(each["body"]).get("note")
        shown = each["id"] == review.get("edit") or (
            each["kind"] == "visit.kept" and each["effective_ms"] == kept.get("at_ms")
        )
        if note and not shown:
            at = local_iso(each["received_ms"], utc_offset_min)
            told.append({"kind": each["kind"].partition(".")[2], "by": each["by"] or "", "at": at, "note": note})
    return told


def _asks(row: Mapping[str, Any] | RowMapping) -> dict[str, str]:
    """What was answered, in the order the four are asked."""
    said = row["asks"]
    asks = json.loads(said) if isinstance(said, str) else said or {}
    return {name: asks[name] for name in ASKS if asks.get(name)}


def _got(row: RowMapping, day: str, utc_offset_min: int) -> str:
    """How it came: imported, late (on another day), at once, or later that day."""
    if row["source"] is not None:
        return "imported"
    if local_day(row["received_ms"], utc_offset_min) != day:
        return "late"
    return "same" if row["received_ms"] - row["occurred_at_ms"] < EXACT_MS else "later"


def _written(row: RowMapping, entry: RowMapping | None) -> Written:
    header: dict[str, Any] = json.loads(bytes(entry["header"])) if entry is not None else {}
    return Written(
        occurred_at_ms=row["occurred_at_ms"],
        at_ms=header.get("at_ms", row["claimed_ms"]),
        offset_ms=header.get("offset_ms"),
        claimed_ms=row["claimed_ms"],
        effective_ms=row["effective_ms"],
        received_ms=row["received_ms"],
        by_phone=entry is not None and entry["device_kind"] == "phone",
        imported_row=(row["source_row"] or 0) if row["source"] is not None else None,
    )


def _line(line: Line) -> Shown:
    note = line.note
    span = None if note is None or note.span is None else {"unit": note.span[0], "n": note.span[1]}
    return {
        "name": line.name,
        "at": line.at,
        "day": line.day,
        "note": None if note is None else {"key": note.key, "span": span, "args": dict(note.args)},
    }


def _revision(revision: RowMapping, reader: Reader, waiting: Shown | None) -> Shown:
    """A revision that has been replaced: kept, and shown as it was."""
    body = json.loads(revision["body"])
    if body.get("private") and not reader.private:
        body = {name: body[name] for name in ("result", "mode")}
    return {
        "n": revision["revision"],
        "by": revision["by"],
        "at": local_iso(revision["effective_ms"], reader.utc_offset_min),
        "result": body.get("result"),
        "mode": body.get("mode"),
        "said": body.get("text"),
        "asks": _asks({"asks": body.get("asks") or {}}),
        "blobs": blobs_told(body.get("blobs"), waiting),
    }


def choices(reader: Reader, grids: list[RowMapping], people: list[RowMapping]) -> list[Shown]:
    """The filters' lists of choices, each with the words for asking nothing first."""
    words = i18n.t
    filters, lang = reader.filters, reader.lang

    def choice(name: str, options: list[tuple[str, str]]) -> Shown:
        chosen = getattr(filters, name)
        asked = [("", words(lang, f"desk.filter.{name}.any")), *options]
        return {
            "name": name,
            "options": [{"value": value, "word": word, "chosen": value == chosen} for value, word in asked],
        }

    results = [(name, words(lang, f"word.result.{name}")) for name in RESULTS]
    return [
        *([choice("grid", [(grid["id"], grid["name"]) for grid in grids])] if len(grids) > 1 else []),
        choice("worker", [(person["id"], person["name"]) for person in people]),
        choice("span", [(name, words(lang, f"desk.filter.span.{name}")) for name in SPANS]),
        choice("mode", [(name, words(lang, f"word.mode.{name}")) for name in MODES]),
        choice("result", [(ANSWERED, words(lang, "desk.filter.result.answered")), *results]),
    ]


def chips(reader: Reader, building: str) -> list[Shown]:
    """What is asked besides the lists of choices, each in words with the fields that ask it. `building`: what the one
    asked for is called, nothing where there is none such."""
    filters, asked, lang = reader.filters, reader.filters.fields(), reader.lang
    told = {
        "building": lambda: building or i18n.t(lang, "desk.chip.no_building"),
        "ask": lambda: i18n.t(lang, f"word.ask.{filters.ask}"),
        "hours": lambda: _hours(filters.hours, lang),
        "days": lambda: _days(filters, reader),
        "unread": lambda: i18n.t(lang, "desk.chip.unread"),
    }
    kept = [(name, {field: asked[field] for field in fields if field in asked}) for name, fields in CHIPS.items()]
    return [{"name": name, "fields": fields, "word": told[name]()} for name, fields in kept if fields]


def _hours(hours: str, lang: str) -> str:
    start, _, end = hours.partition("-")
    return i18n.t(lang, "desk.chip.hours", {"start": start, "end": end}) if end else i18n.t(lang, "desk.chip.untold")


def _days(filters: Filters, reader: Reader) -> str:
    ends = {name: value for name, value in (("first", filters.first), ("last", filters.last)) if value}
    near = all(value[:4] == reader.today[:4] for value in ends.values())
    told = without_year if near else with_year
    args = {name: told(reader.lang, value) for name, value in ends.items()}
    return i18n.t(reader.lang, f"desk.chip.days.{'_'.join(ends)}", args)

"""What a line of an export may hold. A few columns go out by themselves, the rest only when they are ticked."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from server.doors import door_name, short_grid
from server.i18n import t
from server.localtime import local_iso, told_hour
from server.views.people import TAGS

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Reader:
    """For whom lines are written: their language and the installation's days."""

    lang: str
    utc_offset_min: int


@dataclass(frozen=True)
class Column:
    """One column: its name in the catalogue below `exports.column.`, and how a row fills it. `plain`: it goes out
    unless somebody unticks it."""

    name: str
    fill: Callable[[Row, Reader], str]
    plain: bool = False


def _door(row: Row, reader: Reader) -> str:
    return door_name(reader.lang, row["building_name"], row["entrance"], row["room"])


def _happened(row: Row, reader: Reader) -> str:
    return local_iso(row["occurred_at_ms"], reader.utc_offset_min)


def _hour(row: Row, reader: Reader) -> str:
    at = _happened(row, reader)
    return at[11:16] if told_hour(at, row["source"] is not None) else ""


def _said(row: Row, reader: Reader) -> str:
    """What was said, and to which of the four asks; what is for the station alone stays there."""
    if row["private"]:
        return t(reader.lang, "exports.private")
    asks = json.loads(row["asks"])
    answers = [f"{t(reader.lang, f'word.ask.{name}')}: {words}" for name, words in asks.items() if words]
    return "\n".join(filter(None, [row["text"], *answers]))


def _people(row: Row, reader: Reader) -> str:
    comma = t(reader.lang, "word.comma")
    told = [[each["name"], each["relation"], str(each["birth_year"] or "")] for each in row["people"]]
    return "\n".join(comma.join(filter(None, each)) for each in told)


def _tags(row: Row, reader: Reader) -> str:
    had = {tag for each in row["people"] for tag, added in json.loads(each["tags"]).items() if added}
    return t(reader.lang, "word.and").join(t(reader.lang, f"word.tag.{tag}") for tag in TAGS if tag in had)


def _word(group: str, field: str) -> Callable[[Row, Reader], str]:
    return lambda row, reader: t(reader.lang, f"word.{group}.{row[field]}") if row[field] else ""


def _plain(field: str) -> Callable[[Row, Reader], str]:
    return lambda row, reader: "" if row[field] is None else str(row[field])


VISITS = (
    Column("day", lambda row, reader: _happened(row, reader)[:10], plain=True),
    Column("grid", lambda row, reader: short_grid(row["grid_name"]), plain=True),
    Column("door", _door, plain=True),
    Column("result", _word("result", "result"), plain=True),
    Column("mode", _word("mode", "mode"), plain=True),
    Column("hour", _hour),
    Column("by", _plain("by_name")),
    Column("said", _said),
    Column("who_met", lambda row, reader: "" if row["private"] else row["who_met"] or ""),
    Column("care", _word("care", "care")),
    Column("follow_up_on", _plain("follow_up_on")),
)
REGISTRY = (
    Column("grid", lambda row, reader: short_grid(row["grid_name"]), plain=True),
    Column("quarters", _plain("quarters"), plain=True),
    Column("door", _door, plain=True),
    Column("occupancy", _word("occupancy", "occupancy"), plain=True),
    Column("headcount", _plain("headcount")),
    Column("contact", _plain("contact")),
    Column("phone", _plain("phone")),
    Column("people", _people),
    Column("tags", _tags),
    Column("note", _plain("note")),
)
COLUMNS = {"visits": VISITS, "registry": REGISTRY}

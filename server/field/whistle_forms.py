"""Forms about whistles: one is raised, goes a step on, has a word said about it. Twin of web/phone/whistle_forms.js."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server.field.sheet import Sheet, cleaned, is_id
from server.field.telling import given
from server.views.blobs import read_blobs
from server.views.whistles import CATEGORIES, NOTED, RATINGS, TITLE_CHARS_MAX, URGENCIES, WAYS

About = Mapping[str, Any]
Draft = dict[str, Any]

NOTE_CHARS_MAX = 2000
PLACE_CHARS_MAX = 60
SOURCES = ("visit", "item", "patrol_note")


def raised(sheet: Sheet, about: About) -> Draft:
    """A whistle: without a title it is called by its first words. A voice note says enough beside a title."""
    text = sheet.words("text")
    title = sheet.line("title", TITLE_CHARS_MAX) or (brief(text) if text else None)
    if title is None and "title" not in sheet.errors:
        sheet.wrong("text", "form.whistle")
    household, source = _id(sheet, "at_home"), _id(sheet, "source")
    blobs, urgency = read_blobs(sheet.raw("blobs")), sheet.choice("urgency", URGENCIES)
    body = {
        "title": title,
        "occurred_at_ms": about["now_ms"],
        **given("category", sheet.choice("category", CATEGORIES)),
        **given("text", text),
        **given("blobs", blobs),
        **({"urgency": urgency} if urgency and urgency != "normal" else {}),
        **given("household", household),
        **given("building", None if household else _id(sheet, "building")),
        **given("place", sheet.line("place", PLACE_CHARS_MAX)),
        **({"source_of": sheet.choice("source_of", SOURCES), "source": source} if source else {}),
        **({"consent": True} if sheet.raw("consent") == "yes" else {}),
    }
    return {"kind": "whistle.raised", "grid": about["grid"], "over": {}, "body": body}


def brief(text: str) -> str:
    """The first words of a text, as a title."""
    return cleaned(cleaned(text).split("\n")[0][:TITLE_CHARS_MAX])


def _id(sheet: Sheet, name: str) -> str | None:
    found = sheet.raw(name)
    return found if is_id(found) else None


def move(sheet: Sheet, about: About) -> Draft:
    """A step, over the last one that was in view."""
    whistle, to = about["whistle"], sheet.raw("to")
    note = sheet.words("note", NOTE_CHARS_MAX)
    if not any(to in leads for leads in WAYS.values()):
        sheet.wrong("to", "form.choose")
    elif note is None and to in NOTED:
        sheet.wrong("note", "form.whistle_why")
    body = {"to": to, **given("note", note), **given("rating", sheet.choice("rating", RATINGS))}
    body |= given("blobs", read_blobs(sheet.raw("blobs")))
    draft = {"entity": whistle["id"], "grid": about["grid"], "over": {"step": sheet.ids("step")}}
    return {**draft, "kind": "whistle.moved", "body": body}


def told(sheet: Sheet, about: About) -> Draft:
    """A word about it, or photos; nothing is no news."""
    body = {**given("note", sheet.words("note", NOTE_CHARS_MAX)), **given("blobs", read_blobs(sheet.raw("blobs")))}
    if not body:
        return {}
    return {
        "kind": "whistle.told",
        "entity": about["whistle"]["id"],
        "grid": about["grid"],
        "over": {},
        "body": body,
    }


WHISTLE_FORMS = {"whistle": raised, "whistle_move": move, "whistle_told": told}
"""By the name of a form what reads it, as in item_forms.py."""

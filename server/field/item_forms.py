"""Forms about what asks became: an ask turned by a tap, a step, a telling, a promise that is kept.

Twin of web/phone/item_forms.js.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server.field.sheet import Sheet, is_id
from server.field.telling import given
from server.views.blobs import read_blobs, spoken
from server.views.common import ASKS
from server.views.items import RATINGS, RECORD, SOURCES, SPOKEN, TURNS, WAYS

About = Mapping[str, Any]
Draft = dict[str, Any]

NOTE_CHARS_MAX = 500
RECORD_CHARS_MAX = 2000


def turn(sheet: Sheet, about: About) -> Draft:
    """An ask of a visit becomes what somebody tapped, in its own words, or with the voice that said it where nobody
    wrote it down; an answered effect rates what was before."""
    visit = about["visit"]
    ask = sheet.choice("ask", (*ASKS, SPOKEN)) or ""
    text = (visit.get("asks") or {}).get(ask)
    voices = [blob for blob in visit.get("blobs") or () if spoken(blob)] if ask in ("effect", SPOKEN) else []
    if not (text or voices):
        return {}
    said = {"text": text} if text else {"blobs": voices}
    if ask == "effect":
        return _rated(sheet, about, said)
    kind = sheet.choice("kind", TURNS[ask])
    if kind is None:
        sheet.wrong("kind", "form.choose")
    return _raised(about, {"kind": kind, **said})


def _rated(sheet: Sheet, about: About, said: dict[str, Any]) -> Draft:
    rating = sheet.choice("rating", RATINGS)
    if rating is None:
        sheet.wrong("rating", "form.choose")
    of, _, id_ = sheet.raw("of").partition(":")
    known = id_ if is_id(id_) else None
    if of == "item" and known:
        body = {"rating": rating, **given("note", said.get("text")), "visit": about["visit"]["id"]}
        return {"kind": "item.rated", "entity": known, "grid": about["grid"], "over": {}, "body": body}
    return _raised(about, {"kind": "effect", **said, **given("about", known), "rating": rating})


def _raised(about: About, said: dict[str, Any]) -> Draft:
    visit = about["visit"]
    came = {"occurred_at_ms": visit["occurred_at_ms"], "household": about["household"], "source_visit": visit["id"]}
    return {"kind": "item.raised", "grid": about["grid"], "over": {}, "body": {**said, **came}}


def mediation(sheet: Sheet, about: About) -> Draft:
    """A mediation begun by itself: nothing is asked but what it is about."""
    text, blobs = sheet.words("text"), read_blobs(sheet.raw("blobs"))
    if text is None and not blobs:
        sheet.wrong("text", "form.summary")
    body = {
        "kind": "mediation",
        **given("text", text),
        "occurred_at_ms": about["now_ms"],
        **given("household", about.get("household")),
        **given("record", _record(sheet)),
        **given("blobs", blobs),
    }
    return {"kind": "item.raised", "grid": about["grid"], "over": {}, "body": body}


def move(sheet: Sheet, about: About) -> Draft:
    """A step, over the last one that was in view."""
    item, to = about["item"], sheet.raw("to")
    note = given("note", sheet.words("note", NOTE_CHARS_MAX))
    draft = {"entity": item["id"], "grid": about["grid"], "over": {"step": sheet.ids("step")}}
    if to == "withdrawn":
        return {**draft, "kind": "item.withdrawn", "body": note}
    if not any(to in leads for leads in WAYS[item["kind"]].values()):
        sheet.wrong("to", "form.choose")
    return {**draft, "kind": "item.moved", "body": {"to": to, **note}}


def told(sheet: Sheet, about: About) -> Draft:
    """How a mediation goes on; told as it stands it is no news."""
    item, record = about["item"], _record(sheet)
    note, blobs = sheet.words("note"), read_blobs(sheet.raw("blobs"))
    changed = given("record", record) if record != (item.get("record") or {}) else {}
    if not (note or changed or blobs) or item["kind"] != "mediation":
        return {}
    body = {**given("note", note), **changed, **given("blobs", blobs)}
    return {"kind": "item.told", "entity": item["id"], "grid": about["grid"], "over": {}, "body": body}


def kept(sheet: Sheet, about: About) -> Draft:
    """What a visit promised is done."""
    visit = about["visit"]
    note = given("note", sheet.words("note", NOTE_CHARS_MAX))
    if not visit.get("follow_up_on"):
        return {}
    body = {"on": visit["follow_up_on"], **note}
    return {"kind": "visit.kept", "entity": visit["id"], "grid": about["grid"], "over": {}, "body": body}


def _record(sheet: Sheet) -> dict[str, Any]:
    words = {field: text for field in RECORD if (text := sheet.words(field, RECORD_CHARS_MAX))}
    return {**words, **given("source", sheet.choice("source", SOURCES)), **given("revisit_on", sheet.day("revisit_on"))}


ITEM_FORMS = {"item": turn, "mediation": mediation, "item_move": move, "item_told": told, "kept": kept}
"""By the name of a form what reads it: a sheet and where one stands, to the one edit it makes or none."""

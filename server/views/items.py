"""What asks became: the ways on from each state, the lines that name them, and the page of one."""

from __future__ import annotations

from .blobs import blobs_told, read_blobs, spoken
from .common import ASKS, Context, Params, Row, Rows, by_id, date_text, day_of, first, frame, local, offset_of
from .people import DECIDING, first_wrong, form_state, head_of

NEEDS = {"grid": "all", "building": "all", "household": "here", "visit": "here", "item": "all"}
TEMPLATE = "field/item.html"
MEDIATION_NEEDS = {"grid": "all", "building": "all", "household": "here"}
MEDIATION_TEMPLATE = "field/mediation_form.html"

WAYS: dict[str, dict[str, tuple[str, ...]]] = {
    "problem": {"new": ("self_resolved",), "self_resolved": ("new",)},
    "need": {
        "new": ("matched", "project", "done", "dropped"),
        "matched": ("project", "done", "dropped"),
        "project": ("done", "dropped"),
        "done": ("new",),
        "dropped": ("new",),
    },
    "proposal": {
        "new": ("taken", "done", "dropped"),
        "taken": ("done", "dropped"),
        "done": ("new",),
        "dropped": ("new",),
    },
    "effect": {"rated": ()},
    "mediation": {
        "registered": ("accepted", "mediating"),
        "accepted": ("mediating", "agreed_oral", "agreed_written", "failed"),
        "mediating": ("agreed_oral", "agreed_written", "failed"),
        "agreed_oral": ("revisit",),
        "agreed_written": ("revisit",),
        "revisit": ("filed", "mediating"),
        "failed": ("referred", "mediating"),
        "referred": ("filed",),
    },
}
"""As sync/rules/item.py has them; a test compares the two."""
LEADERS = ("matched", "project", "taken", "dropped", "filed")
CLOSED = ("self_resolved", "done", "dropped", "filed", "rated", "withdrawn")
SPOKEN = "spoken"
"""What was said of a visit by voice alone: nobody wrote down which ask it answers."""
TURNS = {"difficulty": ("problem", "mediation"), "need": ("need",), "idea": ("proposal",), "effect": (),
         SPOKEN: ("problem", "mediation", "need", "proposal")}  # fmt: skip
RATINGS = ("satisfied", "basic", "not")
SOURCES = ("applied", "proactive")
RECORD = ("parties", "type", "requests", "facts", "agreement", "performance", "mediators")
"""What of a mediation is told in free words, beside its source and the day to come back on."""
FIELDS = ("source", *RECORD, "revisit_on")
MEDIATION_INPUTS = ("text", *FIELDS, "blobs")

RATED_SHOWN = 6
BRIEF_CHARS = 24


def view(rows: Rows, now_ms: int, params: Params) -> Context | None:
    """One item: its words, where it stands, what may come next, and all that was said of it."""
    item = first(rows, "item", params.get("item"))
    if item is None:
        return None
    offset = offset_of(rows, params)
    household = first(rows, "household", item.get("household"))
    decides = params.get("role") in DECIDING
    record = item.get("record") or {}
    sent = params.get("values") or {}
    # What came back from the other form of this page says nothing of the record.
    asked = {**params, "values": {"note": sent.get("note"), **record}} if sent and "source" not in sent else params
    values = form_state(asked, ("note", *FIELDS, "blobs"), record)
    return {
        **frame(rows, now_ms, params, "today"),
        "item": {
            **line_of(item, offset),
            "by": item.get("by") or "",
            "step": item["step"],
            "shots": _shots(item, params),
        },
        "household": household and head_of(household, by_id(rows, "building").get(household["building"])),
        "visit": item["source_visit"] if first(rows, "visit", item.get("source_visit")) else "",
        "steps": [to for to in WAYS[item["kind"]].get(item["state"], ()) if decides or to not in LEADERS],
        "withdraws": item["state"] not in CLOSED and (decides or item.get("author") == params.get("person")),
        "story": [_told(each, params, offset) for each in reversed(item.get("story") or ())],
        "record": [{"field": field, "text": record[field]} for field in FIELDS if record.get(field)],
        "fields": RECORD,
        "sources": SOURCES,
        "values": values,
        "blobs": blobs_told(read_blobs(str(values["blobs"]))),
        "keeps": bool(params.get("keeps")),
        "errors": params.get("errors") or {},
        "new_id": params.get("new_id") or "",
    }


def mediation(rows: Rows, now_ms: int, params: Params) -> Context:
    """A mediation begun by itself, at a door or without one."""
    grids = rows.get("grid") or [{}]
    household = first(rows, "household", params.get("household"))
    values = form_state(params, MEDIATION_INPUTS, {})
    return {
        **frame(rows, now_ms, params, "today"),
        "household": household and head_of(household, by_id(rows, "building").get(household["building"])),
        "grid": (household or {}).get("grid") or grids[0].get("id") or "",
        "fields": RECORD,
        "sources": SOURCES,
        "values": values,
        "blobs": blobs_told(read_blobs(str(values["blobs"]))),
        "keeps": bool(params.get("keeps")),
        "wrong": first_wrong(params, MEDIATION_INPUTS),
        "errors": params.get("errors") or {},
        "new_id": params.get("new_id") or "",
    }


def is_open(item: Row) -> bool:
    """Whether anything is still to be done about it."""
    return item["state"] not in CLOSED


def open_at(rows: Rows, household: str, offset: int) -> list[Context]:
    """What is open at a household, the oldest first."""
    return [line_of(item, offset) for item in _here(rows, household) if is_open(item)]


def line_of(item: Row, offset: int) -> Context:
    """An item as lists name it."""
    return {
        "id": item["id"],
        "kind": item["kind"],
        "state": item["state"],
        "text": item.get("text") or "",
        "at": local(item["occurred_at_ms"], offset),
        "rating": item.get("rating"),
        "unsent": bool(item.get("unsent")),
    }


def turns_of(rows: Rows, visit: Row, offset: int) -> list[Context]:
    """Each ask of a visit that was answered, with what it may become and what it became; with a voice note also what
    nobody wrote down: that stays to be taken for each of these, and for a rating."""
    here = _here(rows, visit["household"])
    asks = visit.get("asks") or {}
    voice = any(spoken(blob) for blob in visit.get("blobs") or ())
    found = {ask: [line_of(item, offset) for item in here if _came_of(item, visit["id"], ask)] for ask in TURNS}
    left = [kind for kind in TURNS[SPOKEN] if all(item["kind"] != kind for item in found[SPOKEN])]
    return [
        {
            "ask": ask,
            "kinds": left if ask == SPOKEN else TURNS[ask],
            "became": found[ask],
            "open": bool(left) if ask == SPOKEN else not found[ask],
            "options": _options(rows, here, visit, offset) if ask == "effect" else [],
        }
        for ask in (*ASKS, SPOKEN)
        if asks.get(ask) or (voice and ask in ("effect", SPOKEN))
    ]


def _here(rows: Rows, household: str) -> list[Row]:
    here = [item for item in rows.get("item", ()) if item.get("household") == household]
    return sorted(here, key=lambda item: (item["occurred_at_ms"], item["id"]))


def _came_of(item: Row, visit: str, ask: str) -> bool:
    """Whether this ask of this visit became that item, or rated it."""
    if ask == "effect":
        rated = any(each["what"] == "rated" and each.get("visit") == visit for each in item.get("story") or ())
        return rated or (item["kind"] == "effect" and item.get("source_visit") == visit)
    here = item["kind"] in TURNS[ask] and item.get("source_visit") == visit
    return here and bool(item.get("text")) == (ask != SPOKEN)


def _options(rows: Rows, here: list[Row], visit: Row, offset: int) -> list[Context]:
    """What was done for a household before, to be rated: its earlier items, and days that were promised it."""
    until = visit["occurred_at_ms"]
    items = [
        {"of": f"item:{item['id']}", "kind": item["kind"], "text": (item.get("text") or "")[:BRIEF_CHARS], "ms": ms}
        for item in here
        if (ms := item["occurred_at_ms"]) <= until
        and item.get("source_visit") != visit["id"]
        and item["kind"] != "effect"
        and item["state"] != "withdrawn"
    ]
    today = date_text(day_of(until, offset))
    promises = [
        {"of": f"visit:{each['id']}", "kind": "promise", "text": each["follow_up_on"], "ms": each["occurred_at_ms"]}
        for each in rows.get("visit", ())
        if each["household"] == visit["household"] and each["id"] != visit["id"]
        if each.get("follow_up_on") and each["follow_up_on"] <= today
    ]
    newest = sorted([*items, *promises], key=lambda each: (-each["ms"], each["of"]))[:RATED_SHOWN]
    return [{"of": each["of"], "kind": each["kind"], "text": each["text"]} for each in newest]


def _shots(said: Row, params: Params) -> Context | None:
    return blobs_told(said.get("blobs"), params.get("blobs"))


def _told(told: Row, params: Params, offset: int) -> Context:
    return {
        "shots": _shots(told, params),
        "what": told["what"],
        "by": told.get("by") or "",
        "at": local(told["at_ms"], offset),
        "to": told.get("to") or "",
        "note": told.get("note") or "",
        "beside": bool(told.get("why")),
    }

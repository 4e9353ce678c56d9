"""Whistles on the phone: the way of one, the form of a new one, the page of one, and those that wait for this worker.

Twin of web/phone/views/whistles.js. The desk reads the same table.
"""

from __future__ import annotations

from .blobs import blobs_told
from .common import ASKS, Context, Params, Row, Rows, by_id, first, frame, local, offset_of
from .people import first_wrong, form_state, head_of

NEEDS = {"grid": "all", "building": "all", "household": "here", "whistle": "all"}
TEMPLATE = "field/whistle.html"
LIST_NEEDS = {"grid": "all", "building": "all", "whistle": "all"}
LIST_TEMPLATE = "field/whistles.html"
FORM_NEEDS = {**LIST_NEEDS, "household": "here", "visit": "here", "item": "all", "patrol_note": "all"}
FORM_TEMPLATE = "field/whistle_form.html"

GRID, COMMITTEE, LEADER, DEPARTMENT, REPORTER = "grid", "committee", "leader", "department", "reporter"
WAYS: dict[str, dict[str, tuple[str, ...]]] = {
    "reported": {
        "self_resolved": (GRID,),
        "responded": (COMMITTEE,),
        "merged": (COMMITTEE,),
        "invalid": (COMMITTEE,),
        "withdrawn": (REPORTER,),
    },
    "self_resolved": {"closed": (GRID, COMMITTEE)},
    "merged": {"reported": (REPORTER, COMMITTEE)},
    "invalid": {"reported": (REPORTER, COMMITTEE)},
    "responded": {"dispatched": (COMMITTEE,), "withdrawn": (REPORTER,)},
    "dispatched": {"accepted": (DEPARTMENT,), "returned": (DEPARTMENT,), "withdrawn": (REPORTER,)},
    "returned": {"responded": (COMMITTEE,), "withdrawn": (REPORTER,)},
    "accepted": {"in_progress": (DEPARTMENT,), "withdrawn": (REPORTER,)},
    "in_progress": {
        "extended": (DEPARTMENT,),
        "suspended": (DEPARTMENT,),
        "resolved": (DEPARTMENT,),
        "withdrawn": (REPORTER,),
    },
    "extended": {"in_progress": (DEPARTMENT,), "withdrawn": (REPORTER,)},
    "suspended": {"in_progress": (DEPARTMENT,), "withdrawn": (REPORTER,)},
    "resolved": {"verifying": (COMMITTEE, LEADER), "withdrawn": (REPORTER,)},
    "verifying": {"revisit": (GRID,), "reopened": (GRID, COMMITTEE), "withdrawn": (REPORTER,)},
    "revisit": {"closed": (GRID, COMMITTEE), "reopened": (GRID, COMMITTEE), "withdrawn": (REPORTER,)},
    "reopened": {"dispatched": (COMMITTEE,), "withdrawn": (REPORTER,)},
}
"""As sync/rules/whistle_ways.py has them; a test compares the two."""
NOTED = ("self_resolved", "invalid", "reported", "returned", "extended", "suspended", "resolved", "reopened")
"""Steps that say why."""
HANDLED = ("self_resolved", "accepted", "in_progress", "resolved")
PROVED = ("revisit", "closed", "reopened")
OVER = ("self_resolved", "closed", "merged", "invalid", "withdrawn")
RETURNED = ("returned", "merged", "invalid")
CATEGORIES = tuple(f"W{n:02d}" for n in range(1, 13))
URGENCIES = ("danger", "urgent", "normal", "complex")
RATINGS = ("satisfied", "basic", "not")
INPUTS = ("title", "text", "category", "urgency", "building", "place", "blobs", "consent")
TITLE_CHARS_MAX = 30
ALIKE_MS = 72 * 3_600_000
OVER_SHOWN = 20


def view(rows: Rows, now_ms: int, params: Params) -> Context | None:
    """One whistle: what is wrong and where, how far it is, what this worker may say next, and its whole story."""
    whistle = first(rows, "whistle", params.get("whistle"))
    if whistle is None:
        return None
    offset = offset_of(rows, params)
    household = first(rows, "household", whistle.get("household"))
    steps = steps_of(whistle, params)
    return {
        **frame(rows, now_ms, params, "today"),
        "whistle": {
            **line_of(whistle, rows, offset),
            "text": whistle.get("text") or "",
            "by": whistle["by"],
            "first_owner": whistle["first_owner_name"],
            "urgency": whistle["urgency"],
            "department": whistle.get("department_name") or "",
            "result": whistle.get("result") or "",
            "rating": whistle.get("rating") or "",
            "source_of": whistle.get("source_of") or "",
            "source": whistle.get("source") or "",
            "step": whistle["step"],
        },
        "household": household and head_of(household, by_id(rows, "building").get(household["building"])),
        "shown": blobs_told(whistle.get("blobs"), params.get("blobs")),
        "keeps": bool(params.get("keeps")),
        "correcting": None,
        "blobs": None,
        "story": [_told(each, offset, params) for each in reversed(whistle.get("story") or ())],
        "steps": steps,
        "rates": "closed" in steps and whistle["state"] == "revisit",
        "values": form_state(params, ("note", "blobs"), {}),
        "errors": params.get("errors") or {},
        "new_id": params.get("new_id") or "",
    }


def form(rows: Rows, now_ms: int, params: Params) -> Context:
    """A new whistle: what the visit, the item or the note has said already stands in it."""
    grids = rows.get("grid") or [{}]
    household = first(rows, "household", params.get("household"))
    of, source = _source(rows, params)
    building = (household or {}).get("building") or (source or {}).get("building") or ""
    text = _words(of, source)
    values = form_state(params, INPUTS, {"text": text, "urgency": "normal", "building": building})
    buildings = sorted(rows.get("building", ()), key=lambda row: (row.get("sort") or 0, row["id"]))
    return {
        **frame(rows, now_ms, params, "today"),
        "household": household and head_of(household, by_id(rows, "building").get(household["building"])),
        "grid": (household or {}).get("grid") or (source or {}).get("grid") or grids[0].get("id") or "",
        "source_of": of,
        "source": (source or {}).get("id") or "",
        "places": [] if household else [{"id": row["id"], "name": row["name"]} for row in buildings],
        "alike": [line_of(row, rows, offset_of(rows, params)) for row in _alike(rows, building, now_ms)],
        "categories": [{"code": code, "key": code.lower()} for code in CATEGORIES],
        "urgencies": URGENCIES,
        "keeps": bool(params.get("keeps")),
        "correcting": None,
        "blobs": None,
        "values": values,
        "wrong": first_wrong(params, INPUTS),
        "errors": params.get("errors") or {},
        "new_id": params.get("new_id") or "",
    }


def listed(rows: Rows, now_ms: int, params: Params) -> Context:
    """Every whistle of these grids that this phone holds: those that wait for this worker first."""
    offset = offset_of(rows, params)
    all_ = sorted(rows.get("whistle", ()), key=lambda row: (-row["stepped_ms"], row["id"]))
    over = [row for row in all_ if row["state"] in OVER and not waits(row, params)]
    rest = [row for row in all_ if row["state"] not in OVER and not waits(row, params)]
    return {
        **frame(rows, now_ms, params, "today"),
        "waiting": [line_of(row, rows, offset) for row in all_ if waits(row, params)],
        "open": [line_of(row, rows, offset) for row in rest],
        "over": [line_of(row, rows, offset) for row in over[:OVER_SHOWN]],
    }


def today_whistles(rows: Rows, params: Params, offset: int) -> Context:
    """Those that wait for this worker, the one that waits longest first, and how many others are open."""
    waiting = sorted((row for row in rows.get("whistle", ()) if waits(row, params)), key=lambda row: row["stepped_ms"])
    others = sum(row["state"] not in OVER and not waits(row, params) for row in rows.get("whistle", ()))
    return {"waiting": [line_of(row, rows, offset) for row in waiting], "n": others}


def whistles_at(rows: Rows, household: str, offset: int) -> list[Context]:
    """What is open about a household, the oldest first."""
    here = [row for row in rows.get("whistle", ()) if row.get("household") == household and row["state"] not in OVER]
    return [line_of(row, rows, offset) for row in sorted(here, key=lambda row: (row["stepped_ms"], row["id"]))]


def waits(whistle: Row, params: Params) -> bool:
    """Whether it is for this worker to look, to ask, or as its first owner to answer for what came back."""
    if whistle["state"] in ("verifying", "revisit"):
        return params.get("person") not in _handlers(whistle)
    return whistle["state"] in RETURNED and whistle["first_owner"] == params.get("person")


def steps_of(whistle: Row, params: Params) -> list[str]:
    """What this worker may say next."""
    mine = {GRID}
    if params.get("role") == "grid_leader":
        mine.add(LEADER)
    if whistle["author"] == params.get("person"):
        mine.add(REPORTER)
    handled = params.get("person") in _handlers(whistle)
    ways = WAYS.get(whistle["state"], {})
    return [to for to, who in ways.items() if mine.intersection(who) and not (handled and to in PROVED)]


def _handlers(whistle: Row) -> set[str]:
    story = whistle.get("story") or ()
    return {told["author"] for told in story if told.get("to") in HANDLED and not told.get("why")}


def line_of(whistle: Row, rows: Rows, offset: int) -> Context:
    """A whistle as lists name it."""
    building = by_id(rows, "building").get(whistle.get("building") or "") or {}
    return {
        "id": whistle["id"],
        "title": whistle["title"],
        "state": whistle["state"],
        "category": (whistle.get("category") or "").lower(),
        "building": building.get("name") or "",
        "place": whistle.get("place") or "",
        "at": local(whistle["occurred_at_ms"], offset),
        "since": local(whistle["stepped_ms"], offset),
        "unsent": bool(whistle.get("unsent")),
    }


def _source(rows: Rows, params: Params) -> tuple[str, Row | None]:
    for of in ("visit", "item", "patrol_note"):
        found = first(rows, of, params.get(of))
        if found is not None:
            return of, found
    return "", None


def _words(of: str, source: Row | None) -> str:
    """What was said there already."""
    if source is None:
        return ""
    if of != "visit":
        return source.get("text") or ""
    asks = source.get("asks") or {}
    return next((asks[ask] for ask in ASKS if asks.get(ask)), None) or source.get("text") or ""


def _alike(rows: Rows, building: str, now_ms: int) -> list[Row]:
    """What was whistled about in the same building within three days."""
    here = [row for row in rows.get("whistle", ()) if building and row.get("building") == building]
    return [row for row in here if now_ms - row["occurred_at_ms"] <= ALIKE_MS and row["state"] != "withdrawn"]


def _told(told: Row, offset: int, params: Params) -> Context:
    return {
        "to": told.get("to") or "",
        "by": told["by"],
        "at": local(told["at_ms"], offset),
        "note": told.get("note") or "",
        "department": told.get("department") or "",
        "rating": told.get("rating") or "",
        "why": told.get("why") or "",
        "blobs": blobs_told(told.get("blobs"), params.get("blobs")),
    }

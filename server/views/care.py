"""Who is looked in on: what is urgent, whose turn it is, and one pair with what was found and a form of two taps."""

from __future__ import annotations

from urllib.parse import quote

from .blobs import blobs_told, read_blobs
from .care_due import STATES, WAYS, care_due
from .common import Context, Params, Row, Rows, by_id, day_of, door_order, first, frame, local, offset_of, place, shown
from .doors_at import person_of
from .people import form_state
from .stands import whose

NEEDS = {
    "grid": "all",
    "building": "all",
    "household": "all",
    "resident": "all",
    "door": "all",
    "care_pair": "all",
    "care_check": "all",
}
TEMPLATE = "field/care.html"

INPUTS = ("text", "state", "way", "blobs")
LATE_DAYS = 7
"""For so long an urgent word about a pair that was ended stands among what is urgent."""
TODAY_SHOWN = 3
PAST_SHOWN = 20


def view(rows: Rows, now_ms: int, params: Params) -> Context | None:
    """All pairs of the phone's grids, or the one asked for; None where that is none of them."""
    lines = care_lines(rows, now_ms, params)
    asked = (params.get("values") or {}).get("pair") or params.get("pair")
    one = next((line for line in lines if line["id"] == asked), None)
    if asked and one is None:
        return None
    standing = [line for line in lines if not line["ended"] and line["state"] != "urgent"]
    values = form_state(params, INPUTS, {})
    return {
        **frame(rows, now_ms, params, "today"),
        "one": one and {**one, **_told(rows, one, now_ms, params)},
        "urgent": urgent_of(lines),
        "due": [line for line in standing if line["mine"] and line["due"]],
        "later": [line for line in standing if line["mine"] and not line["due"]],
        "others": [line for line in standing if not line["mine"]],
        "states": STATES,
        "ways": WAYS,
        "values": values,
        "blobs": blobs_told(read_blobs(str(values["blobs"]))),
        "keeps": bool(params.get("keeps")),
        "errors": params.get("errors") or {},
        "new_id": params.get("new_id") or "",
    }


def care_lines(rows: Rows, now_ms: int, params: Params) -> list[Context]:
    """Every pair whose home the phone holds, in the order of the doors."""
    offset = offset_of(rows, params)
    homes, buildings = by_id(rows, "household"), by_id(rows, "building")
    residents, doors = by_id(rows, "resident"), by_id(rows, "door")
    found = []
    for pair in rows.get("care_pair", ()):
        home = homes.get(pair["household"])
        if home is not None:
            who = residents.get(pair.get("resident") or "")
            name = str((shown(who, "name") if who else "") or person_of(home))
            building = buildings.get(home["building"])
            due = care_due(pair, doors.get(home["id"], {}), day_of(now_ms, offset), offset)
            found.append(((*door_order(home), pair["id"]), _line(pair, home, name, place(building, home), due, params)))
    return [line for _, line in sorted(found, key=lambda each: each[0])]


def _line(pair: Row, home: Row, name: str, where: Context, due: Context, params: Params) -> Context:
    return {
        "id": pair["id"],
        "grid": pair.get("grid") or "",
        "household": home["id"],
        "name": name,
        "place": where,
        "by": pair.get("by") or "",
        "mine": pair.get("carer") in whose(params),
        "cadence": pair["cadence"],
        "state": due["state"],
        "days": due["days"],
        "due": due["due"],
        "ended": pair.get("ended_ms") is not None,
        "unsent": bool(pair.get("unsent")),
    }


def urgent_of(lines: list[Context]) -> list[Context]:
    """What somebody called urgent and nothing newer is known of."""
    fresh = (line for line in lines if line["state"] == "urgent")
    return [line for line in fresh if not line["ended"] or line["days"] < LATE_DAYS]


def care_today(rows: Rows, now_ms: int, params: Params, grid: str | None = None) -> Context | None:
    """What Today says of it, and in one grid a patrol: all that is urgent, and the first of one's own whose turn it
    is."""
    lines = [line for line in care_lines(rows, now_ms, params) if grid in (None, line["grid"])]
    urgent = urgent_of(lines)
    due = [line for line in lines if line["mine"] and line["due"] and line["state"] != "urgent"]
    told = {"urgent": urgent, "next": due[:TODAY_SHOWN], "due": len(due), "pairs": len(lines)}
    return told if lines else None


def _told(rows: Rows, one: Context, now_ms: int, params: Params) -> Context:
    """What was found there, the latest first, and what has just been said."""
    offset = offset_of(rows, params)
    checks = [row for row in rows.get("care_check", ()) if row["pair"] == one["id"]]
    checks.sort(key=lambda row: (row["occurred_at_ms"], row["id"]), reverse=True)
    saved = first(rows, "care_check", params.get("saved"))
    return {
        "checks": [_check(row, offset, params) for row in checks[:PAST_SHOWN]],
        "saved": saved and _check(saved, offset, params),
    }


def _check(row: Row, offset: int, params: Params) -> Context:
    return {
        "id": row["id"],
        "state": row["state"],
        "way": row.get("way"),
        "text": row.get("text") or "",
        "by": row.get("by") or "",
        "at": local(row["occurred_at_ms"], offset),
        "mine": row.get("author") == params.get("person"),
        "after_end": bool(row.get("after_end")),
        "undone": row.get("undone_ms") is not None,
        "blobs": blobs_told(row.get("blobs"), params.get("blobs")),
        "unsent": bool(row.get("unsent")),
    }


def after_care(edit: str, pair: str, state: str) -> str:
    """Where one goes on to after a check: to the numbers to call where it is urgent, else back to the pair."""
    if state == "urgent":
        return "/field/emergency?written=1"
    return f"/field/care?pair={quote(pair, safe='')}{f'&saved={edit}' if state else ''}"

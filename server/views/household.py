"""One household: who lives there, what is known, every visit, and what was promised."""

from __future__ import annotations

from .care import care_lines
from .common import Context, Params, Row, Rows, by_id, date_text, day_of, first, frame, heads, local, offset_of
from .doors_at import days_since, knocked_without, look_of, unpainted
from .items import open_at, turns_of
from .people import HOUSEHOLD_FACTS, facts_of, head_of, person_row, reader_of
from .visit import asked_of, visit_line
from .whistles import whistles_at

NEEDS = {
    "grid": "all",
    "building": "all",
    "household": "here",
    "resident": "here",
    "visit": "here",
    "door": "here",
    "care_pair": "here",
    "item": "here",
    "whistle": "here",
}
TEMPLATE = "field/household.html"

SHOWN_VISITS = 20
EMPTIED = ("vacant", "moved")
SAME = ("occupancy", "headcount")


def view(rows: Rows, now_ms: int, params: Params) -> Context | None:
    """The household asked for; None when this grid has no such door."""
    household = first(rows, "household", params.get("household"))
    if household is None:
        return None
    offset = offset_of(rows, params)
    today = day_of(now_ms, offset)
    building = by_id(rows, "building").get(household["building"])
    door = first(rows, "door", household["id"]) or {}
    visits = newest_first(rows, household["id"])
    residents = sorted(
        (row for row in rows.get("resident", ()) if row["household"] == household["id"]), key=lambda row: str(row["id"])
    )
    year = date_text(today)[:4]
    this_year = sum(date_text(day_of(visit["occurred_at_ms"], offset))[:4] == year for visit in visits)
    kept = visits if params.get("all") else visits[:SHOWN_VISITS]
    saved = first(rows, "visit", params.get("saved"))
    draft = params.get("draft")
    reader = reader_of(params, now_ms, offset)
    contact_days = days_since(door.get("contact_ms"), today, offset)
    return {
        **frame(rows, now_ms, params, "doors"),
        "household": head_of(household, building),
        "look": look_of(household, door, today, offset),
        "met": None if contact_days is None else {"n": contact_days, "today": contact_days == 0},
        "knocked": {
            "on": local(door["knock_ms"], offset),
            "today": day_of(door["knock_ms"], offset) == today,
            "result": knocked_without(door),
        }
        if knocked_without(door)
        else None,
        "emptied": _emptied(household, door, reader),
        "promise_on": door.get("promise_on"),
        "promised": _when(door.get("promise_on"), date_text(today)),
        "care": door.get("care") if door.get("care") in ("watch", "urgent") else None,
        "pairs": [line for line in care_lines(rows, now_ms, params) if line["household"] == household["id"]],
        **_people([person_row(resident, reader["half"]) for resident in residents]),
        "half_person": f"resident:{household['id']}" in reader["half"],
        "me": reader["me"],
        "decides": reader["decides"],
        "facts": facts_of(household, HOUSEHOLD_FACTS, reader),
        "visits": [
            {
                **visit_line(visit, offset, params.get("blobs")),
                "asked": asked_of(visit, params),
                "twice": _twice(visit, visits, offset),
            }
            for visit in kept
        ],
        "visit_count": len(visits),
        "this_year": this_year,
        "more_visits": len(visits) - len(kept),
        "items": open_at(rows, household["id"], offset),
        "whistles": whistles_at(rows, household["id"], offset),
        "turns": turns_of(rows, saved, offset) if saved else [],
        "same": _same(facts_of(household, HOUSEHOLD_FACTS, reader)),
        "saved": saved and {"id": saved["id"], "result": saved["result"], "unsent": bool(saved.get("unsent"))},
        "draft": draft and {"at": local(draft["saved_ms"], offset)},
        "new_id": params.get("new_id") or "",
        "restricted": bool((by_id(rows, "grid").get(household.get("grid") or "") or {}).get("restricted")),
    }


def newest_first(rows: Rows, household: str) -> list[Row]:
    """The visits of a household, newest first by when they happened."""
    here = [row for row in rows.get("visit", ()) if row["household"] == household]
    return sorted(here, key=lambda visit: (visit["occurred_at_ms"], visit["id"]), reverse=True)


def _emptied(household: Row, door: Row, reader: Context) -> Context | None:
    """A home found empty that still counts as lived in: what one tap would state, and whether a leader is asked."""
    known = heads(household, "occupancy")
    if knocked_without(door) not in EMPTIED or unpainted(household) or any(head.get("proposed") for head in known):
        return None
    return {"over": ",".join(head["edit"] for head in known), "asks": bool(known) and not reader["decides"]}


def _same(facts: list[Context]) -> list[Context]:
    """What one tap confirms: how the home is used and by how many, where both or one of them is known and agreed."""
    return [fact for fact in facts if fact["field"] in SAME and fact["value"] != "" and not fact["differs"]]


def _twice(visit: Row, visits: list[Row], offset: int) -> bool:
    """Whether a colleague came on the same day: both visits stand, and may be one (DOMAIN §2.9.1)."""
    day, author = day_of(visit["occurred_at_ms"], offset), visit.get("author")
    return any(
        author and other.get("author") not in (None, author) and day_of(other["occurred_at_ms"], offset) == day
        for other in visits
    )


def _people(people: list[Context]) -> Context:
    """Those who live here, and apart from them whoever lives elsewhere or has died."""
    here = [person for person in people if not (person["elsewhere"] or person["deceased"])]
    apart = [person for person in people if person["elsewhere"] and not person["deceased"]]
    return {"people": here, "apart": apart, "dead": [person for person in people if person["deceased"]]}


def _when(promise_on: str | None, today: str) -> str | None:
    """Whether a promised day is still to come, is today, or has passed."""
    if not promise_on:
        return None
    if promise_on == today:
        return "today"
    return "ahead" if promise_on > today else "passed"

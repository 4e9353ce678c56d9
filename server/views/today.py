"""Today: where the day stands in one sentence, then the next doors with the reason in words."""

from __future__ import annotations

from .actions import actions_of
from .asked import asked_today
from .care import care_today
from .common import (
    ASKS,
    DAY_MS,
    Context,
    Params,
    Row,
    Rows,
    by_id,
    date_text,
    day_of,
    door_order,
    frame,
    hour_of,
    local,
    offset_of,
    place,
)
from .day import is_of
from .doors_at import CONTACT, due_order, knocked_without, look_of, person_of, reason_of
from .followups import on_today
from .half import half_written
from .order import NEEDS as ORDER_NEEDS
from .order import orders_today
from .reports import reports_open
from .stands import stands_today
from .walks import day_walked, walk_today
from .whistles import today_whistles

NEEDS = {**ORDER_NEEDS, "door": "all", "visit": "today"}
NEEDS |= {**dict.fromkeys(("daily_log", "patrol", "action", "care_pair", "item"), "all"), "resident": "paired"}
NEEDS |= {"report": "all", "whistle": "all"}
TEMPLATE = "field/today.html"

DAY_DOORS = 12  # a morning's and an afternoon's knocks; what is promised or cared for always stands on the list
LEFT_MS = 7 * DAY_MS
LOG_FROM = 15  # the hour from which the day's log is in reach here
SHOWN, SHOWN_DONE = 6, 2  # rows that fit above the foot
LISTED = 100  # rows of the whole list before somebody asks for more: three hundred take a slow phone a tenth longer


def view(rows: Rows, now_ms: int, params: Params) -> Context:
    """What is due, what was done. Doors nobody has seen for long fill the day up to twelve; the rest can wait."""
    offset = offset_of(rows, params)
    today = day_of(now_ms, offset)
    buildings, doors = by_id(rows, "building"), by_id(rows, "door")
    due: list[tuple[tuple[object, ...], Row, str]] = []
    done: list[tuple[int, str, Row]] = []
    for household in rows.get("household", ()):
        door = doors.get(household["id"], {})
        knock_ms = door.get("knock_ms")
        if knock_ms is not None and day_of(knock_ms, offset) == today:
            done.append((-knock_ms, household["id"], household))
            continue
        reason = reason_of(household, door, today, offset)
        if reason:
            due.append((due_order(door, reason) + door_order(household), household, reason))
    due.sort(key=lambda item: item[0])
    done.sort(key=lambda item: item[:2])
    pressing = sum(reason in ("promise", "care") for _, _, reason in due)
    room = max(0, DAY_DOORS - len(done) - pressing)
    listed = due[: pressing + room]
    seen = {"answered": 0, "no_answer": 0, "other": 0}
    answered = _answered_today(rows, today, offset)
    kinds = [_kind(household, doors[household["id"]], answered) for _, _, household in done]
    for kind in kinds:
        seen[kind] += 1
    show = params.get("show")
    words = _last_words(rows, today, offset)
    past = done if show == "done" else done[:SHOWN_DONE]
    whole = {"next": due[:LISTED], "all": due}
    nexts = whole.get(show or "", listed[: SHOWN - len(done[:SHOWN_DONE])])
    rest = kinds[len(past) :]
    return {
        **frame(rows, now_ms, params, "today"),
        "homes": len(rows.get("household", ())),
        "grids": len(rows.get("grid", ())),
        "revoked": bool(params.get("revoked")),
        "show": show,
        "half": half_written(rows, params),
        "returned": _returned(rows, now_ms),
        "asked": asked_today(rows, params, offset),
        "orders": orders_today(rows, today, offset),
        "log": _log(rows, now_ms, params, offset),
        "patrol": walk_today(rows, now_ms, offset),
        "actions": actions_of(rows, today),
        "care": care_today(rows, now_ms, params),
        "stands": stands_today(rows, now_ms, params),
        "follow": on_today(rows, today, params, offset),
        "reports": reports_open(rows, offset),
        "whistles": today_whistles(rows, params, offset),
        "due": len(listed) + len(done),
        "left": len(listed),
        "all_left": len(due),
        "later": len(due) - len(listed),
        "further": len(due) - len(nexts) if show == "next" else 0,
        "knocked": len(done),
        "answered": seen["answered"],
        "next": [
            {
                **look_of(household, doors.get(household["id"], {}), today, offset),
                "name": person_of(household),
                "place": place(buildings.get(household["building"]), household),
                **_why(doors.get(household["id"], {}), reason, today, offset),
            }
            for _, household, reason in nexts
        ],
        "done": [
            {
                **look_of(household, doors[household["id"]], today, offset),
                "name": person_of(household),
                "place": place(buildings.get(household["building"]), household),
                "result": doors[household["id"]]["knock_result"],
                "text": words.get(household["id"], ""),
            }
            for _, _, household in past
        ],
        "rest": {
            "n": len(rest),
            "parts": [
                {"of": kind, "n": rest.count(kind)} for kind in ("answered", "no_answer", "other") if kind in rest
            ],
        }
        if rest
        else None,
    }


def _returned(rows: Rows, now_ms: int) -> list[Context]:
    """Logs that came back with a question, the latest day first. In a grid that is theirs no more nobody can answer
    one here: after a few days it is told no longer."""
    grids = {grid["id"] for grid in rows.get("grid", ())}
    back = [
        row
        for row in rows.get("daily_log", ())
        if row["state"] == "returned" and (row["grid"] in grids or (row.get("at_ms") or 0) > now_ms - LEFT_MS)
    ]
    back.sort(key=lambda row: (row["day"], row["id"]), reverse=True)
    return [
        {"day": row["day"], "grid": row["grid"], "note": row.get("note") or "", "by": row.get("by") or ""}
        for row in back
    ]


def _log(rows: Rows, now_ms: int, params: Params, offset: int) -> Context | None:
    """How far today's log has come; before the afternoon it is named only once it was sent."""
    today = day_of(now_ms, offset)
    own = [row for row in rows.get("daily_log", ()) if row["day"] == date_text(today)]
    if own:
        return {"state": own[0]["state"], "unsent": any(row.get("unsent") for row in own)}
    visits = (visit for visit in rows.get("visit", ()) if is_of(visit, params.get("person")))
    went = any(day_of(visit["occurred_at_ms"], offset) == today for visit in visits)
    went = went or any(day_walked(patrol, offset) == date_text(today) for patrol in rows.get("patrol", ()))
    return {"state": "open", "unsent": False} if went and hour_of(now_ms, offset) >= LOG_FROM else None


def _answered_today(rows: Rows, today: int, offset: int) -> set[str]:
    """Doors where somebody answered today, whatever a later knock found: what paints a door counts here."""
    visits = (visit for visit in rows.get("visit", ()) if visit["result"] in CONTACT)
    return {visit["household"] for visit in visits if day_of(visit["occurred_at_ms"], offset) == today}


def _kind(household: Row, door: Row, answered: set[str]) -> str:
    if household["id"] in answered or door.get("knock_result") in CONTACT:
        return "answered"
    return "no_answer" if door.get("knock_result") == "no_answer" else "other"


def _why(door: Row, reason: str, today: int, offset: int) -> Context:
    """The reason in parts: what it is, which day was promised, and the last knock that met nobody."""
    promise_on = door.get("promise_on")
    return {
        "why": reason,
        "care": door.get("care"),
        "promise_on": promise_on,
        "promised_today": promise_on == date_text(today),
        "knocked_on": local(door["knock_ms"], offset) if knocked_without(door) else None,
    }


def _last_words(rows: Rows, today: int, offset: int) -> dict[str, str]:
    """The first words of today's newest visit at each door."""
    newest: dict[str, Row] = {}
    for visit in rows.get("visit", ()):
        if day_of(visit["occurred_at_ms"], offset) != today:
            continue
        known = newest.get(visit["household"])
        if known is None or (known["occurred_at_ms"], known["id"]) < (visit["occurred_at_ms"], visit["id"]):
            newest[visit["household"]] = visit
    return {household: words_of(visit) for household, visit in newest.items()}


def words_of(visit: Row) -> str:
    """What was said, in one line: the free words, else the first ask answered."""
    asks = visit.get("asks") or {}
    said = [visit.get("text"), *(asks.get(ask) for ask in ASKS)]
    return str(next((words for words in said if words), ""))

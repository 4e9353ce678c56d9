"""A verification order on the phone: its doors in walking order, each answered in place; its line on Today."""

from __future__ import annotations

from .blobs import blobs_told, read_blobs
from .common import (
    Context,
    Params,
    Row,
    Rows,
    building_order,
    by_id,
    date_text,
    day_of,
    door_order,
    first,
    frame,
    local,
    offset_of,
    place,
    short,
)
from .doors_at import person_of

NEEDS = {"grid": "all", "building": "all", "household": "all", "verification_order": "all", "order_answer": "all"}
TEMPLATE = "field/order.html"
FRAGMENT = "field/_order_door.html"

OPEN = ("issued", "in_progress", "redo")
TOLD_DAYS = 3
"""For so many days Today says that an order was withdrawn."""


def view(rows: Rows, now_ms: int, params: Params) -> Context | None:
    """One order with all its doors, that in `door` opened. None when there is none such."""
    order = first(rows, "verification_order", params.get("order"))
    if order is None:
        return None
    offset = offset_of(rows, params)
    today = day_of(now_ms, offset)
    doors = _doors(rows, order, today, offset, params.get("blobs"))
    asked = next((door for door in doors if door["id"] == params.get("door")), None)
    if params.get("door") and asked is None:
        return None
    values = params.get("values") or (params.get("draft") or {}).get("values") or {}
    return {
        **frame(rows, now_ms, params, "today"),
        "order": {**told_order(rows, order, today, offset), "points": list(order["points"]), "step": order["step"]},
        "doors": doors,
        "door": asked and {**asked, "asks": _asks(order, asked, values)},
        "open": asked is not None and not params.get("stated"),
        "stated": bool(params.get("stated")),
        "over": values.get("over") or (asked or {}).get("over") or "",
        "values": {"blobs": values.get("blobs") or ""},
        "blobs": blobs_told(read_blobs(str(values.get("blobs") or ""))),
        "keeps": bool(params.get("keeps")),
        "new_id": params.get("new_id") or "",
        "errors": params.get("errors") or {},
    }


def orders_today(rows: Rows, today: int, offset: int) -> list[Context]:
    """Orders that wait for their workers, the most pressing first; those that wait for the station; and for a few days
    those that were withdrawn."""
    shown = [order for order in rows.get("verification_order", ()) if _shows(order, today, offset)]
    shown.sort(key=lambda order: (order["state"] not in OPEN, order["due"], order["id"]))
    return [told_order(rows, order, today, offset) for order in shown]


def orders_open(rows: Rows, today: int, offset: int, grid: str | None = None) -> list[Context]:
    """Those alone that wait for their workers, where it is asked so those of one grid."""
    orders = orders_today(rows, today, offset)
    return [each for each in orders if each["state"] in OPEN and grid in (None, each["grid"])]


def _shows(order: Row, today: int, offset: int) -> bool:
    if order["state"] == "withdrawn":
        return today - day_of(order.get("stepped_ms") or 0, offset) < TOLD_DAYS
    return order["state"] in (*OPEN, "reported")


def told_order(rows: Rows, order: Row, today: int, offset: int) -> Context:
    """How far an order has come. Doors that stand in another grid by now and have no answer are nobody's here."""
    here, answers = by_id(rows, "household"), answers_at(rows, order["id"])
    done = [household for household in order["households"] if household in answers]
    left = [household for household in order["households"] if household not in answers and household in here]
    return {
        "id": order["id"],
        "grid": order.get("grid") or "",
        "title": order["title"],
        "state": order["state"],
        "due": order["due"],
        "due_today": order["due"] == date_text(today),
        "late": order["state"] in OPEN and order["due"] < date_text(today),
        "by": order["by"],
        "note": order.get("note") or "",
        "stepped_by": order.get("stepped_by") or "",
        "stepped": local(order.get("stepped_ms"), offset),
        "done": len(done),
        "total": len(done) + len(left),
        "gone": len(order["households"]) - len(done) - len(left),
        "unsent": bool(order.get("unsent")),
    }


def answers_at(rows: Rows, order: str) -> dict[str, list[Row]]:
    """Every answer in an order by door, the newest first, each `covered` where another took its place."""
    of = [row for row in rows.get("order_answer", ()) if row["verification_order"] == order]
    covered = {each for row in of for each in row.get("covers") or ()}
    found: dict[str, list[Row]] = {}
    for row in sorted(of, key=lambda row: (row["occurred_at_ms"], row["id"]), reverse=True):
        found.setdefault(row["household"], []).append({**row, "covered": row["id"] in covered})
    return found


def _doors(rows: Rows, order: Row, today: int, offset: int, known_blobs: Context | None) -> list[Context]:
    """The doors of an order as somebody walks by them: building, entrance, floor, number."""
    buildings, here, answers = by_id(rows, "building"), by_id(rows, "household"), answers_at(rows, order["id"])
    ids = {*order["households"], *answers}
    homes = [here[each] for each in ids if each in here]
    homes.sort(key=lambda home: (*building_order(buildings.get(home["building"])), *door_order(home)))
    away = sorted(each for each in ids if each not in here and each in answers)
    heading = ""
    doors: list[Context] = []
    for home in homes:
        at = place(buildings.get(home["building"]), home)
        stair = f"{at['quarters']} {at['building']} {at['entrance']}"
        known: Context = {"place": at, "short": short(buildings.get(home["building"]), home), "name": person_of(home)}
        known["begins"] = stair != heading
        heading = stair
        doors.append(
            {"id": home["id"], **known, **_said(order, answers.get(home["id"], []), today, offset, known_blobs)}
        )
    gone = {"place": None, "short": "", "name": "", "begins": False}
    return doors + [{"id": each, **gone, **_said(order, answers[each], today, offset, known_blobs)} for each in away]


def _said(order: Row, answers: list[Row], today: int, offset: int, known_blobs: Context | None) -> Context:
    """What was found at a door: the answers that stand, and in a word how it is."""
    heads = [answer for answer in answers if not answer["covered"]]
    return {
        "state": state_of(heads),
        "over": ",".join(sorted(head["id"] for head in heads)),
        "heads": [
            {
                "id": head["id"],
                "by": head["by"],
                "at": local(head["occurred_at_ms"], offset),
                "today": day_of(head["occurred_at_ms"], offset) == today,
                "points": [
                    {"point": point, "ok": _word(each), "note": each.get("note") or ""}
                    for point, each in zip(order["points"], head["points"], strict=False)
                ],
                "well": all(each.get("ok") for each in head["points"]),
                "blobs": blobs_told(head.get("blobs"), known_blobs),
                "unsent": bool(head.get("unsent")),
            }
            for head in heads
        ],
    }


def state_of(heads: list[Row]) -> str:
    """left, well, wrong (something is not as it should be), part (not all was looked at), or two that differ."""
    if not heads:
        return "left"
    oks = [[each.get("ok") for each in head["points"]] for head in heads]
    if any(ok != oks[0] for ok in oks):
        return "two"
    if False in oks[0]:
        return "wrong"
    return "well" if all(oks[0]) else "part"


def _word(checked: Row) -> str:
    ok = checked.get("ok")
    return "" if ok is None else "yes" if ok else "no"


def _asks(order: Row, door: Context, values: Row) -> list[Context]:
    """Each point with what is chosen: as half-written, or as it stands where one answer does."""
    known = door["heads"][0]["points"] if door["heads"] else []
    asks = []
    for n, point in enumerate(order["points"]):
        said = known[n] if n < len(known) else {"ok": "", "note": ""}
        ok, note = values.get(f"p{n}", said["ok"]), values.get(f"n{n}", said["note"])
        asks.append({"n": n, "point": point, "ok": ok, "note": note})
    return asks

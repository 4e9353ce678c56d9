"""What is to be followed up, whatever it came from: promised days, mediations to come back to, orders, what was agreed
at meetings; and what waits without a day: items, what neighbours noticed, whistles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from .actions import actions_of
from .common import EPOCH, Context, Params, Row, Rows, by_id, date_text, day_of, frame, offset_of
from .items import is_open, line_of
from .order import NEEDS as ORDER_NEEDS
from .order import orders_open
from .people import head_of
from .reports import reports_open
from .whistles import today_whistles

NEEDS = {**ORDER_NEEDS, **dict.fromkeys(("door", "visit", "item", "action", "report", "whistle"), "all")}
TEMPLATE = "field/followups.html"

ON_TODAY = 2


def view(rows: Rows, now_ms: int, params: Params) -> Context:
    """What has a day, the earliest first; then what waits without one, the oldest first."""
    offset = offset_of(rows, params)
    return {
        **frame(rows, now_ms, params, "today"),
        "dated": dated(rows, day_of(now_ms, offset), offset),
        "open": waiting(rows, params, offset),
        "new_id": params.get("new_id") or "",
    }


def on_today(rows: Rows, today: int, params: Params, offset: int) -> Context | None:
    """Two lines for Today and how many there are: what is no item stands there already."""
    days, still = dated(rows, today, offset), waiting(rows, params, offset)
    if not days and not still:
        return None
    due = [each for each in days if each["of"] == "revisit" and each["when"] != "ahead"]
    items = [each for each in still if each["of"] == "item"]
    return {"n": len(days) + len(still), "due": due[:ON_TODAY], "open": items[: ON_TODAY - len(due[:ON_TODAY])]}


def dated(rows: Rows, today: int, offset: int) -> list[Context]:
    """Promises that stand, each with the visit that made it where that is here; days to come back on; orders and what
    was agreed, each by the day it is due."""
    homes, heads = _homes(rows)
    made = {(visit["household"], visit["occurred_at_ms"]): visit["id"] for visit in rows.get("visit", ())}
    found = [
        {**_when(door["promise_on"], today), "of": "promise", "household": heads(door["id"]), "item": None,
         "visit": made.get((door["id"], door.get("promise_ms"))) or ""}
        for door in rows.get("door", ())
        if door.get("promise_on") and door["id"] in homes
    ]  # fmt: skip
    found += [
        {**_when(item["record"]["revisit_on"], today), "of": "revisit", "household": heads(item.get("household")),
         "item": line_of(item, offset), "visit": ""}
        for item in rows.get("item", ())
        if is_open(item) and (item.get("record") or {}).get("revisit_on")
    ]  # fmt: skip
    bare = {"household": None, "item": None, "visit": ""}
    found += [
        {
            **_when(each["due"], today),
            **bare,
            "of": "order",
            "text": each["title"],
            "href": f"/field/orders/{each['id']}",
        }
        for each in orders_open(rows, today, offset)
    ]
    found += [
        {**_when(each["due"], today), **bare, "of": "action", "text": each["text"], "href": "/field/#agreed"}
        for each in actions_of(rows, today)
    ]
    return sorted(found, key=_order)


def waiting(rows: Rows, params: Params, offset: int) -> list[Context]:
    """What waits without a day: items, what neighbours noticed, whistles that wait for this worker."""
    _, heads = _homes(rows)
    still = [
        item for item in rows.get("item", ()) if is_open(item) and not (item.get("record") or {}).get("revisit_on")
    ]
    found = [{**line_of(item, offset), "of": "item", "household": heads(item.get("household"))} for item in still]
    found += [{**each, "of": "report", "household": None} for each in reports_open(rows, offset, None)]
    mine = today_whistles(rows, params, offset)["waiting"]
    found += [{**each, "at": each["since"], "of": "whistle", "household": None} for each in mine]
    return sorted(found, key=lambda each: (each["at"], each["id"]))


def _order(entry: Context) -> tuple[str, str, str]:
    named = entry["household"] or entry["item"]
    return entry["on"], entry["of"], named["id"] if named else entry["href"] + entry["text"]


def _when(on: str, today: int) -> Context:
    """A day in words: how long it is over, or that it is still to come."""
    day = date_text(today)
    return {"on": on, "when": "today" if on == day else "ahead" if on > day else "overdue",
            "days": max(0, today - _day(on))}  # fmt: skip


def _day(on: str) -> int:
    return date.fromisoformat(on).toordinal() - EPOCH


def _homes(rows: Rows) -> tuple[Mapping[str, Row], Callable[[str | None], Context | None]]:
    """The homes here, and what names each of them."""
    buildings, homes = by_id(rows, "building"), by_id(rows, "household")

    def head(household: str | None) -> Context | None:
        home = homes.get(household or "")
        return head_of(home, buildings.get(home["building"])) if home else None

    return homes, head

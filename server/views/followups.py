"""What is to be followed up: days that were promised, mediations to come back to, items that are still open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from .common import EPOCH, Context, Params, Row, Rows, by_id, date_text, day_of, frame, offset_of
from .items import is_open, line_of
from .people import head_of

NEEDS = {"grid": "all", "building": "all", "household": "all", "door": "all", "visit": "all", "item": "all"}
TEMPLATE = "field/followups.html"

ON_TODAY = 2


def view(rows: Rows, now_ms: int, params: Params) -> Context:
    """What has a day, the earliest first; then what is open without one, the oldest first."""
    offset = offset_of(rows, params)
    return {
        **frame(rows, now_ms, params, "today"),
        "dated": dated(rows, day_of(now_ms, offset), offset),
        "open": open_items(rows, offset),
        "new_id": params.get("new_id") or "",
    }


def on_today(rows: Rows, today: int, offset: int) -> Context | None:
    """Two lines for Today and how many there are: promises that are due stand among its doors already."""
    days, still = dated(rows, today, offset), open_items(rows, offset)
    if not days and not still:
        return None
    due = [each for each in days if each["of"] == "revisit" and each["when"] != "ahead"]
    return {"n": len(days) + len(still), "due": due[:ON_TODAY], "open": still[: ON_TODAY - len(due[:ON_TODAY])]}


def dated(rows: Rows, today: int, offset: int) -> list[Context]:
    """Promises that stand, each with the visit that made it where that is here; and days to come back on."""
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
    return sorted(found, key=_order)


def open_items(rows: Rows, offset: int) -> list[Context]:
    """Items that wait without a day."""
    _, heads = _homes(rows)
    still = [
        item for item in rows.get("item", ()) if is_open(item) and not (item.get("record") or {}).get("revisit_on")
    ]
    still = sorted(still, key=lambda item: (item["occurred_at_ms"], item["id"]))
    return [{**line_of(item, offset), "household": heads(item.get("household"))} for item in still]


def _order(entry: Context) -> tuple[str, str, str]:
    return entry["on"], entry["of"], (entry["household"] or {}).get("id") or entry["item"]["id"]


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

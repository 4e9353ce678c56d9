"""What else a day is told of, beside visits and patrols: checks, doors of orders, items, promises kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .common import Context, Row, Rows, by_id, date_text, day_of, local, place, short
from .day import is_late, visits_on
from .doors_at import person_of

NEEDS = {"care_check": "all", "verification_order": "all", "order_answer": "all", "item": "all"}


def told_besides(rows: Rows, grid: str, day: str, person: object, me: str, today: str, offset: int) -> Context:
    """All of it that was somebody's on a local day. Steps of items name their author as `me`, no id."""
    on = (grid, day, person)
    return {
        "checks": _checks(rows, on, today, offset),
        "orders": _orders(rows, on, today, offset),
        "matters": _matters(rows, on, me, offset),
        "kept": _kept(rows, on, me, offset),
    }


def days_besides(rows: Rows, grid: str, person: object, offset: int) -> set[str]:
    """The local days on which somebody looked in on people, answered at doors of orders or raised items."""
    own = _own(rows, grid, person, "care_check", "order_answer", "item")
    return {date_text(day_of(row["occurred_at_ms"], offset)) for row in own}


def late_besides(rows: Rows, grid: str, person: object, came: Callable[[Row], bool], offset: int) -> list[Context]:
    """Checks and answers of theirs that `came` late, with their doors."""
    own = filter(came, _own(rows, grid, person, "care_check", "order_answer"))
    found = sorted(own, key=lambda row: (row["occurred_at_ms"], row["id"]))
    lines = zip(found, _at(rows, found, None, offset), strict=True)
    return [{**line, "of": "check" if "pair" in row else "answer"} for row, line in lines]


def _own(rows: Rows, grid: str, person: object, *kinds: str) -> list[Row]:
    own = (row for kind in kinds for row in rows.get(kind, ()) if row.get("author") == person)
    return [row for row in own if row.get("grid") == grid and row.get("undone_ms") is None]


def _on(rows: Rows, kind: str, on: tuple[str, str, object], offset: int) -> list[Row]:
    """Somebody's rows of a kind that happened on that day, in the order in which they did."""
    grid, day, person = on
    found = [
        row
        for row in rows.get(kind, ())
        if (row.get("grid"), row.get("author")) == (grid, person) and _day(row["occurred_at_ms"], offset) == day
    ]
    return sorted(found, key=lambda row: (row["occurred_at_ms"], row["id"]))


def _checks(rows: Rows, on: tuple[str, str, object], today: str, offset: int) -> list[Context]:
    found = [row for row in _on(rows, "care_check", on, offset) if row.get("undone_ms") is None]
    at = zip(found, _at(rows, found, today, offset), strict=True)
    return [{**line, "pair": row["pair"], "state": row["state"]} for row, line in at]


def _orders(rows: Rows, on: tuple[str, str, object], today: str, offset: int) -> list[Context]:
    """By order, the doors at which somebody answered, each with its last answer of the day."""
    titles = by_id(rows, "verification_order")
    last = {(row["verification_order"], row["household"]): row for row in _on(rows, "order_answer", on, offset)}
    answers = list(last.values())
    doors: dict[str, list[Context]] = {}
    for row, line in zip(answers, _at(rows, answers, today, offset), strict=True):
        wrong = any(point.get("ok") is False for point in row["points"])
        doors.setdefault(row["verification_order"], []).append({**line, "wrong": wrong})
    return [{"id": id_, "title": (titles.get(id_) or {}).get("title") or "", "doors": doors[id_]} for id_ in doors]


def _matters(rows: Rows, on: tuple[str, str, object], me: str, offset: int) -> list[Context]:
    """Items that somebody raised or said something of, each with the last that they did that day."""
    grid, day, person = on
    found = []
    for item in rows.get("item", ()):
        if item.get("grid") != grid:
            continue
        did = [
            {"ms": told["at_ms"], "what": told["what"], "to": told.get("to") or ""}
            for told in item.get("story") or ()
            if told.get("by") == me and not told.get("why") and _day(told["at_ms"], offset) == day
        ]
        raised = item.get("author") == person and _day(item["occurred_at_ms"], offset) == day
        if raised or did:
            begun = {"ms": item["occurred_at_ms"], "what": "raised", "to": ""}
            found.append((item, did[-1] if did else begun))
    found.sort(key=lambda each: (each[1]["ms"], each[0]["id"]))
    doors = _at(rows, [item for item, _ in found], None, offset)
    return [
        {**line, "kind": item["kind"], "text": item.get("text") or "", "what": did["what"], "to": did["to"]}
        for (item, did), line in zip(found, doors, strict=True)
    ]


def _kept(rows: Rows, on: tuple[str, str, object], me: str, offset: int) -> list[Context]:
    """Days that were promised at a door and that somebody kept: they met them there on that day or later, first of
    all, or said that it is done."""
    grid, day, person = on
    kept = [
        (visit, visit["kept"]["on"])
        for visit in rows.get("visit", ())
        if visit.get("grid") == grid and (visit.get("kept") or {}).get("by") == me
        if _day(visit["kept"]["at_ms"], offset) == day
    ]
    for visit in visits_on(rows, person, grid, day, offset):
        promise = _promise(rows, visit, offset) if visit["result"] == "met" else None
        if promise is not None:
            kept.append((visit, promise["follow_up_on"]))
    kept.sort(key=lambda each: (each[0]["occurred_at_ms"], each[0]["id"]))
    lines = _at(rows, [visit for visit, _ in kept], None, offset)
    return [{**line, "on": promised} for (_, promised), line in zip(kept, lines, strict=True)]


def _promise(rows: Rows, met: Row, offset: int) -> Row | None:
    """The visit whose promise this meeting kept, if it did: the last one before it, that nobody had kept already."""
    before = [
        visit
        for visit in rows.get("visit", ())
        if visit["household"] == met["household"] and visit["occurred_at_ms"] < met["occurred_at_ms"]
    ]
    before.sort(key=lambda visit: (visit["occurred_at_ms"], visit["id"]))
    made = next((visit for visit in reversed(before) if visit.get("follow_up_on")), None)
    if made is None or made.get("kept") or made["follow_up_on"] > _day(met["occurred_at_ms"], offset):
        return None
    since = (visit for visit in before if visit["result"] == "met" and visit["occurred_at_ms"] > made["occurred_at_ms"])
    early = all(_day(visit["occurred_at_ms"], offset) < made["follow_up_on"] for visit in since)
    return made if early else None


def _day(ms: int, offset: int) -> str:
    return date_text(day_of(ms, offset))


def _at(rows: Rows, found: Iterable[Row], today: str | None, offset: int) -> list[Context]:
    """Each with its door, as the log names one; what has no door, or one that stands elsewhere by now, with none.
    Without `today` nothing is late."""
    homes, buildings = by_id(rows, "household"), by_id(rows, "building")
    lines = []
    for row in found:
        home = homes.get(row.get("household") or "")
        building = buildings.get(home["building"]) if home else None
        lines.append(
            {
                "id": row["id"],
                "grid": row.get("grid") or "",
                "household": row.get("household") or "",
                "at": local(row["occurred_at_ms"], offset),
                "door": short(building, home) if home else "",
                "place": place(building, home) if home else None,
                "name": person_of(home) if home else "",
                "late": today is not None and is_late(row, today, offset),
                "unsent": bool(row.get("unsent")),
            }
        )
    return lines

"""Finding as one types, across the grid: by door number, by name, by what somebody once noted."""

from __future__ import annotations

import re
from typing import Any

from .common import (
    ASKS,
    Context,
    Params,
    Row,
    Rows,
    building_order,
    by_id,
    day_of,
    door_order,
    frame,
    heads,
    offset_of,
    place,
    search_fold,
    short,
)
from .doors_at import look_of, person_of

NEEDS = {"grid": "all", "building": "all", "household": "all", "resident": "all", "door": "all", "visit": "all"}
TEMPLATE = "field/_found.html"

LIMIT = 30
BLANKS = " \t\n\r\u3000"  # what strip() and trim() take differs between engines
AROUND = 12  # signs shown before what was found
LINE = 60  # signs of a note shown in all
# As it is printed over a door: 槐安小区3幢2单元501室. A part may be missing, not both building and entrance.
ADDRESS = re.compile(
    r"([^0-9a-z]*)(?:([0-9]{1,9}|[a-z])(?:幢|栋|号楼|座|楼)-?)?(?:([0-9a-z]+)单元-?)?(.*?)(室?)", re.DOTALL
)
RANK = {"number": 0, "name": 1, "phone": 2, "note": 3, "visit": 4}


def view(rows: Rows, now_ms: int, params: Params) -> Context:
    """The fragment under the search box."""
    return {**frame(rows, now_ms, params, "doors"), "found": matches(rows, now_ms, params)}


def matches(rows: Rows, now_ms: int, params: Params) -> Context:
    """Doors that match `q`, numbers first, then names, then notes, each with the words that matched."""
    asked = str(params.get("q") or "").strip(BLANKS)
    q = search_fold(asked).strip(BLANKS)
    if not q:
        return {"q": asked, "n": 0, "more": 0, "hits": [], "here": [], "to": "", "note": ""}
    offset = offset_of(rows, params)
    today = day_of(now_ms, offset)
    buildings, doors = by_id(rows, "building"), by_id(rows, "door")
    printed = _printed(q)
    residents: dict[str, list[Row]] = {}
    for resident in rows.get("resident", ()):
        residents.setdefault(resident["household"], []).append(resident)
    visits: dict[str, list[Row]] = {}
    for visit in rows.get("visit", ()):
        visits.setdefault(visit["household"], []).append(visit)
    hits: list[tuple[tuple[Any, ...], Row, Context]] = []
    for household in rows.get("household", ()):
        building = buildings.get(household["building"])
        if printed and _stands_at(printed, building, household):
            hit: Context | None = _cut("number", "", q)
        else:
            hit = _match(q, building, household, residents.get(household["id"], ()), visits.get(household["id"], ()))
        if hit:
            hits.append(((RANK[hit["in"]], *building_order(building), *door_order(household)), household, hit))
    hits.sort(key=lambda item: item[0])
    kept = hits[:LIMIT]
    return {
        "q": asked,
        "n": len(hits),
        "more": len(hits) - len(kept),
        "here": [household["id"] for _, household, _ in hits if household["building"] == params.get("building")],
        "to": "visit" if params.get("to") == "visit" else "",
        "note": params.get("note") or "",
        "hits": [
            {
                **look_of(household, doors.get(household["id"], {}), today, offset),
                "name": person_of(household),
                "place": place(buildings.get(household["building"]), household),
                "match": hit,
            }
            for _, household, hit in kept
        ],
    }


def _printed(q: str) -> tuple[str, ...] | None:
    """Quarters, building, entrance and room of a printed address, blank where it says nothing; None if it is none."""
    found = ADDRESS.fullmatch(q.replace(" ", ""))
    if not found or not (found[2] or found[3] or (found[5] and found[4])):
        return None
    return tuple(part or "" for part in found.groups()[:4])


def _stands_at(printed: tuple[str, ...], building: Row | None, household: Row) -> bool:
    quarters, number, entrance, room = printed
    of = place(building, household)
    return (
        quarters in search_fold(of["quarters"])
        and number in ("", search_fold(short(building, {})))
        and entrance in ("", search_fold(of["entrance"]))
        and search_fold(of["room"]).replace(" ", "").startswith(room)
    )


def _match(q: str, building: Row | None, household: Row, residents: Any, visits: Any) -> Context | None:
    number = search_fold(short(building, household))
    bare = q.replace("-", "").replace(" ", "")
    if bare and (q in number or (len(bare) > 2 and bare in number.replace("-", ""))):
        return _cut("number", "", q)
    names = [head.get("value") for head in heads(household, "contact")]
    names += [head.get("value") for resident in residents for head in heads(resident, "name")]
    phones = [head.get("value") for head in heads(household, "phone")]
    phones += [head.get("value") for resident in residents for head in heads(resident, "phone")]
    notes = [head.get("value") for head in heads(household, "note")]
    notes += [head.get("value") for resident in residents for head in heads(resident, "note")]
    for kind, texts in (("name", names), ("phone", phones if len(bare) > 3 else []), ("note", notes)):
        for text in texts:
            if text and q in search_fold(text):
                # The name stands above already: it is not said twice.
                return _cut(kind, "" if text == person_of(household) else str(text), q)
    newest = sorted(visits, key=lambda visit: (visit["occurred_at_ms"], visit["id"]), reverse=True)
    for visit in newest:
        for text in (visit.get("text"), *((visit.get("asks") or {}).get(ask) for ask in ASKS)):
            if text and q in search_fold(text):
                return _cut("visit", str(text), q)
    return None


def _cut(kind: str, text: str, q: str) -> Context:
    """The words around what was found, short enough for two lines; counted in whole signs."""
    at = search_fold(text).find(q)
    if at < 0:
        return {"in": kind, "before": "", "hit": "", "after": ""}
    start = max(0, at - AROUND)
    end = at + len(q)
    return {
        "in": kind,
        "before": ("…" if start else "") + text[start:at],
        "hit": text[at:end],
        "after": text[end : start + LINE] + ("…" if start + LINE < len(text) else ""),
    }

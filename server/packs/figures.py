"""A pack's figures and lists, from rows alone: counted by place, hour and ask, never by who went."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from server.doors import door_number
from server.localtime import local_iso, told_hour
from server.packs.topics import NAMES, topic_of
from server.views.common import ASKS, building_order
from server.views.doors_at import CONTACT, unpainted

Row = Mapping[str, Any]
Shown = dict[str, Any]

MODES = ("door", "weekend", "reception", "night")
BAND_HOURS = 2
UNTOLD = "untold"


def counted(visits: Sequence[Row], utc_offset_min: int) -> Shown:
    """Visits and doors; doors by what was found there; visits by mode and hour, and by the ask that had an answer. A
    door counts as answered where somebody ever answered, as nobody's where nothing else was found."""
    results: dict[str, set[str]] = defaultdict(set)
    for visit in visits:
        results[visit["household"]].add(visit["result"])
    answered = sum(1 for found in results.values() if found.intersection(CONTACT))
    nobody = sum(1 for found in results.values() if found == {"no_answer"})
    hours = Counter((_band(visit, utc_offset_min), visit["mode"]) for visit in visits)
    bands = sorted({band for band, _ in hours}, key=lambda band: 24 if band == UNTOLD else int(band.partition("-")[0]))
    return {
        "visits": len(visits),
        "doors": len(results),
        "answered": answered,
        "nobody": nobody,
        "other": len(results) - answered - nobody,
        "modes": [{"mode": mode, "n": sum(hours[band, mode] for band in bands)} for mode in MODES],
        "hours": [{"band": band, "by": [hours[band, mode] for mode in MODES]} for band in bands],
        "asks": [{"ask": ask, "n": sum(1 for visit in visits if visit["asks"].get(ask))} for ask in ASKS],
    }


def _band(visit: Row, utc_offset_min: int) -> str:
    at = local_iso(visit["occurred_at_ms"], utc_offset_min)
    if not told_hour(at, visit["source"] is not None):
        return UNTOLD
    first = int(at[11:13]) // BAND_HOURS * BAND_HOURS
    return f"{first}-{first + BAND_HOURS}"


def coverage(
    buildings: Iterable[Row], homes: Iterable[Row], visits: Iterable[Row], lately: Collection[str]
) -> list[Shown]:
    """For each building its homes, those where somebody answered in these days, and those where somebody did `lately`.
    What is empty or a shop is no home to be called on."""
    doors: dict[str, set[str]] = defaultdict(set)
    for home in homes:
        if unpainted(dict(home)) is None:
            doors[home["building"]].add(home["id"])
    met = {visit["household"] for visit in visits if visit["result"] in CONTACT}
    places: dict[str, list[Row]] = {}
    for building in buildings:
        places.setdefault(building["grid"], []).append(building)
    return [
        {
            "name": f"{each['quarters'] or ''}{each['name']}",
            "grid": each["of"],
            "homes": len(doors[each["id"]]),
            "met": len(doors[each["id"]] & met),
            "lately": len(doors[each["id"]].intersection(lately)),
        }
        for of_grid in places.values()
        for each in sorted(of_grid, key=lambda building: building_order(dict(building)))
        if doors[each["id"]]
    ]


def door_of(row: Row) -> Shown:
    """A door as a list of the pack names it."""
    return {
        "grid": row["grid"],
        "household": row.get("household") or row["id"],
        "door": door_number(row["building_name"], row["entrance"], row["room"]),
        "name": row["contact"] or "",
    }


def no_answer(visits: Sequence[Row]) -> list[Shown]:
    """Doors at which nobody answered in all these days, those knocked at most often first."""
    found: dict[str, list[Row]] = defaultdict(list)
    for visit in visits:
        found[visit["household"]].append(visit)
    alone = [each for each in found.values() if all(visit["result"] == "no_answer" for visit in each)]
    lines = [{**door_of(each[0]), "n": len(each)} for each in alone]
    return sorted(lines, key=lambda line: (-line["n"], line["door"], line["household"]))


def still_hard(asked: Sequence[Row], solved: Collection[str], utc_offset_min: int) -> list[Shown]:
    """What is hard for people, door by door, until it is solved or they are asked there whether it helped: the answers
    in the order in which they came. `solved`: visits of which what was hard is solved."""
    helped: dict[str, int] = {}
    for visit in asked:
        if visit["asks"].get("effect"):
            helped[visit["household"]] = visit["occurred_at_ms"]
    return [
        line
        for visit, line in _said(asked, "difficulty", utc_offset_min)
        if helped.get(visit["household"], -1) < visit["occurred_at_ms"] and visit["id"] not in solved
    ]


def said(visits: Sequence[Row], ask: str, utc_offset_min: int) -> list[Shown]:
    """What was answered to one of the asks, and where."""
    return [line for _, line in _said(visits, ask, utc_offset_min)]


def _said(visits: Sequence[Row], ask: str, utc_offset_min: int) -> list[tuple[Row, Shown]]:
    """What was said for the station alone is read at no meeting: of it stands where it was said."""
    return [
        (
            visit,
            {
                **door_of(visit),
                "on": local_iso(visit["occurred_at_ms"], utc_offset_min)[:10],
                "text": _words(visit, ask),
            },
        )
        for visit in visits
        if visit["asks"].get(ask)
    ]


def _words(visit: Row, ask: str) -> str | None:
    return None if visit["private"] else str(visit["asks"][ask])


def chapters(visits: Sequence[Row], utc_offset_min: int) -> list[Shown]:
    """What was said by topic, hard things, needs and ideas alike; topics of which nobody spoke have no chapter."""
    found: dict[str, list[Shown]] = defaultdict(list)
    for ask in ("difficulty", "need", "idea"):
        for line in said(visits, ask, utc_offset_min):
            if line["text"] is not None:
                found[topic_of(line["text"])].append({**line, "ask": ask})
    return [
        {"topic": name, "said": sorted(found[name], key=lambda line: (line["on"], line["door"]))}
        for name in NAMES
        if found[name]
    ]

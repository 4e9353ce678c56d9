"""One question opened: its sides beside each other, who wrote each, when, and what they had in view."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils import uuid7

from server.conflicts import store
from server.conflicts.decisions import COUNTED, WRITTEN
from server.conflicts.entries import Entry
from server.conflicts.timeline import Lane, timeline
from server.conflicts.told import Words
from server.localtime import told_hour

Row = dict[str, Any]

FAST_MS = 120_000
"""A clock that is wrong by less is right."""
LINES_MAX = 12
BRIEF = 20
EMPTY: Row = {"said": [], "times": [], "saw": None, "href": None, "at": None, "edits": [], "more": None}


@dataclass(frozen=True)
class Written:
    """How the journal knows edits: by id, the receipt of what each had last seen, and the journal's name."""

    edits: dict[str, Row]
    seen_ms: dict[str, int]
    log: str


async def shown_case(db: AsyncConnection, entry: Entry, words: Words) -> Row:
    """Everything the page says of one question."""
    written = await _written(db, entry)
    chain = await _chain(db, entry) if entry.kind == "fork" else []
    sides = _sides(entry, words, written, chain)
    row = entry.row
    home = row.get("household") if entry.kind != "homes" else None
    placed = "building_name" in row and entry.kind != "homes"
    why = _why(entry, words, written)
    return {
        "key": entry.key,
        "kind": entry.kind,
        "question": words.question(entry),
        "where": words.say("where", quarters=row["quarters"], door=words.door(row)) if placed else None,
        "grid": row.get("grid_name"),
        "href": f"/desk/households/{entry.grid}/{home}" if home and placed else None,
        "sides": sides,
        "why": why[1],
        "signs": [words.say(f"sign.{sign}") for sign in row.get("signs", {})],
        # A line of time where it explains something: that one could not know of the other.
        "axis": _axis(entry, words, written) if why[0] else None,
        "after": words.say(f"after.{entry.kind}"),
        "reason": entry.kind in ("fork", "aside"),
        "other": WRITTEN.get(entry.what) if entry.kind == "fact" else None,
        "counted": entry.what in COUNTED,
        "seen": entry.seen,
        "edit": str(uuid7()),
    }


async def _written(db: AsyncConnection, entry: Entry) -> Written:
    ids = [str(row["edit"]) for row in entry.rows if "edit" in row]
    edits = await store.journaled(db, ids) if ids else {}
    log = await store.log(db)
    sizes = {id_: edit["header"]["seen"]["size"] for id_, edit in edits.items()
             if edit["header"]["seen"]["log"] == log and edit["device_kind"] == "phone"}  # fmt: skip
    receipts = await store.receipts_at(db, {size - 1 for size in sizes.values() if size})
    return Written(edits, {id_: receipts[size - 1] for id_, size in sizes.items() if size - 1 in receipts}, log)


async def _chain(db: AsyncConnection, entry: Entry) -> list[Row]:
    numbers = [row["n"] for row in entry.rows]
    return await store.chain(db, entry.row["device"], min(numbers), max(numbers))


def _sides(entry: Entry, words: Words, written: Written, chain: list[Row]) -> list[Row]:
    match entry.kind:
        case "fact":
            sides = _fact_sides(entry, words, written)
        case "tag":
            sides = _tag_sides(entry, words, written)
        case "telling":
            sides = [_telling(head, words, written) for head in entry.rows]
        case "fork":
            sides = _fork_sides(entry, words, chain)
        case "aside":
            sides = _aside_sides(entry, words)
        case "visits":
            sides = _pair_sides([_visit(row, words) for row in entry.rows], entry, words)
        case _:
            sides = _pair_sides([_home(row, words) for row in entry.rows], entry, words)
    return [{**EMPTY, **side, "n": n} for n, side in enumerate(sides, 1)]


def _fact_sides(entry: Entry, words: Words, written: Written) -> list[Row]:
    """A side for each value; who wrote the same stand together."""
    by_value: dict[str, list[Row]] = {}
    for head in entry.rows:
        by_value.setdefault(json.dumps(head["value"], sort_keys=True), []).append(head)
    sides: list[Row] = []
    alone = len({head["by"] for head in entry.rows}) < len(by_value) or any(each.get("proposed") for each in entry.rows)
    for heads in by_value.values():
        first, names = heads[0], list(dict.fromkeys(head["by"] for head in heads))
        by = words.say("and").join(names)
        sides.append({
            "by": words.say("side.proposed" if first.get("proposed") else "side.wrote", by=by),
            "value": (value := words.value(entry.what, first["value"])),
            "times": _times(first, words, written),
            "saw": [words.value(entry.what, saw["value"]) for saw in first.get("saw", ())],
            "choice": first["edit"],
            # One person's two values are told apart by the values, two people's by the people.
            "press": words.say("press.value", value=_brief(value)) if alone else words.say("press.take", by=by),
        })  # fmt: skip
    return sides


def _brief(text: str) -> str:
    return text if len(text) <= BRIEF else f"{text[:BRIEF]}…"


def _tag_sides(entry: Entry, words: Words, written: Written) -> list[Row]:
    asked = [head for head in entry.rows if head.get("proposed")]
    added = [head for head in entry.rows if not head.get("proposed")]
    tag, by = words.tag(entry.what), words.say("and").join(dict.fromkeys(head["by"] for head in asked))
    return [
        {"by": words.say("side.stands"), "value": tag, "times": _times(added[0], words, written) if added else [],
         "choice": "keep", "press": words.say("press.keep")},
        {"by": words.say("side.proposed", by=by), "value": words.say("side.without", tag=tag),
         "times": _times(asked[0], words, written), "choice": "remove", "press": words.say("press.remove")},
    ]  # fmt: skip


def _telling(head: Row, words: Words, written: Written) -> Row:
    at = words.at(head["body"].get("occurred_at_ms"))
    said = words.visit_lines(head["body"])
    by = head["by"] or words.say("nobody")
    return {
        "by": words.say("side.told", by=by),
        "value": None,
        "at": at,
        "said": said,
        "times": _times(head, words, written),
        "choice": head["edit"],
        "press": words.say("press.telling"),
    }


def _fork_sides(entry: Entry, words: Words, chain: list[Row]) -> list[Row]:
    by = entry.row["by"] or words.say("nobody")
    sides = []
    for which, rows, choice in (("fork_aside", entry.rows, "released"), ("fork_stands", chain, "declined")):
        told = [_edit_line(row, words) for row in rows[:LINES_MAX]]
        more = len(rows) - len(told)
        sides.append({
            "by": words.say(f"side.{which}", by=by, n=len(rows)),
            "value": None,
            "edits": told,
            "more": words.say("more", n=more) if more > 0 else None,
            "choice": choice,
            "press": words.say(f"press.{choice}", n=len(entry.rows)),
        })  # fmt: skip
    return sides


def _aside_sides(entry: Entry, words: Words) -> list[Row]:
    row = entry.row
    by = row["by"] or words.say("nobody")
    written = {"name": "written", "at": words.at(row["claimed_ms"]), "note": None}
    received = {"name": "received", "at": words.at(row["received_ms"]), "note": None}
    return [
        {"by": words.say("side.aside", by=by, what=words.what(row["kind"])), "value": None,
         "said": words.lines(row["kind"], row["body"]), "times": [written, received],
         "choice": "released", "press": words.say("press.released", n=1)},
        {"by": words.say("side.why"), "value": None, "said": [words.reason(row["reason"])],
         "choice": "declined", "press": words.say("press.declined", n=1)},
    ]  # fmt: skip


def _pair_sides(sides: list[Row], entry: Entry, words: Words) -> list[Row]:
    """Two that may be one: what is pressed is about both."""
    for side, choice in zip(sides, ("same", "different"), strict=True):
        side |= {"choice": choice, "press": words.say(f"press.{entry.kind}.{choice}")}
    return sides


def _visit(row: Row, words: Words) -> Row:
    at = words.at(row["occurred_at_ms"]) or ""
    asks = json.loads(row["asks"])
    told = told_hour(at, row["source"] is not None)
    received = {"name": "received", "at": words.at(row["received_ms"]), "note": None}
    return {
        "by": words.say("side.visited", by=row["by_name"]),
        "value": None,
        "at": at if told else at[:10],
        "said": words.visit_lines({"result": row["result"], "text": row["text"], "asks": asks}),
        "times": [received],
        "href": f"/desk/visits/{row['grid']}/{row['id']}",
    }


def _home(row: Row, words: Words) -> Row:
    lines = [words.say("home.contact", name=row["contact"])] if row["contact"] else [words.say("home.nobody")]
    if row["phone"]:
        lines.append(words.say("home.phone", phone=row["phone"]))
    lines += [words.say("home.people", n=row["people"]), words.say("home.visits", n=row["visits"])]
    if row["source"]:
        lines.append(words.say("home.imported"))
    where = words.say("where", quarters=row["quarters"], door=words.door(row))
    return {"by": where, "value": words.number(row), "said": lines,
            "href": f"/desk/households/{row['grid']}/{row['id']}"}  # fmt: skip


def _times(head: Row, words: Words, written: Written) -> list[Row]:
    """When it was written by the phone's own clock, what that is taken for, and when it came."""
    edit = written.edits.get(head["edit"])
    if edit is None:
        return [{"name": "counted", "at": words.at(head.get("at_ms")), "note": None}] if head.get("at_ms") else []
    header = edit["header"]
    off_ms = header["at_ms"] - edit["claimed_ms"]
    note = None
    if abs(off_ms) > FAST_MS:
        minutes = round(abs(off_ms) / 60_000)
        unit, n = ("hours", round(minutes / 60)) if minutes >= 120 else ("minutes", minutes)
        note = words.say(f"clock.{'fast' if off_ms > 0 else 'slow'}.{unit}", n=n)
    lines = [{"name": "written", "at": words.at(header["at_ms"]), "note": note}]
    if abs(edit["effective_ms"] - header["at_ms"]) > FAST_MS:
        lines.append({"name": "counted", "at": words.at(edit["effective_ms"]), "note": None})
    return [*lines, {"name": "received", "at": words.at(edit["received_ms"]), "note": None}]


def _edit_line(row: Row, words: Words) -> Row:
    said = words.say("stop").join(words.lines(row["kind"], row["body"]))
    return {"n": row["n"], "what": words.what(row["kind"]), "said": said, "at": words.at(row["effective_ms"])}


def _why(entry: Entry, words: Words, written: Written) -> tuple[bool, str]:
    """Whether one had not yet what the other wrote, and in words why nobody is to blame or why a person is asked."""
    if entry.kind not in ("fact", "telling"):
        return False, words.say(f"why.{entry.kind}")
    if any(head.get("proposed") for head in entry.rows):
        return False, words.say("why.asked")
    first, second = entry.rows[0], entry.rows[1]
    for one, other in ((first, second), (second, first)):
        a, b = (head.get("by") or words.say("nobody") for head in (one, other))
        mine, theirs = written.edits.get(one["edit"]), written.edits.get(other["edit"])
        if mine and theirs and _unseen(mine["header"]["seen"], theirs["position"], written.log):
            return True, words.say("why.alone", by=a) if a == b else words.say("why.unseen", a=a, b=b)
    return False, words.say("why.other")


def _unseen(seen: Row, position: int, log: str) -> bool:
    return bool(seen["log"] != log or seen["size"] <= position)


def _axis(entry: Entry, words: Words, written: Written) -> Row | None:
    lanes = []
    for head in entry.rows[:4]:
        edit = written.edits.get(head["edit"])
        if edit is None:
            return None
        at_ms = min(edit["effective_ms"], edit["received_ms"])
        by = head.get("by") or words.say("nobody")
        lanes.append(Lane(by, written.seen_ms.get(head["edit"]), at_ms, edit["received_ms"]))
    drawn = timeline(lanes)
    if drawn is None:
        return None
    for lane in drawn["lanes"]:
        for name in ("seen", "written", "received"):
            lane[f"{name}_at"] = words.at(lane.pop(f"{name}_ms"))
    return {**drawn, "ticks": [{"x": tick["x"], "at": words.at(tick["ms"])} for tick in drawn["ticks"]]}

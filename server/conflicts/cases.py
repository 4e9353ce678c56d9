"""One question opened: its sides beside each other, who wrote each, when, and what they had in view."""

from __future__ import annotations

import asyncio
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils import uuid7

from server import clock
from server.access import User
from server.blobs import ON_WAY_MS, Blobs, waiting
from server.conflicts import store
from server.conflicts.decisions import COUNTED, WRITTEN, told_steps
from server.conflicts.entries import SET_ASIDE, Entry
from server.conflicts.places import doors_of
from server.conflicts.sides import Chain, Written, sides_of
from server.conflicts.timeline import Lane, timeline
from server.conflicts.told import Words
from server.views.blobs import blobs_told
from server.waiting import blobs_aside

Row = dict[str, Any]

TRAIL = "/desk/trail"
TRAILS_MAX = 9


async def shown_case(db: AsyncConnection, entry: Entry, user: User, words: Words, blobs: Blobs) -> Row:
    """Everything the page says of one question."""
    written = await _written(db, entry)
    chain = await _chain(db, entry, user) if entry.kind == "fork" else Chain()
    edits = [*entry.rows, *chain.rows] if entry.kind in SET_ASIDE else []
    doors = await doors_of(db, user.grids, edits) if edits else {}
    shots = await asyncio.to_thread(_shots, entry, blobs) if edits else {}
    sides = sides_of(entry, words, written, chain, doors, shots)
    row = doors.get(entry.row["position"], entry.row) if entry.kind == "aside" else entry.row
    home = row.get("household") if entry.kind != "homes" else None
    placed = "building_name" in row and entry.kind != "homes"
    where = words.say("where", quarters=row["quarters"], door=words.door(row)) if placed else None
    if entry.kind == "aside" and not placed and not entry.row["kind"].startswith(("building.", "suggestion.")):
        where = words.say("where.unknown")
    why = _why(entry, words, written)
    return {
        "key": entry.key,
        "kind": entry.kind,
        "question": words.question(entry),
        "where": where,
        "who": row["contact"] if entry.kind == "aside" and placed else None,
        "grid": row.get("grid_name"),
        "href": f"/desk/households/{row['grid']}/{home}" if home and placed else None,
        "trails": _trails(entry),
        "sides": sides,
        "why": why[1],
        "signs": [words.say(f"sign.{sign}") for sign in row.get("signs", {})],
        # A line of time where it explains something: that one could not know of the other.
        "axis": _axis(entry, words, written) if why[0] else None,
        "after": words.say(f"after.{entry.kind}"),
        "reason": entry.kind in SET_ASIDE,
        "other": WRITTEN.get(entry.what) if entry.kind == "fact" else None,
        "counted": entry.what in COUNTED,
        "beside": words.beside(entry.comments),
        "seen": entry.seen,
        "step": told_steps(entry.steps),
        "edit": str(uuid7()),
    }


def _trails(entry: Entry) -> list[str]:
    """Where every edit of what it is about is listed: of both where two look alike, of each where a branch has many."""
    if entry.kind in ("visits", "homes"):
        return [f"{TRAIL}/{row['seen']}" for row in entry.rows]
    if entry.kind in SET_ASIDE:
        return [f"{TRAIL}/{thing}" for thing in dict.fromkeys(row["entity"] for row in entry.rows)][:TRAILS_MAX]
    if entry.kind == "telling":
        return [f"{TRAIL}/{entry.about}"]
    return [f"{TRAIL}/{entry.row['id']}{f'?fact={entry.what}' if entry.kind == 'fact' else ''}"]


async def _written(db: AsyncConnection, entry: Entry) -> Written:
    ids = [str(row["edit"]) for row in entry.rows if "edit" in row]
    edits = await store.journaled(db, ids) if ids else {}
    log = await store.log(db)
    sizes = {id_: edit["header"]["seen"]["size"] for id_, edit in edits.items()
             if edit["header"]["seen"]["log"] == log and edit["device_kind"] == "phone"}  # fmt: skip
    receipts = await store.receipts_at(db, {size - 1 for size in sizes.values() if size})
    return Written(edits, {id_: receipts[size - 1] for id_, size in sizes.items() if size - 1 in receipts}, log)


def _shots(entry: Entry, blobs: Blobs) -> dict[int, Row]:
    """The photos and voice notes of what was set aside, by its position: nobody decides about them unseen."""
    named = {row["position"]: blobs_aside(row) for row in entry.rows}
    lacking = waiting(blobs, [{"blobs": each} for each in named.values()])
    now_ms = clock.now_ms()
    return {
        row["position"]: {"at": row["position"], "on_way": now_ms - row["received_ms"] < ON_WAY_MS, "blobs": told}
        for row in entry.rows
        if (told := blobs_told(named[row["position"]], lacking))
    }


async def _chain(db: AsyncConnection, entry: Entry, user: User) -> Chain:
    numbers = [row["n"] for row in entry.rows]
    # The branch's own grid is the reader's, or was none: then nobody else can be shown what it holds.
    grids = {*user.grids, *(row["grid"] for row in entry.rows if row["grid"])}
    return Chain(*await store.chain(db, entry.row["device"], min(numbers), max(numbers), grids))


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

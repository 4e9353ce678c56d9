"""Patrols in every step, and the days that tell of them: rows of the golden contexts."""

from __future__ import annotations

from typing import Any

from tests.neighbourhood import GRID, NEW_ID, NOW_MS, ZHAO, ago
from tests.vectors.cares import pair
from tests.vectors.logs import OTHER, days
from tests.vectors.orders import order

HOUR_MS = 3_600_000
ME = {"person": ZHAO, "new_id": NEW_ID, "new_building": "019a0b1c-0000-7000-8000-00000000fffe"}
FIRST, SECOND, THIRD = (f"019a0b1c-0000-7000-8000-0000000fa{n:03d}" for n in range(3))


def walk(id_: str, hours: float, **more: Any) -> dict[str, Any]:
    """A patrol as its author's phone has it, begun so long ago."""
    known = {"id": id_, "grid": GRID, "state": "running", "step": id_}
    return {**known, "started_ms": NOW_MS - int(hours * HOUR_MS), **more}


def over(id_: str, hours: float, lasted: float, **more: Any) -> dict[str, Any]:
    """One that was ended."""
    ended = NOW_MS - int((hours - lasted) * HOUR_MS)
    return walk(id_, hours, state="ended", step="e", ended_ms=ended, lasted_ms=int(lasted * HOUR_MS), **more)


def note(n: int, what: str, hours: float, text: str | None, **more: Any) -> dict[str, Any]:
    """Something they noted."""
    known = {"id": f"019a0b1c-0000-7000-8000-0000000fb{n:03d}", "grid": GRID, "what": what, "edits": [f"n{n}"]}
    noted_ms = NOW_MS - int(hours * HOUR_MS)
    return {**known, "noted_ms": noted_ms, "received_ms": noted_ms, **({"text": text} if text else {}), **more}


NOTES = [
    note(1, "problem", 0.4, "三楼楼道灯坏了\n<b>", building="b", patrol=FIRST),
    note(2, "change", 0.2, "搬来一家", patrol=FIRST, unsent=True),
    note(3, "withdrawn", 0.3, None, patrol=FIRST),
    note(4, "dispute", 0.1, "楼上楼下漏水", building="gone", patrol=NEW_ID),
    note(5, "problem", 30, "井盖松了", building="b"),
    note(6, "problem", 24 * 20, "早就修好了"),
    note(7, "demand", 0.3, "隔壁的", grid=OTHER),
]


_SHOTS = [
    {"sha256": "A" * 43, "type": "image/jpeg", "bytes": 900},
    {"sha256": "B" * 42 + "A", "type": "audio/webm", "bytes": 900, "ms": 4200},
]
SHOWN = [
    note(11, "problem", 0.3, None, building="b", entrance="2", floor=3, patrol=FIRST, blobs=_SHOTS, unsent=True),
    note(12, "change", 0.2, "积水", building="b", floor=-1, blobs=_SHOTS[:1]),
]
BLOCK = "019a0b1c-0000-7000-8000-0000000fc001"
SPOT = {"values": {"what": "problem", "text": "灯", "building": f"{BLOCK}:-1:", "blobs": f"{'A' * 43}.image/jpeg.900"}}
HOMES = [
    {"id": "up", "grid": GRID, "building": BLOCK, "entrance": "2单元", "floor": 5, "room": "501", "facts": {}},
    {"id": "row", "grid": GRID, "building": BLOCK, "room": "7", "facts": {}},
]


def shown() -> dict[str, Any]:
    """A street with notes that show something, and doors to tap."""
    rows = street(walk(FIRST, 0.8), patrol_note=SHOWN)
    block = {"id": BLOCK, "grid": GRID, "name": "5幢", "quarters": "梧桐苑", "sort": 9}
    return {**rows, "building": [*rows["building"], block], "household": [*rows["household"], *HOMES]}


def street(*patrols: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The days of the logs, walked."""
    rows = days()
    doors = [
        {"id": "h1", "promise_on": "2026-11-19", "promise_ms": ago(3), "contact_ms": ago(40)},
        {"id": "h2", "care": "urgent", "care_ms": ago(20), "contact_ms": ago(20)},
        *rows["door"],
    ]
    places = [{**place, "grid": GRID} for place in rows["building"]]
    return {**rows, "door": doors, "building": places, "patrol": list(patrols), "patrol_note": NOTES, **more}


ASKED = [
    order("o1", "issued", "2026-11-27", ("h1",)),
    order("o2", "redo", "2026-11-19", ("h2",), note="三楼"),
    order("o3", "reported", "2026-11-20", ("h1",)),
    order("o4", "issued", "2026-11-20", ("h1",), grid=OTHER),
]
PAIRED = [
    pair(0, "h2", state="urgent", checked_ms=ago(1)),
    pair(1, "h1"),
    pair(2, "h1", carer=NEW_ID),
    pair(3, "h1", grid=OTHER),
]
BEGUN = {"values": {"what": "demand", "text": "写到一半"}, "saved_ms": ago(0.01)}
LATE_MS = NOW_MS + 5 * HOUR_MS

PATROLS: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("before the first patrol", "patrol", ME, {"rows": street()}),
    ("before one, with orders and whose turn it is", "patrol", ME,
     {"rows": street(verification_order=ASKED, care_pair=PAIRED)}),
    ("setting out, with nobody of one's own to look in on", "patrol", {**ME, "person": NEW_ID},
     {"rows": street(care_pair=PAIRED[1:2])}),
    ("before one in the afternoon", "patrol", ME, {"rows": street(over(FIRST, 1.5, 1.2)), "now_ms": LATE_MS}),
    ("on a patrol", "patrol", {**ME, "draft": BEGUN},
     {"rows": street(over(SECOND, 20, 1), walk(FIRST, 0.8))}),
    ("two at once, and one of another grid", "patrol", ME,
     {"rows": street(walk(FIRST, 0.8), walk(SECOND, 0.3, unsent=True), walk(THIRD, 0.1, grid=OTHER))}),
    ("on a patrol of another grid", "patrol", ME, {"rows": street(walk(THIRD, 0.1, grid=OTHER))}),
    ("a note told anew", "patrol", {**ME, "again": NOTES[0]["id"]}, {"rows": street(walk(FIRST, 0.8))}),
    ("a note that was taken back is not told anew", "patrol", {**ME, "again": NOTES[2]["id"]}, {"rows": street()}),
    ("a note of nothing, not taken", "patrol", {**ME, "errors": {"text": "form.patrol_note"},
     "values": {"grid": GRID, "what": "dispute", "text": "", "building": "b"}}, {"rows": street(walk(FIRST, 0.8))}),
    ("after less than an hour", "patrol", ME, {"rows": street(over(FIRST, 0.8, 0.7, unsent=True))}),
    ("after, and setting out again", "patrol", {**ME, "show": "before"}, {"rows": street(over(FIRST, 1.5, 1.2))}),
    ("one that was forgotten yesterday", "patrol", ME, {"rows": street(walk(FIRST, 26))}),
    ("an end before its start", "patrol", ME, {"rows": street(over(FIRST, 0.5, -0.2))}),
    ("an end without a start", "patrol", ME,
     {"rows": street({"id": FIRST, "grid": GRID, "state": "ended", "step": "e", "ended_ms": NOW_MS})}),
    ("notes with photos, one on its way", "patrol", {**ME, "keeps": True, "blobs": {"A" * 43: {"todo": 1}}},
     {"rows": shown()}),
    ("one of them just kept", "patrol", {**ME, "saved": SHOWN[0]["id"]}, {"rows": shown()}),
    ("one of them told anew", "patrol", {**ME, "again": SHOWN[0]["id"]}, {"rows": shown()}),
    ("a place tapped, over one half-written", "patrol", {**ME, "at": "up", "draft": {**SPOT, "saved_ms": ago(0.01)}},
     {"rows": shown()}),
    ("a door tapped that stands on no floor", "patrol", {**ME, "at": "row"}, {"rows": shown()}),
    ("under the ground, half-written", "patrol", {**ME, "draft": {**SPOT, "saved_ms": ago(0.01)}}, {"rows": shown()}),
    ("the doors to tap", "doors", {**ME, "pick": "note"}, {"rows": shown()}),
    ("a day with notes that show something", "log", {**ME, "blobs": {"A" * 43: {"todo": 1}}}, {"rows": shown()}),
    ("no grid to walk", "patrol", ME, {"rows": {}}),
    ("a day with patrols", "log", ME, {"rows": street(over(FIRST, 0.8, 0.7), over(SECOND, 26, 1.5))}),
    ("a day of which a patrol is all there is", "log", ME, {"rows": {**street(over(SECOND, 26, 1.5)), "visit": []}}),
    ("a patrol under way, today", "today", ME, {"rows": street(walk(FIRST, 0.8))}),
    ("a patrol of the morning, in the afternoon", "today", ME,
     {"rows": street(over(FIRST, 0.8, 0.7), visit=[]), "now_ms": LATE_MS}),
    ("a patrol of the morning, in the morning", "today", ME, {"rows": street(over(FIRST, 0.8, 0.7))}),
    ("a patrol that was forgotten, today", "today", ME, {"rows": street(walk(FIRST, 26))}),
    ("a patrol's note half-written", "today", {"drafts": [{"key": "patrol", "saved_ms": ago(0.01)}]}, {}),
]  # fmt: skip

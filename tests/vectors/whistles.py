"""Whistles: rows of the golden contexts."""

from __future__ import annotations

from typing import Any

from tests.neighbourhood import GRID, NEW_ID, ZHAO, ago, visit

FRESH, LOOK, ASKED, BACK, OVER, OTHER = (f"019a0b1c-0000-7000-8000-0000002e{n:04d}" for n in range(1, 7))
STEP = "019a0b1c-0000-7000-8000-0000002ed801"
NOTE = "019a0b1c-0000-7000-8000-0000002ed901"
BLOB = {"sha256": "A" * 43, "type": "image/jpeg", "bytes": 9}


def whistle(id_: str, state: str, days_ago: float, **more: Any) -> dict[str, Any]:
    """A whistle as phones hold it."""
    owner = {"author": ZHAO, "by": "小赵", "first_owner": ZHAO, "first_owner_name": "小赵"}
    known = {"id": id_, "state": state, "step": STEP, "stepped_by": "小梅", "stepped_ms": ago(days_ago), "grid": GRID}
    said = {"title": "楼道飞线充电 <b>", "kind": "problem", "urgency": "urgent", "level": 1, "channel": "worker"}
    return {**known, **owner, **said, "occurred_at_ms": ago(days_ago + 1), **more}


def told(days_ago: float, to: str | None = None, **more: Any) -> dict[str, Any]:
    """One thing said of it."""
    known = {"edit": NEW_ID, "author": NEW_ID, "by": "老魏", "at_ms": ago(days_ago)}
    return {**known, **({"to": to} if to else {}), **more}


WAY = [
    told(6, "dispatched", department="消防", level=3, note="请去看看"),
    told(5, "resolved", note="线剪了\n𠮷", blobs=[BLOB]),
    told(4, note="几点去？"),
    told(3, "withdrawn", why="stale"),
    told(2, "verifying"),
]
WHISTLES = [
    whistle(FRESH, "reported", 0.1, household="h0", building="b", category="W08", blobs=[BLOB], unsent=True),
    whistle(LOOK, "verifying", 2, household="h0", building="b", text="五辆车\n夜里", department_name="消防", story=WAY,
            result="线剪了", source_of="visit", source="v1"),
    whistle(ASKED, "revisit", 1, place="东门", source_of="item", source=NEW_ID, story=[told(1, "revisit")]),
    whistle(BACK, "invalid", 3, building="b", story=[told(3, "invalid", note="看不出在哪")]),
    whistle(OVER, "closed", 1, household="h0", rating="satisfied", story=[told(1, "closed", rating="satisfied")]),
    whistle(OTHER, "dispatched", 9, author=NEW_ID, first_owner=NEW_ID, building="b"),
]  # fmt: skip


def street(*whistles: dict[str, Any]) -> dict[str, Any]:
    """A home, a visit with two answers, a note of a patrol."""
    home = {"id": "h0", "building": "b", "entrance": "1", "floor": 1, "room": "101", "kind": "home", "grid": GRID}
    said = visit(1, "h0", 0.1, asks={"idea": "装个充电桩", "need": "有人管管"}, text="聊了一会儿")
    return {
        "grid": [{"id": GRID, "name": "第三网格", "utc_offset_min": 480}],
        "building": [{"id": "b", "quarters": "", "name": "2号楼", "sort": 0, "kind": "block"},
                     {"id": "a", "quarters": "", "name": "1号楼", "kind": "block"}],
        "household": [home],
        "door": [{"id": "h0"}],
        "visit": [{**said, "grid": GRID, "id": "v1"}],
        "item": [{"id": NEW_ID, "kind": "problem", "state": "new", "step": STEP, "text": "井盖缺失", "grid": GRID,
                  "occurred_at_ms": ago(3)}],
        "patrol_note": [{"id": NOTE, "what": "problem", "text": "灯坏了", "building": "a", "noted_ms": ago(1)}],
        "whistle": list(whistles),
    }  # fmt: skip


ROWS = {"rows": street(*WHISTLES)}
ME = {"person": ZHAO, "role": "grid_worker", "new_id": NEW_ID}
TYPED = {"title": "字" * 31, "text": "", "urgency": "danger", "consent": "yes"}
WHISTLED: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("a whistle just blown", "whistle", {"whistle": FRESH, "household": "h0", **ME}, ROWS),
    ("a whistle to be looked at", "whistle", {"whistle": LOOK, "household": "h0", **ME}, ROWS),
    ("a whistle to be looked at by who handled it", "whistle", {"whistle": LOOK, "person": NEW_ID}, ROWS),
    ("a whistle whose household is asked", "whistle", {"whistle": ASKED, **ME, "role": "grid_leader"}, ROWS),
    ("a whistle that was not taken on", "whistle", {"whistle": BACK, **ME}, ROWS),
    ("a step that says no why", "whistle", {"whistle": FRESH, **ME, "values": {"to": "self_resolved"},
                                            "errors": {"note": "form.whistle_why"}}, ROWS),
    ("a whistle that is over", "whistle", {"whistle": OVER, **ME}, ROWS),
    ("no such whistle", "whistle", {"whistle": NEW_ID}, ROWS),
    ("whistles of a grid", "whistles", ME, ROWS),
    ("no whistles", "whistles", ME, {"rows": street()}),
    ("whistles on Today", "today", ME, ROWS),
    ("whistles of a home", "household", {"household": "h0", **ME}, ROWS),
    ("a whistle from a visit", "whistle_form", {"household": "h0", "visit": "v1", "keeps": True, **ME}, ROWS),
    ("a whistle from an item", "whistle_form", {"item": NEW_ID, **ME}, ROWS),
    ("a whistle from a note", "whistle_form", {"patrol_note": NOTE, **ME}, ROWS),
    ("a whistle half-written", "whistle_form", {"draft": {"values": {"text": "灯"}, "saved_ms": 1}, **ME}, ROWS),
    ("a whistle not taken", "whistle_form", {"household": "h0", "values": TYPED, **ME,
                                             "errors": {"text": "form.whistle", "title": "form.too_long.30"}}, ROWS),
]  # fmt: skip

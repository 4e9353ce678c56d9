"""Verification orders and what was found at their doors: rows of the golden contexts."""

from __future__ import annotations

from typing import Any

from tests.neighbourhood import GRID, NEW_ID, ago, fact

ORDER, STEP = "019a0b1c-0000-7000-8000-0000000dd001", "019a0b1c-0000-7000-8000-0000000dd002"
SOME, LATE, BACK, SENT, OVER = (f"019a0b1c-0000-7000-8000-0000000dd{n:03d}" for n in (11, 12, 13, 14, 15))
WELL: list[dict[str, Any]] = [{"ok": True}, {"ok": True}]
WRONG: list[dict[str, Any]] = [{"ok": True, "note": "换过了"}, {"ok": False, "note": "过期了\n<b>"}]
PART: list[dict[str, Any]] = [{"ok": True}, {}]


def order(id_: str, state: str, due: str, doors: tuple[str, ...], **more: Any) -> dict[str, Any]:
    """An order as the phones of its grid have it."""
    asked = {"title": "看灭火器", "points": ["在不在", "过没过期"], "households": list(doors), "due": due}
    return {"id": id_, "grid": GRID, **asked, "state": state, "step": STEP, "by": "王站长", "issued_ms": ago(2), **more}


def answer(n: int, door: str, points: list[dict[str, Any]], days: float = 0.1, **more: Any) -> dict[str, Any]:
    """What somebody found at a door."""
    known = {"id": f"019a0b1c-0000-7000-8000-0000000da{n:03d}", "grid": GRID, "verification_order": ORDER}
    said = {"household": door, "author": NEW_ID, "by": "小赵", "points": points}
    return {**known, **said, "occurred_at_ms": ago(days), "received_ms": ago(days), **more}


ANSWERS = [
    answer(1, "h0", PART, 1.2),
    answer(2, "h0", WELL, covers=["019a0b1c-0000-7000-8000-0000000da001"]),
    answer(3, "h1", WELL, by="小钱"),
    answer(4, "h1", WRONG, 0.05, unsent=True),
    answer(5, "h3", WRONG, 0.2),
    answer(6, "h4", PART),
    answer(7, "gone", WELL),
    answer(8, "h5", WELL, verification_order=NEW_ID),
]


def doors(*orders: dict[str, Any]) -> dict[str, Any]:
    """Two blocks of three homes, and what was found there."""
    homes = [
        {
            "id": f"h{n}",
            "building": f"b{n // 3}",
            "entrance": str(2 - n % 2),
            "floor": 3 - n % 3,
            "room": f"{3 - n % 3}01",
        }
        for n in range(6)
    ]
    homes[0]["facts"] = {"contact": [fact("陈奶奶")]}
    names = [("b0", "2号楼", 2), ("b1", "1号楼", 1)]
    return {
        "grid": [{"id": GRID, "name": "第三网格", "utc_offset_min": 480}],
        "building": [{"id": i, "quarters": "", "name": name, "sort": at, "kind": "block"} for i, name, at in names],
        "household": [{"kind": "home", "grid": GRID, **home} for home in homes],
        "door": [],
        "visit": [],
        "verification_order": list(orders),
        "order_answer": ANSWERS,
    }


DOORS = ("h0", "h1", "h2", "h3", "gone", "away")
OPEN = order(ORDER, "in_progress", "2026-11-27", DOORS)
REDO = order(ORDER, "redo", "2026-11-20", DOORS, note="三楼\n那家", stepped_by="王站长", stepped_ms=ago(0.01))
ALL = (
    OPEN,
    order(SOME, "issued", "2026-11-20", ("h5",), unsent=True),
    order(LATE, "redo", "2026-11-19", ("h2", "h5"), note="再看", stepped_by="李网格长", stepped_ms=ago(1)),
    order(SENT, "reported", "2026-11-18", ("h2",), stepped_by="小赵", stepped_ms=ago(1)),
    order(BACK, "withdrawn", "2026-11-18", ("h2",), stepped_by="王站长", stepped_ms=ago(2.1)),
    order(OVER, "withdrawn", "2026-11-18", ("h2",), stepped_by="王站长", stepped_ms=ago(3.1)),
    order(NEW_ID, "confirmed", "2026-11-18", ("h2",), stepped_by="王站长", stepped_ms=ago(1)),
)
HALF = {"draft": {"values": {"p0": "no", "n1": "写到一半", "over": STEP}, "saved_ms": ago(0.01)}}
ME: dict[str, Any] = {"new_id": NEW_ID, "order": ORDER}

ORDERS: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("an order half done", "order", ME, {"rows": doors(OPEN)}),
    ("an order to look at again", "order", ME, {"rows": doors(REDO)}),
    ("an order that was withdrawn", "order", {"order": BACK}, {"rows": doors(*ALL)}),
    ("a door opened to be answered", "order", {**ME, "door": "h2"}, {"rows": doors(OPEN)}),
    ("a door answered by two, opened", "order", {**ME, "door": "h1"}, {"rows": doors(OPEN)}),
    ("a door half-written", "order", {**ME, **HALF, "door": "h3"}, {"rows": doors(OPEN)}),
    ("a door with nothing chosen", "order", {**ME, "door": "h2", "values": {"p0": "", "n0": ""},
     "errors": {"points": "form.order"}}, {"rows": doors(OPEN)}),
    ("a door just answered", "order", {**ME, "door": "h0", "stated": True}, {"rows": doors(OPEN)}),
    ("a door of another order", "order", {**ME, "door": "h5"}, {"rows": doors(OPEN)}),
    ("no such order", "order", {"order": OVER}, {"rows": doors(OPEN)}),
    ("orders on Today", "today", {}, {"rows": doors(*ALL)}),
]  # fmt: skip

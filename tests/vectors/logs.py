"""Days and their logs: rows of the golden contexts."""

from __future__ import annotations

from typing import Any

from tests.neighbourhood import GRID, NEW_ID, NOW_MS, ZHAO, ago, fact, visit
from tests.vectors.cares import check
from tests.vectors.items import DONE, EFFECT, NEED, PROBLEM, TALKS, item
from tests.vectors.orders import ORDER, WELL, answer, order
from tests.vectors.orders import WRONG as FAULTY

OTHER = "019a0b1c-0000-7000-8000-00000000c004"
AFTERNOON_MS = NOW_MS + 7 * 3_600_000
TODAY, YESTERDAY = "2026-11-20", "2026-11-19"
STEP, FIRST = (f"019a0b1c-0000-7000-8000-0000000ed{n:03d}" for n in (901, 902))
KNOCKS: tuple[tuple[int, str, float, dict[str, Any]], ...] = (
    (1, "h0", 0.1, {"asks": {"difficulty": "厕所灯坏了", "idea": "装个铃\n<b>"}, "follow_up_on": "2026-11-27"}),
    (2, "h1", 0.09, {"result": "no_answer"}),
    (3, "h1", 0.05, {"result": "inconvenient", "care": "watch", "follow_up_on": "2026-11-22"}),
    (4, "h2", 0.04, {"result": "no_answer", "received_ms": None, "unsent": True}),
    (5, "h2", 0.03, {"result": "refused", "author": NEW_ID, "on_behalf_of": ZHAO, "care": "ok"}),
    (6, "h0", 0.02, {"author": NEW_ID}),
    (7, "h9", 0.02, {"result": "vacant"}),
    (8, "h0", 1, {"received_ms": NOW_MS, "text": "昨天的"}),
    (9, "h1", 2, {"imported": True, "received_ms": NOW_MS}),
    (10, "h1", 30, {"result": "no_answer"}),
    (11, "h2", 0.9, {"result": "no_answer", "received_ms": None, "unsent": True}),
    (
        12,
        "h2",
        3,
        {"author": NEW_ID, "follow_up_on": YESTERDAY, "kept": {"on": YESTERDAY, "by": "小赵", "at_ms": ago(0.04)}},
    ),
    (13, "h1", 20, {"author": NEW_ID, "follow_up_on": "2026-11-08"}),
    (14, "h0", 5, {"follow_up_on": YESTERDAY}),
    (15, "h2", 40, {"follow_up_on": "2026-10-15"}),
    (16, "h2", 35, {"result": "inconvenient"}),
    (17, "h2", 34, {"result": "met"}),
    (18, "h2", 33, {"result": "met"}),
)


def log(day: str, state: str, **more: Any) -> dict[str, Any]:
    """A log as its author's phone has it."""
    known = {"id": f"019a0b1c-0000-7000-8000-0000{day.replace('-', '')}", "grid": GRID, "day": day, "state": state}
    return {**known, "step": STEP, "edits": [FIRST], "sent_ms": ago(0.01), **more}


def late() -> dict[str, Any]:
    """What was noted the day before yesterday and came today, or has not come yet."""
    told = {"grid": GRID, "author": ZHAO, "by": "小赵", "household": "h0", "occurred_at_ms": ago(2)}
    note = {"grid": GRID, "what": "problem", "text": "灯坏了", "noted_ms": ago(2.1), "edits": [FIRST], "id": "n1"}
    return {
        **days(),
        "care_check": [{**told, "id": "c1", "pair": "p", "state": "ok", "received_ms": ago(0.01)}],
        "order_answer": [{**told, "id": "a1", "verification_order": "o", "points": [{"ok": True}], "unsent": True}],
        "patrol_note": [{**note, "received_ms": ago(0.01)}, {**note, "id": "n2", "received_ms": ago(1)}],
    }


def beside() -> dict[str, Any]:
    """What else was done on these days: by Zhao, by somebody else, in another grid, taken back, late, on its way."""
    checks = [
        check(0, 0, "ok", 0.08),
        check(1, 0, "watch", 0.07, undone_ms=ago(0.06)),
        {**check(2, 0, "urgent", 0.02, household="h9", unsent=True), "received_ms": None},
        check(3, 0, "ok", 0.05, author=NEW_ID),
        check(4, 1, "watch", 1, household="h1", received_ms=ago(0.1)),
    ]
    answers = [
        {**answer(n, home, points, days_ago), "author": who, "grid": grid}
        for n, home, points, days_ago, who, grid in (
            (1, "h0", FAULTY, 0.09, ZHAO, GRID),
            (2, "h0", WELL, 0.03, ZHAO, GRID),
            (3, "h2", FAULTY, 0.02, ZHAO, GRID),
            (4, "h1", WELL, 1, ZHAO, OTHER),
            (5, "h1", WELL, 0.02, NEW_ID, GRID),
        )
    ]
    answers.append({**answer(6, "h1", WELL, 2), "author": ZHAO, "verification_order": NEW_ID})
    step = {"edit": NEW_ID, "by": "小赵"}
    return {
        "care_check": checks,
        "verification_order": [order(ORDER, "in_progress", TODAY, ("h0", "h2"))],
        "order_answer": answers,
        "item": [
            item(NEED, "need", "new", 0.1, unsent=True),
            item(TALKS, "mediation", "mediating", 30, household=None, author=NEW_ID,
                 story=[{**step, "what": "moved", "to": "mediating", "at_ms": ago(0.06)},
                        {**step, "what": "told", "at_ms": ago(0.05), "note": "坐下来了"},
                        {**step, "what": "moved", "to": "failed", "at_ms": ago(0.04), "why": "stale"}]),
            item(PROBLEM, "problem", "new", 40, story=[{**step, "what": "rated", "to": "basic", "at_ms": ago(1)}]),
            item(EFFECT, "effect", "rated", 0.1, author=NEW_ID, rating="satisfied"),
            item(DONE, "need", "done", 1, grid=OTHER, story=[{**step, "what": "moved", "to": "done", "at_ms": ago(0)}]),
        ],
    }  # fmt: skip


def days(*logs: dict[str, Any]) -> dict[str, Any]:
    """A block of three homes and what was done there lately."""
    homes = [
        {"id": f"h{n}", "building": "b", "entrance": "1", "floor": n + 1, "room": f"{n + 1}01", "kind": "home"}
        for n in range(3)
    ]
    homes[0]["facts"] = {"contact": [fact("陈奶奶")]}
    grids = [(GRID, "第三网格"), (OTHER, "第四网格")]
    return {
        **beside(),
        "grid": [{"id": id_, "name": name, "utc_offset_min": 480} for id_, name in grids],
        "building": [{"id": "b", "quarters": "", "name": "2号楼", "sort": 0, "kind": "block"}],
        "household": [{**home, "grid": GRID} for home in homes],
        "door": [{"id": "h0", "contact_ms": ago(0.1), "knock_ms": ago(0.1), "knock_result": "met"}],
        "visit": [{**visit(n, home, days_ago, **more), "grid": GRID} for n, home, days_ago, more in KNOCKS],
        "daily_log": list(logs),
    }


RETURNED = log(TODAY, "returned", text="写过的", note="三楼那家\n怎么样了", by="王站长", at_ms=ago(0.005))
AMENDED = log(YESTERDAY, "amended", text="昨天的", note="少了一户", by="王站长", at_ms=ago(0.5), unsent=True)
BEGUN = {f"log:{GRID}:{TODAY}": {"values": {"text": "写到一半"}, "saved_ms": ago(0.001)}}
PROVED, WRONG = {FIRST: "yes"}, {"text": "form.too_long.1"}
ME = {"person": ZHAO, "me": "小赵", "new_id": NEW_ID}


def elsewhere(*logs: dict[str, Any]) -> dict[str, Any]:
    """A home of the fourth grid; the logs are of the third, which they walk no more."""
    there = days(*logs)
    homes = [{**home, "grid": OTHER} for home in there["household"]]
    return {**there, "grid": there["grid"][1:], "household": homes, "visit": []}


LONG_AGO = log("2026-11-11", "returned", note="早先的", by="王站长", at_ms=ago(8))

LOGS: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("a day so far", "log", ME, {"rows": days()}),
    ("a day whose log is half-written", "log", {**ME, "begun": BEGUN}, {"rows": days()}),
    ("a log that was returned", "log", {**ME, "begun": BEGUN, "proofs": PROVED}, {"rows": days(RETURNED, AMENDED)}),
    ("yesterday, sent again and on its way", "log", {**ME, "day": YESTERDAY, "grid": GRID, "proofs": {FIRST: "wait"}},
     {"rows": days(RETURNED, AMENDED)}),
    *(
        (f"a promise that was kept: {day}", "log", {**ME, "day": day, "grid": GRID}, {"rows": days()})
        for day in ("2026-10-17", "2026-10-18", "2026-10-16")
    ),
    ("notes that came days later", "log", ME, {"rows": late()}),
    ("a day that is none", "log", {**ME, "day": "2026-02-30"}, {"rows": days()}),
    ("a day to come, in another grid", "log", {**ME, "day": "2026-11-21", "grid": OTHER}, {"rows": days(RETURNED)}),
    ("a log in doubt, not taken", "log", {**ME, "doubt": True, "proofs": PROVED, "errors": WRONG,
     "values": {"text": "长", "day": TODAY, "grid": GRID}}, {"rows": days(RETURNED)}),
    ("no grid to write of", "log", ME, {"rows": {}}),
    ("a log that was returned where they walk no more", "log", {**ME, "day": TODAY, "grid": GRID},
     {"rows": elsewhere(RETURNED)}),
    ("logs that came back where they walk no more", "today", ME, {"rows": elsewhere(RETURNED, LONG_AGO)}),
    ("a log that came back, today", "today", ME, {"rows": days(RETURNED, {**AMENDED, "state": "returned"})}),
    ("the log in the afternoon", "today", ME, {"rows": days(), "now_ms": AFTERNOON_MS}),
    ("the log of somebody who went nowhere", "today", {"person": OTHER}, {"rows": days(), "now_ms": AFTERNOON_MS}),
    ("a log on its way", "today", ME, {"rows": days(log(TODAY, "submitted", unsent=True))}),
]  # fmt: skip

"""What asks became: rows of the golden contexts."""

from __future__ import annotations

from typing import Any

from tests.neighbourhood import GRID, NEW_ID, ZHAO, ago, fact, visit
from tests.vectors.actions import SOME
from tests.vectors.elders import ROWS as ELDER_ROWS
from tests.vectors.orders import ALL
from tests.vectors.whistles import WHISTLES

NEED, PROBLEM, TALKS, EFFECT, DONE = (f"019a0b1c-0000-7000-8000-0000001e{n:04d}" for n in range(1, 6))
STEP = "019a0b1c-0000-7000-8000-0000000ed801"
ASKS = {"difficulty": "棋牌室晚上吵\n<b>", "need": "想有人陪去量血压", "idea": "门口加个坡道", "effect": "路灯亮了"}


def item(id_: str, kind: str, state: str, days_ago: float, **more: Any) -> dict[str, Any]:
    """An item as phones hold it."""
    known = {"id": id_, "kind": kind, "state": state, "step": STEP, "grid": GRID, "author": ZHAO, "by": "小赵"}
    return {**known, "text": "楼上漏水，两家吵起来了，𠮷野师傅拦着，说好了明天再说一次", "household": "h0",
            "occurred_at_ms": ago(days_ago), **more}  # fmt: skip


def told(what: str, days_ago: float, **more: Any) -> dict[str, Any]:
    """One thing said of it."""
    return {"edit": NEW_ID, "what": what, "by": "小钱", "at_ms": ago(days_ago), **more}


ITEMS = (
    item(NEED, "need", "new", 0.1, source_visit="v1", unsent=True),
    item(PROBLEM, "problem", "new", 40, rating="basic",
         story=[told("rated", 0.1, to="basic", visit="v1", note="来过")]),
    item(TALKS, "mediation", "mediating", 30, household=None,
         record={"parties": "301、401", "source": "applied", "revisit_on": "2026-11-18"},
         story=[told("moved", 29, to="mediating", note="先听听"), told("told", 3, note="两家坐下来了"),
                told("moved", 2, to="failed", why="stale")]),
    item(EFFECT, "effect", "rated", 0.1, source_visit="v2", rating="satisfied"),
    item(DONE, "need", "done", 50, author=NEW_ID),
)  # fmt: skip


def doors(*items: dict[str, Any]) -> dict[str, Any]:
    """Three homes, one visit with four answers, days promised before."""
    homes = [
        {"id": f"h{n}", "building": "b", "entrance": "1", "floor": n + 1, "room": f"{n + 1}01", "kind": "home"}
        for n in range(3)
    ]
    known = {"contact": [fact("陈奶奶")], "occupancy": [fact("rented", 2)], "headcount": [fact(3, 3)]}
    homes[0]["facts"] = known
    visits = [
        visit(1, "h0", 0.1, asks=ASKS), visit(2, "h0", 9, follow_up_on="2026-11-16", asks={"effect": "好多了"}),
        visit(3, "h1", 3, follow_up_on="2026-11-20"), visit(4, "h0", 0.05, follow_up_on="2026-12-01"),
    ]  # fmt: skip
    return {
        "grid": [{"id": GRID, "name": "第三网格", "utc_offset_min": 480}],
        "building": [{"id": "b", "quarters": "", "name": "2号楼", "sort": 0, "kind": "block"}],
        "household": [{**home, "grid": GRID} for home in homes],
        "door": [
            {"id": "h0", "promise_on": "2026-11-16", "promise_ms": ago(9)},
            {"id": "h1", "promise_on": "2026-11-20", "promise_ms": visits[2]["occurred_at_ms"]},
            {"id": "h2", "promise_on": "2026-11-25", "promise_ms": ago(200)},
        ],
        "visit": [{**each, "grid": GRID, "id": f"v{n}"} for n, each in enumerate(visits, 1)],
        "item": list(items),
    }


ROWS = {"rows": doors(*ITEMS)}
EVERY = {"verification_order": [*ALL], "action": SOME, "report": ELDER_ROWS["report"], "whistle": WHISTLES}
MANY = {"rows": {**ROWS["rows"], **EVERY}}
LEADER = {"role": "grid_leader", "person": NEW_ID, "new_id": NEW_ID}
TYPED = {"to": "done", "note": "字" * 501}
RETOLD = {"note": "都同意了", "parties": "301、401", "source": "", "revisit_on": "下周"}
FOUND: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("a visit whose asks turn", "visit", {"visit": "v1", "new_id": NEW_ID}, ROWS),
    ("a visit of which nothing is known yet", "visit", {"visit": "v1"}, {"rows": doors()}),
    ("an effect that was rated", "visit", {"visit": "v2"}, ROWS),
    ("a home with something open", "household", {"household": "h0", "saved": "v1", "new_id": NEW_ID}, ROWS),
    ("what is to be followed up", "followups", {"new_id": NEW_ID}, ROWS),
    ("follow-ups of every source", "followups", {"person": ZHAO}, MANY),
    ("follow-ups of every source, a colleague's", "followups", {"person": NEW_ID}, MANY),
    ("follow-ups of every source, on Today", "today", {"person": ZHAO}, MANY),
    ("nothing to be followed up", "followups", {}, {"rows": {}}),
    ("followed up on Today", "today", {}, ROWS),
    ("a need, by whoever raised it", "item", {"item": NEED, "person": ZHAO}, ROWS),
    ("a need, by a leader", "item", {"item": NEED, **LEADER}, ROWS),
    ("a need that was met", "item", {"item": DONE, "person": ZHAO}, ROWS),
    ("a step not taken", "item", {"item": PROBLEM, "values": TYPED, "errors": {"note": "form.too_long.500"}}, ROWS),
    ("a mediation on its way", "item", {"item": TALKS, "person": ZHAO}, ROWS),
    ("a telling half-written", "item", {"item": TALKS, "draft": {"values": {"note": "都同"}, "saved_ms": 1}}, ROWS),
    ("a telling not taken", "item", {"item": TALKS, "values": RETOLD, "errors": {"revisit_on": "form.day"}}, ROWS),
    ("an effect", "item", {"item": EFFECT, "person": ZHAO}, ROWS),
    ("no such item", "item", {"item": NEW_ID}, ROWS),
    ("a mediation begun", "mediation_form", {"household": "h0", "new_id": NEW_ID}, ROWS),
    ("a mediation of no home, not taken", "mediation_form", {"values": RETOLD, "errors": {"text": "x"}}, ROWS),
]

"""Who is looked in on: rows of the golden contexts."""

from __future__ import annotations

from typing import Any

from tests.neighbourhood import GRID, NEW_ID, NOW_MS, ZHAO, ago, fact

OTHER = "019a0b1c-0000-7000-8000-00000000a009"
PAIRS = tuple(f"019a0b1c-0000-7000-8000-0000000ca{n:03d}" for n in range(8))
CHECKS = tuple(f"019a0b1c-0000-7000-8000-0000000cc{n:03d}" for n in range(5))


def pair(n: int, home: str, cadence: str = "weekly", carer: str = ZHAO, **more: Any) -> dict[str, Any]:
    """A pair as phones of its grid hold it."""
    who = {"carer": carer, "by": "小赵" if carer == ZHAO else "老高"}
    return {"id": PAIRS[n], "household": home, **who, "cadence": cadence, "formed_ms": ago(40), "grid": GRID, **more}


def check(n: int, of: int, state: str, days_ago: float, **more: Any) -> dict[str, Any]:
    """A check of a pair."""
    told = {"id": CHECKS[n], "pair": PAIRS[of], "household": "h0", "author": ZHAO, "by": "小赵", "state": state}
    return {**told, "occurred_at_ms": ago(days_ago), "received_ms": ago(days_ago), "grid": GRID, **more}


def cares(*pairs: dict[str, Any], doors: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """A block of three homes, and who is looked in on there."""
    homes: list[dict[str, Any]] = [
        {"id": f"h{n}", "building": "b", "entrance": "1", "floor": n + 1, "room": f"{n + 1}01", "kind": "home"}
        for n in range(3)
    ]
    homes[0]["facts"] = {"contact": [fact("陈家")]}
    return {
        "grid": [{"id": GRID, "name": "第三网格", "utc_offset_min": 480}],
        "building": [{"id": "b", "quarters": "槐安", "name": "2号楼", "sort": 0, "kind": "block"}],
        "household": [{**home, "grid": GRID} for home in homes],
        "resident": [{"id": "r0", "household": "h0", "facts": {"name": [fact("陈奶奶<b>")]}, "grid": GRID}],
        "door": doors or [],
        "care_pair": list(pairs),
        "care_check": [
            check(0, 0, "ok", 8, way="door", text="在择菜\n<b>"),
            check(1, 0, "watch", 9, undone_ms=ago(8.9)),
            check(2, 0, "urgent", 0.01, author=OTHER, by="老高", after_end=True, unsent=True),
        ],
    }


FOUND: dict[str, Any] = {"check": CHECKS[0], "state": "ok", "checked_ms": ago(8)}
ALL = cares(
    pair(0, "h0", resident="r0", **FOUND),
    pair(1, "h1", "monthly", **FOUND, unsent=True),
    pair(2, "h2", "quarterly", major_ms=ago(7), **FOUND),
    pair(3, "h2", "quarterly", OTHER),
    pair(4, "h1", "weekly", OTHER, check=CHECKS[2], state="urgent", checked_ms=ago(0.01)),
    pair(5, "h1", "weekly", ended_ms=ago(1), check=CHECKS[2], state="urgent", checked_ms=ago(3)),
    pair(6, "h1", "weekly", ended_ms=ago(1), check=CHECKS[2], state="urgent", checked_ms=ago(9)),
    pair(7, "h9"),
)
VISITED = cares(
    pair(0, "h0", **FOUND),
    pair(1, "h1", **FOUND),
    doors=[{"id": "h0", "care": "watch", "care_ms": ago(2)}, {"id": "h1", "care": "urgent", "care_ms": ago(20)}],
)
ME = {"person": ZHAO, "new_id": NEW_ID}
WRONG = {"values": {"pair": PAIRS[0], "text": "写到一半", "way": "phone"}, "errors": {"state": "form.choose"}}

CARES: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("everybody who is looked in on", "care", ME, {"rows": ALL}),
    ("a visit says how somebody is", "care", ME, {"rows": VISITED}),
    ("nobody is looked in on", "care", ME, {"rows": cares()}),
    ("one of them, just looked in on", "care", {**ME, "pair": PAIRS[0], "saved": CHECKS[0]}, {"rows": ALL}),
    ("one whose pair is over", "care", {**ME, "pair": PAIRS[5], "saved": NEW_ID}, {"rows": ALL}),
    ("one who has been visited", "care", {"person": OTHER, "pair": PAIRS[0]}, {"rows": VISITED}),
    ("one that is none", "care", {**ME, "pair": NEW_ID}, {"rows": ALL}),
    ("a check without a state", "care", {**ME, **WRONG}, {"rows": ALL}),
    ("a week later", "care", ME, {"rows": VISITED, "now_ms": NOW_MS + 7 * 86_400_000}),
    ("who is to be looked in on, today", "today", ME, {"rows": ALL}),
    ("nothing to look in on, today", "today", ME, {"rows": VISITED}),
    ("a home that is looked in on", "household", {**ME, "household": "h0"}, {"rows": ALL}),
    ("numbers to call", "emergency", {"duty": "000-0000-0001", "written": "1"}, {"rows": {}}),
    ("numbers to call for a home", "emergency", {"household": "h0", "lang": "en"}, {"rows": {}}),
]  # fmt: skip

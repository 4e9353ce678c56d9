"""What is half-written, what may be one, what one might state next, doors that are called: rows of golden contexts."""

from __future__ import annotations

from typing import Any

from tests.neighbourhood import BLOCK_3, CHEN, CHEN_VISIT, NEW_DOOR, NEW_ID, ZHAO, ago, fact, visit
from tests.vectors.asked import RESIDENT, edit

DRAFTS = [
    {"key": key, "saved_ms": ago(n / 10), **more}
    for n, (key, more) in enumerate(
        [
            (f"visit:{CHEN}", {}),
            (f"correction:{CHEN_VISIT}", {"household": CHEN}),
            (f"resident:{CHEN}", {}),
            (f"fact:households:{CHEN}:phone", {}),
            (f"fact:residents:{RESIDENT}:name", {"household": CHEN}),
            (f"fact:residents:{RESIDENT}:tags", {"household": CHEN}),
            ("household:new", {}),
            (f"household:new:{BLOCK_3}", {}),
            ("household:new:gone", {}),
            (f"visit:{NEW_DOOR}", {}),
            (f"correction:{NEW_ID}", {}),
            (f"whistle:{CHEN}", {}),
        ]
    )
][::-1]


def met_then_out() -> dict[str, Any]:
    """Somebody was met, and nobody answered a second knock: the door was met today."""
    knocked = {"id": "h0", "contact_ms": ago(0.1), "knock_ms": ago(0.05), "knock_result": "no_answer"}
    return {
        "building": [{"id": "b", "quarters": "", "name": "2号楼", "sort": 0, "kind": "block"}],
        "household": [{"id": "h0", "building": "b", "room": "201", "kind": "home"}],
        "door": [knocked],
        "visit": [visit(1, "h0", 0.1), visit(2, "h0", 0.05, result="no_answer")],
    }


def inconvenient() -> dict[str, Any]:
    """Somebody answered and had no time: that paints the door, and Today counts it."""
    rows = met_then_out()
    rows["visit"] = [visit(1, "h0", 0.1, result="inconvenient")]
    return rows


def moved_out() -> dict[str, Any]:
    """Two colleagues at one door on one day: the first met somebody, the second found them moved out."""
    rows = met_then_out()
    rows["household"][0] |= {"facts": {"occupancy": [fact("owner", 1)]}}
    rows["door"][0] |= {"knock_result": "moved"}
    first, second = rows["visit"]
    second = {**second, "author": RESIDENT, "by": "老孙", "result": "moved"}
    later = {**visit(3, "h0", 1.5), "author": RESIDENT}
    rows["visit"] = [{**first, "author": ZHAO}, second, {**visit(4, "h0", 0.07), "author": None}, later]
    return rows


def named_doors() -> dict[str, Any]:
    """Doors that are called rather than numbered, on no floor and on one."""
    rooms = ("车库东", "门面9号", "东户", "1201", "B1201")
    doors: list[dict[str, Any]] = [
        {"id": f"h{n}", "building": "b", "room": room, "kind": "other"} for n, room in enumerate(rooms)
    ]
    doors.append({"id": "h9", "building": "b", "entrance": "1", "floor": 1, "room": "值班室", "kind": "other"})
    return {"building": [{"id": "b", "quarters": "", "name": "2号楼", "sort": 0, "kind": "block"}], "household": doors}


WHOSE = [
    edit(11, "resident.undone", RESIDENT, {"field": "phone", "edit": "x"}),
    edit(12, "resident.stated", RESIDENT, {"facts": {"phone": "000"}}, same=True),
    {**edit(13, "resident.added", "r10", {"household": CHEN, "facts": {"name": "戚奶奶"}}), "id": "r10"},
    edit(14, "resident.stated", "r10", {"facts": {"birth_year": 1950}}),
]  # fmt: skip
AGAIN = {"tried_ms": ago(0.01), "next_ms": ago(-0.002), "problem": "timeout"}

HINTS: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("half-written on the way", "today", {"drafts": DRAFTS}, {}),
    ("half-written here", "household", {"household": CHEN, "drafts": DRAFTS}, {}),
    ("a door half-written", "doors", {"building": BLOCK_3, "drafts": DRAFTS}, {}),
    ("somebody's tags half-written", "facts", {"resident": RESIDENT, "drafts": DRAFTS}, {}),
    ("moved out, says a colleague", "household", {"household": "h0", "role": "grid_worker"}, {"rows": moved_out()}),
    ("moved out, read by a leader", "household", {"household": "h0", "role": "grid_leader"}, {"rows": moved_out()}),
    ("doors that are called", "doors", {"building": "b"}, {"rows": named_doors()}),
    ("whose facts, and when again", "outbox", {"edits": WHOSE, "exchange": AGAIN}, {}),
    ("not taken, who knows when again", "outbox", {"exchange": {"tried_ms": ago(0.01), "problem": "busy"}}, {}),
]  # fmt: skip

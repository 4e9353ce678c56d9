"""What waits for a leader, what was decided, what was set aside and what is carried: rows of the golden contexts."""

from __future__ import annotations

from typing import Any

from tests.neighbourhood import CHEN, NEW_ID, ago, fact, neighbourhood

RESIDENT = "019a0b1c-0000-7000-8000-000000007001"


def edit(n: int, kind: str, entity: str, body: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An edit as the outbox sees it."""
    return {"id": f"019a0b1c-0000-7000-8000-0000000ed{n:03d}", "n": n, "kind": kind, "entity": entity} | {
        "at_ms": ago(1.5 - n / 10),
        "body": body,
        **more,
    }


SUN, SEEN = "老孙", fact("owner", 4, 200)


def asked_rows() -> dict[str, Any]:
    """What waits for a leader: a home said to be empty, somebody said to have died, a tag to take off; and somebody who
    has died, and one who lives elsewhere."""
    rows: dict[str, Any] = neighbourhood()
    chen = next(row for row in rows["household"] if row["id"] == CHEN)
    empty = {**fact("vacant", 21, 0, SUN), "proposed": True, "saw": [SEEN]}
    first, second = {**fact("000-0000-0001", 2, 6), "saw": [fact("000-0000-0009", 8)]}, fact("000-0000-0007", 3, 6, SUN)
    chen["facts"] |= {
        "occupancy": [SEEN, empty],
        "phone": [first, second, fact("000-0000-0007", 22, 3, "小李")],
        "headcount": [{**fact(2, 23, 0), "saw": [fact(1, 5), fact(3, 6, 9, SUN)]}],
    }
    who = next(row for row in rows["resident"] if row["id"] == RESIDENT)
    gone = {**fact(True, 25, 0, SUN), "proposed": True, "saw": [fact(False, 24, 1)]}
    who["facts"] |= {"deceased": [fact(False, 24, 1), gone]}
    who["leaving"] = {"elder_alone": [{**fact(False, 26, 0, SUN), "proposed": True}]}
    rows["resident"] += [
        {"id": "r8", "household": CHEN, "facts": {"name": [fact("陈大爷", 27)], "deceased": [fact(True, 28)]}},
        {"id": "r9", "household": CHEN, "facts": {"name": [fact("陈女士", 29)], "lives_here": [fact(False, 30)]}},
        {"id": "r7", "household": CHEN, "facts": {"deceased": [{**fact(True, 31, 0, SUN), "proposed": True}]}},
    ]
    return rows


def at_chens(rows: dict[str, Any]) -> dict[str, Any]:
    """Of these rows what stands at her home: a page of one person's facts asks for nothing else."""
    home = {"household": "id", "door": "id", "resident": "household", "visit": "household"}
    return {kind: [row for row in of if kind not in home or row[home[kind]] == CHEN] for kind, of in rows.items()}


def decided_rows() -> dict[str, Any]:
    """Tags somebody has just spoken of: one taken off, one kept, one given."""
    rows = asked_rows()
    who = next(row for row in rows["resident"] if row["id"] == RESIDENT)
    who.pop("leaving")
    who["tags"] = {"elder_alone": ["x", NEW_ID], "disabled": [NEW_ID]}
    return rows


ASIDE_EDITS = [
    edit(1, "visit.recorded", NEW_ID, {"household": CHEN}, received_ms=ago(1), outcome="quarantined", reason=reason)
    | {"id": reason}
    for reason in ("out_of_scope", "needs_decision", "decided", "already_in", "revoked", "some_day", "fork")
] + [edit(2, "household.undone", CHEN, {"field": "phone", "edit": "x"}, received_ms=ago(1))]
LATER = [
    edit(1, "whistle.reported", NEW_ID, {"text": "井盖没了"}, received_ms=ago(1)),
    edit(2, "household.stated", CHEN, {"facts": {"wechat": "chen-nn", "occupancy": "squat", "kin": ["x"]}}),
    edit(3, "visit.recorded", NEW_ID, {"household": CHEN, "result": "phoned"}),
    edit(4, "resident.tagged", RESIDENT, {"add": ["some_day", "veteran"]}),
    edit(5, "household.undone", CHEN, {"field": "wechat", "edit": "x"}),
]
HALVES = [
    edit(0, "visit.recorded", "", {"result": "", "text": "灯坏了，要人修", "asks": {"need": "量血压"}})
    | {"id": "visit:x", "door": "3-2-402", "to": "/field/households/x/visits/new"},
    edit(0, "resident.stated", "", {"facts": {"note": ""}}) | {"id": "fact:residents:y:note", "door": "", "to": "/y"},
    edit(0, "resident.tagged", "", {"add": ["veteran"], "remove": []}) | {"id": "fact:residents:y:tags", "to": "/z"},
]
SENT_SINCE = [edit(1, "visit.recorded", NEW_ID, {"household": "x", "result": "met"}) | {"door": "3-2-402"}]
ASIDE_ROWS = [
    {
        "id": "out_of_scope",
        "position": 9,
        "decision": "released",
        "by": "王站长",
        "at_ms": ago(0.1),
        "reason": "确实去了",
    },
    {"id": "fork", "position": 8, "decision": "declined", "by": "王站长", "at_ms": ago(2), "reason": "记重了"},
]
CARRIED = [
    {"id": "c1", "name": "四访-小赵", "kept_ms": ago(2), "sent_ms": ago(1), "fresh": 12, "known": 1,
     "aside": 2, "fork": True},
    {"id": "c2", "name": "", "kept_ms": ago(0.1), "problem": "chain_gap"},
    {"id": "c3", "name": "四访-老孙", "kept_ms": ago(0.1), "problem": "too_large"},
    {"id": "c4", "name": "四访-小李", "kept_ms": ago(0.01)},
]  # fmt: skip
LEADER, WORKER = {"me": "周组长", "role": "grid_leader"}, {"me": SUN, "role": "grid_worker"}
JUST = {"stated": True, **WORKER}

WAITING = {"rows": at_chens(asked_rows())}
SPOKEN = {"rows": at_chens(decided_rows())}
ASKED: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("what waits for a leader", "household", {"household": CHEN, **LEADER}, {"rows": asked_rows()}),
    ("what one proposed oneself", "household", {"household": CHEN, **WORKER}, {"rows": asked_rows()}),
    ("what a colleague proposed", "household", {"household": CHEN, "me": "小赵"}, {"rows": asked_rows()}),
    ("a death that waits", "facts", {"resident": RESIDENT, **LEADER}, WAITING),
    ("a death one proposed oneself", "facts", {"resident": RESIDENT, **WORKER}, WAITING),
    ("a death of whom nothing was said", "facts", {"resident": "r7", **WORKER}, WAITING),
    ("a death to be decided over nothing", "facts", {"resident": "r7", **LEADER}, WAITING),
    ("a death opened", "facts", {"resident": "r9", "field": "deceased", "new_id": NEW_ID}, WAITING),
    ("a number just chosen", "facts", {"household": CHEN, "field": "headcount", **JUST}, WAITING),
    ("a tag kept", "facts", {"resident": RESIDENT, "undo": NEW_ID, "tag": "elder_alone"}, SPOKEN),
    ("a tag given", "facts", {"resident": RESIDENT, "undo": NEW_ID, "tag": "disabled"}, SPOKEN),
    ("a tag taken off", "facts", {"resident": RESIDENT, "undo": NEW_ID, "tag": "veteran"}, SPOKEN),
    ("a tag somebody made up", "facts", {"resident": RESIDENT, "undo": NEW_ID, "tag": "x"}, SPOKEN),
    ("what was set aside", "outbox", {"edits": ASIDE_EDITS}, {"rows": {**neighbourhood(), "aside": ASIDE_ROWS}}),
    ("half-written about homes that have gone", "outbox",
     {"edits": SENT_SINCE, "halves": HALVES, "exchange": {"ok_ms": ago(1)}}, {}),
    ("of a later version", "outbox", {"edits": LATER, "exchange": {"ok_ms": ago(1)}}, {}),
    ("no grid is theirs", "today", {"unsent": {"count": 3, "oldest_ms": ago(2.2)}, "lang": "en"}, {"rows": {}}),
    ("out of use", "outbox", {"edits": ASIDE_EDITS, "exchange": {"ok_ms": ago(1)}, "revoked": True}, {}),
    ("nothing left on a phone out of use", "today", {"revoked": True}, {"rows": {}}),
    ("nothing carried yet", "carry", {"on_phone": True}, {}),
    ("carried for colleagues", "carry", {"on_phone": True, "carried": CARRIED}, {}),
    ("carried by the server", "carry", {"carried": CARRIED[:1], "wrong": "carry.none"}, {}),
]  # fmt: skip

"""Write the golden contexts of every field page: `python -m tests.vectors.make_views`. Read the difference first."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from server.views import VIEWS
from tests.neighbourhood import (
    BLOCK_3,
    CHEN,
    CHEN_VISIT,
    GRID,
    HIGH,
    NEW_DOOR,
    NEW_ID,
    NOW_MS,
    STREET,
    YARD,
    ZHAO,
    ago,
    fact,
    neighbourhood,
    visit,
)
from tests.vectors.agreed import AGREED
from tests.vectors.asked import ASKED, RESIDENT, edit
from tests.vectors.cares import CARES
from tests.vectors.elders import ELDERS
from tests.vectors.elders import ROWS as ELDER_ROWS
from tests.vectors.hints import HINTS, inconvenient, met_then_out
from tests.vectors.items import FOUND
from tests.vectors.logs import LOGS
from tests.vectors.orders import ORDERS
from tests.vectors.patrols import PATROLS
from tests.vectors.read_visits import READ
from tests.vectors.stands import STANDS
from tests.vectors.voices import VOICES
from tests.vectors.whistles import WHISTLED

HERE = Path(__file__).parent / "views"
SUNDAY_NIGHT_MS = NOW_MS + 2 * 86_400_000 + 9 * 3_600_000
TICKED = {"field": "tags", "had": "elder_alone", "over": f"elder_alone:{NEW_ID}", "tags": ["veteran", "disabled"]}
THERE = {"building": BLOCK_3, "entrance": "2单元", "room": "５01室"}
UNSENT = {"unsent": {"count": 3, "oldest_ms": ago(2.2)}, "online": False, "lang": "en", "waiting": True}
TYPED = {"result": "", "mode": "night", "text": "写到一半", "follow_up": "pick", "tags": ["veteran"], "value": "三"}
DRAFT = {"values": {"result": "met", "need": "量血压", "care": "watch", "tags": ["floating"]}, "saved_ms": ago(0.01)}


EDITS = [
    edit(9, "visit.recorded", NEW_ID, {"household": CHEN, "result": "met", "mode": "door", "text": "灯修好了"}),
    edit(1, "visit.recorded", CHEN_VISIT, {"household": CHEN, "result": "no_answer"}, received_ms=ago(1.3), proved=1),
    edit(2, "visit.corrected", CHEN_VISIT, {"result": "refused", "asks": {"need": "灯"}}, received_ms=ago(1.2)),
    edit(3, "household.stated", CHEN, {"facts": {"phone": None, "headcount": 2}}),
    edit(4, "resident.added", NEW_DOOR, {"household": CHEN, "facts": {"lives_here": False}, "tags": ["veteran"]}),
    edit(10, "household.stated", CHEN, {"facts": {"contact": "葛阿姨"}}, same=True),
    edit(5, "resident.tagged", RESIDENT, {"add": ["disabled"], "remove": ["elder_alone"]}),
    {**edit(6, "household.added", HIGH, {"building": BLOCK_3, "room": "701", "facts": {"contact": "新"}}), "id": HIGH},
    edit(7, "visit.recorded", NEW_ID, {"household": HIGH, "result": "met", "mode": "night"}),
    edit(8, "resident.stated", NEW_ID, {}, received_ms=ago(0.1), outcome="quarantined", reason="unknown_entity"),
]  # fmt: skip
RESTORED = {"size": 3, "lost": 12}
TROUBLE = {"tried_ms": ago(0.01), "ok_ms": ago(1), "problem": "timeout", "running": True}


def odd_rows() -> dict[str, Any]:
    """A grid of edges: no offset, rare signs, numbers in a mess, floors that skip, a clock that ran ahead."""
    rooms = [("", 7, "701"), ("A", 2, "东户"), ("A", 2, "西户"), ("B", 1, "1201"), ("B", 12, "1203"), ("B", 12, "12３")]
    households = [
        {"id": f"h{n}", "building": "b", "entrance": entrance, "floor": floor, "room": room, "kind": "home"}
        for n, (entrance, floor, room) in enumerate(rooms)
    ]
    households[0]["facts"] = {"contact": [fact("𠮷野师傅🍱", 1), fact("吉野师傅", 2)], "occupancy": [fact("rented", 3)]}
    households[3]["facts"] = {"note": [fact("x" * 30 + "𠮷ＡＢｃ　d" + "y" * 60, 4)], "phone": [fact(None, 5)]}
    households.append({"id": "h9", "building": "b", "floor": -2, "room": "B201", "kind": "basement", "unsent": True})
    return {
        "building": [
            {"id": "b", "quarters": "", "name": "12号楼", "sort": 0},
            {"id": "a", "quarters": "", "name": "2号楼", "sort": 0, "kind": "block"},
        ],
        "household": households,
        "door": [
            {"id": "h0", "contact_ms": NOW_MS + 90_000_000, "knock_ms": NOW_MS + 90_000_000, "knock_result": "met"},
            {"id": "h1", "knock_ms": ago(0.1), "knock_result": "refused", "care": "watch", "promise_on": "2026-12-01"},
            {"id": "h2", "contact_ms": ago(30), "knock_ms": ago(3), "knock_result": "vacant"},
            {"id": "h3", "contact_ms": ago(31), "care": "ok"},
            {"id": "h4", "contact_ms": ago(91), "promise_on": "2026-11-20", "promise_ms": ago(91)},
            {"id": "h5", "contact_ms": ago(60), "care": "watch"},
        ],
        "visit": [visit(1, "h1", 0.1, result="refused", asks={"idea": "装个门铃ＡＢ"}, text="")],
    }


REPORTS = [{**row, "building": BLOCK_3} for row in ELDER_ROWS["report"]]
BEGUN = {"values": {"over": "v1", "text": "半"}, "saved_ms": ago(0.01)}


def twice() -> dict[str, Any]:
    """Two were there in the morning, and once before; a colleague with somebody else."""
    who = [(0.01, NEW_ID, "小吴"), (0.1, ZHAO, "老孙、小李"), (0.2, ZHAO, "老孙"), (3, ZHAO, "老郑")]
    there = [visit(n, "h1", days, author=by, companions=names.split("、")) for n, (days, by, names) in enumerate(who)]
    return {**odd_rows(), "visit": there}


def contested() -> dict[str, Any]:
    """A visit told twice, neither telling over the other."""
    rows = beyond(ago(1))
    rows["visit"][0] |= {"edit": "e2", "revision": 3, "heads": ["e2", "e3"]}
    return rows


def two_yards() -> dict[str, Any]:
    """Two grids; one has a row of bungalows in a lane beside that of its estate."""
    named = [
        ("grid", "机修厂家属院", "平房"),
        ("grid", "桥头巷", "平房"),
        ("other", "槐安小区", "平房"),
        ("grid", "槐安小区", "商铺"),
    ]
    rows = [
        {"id": f"{YARD[:-1]}{n}", "grid": grid, "quarters": quarters, "name": name, "sort": n, "kind": "bungalows"}
        for n, (grid, quarters, name) in enumerate(named)
    ]
    return {"building": rows, "household": [{"id": "h0", "building": rows[0]["id"], "room": "7号", "kind": "bungalow"}]}


SHOTS = [
    {"sha256": f"{sign}{'A' * 42}", "type": kind, "bytes": 1000, **({"ms": 12_500} if "audio" in kind else {})}
    for sign, kind in (("B", "image/jpeg"), ("C", "audio/webm"), ("D", "image/webp"), ("E", "image/png"))
]
WAITING = {SHOTS[0]["sha256"]: {}, SHOTS[1]["sha256"]: {"todo": 1}, SHOTS[3]["sha256"]: {"refused": "pixels"}}
SHOT = edit(20, "visit.recorded", NEW_ID, {"household": CHEN, "result": "met", "blobs": SHOTS}, received_ms=ago(0.1))


def photographed() -> dict[str, Any]:
    """A visit with three photos and a voice note."""
    rows = beyond(ago(1))
    rows["visit"][0] |= {"blobs": SHOTS}
    rows["revision"] = rows["visit"]
    return rows


def kept_back() -> dict[str, Any]:
    """A visit whose words are for the station alone, where restricted tags are kept."""
    rows = photographed()
    rows["visit"][0] = {**rows["visit"][0], "author": ZHAO, "private": True}
    for name in ("text", "asks", "who_met", "blobs"):
        rows["visit"][0].pop(name, None)
    known = rows.get("grid") or [{"id": GRID, "name": "第三网格"}]
    grids = [{**grid, "restricted": True} for grid in known]
    homes = [{**home, "grid": grids[0]["id"]} for home in rows["household"]]
    return {**rows, "grid": grids, "household": homes}


EASIER = {"page": "household", "back": f"/field/households/{CHEN}?all=1"}
SUGGESTED = {"n": 1, "id": NEW_ID, "kind": "suggestion.made", "entity": NEW_ID, "at_ms": ago(0.06),
             "body": {"page": "household", "text": "电话一点就拨"}}  # fmt: skip
APART = {"n": 1, "id": NEW_ID, "kind": "visit.recorded", "entity": NEW_ID, "at_ms": ago(0.06),
         "body": {"household": CHEN, "result": "met", "mode": "door", "text": "家里有难处",
                  "private": True}}  # fmt: skip


def basement() -> dict[str, Any]:
    """Nine cellars under two landings of two, their names alike but for the end."""
    doors = [{"id": f"h{n}", "entrance": str(n), "floor": 1, "room": "101"} for n in (1, 2)]
    doors += [{"id": f"k{n}", "entrance": "1", "floor": -1, "room": f"B1-cellar-{n}"} for n in range(9)]
    doors += [
        {"id": "k9", "entrance": "2", "floor": -1, "room": "B1"},
        {"id": "l", "entrance": "2", "floor": -2, "room": "B2"},
    ]
    return {
        "building": [{"id": "b", "quarters": "", "name": "2号楼", "sort": 0, "kind": "block"}],
        "household": [{**door, "building": "b", "kind": "home"} for door in doors],
    }


def unsent_correction() -> dict[str, Any]:
    """A correction still on the phone, of a visit the server has."""
    rows = beyond(ago(1))
    first = {**rows["visit"][0], "edit": "v1"}
    words = "一行\n" * 8
    second = {**first, "edit": "e2", "revision": 2, "text": words, "asks": {"need": "字" * 200}}
    del second["received_ms"]
    rows["revision"] = [first, second]
    rows["visit"] = [{**second, "received_ms": NOW_MS, "unsent": True}]
    return rows


def beyond(ms: int) -> dict[str, Any]:
    """A visit by a clock that tells no day of the calendar."""
    when = {"occurred_at_ms": ms, "at_ms": ms, "offset_ms": ms, "effective_ms": NOW_MS, "received_ms": NOW_MS}
    told = {"id": "v1", "household": "h0", "mode": "door", "result": "met", "by": "小赵", **when}
    return {
        "building": [{"id": "b", "quarters": "", "name": "2号楼", "sort": 0, "kind": "block"}],
        "household": [{"id": "h0", "building": "b", "room": "201", "kind": "home"}],
        "door": [{"id": "h0", "contact_ms": ms, "knock_ms": ms, "knock_result": "met"}],
        "visit": [told],
    }


def shared_rows() -> dict[str, Any]:
    """The neighbourhood, with both tellings of Auntie Chen's corrected visit."""
    rows: dict[str, Any] = neighbourhood()
    told = next(row for row in rows["visit"] if row["id"] == CHEN_VISIT)
    rows["revision"] = [
        {**told, "revision": 1, "edit": CHEN_VISIT, "text": "厕所灯坏三天。", "asks": {}, "at_ms": ago(6)},
        {**told, "at_ms": ago(5.5), "offset_ms": -95_000, "effective_ms": ago(5.4), "received_ms": ago(5.4),
         "proof": "yes"},
    ]  # fmt: skip
    return rows


CASES: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("a Friday morning", "today", {}, {}),
    ("what neighbours noticed", "today", {}, {"rows": {**neighbourhood(), "report": REPORTS}}),
    ("all that is due", "today", {"show": "next", **UNSENT}, {}),
    ("every one of them", "today", {"show": "all"}, {}),
    ("all that was done", "today", {"show": "done", "arriving": {"done": 3, "total": 7}}, {}),
    ("answered at a bad moment", "today", {"show": "done"}, {"rows": inconvenient()}),
    ("nothing has arrived", "today", {"arriving": {"done": 0, "total": 7}}, {"rows": {}}),
    ("met in the morning, out in the evening", "today", {}, {"rows": met_then_out()}),
    ("odd doors today", "today", {}, {"rows": odd_rows()}),
    ("the first building", "doors", {}, {}),
    ("four entrances, a basement, a door without a floor", "doors", {"building": BLOCK_3}, {}),
    ("finding without scripts", "doors", {"building": BLOCK_3, "q": "吴"}, {}),
    ("bungalows", "doors", {"building": YARD}, {}),
    ("shops", "doors", {"building": STREET}, {}),
    ("two rows of one name", "doors", {"building": YARD}, {"rows": two_yards()}),
    ("odd doors drawn", "doors", {"building": "b", "utc_offset_min": 60}, {"rows": odd_rows()}),
    ("a basement of many doors", "doors", {"building": "b"}, {"rows": basement()}),
    ("no buildings", "doors", {}, {"rows": {}}),
    ("by number", "found", {"q": "3-2-50", "building": BLOCK_3}, {}),
    ("by number run together", "found", {"q": "32501"}, {}),
    ("as printed over the door", "found", {"q": "３幢２单元 501室"}, {}),
    ("as printed, with the quarters", "found", {"q": "槐安小区3号楼2单元50"}, {}),
    ("a building", "found", {"q": "3幢"}, {}),
    ("an entrance and a room", "found", {"q": "2单元501"}, {}),
    ("a building under another word", "found", {"q": "3号楼501"}, {}),
    ("a room with its word", "found", {"q": "501室"}, {}),
    ("words that begin like an address", "found", {"q": "3幢的猫"}, {}),
    ("by name, for a visit", "found", {"q": "陈", "to": "visit"}, {}),
    ("by phone", "found", {"q": "0003"}, {}),
    ("by a note", "found", {"q": "萝卜"}, {}),
    ("by what was said", "found", {"q": "血压"}, {}),
    ("full width and rare signs", "found", {"q": "　aBC d "}, {"rows": odd_rows()}),
    ("a sign outside the first plane", "found", {"q": "𠮷"}, {"rows": odd_rows()}),
    ("nothing asked", "found", {"q": " 　"}, {}),
    ("Auntie Chen", "household", {"household": CHEN, "saved": CHEN_VISIT, "new_id": NEW_ID, "draft": DRAFT}, {}),
    ("a half-written visit", "household", {"household": "019a0b1c-0000-7000-8000-000000000010", "all": "1"}, {}),
    ("no such door", "household", {"household": NEW_DOOR}, {}),
    ("an odd door", "household", {"household": "h1"}, {"rows": odd_rows()}),
    ("an empty form", "visit_form", {"household": CHEN, "new_id": NEW_ID}, {}),
    ("a day promised", "visit_form", {"household": "h1"}, {"rows": odd_rows()}),
    ("there for the second time on a day", "visit_form", {"household": "h1", "person": ZHAO}, {"rows": twice()}),
    ("on Sunday night", "visit_form", {"household": CHEN}, {"now_ms": SUNDAY_NIGHT_MS}),
    ("half-written", "visit_form", {"household": CHEN, "draft": DRAFT}, {}),
    ("sent and not taken", "visit_form", {"household": CHEN, "values": TYPED, "errors": {"result": "form.result"}}, {}),
    ("a correction", "visit_form", {"visit": CHEN_VISIT}, {}),
    ("a correction over two tellings", "visit_form", {"visit": "v1"}, {"rows": contested()}),
    ("a correction begun over one of two", "visit_form", {"visit": "v1", "draft": BEGUN}, {"rows": contested()}),
    ("no such visit to correct", "visit_form", {"visit": NEW_ID, "household": CHEN}, {}),
    ("a visit and what stood before", "visit", {"visit": CHEN_VISIT}, {}),
    ("a visit written up later", "visit", {"visit": "019a0b1c-0000-7000-8000-00000000f003"}, {}),
    ("somebody else's visit", "visit", {"visit": CHEN_VISIT, "person": RESIDENT}, {}),
    ("somebody else's visit, corrected", "visit_form", {"visit": CHEN_VISIT, "person": RESIDENT}, {}),
    ("one's own visit", "visit", {"visit": CHEN_VISIT, "person": ZHAO}, {}),
    ("corrected and not sent", "visit", {"visit": "v1"}, {"rows": unsent_correction()}),
    ("photos, some still here", "visit", {"visit": "v1", "blobs": WAITING}, {"rows": photographed()}),
    ("photos at a door", "household", {"household": "h0"}, {"rows": photographed()}),
    ("a correction of photos", "visit_form", {"visit": "v1", "keeps": True}, {"rows": photographed()}),
    ("photos to go", "outbox", {"edits": [SHOT], "blobs": WAITING, "exchange": {"ok_ms": ago(1)}}, {}),
    ("no such visit", "visit", {"visit": NEW_ID}, {}),
    ("a clock far ahead", "visit", {"visit": "v1"}, {"rows": beyond(2**53 - 1)}),
    ("a clock far behind", "visit", {"visit": "v1"}, {"rows": beyond(-(2**53))}),
    ("a visit beyond the calendar", "household", {"household": "h0"}, {"rows": beyond(2**53 - 1)}),
    ("a visit before the calendar, corrected", "visit_form", {"visit": "v1"}, {"rows": beyond(-(2**53))}),
    ("a missing door", "household_form", {"building": YARD, "kind": "bungalow", "new_id": NEW_ID}, {}),
    ("a door that is there", "household_form", {"values": THERE, "errors": {"room": "form.exists"}}, {}),
    ("a door begun elsewhere", "household_form", {"building": YARD, "draft": DRAFT}, {}),
    ("a missing door, not taken", "household_form", {"kind": "castle", "values": TYPED, "errors": {"room": "x"}}, {}),
    ("somebody new", "resident_form", {"household": CHEN, "new_id": NEW_ID, "draft": DRAFT}, {}),
    ("somebody new, not taken", "resident_form", {"household": CHEN, "values": TYPED, "errors": {"name": "x"}}, {}),
    ("all facts", "facts", {"household": CHEN}, {}),
    ("one fact opened", "facts", {"household": CHEN, "field": "phone"}, {}),
    ("one fact not taken", "facts", {"household": CHEN, "field": "headcount", "values": TYPED}, {}),
    ("one fact half-written", "facts", {"household": CHEN, "field": "note", "draft": {"values": TYPED}}, {}),
    ("one fact just stated", "facts", {"household": CHEN, "field": "note", "stated": True}, {}),
    ("facts of a person", "facts", {"resident": RESIDENT, "field": "tags"}, {}),
    ("tags half-written", "facts", {"resident": RESIDENT, "field": "tags", "draft": {"values": TICKED}}, {}),
    ("no such fact", "facts", {"resident": RESIDENT, "field": "religion"}, {}),
    ("unsent for days", "outbox", {"edits": EDITS[:1], "capsule": "can", "exchange": TROUBLE}, {}),
    ("unsent, in an old browser", "outbox", {"edits": EDITS[:1], "capsule": "old", "exchange": TROUBLE}, {}),
    *ASKED,
    *HINTS,
    *LOGS,
    *READ,
    *ORDERS,
    *PATROLS,
    *AGREED,
    *VOICES,
    *STANDS,
    *CARES,
    *FOUND,
    *WHISTLED,
    *ELDERS,
    ("which door", "pick", {}, {}),
    ("which door, finding", "pick", {"q": "林"}, {}),
    ("which door for a note", "pick", {"note": "n1", "note_text": "灯坏了\n<b>", "q": "林", "to": "visit"}, {}),
    ("a note to be put to a door", "today", {"drafts": [{"key": "note:n1", "saved_ms": 1, "brief": "灯坏"}]}, {}),
    ("waiting and sent", "outbox", {"edits": EDITS, "exchange": TROUBLE, "label": "小赵的手机", **UNSENT}, {}),
    ("nothing written yet", "outbox", {"exchange": {"tried_ms": ago(0.1), "problem": "unknown_device"}}, {}),
    ("the log is in doubt", "outbox", {"edits": EDITS[1:3], "exchange": {"ok_ms": ago(1)}, "doubt": True}, {}),
    ("made from a backup", "outbox", {"exchange": {"ok_ms": ago(1)}, "restored": {**RESTORED, "at_ms": ago(29.9)}}, {}),
    ("made from a backup long ago", "outbox", {"restored": {**RESTORED, "at_ms": ago(30)}}, {}),
    ("made from a backup, as apps of before noted", "more", {"restored": {"at_ms": ago(1), "size": 3}}, {}),
    ("made from a backup, the rest", "more", {"restored": {**RESTORED, "at_ms": ago(2)}, "lang": "en"}, {}),
    ("all sent", "outbox", {"edits": EDITS[1:3], "exchange": {"tried_ms": 1, "ok_ms": ago(1), "problem": "x"}}, {}),
    ("the rest", "more", {"storage": {"usage": 3_400_001, "quota": 2_000_000_000, "persisted": True}}, {}),
    ("the rest, unmeasured", "more", {"storage": {"usage": 1}, "me": "小赵", "downloaded_ms": 1, "locks": True}, {}),
    ("the rest, opened by a finger too", "more", {"storage": {"usage": 1}, "locks": True, "passkey": "on"}, {}),
    ("what one wrote, to keep", "notes", {"person": ZHAO, "me": "小赵"}, {}),
    ("what one wrote, for the station alone in part", "notes", {"person": ZHAO}, {"rows": kept_back()}),
    ("nothing written to keep", "notes", {"person": RESIDENT}, {}),
    ("a visit for the station alone", "visit", {"visit": "v1"}, {"rows": kept_back()}),
    ("a correction of one for the station alone", "visit_form", {"visit": "v1"}, {"rows": kept_back()}),
    ("a home with more to see online", "household", {"household": "h0"}, {"rows": kept_back()}),
    ("what was written for the station alone", "outbox", {"edits": [APART]}, {}),
    ("what could be easier", "suggestion_form", {**EASIER, "new_id": NEW_ID, "draft": DRAFT}, {}),
    ("what could be easier, of no page", "suggestion_form", {"page": "/field/doors", "back": "//elsewhere"}, {}),
    ("what could be easier, not taken", "suggestion_form", {"values": EASIER, "errors": {"text": "x"}}, {}),
    ("a suggestion on its way", "outbox", {"edits": [SUGGESTED]}, {}),
    ("a suggestion half-written", "today", {"drafts": [{"key": "suggestion:doors", "saved_ms": ago(0.01)}]}, {}),
    ("not here", "missing", UNSENT, {}),
    ("no door of theirs", "missing", {"of_door": True, "served": True}, {}),
    ("no door of theirs, and words", "missing", {"of_door": True, "served": True, "typed": ["灯坏了\n<b>"]}, {}),
    ("not yet", "arriving", {"arriving": {"done": 0, "total": 7}}, {}),
    ("the first PIN", "pin", {}, {"rows": {}}),
    ("another PIN, not taken", "pin", {"again": True, "wrong": "vault.wrong_twice", "lang": "en"}, {"rows": {}}),
    ("locked", "locked", {**UNSENT, "back": "/field/doors", "me": "小赵"}, {"rows": {}}),
    ("locked, and not that PIN", "locked", {"wrong": "vault.wrong_pin", "again": True}, {"rows": {}}),
    ("locked, for some seconds", "locked", {"wrong": "vault.wrong_pin", "wait_s": 30}, {"rows": {}}),
    ("locked, a finger opens it", "locked", {"passkey": {"id": "AQ", "salt": "Ag"}}, {"rows": {}}),
    ("how to open it", "passkey", {"me": "小赵", "lang": "en"}, {"rows": {}}),
    ("locked, for some minutes", "locked", {"wait_s": 61, "kept": "note"}, {"rows": {}}),
]  # fmt: skip


def made() -> dict[str, Any]:
    """rows.json, and a file of cases for each view."""
    rows = shared_rows()
    files: dict[str, Any] = {"rows.json": rows}
    for title, name, params, more in CASES:
        now_ms = more.get("now_ms", NOW_MS)
        given = more.get("rows", rows)
        case = {"title": title, "now_ms": now_ms, "params": params, "context": VIEWS[name](given, now_ms, params)}
        files.setdefault(f"{name}.json", []).append({**case, **({"rows": given} if "rows" in more else {})})
    return files


def main() -> None:
    """Write them, one case a line, so that a difference can be read."""
    HERE.mkdir(exist_ok=True)
    for name, content in made().items():
        parts = content if isinstance(content, list) else [content]
        lines = ",\n".join(json.dumps(part, ensure_ascii=False) for part in parts)
        text = f"[\n{lines}\n]\n" if isinstance(content, list) else lines + "\n"
        (HERE / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()

"""Golden cases of a volunteer's pages."""

from __future__ import annotations

from typing import Any

from tests.neighbourhood import NEW_ID, NOW_MS, ago

PAIR, OTHER, CHECK = (f"019a0b1c-0000-7000-8000-00000000e0{n:02d}" for n in range(3))
_DOOR = {"grid": "g", "quarters": "槐安小区", "building": "3幢", "formed_ms": ago(90)}
_PHOTO = {"sha256": "A" * 43, "type": "image/jpeg", "bytes": 900}
_VOICE = {"sha256": "B" * 42 + "A", "type": "audio/webm", "bytes": 900, "ms": 4200}

ROWS: dict[str, Any] = {
    "volunteer": [{"id": "v", "community": "榆桥社区", "buildings": [{"id": "b", "name": "3幢"}]}],
    "report": [
        {"id": NEW_ID, "by": "王大爷", "state": "open", "occurred_at_ms": NOW_MS - 4_300, "text": "三楼灯不亮<b>",
         "blobs": [_PHOTO, _VOICE], "unsent": True},
        {"id": "r2", "by": "王大爷", "state": "answered", "occurred_at_ms": ago(2), "blobs": [_PHOTO],
         "note": "明天去换", "answered_by": "王站长", "answered_ms": ago(1)},
        {"id": "r3", "by": "王大爷", "state": "withdrawn", "occurred_at_ms": ago(3), "text": "按错了"},
    ],
    "paired": [
        {**_DOOR, "id": PAIR, "cadence": "weekly", "entrance": "2", "floor": 5, "room": "501", "name": "陈奶奶",
         "checked_ms": ago(6)},
        {**_DOOR, "id": OTHER, "cadence": "monthly", "room": "102"},
        {**_DOOR, "id": "p3", "cadence": "monthly", "room": "103", "name": "吴大爷", "checked_ms": ago(2),
         "major_ms": ago(1)},
        {**_DOOR, "id": "p4", "cadence": "monthly", "room": "104", "name": "马师傅", "ended_ms": ago(1)},
    ],
    "paired_check": [
        {"id": CHECK, "grid": "g", "pair": PAIR, "state": "urgent", "occurred_at_ms": NOW_MS - 100, "unsent": True},
        {"id": "c2", "grid": "g", "pair": OTHER, "state": "ok", "occurred_at_ms": ago(5), "text": "挺好",
         "undone_ms": ago(5)},
    ],
}  # fmt: skip
CALLS = [["", "便民热线", "12345"], ["榆桥社区", "社区值班", "000-0000-0100"], ["晨光里社区", "别处", "000-0000-0200"]]
_MORE = {"rows": ROWS}

ELDERS: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("four doors", "elder_home", {"me": "王大爷", "size": 2, "unsent": {"count": 1, "oldest_ms": ago(0.1)}}, _MORE),
    ("four doors, with nothing behind them yet", "elder_home", {"me": "王大爷", "lang": "en"}, {"rows": {}}),
    ("a problem", "elder_report", {"new_id": NEW_ID, "keeps": True}, _MORE),
    ("a problem, half-written", "elder_report", {"draft": {"values": {"text": "灯"}, "saved_ms": 1}}, _MORE),
    ("a problem, nothing said", "elder_report", {"values": {"text": ""}, "errors": {"text": "form.report"}}, _MORE),
    ("kept, to be taken back", "elder_sent", {"of": NEW_ID}, _MORE),
    ("kept long ago", "elder_sent", {"of": "r2"}, _MORE),
    ("taken back", "elder_sent", {"of": "r3"}, _MORE),
    ("urgent", "elder_sent", {"of": CHECK, "calls": CALLS}, _MORE),
    ("a look taken back", "elder_sent", {"of": "c2"}, _MORE),
    ("nothing of that name", "elder_sent", {"of": "x"}, _MORE),
    ("whom to look in on", "elder_visits", {}, _MORE),
    ("nobody to look in on", "elder_visits", {}, {"rows": {}}),
    ("one of them", "elder_visit", {"pair": PAIR, "new_id": NEW_ID}, _MORE),
    ("one who is not named", "elder_visit", {"pair": OTHER, "lang": "en"}, _MORE),
    ("one that is over", "elder_visit", {"pair": "p4"}, _MORE),
    ("what was sent", "elder_mine", {"blobs": {"A" * 43: {"todo": 1}}}, _MORE),
    ("nothing sent", "elder_mine", {}, {"rows": {}}),
    ("whom to call", "elder_call", {"calls": CALLS}, _MORE),
    ("nobody to call", "elder_call", {}, {"rows": {}}),
    ("onto the home screen", "elder_install", {"task": "visits"}, _MORE),
    ("onto the home screen, which is no task", "elder_install", {"task": "x", "size": 3}, _MORE),
    (
        "what could be easier",
        "elder_suggestion",
        {"page": "elder_visits", "back": "/elder/visits?x=1", "new_id": NEW_ID},
        _MORE,
    ),
    (
        "what could be easier, from elsewhere, nothing said",
        "elder_suggestion",
        {"values": {"page": "/elder/x", "back": "/field/", "text": ""}, "errors": {"text": "form.suggestion"}},
        _MORE,
    ),
    (
        "what could be easier, half-written",
        "elder_suggestion",
        {"page": "elder_mine", "back": "/elder", "draft": {"values": {"text": "大"}, "saved_ms": 1}},
        {"rows": {}},
    ),
    ("nothing there", "elder_missing", {}, {"rows": {}}),
]

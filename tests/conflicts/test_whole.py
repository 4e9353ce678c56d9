"""Nobody decides blind: what was set aside is shown with its door, its day and every word, in the reader's grids."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from uuid_utils import uuid7

from server.conflicts.told import Words
from server.conflicts.whole import whole
from server.journal import Draft
from sync.edit import b64u, body_hash, make_header, read_edit
from tests.conflicts.conftest import case
from tests.desk.conftest import DAY_MS, Desk, sign_in, words
from tests.desk.conftest import sun as sun
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio
PHOTO = {"sha256": "A" * 43, "type": "image/jpeg", "bytes": 9}


def said_raw(phone: Phone, raw: bytes) -> None:
    """Its last edit says this instead, whatever it is."""
    edit = phone.made[-1]
    header = make_header(msgspec.structs.replace(edit.header, body_hash=b64u(body_hash(edit.salt, raw))))
    phone.made[-1] = read_edit(header, edit.salt, raw)


async def test_a_visit_outside_the_writers_grid_shows_its_door_its_day_and_its_photos(
    desk: Desk, station: Station, sun: Phone
) -> None:
    at_ms = station.now_ms - 9 * DAY_MS
    more: dict[str, Any] = {
        "who_met": "马师傅的女儿",
        "companions": ["老孙"],
        "follow_up_on": "2026-12-01",
        "blobs": [PHOTO],
    }
    sun.visit(station["马师傅"], text="帮隔壁看了一眼", occurred_at_ms=at_ms, **more)
    await sun.exchange()
    one = await case(desk, "aside")
    assert "槐安小区3幢2单元502， 马师傅 ，第三网格 打开这户" in one.page
    assert f"/desk/households/{station['第三网格']}/{station['马师傅']}" in one.html
    assert "去的那天 2026年11月11日 周三" in one.page
    for told in (
        "见了谁 马师傅的女儿",
        "一起去的 老孙",
        "下次 2026年12月1日",
        "1 张照片",
        "从“孙立的手机”送来",
        "见到人，入户",
        "不在写的人的网格里",
    ):
        assert told in one.page, told
    assert "3-2-502" in words(await desk.get("/desk/conflicts"))


async def test_whoever_may_not_know_the_door_is_told_that_they_do_not(station: Station, sun: Phone) -> None:
    person = {"name": "周网格长", "role": "grid_leader", "community": station["community"]}
    await station.add("周网格长", "person.added", {**person, "grids": [station["第四网格"]]})
    for home in (station["马师傅"], str(uuid7())):
        sun.visit(home, text="隔壁的事")
    await sun.exchange()
    desk = await sign_in(station, "周网格长")
    one = await case(desk, "aside")
    assert "您的网格里查不到它说的这一户" in one.page
    assert "502" not in one.page
    assert "隔壁的事" in one.page


async def test_of_a_kind_from_a_newer_phone_every_word_is_shown(desk: Desk, station: Station, zhao: Phone) -> None:
    body = {
        "household": station["陈奶奶"],
        "lamp": {"where": "楼道灯坏了", "floors": [3, 4]},
        "urgent": True,
        "none": None,
    }
    zhao.make("lamp.noted", body)
    await zhao.exchange()
    one = await case(desk, "aside")
    assert "3幢2单元501， 陈奶奶" in one.page
    assert "照手机写的原样放着： 种类 lamp.noted lamp.where 楼道灯坏了 lamp.floors 3 4 urgent true" in one.page
    assert "从“赵敏的手机”送来" in one.page
    assert station["陈奶奶"] not in one.page


async def test_facts_without_words_of_ours_are_shown_as_written(desk: Desk, station: Station, zhao: Phone) -> None:
    facts = {"phone": "000-0000-0001", "wechat": "ma-shifu", "occupancy": "boat", "lives_here": "有时"}
    zhao.make("household.stated", {"facts": facts}, entity=station["马师傅"])
    await zhao.exchange()
    one = await case(desk, "aside")
    assert "3幢2单元502， 马师傅" in one.page
    for told in ("电话 000-0000-0001", "wechat ma-shifu", "occupancy boat", "lives_here 有时"):
        assert told in one.page, told


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("不是 JSON".encode(), "不是 JSON"),
        (b'["\xe4\xb8\x80\xe6\x9d\xa1", 2]', "一条 2"),
        (b'{"text": "a\\ud800b"}', "a?b"),
        (b"[" * 100_000, "[[["),
    ],
)
async def test_a_body_that_is_no_object_can_be_read_and_decided(
    desk: Desk, station: Station, zhao: Phone, raw: bytes, shown: str
) -> None:
    zhao.visit(station["陈奶奶"])
    said_raw(zhao, raw)
    await zhao.exchange()
    one = await case(desk, "aside")
    assert shown in one.page
    await one.decide("declined", words="看不懂")
    assert "刚定过的" in words(await desk.get("/desk/conflicts"))
    household = f"/desk/households/{station['第三网格']}/{station['陈奶奶']}"
    assert (await desk.get(household)).status_code == 200


async def test_what_hangs_on_something_set_aside_is_led_to_its_door(desk: Desk, station: Station, zhao: Phone) -> None:
    bad = {"household": station["空房"], "facts": {"name": "新来的", "shoe": 42}}
    person = zhao.make("resident.added", bad).header.id
    zhao.make("resident.tagged", {"add": ["elder_alone"]}, entity=person)
    zhao.make("household.added", {"building": station["3幢"], "entrance": "1", "room": "999", "kind": "cave"})
    await zhao.exchange()
    page = words(await desk.get("/desk/conflicts"))
    assert page.count("没有生效 3-2-503") == 2
    assert "没有生效 3-1-999" in page


async def test_a_branch_shows_each_door_and_no_word_of_other_grids(leader: Desk, station: Station) -> None:
    three, four = station["第三网格"], station["第四网格"]
    grids = {"grids": [three, four]}
    await station.journal.commit([Draft("person.assigned", station["钱进"], None, station["master"], grids)])
    phone = await station.phone("钱进")
    copy = Phone(phone.person, three, phone.http, phone.key, phone.device, phone.nonce, clock_ms=station.now_ms)
    for grid, home in ((three, "马师傅"), (four, "吴大爷"), (three, "空房")):
        phone.grid = grid
        phone.visit(station[home], text=f"{home}家的事", occurred_at_ms=station.now_ms - 3 * DAY_MS)
    await phone.exchange()
    for text in ("一", "二", "三"):
        copy.visit(station["马师傅"], text=text)
    await copy.exchange()
    one = await case(leader, "fork")
    assert "走访： 3-2-502 马师傅 去的那天 2026年11月17日 周二 10:44 见到人，入户 马师傅家的事" in one.page
    assert "空房家的事" in one.page
    assert "吴大爷" not in one.page
    assert "还有 1 条写在别的网格里，不在这里显示" in one.page


async def test_no_phone_wrote_what_came_from_a_ledger(desk: Desk, station: Station, zhao: Phone) -> None:
    zhao.make("household.stated", {"facts": {"phone": "000-0000-0001"}}, entity=station["陈奶奶"])
    await zhao.exchange()
    imported = {"source": "台账.xlsx", "row": 4}
    for body in ({"facts": {"phone": "000-0000-0002"}, "imported": imported}, {"facts": {"phone": "000-0000-0003"}}):
        draft = Draft("household.stated", station["陈奶奶"], station["第三网格"], station["master"], body)
        await station.journal.commit([draft])
    one = await case(desk, "fact")
    assert one.page.count("手机写的") == 1
    assert "从台账里来的" in one.page
    assert "在网页上写的" in one.page


def test_nothing_of_a_body_is_lost() -> None:
    body = {
        "result": "dancing", "mode": "door", "text": 7, "asks": {"need": "米", "other": "面", "idea": 3},
        "companions": [{"name": "老孙"}], "care": "watch", "blobs": "两张", "facts": ["x"], "add": [1], "text2": "尾",
    }  # fmt: skip
    told = whole(Words("zh", 480), "visit.recorded", body)
    shown = " ".join([line["text"] for line in [*told["lines"], *told["raw"]]])
    for word in ("dancing", "入户", "7", "米", "面", "3", "老孙", "留意", "两张", "x", "1", "尾"):
        assert word in shown, word
    assert json.dumps(told).count("name") > len(body)


def test_a_note_of_a_patrol_is_told_in_words_with_what_it_showed() -> None:
    said = {"what": "problem", "text": "灯坏了", "entrance": "2", "floor": -1, "patrol": str(uuid7()), "blobs": [PHOTO]}
    told = whole(Words("zh", 480), "patrol.noted", said)
    lines = [(line["name"], line["text"]) for line in told["lines"]]
    assert lines == [(None, "找问题"), (None, "灯坏了"), ("单元", "2"), ("楼层", "-1"), (None, "1 张照片")]
    assert told["raw"] == []
    strange = whole(Words("zh", 480), "patrol.noted", {"what": "weather", "floor": True, "blobs": "两张"})
    assert [line["text"] for line in strange["raw"]] == ["weather", "true", "两张"]

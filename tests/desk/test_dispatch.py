"""The dispatch desk: what is due first, where it should go and why, sent by two presses, and heard of while open."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from sqlalchemy import delete, select

from server import clock, schema
from server.journal import Draft
from server.whistles import keeping, queue
from server.whistles.due import readings
from tests.desk.conftest import HOUR_MS, Desk, sign_in, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio

QUEUE = "/desk/whistles"
MONDAY, ENDED = "01a220a1-8508-7479-8102-d53c94fe2a71", "01a220a1-8508-7479-8102-d53c94fe2a72"
Form = tuple[str, dict[str, str]]


async def people(station: Station, *departments: str) -> Desk:
    """Dispatcher 小梅, and these departments."""
    for name in departments or ("城东供水公司", "消防救援站", "槐安物业"):
        await station.add(name, "department.added", {"name": name, "community": station["community"]})
    body = {"name": "小梅", "role": "dispatcher", "community": station["community"], "grids": []}
    await station.add("小梅", "person.added", body)
    return await sign_in(station, "小梅")


async def blow(phone: Phone, station: Station, title: str, **said: Any) -> str:
    """A whistle out of doors; returns its id."""
    body = {"title": title, "occurred_at_ms": station.now_ms, **said}
    made = phone.make("whistle.raised", body)
    await phone.exchange()
    return made.header.id


def forms_of(text: str, address: str) -> list[Form]:
    """The forms of a page that are sent to such an address, as a browser sends them: what is chosen already."""
    found: list[Form] = []
    for action, inside in re.findall(r'<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>', text, re.DOTALL):
        if not re.search(address, action):
            continue
        sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', inside))
        for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', inside, re.DOTALL):
            chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
            assert chosen is not None
            sent[name] = chosen[1]
        found.append((action, {name: html.unescape(value) for name, value in sent.items()}))
    return found


async def follow(desk: Desk, form: Form, **more: Any) -> str:
    """Press a form's button and see what comes."""
    answer = await desk.post(form[0], {**form[1], **more})
    assert answer.status_code == 303, answer.text
    return (await desk.get(answer.headers["location"])).text


def shown(text: str) -> list[str]:
    """The queue's titles, in their order."""
    return re.findall(r'<span class="says" dir="auto">([^<]*)<', text)


async def test_two_presses_send_it_where_its_words_lead(station: Station, zhao: Phone) -> None:
    mei = await people(station)
    pipe = await blow(zhao, station, "三楼水管漏水，停水了")
    smoke = await blow(zhao, station, "楼道电动车飞线充电，冒烟", urgency="danger")
    page = await mei.get(QUEUE)
    assert shown(page.text) == ["楼道电动车飞线充电，冒烟", "三楼水管漏水，停水了"]
    assert "派给 城东供水公司 · L3 · 一般" in words(page)
    assert "派给 消防救援站 · L3 · 有危险" in words(page)
    (open_it,) = re.findall(rf'hx-get="([^"]*{pipe}/dispatches[^"]*)"', page.text)
    pane = await mei.get(open_it, piece=True)
    assert re.search("因为写了.*‘水管’", words(pane))
    assert "<html" not in pane.text
    (form,) = forms_of(pane.text, "dispatches")
    told = await follow(mei, form)
    assert "“三楼水管漏水，停水了”派给城东供水公司了。" in told
    assert shown(told) == ["楼道电动车飞线充电，冒烟"]
    assert forms_of(told, f"{smoke}/dispatches"), "the next one stands open"
    (row,) = await station.rows(f"SELECT category, department, level, urgency, state FROM whistle WHERE id = '{pipe}'")
    assert tuple(row) == ("W01", station["城东供水公司"], 3, "normal", "dispatched")
    whole = await mei.get(open_it)
    assert whole.headers["location"].startswith(f"{QUEUE}?open="), "without scripts: the queue with it opened"


async def test_a_department_that_gave_it_back_is_not_suggested_again(station: Station, zhao: Phone) -> None:
    mei = await people(station)
    body = {"name": "老魏", "role": "dept_handler", "department": station["消防救援站"], "grids": []}
    await station.add("老魏", "person.added", {**body, "community": station["community"]})
    await blow(zhao, station, "楼道堆杂物")
    (form,) = forms_of((await mei.get(QUEUE)).text, "dispatches")
    assert form[1]["department"] == station["消防救援站"]
    await follow(mei, form)
    wei = await sign_in(station, "老魏")
    (link,) = re.findall(r'<li><a href="([^"]*)"', (await wei.get(QUEUE)).text)
    (moves,) = forms_of((await wei.get(link)).text, "moves")
    await follow(wei, moves, to="returned", note="先请物业清")
    page = await mei.get(QUEUE)
    assert "这里没有对得上的部门" in words(page)
    (form,) = forms_of(page.text, "dispatches")
    assert form[1]["department"] == ""
    assert "这一步没有走成" in await follow(mei, form), "nobody was chosen"
    assert "派给槐安物业了" in await follow(mei, form, department=station["槐安物业"])


async def test_one_press_merges_and_one_takes_it_apart_and_both_stay_named(station: Station, zhao: Phone) -> None:
    mei = await people(station)
    qian = await station.phone("钱进")
    first = await blow(zhao, station, "东门井盖没了", category="W07")
    second = await blow(qian, station, "井盖丢了，东门口", category="W07")
    pane = await mei.get(f"{QUEUE}?open={station['第三网格']}.{second}")
    (form,) = [each for each in forms_of(pane.text, f"{second}/moves") if each[1].get("dup_of") == first]
    told = await follow(mei, form, to="merged")
    assert re.search("“井盖丢了，东门口”并过去了。.*和.*都记着", told)
    assert re.search("一起报的.*井盖丢了，东门口", told, re.DOTALL), "the one it went to stands open, with both"
    assert shown(told) == ["东门井盖没了"]
    undo = forms_of(told, f"{second}/moves")
    assert len(undo) == 2, "above, and beside the credit"
    told = await follow(mei, undo[0], to="reported")
    assert "“井盖丢了，东门口”又分开了。" in told
    assert sorted(shown(told)) == sorted(["东门井盖没了", "井盖丢了，东门口"])
    assert "一起报的" not in told
    (row,) = await station.rows(f"SELECT state, dup_of FROM whistle WHERE id = '{second}'")
    assert tuple(row) == ("reported", None)
    assert await station.refolds()


async def test_a_long_queue_is_read_page_by_page_and_narrowed(
    station: Station, zhao: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    await people(station)
    monkeypatch.setattr(queue, "SHOWN_MAX", 2)
    monkeypatch.setattr(queue, "COUNT_MAX", 4)
    names = []
    for n, category in enumerate(("W01", "W07", "W01", "W08", "W01")):
        station.now_ms += 60_000
        names.append(f"第{n}件")
        await blow(zhao, station, names[-1], category=category)
    mei = await sign_in(station, "小梅")
    address, read = QUEUE, []
    for _ in range(3):
        page = await mei.get(address)
        read += shown(page.text)
        assert "等着的不止 4 件" in words(page)
        more = re.search(r'id="more" href="([^"]*)"', page.text)
        address = html.unescape(more[1]) if more else ""
    assert (read, address) == (names, ""), "each once, in the order in which they are due"
    assert shown((await mei.get(f"{QUEUE}?category=W01")).text) == ["第0件", "第2件"]
    assert "不止" not in words(await mei.get(f"{QUEUE}?category=W01"))
    assert shown((await mei.get(f"{QUEUE}?show=open&state=accepted")).text) == []
    assert shown((await mei.get(f"{QUEUE}?grid={station['第四网格']}")).text) == []
    assert shown((await mei.get(f"{QUEUE}?overdue=1")).text) == []
    station.now_ms += 9 * 24 * HOUR_MS
    mei = await sign_in(station, "小梅")
    assert shown((await mei.get(f"{QUEUE}?overdue=1")).text) == ["第0件", "第1件"]
    for nonsense in ("after=1.x", "after=9999999999999999999.a", "category=W99", "grid=%27", "show=all", "state=x"):
        assert shown((await mei.get(f"{QUEUE}?{nonsense}")).text) == ["第0件", "第1件"], nonsense
    (form,) = forms_of((await mei.get(f"{QUEUE}?category=W08")).text, "dispatches")
    told = await follow(mei, form)
    assert shown(told) == [], "it asks for the same as before"
    assert "看全部经过" not in told, "nothing is open where nothing waits"


async def test_an_open_queue_hears_what_moves_and_nothing_when_nothing_did(station: Station, zhao: Phone) -> None:
    mei = await people(station)
    await blow(zhao, station, "第一件")
    since = re.findall(r'data-since="(\d+)"', (await mei.get(QUEUE)).text)[0]
    assert (await mei.get(f"{QUEUE}/lines?since={since}", piece=True)).status_code == 204
    await station.add("别的", "department.added", {"name": "别的", "community": station["community"]})
    assert (await mei.get(f"{QUEUE}/lines?since={since}", piece=True)).status_code == 204, "no whistle moved"
    await blow(zhao, station, "急的一件", urgency="danger")
    came = await mei.get(f"{QUEUE}/lines?since={since}", piece=True)
    assert shown(came.text) == ["急的一件", "第一件"]
    assert "2 件吹哨等您" in came.text
    assert re.findall(r'data-since="(\d+)"', came.text)[0] > since
    assert shown((await mei.get(f"{QUEUE}/lines?since=x", piece=True)).text) == ["急的一件", "第一件"]


async def kept(station: Station) -> dict[str, int]:
    """When each open whistle is due, as it is kept."""
    async with station.db.reading() as db:
        rows = await db.execute(select(schema.whistle_due.c.id, schema.whistle_due.c.due_ms))
        return {row.id: row.due_ms for row in rows}


async def worked_out(station: Station) -> dict[str, int]:
    """The same as it is read from the trail."""
    async with station.db.reading() as db:
        query = select(schema.whistle).where(schema.whistle.c.id.in_(select(schema.whistle_due.c.id)))
        rows = list((await db.execute(query)).mappings())
        found = await readings(db, rows, clock.now_ms(), station.settings.utc_offset_min)
    due = {row["id"]: found.get(row["id"]) for row in rows}
    return {id_: each.due_ms if each and each.due_ms is not None else keeping.NEVER for id_, each in due.items()}


async def test_due_times_follow_every_step_the_calendar_and_the_limits(
    station: Station, zhao: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "AT_ONCE", 2)
    offset = station.settings.utc_offset_min
    mei = await people(station)
    zhao.clock_ms = station.now_ms - 72 * HOUR_MS
    late = await blow(zhao, station, "三天前的水管漏水", occurred_at_ms=station.now_ms - 72 * HOUR_MS)
    ids = [late] + [await blow(zhao, station, f"第{n}件", category="W06") for n in range(4)]
    while await keeping.keep_up(station.db, offset):
        pass
    assert set(await kept(station)) == set(ids)
    assert min((await kept(station)).values()) > station.now_ms, "a phone that comes late makes nobody late"
    assert await kept(station) == await worked_out(station)
    (form,) = forms_of((await mei.get(f"{QUEUE}?open={station['第三网格']}.{ids[1]}")).text, "dispatches")
    await follow(mei, form, department=station["槐安物业"])
    before = await kept(station)
    assert before == await worked_out(station)
    admin = await station.add("方管理员", "person.added", {"name": "方管理员", "role": "admin", "grids": []})
    day = {"day": "2026-11-23", "works": False, "reason": "停电"}
    await station.commit([Draft("workday.set", MONDAY, None, admin, day, id=MONDAY)])
    rounds = 0
    while await keeping.keep_up(station.db, offset):
        rounds += 1
    assert rounds >= 2, "a little at a time"
    assert await kept(station) == await worked_out(station) != before
    assert not await keeping.keep_up(station.db, offset)
    ended = {"to": "invalid", "note": "看错了"}
    over = {"step": [ids[2]]}
    await station.commit([Draft("whistle.moved", ids[2], station["第三网格"], station["小梅"], ended, over, id=ENDED)])
    await keeping.keep_up(station.db, offset)
    assert set(await kept(station)) == set(ids) - {ids[2]}, "what is over waits for nobody"


async def test_what_was_erased_leaves_the_queue(station: Station, zhao: Phone) -> None:
    mei = await people(station)
    gone, stays = await blow(zhao, station, "要删的一件"), await blow(zhao, station, "留下的一件")
    assert "2 件吹哨等您" in words(await mei.get(QUEUE))
    async with station.db.writing() as db:
        await db.execute(delete(schema.whistle).where(schema.whistle.c.id == gone))
    assert shown((await mei.get(QUEUE)).text) == ["留下的一件"]
    assert "1 件吹哨等您" in words(await mei.get(QUEUE))
    assert set(await kept(station)) == {stays}


async def rules_of(desk: Desk) -> str:
    return words(await desk.get("/desk/routing"))


async def test_words_are_changed_for_a_reason_by_an_administrator_for_all_and_by_the_committee_for_theirs(
    station: Station, zhao: Phone
) -> None:
    mei = await people(station)
    body = {"name": "方管理员", "role": "admin", "grids": [], "community": station["community"]}
    await station.add("方管理员", "person.added", body)
    admin = await sign_in(station, "方管理员")
    await blow(zhao, station, "秋千坏了")
    assert "派给 槐安物业" not in words(await mei.get(QUEUE))
    swing = {"words": "秋千  滑梯", "category": "W02", "offices": "物业", "level": "2", "reason": "孩子们的"}
    answer = await admin.post("/desk/routing", swing)
    assert "改好了" in words(await admin.get(answer.headers["location"]))
    assert "派给 槐安物业 · L2 · 一般" in words(await mei.get(QUEUE))
    code = await station.value("SELECT code FROM routing_rule")
    (change,) = forms_of((await mei.get(f"/desk/routing?rule={code}")).text, "/desk/routing$")
    assert change[1]["code"] == code
    assert change[1]["category"] == "W02"
    await mei.post("/desk/routing", {**swing, "code": code, "offices": "消防", "level": "3", "reason": "试试"})
    assert "派给 消防救援站 · L3" in words(await mei.get(QUEUE))
    assert "小梅" in await rules_of(mei)
    await mei.post("/desk/routing", {"code": code, "first": "1", "reason": "不试了"})
    assert "派给 槐安物业" in words(await mei.get(QUEUE)), "as the administrator said"
    await admin.post("/desk/routing", {"code": code, "first": "1", "reason": "秋千拆了"})
    assert "秋千" not in await rules_of(mei)
    heat = {"code": "heat", "words": "", "reason": "换了别的办法"}
    await mei.post("/desk/routing", heat)
    assert "不再用" in await rules_of(mei)
    rows = await station.rows("SELECT id, community, words FROM routing_rule ORDER BY rev")
    assert [tuple(row)[1:] for row in rows] == [
        (station["community"], None),
        (None, None),
        (station["community"], ""),
    ]
    assert await station.refolds()


WRONG = [
    ({"words": ""}, "写几个词"),
    ({"words": "词 " * 301}, "写几个词"),
    ({"category": "W13"}, "选一个表里有的"),
    ({"level": "1"}, "选一个表里有的"),
    ({"urgency": "soon"}, "选一个表里有的"),
    ({"courtyard": "big"}, "选一个表里有的"),
    ({"code": "Heat!"}, "选一个表里有的"),
    ({"offices": "物" * 101}, "部门名字里的字"),
    ({"reason": " "}, "写一句为什么"),
]


async def test_what_does_not_fit_is_told_and_a_sentence_can_be_tried(station: Station, desk: Desk) -> None:
    await people(station)
    whole = {"words": "秋千", "category": "W02", "offices": "物业", "level": "2", "reason": "孩子们的"}
    for typed, said in WRONG:
        answer = await desk.post("/desk/routing", {**whole, **typed})
        assert answer.status_code == 422, typed
        assert said in words(answer), typed
    assert await station.value("SELECT count(*) FROM routing_rule") == 0
    tried = await desk.post("/desk/routing/trial", {"tried": "水管爆了"})
    assert "派给 城东供水公司 · L3" in words(tried)
    assert "没有认得出的词" in words(await desk.post("/desk/routing/trial", {"tried": "今天天气好"}))
    other = await sign_in(station, "李网格长")
    assert (await other.get("/desk/routing")).status_code in (403, 404)
    assert (await other.post("/desk/routing", whole)).status_code in (403, 404)

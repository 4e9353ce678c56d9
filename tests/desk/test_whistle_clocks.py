"""Whistles and time: who hears that it runs out, more of it once, and a meeting that nobody has to call."""

from __future__ import annotations

import re

import pytest

from server import whistles
from server.journal import Draft
from tests.desk.conftest import Desk, sign_in, words
from tests.desk.test_whistles import HOUR_MS, at, blow, people, press, sent_to
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


def counted(page: str) -> str:
    """The number beside the whistles, as every page has it."""
    found = re.search(r'id="pressing">([^<]*)<', page)
    return found[1] if found else "none"


async def district(station: Station) -> Desk:
    await station.add(
        "周督导",
        "person.added",
        {"name": "周督导", "role": "supervisor", "community": station["community"], "grids": []},
    )
    return await sign_in(station, "周督导")


async def test_more_time_is_given_once_and_before_it_is_due(station: Station, zhao: Phone) -> None:
    mei, wei, _ = await people(station)
    whistle = await blow(zhao, station)
    page = at(station, whistle)
    begun_ms = station.now_ms
    await press(mei, page, "dispatched", **sent_to(station, "消防"))
    for to in ("accepted", "in_progress"):
        await press(wei, page, to)
    assert 'value="extended"' in (await wei.get(page)).text
    await press(wei, page, "extended", "要等配件")
    await press(wei, page, "in_progress")
    assert 'value="extended"' not in (await wei.get(page)).text, "it is not asked for twice"
    station.now_ms = begun_ms + 40 * HOUR_MS
    wei = await sign_in(station, "老魏")
    assert "快到了" in words(await wei.get(page)), "three quarters of two days are over"
    (row,) = await station.rows("SELECT step FROM whistle")
    body = {"to": "extended", "note": "还要等"}
    draft = Draft("whistle.moved", whistle, station["第三网格"], station["老魏"], body, {"step": [row[0]]})
    await station.journal.commit([draft])
    told = words(await wei.get(page))
    assert "派一次只能延一次" in told
    assert "还要等" in told, "what was said stands"
    station.now_ms = begun_ms + 49 * HOUR_MS
    wei = await sign_in(station, "老魏")
    assert "过了，该在" in words(await wei.get(page))
    assert await station.refolds()


async def test_more_time_asked_for_when_it_is_over_adds_none(station: Station, zhao: Phone) -> None:
    mei, wei, _ = await people(station)
    page = at(station, await blow(zhao, station))
    await press(mei, page, "dispatched", **sent_to(station, "消防"))
    for to in ("accepted", "in_progress"):
        await press(wei, page, to)
    station.now_ms += 25 * HOUR_MS
    wei = await sign_in(station, "老魏")
    assert 'value="extended"' not in (await wei.get(page)).text
    assert "期限已经过了" in await press(wei, page, "extended", "要等配件")
    assert "过了，该在" in words(await wei.get(page))
    (row,) = await station.rows("SELECT step FROM whistle")
    draft = Draft("whistle.moved", page.rsplit("/", 1)[1], station["第三网格"], station["老魏"],
                  {"to": "extended", "note": "同时按的"}, {"step": [row[0]]})  # fmt: skip
    await station.journal.commit([draft])
    assert "过了，该在" in words(await wei.get(page)), "it was over when it came"


async def test_who_gave_it_back_is_late_no_more_and_the_committee_has_to_answer(station: Station, zhao: Phone) -> None:
    mei, wei, _ = await people(station)
    page = at(station, await blow(zhao, station))
    await press(mei, page, "dispatched", **sent_to(station, "消防"))
    station.now_ms += 30 * HOUR_MS
    wei, mei = await sign_in(station, "老魏"), await sign_in(station, "小梅")
    await press(wei, page, "returned", "不归我们管")
    assert "过了，该在" not in words(await mei.get(page))
    assert counted((await wei.get("/desk/home")).text) == ""
    station.now_ms += HOUR_MS
    mei = await sign_in(station, "小梅")
    assert "过了，该在" in words(await mei.get(page)), "half an hour for what is urgent"
    assert counted((await mei.get("/desk/home")).text) == "1"


async def test_time_that_runs_out_is_told_to_department_then_committee_then_district(
    station: Station, desk: Desk, zhao: Phone
) -> None:
    mei, _, _ = await people(station)
    await district(station)
    page = at(station, await blow(zhao, station))
    await press(mei, page, "dispatched", **sent_to(station, "消防"))
    begun_ms = station.now_ms
    waits = whistles.unseen(station.settings.utc_offset_min)
    # Of 24 hours: three quarters are 18, half as long again 36.
    for hours, department, committee, above in (
        (17, "", "", ""),
        (19, "1", "", ""),
        (25, "1", "1", ""),
        (37, "1", "1", "1"),
    ):
        station.now_ms = begun_ms + hours * HOUR_MS
        for name, where, n in (
            ("老魏", "/desk/home", department),
            ("小何", "/desk/home", ""),
            ("小梅", "/desk/home", committee),
            ("master", "/desk/home", committee),
            ("周督导", "/desk/figures", above),
        ):
            shown = await (await sign_in(station, name)).get(where)
            assert counted(shown.text) == n, (hours, name)
            assert ("楼道飞线充电" in words(shown)) == (n == "1" and name != "周督导"), (hours, name)
            if name == "周督导" and n:
                assert "榆桥社区，消防 1" in words(shown), "in numbers, and no more"
        async with station.db.reading() as db:
            found = await waits(db, station.now_ms)
        assert [each.kind for each in found] == (["whistle"] if hours >= 25 else [])
        assert all("飞线" not in f"{each}" for each in found)
    assert counted((await (await sign_in(station, "李网格长")).get("/desk/home")).text) == "none"


async def test_the_second_return_opens_a_meeting_until_it_is_sent_on(
    station: Station, desk: Desk, leader: Desk, zhao: Phone
) -> None:
    mei, wei, he = await people(station)
    whistle = await blow(zhao, station)
    page = at(station, whistle)
    ask = f"/desk/meetings?whistle={whistle}"
    await press(mei, page, "dispatched", **sent_to(station, "消防"))
    await press(wei, page, "returned", "先请物业看电表")
    assert "坐下来商量" not in words(await desk.get("/desk/packs"))
    assert (await mei.get(ask)).status_code == 404, "once is no matter for a meeting"
    await press(mei, page, "dispatched", **sent_to(station, "物业"))
    await press(he, page, "returned", "电表归消防管")
    for reader, where in (
        (desk, "/desk/packs"),
        (desk, "/desk/packs/monday"),
        (mei, "/desk/home"),
        (leader, "/desk/packs"),
    ):
        told = words(await reader.get(where))
        assert "要坐下来商量的 楼道飞线充电" in told, where
        assert "消防 老魏" in told
        assert "电表归消防管" in told
    assert "坐下来商量一次" in words(await he.get(page))
    form = await mei.get(ask)
    hidden = dict(re.findall(r'name="(id|whistle|action_0)" value="([^"]*)"', form.text))
    said = {
        **hidden,
        "held_on": "2026-11-20",
        "text_0": "消防剪线，物业装桩",
        "owner_0": station["老魏"],
        "text_1": "下周看一次",
    }
    kept = await mei.post("/desk/meetings", said)
    assert kept.status_code == 303, kept.text
    minutes = kept.headers["location"]
    told = words(await mei.get(minutes))
    assert "共建单位协调会" in told
    assert "消防剪线，物业装桩 ，老魏，11月27日前办完" in told
    assert "消防剪线，物业装桩" in words(await desk.get(page))
    assert "消防剪线，物业装桩" in words(await wei.get("/desk/home")), "what was agreed is theirs to do"
    await press(mei, page, "dispatched", **sent_to(station, "消防"))
    told = words(await wei.get(page))
    assert "共建单位协调会 11月20日，小梅 消防剪线，物业装桩 下周看一次" in told, "whoever has it reads what was agreed"
    assert minutes not in (await wei.get(page)).text, "no link to a page that is not theirs"
    for reader, where in ((desk, "/desk/packs"), (desk, "/desk/packs/monday"), (mei, "/desk/home")):
        assert "要坐下来商量的" not in words(await reader.get(where)), where
    over = re.search(r'name="over" value="([^"]*)"', (await mei.get(minutes)).text)
    assert over is not None
    await mei.post(f"{minutes}/telling", {"over": over[1], "held_on": "2026-11-20", "text_0": "消防剪线，物业装两个桩"})
    assert "装两个桩" in words(await desk.get(page))
    assert (await mei.get("/desk/meetings")).status_code == 404, "other meetings are the station's"
    assert await station.refolds()


async def test_a_phone_three_days_late_moves_no_deadline_of_a_department(station: Station, zhao: Phone) -> None:
    mei, wei, _ = await people(station)
    whistle = await blow(zhao, station)
    page = at(station, whistle)
    await press(mei, page, "dispatched", **sent_to(station, "消防"))
    begun_ms = station.now_ms
    for to, note in (("accepted", ""), ("in_progress", ""), ("resolved", "线剪了")):
        await press(wei, page, to, note)
    await press(mei, page, "verifying")
    await zhao.exchange()
    step = zhao.row("whistle", whistle)["step"]
    zhao.clock_ms = begun_ms + HOUR_MS
    zhao.make("whistle.moved", {"to": "reopened", "note": "灯又不亮了"}, entity=whistle, over={"step": [step]})
    station.now_ms = begun_ms + 73 * HOUR_MS
    await zhao.exchange()
    mei, wei = await sign_in(station, "小梅"), await sign_in(station, "老魏")
    assert "过了" not in words(await mei.get(page)).split("一步一步")[0], "half an hour, from when it came"
    assert counted((await wei.get("/desk/home")).text) == ""
    await press(mei, page, "dispatched", **sent_to(station, "消防"))
    (row,) = await station.rows("SELECT dispatched_ms, resolved_ms FROM whistle")
    assert tuple(row) == (station.now_ms, None)
    assert "过了" not in words(await wei.get(page)).split("一步一步")[0]

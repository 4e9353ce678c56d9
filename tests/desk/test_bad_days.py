"""Days on which something goes wrong, each with a good end: nothing is lost, and everybody concerned can see it."""

from __future__ import annotations

from typing import Any

import pytest
from uuid_utils import uuid7

from server.journal import Draft, log_id
from tests.desk.conftest import DAY_MS, HOUR_MS, MINUTE_MS, Desk, sign_in, visit, words
from tests.desk.test_logs import TODAY, held, press, send
from tests.desk.test_patrols import LAMP, walk
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio

TOMORROW = "2026-11-21"


async def hand_on(station: Station, *grids: str) -> None:
    """Zhao walks these grids from now on."""
    body = {"grids": [station[grid] for grid in grids]}
    draft = Draft("person.assigned", station["赵敏"], None, station["master"], body, id=str(uuid7()))
    (receipt,) = await station.journal.commit([draft])
    assert receipt.outcome == "accepted"


async def test_a_clock_that_jumps_a_day_ahead_in_the_field_costs_nothing(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    await zhao.exchange()
    # Nobody is there to put it right: the phone takes tomorrow for today.
    zhao.clock_ms = station.now_ms + DAY_MS
    zhao.visit(station["陈奶奶"], text="厕所灯修好了")
    zhao.clock_ms += HOUR_MS
    walk(zhao, station, DAY_MS, DAY_MS + 40 * MINUTE_MS, LAMP)
    station.now_ms += 2 * HOUR_MS
    first = zhao.make("daily_log.sent", {"day": TOMORROW, "text": "忙"}, entity=_log(zhao)).header.id
    reply = await zhao.exchange()
    assert {each["outcome"] for each in reply["outcomes"]} == {"accepted"}
    page = words(await desk.get("/desk/logs"))
    assert "赵敏 11月21日的日志" in page
    assert "敲了 1 户，有人应 1 户。" in page
    assert "三楼楼道灯坏了" in words(await desk.get("/desk/patrols")), "a patrol is on the day on which it came"
    # The day itself comes: what is added belongs to the same log, and nothing is there twice.
    station.now_ms += DAY_MS
    desk = await sign_in(station, "master")
    await visit(zhao, station, "马师傅")
    await send(zhao, station, "又去了一户", TOMORROW, step=[held(zhao, TOMORROW)["step"]], revision=[first])
    page = words(await desk.get("/desk/logs"))
    assert "1 篇日志还没看。" in page
    assert "敲了 2 户，有人应 2 户。" in page
    assert "又去了一户" in page
    assert await station.refolds()


async def test_what_a_phone_26_hours_fast_writes_stands_on_the_true_day(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    zhao.clock_ms = station.now_ms + 26 * HOUR_MS
    await zhao.exchange()
    assert zhao.offset_ms == -26 * HOUR_MS
    station.now_ms += HOUR_MS
    zhao.clock_ms += HOUR_MS
    # As phones do, by the clock they have put right.
    zhao.visit(station["陈奶奶"], occurred_at_ms=zhao.clock_ms + zhao.offset_ms, text="都好")
    begun = zhao.make("patrol.started", {}).header.id
    zhao.clock_ms += HOUR_MS
    station.now_ms += HOUR_MS
    zhao.make("patrol.ended", {}, entity=begun, over={"step": [begun]})
    zhao.make("daily_log.sent", {"day": TODAY, "text": "好"}, entity=_log(zhao, TODAY))
    await zhao.exchange()
    page = words(await desk.get("/desk/logs"))
    assert "赵敏 11月20日的日志" in page
    assert "敲了 1 户，有人应 1 户。" in page
    assert "上午 11:44–12:44，1 小时 0 分" in page
    assert "后来补录" not in page
    (row,) = await station.rows("SELECT occurred_at_ms, effective_ms, received_ms FROM visit")
    assert row.occurred_at_ms == row.effective_ms == row.received_ms - HOUR_MS
    assert await station.refolds()


async def test_two_phones_of_one_worker_walk_at_once_and_both_end(desk: Desk, station: Station, zhao: Phone) -> None:
    other = await station.phone("赵敏")
    for phone in (zhao, other):
        await phone.exchange()
    station.now_ms += 3 * HOUR_MS
    first = walk(zhao, station, -2 * HOUR_MS, -HOUR_MS, LAMP)
    second = walk(other, station, -90 * MINUTE_MS, None, {"what": "change", "text": "搬来一家"})
    for phone in (zhao, other, zhao):
        phone.clock_ms = station.now_ms
        await phone.exchange()
    state = {row["row"]["id"]: row["row"]["state"] for (kind, _), row in zhao.rows.items() if kind == "patrol"}
    assert state == {first: "ended", second: "running"}
    # One tap on whichever phone ends the one that still runs; the same tap on the other changes nothing.
    for phone in (zhao, other):
        phone.clock_ms = station.now_ms
        phone.make("patrol.ended", {}, entity=second, over={"step": [second]})
        reply = await phone.exchange()
        assert reply["outcomes"][-1]["outcome"] == "accepted"
    took = {row.id: row.ended_ms - row.started_ms for row in await station.rows("SELECT * FROM patrol")}
    assert took == {first: HOUR_MS, second: 90 * MINUTE_MS}
    page = words(await desk.get("/desk/patrols"))
    assert page.count("搬来一家") == page.count("三楼楼道灯坏了") == 1
    assert await station.refolds()


async def test_a_log_returned_to_somebody_who_left_the_grid_is_read_and_answered_in_person(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    await visit(zhao, station, "陈奶奶")
    await send(zhao, station, "好")
    left = "赵敏现在不走这个网格"
    assert left not in words(await desk.get("/desk/logs"))
    await hand_on(station, "第四网格")
    page = await desk.get("/desk/logs")
    assert f"{left}，在手机上回不了，请当面问一声。" in words(page)
    page = await press(desk, page, "return", note="三楼那家怎么样了")
    assert f"退回了。{left}，在手机上回不了" in words(page)
    assert '<span class="count" id="unread"></span>' in page.text, "nobody waits for it"
    await zhao.exchange()
    assert held(zhao)["note"] == "三楼那家怎么样了"
    worker = await sign_in(station, "赵敏")
    assert "三楼那家怎么样了" in words(await worker.get("/field/"))
    page = await worker.get(f"/field/log?grid={station['第三网格']}&day={TODAY}")
    assert "三楼那家怎么样了" in words(page)
    assert "您现在不走这个网格，在这里回不了。" in words(page)
    assert 'id="text"' not in page.text
    assert await station.refolds()


async def test_an_answer_written_before_hearing_of_another_grid_is_taken(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    first = await send(zhao, station, "好")
    await press(desk, await desk.get("/desk/logs"), "return", note="三楼那家怎么样了")
    await zhao.exchange()
    row = held(zhao)
    await hand_on(station, "第四网格")
    await send(zhao, station, "三楼那家回来了", step=[row["step"]], revision=[first])
    assert zhao.outcomes[max(zhao.outcomes)]["outcome"] == "accepted"
    page = await desk.get("/desk/logs")
    assert "三楼那家回来了" in words(page)
    assert "日志都看过了。" in words(await press(desk, page))
    assert await station.refolds()


async def test_three_days_without_a_signal_come_home_at_once(station: Station, zhao: Phone) -> None:
    await zhao.exchange()
    begun_ms = station.now_ms
    for day in range(3):
        zhao.clock_ms = begun_ms + day * DAY_MS
        first = zhao.make("patrol.started", {}).header.id
        for n in range(8):
            zhao.clock_ms += 5 * MINUTE_MS
            door = ("陈奶奶", "马师傅", "空房")[n % 3]
            zhao.visit(station[door], "met" if n < 6 else "no_answer", text=f"第{day}天第{n}次")
        zhao.make("patrol.noted", {**LAMP, "patrol": first})
        zhao.make("patrol.ended", {}, entity=first, over={"step": [first]})
        date = f"2026-11-{20 + day}"
        zhao.make("daily_log.sent", {"day": date, "text": f"第{day}天"}, entity=_log(zhao, date))
        ask: dict[str, Any] = {"kind": "need", "text": f"第{day}天要的", "occurred_at_ms": zhao.clock_ms}
        zhao.make("item.raised", {**ask, "household": station["陈奶奶"]})
    zhao.visit(station["陈奶奶"], text="第四十件")
    assert len(zhao.unsent()) == 40
    station.now_ms = begun_ms + 3 * DAY_MS
    zhao.clock_ms = station.now_ms
    reply = await zhao.exchange()
    assert {each["outcome"] for each in reply["outcomes"]} == {"accepted"}
    desk = await sign_in(station, "master")
    for day in range(3):
        log = held(zhao, f"2026-11-{20 + day}")["id"]
        page = words(await desk.get(f"/desk/logs?open={station['第三网格']}.{log}"))
        assert "敲了 3 户，有人应 3 户。" in page
        assert f"{9 if day == 2 else 8} 条是后来补录的。" in page
        assert "上午 10:44–11:24，40 分钟，不到一小时" in page
    assert await station.value("SELECT count(*) FROM item") == 3
    size = await station.journal.size()
    await zhao.exchange()
    assert await station.journal.size() == size, "syncing again changes nothing"
    assert await station.refolds()


async def test_a_step_taken_without_a_signal_stays_beside_what_the_desk_closed_meanwhile(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    ask = {"kind": "need", "text": "陪着去量血压", "occurred_at_ms": station.now_ms, "household": station["陈奶奶"]}
    item = zhao.make("item.raised", ask).header.id
    await zhao.exchange()
    address = f"/desk/items/{station['第三网格']}/{item}"
    form = {"to": "dropped", "note": "女儿会陪", "seen": item, "edit": str(uuid7())}
    assert (await desk.post(f"{address}/moves", form)).status_code == 303
    zhao.make("item.moved", {"to": "done", "note": "今天陪着去了"}, entity=item, over={"step": [item]})
    reply = await zhao.exchange()
    assert reply["outcomes"][0]["outcome"] == "accepted"
    page = words(await desk.get(address))
    assert "需求，不办了" in page
    assert "没算数，那时已经变了 今天陪着去了" in page
    await zhao.exchange()
    row = zhao.rows["item", item]["row"]
    assert row["state"] == "dropped"
    assert [told.get("note") for told in row["story"]] == ["女儿会陪", "今天陪着去了"]
    assert await station.refolds()


def _log(phone: Phone, day: str = TOMORROW) -> str:
    assert phone.grid
    return log_id(phone.person, phone.grid, day)

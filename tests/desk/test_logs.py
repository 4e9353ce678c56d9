"""The morning's desk: days nobody has read yet, read with one press or returned with words that reach the phone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from httpx import Response

from server.journal import log_id
from server.localtime import local_day
from tests.desk.conftest import DAY_MS, HOUR_MS, MINUTE_MS, Desk, sign_in, visit, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio

TODAY, YESTERDAY = "2026-11-20", "2026-11-19"


async def send(phone: Phone, station: Station, text: str = "", day: str = TODAY, **over: list[str]) -> str:
    """A worker's phone sends the log of a day; returns the edit's id."""
    assert phone.grid
    phone.clock_ms = station.now_ms
    body = {"day": day, **({"text": text} if text else {})}
    edit = phone.make("daily_log.sent", body, entity=log_id(phone.person, phone.grid, day), over=over)
    await phone.exchange()
    return edit.header.id


def opened(page: Response) -> tuple[str, dict[str, str]]:
    """The address of the log that is open, and what its forms send along."""
    found = re.search(r'action="(/desk/logs/[^"]+)/(?:review|return)"', page.text)
    assert found, words(page)
    hidden = dict(re.findall(r'<input type="hidden" name="(seen|edit)" value="([^"]*)">', page.text))
    return found[1], hidden


async def press(desk: Desk, page: Response, what: str = "review", **more: str) -> Response:
    """One of the buttons of the log that is open; answers the page that follows."""
    address, hidden = opened(page)
    answer = await desk.post(f"{address}/{what}", {**hidden, **more})
    assert answer.status_code == 303, answer.text
    return await desk.get(answer.headers["location"])


def held(phone: Phone, day: str = TODAY) -> dict[str, Any]:
    """The log of a day as the phone holds it."""
    assert phone.grid
    row: dict[str, Any] = phone.rows["daily_log", log_id(phone.person, phone.grid, day)]["row"]
    return row


async def test_a_log_says_what_the_days_visits_say_and_nothing_is_asked_again(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    assert "日志都看过了。" in words(await desk.get("/desk/logs"))
    await visit(zhao, station, "陈奶奶", asks={"difficulty": "厕所灯坏了"}, care="watch", ago_ms=HOUR_MS)
    await visit(zhao, station, "马师傅", "no_answer")
    await visit(zhao, station, "空房", "vacant", follow_up_on="2026-11-27")
    await send(zhao, station, "三楼楼道灯修好了。")
    page = await desk.get("/desk/logs")
    told = words(page)
    assert "1 篇日志还没看。" in told
    assert "敲了 3 户，有人应 1 户。没人应 1 户。别的 1 户。" in told
    assert "问难 1 3-2-501， 陈奶奶 ： 厕所灯坏了" in told
    assert "约好再去的 1 3-2-503， 空房 ，11月27日 周五" in told
    assert "要多留心的 1 3-2-501， 陈奶奶 ，留意" in told
    assert "三楼楼道灯修好了。" in told
    assert '<span class="count" id="unread">1</span>' in (await desk.get("/desk/boards")).text
    english = words(await desk.get("/desk/logs", lang="en"))
    assert "1 log to read." in english
    assert "3 doors knocked at, 1 answered." in english
    assert await station.refolds()


async def test_a_log_tells_what_was_done_beside_visits_each_with_what_is_behind_it(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    await visit(zhao, station, "空房", follow_up_on=YESTERDAY, ago_ms=3 * DAY_MS)
    await visit(zhao, station, "空房", ago_ms=HOUR_MS)
    source = await visit(zhao, station, "陈奶奶", asks={"need": "想有人陪去量血压"}, ago_ms=2 * DAY_MS)
    body = {"kind": "need", "text": "想有人陪去量血压", "occurred_at_ms": station.now_ms - 2 * DAY_MS}
    item = zhao.make("item.raised", {**body, "household": station["陈奶奶"], "source_visit": source}).header.id
    zhao.make("item.moved", {"to": "done"}, entity=item, over={"step": [item]})
    talks = {"kind": "mediation", "text": "两家为漏水", "occurred_at_ms": station.now_ms}
    zhao.make("item.raised", talks)
    issued = {"title": "看灭火器", "points": ["在不在"], "due": "2026-11-27"}
    issued["households"] = [station["陈奶奶"], station["马师傅"]]
    order = await station.add("看灭火器", "order.issued", issued, station["第三网格"])
    found = {"household": station["马师傅"], "points": [{"ok": False}], "occurred_at_ms": station.now_ms}
    zhao.make("order.answered", found, entity=order, over={"step": [order]})
    await send(zhao, station)
    page = await desk.get("/desk/logs")
    told = words(page)
    assert "看灭火器 ，看了 1 户 马师傅 ，3-2-502，有问题" in told
    assert "办的事 2 需求 ， 陈奶奶 ，3-2-501，办好了： 想有人陪去量血压 调解 ，新记的： 两家为漏水" in told
    assert "约好的，办到了 1 空房 ，3-2-503 ，11月19日" in told
    for address in (f"/desk/orders?open={station['第三网格']}.{order}", f"/desk/items/{station['第三网格']}/{item}"):
        assert f'href="{address}"' in page.text
        assert (await desk.get(address)).status_code == 200
    assert await station.refolds()


async def test_a_note_that_comes_the_next_day_stands_on_its_own_and_says_so(station: Station, zhao: Phone) -> None:
    await zhao.exchange()
    zhao.clock_ms = station.now_ms
    zhao.make("patrol.noted", {"what": "problem", "text": "三楼楼道灯坏了"})
    station.now_ms += DAY_MS
    desk = await sign_in(station, "master")
    await send(zhao, station, day="2026-11-21")
    assert "三楼楼道灯坏了" not in words(await desk.get("/desk/logs"))
    await send(zhao, station)
    assert "另外记的 10:44 找问题 补录 三楼楼道灯坏了" in words(await desk.get("/desk/logs"))


async def test_read_with_one_press_and_on_to_the_next(desk: Desk, station: Station, zhao: Phone, sun: Phone) -> None:
    await visit(zhao, station, "陈奶奶")
    first = await send(zhao, station, "第三网格的")
    await visit(sun, station, "吴大爷")
    await send(sun, station, "第四网格的")
    page = await press(desk, await desk.get("/desk/logs"))
    assert "赵敏 11月20日的日志，看过了。" in words(page)
    assert "第四网格的" in words(page)
    assert "1 篇日志还没看。" in words(page)
    await zhao.exchange()
    row = held(zhao)
    assert (row["state"], row["by"], row["edits"], row["text"]) == ("reviewed", "王站长", [first], "第三网格的")
    assert "日志都看过了。" in words(await press(desk, page))
    # What was read by a slip of the finger is opened again and returned.
    again = await desk.get(f"/desk/logs?open={station['第三网格']}.{row['id']}")
    assert "退回了" in words(await press(desk, again, "return", note="还有一户呢"))
    assert await station.refolds()


async def test_what_is_asked_reaches_the_authors_phone_and_no_other(
    desk: Desk, station: Station, zhao: Phone, sun: Phone
) -> None:
    await visit(zhao, station, "陈奶奶")
    first = await send(zhao, station, "好")
    page = await press(desk, await desk.get("/desk/logs"), "return", note=" ")
    assert "退回要写一句话" in words(page)
    page = await press(desk, page, "return", note="三楼那家怎么样了")
    assert "您的话会到写的人手机上" in words(page)
    await zhao.exchange()
    row = held(zhao)
    assert (row["state"], row["note"], row["by"]) == ("returned", "三楼那家怎么样了", "王站长")
    await sun.exchange()
    assert not [key for key in sun.rows if key[0] == "daily_log"]
    await send(zhao, station, "三楼明天再去", step=[row["step"]], revision=[first])
    page = await desk.get("/desk/logs")
    assert "三楼明天再去" in words(page)
    assert "退回后又送来" in words(page)
    assert "先前送的 1 次" in words(page)
    assert await station.refolds()


async def test_nobody_has_read_what_came_while_they_were_reading(desk: Desk, station: Station, zhao: Phone) -> None:
    first = await send(zhao, station, "好")
    page = await desk.get("/desk/logs")
    await send(zhao, station, "又想起一件", step=[first], revision=[first])
    page = await press(desk, page)
    assert "您看的时候日志变了，没有算看过。" in words(page)
    assert "又想起一件" in words(page)
    assert "那时日志已经又改了" in words(page)
    assert held(zhao)["state"] == "submitted"
    assert "看过了。" in words(await press(desk, page))
    await zhao.exchange()
    assert held(zhao)["state"] == "reviewed"
    assert await station.refolds()


async def test_a_form_sent_twice_reads_it_once(desk: Desk, station: Station, zhao: Phone) -> None:
    await send(zhao, station, "好")
    page = await desk.get("/desk/logs")
    await press(desk, page)
    assert "看过了。" in words(await press(desk, page))
    assert await station.value("SELECT comments FROM daily_log") == "[]"


async def test_what_comes_late_stands_on_its_day_and_says_so(desk: Desk, station: Station, zhao: Phone) -> None:
    await visit(zhao, station, "陈奶奶", ago_ms=DAY_MS)
    await send(zhao, station, day=YESTERDAY)
    page = await desk.get("/desk/logs")
    assert "敲了 1 户，有人应 1 户。" in words(page)
    assert "1 条是后来补录的。" in words(page)
    await press(desk, page)
    station.now_ms += MINUTE_MS
    await visit(zhao, station, "马师傅", "no_answer", ago_ms=DAY_MS)
    again = words(await desk.get(f"/desk/logs?open={station['第三网格']}.{held(zhao, YESTERDAY)['id']}"))
    assert "敲了 2 户，有人应 1 户。" in again
    assert "看过以后又补录了 1 条" in again
    assert local_day(station.now_ms, 480) == TODAY


async def test_a_visit_written_down_for_somebody_counts_on_their_day(desk: Desk, station: Station, zhao: Phone) -> None:
    address = f"/desk/households/{station['第三网格']}/{station['陈奶奶']}/visits"
    answer = await desk.post(address, {"person": station["赵敏"], "result": "met", "need": "量血压"})
    assert answer.status_code == 303, answer.text
    await send(zhao, station)
    page = words(await desk.get("/desk/logs"))
    assert "敲了 1 户，有人应 1 户。" in page
    assert "问需 1 3-2-501" in page


async def test_words_for_the_station_alone_are_not_repeated(desk: Desk, station: Station, zhao: Phone) -> None:
    await visit(zhao, station, "陈奶奶", asks={"difficulty": "家里有难处"}, private=True)
    await send(zhao, station)
    page = words(await desk.get("/desk/logs"))
    assert "敲了 1 户" in page
    assert "家里有难处" not in page


async def test_a_leader_reads_their_grids_and_never_their_own(
    desk: Desk, leader: Desk, station: Station, sun: Phone
) -> None:
    walks = await station.phone("李网格长")
    await send(walks, station, "我自己的")
    await send(sun, station, "第四网格的")
    own = f"/desk/logs/{station['第三网格']}/{log_id(station['李网格长'], station['第三网格'], TODAY)}"
    other = f"/desk/logs/{station['第四网格']}/{log_id(station['孙立'], station['第四网格'], TODAY)}"
    assert "日志都看过了。" in words(await leader.get("/desk/logs"))
    for address in (own, other):
        assert (await leader.get(address, piece=True)).status_code == 404
        assert (await leader.post(f"{address}/review", {"seen": ""})).status_code == 404
    assert "我自己的" in words(await desk.get(own, piece=True))
    assert '<span class="count" id="unread">2</span>' in (await desk.get("/desk/logs/count")).text
    worker = await sign_in(station, "赵敏")
    assert (await worker.get("/desk/logs")).status_code == 404

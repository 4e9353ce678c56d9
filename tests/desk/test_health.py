"""How phones fare: what each says of itself with its exchange, the worst first, and what waits where one stands in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from httpx import Response
from sqlalchemy import update

from server import schema
from server.assets import worker_script
from server.journal import log_id
from tests.desk.conftest import DAY_MS, HOUR_MS, Desk, sign_in, visit, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio

MB = 1024 * 1024


def version(station: Station) -> str:
    """The app's version as this server gives it out."""
    return worker_script(station.settings.seal.public, station.settings.log_keys)[0]


async def say(phone: Phone, station: Station, **health: Any) -> None:
    """A phone gets in touch and says how it fares."""
    said = {"unsent": 0, "oldest_ms": None, "usage": 20 * MB, "quota": 2000 * MB, **health}
    app = said.pop("app", version(station))
    answer = await phone.send(phone.request(app=app, health=said))
    assert answer.status_code == 200, answer.text


def lines(page: Response) -> list[str]:
    """Each phone with what is the matter, in the order of the page."""
    found = re.search(r'<ul class="plainlist fares">(.*?)</ul>', page.text, flags=re.DOTALL)
    assert found, words(page)
    whole = re.sub(r'<span class="whole">(.*?)</span>', r"\1", found[1])
    return [" ".join(re.sub(r"<[^>]*>", " ", each).split()) for each in whole.split("</li>")[:-1]]


async def test_a_phone_that_is_well_says_so_and_one_with_room_left_for_nothing_comes_first(
    desk: Desk, station: Station, zhao: Phone, sun: Phone
) -> None:
    await say(zhao, station)
    await say(sun, station, usage=1970 * MB)
    page = await desk.get("/desk/health")
    assert "2 部手机，1 部要管一管。" in words(page)
    first, second = lines(page)
    assert first.startswith("孙立")
    assert "快存满了，只剩 30 MB 请他删些照片" in first
    assert second.startswith("赵敏")
    assert second.endswith("都好")
    assert "1 to look after" in words(await desk.get("/desk/health", lang="en"))


async def test_what_waits_unsent_for_a_day_is_more_pressing_than_silence(
    desk: Desk, station: Station, zhao: Phone, sun: Phone
) -> None:
    await say(zhao, station, unsent=3, oldest_ms=station.now_ms - 2 * DAY_MS)
    await say(sun, station, unsent=2, oldest_ms=station.now_ms - HOUR_MS, app="old")
    first, second = lines(await desk.get("/desk/health"))
    assert "赵敏" in first
    assert "3 条没送出，最早的从 11月18日 10:44 等到现在" in first
    assert "2 条还没送出 有信号自己会送" in second
    assert "还是旧版本" in second
    async with station.db.writing() as db:
        silent = update(schema.phone_health).where(schema.phone_health.c.device == sun.device)
        await db.execute(silent.values(heard_ms=station.now_ms - 4 * DAY_MS))
    first = lines(await desk.get("/desk/health"))[0]
    assert "2 条没送出" in first, "nobody knows what became of them"
    assert "4 天没联系" in first


async def test_what_an_exchange_brings_is_not_said_to_be_on_the_phone_still(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    await visit(zhao, station, "陈奶奶")
    page = await desk.get("/desk/health")
    assert "没送出" not in " ".join(lines(page))
    assert "还是旧版本" in lines(page)[0]


async def test_a_phone_that_does_not_believe_the_log_is_the_first_of_all(
    desk: Desk, station: Station, zhao: Phone, sun: Phone
) -> None:
    await say(zhao, station)
    await say(sun, station, usage=1999 * MB)
    doubt = {"device": zhao.device, "at_ms": 1, "code": "shorter", "held": "a", "told": "b", "heard_ms": 1}
    async with station.db.writing() as db:
        await db.execute(schema.ledger_doubt.insert(), [{**doubt, "settled_ms": None}])
    assert "它核对记录对不上" in lines(await desk.get("/desk/health"))[0]


async def test_while_nothing_is_new_the_page_hears_nothing(desk: Desk, station: Station, zhao: Phone) -> None:
    await say(zhao, station)
    page = await desk.get("/desk/health")
    known = re.search(r"/desk/health\?known=([0-9a-f]+)", page.text)
    assert known
    assert (await desk.get(f"/desk/health?known={known[1]}", piece=True)).status_code == 204
    await say(zhao, station, usage=1999 * MB, app="old")
    assert "快存满了" in (await desk.get(f"/desk/health?known={known[1]}", piece=True)).text


async def test_a_leader_sees_the_phones_of_their_grids_alone(
    leader: Desk, station: Station, zhao: Phone, sun: Phone
) -> None:
    await say(zhao, station)
    await say(sun, station)
    page = words(await leader.get("/desk/health"))
    assert "赵敏" in page
    assert "孙立" not in page
    assert (await (await sign_in(station, "赵敏")).get("/desk/health")).status_code in (403, 404)


async def test_whoever_stands_in_sees_what_waits_there_and_how_that_phone_fares(
    desk: Desk, leader: Desk, station: Station, sun: Phone
) -> None:
    stand_in = {"by": station["李网格长"], "from_on": "2026-11-20", "until_on": "2026-11-25", "note": ""}
    made = await desk.post(f"/desk/people/{station['孙立']}/stand-in", stand_in)
    assert made.status_code == 303, made.text
    await visit(sun, station, "吴大爷")
    assert sun.grid
    sun.make("daily_log.sent", {"day": "2026-11-20"}, entity=log_id(sun.person, sun.grid, "2026-11-20"))
    await sun.exchange()
    await say(sun, station, unsent=5, oldest_ms=station.now_ms - HOUR_MS)
    told = words(await leader.get("/desk/health"))
    assert "您在顶孙立的岗，11月20日–11月25日" in told
    assert "孙立的手机：5 条未上传，最后联系 11月20日 10:44" in told
    assert "第四网格：1篇日志没看，0件要定，走访来了1次" in told.replace(" ", "")
    assert "李网格长在顶孙立的岗" in words(await desk.get("/desk/health"))
    away = {"by": station["赵敏"], "from_on": "2026-11-24", "until_on": "2026-11-26", "note": ""}
    await desk.post(f"/desk/people/{station['李网格长']}/stand-in", away)
    assert "两个人不能都不在" in words(await leader.get("/desk/health"))


async def test_whoever_stands_in_without_a_desk_has_what_waits_on_their_phone(
    desk: Desk, station: Station, zhao: Phone, sun: Phone
) -> None:
    assert "stands" not in await zhao.exchange()
    stand_in = {"by": station["赵敏"], "from_on": "2026-11-20", "until_on": "2026-11-25", "note": ""}
    made = await desk.post(f"/desk/people/{station['孙立']}/stand-in", stand_in)
    assert made.status_code == 303, made.text
    await visit(sun, station, "吴大爷", ago_ms=48 * HOUR_MS, follow_up_on="2026-11-20")
    await say(sun, station, unsent=5, oldest_ms=station.now_ms - HOUR_MS)
    await station.journal.healths.write()
    (told,) = (await zhao.exchange())["stands"]
    known = {"person": station["孙立"], "away": "孙立", "grids": [station["第四网格"]], "until_on": "2026-11-25"}
    assert told == {**known, "phones": 1, "unsent": 5, "last_ms": station.now_ms}
    assert zhao.row("household", station["吴大爷"]), "their homes are here too"
    worker = await sign_in(station, "赵敏")
    page = words(await worker.get("/field/"))
    assert "替孙立 到11月25日 孙立的手机：5 条未同步，上次联系 11月20日 10:44 吴大爷" in page
    assert "stands" not in await sun.exchange()
    assert "替孙立" not in words(await (await sign_in(station, "李网格长")).get("/field/"))
    station.now_ms += 7 * 24 * HOUR_MS
    assert "stands" not in await zhao.exchange()

"""What is urgent and nobody looks at is said in the group: once, signed, and without a word about anybody."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, aclosing
from dataclasses import replace

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from server import care, schema
from server.db import Database
from server.hooks import Hooks, sending, wire
from server.hooks.store import due, take
from server.robots import read_robots
from server.unseen import Unseen
from tests.desk.conftest import DAY_MS, HOUR_MS, MINUTE_MS, Desk, sign_in, visit, words
from tests.desk.test_care import check, chen, home, pair
from tests.hooks.group import DING_SECRET, FEI_SECRET, KEY, Group
from tests.journal.conftest import Station
from tests.journal.phone import Phone
from tests.thorough import some

pytestmark = pytest.mark.anyio

SAYS = (
    "【四访】榆桥社区 第三网格：看望时有人说要紧，还没有人打开看。请到工作台看：\nhttps://sifang.example.org/desk/care"
)
ABOUT_SOMEBODY = ("陈", "玉兰", "501", "3幢", "槐安", "摔", "赵敏", "urgent", "dementia", "1940")


async def look(station: Station) -> None:
    """The server looks, as it does every few seconds."""
    await station.app.state.hooks.look()


def restarted(station: Station, robots: str = "", host: str = "") -> None:
    """The server comes back; perhaps its robots are named otherwise."""
    if robots:
        station.app.state.settings = replace(station.settings, robots=read_robots(robots, [host]))
    station.app.state.hooks = Hooks(station.db, station.app.state.settings, [care.unseen])


async def fallen(desk: Desk, station: Station, zhao: Phone) -> str:
    """Grandma Chen has a pair; a quarter of an hour after anybody was at the desk somebody finds her on the floor."""
    await chen(station)
    of = await pair(desk, station)
    station.now_ms += 15 * MINUTE_MS
    await check(zhao, station, of, "urgent", text="摔了一跤", way="door")
    return of


async def test_nobody_is_at_the_desk_and_each_group_hears_once_in_its_robots_own_format(
    desk: Desk, station: Station, zhao: Phone, group: Group
) -> None:
    await fallen(desk, station, zhao)
    await look(station)
    assert group.read == {"wecom": [SAYS], "dingtalk": [SAYS], "feishu": [SAYS]}
    asked = b"".join(group.asked).decode()
    assert [word for word in (*ABOUT_SOMEBODY, station["陈奶奶"], station["陈玉兰"]) if word in asked] == []
    for _ in range(3):
        station.now_ms += HOUR_MS
        await look(station)
    assert len(group.asked) == 3
    page = words(await (await sign_in(station, "master")).get("/desk/robots"))
    assert "3 个群机器人，没有送不到的。" in page
    assert page.count("看望要紧，送到了 11月20日 10:59") == 3
    assert await station.refolds()


async def test_whoever_is_at_the_desk_is_given_five_minutes_to_open_it(
    desk: Desk, station: Station, zhao: Phone, group: Group
) -> None:
    await chen(station)
    of = await pair(desk, station)
    await check(zhao, station, of, "urgent")
    station.now_ms += 4 * MINUTE_MS
    await look(station)
    assert group.asked == []
    assert (await desk.get(home(station))).status_code == 200
    await station.app.state.looked.write()
    station.now_ms += 3 * HOUR_MS
    await look(station)
    assert group.asked == []
    # The next word is another matter, whoever looked before; this time nobody does.
    desk = await sign_in(station, "李网格长")
    await check(zhao, station, of, "urgent")
    await look(station)
    station.now_ms += 5 * MINUTE_MS
    await look(station)
    assert group.everything() == [SAYS] * 3


async def test_who_reads_of_other_grids_alone_is_not_at_this_desk(
    desk: Desk, station: Station, zhao: Phone, group: Group
) -> None:
    body = {"name": "远网格长", "role": "grid_leader", "community": station["community"]}
    await station.add("远网格长", "person.added", {**body, "grids": [station["第四网格"]]})
    await chen(station)
    of = await pair(desk, station)
    station.now_ms += 15 * MINUTE_MS
    await sign_in(station, "远网格长")
    await check(zhao, station, of, "urgent")
    await look(station)
    assert group.everything() == [SAYS] * 3


async def test_one_thing_is_said_once_a_day_for_three_days_and_what_is_well_no_more(
    desk: Desk, station: Station, zhao: Phone, group: Group
) -> None:
    of = await fallen(desk, station, zhao)
    await check(zhao, station, of, "urgent", text="还在地上")
    for _ in range(4 * 4):
        await look(station)
        station.now_ms += 6 * HOUR_MS
    assert group.read["wecom"] == [SAYS] * 3
    await visit(zhao, station, "陈奶奶", care="urgent")
    await look(station)
    assert len(group.read["wecom"]) == 4, "a visit says so too"
    station.now_ms += DAY_MS
    await check(zhao, station, of, "ok")
    await look(station)
    assert len(group.read["wecom"]) == 4


async def test_a_refused_signature_is_shown_and_what_waits_is_said_when_it_is_right(
    desk: Desk, station: Station, zhao: Phone, group: Group
) -> None:
    wrong = group.robots.replace(DING_SECRET, "SECwrong").replace(FEI_SECRET, "wrong").replace(KEY, "wrong")
    restarted(station, wrong, group.host)
    await fallen(desk, station, zhao)
    await look(station)
    assert group.everything() == []
    page = words(await (await sign_in(station, "master")).get("/desk/robots"))
    assert "3 个群机器人，有 3 个没送到。" in page
    for code, why in ((310000, "不认签名"), (19021, "不认签名"), (93000, "没有这个机器人了")):
        assert f"代码 {code}" in page
        assert why in page
    assert "看望要紧，等着送 11月20日 10:59，11月20日 10:59 再送" in page
    page = words(await (await sign_in(station, "master")).get("/desk/robots", lang="en"))
    assert "3 could not deliver" in page
    restarted(station, group.robots, group.host)
    await look(station)
    assert group.everything() == [], "not before its pause is over"
    station.now_ms += 30_000
    await look(station)
    await look(station)
    assert group.everything() == [SAYS] * 3
    assert "3 个群机器人，没有送不到的。" in words(await (await sign_in(station, "master")).get("/desk/robots"))


TROUBLES = [
    ("elsewhere", "没有按机器人的样子"),
    ("broken", "没有按机器人的样子"),
    ("cut", "没连上"),
    ("often", "太密了"),
]


@pytest.mark.parametrize(("trouble", "why"), some(TROUBLES, 2))
async def test_whatever_is_wrong_there_it_is_tried_with_growing_pauses_for_a_day(
    desk: Desk, station: Station, zhao: Phone, group: Group, trouble: str, why: str
) -> None:
    restarted(station, group.robots.strip().split("\n")[0], group.host)
    await fallen(desk, station, zhao)
    group.trouble, begun_ms, tried = trouble, station.now_ms, []
    while station.now_ms < begun_ms + DAY_MS - MINUTE_MS:
        before = len(group.asked)
        await look(station)
        tried += [(station.now_ms - begun_ms) // 1000] * (len(group.asked) - before)
        station.now_ms += 30_000 if len(tried) < 4 else HOUR_MS
    assert tried[:4] == [0, 30, 150, 750]
    assert len(tried) < 16
    assert not any(b"again=1" in each for each in group.asked), "a redirect leads nowhere"
    page = words(await (await sign_in(station, "master")).get("/desk/robots"))
    assert "没送到，不再送了" in page
    assert why in page
    # What is still unseen a day later is said anew.
    group.trouble = ""
    station.now_ms = begun_ms + DAY_MS
    await look(station)
    assert group.read["wecom"] == [SAYS]


async def test_an_answer_that_drips_ends_in_time(
    desk: Desk, station: Station, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "WHOLE_S", 0.5)
    group.trouble = "drips"
    (robot,) = [each for each in station.settings.robots if each.vendor == "dingtalk"]
    await station.app.state.hooks.test(robot)
    assert "没连上那边" in words(await desk.get("/desk/robots"))


async def test_a_certificate_that_nobody_vouches_for_is_not_spoken_to(
    desk: Desk, station: Station, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    await station.app.state.hooks.test(station.settings.robots[0])
    assert group.asked == []
    assert "没连上那边" in words(await desk.get("/desk/robots"))


async def test_several_processes_say_it_once(desk: Desk, station: Station, zhao: Phone, group: Group) -> None:
    await fallen(desk, station, zhao)
    async with AsyncExitStack() as stack:
        here = [await stack.enter_async_context(aclosing(_Process(station))) for _ in range(4)]
        for _ in range(3):
            await asyncio.gather(*(each.hooks.look() for each in here))
    assert group.read == {"wecom": [SAYS], "dingtalk": [SAYS], "feishu": [SAYS]}


class _Process:
    """Another server on the same database."""

    def __init__(self, station: Station) -> None:
        self._db = Database(station.settings.database_url)
        self.hooks = Hooks(self._db, station.settings, [care.unseen])

    async def aclose(self) -> None:
        await self._db.close()


async def test_what_a_process_took_and_never_sent_another_one_sends(
    desk: Desk, station: Station, zhao: Phone, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fallen(desk, station, zhao)
    with monkeypatch.context() as patch:
        patch.setattr(sending, "AT_ONCE", 0)
        await look(station)
    async with station.db.writing() as db:
        for row in await due(db, station.app.state.hooks.robots, station.now_ms):
            assert await take(db, row, station.now_ms, station.now_ms + sending.LEASE_MS)
            assert not await take(db, row, station.now_ms, station.now_ms + sending.LEASE_MS)
    restarted(station)
    await look(station)
    assert group.everything() == []
    station.now_ms += sending.LEASE_MS
    await look(station)
    assert group.everything() == [SAYS] * 3


async def test_what_somebody_opened_while_it_could_not_be_sent_needs_no_saying(
    desk: Desk, leader: Desk, station: Station, zhao: Phone, group: Group
) -> None:
    group.trouble = "broken"
    await fallen(desk, station, zhao)
    await look(station)
    group.trouble = ""
    await leader.get(home(station))
    await station.app.state.looked.write()
    station.now_ms += HOUR_MS
    await look(station)
    assert group.everything() == []
    assert {row.state for row in await station.rows("SELECT state FROM hook_message")} == {"needless"}


async def test_a_database_that_was_left_for_another_one_says_nothing(
    desk: Desk, station: Station, zhao: Phone, group: Group
) -> None:
    await fallen(desk, station, zhao)
    async with station.db.writing() as db:
        await db.execute(update(schema.journal_head).values(moved_to="postgresql"))
    await look(station)
    assert group.asked == []


async def test_what_is_not_urgent_waits_for_the_morning(station: Station, group: Group) -> None:
    since_ms = station.now_ms

    async def waits(db: AsyncConnection, now_ms: int) -> list[Unseen]:
        return [Unseen("care", "a thing", station["第三网格"], since_ms, "/desk/care", urgent=False)]

    station.app.state.hooks = Hooks(station.db, station.settings, [waits])
    station.now_ms += 11 * HOUR_MS  # 21:44
    await look(station)
    station.now_ms += 10 * HOUR_MS  # 07:44
    await look(station)
    assert group.everything() == []
    station.now_ms += 16 * MINUTE_MS
    await look(station)
    assert group.everything() == [SAYS] * 3

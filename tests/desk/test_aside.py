"""What came and did not take effect stays in sight, with the reason in plain words."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from uuid_utils import uuid7

from server.journal import Draft
from tests.desk.conftest import HOUR_MS, Desk, visit, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


async def test_a_correction_that_took_no_effect_can_still_be_read(desk: Desk, station: Station, zhao: Phone) -> None:
    first = await visit(zhao, station, "陈奶奶", text="灯坏了")
    beside = {"name": "周立", "role": "grid_worker", "community": station["community"], "grids": [station["第三网格"]]}
    await station.add("周立", "person.added", beside)
    other = await station.phone("周立")
    body = {"household": station["陈奶奶"], "occurred_at_ms": station.now_ms, "mode": "door", "result": "met"}
    again = {**body, "text": "灯修好了", "asks": {"need": "<b>换灯</b>"}}
    other.clock_ms = station.now_ms
    other.make("visit.corrected", again, entity=first, over={"revision": [first]})
    await other.exchange()
    for path in (f"visits/{station['第三网格']}/{first}", f"households/{station['第三网格']}/{station['陈奶奶']}"):
        page = words(await desk.get(f"/desk/{path}"))
        assert "没有生效：这次走访是别人写的" in page
        assert "灯修好了" in page
        assert "<b>换灯</b>" in page


async def test_a_visit_that_took_no_effect_is_listed_at_its_household(
    desk: Desk, station: Station, zhao: Phone, sun: Phone
) -> None:
    sun.clock_ms = zhao.clock_ms = station.now_ms
    stray = sun.visit(station["陈奶奶"], "no_answer", text="敲错楼了", who_met="邻居")
    body = {"household": station["陈奶奶"], "occurred_at_ms": station.now_ms, "mode": "door", "result": "met"}
    again = {**body, "text": "其实有人应"}
    sun.make("visit.corrected", again, entity=stray.header.id, over={"revision": [stray.header.id]})
    await sun.exchange()
    zhao.make("visit.recorded", {**body, "mode": "by air", "text": "写坏了"})
    zhao.visit(station["马师傅"], occurred_at_ms=station.now_ms - HOUR_MS)
    await zhao.exchange()
    assert [zhao.outcomes[1]["outcome"], sun.outcomes[1]["outcome"]] == ["quarantined"] * 2
    address = f"/desk/households/{station['第三网格']}/{station['陈奶奶']}"
    page = words(await desk.get(address))
    assert "收到了，没有生效：这一户不在写的人的网格里。 走访，孙立，11月20日 10:44 写" in page
    assert all(each in page for each in ("敲错楼了", "见了谁 邻居", "没人应", "其实有人应", "更正，孙立"))
    assert "收到了，没有生效：内容有一处不合规矩" in page
    assert "写坏了" in page
    assert page.index("写坏了") < page.index("其实有人应") < page.index("敲错楼了"), "the latest first"
    assert "走访（0 次）" in page
    english = words(await desk.get(address, lang="en"))
    assert "without effect: this home is not in the writer's grid. Visit, 孙立, written 20 Nov 10:44" in english
    other = words(await desk.get(f"/desk/households/{station['第三网格']}/{station['马师傅']}"))
    assert "没有生效" not in other


async def test_a_visit_written_before_its_home_was_known_says_so(desk: Desk, station: Station, zhao: Phone) -> None:
    home = str(uuid7())
    zhao.visit(home, text="刚搬来")
    await zhao.exchange()
    door = {"building": station["3幢"], "entrance": "2", "floor": 6, "room": "601", "kind": "home", "facts": {}}
    await station.journal.commit(
        [Draft("household.added", home, station["第三网格"], station["master"], door, id=home)]
    )
    page = words(await desk.get(f"/desk/households/{station['第三网格']}/{home}"))
    assert "没有生效：当时服务器上还没有这一户。" in page
    assert "刚搬来" in page


async def test_an_erased_visit_that_took_no_effect_breaks_no_page(desk: Desk, station: Station, sun: Phone) -> None:
    sun.visit(station["陈奶奶"], text="敲错楼了")
    await sun.exchange()
    async with station.db.writing() as db:
        await db.execute(text("UPDATE journal SET body = NULL, salt = NULL WHERE outcome = 'quarantined'"))
    page = await desk.get(f"/desk/households/{station['第三网格']}/{station['陈奶奶']}")
    assert page.status_code == 200
    assert "敲错楼了" not in page.text

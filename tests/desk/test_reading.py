"""Visits are read with one press or asked about; told anew meanwhile, they are unread again."""

from __future__ import annotations

import re
from typing import Any

import pytest
from httpx import Response

from tests.desk.conftest import DAY_MS, HOUR_MS, Desk, rows, sign_in, visit, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio
UNREAD = "/desk/visits?unread=yes"


async def press(desk: Desk, page: Response, what: str = "review", **more: str) -> Response:
    """One of the buttons of the visit that is open; answers the page that follows."""
    found = re.search(r'action="(/desk/visits/[^"]+)/(?:review|return)"', page.text)
    assert found, words(page)
    hidden = dict(re.findall(r'<input type="hidden" name="(seen|edit|list)" value="([^"]*)">', page.text))
    answer = await desk.post(f"{found[1]}/{what}", {**hidden, **more})
    assert answer.status_code == 303, answer.text
    return await desk.get(answer.headers["location"])


def held(phone: Phone, id_: str) -> dict[str, Any]:
    """A visit as the phone holds it."""
    row: dict[str, Any] = phone.rows["visit", id_]["row"]
    return row


async def test_visits_are_read_one_after_the_other(desk: Desk, leader: Desk, station: Station, zhao: Phone) -> None:
    await visit(zhao, station, "陈奶奶", ago_ms=HOUR_MS)
    await visit(zhao, station, "马师傅", "no_answer")
    await visit(zhao, station, "空房", "vacant", ago_ms=8 * DAY_MS)
    assert "还有 2 次走访没看过" in words(await desk.get("/desk/home"))
    page = await desk.get(UNREAD)
    assert [line.split()[2] for line in rows(page)] == ["3-2-502", "3-2-501"]
    assert [line.split()[2] for line in rows(await desk.get("/desk/visits"))] == ["3-2-502", "3-2-501", "3-2-503"]
    page = await press(desk, page)
    assert [line.split()[2] for line in rows(page)] == ["3-2-501"]
    assert "看过了。" in words(page)
    assert rows(await press(desk, page)) == []
    assert "还没看过" not in words(await desk.get("/desk/home"))
    assert rows(await leader.get(UNREAD)) == []
    assert re.search(r"王站长 \S+ ?10:44看过。", words(await leader.get("/desk/visits")))
    assert await station.refolds()


async def test_what_is_asked_reaches_the_phone_and_a_correction_answers_it(
    desk: Desk, station: Station, zhao: Phone, sun: Phone
) -> None:
    first = await visit(zhao, station, "陈奶奶", text="灯坏了")
    page = await press(desk, await desk.get(UNREAD), "return", note=" ")
    assert "要问就写一句话" in words(page)
    await press(desk, page, "return", note="灯修了没有")
    await zhao.exchange()
    assert held(zhao, first)["asked"] == {"by": "王站长", "at_ms": station.now_ms, "note": "灯修了没有"}
    assert rows(await desk.get(UNREAD)) == []
    body = {"household": station["陈奶奶"], "occurred_at_ms": station.now_ms, "mode": "door", "result": "met"}
    zhao.make("visit.corrected", {**body, "text": "修了"}, entity=first, over={"revision": [first]})
    await zhao.exchange()
    assert "asked" not in held(zhao, first)
    page = await desk.get(UNREAD)
    assert "灯修了没有" in words(page)
    assert "后来改过，还没人看。" in words(page)
    # Open on one desk while its author told it anew: that telling nobody has read.
    second = zhao.make("visit.corrected", {**body, "text": "全修好了"}, entity=first, over={"revision": [first]})
    await zhao.exchange()
    page = await press(desk, page, "return", note="哪天修的")
    assert "您看的时候这一条改过，没有算看过。" in words(page)
    assert "asked" not in held(zhao, first)
    assert held(zhao, first)["edit"] == second.header.id
    assert "看过了。" in words(await press(desk, page))
    assert rows(await desk.get(UNREAD)) == []
    assert await station.refolds()


async def test_nobody_reads_their_own_or_another_grids(
    desk: Desk, leader: Desk, station: Station, zhao: Phone, sun: Phone
) -> None:
    walks = await station.phone("李网格长")
    own = await visit(walks, station, "陈奶奶")
    other = await visit(sun, station, "吴大爷")
    addresses = (f"{station['第三网格']}/{own}", f"{station['第四网格']}/{other}")
    assert rows(await leader.get(UNREAD)) == []
    assert 'data-press="e"' not in (await leader.get(f"/desk/visits/{addresses[0]}")).text
    for address in addresses:
        answer = await leader.post(f"/desk/visits/{address}/review", {"seen": own})
        assert answer.status_code == 404
    worker = await sign_in(station, "赵敏")
    assert (await worker.post(f"/desk/visits/{addresses[1]}/review", {"seen": other})).status_code == 404
    assert len(rows(await desk.get(UNREAD))) == 2


async def test_what_came_before_this_release_counts_as_seen(desk: Desk, station: Station, zhao: Phone) -> None:
    await visit(zhao, station, "陈奶奶")
    begun = await station.value("SELECT max(position) FROM journal WHERE kind = 'visit.recorded'")
    station.app.state.read_from = begun + 1
    await visit(zhao, station, "马师傅")
    assert [line.split()[2] for line in rows(await desk.get(UNREAD))] == ["3-2-502"]


async def test_a_question_about_a_telling_that_was_replaced_stands_beside_the_visit(
    desk: Desk, leader: Desk, station: Station, zhao: Phone
) -> None:
    first = await visit(zhao, station, "陈奶奶", text="灯坏了")
    stale = await leader.get(UNREAD)
    body = {"household": station["陈奶奶"], "occurred_at_ms": station.now_ms, "mode": "door", "result": "met"}
    zhao.make("visit.corrected", {**body, "text": "灯换了"}, entity=first, over={"revision": [first]})
    await zhao.exchange()
    await press(leader, stale, "return", note="哪个灯")
    page = words(await desk.get(f"/desk/visits/{station['第三网格']}/{first}"))
    assert "以前说过的 李网格长 11月20日 10:44问过 哪个灯" in page
    assert "asked" not in held(zhao, first)
    await press(desk, await desk.get(UNREAD), "return", note="换了几个")
    page = words(await desk.get(f"/desk/visits/{station['第三网格']}/{first}"))
    assert page.count("换了几个") == 1
    assert await station.refolds()

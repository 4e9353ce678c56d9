"""The station master puts a lost phone out of use with one press, takes it back with another, and decides what came."""

from __future__ import annotations

import re

import pytest

from tests.desk.conftest import NOW_MS, Desk, sign_in, visit, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone
from tests.journal.test_fork import clone

pytestmark = pytest.mark.anyio
PHONES = "/desk/phones"


async def test_a_phone_is_put_out_of_use_and_taken_back(desk: Desk, station: Station, zhao: Phone) -> None:
    await zhao.exchange()
    page = await desk.get(PHONES)
    assert "停用这部手机 ：赵敏" in words(page)
    answer = await desk.post(f"{PHONES}/{zhao.device}/revocation", {})
    assert answer.status_code == 303
    page = await desk.get(answer.headers["location"])
    assert "赵敏的这部手机停用了" in words(page)
    assert "11月20日 10:44停用" in words(page)
    assert "没有在用的手机。" in words(page)
    (undo, beside) = re.findall(rf'action="({PHONES}/{zhao.device}/reinstatement)"', page.text)
    assert undo == beside
    author = f"SELECT author FROM journal WHERE kind = 'device.revoked' AND entity = '{zhao.device}'"
    assert await station.value(author) == station["master"]
    assert (await zhao.exchange())["revoked"] is True
    # Pressed again, by a second pair of hands: it is so already.
    size = await station.journal.size()
    assert (await desk.post(f"{PHONES}/{zhao.device}/revocation", {})).status_code == 303
    assert await station.journal.size() == size
    answer = await desk.post(undo, {})
    page = await desk.get(answer.headers["location"], lang="en")
    assert "phone is in use again" in words(page)
    assert "Put out of use" in words(page)
    assert not re.search(r"desk\.phones\.[a-z]", words(page))
    assert "revoked" not in await zhao.exchange()


async def test_it_says_that_it_has_emptied_itself(desk: Desk, station: Station, zhao: Phone) -> None:
    await zhao.exchange()
    await desk.post(f"{PHONES}/{zhao.device}/revocation", {})
    await visit(zhao, station, "陈奶奶")
    told = await zhao.send(zhao.request(health={"unsent": 0, "wiped": 3}))
    assert told.status_code == 200
    assert 'sifang=""' in told.headers["set-cookie"]
    page = await desk.get(PHONES)
    assert "11月20日 10:44清空了" in words(page)
    assert "3 样没送的跟着清掉了" in words(page)
    assert "/reinstatement" not in page.text, "nothing is left on it that could go on"
    zhao.nonce = told.json()["nonce"]
    assert (await zhao.send(zhao.request(health={"unsent": 0, "wiped": 9}))).status_code == 200
    assert await station.value(f"SELECT wiped_left FROM device WHERE id = '{zhao.device}'") == 3, (
        "the first word stands"
    )
    assert await station.refolds()


async def test_its_copies_go_with_it(desk: Desk, station: Station, zhao: Phone) -> None:
    await visit(zhao, station, "陈奶奶")
    copy = clone(zhao)
    await visit(zhao, station, "马师傅")
    copy.visit(station["陈奶奶"])
    await copy.exchange()
    answer = await desk.post(f"{PHONES}/{zhao.device}/revocation", {})
    page = await desk.get(answer.headers["location"])
    assert "它的副本跟它一样。" in words(page)
    assert words(page).count("11月20日 10:44停用") == 2


async def test_it_counts_no_more_among_the_phones_that_are_silent(desk: Desk, station: Station, zhao: Phone) -> None:
    await visit(zhao, station, "陈奶奶")
    spare = await station.phone("赵敏")
    count = int(re.search(r"(\d+) 部手机", words(await desk.get(PHONES))).group(1))  # type: ignore[union-attr]
    await desk.post(f"{PHONES}/{spare.device}/revocation", {})
    page = words(await desk.get(PHONES))
    assert f"{count - 1} 部手机" in page


async def test_nobody_else_can(desk: Desk, leader: Desk, station: Station, zhao: Phone) -> None:
    worker = await sign_in(station, "赵敏")
    admin = await station.add("管理员", "person.added", {"name": "管理员", "role": "admin",
                              "community": station["community"], "grids": []})  # fmt: skip
    assert admin
    for who in (leader, worker, await sign_in(station, "管理员")):
        assert (await who.post(f"{PHONES}/{zhao.device}/revocation", {})).status_code == 404
    assert (await desk.post(f"{PHONES}/{admin}/revocation", {})).status_code == 404, "that is no phone"
    elsewhere = await station.add("北渠", "community.added", {"name": "北渠社区"})
    person = {"name": "老何", "role": "grid_worker", "community": elsewhere, "grids": []}
    await station.add("老何", "person.added", person)
    other = await station.phone("老何")
    assert (await desk.post(f"{PHONES}/{other.device}/revocation", {})).status_code == 404
    assert await station.value("SELECT count(*) FROM device WHERE revoked_ms IS NOT NULL") == 0


async def test_what_came_from_it_is_released_or_declined_like_the_rest(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    await zhao.exchange()
    await desk.post(f"{PHONES}/{zhao.device}/revocation", {})
    zhao.visit(station["陈奶奶"], text="停用那天去的")
    await zhao.exchange()
    page = await desk.get("/desk/conflicts")
    assert "停用那天去的" in words(page)
    assert "它来的时候，这部手机已经停用。写的人没有错，算不算数由您定。" in words(page)
    (action,) = set(re.findall(r'action="(/desk/conflicts/[^"]+/decision)"', page.text))
    (seen,) = set(re.findall(r'name="seen" value="([^"]*)"', page.text))
    answer = await desk.post(action, {"choice": "released", "seen": seen, "words": ""})
    assert answer.status_code == 303
    assert await station.value("SELECT text FROM visit") == "停用那天去的"
    assert await station.refolds()


async def test_the_visit_it_was_about_tells_of_it(desk: Desk, station: Station, zhao: Phone) -> None:
    first = await visit(zhao, station, "陈奶奶", text="先前的")
    await desk.post(f"{PHONES}/{zhao.device}/revocation", {})
    body = {
        "household": station["陈奶奶"],
        "occurred_at_ms": NOW_MS,
        "mode": "door",
        "result": "met",
        "text": "后来改的",
    }
    zhao.make("visit.corrected", body, entity=first, over={"revision": [first]})
    await zhao.exchange()
    page = words(await desk.get(f"/desk/visits/{station['第三网格']}/{first}"))
    assert "收到了，没有生效：送到时这部手机已经停用。" in page

"""The station master draws grids anew at the desk."""

from __future__ import annotations

import asyncio
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from httpx import Response

from tests.desk.conftest import Desk, desk, leader, station, sun, words, zhao
from tests.journal.conftest import Station
from tests.journal.phone import Phone

__all__ = ["desk", "leader", "station", "sun", "zhao"]
pytestmark = pytest.mark.anyio


async def grids_of(station: Station, name: str) -> list[str]:
    """What somebody looks after."""
    grids: list[str] = json.loads(await station.value(f"SELECT grids FROM person WHERE id = '{station[name]}'"))
    return grids


async def tick(desk: Desk, grid: str, page: Response, *people: str) -> Response:
    """Press 改好了 on a page that may be stale, with these people ticked."""
    form = page.text.split(f'action="/desk/grids/{grid}/people"')[1].split("</form>")[0]
    shown = re.findall(r'name="shown" value="([^"]+)"', form)
    assert sorted(shown) == sorted(re.findall(r'name="people" value="([^"]+)" checked', form))
    return await desk.post(f"/desk/grids/{grid}/people", {"people": [*people], "shown": shown})


async def test_a_grid_is_split_and_its_half_handed_on(station: Station, desk: Desk, zhao: Phone, sun: Phone) -> None:
    await zhao.exchange()
    visit = zhao.visit(station["陈奶奶"], text="没信号时写的").header.id
    assert (await desk.post("/desk/grids", {"name": "第九网格"})).status_code == 303
    nine = await station.value("SELECT id FROM grid WHERE name = '第九网格'")
    three = station["第三网格"]
    moved = await desk.post(f"/desk/grids/{three}/buildings/{station['3幢']}/moves", {"to": nine})
    assert moved.headers["location"] == "/desk/grids?done=moved"
    assigned = await desk.post(f"/desk/grids/{nine}/people", {"people": station["孙立"]})
    assert assigned.status_code == 303
    assert await grids_of(station, "孙立") == [station["第四网格"], nine]
    outcome = (await zhao.exchange())["outcomes"][0]
    assert outcome["outcome"] == "accepted"
    for _ in range(2):
        await sun.exchange()
    assert sun.row("visit", visit)["text"] == "没信号时写的"
    page = await desk.get("/desk/grids?done=moved")
    assert "整栋划过去了" in words(page)
    assert f"/desk/grids/{nine}/buildings/{station['3幢']}/moves" in page.text
    assert await station.refolds()


async def test_a_grid_is_handed_from_one_worker_to_another(station: Station, desk: Desk) -> None:
    three = station["第三网格"]
    assert three in await grids_of(station, "赵敏")
    assert (await tick(desk, three, await desk.get("/desk/grids"), station["孙立"])).status_code == 303
    assert three not in await grids_of(station, "赵敏")
    assert three in await grids_of(station, "孙立")
    size = await station.journal.size()
    await tick(desk, three, await desk.get("/desk/grids"), station["孙立"])
    assert await station.journal.size() == size


async def test_a_stale_page_takes_nothing_back_and_tells_what_changed(station: Station, desk: Desk) -> None:
    four, here = station["第四网格"], [station["孙立"]]
    stale = await desk.get("/desk/grids")
    await tick(desk, four, stale, *here, station["赵敏"])
    told = (await tick(desk, four, stale, *here, station["钱进"])).headers["location"]
    assert {name for name in ("孙立", "赵敏", "钱进") if four in await grids_of(station, name)} == {
        "孙立",
        "赵敏",
        "钱进",
    }
    assert parse_qs(urlsplit(told).query)["came"] == [station["赵敏"]]
    assert "别人让赵敏也管第四网格，照样留着" in words(await desk.get(told))
    await tick(desk, four, await desk.get("/desk/grids"), station["赵敏"], station["钱进"])
    told = (await tick(desk, four, stale, *here)).headers["location"]
    assert "别人让孙立不再管第四网格，没有改回去" in words(await desk.get(told))
    assert four not in await grids_of(station, "孙立")
    assert await station.refolds()


async def test_two_desks_at_one_moment_lose_no_grid(station: Station, desk: Desk) -> None:
    for number in range(5, 9):
        await desk.post("/desk/grids", {"name": f"第{number}网格"})
    new = [row.id for row in await station.rows("SELECT id FROM grid WHERE sort > 4")]
    page = await desk.get("/desk/grids")
    await asyncio.gather(*(tick(desk, grid, page, station["孙立"]) for grid in new))
    assert sorted(await grids_of(station, "孙立")) == sorted([station["第四网格"], *new])
    assert await station.refolds()


async def test_one_press_moves_every_building_of_a_grid(station: Station, desk: Desk, zhao: Phone, sun: Phone) -> None:
    three, four = station["第三网格"], station["第四网格"]
    await station.add("5幢", "building.added", {"quarters": "槐安小区", "name": "5幢", "sort": 5}, three)
    zhao.visit(station["陈奶奶"], text="划走之前写的")
    await zhao.exchange()
    page = await desk.get("/desk/grids")
    assert f'action="/desk/grids/{three}/buildings/moves"' in page.text
    assert f'action="/desk/grids/{four}/buildings/moves"' not in page.text
    size = await station.journal.size()
    moved = await desk.post(f"/desk/grids/{three}/buildings/moves", {"to": four})
    assert moved.headers["location"] == "/desk/grids?done=moved_all"
    assert await station.journal.size() == size + 2
    assert await station.value(f"SELECT count(*) FROM building WHERE grid = '{four}'") == 3
    for _ in range(2):
        await sun.exchange()
    assert sun.row("building", station["5幢"])["name"] == "5幢"
    again = await desk.post(f"/desk/grids/{three}/buildings/moves", {"to": four})
    assert "这次什么也没动" in words(await desk.get(again.headers["location"]))
    assert await station.refolds()


async def test_what_cannot_be_says_so_and_changes_nothing(station: Station, desk: Desk, leader: Desk) -> None:
    size, three = await station.journal.size(), station["第三网格"]
    for name, said in (("", "写一个名字"), ("长" * 61, "写一个名字"), ("第三网格", "同名")):
        answer = await desk.post("/desk/grids", {"name": name})
        assert (answer.status_code, said in answer.text) == (422, True)
    nowhere = "00000000-0000-7000-8000-000000000000"
    for path, form in (
        (f"/desk/grids/{nowhere}/people", {}),
        (f"/desk/grids/{three}/buildings/{nowhere}/moves", {"to": station["第四网格"]}),
        (f"/desk/grids/{three}/buildings/{station['3幢']}/moves", {"to": nowhere}),
        (f"/desk/grids/{three}/buildings/moves", {"to": three}),
        (f"/desk/grids/{three}/buildings/moves", {"to": nowhere}),
        (f"/desk/grids/{station['第四网格']}/buildings/{station['3幢']}/moves", {"to": three}),
    ):
        assert (await desk.post(path, form)).status_code == 404
    assert (await leader.get("/desk/grids")).status_code == 404
    assert await station.journal.size() == size

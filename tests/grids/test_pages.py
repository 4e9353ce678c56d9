"""The station master draws grids anew at the desk."""

from __future__ import annotations

import json

import pytest

from tests.desk.conftest import Desk, desk, empty_sqlite, leader, postgres_server, station, sun, words, zhao
from tests.journal.conftest import Station
from tests.journal.phone import Phone

__all__ = ["desk", "empty_sqlite", "leader", "postgres_server", "station", "sun", "zhao"]
pytestmark = pytest.mark.anyio


async def grids_of(station: Station, name: str) -> list[str]:
    """What somebody looks after."""
    grids: list[str] = json.loads(await station.value(f"SELECT grids FROM person WHERE id = '{station[name]}'"))
    return grids


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
    assert (await desk.post(f"/desk/grids/{three}/people", {"people": station["孙立"]})).status_code == 303
    assert three not in await grids_of(station, "赵敏")
    assert three in await grids_of(station, "孙立")
    size = await station.journal.size()
    await desk.post(f"/desk/grids/{three}/people", {"people": station["孙立"]})
    assert await station.journal.size() == size


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
        (f"/desk/grids/{station['第四网格']}/buildings/{station['3幢']}/moves", {"to": three}),
    ):
        assert (await desk.post(path, form)).status_code == 404
    assert (await leader.get("/desk/grids")).status_code == 404
    assert await station.journal.size() == size

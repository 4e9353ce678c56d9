"""The station master enters who works here, and gives them a phone: a station begins at its desk."""

from __future__ import annotations

import asyncio
import json
import re

import pytest

from tests.desk.conftest import Desk, words
from tests.journal.conftest import Station

pytestmark = pytest.mark.anyio

PEOPLE = "/desk/people"


async def test_a_worker_is_entered_and_given_a_link(desk: Desk, station: Station) -> None:
    page = await desk.get(PEOPLE)
    assert "登记一位" in words(page)
    worker = {"name": " 小　周 ", "role": "grid_worker", "grids": station["第四网格"]}
    answer = await desk.post(PEOPLE, worker)
    assert answer.status_code == 303
    page = await desk.get(answer.headers["location"])
    assert "小周登记好了。再去手机页给一个链接。" in words(page)
    assert "小周 第四网格 还没有手机和电脑" in words(page)
    (row,) = await station.rows("select id, role, grids from person where name = '小周'")
    assert (row.role, json.loads(row.grids)) == ("grid_worker", [station["第四网格"]])
    assert (await desk.post("/desk/phones/links", {"person": row.id})).status_code == 200
    author = f"select author from journal where entity = '{row.id}' and kind = 'person.added'"
    assert await station.value(author) == station["master"]
    assert await station.refolds()


async def test_what_is_amiss_is_said_and_what_was_typed_stays(desk: Desk, station: Station) -> None:
    grid = station["第三网格"]
    for typed, said in (
        ({"name": " ", "role": "grid_worker", "grids": grid}, "还没写名字。"),
        ({"name": "赵 敏", "role": "grid_worker", "grids": grid}, "登记里已经有赵敏了。"),
        ({"name": "王站长", "role": "station_master"}, "登记里已经有王站长了。"),
        ({"name": "周" * 61, "role": "grid_worker", "grids": grid}, "名字太长"),
        ({"name": "小周", "role": "grid_worker"}, "选一个网格，至少一个。"),
        ({"name": "小周", "role": "admin", "grids": grid}, "选一下做什么。"),
    ):
        page = await desk.post(PEOPLE, typed)
        assert (page.status_code, said in words(page)) == (400, True), said
        assert 'role="alert"' in page.text
        assert f'value="{typed["name"].replace(" ", "")}"' in page.text
        if "grids" in typed:
            assert f'value="{grid}" checked' in page.text
    english = await desk.post(PEOPLE, {"name": "小周", "role": "grid_worker"}, lang="en")
    assert "Choose at least one grid." in words(english)
    assert not re.search(r"people\.[a-z]", words(english))
    assert await station.value("select count(*) from person") == 5


async def test_a_station_master_needs_no_grids_named(desk: Desk, station: Station) -> None:
    answer = await desk.post(PEOPLE, {"name": "刘站长", "role": "station_master"})
    page = words(await desk.get(answer.headers["location"]))
    assert "刘站长登记好了。再给电脑一个链接。 打开刘站长" in page
    grids = json.loads(await station.value("select grids from person where name = '刘站长'"))
    assert grids == [station["第三网格"], station["第四网格"]]


async def test_pressed_twice_it_is_one_person(desk: Desk, station: Station) -> None:
    worker = {"name": "小周", "role": "grid_worker", "grids": station["第三网格"]}
    await asyncio.gather(*[desk.post(PEOPLE, worker) for _ in range(4)])
    assert await station.value("select count(*) from person where name = '小周'") == 1
    assert await station.refolds()


async def test_only_the_station_enters_people_and_only_in_its_own_grids(
    desk: Desk, leader: Desk, station: Station
) -> None:
    far = await station.add("远社区", "community.added", {"name": "远社区"})
    grid = await station.add("远网格", "grid.added", {"community": far, "name": "第一网格", "sort": 1})
    stranger = {"name": "外人", "role": "grid_worker", "community": far, "grids": [grid]}
    await station.add("外人", "person.added", stranger)
    worker = {"name": "小周", "role": "grid_worker", "grids": grid}
    assert (await desk.post(PEOPLE, worker)).status_code == 404
    assert (await leader.post(PEOPLE, {**worker, "grids": station["第三网格"]})).status_code == 404
    assert "外人" not in words(await desk.get(f"{PEOPLE}?added={station['外人']}"))
    # Another community's 外人 is no reason against one here.
    assert (await desk.post(PEOPLE, {**worker, "name": "外人", "grids": station["第三网格"]})).status_code == 303

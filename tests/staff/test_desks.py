"""Where each desk opens and what is closed to it, numbers for the district, a community begun in the browser."""

from __future__ import annotations

import pytest

from tests.desk.conftest import Desk, sign_in, visit, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone
from tests.staff.conftest import somebody

pytestmark = pytest.mark.anyio

OF_RESIDENTS = (
    "/desk/visits",
    "/desk/capsules",
    "/desk/boards",
    "/desk/conflicts",
    "/desk/imports",
    "/desk/visits/arrivals?since=0",
)
HOMES = {
    "admin": "/desk/people",
    "supervisor": "/desk/figures",
    "dispatcher": "/desk/home",
    "committee_member": "/desk/home",
    "dept_handler": "/desk/home",
}


@pytest.mark.parametrize("role", HOMES)
async def test_every_desk_opens_on_a_page_of_its_own_and_on_nothing_of_residents(
    station: Station, zhao: Phone, role: str
) -> None:
    known = await visit(zhao, station, "陈奶奶", text="膝盖还是不好")
    grid = station["第三网格"]
    await somebody(station, "谁", role, grids=[grid])
    theirs = await sign_in(station, "谁")
    for path in ("/", "/desk", "/field/"):
        answer = await theirs.get(path)
        while answer.status_code == 303:
            path = answer.headers["location"]
            answer = await theirs.get(path)
        assert (answer.status_code, path) == (200, HOMES[role])
        assert "陈奶奶" not in answer.text
        assert "膝盖" not in answer.text
    for path in (*OF_RESIDENTS, f"/desk/visits/{grid}/{known}", f"/desk/households/{grid}/{station['陈奶奶']}"):
        assert (await theirs.get(path)).status_code == 404, path
    assert (await theirs.get("/desk/me")).status_code == 200
    english = words(await theirs.get(HOMES[role], lang="en"))
    assert "people." not in english


async def test_an_administrator_arranges_people_and_grids_without_reading_of_homes(
    admin: Desk, station: Station
) -> None:
    for path in ("/desk/people", "/desk/phones", "/desk/backups", "/desk/grids"):
        page = await admin.get(path)
        assert page.status_code == 200, path
        assert "陈奶奶" not in page.text
    assert (await admin.post("/desk/grids", {"name": "第五网格"})).status_code == 303
    people = f"/desk/grids/{station['第三网格']}/people"
    assert (await admin.post(people, {"people": station["孙立"]})).status_code == 303


async def test_the_district_sees_numbers_and_opens_a_record_with_a_reason(
    supervisor: Desk, desk: Desk, station: Station, zhao: Phone, sun: Phone
) -> None:
    await visit(zhao, station, "陈奶奶", text="膝盖还是不好")
    await visit(zhao, station, "马师傅", "no_answer")
    await visit(sun, station, "吴大爷")
    page = words(await supervisor.get("/desk/figures"))
    assert "第三网格 3 0 0 0 0 0 2 1 户见到 第四网格 1 0 0 0 0 0 1 1 户见到 合计 4 0 0 0 0 0 3 2 户见到" in page
    assert not any(name in page for name in ("赵敏", "孙立", "陈奶奶"))
    size = await station.journal.size()
    three = station["第三网格"]
    for typed, said in (
        ({"grid": three, "door": "3幢2单元501", "reason": " "}, "写一下为什么"),
        ({"grid": three, "door": "9幢9单元9", "reason": "信访"}, "没有找到这一户"),
        ({"grid": "x", "door": "3幢2单元501", "reason": "信访"}, "选一个网格。"),
    ):
        refused = await supervisor.post("/desk/records", typed)
        assert (refused.status_code, said in words(refused), "膝盖" in refused.text) == (400, True, False)
    assert await station.journal.size() == size
    await visit(zhao, station, "陈奶奶", text="这句只给站里", private=True)
    answer = await supervisor.post("/desk/records", {"grid": three, "door": "3-2-501", "reason": "信访件 12 号"})
    (row,) = await station.rows("SELECT kind, entity, author FROM journal ORDER BY position DESC LIMIT 1")
    assert tuple(row) == ("record.opened", station["陈奶奶"], station["贺督导"])
    record = await supervisor.get(answer.headers["location"])
    assert "膝盖还是不好" in words(record)
    assert "信访件 12 号" in words(record)
    assert "这句只给站里" not in record.text
    looked = await station.rows("SELECT what, words, household FROM access_record")
    assert ("district", "信访件 12 号", station["陈奶奶"]) in [tuple(row) for row in looked]
    assert (await desk.get(answer.headers["location"])).status_code == 404
    await somebody(station, "秦督导", "supervisor")
    other = await sign_in(station, "秦督导")
    assert (await other.get(answer.headers["location"])).status_code == 404, "to whoever said why, and nobody else"
    station.now_ms += 31 * 60_000
    assert (await supervisor.get(answer.headers["location"])).status_code == 404
    assert await station.refolds()


async def test_an_administrator_without_a_community_begins_one(station: Station) -> None:
    await station.add("初管理员", "person.added", {"name": "初管理员", "role": "admin", "grids": []})
    first = await sign_in(station, "初管理员")
    assert (await first.get("/desk/people")).headers["location"] == "/desk/beginning"
    page = await first.get("/desk/beginning")
    assert "第八网格" in page.text
    for typed, said in (
        ({"community": " ", "grids": "一", "master": "张站长"}, "写社区名字"),
        ({"community": "北渠社区", "grids": "一\n一", "master": "张站长"}, "有两个网格同名。"),
        ({"community": "北渠社区", "grids": "", "master": "张站长"}, "至少写一个网格"),
        ({"community": "北渠社区", "grids": "一", "master": ""}, "写站长的名字"),
    ):
        refused = await first.post("/desk/beginning", typed)
        assert (refused.status_code, said in words(refused)) == (400, True), said
        assert typed["community"].strip() in refused.text
    whole = {"community": "北渠社区", "street": "北渠街道", "grids": "东网格\n西网格", "master": "张站长"}
    answer = await first.post("/desk/beginning", whole)
    assert "张站长登记好了。再给电脑一个链接。" in words(await first.get(answer.headers["location"]))
    assert (await first.get("/")).headers["location"] == "/desk/people"
    assert (await first.post("/desk/beginning", whole)).headers["location"] == "/desk/people"
    assert await station.value("SELECT count(*) FROM community") == 2
    grids = "SELECT g.name FROM grid g JOIN community c ON c.id = g.community WHERE c.name = '北渠社区' ORDER BY g.sort"
    assert await station.rows(grids) == [("东网格",), ("西网格",)]
    assert await station.refolds()

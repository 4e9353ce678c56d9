"""What somebody is, and whether they work here: said by others, never by themselves, and at once."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from sqlalchemy import select

from server import schema, sessions
from server.join.store import create_link
from tests.desk.conftest import Desk, sign_in, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone
from tests.passkeys.somebody import Somebody
from tests.staff.conftest import somebody

pytestmark = pytest.mark.anyio


async def person(station: Station, name: str) -> dict[str, Any]:
    """Somebody's row."""
    async with station.db.reading() as db:
        query = select(schema.person).where(schema.person.c.id == station[name])
        return dict((await db.execute(query)).mappings().one())


async def test_a_worker_becomes_a_leader_and_their_phone_follows(desk: Desk, station: Station, zhao: Phone) -> None:
    path, both = f"/desk/people/{station['赵敏']}", [station["第三网格"], station["第四网格"]]
    answer = await desk.post(f"{path}/role", {"role": "grid_leader", "grids": both})
    page = words(await desk.get(answer.headers["location"]))
    assert "赵敏，网格长" in page
    assert "改好了。" in page
    row = await person(station, "赵敏")
    assert (row["role"], json.loads(row["grids"])) == ("grid_leader", both)
    await zhao.exchange()
    reply = await zhao.exchange()
    assert {f"grid:{grid}" for grid in both} <= {each["scope"] for each in reply["scopes"]}
    # Whoever sits at a desk from now on is sent no home any more.
    await desk.post(f"{path}/role", {"role": "dispatcher"})
    reply = await zhao.exchange()
    assert [each["scope"] for each in reply["scopes"]] == []
    assert set(reply["gone"]) == {f"grid:{grid}" for grid in both}
    assert await station.refolds()


async def test_a_role_without_what_it_is_for_is_told_and_what_was_ticked_stays(desk: Desk, station: Station) -> None:
    path = f"/desk/people/{station['赵敏']}/role"
    for typed, said in (
        ({"role": "grid_worker"}, "选一个网格，至少一个。"),
        ({"role": "volunteer", "grids": station["第三网格"]}, "选一栋楼，至少一栋。"),
        ({"role": "dept_handler"}, "选一个部门。"),
        ({"role": "king"}, "选一下做什么。"),
        ({"role": "admin"}, "选一下做什么。"),
    ):
        page = await desk.post(path, typed)
        assert (page.status_code, said in words(page)) == (400, True), typed
    assert (await person(station, "赵敏"))["role"] == "grid_worker"
    await desk.post("/desk/departments", {"name": "物业科"})
    (department,) = await station.rows("SELECT id FROM department")
    for typed in (
        {"role": "volunteer", "buildings": station["3幢"]},
        {"role": "dept_handler", "department": department.id},
    ):
        assert (await desk.post(path, typed)).status_code == 303
    row = await person(station, "赵敏")
    assert (row["role"], row["buildings"], row["grids"], row["department"]) == (
        "dept_handler",
        "[]",
        "[]",
        department.id,
    )
    assert "赵敏 物业科" in words(await desk.get("/desk/people"))


async def test_nobody_raises_or_ends_themselves_and_only_admins_touch_admins(
    desk: Desk, admin: Desk, leader: Desk, station: Station
) -> None:
    master, keeper, worker = (f"/desk/people/{station[name]}" for name in ("master", "方管理员", "赵敏"))
    size = await station.journal.size()
    for path in ("/role", "/end", "/return", "/link", "/sessions"):
        assert (await desk.post(f"{master}{path}", {"role": "grid_leader"})).status_code == 404, path
        assert (await desk.post(f"{keeper}{path}", {"role": "grid_leader"})).status_code == 404, path
        assert (await leader.post(f"{worker}{path}", {"role": "grid_leader"})).status_code == 404, path
        assert (await admin.post(f"{keeper}{path}", {"role": "station_master"})).status_code == 404, path
    assert await station.journal.size() == size
    assert (await admin.post(f"{master}/end", {})).status_code == 303
    assert (await desk.get("/desk/visits")).status_code == 401, "the session ended with its person"
    assert (await admin.post(f"{worker}/role", {"role": "supervisor"})).status_code == 303
    assert await station.refolds()


async def test_another_communitys_people_are_not_there(desk: Desk, station: Station) -> None:
    far = await station.add("远社区", "community.added", {"name": "远社区"})
    await station.add("外人", "person.added", {"name": "外人", "role": "grid_worker", "community": far, "grids": []})
    nobody = "019a0b1c-0000-7000-8000-00000000ffff"
    answers = [await desk.get(f"/desk/people/{each}") for each in (station["外人"], nobody)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert len({re.sub(r"编号 \w{8}", "", answer.text) for answer in answers}) == 1
    assert (await desk.post(f"/desk/people/{station['外人']}/end", {})).status_code == 404


async def test_whoever_leaves_is_out_at_once_and_what_they_did_stands(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    done = zhao.visit(station["陈奶奶"], text="还在的时候").header.id
    await zhao.exchange()
    hers = await sign_in(station, "赵敏")
    async with station.db.writing() as db:
        token = await create_link(db, station["赵敏"], "phone", station.now_ms)
    assert (await hers.get("/field/")).status_code == 200
    late = zhao.visit(station["马师傅"], text="走了以后")
    page = await desk.post(f"/desk/people/{station['赵敏']}/end", {})
    shown = await desk.get(page.headers["location"])
    assert "赵敏，网格员，已停用" in words(shown)
    assert f'action="/desk/people/{station["赵敏"]}/return"' in shown.text
    assert (await hers.get("/field/")).status_code == 401
    assert (await station.http.get(f"/join/{token}")).status_code == 410
    reply = await zhao.exchange()
    assert reply["revoked"] is True
    assert [(each["outcome"], each["reason"]) for each in reply["outcomes"]] == [("quarantined", "revoked")]
    assert reply["scopes"] == []
    assert await station.rows("SELECT id FROM visit") == [(done,)]
    assert "赵敏" in words(await desk.get("/desk/people")).split("停用的人")[1]
    assert "赵敏" not in words(await desk.get("/desk/phones"))
    await desk.post(f"/desk/people/{station['赵敏']}/return", {})
    zhao.visit(station["陈奶奶"], text="又回来了")
    reply = await zhao.exchange()
    assert [each["outcome"] for each in reply["outcomes"]] == ["accepted"]
    assert late.header.id not in {row[0] for row in await station.rows("SELECT id FROM visit")}
    assert (await station.http.get(f"/join/{token}")).status_code == 410, "links that were made before stay void"
    assert await station.refolds()


async def test_passkeys_end_with_their_person_and_stay_so(desk: Desk, station: Station) -> None:
    li = Somebody(station, "李网格长")
    assert (await li.begin()).status_code == 200
    path = f"/desk/people/{station['李网格长']}"
    assert "1 把通行密钥" in words(await desk.get("/desk/people"))
    assert (await desk.post(f"{path}/end", {})).status_code == 303
    assert (await li.page()).status_code == 401
    assert (await li.come_in()).status_code == 403
    assert (await desk.post(f"{path}/return", {})).status_code == 303
    assert (await li.come_in()).status_code == 403
    assert await station.refolds()


async def test_anothers_sessions_are_counted_and_ended_and_a_key_taken_away(desk: Desk, station: Station) -> None:
    li, path = Somebody(station, "李网格长"), f"/desk/people/{station['李网格长']}"
    await li.begin()
    async with station.db.writing() as db:
        link = await sessions.begin(db, station["李网格长"], station.now_ms, "a link without a phone", use="field")
    walking = Desk(station.http, {sessions.cookie_name(station.settings): link})
    assert (await walking.get("/field/")).status_code == 200
    assert "现在有 2 处登录着。" in words(await desk.get(path))
    await desk.post(f"{path}/sessions", {})
    assert (await walking.get("/field/")).status_code == 401
    assert (await li.page()).status_code == 401
    assert "现在没有登录着。" in words(await desk.get(path))
    assert (await li.come_in()).status_code == 200
    (key,) = await station.rows("SELECT id FROM passkey")
    assert (await desk.post(f"{path}/passkeys/{key.id}/removal", {})).status_code == 303
    assert (await li.page()).status_code == 401
    assert (await li.come_in()).status_code == 403
    assert (await desk.post(f"{path}/passkeys/{key.id}/removal", {})).status_code == 404


async def test_what_gives_rights_waits_for_a_passkey_and_what_takes_them_does_not(station: Station) -> None:
    master = Somebody(station, "master")
    await master.begin()
    station.now_ms += 11 * 60_000
    path = f"/desk/people/{station['赵敏']}"
    grid = station["第三网格"]
    gives = (
        (f"{path}/role", {"role": "grid_leader", "grids": grid}),
        (f"{path}/return", {"x": "1"}),
        (f"{path}/link", {"x": "1"}),
        (f"{path}/stand-in", {"by": station["钱进"], "from_on": "2026-11-20", "until_on": "2026-11-20"}),
        ("/desk/people", {"name": "小周", "role": "grid_worker", "grids": grid}),
        ("/desk/recoveries", {"person": station["李网格长"], "reason": "丢了"}),
    )
    for address, form in gives:
        assert (await master.post(address, **form)).status_code == 403, address
    assert (await master.post(f"{path}/end", x="1")).status_code == 303
    await master.confirm()
    assert (await master.post(f"{path}/return", x="1")).status_code == 303


async def test_the_first_desk_link_is_one_managers_and_shown_once(desk: Desk, station: Station) -> None:
    await somebody(station, "丁调度", "dispatcher")
    path = f"/desk/people/{station['丁调度']}"
    shown = await desk.post(f"{path}/link", {})
    address = shown.text.split("/join/")[1].split('"')[0]
    assert address not in (await desk.get(path)).text
    again = await desk.post(f"{path}/link", {})
    assert (await station.http.get(f"/join/{address}")).status_code == 410, "a newer link takes the older one's place"
    ding = Somebody(station, "丁调度")
    token = again.text.split("/join/")[1].split('"')[0]
    options = (await ding.post(f"/join/{token}/passkey/options")).json()
    made = ding.authenticator.make(options)
    assert (await ding.post(f"/join/{token}/passkey", {"credential": made})).status_code == 200
    assert (await ding.page("/desk")).headers["location"] == "/desk/home"
    assert "丁调度，您好。" in words(await ding.page("/desk/home"))
    refused = await desk.post(f"{path}/link", {})
    assert (refused.status_code, "/join/" in refused.text) == (409, False)
    assert "要两个人一起放进来" in words(refused)


async def test_people_are_found_by_name_role_and_grid(desk: Desk, station: Station) -> None:
    listed = words(await desk.get(f"/desk/people?grid={station['第四网格']}&role=grid_worker"))
    assert "孙立 第四网格" in listed
    assert "赵敏 第三网格" not in listed
    assert "赵敏 第三网格" in words(await desk.get("/desk/people?q=赵"))
    assert "没有这样的人。" in words(await desk.get("/desk/people?q=没有"))
    english = words(await desk.get("/desk/people", lang="en"))
    assert "people work here, nobody is away." in english

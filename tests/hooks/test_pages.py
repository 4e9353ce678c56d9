"""The robots' page: what each said last, a test of it, and whose it is to see."""

from __future__ import annotations

import pytest

from tests.desk.conftest import DAY_MS, Desk, sign_in, words
from tests.hooks.group import DING_SECRET, FEI_SECRET, HOOK, KEY, TOKEN, Group
from tests.journal.conftest import Station

pytestmark = pytest.mark.anyio


async def test_a_test_is_said_at_once_and_the_page_tells_how_it_went(
    desk: Desk, station: Station, group: Group, capsys: pytest.CaptureFixture[str]
) -> None:
    page = await desk.get("/desk/robots")
    assert "3 个群机器人，没有送不到的。" in words(page)
    assert "别处的群" not in page.text
    assert words(page).count("还没说过话") == 3
    (ding,) = [each for each in station.settings.robots if each.vendor == "dingtalk"]
    answer = await desk.post(f"/desk/robots/{ding.id}/tests", {})
    assert answer.status_code == 303
    page = await desk.get(answer.headers["location"])
    assert "站长群收下了。请到群里看一眼。" in words(page)
    assert group.read["dingtalk"][0].startswith("【四访】这是试发的。")
    await desk.post(f"/desk/robots/{ding.id}/tests", {})
    await station.app.state.hooks.look()
    assert len(group.everything()) == 2
    group.trouble = "often"
    answer = await desk.post(f"/desk/robots/{ding.id}/tests", {})
    assert "站长群没收下。" in words(await desk.get(answer.headers["location"]))
    station.now_ms += DAY_MS
    await station.app.state.hooks.look()
    assert len(group.asked) == 3, "a test is tried once"
    told = capsys.readouterr().err
    assert '"event": "hook.sent", "outcome": "ok"' in told
    assert f'"robot": "{ding.id}"' in told
    for secret in (KEY, TOKEN, HOOK, DING_SECRET, FEI_SECRET):
        assert secret not in told + page.text + repr(station.settings)


async def test_whose_community_it_is_not_neither_sees_nor_tries_its_robots(
    desk: Desk, leader: Desk, station: Station, group: Group
) -> None:
    (far,) = [each for each in station.settings.robots if each.community == "晨光里社区"]
    assert (await desk.post(f"/desk/robots/{far.id}/tests", {})).status_code == 404
    assert (await desk.post("/desk/robots/r000000000000000/tests", {})).status_code == 404
    own = station.settings.robots[0]
    body = {"name": "方管理员", "role": "admin", "community": station["community"], "grids": []}
    await station.add("方管理员", "person.added", body)
    admin = await sign_in(station, "方管理员")
    assert (await admin.post(f"/desk/robots/{own.id}/tests", {})).status_code == 303
    for nobody in (leader, await sign_in(station, "赵敏")):
        assert (await nobody.get("/desk/robots")).status_code in (403, 404)
        assert (await nobody.post(f"/desk/robots/{own.id}/tests", {})).status_code in (403, 404)
    assert len(group.asked) == 1

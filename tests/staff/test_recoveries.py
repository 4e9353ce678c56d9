"""Somebody lost every passkey: two others let them in again, and what opened before opens nothing any more."""

from __future__ import annotations

import pytest

from tests.desk.conftest import DAY_MS, Desk, sign_in, words
from tests.journal.conftest import Station
from tests.passkeys.authenticator import Authenticator
from tests.passkeys.somebody import Somebody
from tests.staff.conftest import somebody

pytestmark = pytest.mark.anyio


async def asked(desk: Desk, station: Station, name: str) -> str:
    """Somebody is asked for; the request's id."""
    answer = await desk.post("/desk/recoveries", {"person": station[name], "reason": "电脑坏了，当面核对过"})
    assert answer.status_code == 303, words(answer)
    return str(await station.value("SELECT id FROM recovery ORDER BY rev DESC LIMIT 1"))


async def test_two_others_let_somebody_in_and_everything_older_ends(
    desk: Desk, leader: Desk, admin: Desk, station: Station
) -> None:
    await somebody(station, "刘站长", "station_master")
    liu = Somebody(station, "刘站长")
    await liu.begin()
    request = await asked(desk, station, "刘站长")
    path = f"/desk/recoveries/{request}/confirmation"
    assert (await desk.post(path, {})).status_code == 409, "the first alone does not do"
    assert "等另一个人确认" in words(await desk.get("/desk/recoveries"))
    assert (await liu.post(path, x="1")).status_code == 409, "least of all by themselves"
    assert await station.value("SELECT count(*) FROM join_link WHERE used_ms IS NULL") == 0
    shown = await leader.post(path, {})
    assert "给刘站长的一次性链接" in words(shown)
    token = shown.text.split("/join/")[1].split('"')[0]
    assert (await admin.post(path, {})).status_code == 409, "confirmed once"
    assert (await liu.page()).status_code == 200, "nothing ends before the link is used"
    again = Somebody(station, "刘站长", Authenticator())
    options = (await again.post(f"/join/{token}/passkey/options")).json()
    made = again.authenticator.make(options)
    assert (await again.post(f"/join/{token}/passkey", {"credential": made})).status_code == 200
    assert (await again.page()).status_code == 200
    assert (await liu.page()).status_code == 401
    assert (await liu.come_in()).status_code == 403
    assert await station.value(f"SELECT ended_as FROM recovery WHERE id = '{request}'") == "used"
    assert (await again.post(f"/join/{token}/passkey/options")).status_code == 410
    assert await station.refolds()


async def test_a_request_that_is_dropped_or_too_old_opens_nothing(desk: Desk, leader: Desk, station: Station) -> None:
    await somebody(station, "丁调度", "dispatcher")
    first = await asked(desk, station, "丁调度")
    shown = await leader.post(f"/desk/recoveries/{first}/confirmation", {})
    token = shown.text.split("/join/")[1].split('"')[0]
    assert (await desk.post(f"/desk/recoveries/{first}/drop", {})).status_code == 303
    assert (await station.http.get(f"/join/{token}")).status_code == 410
    second = await asked(desk, station, "丁调度")
    station.now_ms += DAY_MS + 1
    leader = await sign_in(station, "李网格长")
    assert (await leader.post(f"/desk/recoveries/{second}/confirmation", {})).status_code == 409
    assert "没有人等着。" in words(await leader.get("/desk/recoveries"))
    assert await station.refolds()


async def test_who_may_ask_and_for_whom(desk: Desk, leader: Desk, supervisor: Desk, station: Station) -> None:
    for person, reason in ((station["master"], "我自己"), (station["赵敏"], "没有工作台"), (station["李网格长"], " ")):
        page = await desk.post("/desk/recoveries", {"person": person, "reason": reason})
        assert page.status_code == 400
    assert (await supervisor.get("/desk/recoveries")).status_code == 404
    assert await station.value("SELECT count(*) FROM recovery") == 0
    assert (await leader.get("/desk/recoveries")).status_code == 200

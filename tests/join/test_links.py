"""A one-time link bears its secret in its address: it opens once, for ten minutes, and nobody finds it afterwards."""

from __future__ import annotations

import logging
import re

import pytest
from httpx import Response

from server.join.store import LINK_MS
from server.sessions import hashed
from tests.desk.conftest import Desk
from tests.join.handset import Handset, desk_link, phones, say
from tests.join.test_join import OURS, enrol, link, new_key
from tests.journal.conftest import Station

pytestmark = pytest.mark.anyio
STEPS = ("meeting", "device", "session", "passkey", "passkey/options")


async def every_step(station: Station, path: str) -> list[Response]:
    """Whatever can be asked behind a link, by somebody who has nothing but its address."""
    stranger = Handset(station, "203.0.113.9")
    answers = [await stranger.http.get(path), await stranger.press(path), await enrol(station, path, new_key())]
    return answers + [await stranger.http.post(f"{path}/{step}", json={}) for step in STEPS]


async def test_a_used_link_opens_nothing(station: Station, desk: Desk) -> None:
    """The phone's by comparing, the phone's of the server's shell, and the desk's."""
    compared, shell, own = await desk_link(station), await link(station, "钱进"), await link(station, "master", "desk")
    phone = Handset(station)
    await phone.press(compared)
    await say(desk, "same")
    assert (await phone.ask(compared)).status_code == 200
    assert (await enrol(station, shell, new_key())).status_code == 200
    token = hashed(own.rpartition("/")[2])
    async with station.db.writing() as db:
        await db.exec_driver_sql(f"UPDATE join_link SET used_ms = {station.now_ms} WHERE token_hash = '{token}'")
    before = await phones(station), await station.value("SELECT COUNT(*) FROM session")
    for path in (compared, shell, own):
        for answer in await every_step(station, path):
            assert "set-cookie" not in answer.headers, (path, answer.url)
            assert answer.status_code >= 400 or answer.request.method == "GET", (path, answer.url)
    assert (await phones(station), await station.value("SELECT COUNT(*) FROM session")) == before


async def test_a_link_that_nobody_used_opens_nothing_after_ten_minutes(station: Station) -> None:
    assert LINK_MS == 10 * 60 * 1000
    paths = [await desk_link(station), await link(station, "钱进"), await link(station, "master", "desk")]
    station.now_ms += LINK_MS
    for path in paths:
        for answer in await every_step(station, path):
            assert answer.status_code in (400, 410), answer.url
            assert "set-cookie" not in answer.headers


async def test_the_secret_of_a_link_stands_in_no_line_of_the_log(
    station: Station, desk: Desk, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    # What a process keeps of other libraries (`events.take_over`); the test's own client says more below it.
    caplog.set_level(logging.WARNING)
    capfd.readouterr()
    made = await desk.post("/desk/phones/links", {"person": station["赵敏"]})
    shown = re.search(r"/join/([\w-]{22})", made.text)
    assert shown
    paths = [f"/join/{shown[1]}", await link(station, "钱进"), await link(station, "master", "desk")]
    for path in paths:
        phone = Handset(station)
        answers = [await phone.http.get(path), await phone.press(path), await enrol(station, path, new_key())]
        answers += await every_step(station, path)
        answers.append(await phone.http.post(f"{path}/session", headers={"Sec-Fetch-Site": "cross-site"}))
        answers.append(await phone.http.request("DELETE", path, headers=OURS))
        for answer in answers:
            assert answer.headers["referrer-policy"] == "no-referrer", answer.url
            assert answer.headers["cache-control"] == "no-store", answer.url
            assert path not in answer.headers.get("location", "")
    station.now_ms += LINK_MS
    for path in paths:
        await every_step(station, path)
    out, err = capfd.readouterr()
    said = out + err + caplog.text
    assert '"join.refused"' in err
    assert '"link.made"' in err
    assert '"route": "/join/{token}/device"' in err
    for path in paths:
        token = path.rpartition("/")[2]
        assert len(token) == 22
        # Not the whole of it, nor half.
        assert [part for part in (token, token[:11], token[11:], hashed(token)) if part in said] == []


async def test_no_table_holds_the_secret_of_a_link(station: Station) -> None:
    token = (await link(station)).rpartition("/")[2]
    rows = await station.rows("SELECT * FROM join_link")
    assert [row for row in rows if token in str(tuple(row))] == []
    assert [row for row in rows if hashed(token) in str(tuple(row))]

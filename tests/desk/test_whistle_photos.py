"""Photos of a whistle: a department shows how it is afterwards, whoever looked shows what they saw; nobody has to."""

from __future__ import annotations

import json
import re
from typing import Any

import httpx
import pytest

from server.blobs.store import name_of
from tests.blobs.pictures import GPS, jpeg, jpeg_segment
from tests.desk.conftest import Desk, words
from tests.desk.test_whistles import at, blow, people, press, sent_to
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio

CAMERA = jpeg(extra=jpeg_segment(0xE1, GPS))


async def resolve(desk: Desk, page: str, *photos: bytes, **more: Any) -> httpx.Response:
    """The department says that it is done, and sends these files."""
    hidden = dict(re.findall(r'name="(seen|edit)" value="([^"]*)"', (await desk.get(page)).text))
    said = {**hidden, "to": "resolved", "note": "线剪了，装了充电桩", **more}
    files = [("photos", ("a.jpg", each, "image/jpeg")) for each in photos]
    headers = {**desk._headers(piece=False, lang="zh", accept="text/html"), "Sec-Fetch-Site": "same-origin"}
    return await desk.http.post(f"{page}/moves", data=said, files=files, headers=headers)


async def worked_on(station: Station, zhao: Phone) -> tuple[str, Desk, Desk]:
    """A whistle that a department has begun with."""
    mei, wei, _ = await people(station)
    page = at(station, await blow(zhao, station))
    await press(mei, page, "dispatched", **sent_to(station, "消防"))
    for to in ("accepted", "in_progress"):
        await press(wei, page, to)
    return page, mei, wei


async def test_a_department_shows_how_it_is_afterwards_and_not_where_the_camera_was(
    station: Station, zhao: Phone, leader: Desk
) -> None:
    page, mei, wei = await worked_on(station, zhao)
    assert (await resolve(wei, page, CAMERA)).status_code == 303
    name = name_of(jpeg())
    whistle = page.rsplit("/", 1)[1]
    for reader in (wei, mei, leader):
        told = await reader.get(page)
        assert "办好以后" in words(told)
        assert told.text.count(f'<img src="/blobs/{name}?whistle={whistle}"') == 2, "by the result, and on the way"
        shown = await reader.get(f"/blobs/{name}?whistle={whistle}")
        assert shown.content == jpeg(), "what the camera wrote beside it is gone"
    await zhao.exchange()
    (resolved,) = [each for each in zhao.row("whistle", whistle)["story"] if each.get("to") == "resolved"]
    assert [blob["sha256"] for blob in resolved["blobs"]] == [name]
    assert await station.refolds()


async def test_a_photo_that_is_not_taken_costs_no_word_and_no_step(station: Station, zhao: Phone) -> None:
    page, _, wei = await worked_on(station, zhao)
    for files, why in (
        ((b"<script>",), "这不是能收的照片或录音"),
        ((jpeg(5000, 9),), "边长不能超过"),
        ((b"\xff\xd8\xff" + b"x" * 2 * 1024 * 1024,), "最多 2 MB"),
        (tuple(jpeg(8, height) for height in range(1, 5)), "最多 3 张照片"),
    ):
        answer = await resolve(wei, page, *files)
        assert answer.status_code == 422
        assert why in words(answer)
        assert "线剪了，装了充电桩" in answer.text
    assert [tuple(row) for row in await station.rows("SELECT state FROM whistle")] == [("in_progress",)]
    assert not [path for path in station.settings.blobs.rglob("*") if path.is_file()]
    assert (await resolve(wei, page)).status_code == 303, "none is asked for"
    (row,) = await station.rows("SELECT story FROM whistle")
    assert [each.get("blobs") for each in json.loads(row[0])][-1] is None


async def test_what_a_phone_has_not_sent_yet_is_said_to_be_on_its_way(
    station: Station, zhao: Phone, desk: Desk
) -> None:
    page, _, wei = await worked_on(station, zhao)
    await resolve(wei, page)
    await press(desk, page, "verifying")
    await zhao.exchange()
    whistle = page.rsplit("/", 1)[1]
    name = name_of(b"still on the phone")
    blob = {"sha256": name, "type": "image/jpeg", "bytes": 9}
    step = zhao.row("whistle", whistle)["step"]
    zhao.make("whistle.moved", {"to": "revisit", "blobs": [blob]}, entity=whistle, over={"step": [step]})
    await zhao.exchange()
    told = await desk.get(page)
    assert "还在路上" in words(told)
    assert name not in told.text

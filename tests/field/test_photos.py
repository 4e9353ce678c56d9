"""Photos from a browser that keeps nothing: cleaned by the server, and never at the cost of what was written."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from server.blobs.store import name_of
from tests.blobs.pictures import GPS, WEBM, jpeg, jpeg_segment, png
from tests.field.conftest import Station

pytestmark = pytest.mark.anyio

CAMERA = jpeg(extra=jpeg_segment(0xE1, GPS))
VISIT = {"result": "met", "mode": "door", "text": "灯修好了"}


async def send(station: Station, files: list[tuple[str, bytes]], path: str = "", **more: Any) -> httpx.Response:
    """Zhao sends the form with these files."""
    path = path or f"/field/households/{station.id['陈奶奶家']}/visits"
    chosen = [(name, (f"{at}.bin", data, "application/octet-stream")) for at, (name, data) in enumerate(files)]
    headers = {"sec-fetch-site": "same-origin"}
    return await station.zhao.post(path, data={**VISIT, **more}, files=chosen or None, headers=headers)


async def newest(station: Station) -> dict[str, Any]:
    """The visit that came last, with its blobs read."""
    row = max(await station.rows("visit"), key=lambda each: each["rev"])
    return {**row, "blobs": json.loads(row["blobs"])}


async def test_a_photo_comes_with_the_form_and_loses_where_it_was_taken(station: Station) -> None:
    assert (await send(station, [("photos", CAMERA), ("voices", WEBM)])).status_code == 303
    visit = await newest(station)
    photo, voice = visit["blobs"]
    assert (photo["sha256"], photo["type"], photo["bytes"]) == (name_of(jpeg()), "image/jpeg", len(jpeg()))
    assert voice["type"] == "audio/webm"
    shown = await station.get(f"/blobs/{photo['sha256']}?visit={visit['id']}")
    assert shown.content == jpeg()
    page = (await station.get(f"/field/visits/{visit['id']}")).text
    assert f'src="/blobs/{photo["sha256"]}?visit={visit["id"]}' in page
    assert "1 张照片；1 段录音" in page
    assert "还没送到" not in page


async def test_what_is_no_photo_is_said_and_no_word_is_lost(station: Station) -> None:
    before = await station.size()
    many = [("photos", png(2, height)) for height in range(1, 5)]
    for files, why in (
        ([("photos", b"<script>")], "这不是能收的照片或录音"),
        ([("photos", jpeg(5000, 9))], "边长不能超过"),
        ([("photos", b"\xff\xd8\xff" + b"x" * 2 * 1024 * 1024)], "最多 2 MB"),
        (many, "最多 3 张照片"),
    ):
        answer = await send(station, files)
        assert answer.status_code == 422
        assert why in answer.text
        assert "灯修好了" in answer.text
    assert await station.size() == before
    assert not [path for path in station.settings.blobs.rglob("*") if path.is_file()]


async def test_a_form_names_only_what_came_with_it_or_was_there(station: Station) -> None:
    """Nobody gets to see a photo by writing its hash into a form."""
    stranger = f"{name_of(b'somebody elses')}.image/jpeg.99"
    await send(station, [], blobs=stranger)
    assert (await newest(station))["blobs"] == []
    await send(station, [("photos", jpeg())])
    visit = await newest(station)
    own = f"{name_of(jpeg())}.image/jpeg.{len(jpeg())}"
    path = f"/field/visits/{visit['id']}/corrections"
    form = (await station.get(f"{path}/new")).text
    assert f'name="blobs" value="{own}"' in form
    assert (await send(station, [("photos", png())], path, blobs=f"{stranger},{own}", text="改了")).status_code == 303
    corrected = await newest(station)
    assert (corrected["id"], corrected["text"]) == (visit["id"], "改了")
    assert [blob["sha256"] for blob in corrected["blobs"]] == [name_of(jpeg()), name_of(png())]
    # Taken out again, and the earlier telling keeps it.
    await send(station, [], path, blobs=own)
    assert [blob["sha256"] for blob in (await newest(station))["blobs"]] == [name_of(jpeg())]


async def test_the_same_form_sent_twice_says_it_once(station: Station) -> None:
    sent = {"id": "019a9f00-0000-7000-8000-000000000001", "occurred_at": "2026-11-20T09:30"}
    await send(station, [("photos", CAMERA)], **sent)
    size = await station.size()
    assert (await send(station, [("photos", CAMERA)], **sent)).status_code == 303
    assert await station.size() == size

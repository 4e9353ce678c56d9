"""A patrol from the server's pages: before, during, after; notes told anew and taken back."""

from __future__ import annotations

import json
import re
from typing import Any

import httpx
import pytest
from uuid_utils import uuid7

from server import clock
from server.blobs.store import name_of
from tests.blobs.pictures import GPS, WEBM, jpeg, jpeg_segment, png
from tests.desk.conftest import words
from tests.field.conftest import DAY_MS, NOW_MS, Station
from tests.field.test_care import paired
from tests.field.test_orders import give

pytestmark = pytest.mark.anyio

MINUTE_MS = 60_000


async def tap(station: Station, **said: str) -> None:
    """Start, or end what is named."""
    answer = await station.post("/field/patrol", {"id": str(uuid7()), "grid": station.id["第三网格"], **said})
    assert answer.headers["location"] == f"/field/patrol?grid={station.id['第三网格']}"


async def jot(station: Station, text: str, **said: str) -> dict[str, str]:
    """A note; answers the form as it was sent."""
    form = {"id": str(uuid7()), "grid": station.id["第三网格"], "what": "problem", "text": text, **said}
    await station.post("/field/patrol/notes", form)
    return form


async def at(station: Station, monkeypatch: pytest.MonkeyPatch, ms: int) -> None:
    """The clock goes on, and Zhao comes in again."""
    monkeypatch.setattr(clock, "now_ms", lambda: ms)
    await station.sign_in("赵敏")


async def test_before_setting_out_it_names_orders_and_whose_turn_it_is(station: Station) -> None:
    order, pair = await give(station), await paired(station)
    await give(station, "第四网格")
    page = await station.get("/field/patrol")
    assert re.findall(r'href="(/field/(?:orders/|care\?pair=)[^"]+)"', page.text) == [
        f"/field/orders/{order}", f"/field/care?pair={pair}"
    ]  # fmt: skip
    await tap(station)
    assert f"/field/orders/{order}" not in (await station.get("/field/patrol")).text, "on the way it asks for notes"


async def test_a_worker_looks_walks_notes_and_is_back(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    said: dict[str, Any] = {
        "household": station.id["陈奶奶家"],
        "mode": "door",
        "result": "met",
        "follow_up_on": "2026-11-19",
    }
    said |= {"occurred_at_ms": NOW_MS - 8 * DAY_MS, "asks": {"difficulty": "厕所灯坏了"}}
    await station.app.state.journal.commit([station.add("一次走访", "visit.recorded", said, "第三网格")])
    assert "上午巡查：还没开始" in words(await station.get("/field/"))
    page = words(await station.get("/field/patrol"))
    assert "上午巡查，出门前看一眼。" in page
    assert "要去看看的 501 6天 陈奶奶 3幢2单元 约好再去" in page
    assert "近来说到的问题 11月12日 3-2-501 厕所灯坏了" in page
    await tap(station)
    (walk,) = await station.rows("patrol")
    assert (walk["state"], walk["started_ms"], walk["by_name"]) == ("running", NOW_MS, "赵敏")
    await at(station, monkeypatch, NOW_MS + 48 * MINUTE_MS)
    assert "10:36 开始，48 分钟。" in words(await station.get("/field/patrol"))
    first = await jot(station, "三楼楼道灯坏了", patrol=walk["id"], building=station.id["3幢"])
    await station.post("/field/patrol/notes", first)
    await jot(station, "搬来一家", patrol=walk["id"], what="change")
    page = words(await station.get("/field/patrol"))
    assert "这次记的 2 11:24 找问题， 3幢 三楼楼道灯坏了" in page
    assert "48 分钟，去过 0 户，查变化 1，找问题 1" in page
    await tap(station, patrol=walk["id"], step=walk["step"])
    page = words(await station.get("/field/patrol"))
    assert "巡完了。 上午 10:36–11:24，48 分钟，不到一小时" in page
    assert "上午巡查：巡过了" in words(await station.get("/field/"))
    log = words(await station.get("/field/log"))
    assert "巡查 1 次 上午 10:36–11:24，48 分钟，不到一小时 去过 0 户，查变化 1，找问题 1" in log
    outbox = words(await station.get("/field/outbox"))
    for told in ("开始巡查", "结束巡查", "巡查记的 三楼楼道灯坏了"):
        assert told in outbox, told


async def test_a_note_needs_no_patrol_is_told_anew_and_taken_back(station: Station) -> None:
    sent = await jot(station, "井盖松了")
    await station.post("/field/patrol/notes", {**sent, "text": "井盖松了，门口那个"})
    (note,) = await station.rows("patrol_note")
    assert (note["text"], note["patrol"]) == ("井盖松了，门口那个", None), "the same form again is the same note"
    page = await station.get(f"/field/patrol?again={note['id']}")
    assert "改这一条" in words(page)
    form = {"note": note["id"], "over": page.text.split('name="over" value="')[1].split('"')[0]}
    await jot(station, "井盖修好了", **form)
    (note,) = await station.rows("patrol_note")
    assert note["text"] == "井盖修好了"
    assert "井盖修好了" in words(await station.get("/field/log"))
    page = await station.get("/field/patrol")
    form = {"note": note["id"], "over": page.text.rsplit('name="over" value="', 1)[1].split('"')[0], "withdraw": "yes"}
    await jot(station, "", **form)
    (note,) = await station.rows("patrol_note")
    assert (note["what"], note["text"]) == ("withdrawn", None)
    assert "井盖" not in words(await station.get("/field/log"))


async def show_it(station: Station, files: list[tuple[str, bytes]], **said: str) -> httpx.Response:
    """A note sent with files, as a browser that keeps nothing sends it."""
    form = {"id": str(uuid7()), "grid": station.id["第三网格"], "what": "problem", "text": "", **said}
    chosen = [(name, (f"{at}.bin", data, "application/octet-stream")) for at, (name, data) in enumerate(files)]
    headers = {"sec-fetch-site": "same-origin"}
    return await station.zhao.post("/field/patrol/notes", data=form, files=chosen or None, headers=headers)


async def said_now(station: Station) -> tuple[str, dict[str, Any]]:
    """The one note there is, and what it says now."""
    (note,) = await station.rows("patrol_note")
    return note["id"], json.loads(next(each["body"] for each in json.loads(note["tellings"]) if each["shown"]))


async def test_a_photo_says_enough_and_stays_when_the_note_is_told_anew(station: Station) -> None:
    files = [("photos", jpeg(extra=jpeg_segment(0xE1, GPS))), ("voices", WEBM)]
    assert (await show_it(station, files, building=f"{station.id['3幢']}:3:2")).status_code == 303
    note, said = await said_now(station)
    photo, voice = said["blobs"]
    assert (photo["sha256"], voice["type"]) == (name_of(jpeg()), "audio/webm")
    assert (said["building"], said["floor"], said["entrance"], "text" in said) == (station.id["3幢"], 3, "2", False)
    assert (await station.get(f"/blobs/{photo['sha256']}?note={note}")).content == jpeg()
    page = await station.get("/field/patrol")
    assert "找问题， 3幢2单元3楼 1 张照片；1 段录音" in words(page)
    assert f'src="/blobs/{photo["sha256"]}?note={note}' in page.text
    assert "3幢2单元3楼 1 张照片；1 段录音" in words(await station.get("/field/log"))
    again = (await station.get(f"/field/patrol?again={note}")).text
    kept = again.split('name="blobs" value="')[1].split('"')[0]
    form = {"note": note, "over": again.split('name="over" value="')[1].split('"')[0], "text": "灯坏了"}
    stranger = f"{name_of(b'somebody elses')}.image/jpeg.99"
    assert (await show_it(station, [], blobs=f"{stranger},{kept}", **form)).status_code == 303
    _, said = await said_now(station)
    assert (said["text"], said["blobs"]) == ("灯坏了", [photo, voice])


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ([("photos", jpeg(11_000, 9_100))], "边长不能超过 4096"),
        ([("voices", WEBM + b"\x07" * 2 * 1024 * 1024)], "最多 2 MB"),
        ([("photos", png(2, each)) for each in range(1, 5)], "最多 3 张照片"),
        ([("photos", b"<script>")], "这不是能收的照片或录音"),
    ],
    ids=["a hundred megapixels", "an hour of voice", "four photos", "no photo"],
)
async def test_what_is_too_much_is_said_and_costs_no_word(
    station: Station, files: list[tuple[str, bytes]], why: str
) -> None:
    answer = await show_it(station, files, text="三楼楼道灯坏了", building=f"{station.id['3幢']}:3:2")
    assert answer.status_code == 422
    assert why in answer.text
    page = words(answer)
    assert "三楼楼道灯坏了" in page
    assert "3幢2单元3楼" in page
    assert await station.rows("patrol_note") == []
    assert not [path for path in station.settings.blobs.rglob("*") if path.is_file()]


async def test_a_door_of_the_board_gives_the_place_and_no_home(station: Station) -> None:
    assert 'href="/field/doors?pick=note"' in (await station.get("/field/patrol")).text
    board = await station.get("/field/doors?pick=note")
    door = station.id["陈奶奶家"]
    assert f'href="/field/patrol?at={door}"' in board.text
    assert f'href="/field/households/{door}"' not in board.text
    form = (await station.get(f"/field/patrol?at={door}")).text
    spot = f"{station.id['3幢']}:5:2"
    assert f'value="{spot}" checked data-tapped' in form
    await jot(station, "灯坏了", building=spot)
    assert "找问题， 3幢2单元5楼 灯坏了" in words(await station.get("/field/patrol"))
    _, said = await said_now(station)
    assert said == {"what": "problem", "text": "灯坏了", "building": station.id["3幢"], "entrance": "2", "floor": 5}
    assert "data-tapped" not in (await station.get(f"/field/patrol?at={uuid7()}")).text


async def test_what_cannot_be_taken_keeps_its_words_or_says_nothing_is_there(station: Station) -> None:
    answer = await station.post("/field/patrol/notes", {"grid": station.id["第三网格"], "what": "dispute", "text": " "})
    assert answer.status_code == 422
    assert "说上一句再存。" in answer.text
    there = {"grid": station.id["第四网格"], "text": "别人的", "what": "problem"}
    assert (await station.post("/field/patrol/notes", there)).status_code == 404
    assert (await station.post("/field/patrol", there)).status_code == 404
    assert await station.rows("patrol_note") == await station.rows("patrol") == []


async def test_a_patrol_forgotten_yesterday_says_so_and_ends_by_a_tap(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    await tap(station)
    (walk,) = await station.rows("patrol")
    await at(station, monkeypatch, NOW_MS + DAY_MS)
    assert "11月20日 10:36开始的巡查，还没按结束" in words(await station.get("/field/"))
    assert "忘了按也没关系" in words(await station.get("/field/patrol"))
    await tap(station, patrol=walk["id"], step=walk["step"])
    (walk,) = await station.rows("patrol")
    assert walk["state"] == "ended"
    assert "巡查 1 次 上午 10:36–10:36，不知道多久" in words(await station.get("/field/log?day=2026-11-20"))

"""A patrol from the server's pages: before, during, after; notes told anew and taken back."""

from __future__ import annotations

from typing import Any

import pytest
from uuid_utils import uuid7

from server import clock
from tests.desk.conftest import words
from tests.field.conftest import DAY_MS, NOW_MS, Station

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

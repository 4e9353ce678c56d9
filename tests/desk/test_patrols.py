"""Patrols at the desk: what seven days found and what is left, of one's own grids alone, nobody compared."""

from __future__ import annotations

from typing import Any

import pytest

from server.blobs import Blobs
from server.blobs.store import name_of
from tests.blobs.pictures import WEBM, jpeg
from tests.desk.conftest import DAY_MS, HOUR_MS, MINUTE_MS, Desk, sign_in, visit, words
from tests.desk.test_logs import send
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


def walk(phone: Phone, station: Station, from_ms: int, until_ms: int | None, *notes: dict[str, Any]) -> str:
    """What a phone keeps of a patrol, by its clock; returns the patrol's id."""
    phone.clock_ms = station.now_ms + from_ms
    begun = phone.make("patrol.started", {}).header.id
    for note in notes:
        phone.clock_ms += MINUTE_MS
        phone.make("patrol.noted", {"patrol": begun, **note})
    if until_ms is not None:
        phone.clock_ms = station.now_ms + until_ms
        phone.make("patrol.ended", {}, entity=begun, over={"step": [begun]})
    return begun


LAMP = {"what": "problem", "text": "三楼楼道灯坏了"}
MOVED = {"what": "change", "text": "搬来一家"}


async def test_a_day_tells_its_patrols_and_what_was_noted(desk: Desk, station: Station, zhao: Phone) -> None:
    assert "这几天巡查没有记什么" in words(await desk.get("/desk/patrols"))
    first = walk(zhao, station, 0, None, {**LAMP, "building": station["3幢"]}, MOVED)
    station.now_ms += HOUR_MS
    await visit(zhao, station, "陈奶奶", ago_ms=30 * MINUTE_MS)
    zhao.make("patrol.ended", {}, entity=first, over={"step": [first]})
    zhao.make("patrol.noted", {"what": "dispute", "text": "楼上楼下漏水"})
    await zhao.exchange()
    page = words(await desk.get("/desk/patrols"))
    assert "11月14日到11月20日的巡查" in page
    told = "11月20日 周五 第三网格 上午 10:45 找问题， 3幢 三楼楼道灯坏了 赵敏 10:46 查变化 搬来一家 赵敏"
    assert told in page
    assert "11:44 消矛盾 楼上楼下漏水 赵敏" in page
    for figure in ("1 小时", "去过", "查变化 1"):
        assert figure not in page, figure
    await send(zhao, station, "好")
    log = words(await desk.get("/desk/logs"))
    assert "巡查 1 上午 10:44–11:44，1 小时 0 分 去过 1 户，查变化 1，找问题 1" in log
    assert "楼上楼下漏水" in log
    assert await station.refolds()


async def test_a_grid_tells_which_half_had_a_patrol_and_what_is_left_there(
    station: Station, zhao: Phone, sun: Phone
) -> None:
    for phone in (zhao, sun):
        await phone.exchange()
    walk(zhao, station, 0, HOUR_MS, LAMP)
    walk(zhao, station, 4 * HOUR_MS, 5 * HOUR_MS)
    walk(sun, station, 4 * HOUR_MS, None)
    station.now_ms += DAY_MS
    await visit(zhao, station, "陈奶奶", follow_up_on="2026-11-21")
    await sun.exchange()
    desk = await sign_in(station, "master")
    page = words(await desk.get("/desk/patrols"))
    assert "第三网格 没有巡 没有巡 没有巡 没有巡 没有巡 上午、下午 还没有" in page
    assert "第四网格 没有巡 没有巡 没有巡 没有巡 没有巡 下午 还没有" in page
    assert "还要去看的 第三网格 答应再去的 1 户 3-2-501， 陈奶奶 ，答应11月21日再去" in page
    assert "孙立" not in page, "who found nothing is not named"
    page = words(await desk.get("/desk/patrols?until=2026-11-20"))
    assert "还要去看的" not in page
    assert "还没有" not in page
    assert await station.refolds()


async def test_what_comes_days_later_stands_on_its_day_and_on_its_authors_phone(station: Station, zhao: Phone) -> None:
    await zhao.exchange()
    walk(zhao, station, 0, 40 * MINUTE_MS, LAMP)
    station.now_ms += 9 * DAY_MS
    await zhao.exchange()
    desk = await sign_in(station, "master")
    page = words(await desk.get("/desk/patrols"))
    assert "三楼楼道灯坏了" not in page
    page = words(await desk.get("/desk/patrols?until=2026-11-22"))
    assert "11月20日 周五 第三网格 上午 10:45 找问题 补录 三楼楼道灯坏了" in page
    held = {kind: row["row"] for (kind, _), row in zhao.rows.items() if kind.startswith("patrol")}
    assert (held["patrol"]["state"], held["patrol"]["lasted_ms"]) == ("ended", 40 * MINUTE_MS)
    assert held["patrol_note"]["text"] == "三楼楼道灯坏了"
    assert await station.refolds()


async def test_no_clock_and_no_order_of_taps_costs_anything(desk: Desk, station: Station, zhao: Phone) -> None:
    two = [walk(zhao, station, -HOUR_MS, 0, LAMP), walk(zhao, station, -30 * MINUTE_MS, None, MOVED)]
    # Ended before it began, by a clock that was set back; and a day ahead, before any server told the phone better.
    walk(zhao, station, 0, -5 * HOUR_MS)
    walk(zhao, station, DAY_MS, DAY_MS + 20 * MINUTE_MS, {"what": "demand", "text": "想要个凳子"})
    zhao.make("patrol.ended", {}, entity=station["陈奶奶"])
    reply = await zhao.exchange()
    assert {each["outcome"] for each in reply["outcomes"]} == {"accepted"}, reply["outcomes"]
    rows = await station.value("SELECT count(*) FROM patrol")
    assert rows == len(two) + 3
    page = words(await desk.get("/desk/patrols"))
    for told in ("三楼楼道灯坏了", "搬来一家", "想要个凳子"):
        assert told in page, told


async def test_what_a_note_shows_is_seen_where_its_words_are_read_and_nowhere_else(
    desk: Desk, leader: Desk, station: Station, zhao: Phone, sun: Phone
) -> None:
    photo, voice = jpeg(), WEBM
    named = [{"sha256": name_of(photo), "type": "image/jpeg", "bytes": len(photo)}]
    named += [{"sha256": name_of(voice), "type": "audio/webm", "bytes": len(voice), "ms": 9000}]
    begun = walk(
        zhao, station, -HOUR_MS, 0, {"what": "problem", "blobs": named, "floor": 3, "building": station["3幢"]}
    )
    await zhao.exchange()
    (note,) = (row["row"] for (kind, _), row in zhao.rows.items() if kind == "patrol_note")
    assert (note["blobs"], note["floor"], note["patrol"]) == (named, 3, begun)
    page = await desk.get("/desk/patrols")
    assert "找问题， 3幢3楼 1 张照片，还没送到；1 段录音，还没送到" in words(page)
    assert "/blobs/" not in page.text
    blobs = Blobs(station.settings.blobs, spare_bytes=0)
    at = [f"/blobs/{blobs.put(data)}?note={note['id']}" for data in (photo, voice)]
    await send(zhao, station, "好")
    for path in ("/desk/patrols", "/desk/logs"):
        page = await desk.get(path)
        assert f'<img src="{at[0]}"' in page.text
        assert f'<audio controls preload="none" src="{at[1]}"' in page.text
        assert "还没送到" not in words(page)
    for reader in (desk, leader, await sign_in(station, "赵敏")):
        assert (await reader.get(at[0])).content == photo
    other = at[0].replace(name_of(photo), name_of(b"another"))
    assert (await desk.get(other)).status_code == 404, "what the note does not name"
    stranger = await sign_in(station, "孙立")
    assert (await stranger.get(at[0])).status_code == 404
    zhao.make("patrol.withdrawn", {}, entity=note["id"], over={"revision": note["edits"]})
    await zhao.exchange()
    assert (await desk.get(at[0])).status_code == 404, "what was taken back"
    assert await station.refolds()


async def test_everybody_reads_of_their_own_grids_alone_and_a_worker_of_none(
    desk: Desk, leader: Desk, station: Station, zhao: Phone, sun: Phone
) -> None:
    for phone, text in ((zhao, "第三网格的"), (sun, "第四网格的")):
        walk(phone, station, -HOUR_MS, 0, {"what": "problem", "text": text})
        await phone.exchange()
    page = words(await leader.get("/desk/patrols"))
    assert "第三网格的" in page
    assert "第四网格的" not in page
    assert "孙立" not in page
    page = words(await desk.get("/desk/patrols"))
    assert "第三网格的" in page
    assert "第四网格的" in page
    worker = await sign_in(station, "赵敏")
    assert (await worker.get("/desk/patrols")).status_code == 404


@pytest.mark.parametrize("until", ["2026-02-30", "2026-11-21", "x", "1999-01-01"])
async def test_an_address_of_no_day_leads_to_today(desk: Desk, until: str) -> None:
    assert "11月14日到11月20日的巡查" in words(await desk.get(f"/desk/patrols?until={until}"))


async def test_days_before_lead_on_and_back(desk: Desk) -> None:
    page = await desk.get("/desk/patrols?until=2026-11-13")
    assert 'href="/desk/patrols?until=2026-11-06"' in page.text
    assert 'href="/desk/patrols?until=2026-11-20"' in page.text
    assert "再往前七天" in words(page)

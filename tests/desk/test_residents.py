"""Residents' pages: what hangs by the door, what is sent through it, how far it is, and whether it helped."""

from __future__ import annotations

import re
from typing import Any

import pytest
from httpx import Response

from server import clock
from server.brakes import RESIDENTS
from server.residents.pages import AN_HOUR_MAX
from server.residents.sent import RECEIPT_DIGITS, Once, read_receipt
from server.residents.told import RATED, WORDS
from server.retention.classes import CONTACT_DAYS
from server.retention.command import Words, retain
from sync.rules import whistle_ways
from tests.desk.conftest import DAY_MS, Desk, words
from tests.desk.test_whistles import people, press, sent_to
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio

SENT_BYTES_MAX = 30_000
OLD = {"Accept": "text/html"}
"""A browser of years ago says no more than this."""


async def get(station: Station, path: str) -> Response:
    """A resident's telephone: no cookies, nobody known."""
    return await station.http.get(path, headers=OLD)


async def post(station: Station, path: str, data: dict[str, str]) -> Response:
    return await station.http.post(path, data=data, headers=OLD)


async def code(station: Station, desk: Desk, building: str = "3幢") -> str:
    """The station master makes the codes of the grid; returns the address on a building's sheet."""
    grid = station["第三网格"]
    await desk.post(f"/desk/notices/{grid}", {})
    sheet = await desk.get(f"/desk/notices/{grid}/{station[building]}")
    (address,) = re.findall(r'<p class="address">([^<]+)</p>', sheet.text)
    assert "<svg" in sheet.text
    return str(address).removeprefix(station.settings.public_url)


def hidden(answer: Response) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(once|lang)" value="([^"]*)"', answer.text))


async def send(station: Station, address: str, **said: str) -> str:
    """One matter from a fresh form; returns the address of its receipt."""
    typed = {"kind": "problem", "text": "楼道灯坏了三天", "place": "2单元", "contact": "", **said}
    answer = await post(station, address, {**hidden(await get(station, address)), **typed})
    assert answer.status_code == 303, words(answer)
    return str(answer.headers["location"]).partition("?")[0]


async def whistle(station: Station) -> dict[str, Any]:
    (row,) = await station.rows("SELECT * FROM whistle")
    return dict(row._mapping)


def test_pages_know_every_state_and_when_something_can_be_rated() -> None:
    assert set(WORDS) == {*whistle_ways.STATES}
    assert RATED == whistle_ways.RATED


def test_a_receipt_is_read_however_it_is_typed_and_comes_of_its_key_alone() -> None:
    once = Once.new()
    receipt = once.receipt
    assert re.fullmatch(rf"\d{{{RECEIPT_DIGITS}}}", receipt)
    spoken = f" {receipt[:5]} {receipt[5:10]}-{receipt[10:]}".translate(
        {ord("0") + n: chr(0xFF10 + n) for n in range(10)}
    )
    assert read_receipt(spoken) == receipt
    assert read_receipt(receipt[:-1]) == ""
    assert Once(once.receipted, once.whistle, once.reachable, once.key).receipt == receipt


async def test_a_resident_reports_and_reads_on_until_it_is_closed(
    station: Station, desk: Desk, leader: Desk, zhao: Phone
) -> None:
    mei, wei, _ = await people(station)
    receipt = await send(station, await code(station, desk), contact="000-0000-0007")
    kept = await whistle(station)
    assert (kept["channel"], kept["state"], kept["building"]) == ("resident", "reported", station["3幢"])
    assert (kept["place"], kept["consent"], kept["first_owner"]) == ("2单元", True, station["李网格长"])
    assert "收到了，社区会看" in words(await get(station, receipt))
    page = f"/desk/whistles/{kept['grid']}/{kept['id']}"
    shown = words(await mei.get(page))
    assert "居民扫码" in shown
    assert "000-0000-0007" in words(await leader.get(page))
    await press(mei, page, "dispatched", **sent_to(station, "消防"))
    assert "000-0000-0007" in words(await wei.get(page)), "who left a number agreed to be called"
    assert "已经转给消防" in words(await get(station, receipt))
    for to, note in (("accepted", ""), ("in_progress", ""), ("resolved", "老魏换了灯泡")):
        await press(wei, page, to, note)
    told = await get(station, receipt)
    assert "办好了，请您说说有没有用" in words(told)
    for name in ("老魏", "小梅", "李网格长", "000-0000-0007"):
        assert name not in told.text
    answer = await post(station, f"{receipt}/rating", {"rating": "not", "note": "又灭了"})
    assert answer.status_code == 303
    assert "居民说没解决" in words(await mei.get("/desk/whistles?show=not"))
    assert "又灭了" in words(await mei.get(page))
    again = {**hidden(await get(station, receipt)), "rating": "satisfied"}
    for _ in range(2):
        await post(station, f"{receipt}/rating", again)
    assert (await whistle(station))["story"].count('"rating"') == 2, "twice the same is once"
    await press(leader, page, "verifying")
    await zhao.exchange()
    zhao.make(
        "whistle.moved", {"to": "revisit"}, entity=kept["id"], over={"step": [zhao.row("whistle", kept["id"])["step"]]}
    )
    await zhao.exchange()
    assert "contact" not in zhao.row("whistle", kept["id"])
    await press(leader, page, "closed")
    closed = await get(station, receipt)
    assert "这件事结束了" in words(closed)
    assert "您说的是： 满意" in words(closed)
    await post(station, f"{receipt}/rating", {"rating": "not"})
    assert (await whistle(station))["rating"] == "satisfied", "closed and said: for good"
    assert await station.refolds()


async def test_a_service_is_ordered_and_its_four_slips_show(station: Station, desk: Desk) -> None:
    mei, wei, _ = await people(station)
    receipt = await send(station, await code(station, desk), kind="service", text="想有人陪去量血压", place="")
    kept = await whistle(station)
    assert kept["kind"] == "service"
    assert "点单" in words(await mei.get("/desk/whistles?show=open"))
    slips = words(await get(station, receipt))
    assert re.search(r"点单 \d+月\d+日.* 接单 还没有 解单 还没有 评单 还没有", slips), slips
    page = f"/desk/whistles/{kept['grid']}/{kept['id']}"
    await press(mei, page, "dispatched", **sent_to(station, "消防"))
    for to, note in (("accepted", ""), ("in_progress", ""), ("resolved", "陪去了")):
        await press(wei, page, to, note)
    await post(station, f"{receipt}/rating", {"rating": "basic"})
    slips = words(await get(station, receipt))
    assert slips.index("点单") < slips.index("接单") < slips.index("解单") < slips.index("评单")
    assert "还没有" not in slips


async def test_a_second_tap_gives_the_same_receipt_and_another_matter_in_the_same_form_another(
    station: Station, desk: Desk
) -> None:
    address = await code(station, desk)
    form = {**hidden(await get(station, address)), "kind": "problem", "text": "门禁坏了", "place": "", "contact": ""}
    first, second = [(await post(station, address, form)).headers["location"] for _ in range(2)]
    assert first == second
    other = (await post(station, address, {**form, "text": "还有，水管漏了"})).headers["location"]
    assert other != first
    assert len(await station.rows("SELECT id FROM whistle")) == 2
    # Whoever works here sees a whistle's id, and learns no receipt by sending it.
    (kept, *_) = await station.rows("SELECT id FROM whistle WHERE text = '门禁坏了'")
    stolen = form["once"].replace(form["once"].split(".")[0], kept[0])
    stolen = f"{stolen[: stolen.rindex('.')]}.{'A' * 22}"
    answer = await post(station, address, {**form, "once": stolen})
    assert answer.status_code == 409
    assert "门禁坏了" in answer.text
    assert len(await station.rows("SELECT id FROM whistle")) == 2


async def test_nothing_typed_is_lost_and_both_languages_say_what_is_wrong(station: Station, desk: Desk) -> None:
    address = await code(station, desk)
    typed = {"kind": "service", "text": " ", "place": "三楼", "contact": "000-0000-0007"}
    for lang, wrong in (("zh", "写一句是什么事"), ("en", "Write a sentence")):
        answer = await post(station, address, {**typed, "lang": lang})
        assert answer.status_code == 422
        assert wrong in words(answer)
        for kept in ('value="三楼"', 'value="000-0000-0007"', 'value="service" checked'):
            assert kept in answer.text
    long = {**typed, "text": "长" * 501}
    answer = await post(station, address, long)
    assert answer.status_code == 422
    assert "长" * 501 in answer.text
    assert (await post(station, address, {"text": "长" * 20_000})).status_code == 413
    assert await station.rows("SELECT id FROM whistle") == []


async def test_an_hour_takes_so_much_of_a_building_and_says_whom_to_call(
    station: Station, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = await code(station, desk)
    for n in range(AN_HOUR_MAX):
        await send(station, address, text=f"第{n}件")
    object.__setattr__(station.settings, "duty_phone", "000-0000-0099")
    form = {**hidden(await get(station, address)), "text": "再来一件", "contact": "000-0000-0007"}
    full = await post(station, address, form)
    assert full.status_code == 429
    assert "这幢楼一小时里送来的已经很多了" in words(full)
    assert "000-0000-0099" in full.text
    assert "再来一件" in full.text
    assert hidden(full)["once"] == form["once"]
    station.now_ms += 3_600_001
    monkeypatch.setattr(clock, "now_ms", lambda: station.now_ms)
    assert (await post(station, address, form)).status_code == 303


async def test_one_address_waits_after_many(station: Station, desk: Desk) -> None:
    address = await code(station, desk)
    for _ in range(RESIDENTS.burst):
        station.app.state.brakes.count(RESIDENTS, "127.0.0.1", station.now_ms)
    answer = await post(station, address, {"text": "灯坏了"})
    assert answer.status_code == 429
    assert "送得太密了" in words(answer)
    assert "灯坏了" in answer.text


async def test_a_renewed_code_leads_nowhere_and_nobody_else_renews_it(
    station: Station, desk: Desk, leader: Desk
) -> None:
    address = await code(station, desk)
    renew = f"/desk/notices/{station['第三网格']}/{station['3幢']}/code"
    assert (await leader.post(renew, {})).status_code == 404
    assert (await get(station, address)).status_code == 200
    assert (await desk.post(renew, {})).status_code == 303
    lost = await get(station, address)
    assert lost.status_code == 404
    assert "告示可能换过新的" in words(lost)
    new = await code(station, desk)
    assert new != address
    assert await code(station, desk) == new, "made once, it stays"
    assert (await get(station, new)).status_code == 200
    assert (await get(station, "/r/s/123451234512345")).status_code == 404
    assert await station.refolds()


async def test_a_number_goes_when_its_owner_says_so_and_a_month_after_it_is_over(
    station: Station, desk: Desk, leader: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = await code(station, desk)
    one = await send(station, address, contact="000-0000-0007")
    two = await send(station, address, text="门禁坏了", contact="000-0000-0008")
    assert len(await station.rows("SELECT id FROM resident_contact")) == 2
    answer = await post(station, f"{one}/forgetting", {})
    assert "已经删掉" in words(await get(station, answer.headers["location"]))
    assert [tuple(row) for row in await station.rows("SELECT contact FROM resident_contact")] == [("000-0000-0008",)]
    journal = "SELECT count(*) FROM journal WHERE kind = 'whistle.reachable' AND body IS NOT NULL"
    assert [tuple(row) for row in await station.rows(journal)] == [(1,)]
    (kept,) = await station.rows("SELECT grid, id FROM whistle WHERE text = '门禁坏了'")
    page = f"/desk/whistles/{kept[0]}/{kept[1]}"
    mei, *_ = await people(station)
    await press(mei, page, "invalid", "已经修好")
    for days, left in ((CONTACT_DAYS - 1, 1), (CONTACT_DAYS + 1, 0)):
        monkeypatch.setattr(clock, "now_ms", lambda days=days: station.now_ms + days * DAY_MS)
        await retain(station.journal, station.settings, Words("zh"), ["contacts"], apply=True)
        assert len(await station.rows("SELECT id FROM resident_contact")) == left
    assert "门禁坏了" in words(await get(station, two)), "the matter stays"
    monkeypatch.setattr(clock, "now_ms", lambda: station.now_ms + 4 * 366 * DAY_MS)
    await retain(station.journal, station.settings, Words("zh"), ["cases"], apply=True)
    assert (await get(station, two)).status_code == 404
    worded = "SELECT count(*) FROM journal WHERE kind LIKE 'whistle.%' AND body IS NOT NULL"
    assert [tuple(row) for row in await station.rows(worded)] == [(0,)]
    assert await station.refolds()


async def test_pages_weigh_little_run_no_script_and_keep_nothing_in_the_browser(station: Station, desk: Desk) -> None:
    address = await code(station, desk)
    receipt = await send(station, address, contact="000-0000-0007")
    for path in ("/r", address, receipt, "/r/none"):
        for asked in (path, f"{path}?lang=en"):
            page = await get(station, asked)
            assert "set-cookie" not in page.headers
            assert "<script" not in page.text
            assert 'lang="en"' in page.text
            parts = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
            assert len(parts) == 3, parts
            weight = len(page.content) + sum([len((await get(station, part)).content) for part in parts])
            assert weight <= SENT_BYTES_MAX, (asked, weight)
    assert '<html lang="en">' in (await get(station, f"{address}?lang=en")).text

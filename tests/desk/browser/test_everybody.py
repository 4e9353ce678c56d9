"""Every page for everybody: no barrier, no window too small."""

from __future__ import annotations

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, expect
from uuid_utils import uuid7

from server import clock
from server.journal import Draft, log_id
from server.localtime import local_day
from tests.desk.browser.window import morning, window
from tests.desk.conftest import DAY_MS, visit
from tests.journal.conftest import Station
from tests.journal.phone import Phone
from tests.thorough import some

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


@pytest.mark.parametrize(
    ("scheme", "lang"), some([("light", "zh"), ("light", "en"), ("dark", "en"), ("dark", "zh")], 2)
)
async def test_every_page_is_for_everybody(
    browser: Browser, station: Station, zhao: Phone, lang: str, scheme: str
) -> None:
    station.now_ms = zhao.clock_ms = clock.now_ms()
    zhao.make("household.stated", {"facts": {"phone": "000-0000-0001"}}, entity=station["陈奶奶"], over={"phone": []})
    zhao.make("household.stated", {"facts": {"phone": "000-0000-0007"}}, entity=station["陈奶奶"], over={"phone": []})
    first = await visit(zhao, station, "陈奶奶", "no_answer", ago_ms=2 * DAY_MS)
    told = {"household": station["陈奶奶"], "occurred_at_ms": station.now_ms, "mode": "night", "result": "met"}
    said = {"text": "灯坏了", "asks": {"need": "量血压"}, "care": "urgent", "follow_up_on": "2030-01-01"}
    zhao.make("visit.corrected", {**told, **said}, entity=first, over={"revision": [first]})
    grid, day = station["第三网格"], local_day(station.now_ms, 480)
    zhao.make("daily_log.sent", {"day": day, "text": "都好"}, entity=log_id(zhao.person, grid, day))
    asked = {"title": "看灭火器", "points": ["在不在"], "due": "2026-11-27", "households": [station["陈奶奶"]]}
    order = str(uuid7())
    await station.journal.commit([Draft("order.issued", order, grid, station["master"], asked, id=order)])
    found = {
        "household": station["陈奶奶"],
        "points": [{"ok": False, "note": "没有"}],
        "occurred_at_ms": station.now_ms,
    }
    zhao.make("order.answered", found, entity=order)
    zhao.make("patrol.noted", {"what": "problem", "text": "三楼楼道灯坏了"})
    heard = {"title": "楼道飞线充电", "occurred_at_ms": station.now_ms, "household": station["陈奶奶"]}
    whistle = zhao.make("whistle.raised", heard).header.id
    looks_in = {"household": station["陈奶奶"], "carer": station["赵敏"], "cadence": "weekly", "reason": "dementia"}
    pair = await station.add("pair", "care_pair.formed", looks_in, grid)
    zhao.make("care_check.made", {"pair": pair, "state": "urgent", "occurred_at_ms": station.now_ms, "text": "摔了"})
    await visit(zhao, station, "马师傅", "refused", ago_ms=2 * DAY_MS)
    pages = {
        "/desk/visits": "#list tr[id]",
        "/desk/visits?q=nowhere": ".nothing",
        f"/desk/visits/{grid}/{first}": ".older",
        "/desk/pictures": ".weeks a",
        "/desk/pictures/whistles": ".weeks.way a",
        "/desk/pictures/whistles/cases?of=open": ".cases a",
        f"/desk/visits?building={station['3幢']}&first=2026-01-01": ".chip",
        "/desk/logs": ".verdict",
        "/desk/orders": ".checked li",
        "/desk/orders/new": ".ordering .door",
        "/desk/patrols": ".noted",
        "/desk/calendar?year=2027": ".months svg",
        "/desk/limits": ".limits",
        "/desk/packs": "form.give",
        "/desk/packs/monthly": "table.numbers",
        "/desk/meetings": "fieldset.decision",
        "/desk/health": ".fares li",
        "/desk/care": "#care-urgent",
        f"/desk/care/{grid}/{station['陈奶奶']}": ".story-line",
        "/desk/items": "form.filters",
        "/desk/whistles?show=open": "#queue a",
        "/desk/routing": "table.rules",
        f"/desk/whistles/{grid}/{whistle}": "#trail li",
        "/desk/boards": "#grids svg",
        f"/desk/boards/{grid}/{station['3幢']}": ".door",
        f"/desk/households/{grid}/{station['陈奶奶']}": ".story-line",
        "/desk/phones": "tbody tr",
        "/desk/robots": ".page p",
        "/desk/hotline": "#answers",
        "/desk/nowhere": "h1",
    }
    here = await window(browser, station, lang, color_scheme=scheme)
    for path, there in pages.items():
        await here.go(path)
        await expect(here.page.locator(f"main {there}").first).to_be_visible()
        await expect(here.page.locator("main h1")).to_have_count(1)
        if path != "/desk/nowhere":
            await expect(here.page.locator("form[action='/sign-out'] button")).to_have_count(1)
        if path == "/desk/phones":
            await here.page.click("tbody form[action='/desk/phones/links'] .btn >> nth=0")
            await expect(here.page.locator(".picture svg")).to_be_visible()
        if path == "/desk/visits":
            await expect(here.page.locator("#arrived")).not_to_be_empty()
            await visit(zhao, station, "空房", "vacant")
            await expect(here.page.locator(".fresh")).to_have_count(1)
        found = await Axe().run(here.page)
        assert [(path, each["id"], each["nodes"][0]["html"]) for each in found.response["violations"]] == []
        assert not await here.page.evaluate("document.documentElement.scrollWidth > innerWidth"), path
    assert [each for each in here.complaints if "404" not in each] == []


@pytest.mark.parametrize("size", [(1024, 768), (720, 450)])
async def test_a_narrow_or_enlarged_desk_still_shows_everything(
    browser: Browser, station: Station, zhao: Phone, size: tuple[int, int]
) -> None:
    await morning(station, zhao, 12)
    here = await window(browser, station, "en")
    page = here.page
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    await here.go("/desk/visits")
    await page.keyboard.press("j")
    await expect(page.locator("#pane .said")).to_be_in_viewport()
    await expect(page.locator("#list a[aria-current]")).to_be_in_viewport()
    await page.keyboard.press("Escape")
    home = f"/desk/households/{station['第三网格']}/{station['陈奶奶']}"
    more = ("/desk/packs", "/desk/packs/monthly", "/desk/meetings", "/desk/health")
    for path in (
        "/desk/visits",
        "/desk/pictures",
        "/desk/pictures/whistles",
        "/desk/boards",
        "/desk/phones",
        home,
        *more,
    ):
        await here.go(path)
        broken = "dates => dates.filter(date => date.getClientRects().length > 1).map(date => date.textContent)"
        assert await page.eval_on_selector_all(".whole", broken) == [], "a date stays on one line"
        assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth"), path


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [1024, 1440])
async def test_only_what_was_said_is_ever_shortened(
    browser: Browser, station: Station, zhao: Phone, lang: str, width: int
) -> None:
    grids = [station["第三网格"]]
    leader = {"name": "欧阳网格长", "role": "grid_worker", "community": station["community"], "grids": grids}
    await station.add("欧阳网格长", "person.added", leader)
    station.now_ms = clock.now_ms()
    phone = await station.phone("欧阳网格长")
    late = await visit(phone, station, "马师傅", "inconvenient", ago_ms=2 * DAY_MS, mode="weekend", text="灯坏了" * 40)
    body = {"household": station["马师傅"], "occurred_at_ms": station.now_ms - 2 * DAY_MS, "mode": "weekend"}
    phone.make("visit.corrected", {**body, "result": "inconvenient"}, entity=late, over={"revision": [late]})
    here = await window(browser, station, lang)
    page = here.page
    await page.set_viewport_size({"width": width, "height": 768})
    await here.go("/desk/visits")
    await expect(page.locator("#arrived")).not_to_be_empty()
    await phone.exchange()
    await visit(phone, station, "空房", ago_ms=2 * DAY_MS)
    await expect(page.locator("#fresh tr[id]")).to_have_count(1)
    cut = "cells => cells.filter(c => c.scrollWidth > c.clientWidth + 1 && c.clientWidth).map(c => c.innerText)"
    assert await page.eval_on_selector_all(".log :is(td:not(:nth-child(7)), thead th)", cut) == []
    edge = "parts => parts.map(part => Math.round(part.getBoundingClientRect().right))"
    edges = await page.eval_on_selector_all("#list, .log, .log thead tr, .log .day", edge)
    assert len(set(edges)) == 1, "headings and rows end where the list ends"
    assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth")

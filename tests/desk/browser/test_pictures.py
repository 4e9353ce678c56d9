"""Pictures under a finger: a door opens its visits, and what was asked is dropped again."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from server import clock
from tests.desk.browser.window import window
from tests.desk.conftest import visit
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


async def test_a_finger_on_a_door_opens_its_visits(browser: Browser, station: Station, zhao: Phone) -> None:
    station.now_ms = zhao.clock_ms = clock.now_ms()
    await visit(zhao, station, "陈奶奶", asks={"need": "量血压"})
    await visit(zhao, station, "马师傅", "no_answer")
    here = await window(browser, station)
    page = here.page
    await page.set_viewport_size({"width": 412, "height": 915})
    await here.go("/desk/pictures")
    assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    sizes = "rects => rects.map(rect => rect.getBoundingClientRect()).map(box => Math.min(box.width, box.height))"
    assert min(await page.eval_on_selector_all(".weeks a rect", sizes)) >= 24, "WCAG 2.5.8"
    await page.select_option("select[name=back]", "1")
    await expect(page.locator("#say")).to_contain_text("走访 0 次")
    await page.select_option("select[name=back]", "0")
    await page.locator(".strips a").first.click()
    await expect(page.locator("#list tr[id]")).to_have_count(1)
    await expect(page.locator(".chip")).to_have_count(2)
    await page.locator(".chip", has_text="3幢").click()
    await expect(page.locator(".chip")).to_have_count(1)
    await page.select_option("select[name=result]", "")
    await expect(page.locator("#list tr[id]")).to_have_count(2)
    assert "building=" not in page.url
    assert "first=" in page.url, "the days are still asked for"
    assert here.complaints == []

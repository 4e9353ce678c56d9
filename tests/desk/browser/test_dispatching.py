"""The dispatch desk in a browser: what moves elsewhere comes by itself, what the keyboard is on stays where it is."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from server import clock
from tests.desk.browser.window import window
from tests.desk.test_dispatch import blow, people
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


async def test_a_more_urgent_one_comes_by_itself_and_the_keyboards_stays_in_its_place(
    browser: Browser, station: Station, zhao: Phone
) -> None:
    await people(station)
    station.now_ms = zhao.clock_ms = clock.now_ms()
    for n in range(12):
        await blow(zhao, station, f"第{n}件，水管漏水")
    here = await window(browser, station, who="小梅")
    await here.go("/desk/whistles")
    await expect(here.page.locator("#queue > li")).to_have_count(12)
    for _ in range(3):
        await here.page.keyboard.press("j")
    line = here.page.locator("#queue > li:has(a[aria-current])")
    await expect(here.page.locator("#pane h2")).to_have_text("第3件，水管漏水")
    await expect(line.locator("a")).to_be_focused()
    stood = await line.bounding_box()
    assert stood is not None
    station.now_ms = zhao.clock_ms = clock.now_ms()
    await blow(zhao, station, "楼道冒烟", urgency="danger")
    await expect(here.page.locator("#say")).to_have_text("13 件吹哨等您")
    await expect(here.page.locator("#queue > li").first).to_contain_text("楼道冒烟")
    stands = await line.bounding_box()
    assert stands is not None
    assert abs(stands["y"] - stood["y"]) < 1, "scrolling rounds"
    await expect(line.locator("a")).to_be_focused()
    await here.page.keyboard.press("d")
    await expect(here.page.locator(".told")).to_contain_text("“第3件，水管漏水”派给城东供水公司了。")
    await expect(here.page.locator("#pane h2")).to_have_text("第4件，水管漏水")
    await here.page.wait_for_load_state()
    await here.page.locator("#queue a", has_text="楼道冒烟").click()
    await expect(here.page.locator("#pane h2")).to_have_text("楼道冒烟")
    await here.page.locator("#pane [data-press=d]").click()
    await expect(here.page.locator(".told")).to_contain_text("“楼道冒烟”派给消防救援站了。")
    assert here.complaints == []

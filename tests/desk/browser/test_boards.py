"""The boards by keyboard, and how they follow the visits."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from server import clock
from tests.desk.browser.window import window
from tests.desk.conftest import visit
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


async def test_arrows_and_letters_walk_the_boards(browser: Browser, station: Station, zhao: Phone) -> None:
    block = {"quarters": "机修厂家属院", "name": "7幢", "sort": 7}
    await station.add("7幢", "building.added", block, station["第四网格"])
    await station.add("8幢", "building.added", {**block, "name": "8幢"}, station["第四网格"])
    here = await window(browser, station)
    page = here.page
    await here.go("/desk/boards")
    on = page.locator("#grids a:focus")
    for key, name in (("j", "3幢"), ("j", "7幢"), ("ArrowRight", "8幢"), ("ArrowRight", "8幢"), ("k", "3幢")):
        await page.keyboard.press(key)
        await expect(on).to_contain_text(name)
    await expect(page.locator("#readout")).to_have_text(
        "正指着：第三网格3幢，3 户，3 户该去了，其中 3 户近 90 天没见到人。"
    )
    await page.keyboard.press("Enter")
    await expect(page.locator("h1")).to_have_text("槐安小区3幢")
    await page.wait_for_load_state()
    for key, room in (("ArrowRight", "501"), ("ArrowRight", "502"), ("ArrowRight", "503"), ("ArrowLeft", "502")):
        await page.keyboard.press(key)
        await expect(page.locator(".door:focus")).to_contain_text(room)
    await page.keyboard.press("Enter")
    await expect(page.locator("h1")).to_contain_text("马师傅")
    assert here.complaints == []


async def test_a_visit_paints_its_door_on_the_open_boards(browser: Browser, station: Station, zhao: Phone) -> None:
    here = await window(browser, station)
    await here.go("/desk/boards")
    await expect(here.page.locator("#say")).to_contain_text("近三个月还有 3 户没见到人")
    await here.page.keyboard.press("j")
    await expect(here.page.locator("#readout")).to_contain_text("其中 3 户近 90 天没见到人")
    station.now_ms = clock.now_ms()
    await visit(zhao, station, "陈奶奶")
    await expect(here.page.locator("#say")).to_contain_text("近三个月还有 2 户没见到人", timeout=10_000)
    await expect(here.page.locator("#grids .a1")).to_have_count(1)
    await expect(here.page.locator("#grids a:focus")).to_contain_text("3幢")

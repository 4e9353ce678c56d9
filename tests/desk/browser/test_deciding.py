"""The conflict desk by its keys: U takes back what was just decided and nothing else."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page, expect

from server import clock
from tests.conflicts.conftest import cloned_phone, out_of_scope
from tests.desk.browser.window import window
from tests.journal.conftest import Station

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


async def decide(page: Page, kind: str, press: str, why: str = "") -> None:
    """Open a question by its address and press one of its buttons."""
    address = await page.locator(f'#queue a[data-key^="{kind}."]').evaluate("link => link.href")
    await page.goto(address)
    if why:
        await page.fill("#pane input[name=words]", why)
    await page.click(f'#pane [value="{press}"]')
    await expect(page.locator(".told")).to_contain_text("定了")
    # The words are there before the page's script is: a key pressed in between would go nowhere.
    await page.wait_for_load_state()


async def test_u_never_takes_back_an_older_decision(browser: Browser, station: Station) -> None:
    station.now_ms = clock.now_ms()
    await out_of_scope(station)
    await cloned_phone(station)
    here = await window(browser, station)
    page = here.page
    await here.go("/desk/conflicts")
    await decide(page, "aside", "declined", "记错门了")
    await decide(page, "fork", "released")
    address = page.url
    await page.evaluate("document.activeElement?.blur()")
    await page.keyboard.press("u")
    await expect(page.locator("#stays")).to_contain_text("刚定的这一件收不回，什么也没有撤")
    assert page.url == address
    await here.go("/desk/conflicts")
    await page.keyboard.press("u")
    await expect(page.locator("#stays")).to_contain_text("这一页上没有刚定的")
    await expect(page.locator(".lately")).not_to_contain_text("已撤")
    # What was declined can still be taken back, by its own button or right after it.
    await page.click(".lately [data-undo]")
    await expect(page.locator(".told")).to_contain_text("撤了")
    await decide(page, "aside", "declined", "还是记错了")
    await page.keyboard.press("u")
    await expect(page.locator(".told")).to_contain_text("撤了")
    assert here.complaints == []

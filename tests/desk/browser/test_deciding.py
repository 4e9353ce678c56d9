"""The conflict desk by its keys: U takes back what was just decided and nothing else."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page, expect

from server import clock
from tests.conflicts.conftest import case, cloned_phone, out_of_scope
from tests.desk.browser.window import window
from tests.desk.conftest import sign_in
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


async def test_a_leader_was_quicker_and_the_masters_key_still_says_something(
    browser: Browser, station: Station
) -> None:
    station.now_ms = clock.now_ms()
    await out_of_scope(station)
    grids = [station["第三网格"]]
    body = {"name": "李网格长", "role": "grid_leader", "community": station["community"], "grids": grids}
    await station.add("李网格长", "person.added", body)
    here = await window(browser, station)
    page = here.page
    await here.go("/desk/conflicts")
    await page.wait_for_load_state()
    quicker = await case(await sign_in(station, "李网格长"), "aside")
    await quicker.decide("declined", words="记错门了")
    await page.evaluate("document.activeElement?.blur()")
    await page.keyboard.press("1")
    await expect(page.locator(".told")).to_contain_text("这一件李网格长先定了：孙立写的走访不算数")
    await expect(page.locator(".told")).to_contain_text("您的意见没有改动它，留在旁边")
    await expect(page.locator(".lately .kept")).to_contain_text("王站长：算数")
    await page.wait_for_load_state()
    # U takes back what one has just decided oneself: that was nothing.
    await page.keyboard.press("u")
    await expect(page.locator("#stays")).to_contain_text("什么也没有撤")
    # Put back, it waits with what was said about it.
    await page.click(".lately [data-undo]")
    await expect(page.locator("#pane .kept")).to_contain_text("王站长：算数")
    assert here.complaints == []

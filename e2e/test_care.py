"""Somebody is looked in on with the server stopped, and what is urgent stands on the open desk once it is back."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.phone import Phone
from e2e.station import Station
from e2e.steps import join, open_desk, unsent

pytestmark = pytest.mark.browser


def on_today(page: Page, station: Station) -> Locator:
    """The line of whoever is to be looked in on, once an exchange has brought it."""
    line = page.locator("#care a.rest")
    end = time.monotonic() + 30
    while time.monotonic() < end:
        page.goto(f"{station.url}/field/")
        if line.count():
            return line
        time.sleep(0.5)
    raise AssertionError("Today never said whom to look in on")


def test_somebody_is_looked_in_on_with_the_server_stopped(
    station: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    master = open_desk(desk, station)
    master.goto(f"{station.url}/desk/care")
    master.locator("li", has_text="第三网格").locator("a[href*='#new']").first.click()
    master.select_option("#carer", label="小赵 · 网格员")
    master.locator("#new ~ form button.go").click()
    expect(master.locator(".head [role=status]")).to_contain_text("结对了")
    expect(master.locator("#urgent")).to_have_text("")

    page = join(phone("zhao"), station, "小赵")
    on_today(page, station)
    station.stop()
    page.goto(f"{station.url}/field/")
    page.locator("#care a.rest").first.click()
    page.locator(".foot button.go").click()
    expect(page.locator("#saved")).to_contain_text("记下了：放心")
    expect(page.locator("#care-told")).to_contain_text("今天看望过")
    page.locator("#saved button").click()
    expect(page.locator("#care-checks")).to_contain_text("撤回了，不算数")
    expect(page.locator("#care-told")).to_contain_text("还没看望过")
    page.fill("#text", "摔了，叫不应")
    page.locator(".foot button[value=urgent]").click()
    expect(page.locator(".numbers a")).to_have_count(3)
    assert page.locator(".numbers a").nth(2).get_attribute("href") == "tel:120"
    expect(page.locator("main")).to_contain_text("您写的已经存在手机上")
    assert unsent(page) == 3

    station.start()
    page.goto(f"{station.url}/field/outbox")
    page.locator("form[action='/field/outbox/attempts'] button").click()
    expect(master.locator("#urgent")).to_have_text("1", timeout=30_000)
    master.reload()
    expect(master.locator("#checks ~ ol")).to_contain_text("摔了，叫不应")

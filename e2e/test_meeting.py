"""A decision written at the desk by keyboard stands on a worker's phone, and one tap without a server ends it."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from e2e.phone import Phone
from e2e.station import Station
from e2e.steps import join, open_desk

pytestmark = pytest.mark.browser


def tab_to(page: Page, wanted: str) -> None:
    """By the Tab key alone to a field of the page."""
    for _ in range(60):
        if page.evaluate("document.activeElement?.id") == wanted:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {wanted}")


def comes(page: Page, address: str, words: str, *, there: bool = True) -> None:
    """A page says something, or does no more, once an exchange has been."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        page.goto(address)
        page.wait_for_load_state()
        if (page.locator("main", has_text=words).count() > 0) == there:
            return
        time.sleep(0.5)
    raise AssertionError(f"{address}: {words}")


def test_what_a_meeting_decides_is_done_on_a_phone_while_the_server_is_away(
    station: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    page = join(phone("zhao"), station, "小赵")
    master = open_desk(desk, station)
    master.goto(f"{station.url}/desk/meetings")
    master.wait_for_load_state()
    tab_to(master, "text-0")
    master.keyboard.type("东门路灯报修")
    master.keyboard.press("Tab")
    for _ in range(80):
        if "小赵" in master.evaluate("document.activeElement.selectedOptions[0].textContent"):
            break
        master.keyboard.press("ArrowDown")
    master.keyboard.press("Shift+Tab")
    master.keyboard.press("Enter")
    expect(master.locator("#follows + ul")).to_contain_text("小赵")

    page.goto(f"{station.url}/field/outbox")
    comes(page, f"{station.url}/field/", "东门路灯报修")
    station.stop()
    page.goto(f"{station.url}/field/")
    page.locator("form.agreed", has_text="东门路灯报修").locator("button").click()
    expect(page.locator("form.agreed")).to_have_count(0)
    page.reload()
    expect(page.locator("form.agreed")).to_have_count(0)
    station.start()
    page.goto(f"{station.url}/field/outbox")
    expect(page.locator("main")).to_contain_text("办完了一件")
    page.locator("form[action='/field/outbox/attempts'] button").click()
    comes(master, f"{station.url}/desk/packs", "东门路灯报修", there=False)

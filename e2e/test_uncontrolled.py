"""Half-written forms while no worker has the page: before it came, and past it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from e2e.phone import Phone, until
from e2e.station import Station
from e2e.steps import TOLD, begin_visit, choose_pin, join, open_door, open_link, save
from e2e.test_stories import KEPT

pytestmark = pytest.mark.browser

HERE = "() => Object.keys(localStorage).filter((name) => name.startsWith('sifang:draft:')).length"
WHOLE = """async () => {
  const { meta } = await import('/static/phone/database.js');
  const scopes = await meta('scopes');
  return !!scopes?.length && scopes.every(({ pending }) => !pending);
}"""
CONTROLLED = "() => !!navigator.serviceWorker.controller"


def hard_reload(page: Page) -> None:
    """As with Shift: the server draws the page, and no worker has it."""
    assert page.context
    page.context.new_cdp_session(page).send("Page.reload", {"ignoreCache": True})
    until(page, "() => !navigator.serviceWorker.controller && document.readyState === 'complete'")


@pytest.mark.thorough
def test_a_form_outlives_a_reload_before_the_worker_comes_and_goes_on_with_it(
    station: Station, phone: Callable[[str], Phone]
) -> None:
    page = phone("小赵").page
    station.link.hold("/sw.js")
    open_link(page, station.join_link("phone", "小赵"))
    page.wait_for_url("**/field/")
    open_door(page, station, "3", "2", "501")
    home = page.url
    begin_visit(page)
    text = page.locator("#text")
    text.fill("工人还没来")
    expect(page.locator("[data-draft-line]")).to_contain_text("存在这个浏览器里")
    page.reload()
    expect(text).to_have_value("工人还没来")
    expect(page.locator("[data-draft-line]")).to_contain_text("存在这个浏览器里")
    # It comes while one writes.
    station.link.let_go()
    page.reload()
    until(page, CONTROLLED)
    until(page, KEPT, argument="工人还没来")
    assert page.evaluate(HERE) == 0
    page.locator("#who_met").fill("陈奶奶")
    until(page, KEPT, argument="陈奶奶")
    # From now on this phone draws its pages, and first of all it is to be locked.
    page.reload()
    choose_pin(page, to="**/visits/new")
    until(page, WHOLE, 60)
    expect(text).to_have_value("工人还没来")
    expect(page.locator("#who_met")).to_have_value("陈奶奶")
    page.get_by_text("见到人", exact=True).click()
    save(page)
    page.goto(f"{home}/visits/new")
    expect(page.locator("form[data-keeping]")).to_be_visible()
    expect(text).to_have_value("")
    assert not page.evaluate(KEPT, "陈奶奶")


def test_a_page_loaded_past_the_worker_shows_nothing_and_loses_nothing(
    station: Station, phone: Callable[[str], Phone]
) -> None:
    page = join(phone("小赵"), station, "小赵")
    open_door(page, station, "3", "2", "501")
    home = page.url
    begin_visit(page)
    page.locator("#text").fill("先写在手机里")
    until(page, KEPT, argument="先写在手机里")
    # The exchange after the PIN tells the server what opens this phone's pages.
    until(page, TOLD, 20)
    hard_reload(page)
    expect(page.locator("h1")).to_contain_text("这一页要手机开着才能看")
    page.get_by_role("link", name="回到开头").click()
    page.wait_for_url("**/field/")
    page.goto(f"{home}/visits/new")
    expect(page.locator("#text")).to_have_value("先写在手机里")
    page.get_by_text("见到人", exact=True).click()
    save(page)
    page.goto(f"{home}/visits/new")
    expect(page.locator("form[data-keeping]")).to_be_visible()
    expect(page.locator("#text")).to_have_value("")

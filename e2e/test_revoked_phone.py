"""A phone that was lost, put out of use at the desk, found again: what it wrote waits for a person, and it goes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from e2e.phone import Phone, until
from e2e.station import Station
from e2e.steps import begin_visit, join, journal_size, open_desk, open_door, quick, save, unsent
from e2e.test_photos import DRAWN, choose_photo, wait_for

pytestmark = pytest.mark.browser

ASIDE = "这一条送到时，这部手机已经停用"
# Rows of homes that still lie in the phone.
HOMES = """() => new Promise((resolve) => {
  const opened = indexedDB.open('sifang');
  opened.onsuccess = () => {
    const count = opened.result.transaction('household').objectStore('household').count();
    count.onsuccess = () => { resolve(count.result); opened.result.close(); };
  };
})"""


def try_now(page: Page, station: Station) -> None:
    """现在送, on the page of what is unsent."""
    page.goto(f"{station.url}/field/outbox")
    page.locator("form.sum button").click()


def test_a_phone_out_of_use_loses_nothing_shows_nothing_and_comes_back(
    station: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    page = join(phone("小赵"), station, "小赵")
    assert page.evaluate(HOMES) > 0
    station.link.set("down")
    open_door(page, station, "3", "1", "402")
    quick(page, "no_answer")
    open_door(page, station, "3", "2", "501")
    begin_visit(page)
    choose_photo(page)
    page.get_by_text("见到人", exact=True).click()
    page.locator("textarea[name=text]").fill("手机丢之前写的")
    save(page)
    assert unsent(page) == 2
    lying = page.context.new_page()
    open_door(lying, station, "3", "2", "501")

    # The phone lies somewhere; the station puts it out of use, by the desk's own line.
    station.link.set("up")
    page.goto("about:blank")
    at_desk = open_desk(desk, station)
    at_desk.goto(f"{station.url}/desk/phones")
    at_desk.locator("tr", has_text="小赵").get_by_role("button", name="停用").click()
    expect(at_desk.locator(".note.newest")).to_contain_text("小赵的这部手机停用了")

    # It comes back: what it wrote goes up and is set aside; it is told, and the grid leaves it.
    try_now(page, station)
    expect(page.locator("main")).to_contain_text("站里停用了这部手机。", timeout=30_000)
    expect(page.locator("main")).to_contain_text("写过的都没丢")
    expect(page.locator("li.post", has_text=ASIDE)).to_have_count(2)
    until(page, f"async () => (await ({HOMES})()) === 0")
    # A page that still lay open tells of nothing either, once anything on it is pressed.
    lying.locator("#fact-phone form button").first.click()
    expect(lying.locator("h1.say")).to_have_text("手机里没有这一户。")
    expect(lying.locator("header.top")).to_have_count(1)
    expect(lying.locator("body")).not_to_contain_text("陈奶奶")
    page.goto(f"{station.url}/field/")
    expect(page.locator("main")).to_contain_text("站里停用了这部手机。")
    for path in ("/field/", "/field/doors"):
        page.goto(f"{station.url}{path}")
        expect(page.locator("body")).not_to_contain_text("陈奶奶")
        expect(page.locator("a.door")).to_have_count(0)
    size = journal_size(station)
    try_now(page, station)
    expect(page.locator("li.post", has_text=ASIDE)).to_have_count(2)
    assert journal_size(station) == size

    # The master looks at the photo too, and lets that visit count.
    expect(at_desk.locator("#waiting")).to_have_text("2", timeout=30_000)
    at_desk.goto(f"{station.url}/desk/conflicts")
    at_desk.locator("#queue a", has_text="3-2-501").click()
    pane = at_desk.locator("#pane")
    expect(pane).to_contain_text("手机丢之前写的")
    until(at_desk, DRAWN, 60)
    expect(pane.locator(".shots img")).to_have_attribute("alt", "第 1 张照片")
    pane.locator("button[value=released]").click()
    expect(at_desk.locator("h1")).to_contain_text("1 件要您拿主意")

    # Found again, it goes on as if nothing had been.
    at_desk.goto(f"{station.url}/desk/phones")
    at_desk.locator("tr", has_text="小赵").get_by_role("button", name="恢复").click()
    try_now(page, station)
    until(page, f"async () => (await ({HOMES})()) > 0", 60)
    expect(page.locator("main")).not_to_contain_text("站里停用了这部手机。")
    open_door(page, station, "3", "2", "501")
    expect(page.locator(".timeline")).to_contain_text("手机丢之前写的")
    size = journal_size(station)
    quick(page, "all_well")
    wait_for(lambda: journal_size(station) == size + 1)

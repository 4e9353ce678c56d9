"""A phone put out of use and found again: what it wrote waits for a person, and a new link lets it go on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from e2e.phone import Phone, until
from e2e.station import Station
from e2e.steps import (
    READY,
    begin_visit,
    choose_pin,
    join,
    journal_size,
    open_desk,
    open_door,
    open_link,
    quick,
    save,
    unsent,
)
from e2e.test_photos import DRAWN, choose_photo, wait_for

pytestmark = pytest.mark.browser

OUT_OF_USE = "这部手机停用了。"


def put_out_of_use(at_desk: Page, station: Station) -> None:
    """By the desk's own line."""
    at_desk.goto(f"{station.url}/desk/phones")
    at_desk.locator("tr", has_text="小赵").get_by_role("button", name="停用").click()
    expect(at_desk.locator(".note.newest")).to_contain_text("小赵的这部手机停用了")


def test_a_phone_out_of_use_hands_in_what_it_wrote_keeps_nothing_and_comes_back(
    station: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    page = join(phone("小赵"), station, "小赵")
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
    # The phone lies somewhere; the station puts it out of use before it has sent anything.
    station.link.hold("/sync/exchange", method="POST")
    station.link.set("up")
    page.goto("about:blank")
    at_desk = open_desk(desk, station)
    put_out_of_use(at_desk, station)

    # It has signal again: the page that lay open sends, and turns to the one that is left.
    station.link.let_go()
    lying.evaluate("() => dispatchEvent(new Event('online'))")
    expect(lying.locator("h1").first).to_have_text(OUT_OF_USE, timeout=30_000)
    expect(lying.locator("body")).not_to_contain_text("陈奶奶")
    size = journal_size(station)
    for path in ("/field/", "/field/doors", "/field/outbox"):
        page.goto(f"{station.url}{path}")
        expect(page.locator("h1").first).to_have_text(OUT_OF_USE)
    assert journal_size(station) == size
    at_desk.goto(f"{station.url}/desk/phones")
    expect(at_desk.locator("tr", has_text="小赵")).to_contain_text("清空了")
    expect(at_desk.locator("tr", has_text="小赵")).not_to_contain_text("跟着清掉了")

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

    # Found again, it is enrolled like a new one.
    open_link(page, station.join_link("phone", "小赵"))
    choose_pin(page)
    until(page, READY, 60)
    open_door(page, station, "3", "2", "501")
    expect(page.locator(".timeline")).to_contain_text("手机丢之前写的")
    size = journal_size(station)
    quick(page, "all_well")
    wait_for(lambda: journal_size(station) == size + 1)


@pytest.mark.thorough
def test_taken_back_before_it_was_heard_of_it_keeps_everything(
    station: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    page = join(phone("小赵"), station, "小赵")
    station.link.set("down")
    open_door(page, station, "3", "1", "402")
    quick(page, "no_answer")
    page.goto("about:blank")
    station.link.hold("/sync/exchange", method="POST")
    station.link.set("up")
    at_desk = open_desk(desk, station)
    put_out_of_use(at_desk, station)
    size = journal_size(station)
    at_desk.locator(".note.newest").get_by_role("button", name="恢复").click()
    expect(at_desk.locator(".note.newest")).to_contain_text("小赵的手机恢复了")
    station.link.let_go()
    page.goto(f"{station.url}/field/")
    wait_for(lambda: journal_size(station) == size + 2)
    open_door(page, station, "3", "1", "402")
    expect(page.locator(".timeline")).to_contain_text("没人应")
    expect(at_desk.locator("#waiting")).to_have_text("")

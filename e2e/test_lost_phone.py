"""A phone is lost with unsent visits on it: they reach the station, it empties itself, its worker goes on."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from e2e.phone import Phone, until
from e2e.planted import ASKED, WORD
from e2e.station import Station
from e2e.steps import (
    READY,
    begin_visit,
    choose_pin,
    join,
    journal_size,
    lock,
    open_desk,
    open_door,
    open_link,
    save,
    unsent,
)
from e2e.test_face_to_face import answer, at_desk, digits
from e2e.test_photos import wait_for
from e2e.test_profile import on_disk

pytestmark = pytest.mark.browser

UNLOCKED, LOCKED, HALF = WORD.format(9001), WORD.format(9002), WORD.format(9003)
SECONDS_MAX = 120
DATABASES = "async () => (await indexedDB.databases()).map(({ name }) => name)"
KEPT = "() => [localStorage.length, sessionStorage.length]"
CACHES = "async () => (await caches.keys()).map((name) => name.replace(/^shell-.*/, 'shell')).sort()"


def write_visit(page: Page, words: str) -> None:
    """A visit as far as its button."""
    begin_visit(page)
    page.locator("#visit").get_by_text("见到人", exact=True).click()
    page.fill("[name=text]", words)
    expect(page.locator("[data-draft-line]")).to_contain_text("存")


def lose_with_visits_on_it(zhao: Phone, station: Station) -> None:
    """Without signal: a visit, half a form, a visit sent from a page that stood open while the phone was locked."""
    page = zhao.page
    station.link.set("down")
    open_door(page, station, "3", "1", "402")
    write_visit(page, UNLOCKED)
    save(page)
    open_door(page, station, "3", "1", "201")
    write_visit(page, HALF)
    open_door(page, station, "3", "2", "501")
    write_visit(page, LOCKED)
    assert zhao.context
    another = zhao.context.new_page()
    lock(another, station)
    another.close()
    page.locator(".foot button.go").click()
    expect(page.locator("[data-locked] .saved")).to_contain_text("存好了")
    assert unsent(page) == 2
    zhao.close()
    station.link.set("up")


def go_on(desk: Page, station: Station, fresh: Phone) -> None:
    """The station puts the lost phone out of use, and lets in another of its person's."""
    desk.goto(f"{station.url}/desk/phones")
    desk.locator("tr", has_text="小赵").get_by_role("button", name="停用").click()
    expect(desk.locator(".note.newest")).to_contain_text("把自己清空")
    desk.get_by_role("button", name="给小赵一个链接").first.click()
    expect(desk.locator("#link .picture svg")).to_be_visible()
    open_link(fresh.page, str(desk.locator("#link a.text").get_attribute("href")))
    assert at_desk(desk) == digits(fresh.page)
    answer(desk, "same")
    choose_pin(fresh.page)
    until(fresh.page, READY, 30)
    open_door(fresh.page, station, "3", "2", "501")


def test_a_lost_phone_hands_in_what_was_unsent_and_empties_itself(
    station: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    station.stop()
    assert int(station.command("e2e.planted")) >= ASKED
    station.start()
    lost, fresh = phone("小赵"), phone("小赵的新手机")
    join(lost, station, "小赵")
    lose_with_visits_on_it(lost, station)

    master = open_desk(desk, station)
    told = time.monotonic()
    go_on(master, station, fresh)
    took = time.monotonic() - told
    print(f"\nfrom the loss being told to the grid on the new phone: {took:.1f} s")
    assert took < SECONDS_MAX

    # Whoever found it switches it on where there is signal; it is locked.
    before = journal_size(station)
    lost.open()
    context = lost.context
    assert context
    assert "sifang" in {each["name"] for each in context.cookies()}
    found = lost.page
    found.goto(f"{station.url}/field/")
    expect(found.locator("h1").first).to_have_text("这部手机停用了。", timeout=30_000)
    expect(found.locator("section[lang=en]")).to_contain_text("ask the station for a new link")
    assert journal_size(station) == before + 2
    until(found, f"async () => !(await ({DATABASES})()).length")
    assert found.evaluate(KEPT) == [0, 0]
    assert found.evaluate(CACHES) == ["out-of-use", "shell"]
    wait_for(lambda: "sifang" not in {each["name"] for each in context.cookies()})
    station.link.set("down")
    for path in ("/field/doors", "/field/outbox", "/"):
        found.goto(f"{station.url}{path}")
        expect(found.locator("h1").first).to_have_text("这部手机停用了。")
    assert found.evaluate(DATABASES) == []
    station.link.set("up")
    lost.close()
    words, files = on_disk(lost.profile)
    assert not words, files

    # The desk reads that it is empty, and what went with it; one of the two visits is let count.
    master.goto(f"{station.url}/desk/phones")
    row = master.locator("tr", has_text="清空")
    expect(row).to_contain_text("1 样没送的跟着清掉了")
    expect(row.get_by_role("button", name="恢复")).to_have_count(0)
    expect(master.locator("#waiting")).to_have_text("2", timeout=30_000)
    master.goto(f"{station.url}/desk/conflicts")
    master.locator("#queue a", has_text="3-2-501").click()
    expect(master.locator("#pane")).to_contain_text(LOCKED)
    master.locator("#pane button[value=released]").click()
    expect(master.locator("h1")).to_contain_text("1 件要您拿主意")
    fresh.page.goto(f"{station.url}/field/outbox")
    fresh.page.locator("form.sum button").click()
    open_door(fresh.page, station, "3", "2", "501")
    expect(fresh.page.locator(".timeline")).to_contain_text(LOCKED)

    # It came back: a new link makes it a phone like a new one.
    lost.open()
    page = open_link(lost.page, station.join_link("phone", "小赵"))
    choose_pin(page)
    until(page, READY, 30)
    open_door(page, station, "3", "2", "501")
    expect(page.locator(".timeline")).to_contain_text(LOCKED)

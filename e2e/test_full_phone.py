"""A phone whose storage is full says so before anything is lost, and still sends what it holds."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Page, expect

from e2e.phone import Phone
from e2e.station import Station
from e2e.steps import begin_visit, join, journal_size, lock, open_door, quick, save, unlock
from torture.kept import read_kept

pytestmark = pytest.mark.browser

WORDS = "厨房漏水，说好周六带人来看"
SENT_S = 20


def fill_up(phone: Phone, station: Station) -> CDPSession:
    """Open the browser anew with no byte left for this origin; a running one remembers for a while that it had room."""
    phone.close()
    phone.open()
    assert phone.context
    session = phone.context.new_cdp_session(phone.page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": station.url, "quotaSize": 1})
    return session


def make_room(session: CDPSession, station: Station) -> None:
    """Some photos were deleted."""
    session.send("Storage.overrideQuotaForOrigin", {"origin": station.url})


def write(page: Page) -> None:
    """Fill in a visit and tap save."""
    begin_visit(page)
    page.get_by_text("见到人", exact=True).click()
    page.locator("textarea[name=text]").fill(WORDS)
    page.locator(".foot button.go").click()


def test_a_full_phone_says_that_nothing_was_kept_and_the_words_stay_on_the_page(
    station: Station, phone: Callable[[str], Phone]
) -> None:
    zhao = phone("小赵")
    page = join(zhao, station, "小赵")
    station.link.set("down")
    open_door(page, station, "3", "1", "402")
    quick(page, "no_answer")
    before = read_kept(page)

    session = fill_up(zhao, station)
    page = zhao.page
    open_door(page, station, "3", "2", "501")
    write(page)
    expect(page.locator("#w-result")).to_contain_text("手机存满了")
    expect(page.locator(".saved")).to_have_count(0)
    expect(page.locator("textarea[name=text]")).to_have_value(WORDS)
    expect(page.locator("input[name=result][value=met]")).to_be_checked()
    assert read_kept(page).edits == before.edits

    # What it holds goes up all the same, though the phone cannot note that it went.
    size = journal_size(station)
    station.link.set("up")
    page.evaluate("() => { dispatchEvent(new Event('online')); }")
    end = time.monotonic() + SENT_S
    while journal_size(station) == size and time.monotonic() < end:
        page.wait_for_timeout(50)
    assert journal_size(station) == size + 1
    expect(page.locator("textarea[name=text]")).to_have_value(WORDS)

    # Room again: the same tap keeps it, once.
    make_room(session, station)
    save(page)
    expect(page.locator(".timeline").first).to_contain_text(WORDS)
    page.goto(f"{station.url}/field/outbox")
    page.locator("form.sum button").click()
    expect(page.locator("h1")).to_contain_text("都送到了")
    assert journal_size(station) == size + 2


@pytest.mark.thorough
def test_a_full_phone_says_it_beside_one_tap_and_beside_a_fact(station: Station, phone: Callable[[str], Phone]) -> None:
    zhao = phone("小赵")
    join(zhao, station, "小赵")
    station.link.set("down")
    session = fill_up(zhao, station)
    page = zhao.page
    open_door(page, station, "3", "2", "501")
    page.locator("button[name=quick][value=no_answer]").click()
    expect(page.locator("#w-result")).to_contain_text("手机存满了")

    open_door(page, station, "3", "2", "501")
    page.locator("#fact-phone a.icon-btn").click()
    page.locator("#fact-phone input[name=value]").fill("000-0000-0077")
    page.locator("#fact-phone button.btn").first.click()
    expect(page.locator("#w-phone")).to_contain_text("手机存满了")
    expect(page.locator("#fact-phone input[name=value]")).to_have_value("000-0000-0077")
    assert read_kept(page).edits == {}

    make_room(session, station)
    page.locator("#fact-phone button.btn").first.click()
    expect(page.locator("#fact-phone")).to_contain_text("000-0000-0077")
    assert len(read_kept(page).edits) == 1


@pytest.mark.thorough
def test_a_full_phone_opens_with_its_pin(station: Station, phone: Callable[[str], Phone]) -> None:
    zhao = phone("小赵")
    page = join(zhao, station, "小赵")
    lock(page, station)
    fill_up(zhao, station)
    page = zhao.page
    page.goto(f"{station.url}/field/doors")
    unlock(page)
    expect(page.locator("a.door").first).to_be_visible()

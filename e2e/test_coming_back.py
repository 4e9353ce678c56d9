"""Going back, reloading, losing the store: nothing is said twice, nothing vanishes, nothing untrue is claimed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from e2e.phone import Phone, until
from e2e.station import Station
from e2e.steps import begin_visit, join, journal_size, open_door, save, unsent
from e2e.test_stories import KEPT

pytestmark = pytest.mark.browser


@pytest.mark.thorough
def test_going_back_after_saving_shows_a_fresh_form(station: Station, phone: Callable[[str], Phone]) -> None:
    page = join(phone("小赵"), station, "小赵")
    station.link.set("down")
    open_door(page, station, "3", "2", "501")
    begin_visit(page)
    page.get_by_text("见到人", exact=True).click()
    page.locator("textarea[name=text]").fill("只说一次")
    save(page)
    page.go_back()
    expect(page.locator("textarea[name=text]")).to_have_value("")
    expect(page.locator("input[name=result]:checked")).to_have_count(0)
    assert unsent(page) == 1


@pytest.mark.thorough
def test_a_half_written_fact_outlives_a_reload_and_ends_where_one_gives_it_up(
    station: Station, phone: Callable[[str], Phone]
) -> None:
    page = join(phone("小赵"), station, "小赵")
    station.link.set("down")
    open_door(page, station, "3", "2", "501")
    page.locator("#fact-note a.icon-btn").click()
    note = page.locator("#fact-note textarea")
    expect(note).to_be_visible()
    before = note.input_value()
    note.fill("钥匙在对门")
    until(page, KEPT, argument="钥匙在对门")
    page.reload()
    page.locator("#fact-note a", has_text="接着写").click()
    expect(note).to_have_value("钥匙在对门")
    page.locator("#fact-note .turn a").click()
    expect(note).to_have_count(0)
    page.locator("#fact-note a.icon-btn").click()
    expect(note).to_have_value(before)
    note.fill("钥匙在楼下")
    page.locator("#fact-note .turn button").click()
    expect(page.locator("#fact-note")).to_contain_text("钥匙在楼下")
    until(page, "() => !document.querySelector('#fact-note textarea')")
    page.locator("#fact-note a.icon-btn").click()
    expect(note).to_have_value("钥匙在楼下")


def test_addresses_without_a_page_lead_to_one_also_without_signal(
    station: Station, phone: Callable[[str], Phone]
) -> None:
    page = join(phone("小赵"), station, "小赵")
    open_door(page, station, "3", "2", "501")
    home = page.url
    station.stop()
    for path in ("/", "/field"):
        page.goto(station.url + path)
        page.wait_for_url("**/field/")
        expect(page.locator("h1")).to_contain_text("今天该敲")
    page.goto(f"{home}/visits")
    expect(page.locator("form#visit")).to_be_visible()
    page.goto(f"{station.url}/field/nowhere")
    expect(page.locator("h1")).to_have_text("没有这一页。")
    # A day is to be picked, and none is: the form says so beside the field.
    page.goto(f"{home}/visits/new")
    page.get_by_text("见到人", exact=True).click()
    page.get_by_text("选日子", exact=True).click()
    page.locator(".foot button.go").click()
    expect(page.locator("#w-follow")).to_be_visible()


@pytest.mark.thorough
def test_a_browser_that_could_keep_a_grid_and_has_none_says_so(
    playwright: Playwright, station: Station, tmp_path: Path
) -> None:
    plain = Phone(playwright, tmp_path / "empty", java_script_enabled=False)
    plain.page.goto(station.join_link("phone", "小赵"))
    plain.page.locator("form[action$='/session'] button:visible").first.click()
    plain.page.wait_for_url("**/field/")
    expect(plain.page.locator("#holds-nothing")).to_be_hidden()
    plain.close()
    phone = Phone(playwright, tmp_path / "empty")
    page = phone.page
    page.goto(f"{station.url}/field/")
    expect(page.locator("#holds-nothing")).to_be_visible()
    expect(page.locator("#outgoing")).to_be_hidden()
    # Nor does it claim to be keeping one, where the browser has thrown the store away half way.
    page.evaluate("() => localStorage.setItem('sifang:keeping', 'yes')")
    page.reload()
    expect(page.locator("#holds-nothing")).to_be_visible()
    expect(page.locator("#keeping")).to_be_hidden()
    assert journal_size(station)
    phone.close()

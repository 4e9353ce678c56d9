"""Small roads to their end: a neighbour's suggestion, a page read aloud, the number on duty, what comes on paper."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from e2e.phone import Phone
from e2e.station import Station
from e2e.steps import join, open_desk
from e2e.test_elder import come_in, shown

pytestmark = pytest.mark.browser

DUTY = "000-0000-0110"
LISTEN = """
window.heard = [];
window.SpeechSynthesisUtterance = class { constructor(words) { this.words = words; } };
const value = { cancel() {}, speak: ({ words }) => window.heard.push(words) };
Object.defineProperty(window, 'speechSynthesis', { value });
"""


def test_what_a_neighbour_says_could_be_easier_is_read_at_the_desk(
    station: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    page = come_in(phone("elder"), station)
    page.goto(f"{station.url}/elder/")
    page.locator("a[href^='/elder/suggestions/new']").click()
    page.locator("#suggestion textarea").fill("字再大一点")
    page.locator("#suggestion button, button[form=suggestion]").last.click()
    expect(page.locator("#suggested")).to_be_visible()
    shown(open_desk(desk, station), f"{station.url}/desk/suggestions", "字再大一点")


@pytest.mark.thorough
def test_a_neighbours_page_is_read_aloud(station: Station, phone: Callable[[str], Phone]) -> None:
    page = come_in(phone("elder"), station)
    page.add_init_script(LISTEN)
    page.goto(f"{station.url}/elder/call")
    page.locator("[data-read]").click()
    assert "110" in page.evaluate("window.heard.join()")


@pytest.mark.thorough
def test_the_number_on_duty_is_there_without_a_server(
    station: Station, phone: Callable[[str], Phone], monkeypatch: pytest.MonkeyPatch
) -> None:
    station.stop()
    monkeypatch.setenv("SIFANG_DUTY_PHONE", DUTY)
    station.start()
    page = join(phone("zhao"), station, "小赵")
    station.stop()
    page.goto(f"{station.url}/field/emergency")
    expect(page.locator("a[href^='tel:']", has_text=re.compile("0110"))).to_be_visible()


@pytest.mark.thorough
@pytest.mark.parametrize("path", ["/desk/pictures", "/desk/packs/monday"])
def test_on_paper_stands_what_was_asked_for_and_nothing_to_press(station: Station, desk: Phone, path: str) -> None:
    page = open_desk(desk, station)
    page.goto(station.url + path)
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".on-paper").first).to_be_visible()
    expect(page.locator("form.filters")).to_be_hidden()
    expect(page.locator(".side nav, .side .pages").first).to_be_hidden()

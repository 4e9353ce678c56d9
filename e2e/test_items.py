"""A round without signal: what was asked at the doors turns into what it is by a tap, and the station moves it on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from e2e.phone import Phone
from e2e.station import Station
from e2e.steps import begin_visit, join, open_door, save

pytestmark = pytest.mark.browser


def visit(page: Page, station: Station, door: tuple[str, str, str], result: str = "met", **said: str) -> None:
    """One visit with the asks that were answered."""
    open_door(page, station, *door)
    begin_visit(page)
    page.locator(f"label:has(input[name=result][value={result}])").click()
    for ask, words in said.items():
        page.locator(f".asks details:has(#ask-{ask}) summary").click()
        page.fill(f"#ask-{ask}", words)
    save(page)


def turn(page: Page, name: str, value: str) -> None:
    """The one tap."""
    page.locator(f"button[name={name}][value={value}]").click()
    expect(page.locator("h2#said")).to_be_visible()


def test_a_rounds_asks_turn_without_signal_and_the_station_moves_them_on(
    station: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    page = join(phone("zhao"), station, "小赵")
    station.stop()

    # Noise at night, and it is settled on the spot: kept as a problem, and closed with a word.
    visit(page, station, ("3", "2", "501"), difficulty="棋牌室夜里十一点还吵", need="想有人陪去量血压")
    turn(page, "kind", "problem")
    turn(page, "kind", "need")
    expect(page.locator(".turned")).to_contain_text(["难处，新记的", "需求，新记的"])
    page.locator(".turned a", has_text="难处").click()
    expect(page.locator("main")).to_contain_text("棋牌室夜里十一点还吵")
    page.fill("#move-note", "去劝了，老板答应十点散场")
    page.locator("button[name=to][value=self_resolved]").click()
    expect(page.locator("#item-state")).to_contain_text("自己解决了")
    expect(page.locator("main")).to_contain_text("去劝了，老板答应十点散场")
    expect(page.locator("#outgoing")).to_contain_text("4 条")

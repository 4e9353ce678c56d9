"""Voice notes without a server, wherever words are asked for; then the desk hears them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from e2e.phone import Phone
from e2e.pictures import voice
from e2e.station import Station
from e2e.steps import begin_visit, join, open_desk, open_door, save

pytestmark = pytest.mark.browser


def speak(page: Page, seconds: int) -> None:
    """A voice note, as the phone's own recorder hands it over."""
    page.wait_for_load_state()
    for fold in page.locator("details:has([data-blobs]):not([open]) > summary").all():
        fold.click()
    page.locator("[data-voice-file] input").set_input_files(voice(seconds))
    expect(page.locator("[data-blob-list] audio")).to_have_count(1, timeout=20_000)


def test_what_is_only_spoken_is_heard_at_the_desk_and_turns_into_what_it_is(
    station: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    page = join(phone("zhao"), station, "小赵")
    station.stop()
    open_door(page, station, "3", "2", "501")
    begin_visit(page)
    page.locator("label:has(input[name=result][value=met])").click()
    speak(page, 3)
    save(page)
    # One tap, also of what nobody wrote down.
    spoken = page.locator(".turned", has_text="录音里说的").first
    spoken.get_by_role("button", name="需求").click()
    expect(page.locator(".turned", has_text="录音里说的").first).to_contain_text("需求，新记的")
    page.goto(f"{station.url}/field/mediations/new")
    speak(page, 4)
    page.locator(".foot button.go").click()
    expect(page.locator("[aria-labelledby=words]")).to_contain_text("录音里说的")
    page.goto(f"{station.url}/field/log")
    speak(page, 5)
    page.locator(".foot button.go").click()
    expect(page.locator("#log-state")).to_contain_text("等到服务器")

    station.start()
    page.goto(f"{station.url}/field/outbox")
    page.locator("form[action='/field/outbox/attempts'] button").click()
    expect(page.locator("#outbox .say")).to_contain_text("都送到了", timeout=20_000)
    master = open_desk(desk, station)
    for kind in ("需求", "调解"):
        master.goto(f"{station.url}/desk/items")
        row = master.locator("tbody tr", has_text=kind)
        expect(row).to_contain_text("录音里说的")
        row.locator("a").first.click()
        expect(master.locator("audio")).to_have_count(1)
    master.goto(f"{station.url}/desk/logs")
    expect(master.locator("audio[src*='log=']")).to_have_count(1)

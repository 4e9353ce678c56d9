"""A browser without scripts, service workers or a store: the same pages, the same forms, drawn by the server."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from e2e.phone import Phone
from e2e.station import Station
from e2e.steps import begin_visit, journal_size, open_door, quick, save

pytestmark = pytest.mark.browser


def test_worker_whose_browser_keeps_nothing_does_the_same_work(
    playwright: Playwright, station: Station, tmp_path: Path
) -> None:
    plain = Phone(playwright, tmp_path / "plain", java_script_enabled=False)
    page = plain.page
    page.goto(station.join_link("phone", "小赵"))
    page.locator("form[action$='/session'] button:visible").first.click()
    page.wait_for_url("**/field/")
    expect(page.locator("h1.say")).to_be_visible()

    before = journal_size(station)
    open_door(page, station, "3", "2", "501")
    quick(page, "no_answer")
    assert journal_size(station) == before + 1

    begin_visit(page)
    page.locator("#text").fill("第一行\n第二行 <b>𠮷</b>")
    page.locator("input[name=mode][value=night]").check(force=True)
    page.locator("button.go").click()
    expect(page.locator("#w-result")).to_be_visible()
    assert page.locator("#text").input_value() == "第一行\n第二行 <b>𠮷</b>"
    expect(page.locator("input[name=mode][value=night]")).to_be_checked()
    page.locator("input[name=result][value=met]").check(force=True)
    save(page)
    expect(page.locator(".timeline li").first).to_contain_text("第二行 <b>𠮷</b>")
    assert journal_size(station) == before + 2

    page.locator("#fact-phone a.icon-btn").click()
    page.locator("input[name=value]:visible").fill("０００-0000-0099")
    page.locator("#fact-phone button.btn").first.click()
    expect(page.locator("#fact-phone")).to_contain_text("000-0000-0099")
    page.goto(f"{station.url}/field/more")
    page.locator("button[value=en]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    plain.close()

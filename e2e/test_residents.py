"""A resident without an account, in a browser that runs no script: from the sheet by the door to how it was solved."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, ViewportSize, expect

from e2e.phone import FLAGS, Phone
from e2e.places import Places
from e2e.station import Station
from e2e.steps import open_desk
from e2e.test_accessible import check, walk_by_tab
from e2e.test_whistle import at_desk as at_desk
from e2e.test_whistle import send, step
from tests.chromium import executable

pytestmark = pytest.mark.browser

SCREEN: ViewportSize = {"width": 360, "height": 640}


@pytest.fixture
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A browser that nobody ever signed in with."""
    opened = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
    yield opened
    opened.close()


@pytest.fixture
def old(browser: Browser) -> Page:
    """An old telephone: no script, no service worker."""
    context = browser.new_context(viewport=SCREEN, java_script_enabled=False, service_workers="block")
    return context.new_page()


def write(page: Page, address: str, text: str) -> None:
    """Something is said in the form of a building, and sent."""
    page.goto(address)
    page.fill("#text", text)
    page.locator("main form button").click()


def test_a_resident_says_it_without_an_account_and_reads_on(
    station: Station, desk: Phone, old: Page, at_desk: Callable[[str], Page]
) -> None:
    master = open_desk(desk, station)
    master.goto(station.url + Places(station.data / "sifang.db").desk()["notice"])
    address = master.locator(".address").first.inner_text()
    old.goto(address)
    old.get_by_role("link", name="English").click()
    expect(old.locator("html")).to_have_attribute("lang", "en")
    old.get_by_role("link", name="中文").click()
    old.get_by_label("怎么联系您").fill("000-0000-0007")
    old.get_by_label("什么事").fill(" ")
    old.get_by_role("button", name="送出").click()
    expect(old.get_by_text("写一句是什么事")).to_be_visible()
    expect(old.get_by_label("怎么联系您")).to_have_value("000-0000-0007")
    old.get_by_label("什么事").fill("二楼的灯坏了三天")
    old.get_by_role("button", name="送出").click()
    expect(old.get_by_role("status")).to_have_text("收到了。")
    receipt = old.url
    mei = at_desk("小梅")
    send(mei, station, "消防", suggested=False)
    old.goto(receipt)
    expect(old.locator("h1")).to_have_text("已经转给消防")
    wei = at_desk("老魏")
    expect(wei.get_by_text("二楼的灯坏了三天")).to_have_count(0)
    for to, note in (("accepted", ""), ("in_progress", ""), ("resolved", "换了灯泡")):
        step(wei, station, to, note)
    old.goto(receipt)
    expect(old.locator("h1")).to_contain_text("请您说说有没有用")
    old.get_by_label("没解决").check()
    old.get_by_role("button", name="说好了").click()
    expect(old.get_by_role("status")).to_contain_text("谢谢您")
    old.get_by_role("button", name="删掉我的联系方式").click()
    expect(old.get_by_role("status")).to_contain_text("已经删掉")
    mei.goto(f"{station.url}/desk/whistles?show=not")
    expect(mei.locator("#queue")).to_contain_text("二楼的灯坏了三天")
    assert old.context.cookies() == []


def test_every_page_for_residents(station: Station, browser: Browser) -> None:
    page = browser.new_context(viewport=SCREEN).new_page()
    places = Places(station.data / "sifang.db")
    write(page, f"{station.url}/r/{places.code}", "二楼的灯坏了三天")
    receipt = page.url.split("?")[0].rsplit("/", 1)[1]
    found: list[str] = []
    for lang, html in (("zh", "zh-CN"), ("en", "en")):
        for name, path in places.residents(receipt).items():
            page.goto(f"{station.url}{path}{'&' if '?' in path else '?'}lang={lang}")
            found += check(page, name, html)
            walk_by_tab(page, name)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    assert found == []

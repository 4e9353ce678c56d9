"""A phone is enrolled beside the station's screen: scan or type, press, compare; and all that can go wrong there."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from e2e.phone import Phone, until
from e2e.station import Station
from e2e.steps import READY, choose_pin, open_desk, open_link, press
from e2e.test_accessible import violations

pytestmark = pytest.mark.browser

WECHAT = (
    "Mozilla/5.0 (Linux; Android 14; 23113RKC6C) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/126.0.6478.188 Mobile Safari/537.36 XWEB/1260133 MMWEBSDK/20240301 MicroMessenger/8.0.48.2580(0x2800303F)"
)


@pytest.fixture
def link(station: Station, desk: Phone) -> Callable[[], str]:
    """The desk makes a link for 小赵; the page stays open."""

    def made() -> str:
        page = desk.page
        page.goto(f"{station.url}/desk/phones")
        page.get_by_role("button", name="给小赵一个链接").first.click()
        expect(page.locator("#link .picture svg")).to_be_visible()
        return str(page.locator("#link a.text").get_attribute("href"))

    open_desk(desk, station)
    return made


def digits(page: Page) -> str:
    """What a phone shows for the station to compare."""
    place = page.locator("[data-step=compare] .digits")
    expect(place).to_have_text(re.compile(r"^\d{4}$"))
    return place.inner_text()


def at_desk(desk: Page) -> str:
    """What the desk shows, without anybody touching it."""
    place = desk.locator(".meeting .digits")
    expect(place).to_have_text(re.compile(r"^\d{4}$"), timeout=10_000)
    return place.inner_text()


def answer(desk: Page, decision: str) -> None:
    """The station's word."""
    desk.locator(f".meeting button[value={decision}]").click()
    desk.wait_for_url("**/desk/phones?met=*")


def phones(station: Station) -> int:
    """How many phones are enrolled."""
    import sqlite3

    with sqlite3.connect(f"file:{station.data / 'sifang.db'}?mode=ro", uri=True) as db:
        return int(db.execute("SELECT count(*) FROM device WHERE kind = 'phone'").fetchone()[0])


def test_scan_press_compare_and_a_phone_closed_half_way_goes_on(
    station: Station, phone: Callable[[str], Phone], desk: Phone, link: Callable[[], str]
) -> None:
    address, zhao = link(), phone("小赵")
    zhao.page.goto(address)
    expect(zhao.page.locator("[data-step=begin] h1")).to_contain_text("小赵")
    expect(desk.page.locator(".meeting")).to_have_count(0)
    press(zhao.page)
    shown = digits(zhao.page)
    assert at_desk(desk.page) == shown
    assert phones(station) == 0
    zhao.kill()

    zhao.open()
    zhao.page.goto(address)
    assert digits(zhao.page) == shown, "without another press"
    station.link.set("down")
    expect(zhao.page.locator("[data-unheard]")).to_be_visible()
    assert digits(zhao.page) == shown
    station.link.set("up")
    answer(desk.page, "same")
    expect(desk.page.locator("main")).to_contain_text("小赵的手机登记好了")
    choose_pin(zhao.page)
    until(zhao.page, READY, 30)
    assert phones(station) == 1
    kept = (
        "async () => (await (await import('/static/phone/database.js')).meta('device')).certificate.split('.').length"
    )
    assert zhao.page.evaluate(kept) == 2
    # The same link leads the phone that used it back to its pages, and nobody else anywhere.
    zhao.page.goto(address)
    expect(zhao.page.locator("[data-step=known] h1")).to_be_visible()
    other = phone("老孙").page
    open_link(other, address)
    expect(other.locator("[data-step=taken] h1")).to_be_visible()
    assert phones(station) == 1


@pytest.mark.thorough
def test_other_digits_void_the_link_and_the_next_one_works(
    station: Station, phone: Callable[[str], Phone], desk: Phone, link: Callable[[], str]
) -> None:
    # Somebody has taken a picture of the screen, and is faster.
    address, thief, zhao = link(), phone("老孙").page, phone("小赵").page
    open_link(thief, address)
    stolen = digits(thief)
    open_link(zhao, address)
    expect(zhao.locator("[data-step=taken] h1")).to_have_text("另一部手机先用了这个链接。")
    assert at_desk(desk.page) == stolen
    answer(desk.page, "different")
    expect(desk.page.locator("main")).to_contain_text("没有登记：数字不一样")
    expect(thief.locator("[data-step=differ] h1")).to_be_visible(timeout=10_000)
    assert phones(station) == 0
    open_link(zhao, link())
    assert at_desk(desk.page) == digits(zhao)
    answer(desk.page, "same")
    choose_pin(zhao)
    assert phones(station) == 1


@pytest.mark.thorough
def test_eight_digits_lead_where_the_picture_leads(
    station: Station, phone: Callable[[str], Phone], desk: Phone, link: Callable[[], str]
) -> None:
    link()
    code = desk.page.locator("#link .digits").inner_text()
    page = phone("小赵").page
    page.goto(f"{station.url}/join")
    page.locator("input[name=code]").fill("1234 567")
    page.get_by_role("button", name="下一步").click()
    expect(page.locator("#w-code")).to_contain_text("要八位数字")
    expect(page.locator("input[name=code]")).to_have_value("1234 567")
    wrong = code[:8] + ("0" if code[8] != "0" else "1")
    page.locator("input[name=code]").fill(wrong)
    page.get_by_role("button", name="下一步").click()
    expect(page.locator("#w-code")).to_contain_text("没有这组数字")
    page.locator("input[name=code]").fill(code)
    page.get_by_role("button", name="下一步").click()
    press(page)
    assert at_desk(desk.page) == digits(page)
    answer(desk.page, "same")
    choose_pin(page)


@pytest.mark.thorough
def test_without_scripts_the_digits_are_compared_as_well(
    playwright: Playwright, station: Station, tmp_path: Path, desk: Phone, link: Callable[[], str]
) -> None:
    address, plain = link(), Phone(playwright, tmp_path / "plain", java_script_enabled=False)
    page = plain.page
    page.goto(address)
    page.locator("form[action$='/session'] button:visible").first.click()
    shown = page.locator(".digits").inner_text()
    assert at_desk(desk.page) == shown
    page.get_by_role("button", name="站长按好了，继续").click()
    assert page.locator(".digits").inner_text() == shown
    answer(desk.page, "same")
    page.get_by_role("button", name="站长按好了，继续").click()
    page.wait_for_url("**/field/")
    desk.page.reload()
    expect(desk.page.locator("tr.browser")).to_have_count(1)
    plain.close()


def test_inside_wechat_the_page_shows_the_way_out_and_uses_nothing_up(
    playwright: Playwright, station: Station, tmp_path: Path, desk: Phone, link: Callable[[], str]
) -> None:
    address = link()
    inside = Phone(playwright, tmp_path / "wechat", user_agent=WECHAT)
    assert inside.context
    inside.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=station.url)
    page = inside.page
    page.goto(address)
    expect(page.locator("h1")).to_contain_text("微信里存不住东西")
    expect(page.locator("ol.steps svg")).to_have_count(2)
    page.get_by_role("button", name="复制地址").click()
    expect(page.get_by_role("button", name="复制好了")).to_be_visible()
    assert page.evaluate("() => navigator.clipboard.readText()") == address
    expect(page.locator("form, [data-go]")).to_have_count(0)
    inside.close()
    outside = Phone(playwright, tmp_path / "wechat")
    open_link(outside.page, address)
    assert at_desk(desk.page) == digits(outside.page)
    outside.close()


@pytest.mark.thorough
def test_the_picture_carries_the_key_that_is_believed_first(
    station: Station, phone: Callable[[str], Phone], desk: Phone, link: Callable[[], str]
) -> None:
    address, page = link(), phone("小赵").page
    plain, _, key = address.partition("#k=")
    assert len(key) == 43
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    # Another key than the one behind this address: said before anything begins, and the link is not used up.
    page.goto(f"{plain}#k={'A' * 43}")
    expect(page.locator("[data-step=other_key] h1")).to_have_text("这里的钥匙和站里屏幕上的不一样。")
    expect(page.locator("[data-step=begin]")).to_be_hidden()
    assert violations(page) == []
    assert phones(station) == 0
    page.goto("about:blank")
    page.goto(address)
    press(page)
    assert at_desk(desk.page) == digits(page)
    answer(desk.page, "same")
    choose_pin(page)
    until(page, READY, 30)
    assert not [url for url in asked if key in url], "no server sees it"
    note = "async (name) => (await import('/static/phone/database.js')).meta(name)"
    assert page.evaluate(f"async () => (await ({note})('device')).shown") == key
    kept = f"async () => (await ({note})('ledger'))?.held ? (await ({note})('ledger')).keys.join() : ''"
    until(page, kept, 30)
    assert page.evaluate(kept) == key

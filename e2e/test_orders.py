"""An order from the desk to two phones and back: answered without a server, one door by both, redone, confirmed."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from e2e.phone import Phone
from e2e.station import Station
from e2e.steps import join, open_desk, unsent

pytestmark = pytest.mark.browser

LINE = "#orders-block a"


def exchange(page: Page, station: Station) -> None:
    """Try now."""
    page.goto(f"{station.url}/field/outbox")
    page.locator("form[action='/field/outbox/attempts'] button").click()


def said_on_today(page: Page, station: Station, words: str) -> None:
    """Today tells it, once an exchange has brought it."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        exchange(page, station)
        page.goto(f"{station.url}/field/")
        if page.locator(LINE, has_text=words).count():
            return
        time.sleep(0.5)
    raise AssertionError(f"Today never said {words}")


def brought(page: Page, station: Station) -> None:
    """Everything has gone up."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        exchange(page, station)
        page.goto(f"{station.url}/field/")
        if unsent(page) == 0:
            return
        time.sleep(0.5)
    raise AssertionError("something stays on the phone")


def open_door(page: Page, door: str) -> None:
    """The list's own door, opened in place."""
    page.locator(".checked", has_text=door).locator("a.btn").click()


def test_an_order_is_answered_by_two_without_a_signal_asked_again_and_confirmed(
    station: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    zhao = join(phone("zhao"), station, "小赵")
    colleague = join(phone("colleague"), station, "老孙")

    master = open_desk(desk, station)
    master.goto(f"{station.url}/desk/orders")
    master.wait_for_load_state()
    master.keyboard.press("n")
    master.wait_for_url("**/desk/orders/new")
    master.wait_for_load_state()
    master.keyboard.type("看灭火器")
    master.keyboard.press("Tab")
    master.keyboard.type("在不在\n过没过期")
    master.locator("#find").focus()
    for words in ("3-2-501", "3-2-502"):
        master.fill("#find", words)
        master.keyboard.press("Enter")
        master.keyboard.press("Space")
        master.keyboard.press("/")
    expect(master.locator("#picked")).to_have_text("选了 2 户")
    master.fill("#find", "")
    master.locator("input[name=home]:checked").first.focus()
    master.keyboard.press("ArrowRight")
    master.keyboard.press("Escape")
    master.keyboard.press("Enter")
    expect(master.locator(".told")).to_contain_text("发出去了")

    for page in (zhao, colleague):
        said_on_today(page, station, "看了 0 户，共 2 户")
    station.stop()

    zhao.locator(LINE).click()
    open_door(zhao, "3-2-501")
    zhao.locator("button[value=well]").click()
    expect(zhao.locator("#order-sum")).to_have_text("看了 1 户，共 2 户")
    expect(zhao.locator(".checked", has_text="3-2-501")).to_contain_text("都没问题")
    colleague.locator(LINE).click()
    open_door(colleague, "3-2-501")
    form = colleague.locator(".checked.open form")
    form.locator("[name=p0][value=yes]").check(force=True)
    form.locator("[name=p1][value=no]").check(force=True)
    form.locator("[name=n1]").fill("过期一年了")
    form.locator("button:not([name]):not([type=button])").click()
    expect(colleague.locator(".checked", has_text="3-2-501")).to_contain_text("过没过期：有问题，过期一年了")
    open_door(colleague, "3-2-502")
    colleague.locator("button[value=well]").click()
    expect(colleague.locator("#order-sum")).to_have_text("看了 2 户，共 2 户")
    colleague.reload()
    expect(colleague.locator("#order-state")).to_contain_text("有信号就报给站里")
    assert unsent(colleague) == 2

    station.start()
    for page in (zhao, colleague):
        brought(page, station)
    master.goto(f"{station.url}/desk/orders")
    expect(master.locator("#say")).to_have_text("1 件核查报完了，等您确认。")
    both = master.locator(".checked > li", has_text="3-2-501")
    expect(both).to_contain_text("两人说的不一样")
    expect(both).to_contain_text("小赵")
    expect(both).to_contain_text("老孙")
    master.wait_for_load_state()
    master.keyboard.press("r")
    master.keyboard.type("501再看一眼")
    master.keyboard.press("Enter")
    expect(master.locator(".told")).to_contain_text("您的话会到手机上")

    said_on_today(zhao, station, "501再看一眼")
    zhao.locator(LINE).click()
    open_door(zhao, "3-2-501")
    expect(zhao.locator(".checked.open")).to_contain_text("过期一年了")
    zhao.locator("[name=p1][value=no]").check(force=True)
    zhao.locator(".checked.open form button:not([name]):not([type=button])").click()
    expect(zhao.locator(".checked", has_text="3-2-501")).to_contain_text("有问题")
    zhao.reload()
    zhao.locator("form[action$='/reports'] button").click()
    expect(zhao.locator("#order-state")).to_contain_text("报给站里")
    brought(zhao, station)

    master.goto(f"{station.url}/desk/orders")
    expect(master.locator("#pane")).to_contain_text("先前记的 2 次")
    master.wait_for_load_state()
    master.keyboard.press("e")
    expect(master.locator(".told")).to_contain_text("确认了。")
    exchange(zhao, station)
    zhao.goto(f"{station.url}/field/")
    end = time.monotonic() + 20
    while zhao.locator(LINE).count() and time.monotonic() < end:
        exchange(zhao, station)
        zhao.goto(f"{station.url}/field/")
    expect(zhao.locator(LINE)).to_have_count(0)

"""A day's log: sent without signal, read at the desk by a key; another returned, and the phone says so."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.phone import Phone
from e2e.station import Station
from e2e.steps import join, open_desk, open_door, quick, unsent

pytestmark = pytest.mark.browser


def told_on_today(page: Page, station: Station, words: str) -> Locator:
    """The line that says so on Today, once an exchange has brought it: that page stands still while somebody reads."""
    line = page.locator("a", has_text=words)
    end = time.monotonic() + 20
    while time.monotonic() < end:
        page.goto(f"{station.url}/field/")
        if line.count():
            return line
        time.sleep(0.5)
    raise AssertionError(f"Today never said {words}")


def test_a_log_goes_from_a_stairwell_to_the_desk_and_its_question_comes_back(
    station: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    page = join(phone("zhao"), station, "小赵")
    station.link.set("down")
    open_door(page, station, "3", "2", "501")
    quick(page, "all_well")
    page.goto(f"{station.url}/field/log")
    expect(page.locator("#log-said")).to_contain_text("敲了 1 户，有人应 1 户。")
    page.fill("#text", "三楼楼道灯修好了")
    expect(page.locator("[data-draft-line]")).to_contain_text("存在手机里")
    page.reload()
    expect(page.locator("#text")).to_have_value("三楼楼道灯修好了")
    page.locator(".foot button.go").click()
    expect(page.locator("#log-state")).to_contain_text("送了，站里还没看。")
    expect(page.locator("#log-state")).to_contain_text("等到服务器")
    assert unsent(page) == 2
    page.reload()
    expect(page.locator("#text")).to_have_value("三楼楼道灯修好了")
    station.link.set("up")
    page.goto(f"{station.url}/field/outbox")
    page.locator("form[action='/field/outbox/attempts'] button").click()
    page.goto(f"{station.url}/field/log")
    expect(page.locator("#log-state")).to_contain_text("已到服务器", timeout=20_000)

    master = open_desk(desk, station)
    master.goto(f"{station.url}/desk/logs")
    expect(master.locator("#unread")).to_have_text("1")
    expect(master.locator("#pane")).to_contain_text("三楼楼道灯修好了")
    master.keyboard.press("r")
    master.keyboard.type("三楼那家怎么样了")
    master.keyboard.press("Enter")
    expect(master.locator(".told")).to_contain_text("退回了")

    page.goto(f"{station.url}/field/outbox")
    page.locator("form[action='/field/outbox/attempts'] button").click()
    told_on_today(page, station, "三楼那家怎么样了").click()
    page.fill("#text", "三楼明天再去")
    page.locator(".foot button.go").click()
    expect(page.locator("#log-state")).to_contain_text("已到服务器", timeout=20_000)
    expect(page.locator("#log-state")).not_to_contain_text("退回来了")

    expect(master.locator("#unread")).to_have_text("1", timeout=20_000)
    master.locator("#renewed").click()
    expect(master.locator("#pane")).to_contain_text("三楼明天再去")
    master.wait_for_load_state()
    master.keyboard.press("e")
    expect(master.locator("#say")).to_contain_text("日志都看过了。")
    page.goto(f"{station.url}/field/outbox")
    page.locator("form[action='/field/outbox/attempts'] button").click()
    page.goto(f"{station.url}/field/log")
    expect(page.locator("#log-state")).to_contain_text("看过了。", timeout=20_000)

    # The visit itself is asked about; its correction is the answer, and then it is read.
    master.goto(f"{station.url}/desk/visits?unread=yes")
    master.wait_for_load_state()
    master.keyboard.press("r")
    master.keyboard.type("厕所灯修了没有")
    master.keyboard.press("Enter")
    expect(master.locator(".head")).to_contain_text("问了。您的话会到写的人手机上。")
    page.goto(f"{station.url}/field/outbox")
    page.locator("form[action='/field/outbox/attempts'] button").click()
    told_on_today(page, station, "厕所灯修了没有").click()
    page.fill("#text", "修好了")
    page.locator(".foot button.go").click()
    expect(page.locator("main")).to_contain_text("修好了")
    expect(page.locator("main")).not_to_contain_text("厕所灯修了没有")
    end = time.monotonic() + 20
    while "后来改过" not in master.locator("#pane").inner_text() and time.monotonic() < end:
        time.sleep(0.5)
        master.goto(f"{station.url}/desk/visits?unread=yes")
    expect(master.locator("#pane")).to_contain_text("后来改过，还没人看。")
    master.wait_for_load_state()
    master.keyboard.press("e")
    expect(master.locator(".head")).to_contain_text("看过了。")

"""A station master's morning from a fresh demo while a worker's phone is out of reach: the day before is read by keys,
an order withdrawn and another given, the pack made; in the evening phone and desk know of each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from e2e.phone import Phone, until
from e2e.station import Station
from e2e.steps import WHOLE, join, open_desk, open_door, quick, rows
from e2e.test_contested import refolds
from e2e.test_daily_log import told_on_today
from e2e.test_items import until_told
from e2e.test_orders import brought, exchange, said_on_today
from e2e.test_orders import open_door as open_checked

pytestmark = pytest.mark.browser

ASKED = "哪几户白天没人，写一下"


def read_the_day_before(master: Page, station: Station) -> None:
    """Eight logs: one is asked about, the others take a key each."""
    master.goto(f"{station.straight}/desk/logs")
    expect(master.locator("#say")).to_have_text("8 篇日志还没看。")
    expect(master.locator("#pane")).to_contain_text("巡查 2")
    master.wait_for_load_state()
    for key, grid in (("j", "第二网格"), ("j", "第三网格"), ("k", "第二网格"), ("j", "第三网格")):
        master.keyboard.press(key)
        expect(master.locator("#pane header")).to_contain_text(grid)
    master.keyboard.press("r")
    expect(master.locator("#pane input[name=note]")).to_be_focused()
    master.keyboard.type(ASKED)
    master.keyboard.press("Enter")
    expect(master.locator(".told")).to_contain_text("退回了")
    for left in range(6, -1, -1):
        master.wait_for_load_state()
        master.keyboard.press("e")
        expect(master.locator("#say")).to_have_text(f"{left} 篇日志还没看。" if left else "日志都看过了。")
    expect(master.locator("#unread")).to_have_text("")


def give_an_order(master: Page, station: Station) -> None:
    """Two doors found by their numbers, ticked, and off it goes."""
    master.goto(f"{station.straight}/desk/orders/new")
    master.wait_for_load_state()
    master.keyboard.type("看燃气软管")
    master.keyboard.press("Tab")
    master.keyboard.type("过没过期")
    for door in ("3-2-501", "3-2-502"):
        master.fill("#find", f"槐安小区3幢 {door}")
        master.keyboard.press("Enter")
        master.keyboard.press("Space")
        master.keyboard.press("/")
    expect(master.locator("#picked")).to_have_text("选了 2 户")
    master.locator("#issue").click()
    expect(master.locator(".told")).to_contain_text("发出去了")


def test_a_station_masters_morning_meets_a_phone_that_was_out_all_day(
    demo: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    page = join(phone("zhao"), demo, "小赵")
    until(page, WHOLE, 60)
    until_told(page, f"{demo.url}/field/", "看楼道灭火器")
    demo.link.set("down")
    page.goto(f"{demo.url}/field/")
    page.locator("#orders-block a", has_text="看楼道灭火器").click()
    order = page.url
    open_checked(page, "3-2-402")
    page.locator("button[value=well]").click()
    expect(page.locator("#order-sum")).to_have_text("看了 1 户，共 4 户")

    master = open_desk(desk, demo, straight=True)
    read_the_day_before(master, demo)
    # Withdrawn while somebody is at it: nobody here can know.
    master.goto(f"{demo.straight}/desk/orders")
    master.locator("#pane summary", has_text="改日期、撤回").click()
    master.locator("#pane form[action$='/withdrawal'] button").click()
    expect(master.locator(".told")).to_contain_text("撤回了。已经记下的都留着。")
    give_an_order(master, demo)
    master.goto(f"{demo.straight}/desk/packs")
    master.locator(".trail a").first.click()
    pack = master.locator(".pack")
    for words in ("约物业周五上楼看漏雨", "屋顶漏雨，物业拖着"):
        expect(pack).to_contain_text(words)
    with master.expect_download() as taken:
        master.locator("button[value=xlsx]").click()
    assert taken.value.suggested_filename.endswith(".xlsx")

    # The phone goes on with what it knows: another door of the order, a home that is well, and back.
    page.goto(order)
    open_checked(page, "3-2-501")
    page.locator("[name=p0][value=no]").check(force=True)
    page.locator("[name=n0]").fill("被人拿走了")
    page.locator(".checked.open form button:not([name]):not([type=button])").click()
    expect(page.locator("#order-sum")).to_have_text("看了 2 户，共 4 户")
    open_door(page, demo, "3", "2", "301")
    quick(page, "all_well")
    demo.link.set("up")
    brought(page, demo)
    said_on_today(page, demo, "看燃气软管")
    page.goto(order)
    expect(page.locator("main")).to_contain_text("撤回了，不用再看。已经记下的都留着，站里看得到。")
    expect(page.locator(".checked", has_text="3-2-501")).to_contain_text("被人拿走了")
    told_on_today(page, demo, ASKED).click()
    page.fill("#text", "3幢502、401两户，上班去了")
    page.locator(".foot button.go").click()
    expect(page.locator("#log-state")).to_contain_text("已到服务器", timeout=20_000)

    master.goto(f"{demo.straight}/desk/logs")
    expect(master.locator("#say")).to_have_text("1 篇日志还没看。")
    expect(master.locator("#pane")).to_contain_text("3幢502、401两户，上班去了")
    expect(master.locator("#pane")).to_contain_text(ASKED)
    master.wait_for_load_state()
    master.keyboard.press("e")
    expect(master.locator("#say")).to_have_text("日志都看过了。")
    master.goto(f"{demo.straight}/desk/orders")
    master.locator("#queue a", has_text="看楼道灭火器").click()
    expect(master.locator("#pane")).to_contain_text("被人拿走了")
    expect(master.locator("#pane")).to_contain_text("撤回了")
    master.goto(f"{demo.straight}/desk/visits")
    expect(master.locator("main")).to_contain_text("小赵")
    ((state,),) = rows(demo, "SELECT state FROM daily_log WHERE text = ?", "3幢502、401两户，上班去了")
    assert state == "reviewed"
    exchange(page, demo)
    assert refolds(demo)

"""Two phones write against each other without signal; the station master settles it with the keyboard alone."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Page, expect

from e2e.phone import Phone, until
from e2e.station import Station
from e2e.steps import join, open_desk, open_door
from e2e.test_accessible import violations, walk_by_tab
from server.db import Database
from server.journal import refold_report
from server.settings import Settings

pytestmark = pytest.mark.browser

FOCUSED = "() => document.activeElement?.closest('a')?.getAttribute('href')"


def state(page: Page, station: Station, door: tuple[str, str, str], fact: str, value: str) -> None:
    """Change one fact of a household in place, as a finger does."""
    open_door(page, station, *door)
    page.locator(f"#fact-{fact} a.icon-btn").click()
    if fact == "occupancy":
        page.locator(f"#fact-{fact} label", has_text=value).click()
    else:
        page.locator(f"#fact-{fact} input[name=value]").fill(value)
    page.locator(f"#fact-{fact} button.btn").first.click()
    expect(page.locator(f"#fact-{fact} form.form")).to_have_count(0)


def send(page: Page, station: Station) -> None:
    """Exchange now, and fetch what others brought."""
    page.goto(f"{station.url}/field/outbox")
    page.locator("form.sum button").click()
    expect(page.locator("h1")).to_contain_text("都送到了")
    until(page, "async () => true")


def tab_to(page: Page, href: str) -> None:
    """Go there by Tab and press Enter."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == href:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"Tab never came to {href}")


def press_for(page: Page, words: str) -> None:
    """Press the figure that stands beside these words, once the page listens to keys."""
    page.wait_for_load_state()
    button = page.locator("#pane [data-press]", has_text=words)
    page.keyboard.press(button.get_attribute("data-press") or "")


def refolds(station: Station) -> bool:
    """Whether the tables are what the journal folds to."""

    async def report() -> list[str]:
        url = f"sqlite+aiosqlite:///{station.data / 'sifang.db'}"
        db = Database(url)
        try:
            return await refold_report(db, Settings(url, station.data, b""))
        finally:
            await db.close()

    # Playwright keeps a loop of its own in this thread.
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(lambda: asyncio.run(report())).result() == []


def heads(station: Station, contact: str, fact: str) -> int:
    """How many values stand for a fact."""
    with sqlite3.connect(f"file:{station.data / 'sifang.db'}?mode=ro", uri=True) as db:
        query = f"SELECT json_array_length(facts, '$.{fact}') FROM household WHERE contact = ?"
        return int(db.execute(query, [contact]).fetchone()[0])


def test_two_phones_contest_a_number_and_a_move_and_the_master_settles_both_by_keys(
    station: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    zhao, sun = join(phone("小赵"), station, "小赵"), join(phone("老孙"), station, "老孙")
    at_desk = open_desk(desk, station)
    expect(at_desk.locator("#waiting")).to_have_text("")
    auntie, master_ma = ("3", "2", "501"), ("3", "1", "101")
    station.link.set("down")
    state(zhao, station, auntie, "phone", "000-0000-0061")
    state(zhao, station, master_ma, "occupancy", "空房")
    state(sun, station, auntie, "phone", "000-0000-0067")
    state(sun, station, master_ma, "occupancy", "出租")
    station.link.set("up")
    for page in (zhao, sun, zhao):
        send(page, station)
    for page in (zhao, sun):
        open_door(page, station, *auntie)
        expect(page.locator("#fact-phone.two")).to_contain_text("000-0000-0061")
        expect(page.locator("#fact-phone.two")).to_contain_text("000-0000-0067")
        open_door(page, station, *master_ma)
        expect(page.locator("#fact-occupancy.two")).to_contain_text("空房")
        expect(page.locator("#fact-occupancy.two")).to_contain_text("出租")

    # The count came by itself. From here on nothing but keys.
    expect(at_desk.locator("#waiting")).to_have_text("2", timeout=30_000)
    tab_to(at_desk, "/desk/conflicts")
    expect(at_desk.locator("h1")).to_contain_text("2 件要您拿主意")
    expect(at_desk.locator("#queue a[aria-current]")).to_contain_text("陈奶奶的电话")
    expect(at_desk.locator("#pane h2")).to_have_text("陈奶奶的电话该是哪个？")
    expect(at_desk.locator("#pane")).to_contain_text("两个人都没错")
    expect(at_desk.locator("#pane .sides > section")).to_have_count(2)
    assert violations(at_desk) == []
    at_desk.wait_for_load_state()
    at_desk.keyboard.press("j")
    expect(at_desk.locator("#pane h2")).to_have_text("马师傅的住房情况，要改吗？")
    at_desk.keyboard.press("k")
    expect(at_desk.locator("#pane h2")).to_have_text("陈奶奶的电话该是哪个？")
    press_for(at_desk, "小赵")
    expect(at_desk.locator(".told")).to_contain_text("定了：陈奶奶的电话是“000-0000-0061”")
    expect(at_desk.locator("#pane h2")).to_have_text("马师傅的住房情况，要改吗？")
    press_for(at_desk, "空房")
    expect(at_desk.locator(".told")).to_contain_text("定了：马师傅的住房情况是“空房”")
    expect(at_desk.locator("h1")).to_contain_text("眼下没有要您拿主意的事")
    expect(at_desk.locator("#waiting")).to_have_text("")
    for page in (zhao, sun):
        send(page, station)
        open_door(page, station, *auntie)
        expect(page.locator("#fact-phone")).to_contain_text("000-0000-0061")
        expect(page.locator("#fact-phone")).not_to_contain_text("000-0000-0067")
        open_door(page, station, *master_ma)
        expect(page.locator("#fact-occupancy")).to_contain_text("空房")
        expect(page.locator("#fact-occupancy.two")).to_have_count(0)

    # One was settled too early: one key takes it back, and the phones follow again.
    at_desk.wait_for_load_state()
    at_desk.keyboard.press("u")
    expect(at_desk.locator(".told")).to_contain_text("撤了，这件又回到单子上")
    expect(at_desk.locator("#pane h2")).to_have_text("马师傅的住房情况，要改吗？")
    expect(at_desk.locator(".lately")).to_contain_text("已撤")
    walk_by_tab(at_desk, "conflicts")
    for page in (zhao, sun):
        send(page, station)
        open_door(page, station, *master_ma)
        expect(page.locator("#fact-occupancy.two")).to_contain_text("空房")
        expect(page.locator("#fact-occupancy.two")).to_contain_text("出租")
        open_door(page, station, *auntie)
        expect(page.locator("#fact-phone.two")).to_have_count(0)
    assert (heads(station, "陈奶奶", "phone"), heads(station, "马师傅", "occupancy")) == (1, 2)

    # Enter opens the home, where both stand as well.
    at_desk.evaluate("() => document.activeElement?.blur()")
    at_desk.keyboard.press("Enter")
    at_desk.wait_for_url("**/desk/households/**")
    expect(at_desk.locator("main")).to_contain_text("马师傅")
    assert refolds(station)


@pytest.mark.thorough
def test_a_question_that_changed_under_the_reader_is_not_decided(
    station: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    zhao, sun = join(phone("小赵"), station, "小赵"), join(phone("老孙"), station, "老孙")
    at_desk = open_desk(desk, station)
    auntie = ("3", "2", "501")
    station.link.set("down")
    state(zhao, station, auntie, "phone", "000-0000-0061")
    state(sun, station, auntie, "phone", "000-0000-0067")
    station.link.set("up")
    for page in (zhao, sun):
        send(page, station)
    at_desk.goto(f"{station.url}/desk/conflicts")
    expect(at_desk.locator("#pane .sides > section")).to_have_count(2)
    expect(at_desk.locator("#renewed")).to_be_hidden()
    assert desk.context is not None
    desk.context.add_cookies([{"name": "lang", "value": "en", "url": station.url}])
    at_desk.reload()
    assert violations(at_desk) == []
    desk.context.add_cookies([{"name": "lang", "value": "zh", "url": station.url}])
    at_desk.reload()
    # A worker settles it on the phone meanwhile; the list says so and moves nothing, and the key decides nothing.
    open_door(sun, station, *auntie)
    sun.locator("#fact-phone.two form", has_text="000-0000-0067").locator("button").click()
    expect(sun.locator("#fact-phone.two")).to_have_count(0)
    send(sun, station)
    expect(at_desk.locator("#renewed")).to_be_visible(timeout=30_000)
    expect(at_desk.locator("#queue a")).to_have_count(1)
    at_desk.keyboard.press("1")
    expect(at_desk.locator("body")).to_contain_text("这件已经不用定了")
    assert heads(station, "陈奶奶", "phone") == 1

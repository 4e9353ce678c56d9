"""Visits that arrive while the list is open move nothing under a finger."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect
from sqlalchemy import update

from server import clock, schema
from tests.desk.browser.window import Window, morning, window
from tests.desk.conftest import DAY_MS, visit
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


async def test_visits_arrive_without_reload_and_the_open_row_stays(
    browser: Browser, station: Station, zhao: Phone
) -> None:
    await morning(station, zhao)
    resting, reading = await window(browser, station), await window(browser, station)
    for each in (resting, reading):
        await each.go("/desk/visits")
        await expect(each.page.locator("#arrived")).to_have_text("新的会自己排到最上面。")
    for _ in range(3):
        await reading.page.keyboard.press("j")
    row = reading.page.locator("#list tr:has(a[aria-current])")
    await expect(reading.page.locator("#pane .said")).to_have_text("第3次")
    stood = await row.bounding_box()
    station.now_ms = clock.now_ms()
    await visit(zhao, station, "马师傅", text="顶楼漏雨")
    await visit(zhao, station, "马师傅", text="找过物业")
    await expect(resting.page.locator("#arrived")).to_have_text("刚到 2 条，已排在最上面。")
    first = resting.page.locator("#list tr[id]").first
    await expect(first).to_contain_text("找过物业")
    await expect(first).to_have_class("fresh")
    await expect(resting.page.locator("#pane .said")).to_have_text("第0次")
    await expect(reading.page.locator("#arrived")).to_have_text("刚到 2 条，已排在最上面。您正看的没动。")
    assert await row.bounding_box() == stood
    await expect(reading.page.locator("#pane .said")).to_have_text("第3次")
    await reading.page.keyboard.press("g")
    await expect(reading.page.locator("#pane .said")).to_have_text("找过物业")
    await expect(reading.page.locator("#newest")).to_be_hidden()
    assert resting.complaints + reading.complaints == []


async def test_a_short_list_keeps_its_open_row_too(browser: Browser, station: Station, zhao: Phone) -> None:
    await morning(station, zhao, 3)
    here = await window(browser, station)
    await here.go("/desk/visits")
    await expect(here.page.locator("#arrived")).to_have_text("新的会自己排到最上面。")
    await here.page.keyboard.press("j")
    row = here.page.locator("#list tr:has(a[aria-current])")
    stood = await row.bounding_box()
    station.now_ms = clock.now_ms()
    await visit(zhao, station, "马师傅")
    await expect(here.page.locator("#newest")).to_be_visible()
    assert await row.bounding_box() == stood


async def heads(here: Window) -> list[str]:
    """The days of the list with the number of visits under each, from the top."""
    script = """rows => rows.reduce((days, row) => {
        if (row.matches('.day')) days.push([row.textContent.trim(), 0]);
        else days.at(-1)[1] += 1;
        return days;
    }, []).map(([day, count]) => `${day.slice(0, 2)} ${count}`)"""
    told: list[str] = await here.page.eval_on_selector_all("#list tr.day, #list tr[id]", script)
    return told


async def test_the_first_of_the_day_brings_its_heading_and_the_others_stand_under_it(
    browser: Browser, station: Station, zhao: Phone
) -> None:
    station.now_ms = clock.now_ms()
    await visit(zhao, station, "马师傅", ago_ms=DAY_MS)
    here = await window(browser, station)
    page = here.page
    await here.go("/desk/visits")
    await expect(page.locator("#say")).to_have_text("今天还没有走访送到。")
    await expect(page.locator("#since")).to_contain_text("最近一天是")
    assert await heads(here) == ["昨天 1"]
    await visit(zhao, station, "陈奶奶", text="第一户")
    await expect(page.locator("#say")).to_have_text("今天敲了 1 户，有人应 1 户。")
    await expect(page.locator("#since")).to_contain_text("到现在")
    assert await heads(here) == ["今天 1", "昨天 1"]
    await visit(zhao, station, "空房", "vacant", text="第二户")
    await expect(page.locator("#list tr[id]")).to_have_count(3)
    assert await heads(here) == ["今天 2", "昨天 1"]
    await expect(page.locator("#list tr[id]").first).to_contain_text("第二户")
    await page.reload()
    assert await heads(here) == ["今天 2", "昨天 1"]
    await visit(zhao, station, "马师傅", "no_answer")
    await expect(page.locator("#list tr[id]")).to_have_count(4)
    assert [day[:2] for day in await heads(here)] == ["今天", "昨天"], "the heading that stood there is enough"
    assert here.complaints == []


async def test_a_list_left_open_over_midnight_calls_each_day_by_its_name(
    browser: Browser, station: Station, zhao: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    station.now_ms = clock.now_ms()
    await visit(zhao, station, "陈奶奶")
    here = await window(browser, station)
    await here.go("/desk/visits")
    await expect(here.page.locator("#arrived")).not_to_be_empty()
    await visit(zhao, station, "马师傅")
    await expect(here.page.locator("#list tr[id]")).to_have_count(2)
    assert (await heads(here))[0][:2] == "今天"
    tomorrow_ms = station.now_ms + DAY_MS
    monkeypatch.setattr(clock, "now_ms", lambda: tomorrow_ms)
    station.now_ms = tomorrow_ms
    # Nobody was there for hours: the page shows nothing new, and says why.
    await expect(here.page.locator("#out")).to_be_hidden()
    await visit(zhao, station, "陈奶奶", "no_answer")
    await expect(here.page.locator("#out")).to_contain_text("您在这里已经退出了")
    await expect(here.page.locator("#list tr[id]")).to_have_count(2)
    async with station.db.writing() as db:
        await db.execute(update(schema.session).values(last_ms=tomorrow_ms, expires_ms=tomorrow_ms + DAY_MS))
    await visit(zhao, station, "空房", "vacant")
    await expect(here.page.locator("#list tr[id]")).to_have_count(4)
    assert [day[:2] for day in await heads(here)] == ["今天", "昨天"]


async def test_the_count_of_questions_catches_up_with_what_came_before_the_page_could_listen(
    browser: Browser, station: Station, zhao: Phone
) -> None:
    here = await window(browser, station)
    await here.page.route("**/desk/live", lambda route: route.abort())
    await here.go("/desk/visits")
    await expect(here.page.locator("#waiting")).to_have_text("")
    for number in ("000-0000-0001", "000-0000-0007"):
        zhao.make("household.stated", {"facts": {"phone": number}}, entity=station["陈奶奶"])
    await zhao.exchange()
    await here.page.unroute("**/desk/live")
    await expect(here.page.locator("#waiting")).to_have_text("1", timeout=20_000)

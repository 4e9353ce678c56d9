"""A grid leader's day from a fresh demo: a worker's phone and the leader's own are out of reach and do not agree about
a home; in the evening keys settle it, care finds its people, a decision of the council is on the worker's phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from e2e.phone import Phone, until
from e2e.station import Station
from e2e.steps import WHOLE, begin_visit, home, join, open_desk, open_door, rows, save, tell, unsent
from e2e.test_contested import press_for, refolds
from e2e.test_items import until_told
from e2e.test_orders import brought

pytestmark = pytest.mark.browser

DOOR = ("5", "1", "202")


def call(page: Page, station: Station, door: tuple[str, str, str], result: str, text: str) -> None:
    """A visit in a few words."""
    open_door(page, station, *door)
    begin_visit(page)
    tell(page, result, {}, text=text)
    save(page)


def test_a_grid_leaders_day_settles_what_two_phones_said_apart(
    demo: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    zhao, own = join(phone("zhao"), demo, "小赵"), join(phone("li"), demo, "李网格长")
    for page in (zhao, own):
        until(page, WHOLE, 60)
        until_told(page, f"{demo.url}/field/", "陈奶奶")
    demo.stop()
    # The worker heard that they moved away; the leader that they come back at the end of the month.
    call(zhao, demo, DOOR, "moved", "对门说搬走了")
    zhao.locator("form.sum button", has_text="房子改成空房").click()
    call(own, demo, DOOR, "no_answer", "楼长说回乡收粮，月底回")
    # Both look in on Auntie Chen the same afternoon, and what the worker finds is urgent.
    call(own, demo, ("3", "2", "501"), "met", "奶奶精神还好，陪着量了血压")
    zhao.goto(f"{demo.url}/field/care")
    zhao.locator("a.rest", has_text="陈奶奶").click()
    zhao.fill("#text", "说头晕，叫了救护车")
    zhao.locator(".foot button[value=urgent]").click()
    expect(zhao.locator(".numbers a")).to_have_count(3)
    call(zhao, demo, ("3", "2", "501"), "met", "奶奶精神还好，灯换好了")
    assert (unsent(zhao), unsent(own)) == (4, 2)

    demo.start()
    master = open_desk(desk, demo, "李网格长")
    for page in (zhao, own, zhao):
        brought(page, demo)
    expect(master.locator("#urgent")).to_have_text("1", timeout=30_000)
    master.goto(f"{demo.url}/desk/conflicts")
    queue = master.locator("#queue")
    expect(queue).to_contain_text("沈老师的住房情况")
    expect(queue).to_contain_text("3-2-501")
    # As a page of its own: keys pressed while a piece is being put in place decide nothing.
    master.goto(demo.url + (queue.locator("a", has_text="沈老师的住房情况").get_attribute("href") or ""))
    expect(master.locator("#pane h2")).to_have_text("沈老师的住房情况，要改吗？")
    press_for(master, "自住")
    expect(master.locator(".told")).to_contain_text("定了：")
    # Both visits stand; that they are two is all there is to say.
    both = rows(demo, "SELECT text FROM visit WHERE source IS NULL AND household = ?", home(demo, "3-2-501")[37:])
    assert {text for (text,) in both} == {"奶奶精神还好，陪着量了血压", "奶奶精神还好，灯换好了"}

    # Who looks in on whom: somebody has nobody yet, and has now.
    master.goto(f"{demo.url}/desk/care")
    say = master.locator("h1").inner_text()
    expect(master.locator("section", has=master.locator("#care-urgent"))).to_contain_text("陈奶奶")
    alone = master.locator("section", has=master.locator("#care-alone")).locator("b a").first
    named = alone.inner_text()
    alone.click()
    master.select_option("#carer", label="小赵 · 网格员")
    master.locator("#new ~ form button.go").click()
    expect(master.locator(".head [role=status]")).to_contain_text("结对了")
    master.goto(f"{demo.url}/desk/care")
    assert master.locator("h1").inner_text() != say

    # The council meets: what is on the table waits at the desk, what it decides is somebody's to do.
    master.goto(f"{demo.url}/desk/items?kind=proposal")
    expect(master.locator("table.items")).to_contain_text("单元门口加坡道")
    master.goto(f"{demo.url}/desk/meetings")
    master.select_option("#type", label="网格议事会")
    master.fill("#text-0", "坡道的钱大家分担，先量尺寸")
    master.select_option("#owner-0", label="小赵")
    master.locator("form.minutes button.go").click()
    expect(master.locator("#follows + ul")).to_contain_text("小赵")

    until_told(zhao, f"{demo.url}/field/", "坡道的钱大家分担，先量尺寸")
    until_told(zhao, f"{demo.url}/field/care", named.split("，")[0])
    open_door(zhao, demo, *DOOR)
    expect(zhao.locator("#fact-occupancy")).to_contain_text("自住")
    assert refolds(demo)

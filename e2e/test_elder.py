"""A volunteer's phone: no PIN after the link; a report is made without a server, one is taken back, both arrive."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from e2e.phone import Phone, until
from e2e.prepare_elder import NAME
from e2e.station import Station
from e2e.steps import HERE, join, join_volunteer, open_desk, press
from e2e.test_face_to_face import answer, at_desk, digits
from tests.blobs.pictures import jpeg

pytestmark = pytest.mark.browser


def come_in(phone: Phone, station: Station) -> Page:
    """The link opens the four doors at once; what is theirs comes behind."""
    station.command("e2e.prepare_elder")
    return join_volunteer(phone, station, NAME)


def say(page: Page, station: Station, words: str) -> None:
    """Words alone."""
    page.goto(f"{station.url}/elder/report")
    page.fill("#text", words)
    page.locator("button.go").click()
    page.wait_for_url("**/elder/sent?of=*")


def shown(page: Page, address: str, words: str) -> None:
    """Ask a page again until an exchange has brought it."""
    end = time.monotonic() + 40
    while time.monotonic() < end:
        page.goto(address)
        if words in page.locator("main").inner_text():
            return
        time.sleep(0.5)
    raise AssertionError(f"{address} never said {words}: {page.locator('main').inner_text()}")


def test_a_report_without_a_server_is_kept_one_taken_back_and_both_arrive(
    station: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    page = come_in(phone("elder"), station)
    worker = join(phone("zhao"), station, "小赵")
    station.stop()

    page.goto(f"{station.url}/elder/")
    page.get_by_role("link", name=re.compile("报问题")).click()
    page.set_input_files("[data-photos]", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg()})
    expect(page.locator("[data-blob-list] img")).to_be_visible()
    page.fill("#text", "三楼灯不亮了")
    page.locator("button.go").click()
    page.wait_for_url("**/elder/sent?of=*")
    expect(page.locator("h1")).to_contain_text("收好了")
    expect(page.locator("#state")).to_contain_text("存在手机里了")

    say(page, station, "按错了的")
    expect(page.locator("[data-count]")).to_be_visible()
    page.locator("form[data-left] button").click()
    expect(page.locator("h1")).to_contain_text("收回了")
    page.goto(f"{station.url}/elder/mine")
    expect(page.locator("#sent > li")).to_have_count(2)
    expect(page.locator("#sent > li", has_text="按错了的")).to_contain_text("您收回了")
    expect(page.locator("#sent > li", has_text="三楼灯不亮了")).to_contain_text("已存手机")

    station.start()
    shown(page, f"{station.url}/elder/mine", "已送到")
    shown(worker, f"{station.url}/field/", "三楼灯不亮了")
    expect(worker.locator("#reports")).not_to_contain_text("按错了的")

    master = open_desk(desk, station)
    master.goto(f"{station.url}/desk/reports")
    expect(master.locator("main li")).to_have_count(1)
    until(
        master,
        """async () => (await fetch(document.querySelector('main li a[href^="/blobs/"]').href)).ok""",
    )
    master.fill("main textarea", "明天上午去换")
    master.get_by_role("button", name="接下，回一句").click()
    expect(master.locator("main h1")).to_contain_text("都回过了")
    shown(page, f"{station.url}/elder/mine", "明天上午去换")


def test_looking_in_without_a_server_reaches_the_station_and_never_says_why(
    station: Station, phone: Callable[[str], Phone]
) -> None:
    page = come_in(phone("elder"), station)
    station.stop()
    page.goto(f"{station.url}/elder/")
    page.get_by_role("link", name=re.compile("看望")).click()
    page.get_by_role("link", name=re.compile("陈奶奶")).click()
    expect(page.locator("header")).to_contain_text("3幢2单元501")
    page.get_by_role("button", name="都好").click()
    page.wait_for_url("**/elder/sent?of=*")
    expect(page.locator("h1")).to_contain_text("陈奶奶，都好")
    page.locator("form[data-left] button").click()
    expect(page.locator("h1")).to_contain_text("收回了")
    page.goto(f"{station.url}/elder/visits")
    expect(page.get_by_role("link", name=re.compile("陈奶奶"))).to_contain_text("还没看望过")
    page.get_by_role("link", name=re.compile("陈奶奶")).click()
    page.get_by_role("button", name="急，要人帮忙").click()
    page.wait_for_url("**/elder/sent?of=*")
    for number in ("120", "119", "110"):
        expect(page.locator(f"a[href='tel:{number}']")).to_be_visible()
    station.start()
    held = page.evaluate(
        """async () => {
          const { read } = await import('/static/phone/store.js');
          const kinds = ['household', 'resident', 'paired'];
          const found = await read(Object.fromEntries(kinds.map((kind) => [kind, { kind }])));
          return [found.household.length, found.resident.length, JSON.stringify(found.paired)];
        }"""
    )
    assert held[:2] == [0, 0]
    assert "陈奶奶" in held[2]
    assert "dementia" not in held[2]
    shown(page, f"{station.url}/elder/mine", "已送到")
    with sqlite3.connect(f"file:{station.data / 'sifang.db'}?mode=ro", uri=True) as db:
        found = db.execute("SELECT state, undone_ms IS NULL FROM care_check ORDER BY occurred_at_ms").fetchall()
    assert found == [("ok", 0), ("urgent", 1)]


@pytest.mark.thorough
def test_an_icon_that_knows_nobody_takes_the_digits_and_reports_without_a_server(
    station: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    station.command("e2e.prepare_elder")
    master = open_desk(desk, station)
    master.goto(f"{station.url}/desk/phones")
    master.get_by_role("button", name=f"给{NAME}一个链接").first.click()
    eight = master.locator("#link .digits.eight").inner_text()
    page = phone("icon").page
    page.goto(f"{station.url}/elder/")
    page.fill("#code", eight)
    page.locator("button.go").click()
    page.wait_for_url("**/elder/join/*")
    press(page)
    assert at_desk(master) == digits(page)
    answer(master, "same")
    page.wait_for_url("**/elder/")
    until(page, HERE, 60)
    station.stop()
    say(page, station, "三楼灯不亮了")
    expect(page.locator("#state")).to_contain_text("存在手机里了")
    station.start()
    shown(page, f"{station.url}/elder/mine", "已送到")

"""A volunteer's day from a fresh demo, the server out of reach until the evening: each of the four doors once, and what
was sent is at the station, with a word back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from e2e.phone import Phone, until
from e2e.station import Station
from e2e.steps import join_volunteer, open_desk, rows
from e2e.test_contested import refolds
from e2e.test_elder import say, shown
from e2e.test_meeting import comes
from tests.blobs.pictures import jpeg

pytestmark = pytest.mark.browser

NAME = "里巷管家老高"


def look_in(page: Page, station: Station, name: str, how: str) -> None:
    """看望: a name, a word."""
    page.goto(f"{station.url}/elder/")
    page.get_by_role("link", name=re.compile("看望")).click()
    page.locator("#people a", has_text=name).click()
    page.get_by_role("button", name=how).click()
    page.wait_for_url("**/elder/sent?of=*")


def test_a_volunteers_day_without_a_signal_reaches_the_station(
    demo: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    page = join_volunteer(phone("gao"), demo, NAME)
    shown(page, f"{demo.url}/elder/visits", "还没看望过")
    first, second = [each.inner_text() for each in page.locator("#people b").all()]
    master = open_desk(desk, demo, straight=True)
    demo.link.set("down")

    # 报问题: a photo, a few words, sent. One pressed by mistake is taken back.
    page.goto(f"{demo.url}/elder/")
    page.get_by_role("link", name=re.compile("报问题")).click()
    page.set_input_files("[data-photos]", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg()})
    expect(page.locator("[data-blob-list] img")).to_be_visible()
    page.fill("#text", "东门井盖没了，放了把椅子挡着")
    page.locator("button.go").click()
    page.wait_for_url("**/elder/sent?of=*")
    say(page, demo, "按错了")
    page.locator("form[data-left] button").click()
    expect(page.locator("h1")).to_contain_text("收回了")
    # 看望: one is well; the other needs somebody now, and the numbers to call are there without any signal.
    look_in(page, demo, first, "都好")
    expect(page.locator("h1")).to_contain_text("都好")
    look_in(page, demo, second, "急，要人帮忙")
    for number in ("120", "119", "110"):
        expect(page.locator(f"a[href='tel:{number}']")).to_be_visible()
    # 打电话 and 我的.
    page.goto(f"{demo.url}/elder/call")
    expect(page.locator("a[href='tel:120']")).to_be_visible()
    page.goto(f"{demo.url}/elder/mine")
    expect(page.locator("#sent > li")).to_have_count(5)  # the demo's own report as well
    expect(page.locator("#sent > li", has_text="已存手机")).to_have_count(3)
    expect(page.locator("#sent > li", has_text="您收回了")).to_have_count(1)

    # Meanwhile the station ends the pair of the one who needs help: the check still lies on the phone.
    ends, grid, home = rows(
        demo,
        """SELECT care_pair.id, care_pair.grid, care_pair.household FROM care_pair
        JOIN household ON household.id = care_pair.household WHERE carer = (SELECT id FROM person WHERE name = ?)
          AND household.contact = ?""",
        NAME,
        second,
    )[0]
    master.goto(f"{demo.straight}/desk/care/{grid}/{home}")
    pair = master.locator("section", has=master.locator(f"#pair-{ends}"))
    pair.locator("summary").click()
    pair.locator(f"#note-{ends}").fill("女儿接去住了")
    pair.locator("form[action$='/end'] button").click()
    expect(master.locator(".head [role=status]")).to_be_visible()

    demo.link.set("up")
    page.evaluate("() => dispatchEvent(new Event('online'))")
    comes(page, f"{demo.url}/elder/mine", "已存手机", there=False)
    expect(master.locator("#urgent")).to_have_text("1", timeout=30_000)
    master.goto(f"{demo.straight}/desk/care/{grid}/{home}")
    expect(master.locator("#checks ~ ol")).to_contain_text("这时结对已经结束，写的都留着")
    master.goto(f"{demo.straight}/desk/care")
    expect(master.locator("section", has=master.locator("#care-urgent"))).to_contain_text(second)
    master.goto(f"{demo.straight}/desk/reports")
    reported = master.locator("main li", has_text="东门井盖没了")
    expect(reported).to_contain_text(NAME)
    until(master, """async () => (await fetch(document.querySelector('main li a[href^="/blobs/"]').href)).ok""", 30)
    expect(master.locator("main")).not_to_contain_text("按错了")
    reported.locator("textarea").fill("市政的人下午来")
    reported.get_by_role("button", name="接下").click()
    shown(page, f"{demo.url}/elder/mine", "市政的人下午来")
    # Whoever looks in no more is not asked to.
    shown(page, f"{demo.url}/elder/visits", first)
    assert second not in page.locator("#people").inner_text()
    assert refolds(demo)

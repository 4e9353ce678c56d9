"""The main job, told as it happens: no signal, a dead battery, two workers at one door."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from e2e.opening import OPENED
from e2e.phone import Phone, until
from e2e.station import Station
from e2e.steps import begin_visit, join, journal_size, open_desk, open_door, quick, save, unsent

pytestmark = pytest.mark.browser

# What the phone has kept of half-written forms, asked of the database itself.
KEPT = f"async (words) => JSON.stringify((await ({OPENED})()).drafts).includes(words)"
WORDS = "厕所灯坏了三天，“不敢”自己换 <b>&amp;</b> 𠮷 🙂"


def test_worker_records_in_a_stairwell_without_signal_and_the_station_master_reads_it(
    station: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    zhao = phone("小赵")
    page = join(zhao, station, "小赵")
    at_desk = open_desk(desk, station)
    expect(at_desk.locator("tr[data-visit], tbody tr").first).to_be_visible()
    at_desk.evaluate("() => { window.neverReloaded = true; }")

    # The server process ends; from here on there is nothing but the phone.
    station.link.set("down")
    page.goto(f"{station.url}/field/")
    expect(page.locator("h1")).to_contain_text("今天该敲")
    open_door(page, station, "3", "1", "402")
    quick(page, "all_well")
    open_door(page, station, "4", "1", "302")
    quick(page, "no_answer")
    open_door(page, station, "3", "2", "501")
    begin_visit(page)
    page.get_by_text("见到人", exact=True).click()
    page.locator("summary", has_text="问难").click()
    page.locator("textarea[name=difficulty]").fill(WORDS)
    page.locator("textarea[name=text]").fill("第一遍写的")
    save(page)
    assert unsent(page) == 3

    # One is corrected: the new words stand, the old ones are kept.
    page.locator("#visits ~ ol.timeline a, .timeline a").first.click()
    page.get_by_role("link", name="改一改").or_(page.locator("a[href$='/corrections/new']")).first.click()
    page.locator("textarea[name=text]").fill("第二遍写的")
    page.locator(".foot button.go").click()
    expect(page.locator("p.words")).to_have_text("第二遍写的")
    expect(page.locator("section[aria-labelledby=before]")).to_contain_text("第一遍写的")

    # One fact is changed in place.
    open_door(page, station, "3", "2", "501")
    page.locator("#fact-phone a.icon-btn").click()
    page.locator("#fact-phone input[name=value]").fill("000-0000-0077")
    page.locator("#fact-phone button.btn").first.click()
    expect(page.locator("#fact-phone")).to_contain_text("000-0000-0077")

    # One form is half written when the battery dies.
    open_door(page, station, "3", "1", "101")
    begin_visit(page)
    page.get_by_text("不方便", exact=True).click()
    page.locator("textarea[name=text]").type("说一切都好，改周六上午")
    until(page, KEPT, argument="说一切都好，改周六上午")
    half_written = page.url
    station.stop()
    zhao.kill()

    zhao.open()
    page = zhao.page
    page.goto(f"{station.url}/field/")
    expect(page.locator(".half")).to_contain_text("写到一半的")
    page.locator(".half a").click()
    page.wait_for_url(half_written)
    expect(page.locator("textarea[name=text]")).to_have_value("说一切都好，改周六上午")
    expect(page.locator("input[name=result][value=inconvenient]")).to_be_checked()
    page.goto(f"{station.url}/field/outbox")
    expect(page.locator("#wait ~ ol > li, section[aria-labelledby=wait] li.post")).to_have_count(5)
    expect(page.locator("main")).to_contain_text("第一遍写的")
    expect(page.locator("main")).to_contain_text(WORDS)
    assert unsent(page) == 5

    # The server is back. The receipts turn by themselves, and the desk shows the visits without reload.
    before = journal_size(station)
    station.start()
    station.link.set("up")
    page.evaluate("() => { window.neverReloaded = true; dispatchEvent(new Event('online')); }")
    expect(page.locator("section[aria-labelledby=wait]")).to_have_count(0, timeout=30_000)
    expect(page.locator("section[aria-labelledby=sent] li.post")).to_have_count(5)
    assert page.evaluate("() => window.neverReloaded") is True
    assert journal_size(station) == before + 5
    expect(at_desk.locator("main")).to_contain_text("第二遍写的", timeout=30_000)
    assert at_desk.evaluate("() => window.neverReloaded") is True
    at_desk.get_by_text("第二遍写的").first.click()
    expect(at_desk.locator("main")).to_contain_text(WORDS)

    # Syncing again changes nothing.
    page.goto(f"{station.url}/field/outbox")
    page.locator("form.sum button").click()
    expect(page.locator("h1")).to_contain_text("都送到了")
    assert journal_size(station) == before + 5
    page.goto(half_written)
    expect(page.locator("textarea[name=text]")).to_have_value("说一切都好，改周六上午")


def test_two_workers_offline_in_one_grid_see_the_same_afterwards(
    station: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    zhao, sun = join(phone("小赵"), station, "小赵"), join(phone("老孙"), station, "老孙")
    station.link.set("down")
    for page, building, room, words in (
        (zhao, "3", "501", "小赵看的：血压正常"),
        (zhao, "4", "201", "小赵：问暑期托管"),
        (sun, "3", "501", "老孙看的：灯修好了"),
        (sun, "4", "202", "老孙：楼道有味"),
    ):
        open_door(page, station, building, "2" if building == "3" else "1", room)
        begin_visit(page)
        page.get_by_text("见到人", exact=True).click()
        page.locator("textarea[name=text]").fill(words)
        save(page)
    station.link.set("up")
    for page in (zhao, sun, zhao):  # the first one asks again for what the second brought
        page.goto(f"{station.url}/field/outbox")
        page.locator("form.sum button").click()
        expect(page.locator("h1")).to_contain_text("都送到了")

    shown = []
    for page in (zhao, sun):
        until(page, "async () => true")
        open_door(page, station, "3", "2", "501")
        expect(page.locator(".timeline")).to_contain_text("小赵看的：血压正常")
        expect(page.locator(".timeline")).to_contain_text("老孙看的：灯修好了")
        first = page.locator(".timeline").first.inner_text()
        open_door(page, station, "4", "1", "201")
        second = page.locator(".timeline").first.inner_text()
        open_door(page, station, "4", "1", "202")
        shown.append([first, second, page.locator(".timeline").first.inner_text()])
    assert shown[0] == shown[1]
    assert "小赵：问暑期托管" in shown[0][1]
    assert "老孙：楼道有味" in shown[0][2]

    at_desk = open_desk(desk, station)
    for words in ("小赵看的：血压正常", "老孙看的：灯修好了", "小赵：问暑期托管", "老孙：楼道有味"):
        expect(at_desk.locator("main")).to_contain_text(words)

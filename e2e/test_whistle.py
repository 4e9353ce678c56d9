"""A whistle from a stairwell without a signal: to the committee, to a department and back, verified offline."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from e2e.phone import DESK, Phone
from e2e.station import Station
from e2e.steps import begin_visit, join, open_door, save, unsent
from tests.blobs.pictures import png

pytestmark = pytest.mark.browser


@pytest.fixture
def at_desk(playwright: Playwright, tmp_path: Path, station: Station) -> Iterator[Callable[[str], Page]]:
    """A browser for somebody who sits at a desk, by name."""
    opened: list[Phone] = []

    def get(name: str) -> Page:
        opened.append(Phone(playwright, tmp_path / f"desk-{len(opened)}", viewport=DESK, has_touch=False))
        page = opened[-1].page
        page.goto(station.join_link("desk", name))
        page.locator("form.begin button").first.click()
        page.wait_for_url("**/desk/**")
        page.wait_for_load_state()
        return page

    yield get
    for one in opened:
        one.close()


def until(page: Page, station: Station, path: str, there: Callable[[], bool]) -> None:
    """Exchange and look again, until it is there."""
    end = time.monotonic() + 40
    while time.monotonic() < end:
        page.goto(f"{station.url}/field/outbox")
        page.locator("form[action='/field/outbox/attempts'] button").click()
        page.wait_for_load_state()
        page.goto(f"{station.url}{path}")
        if there():
            return
        time.sleep(0.5)
    raise AssertionError(f"{path} never told it")


def open_whistle(page: Page, station: Station) -> None:
    """The only one in the reader's queue."""
    page.goto(f"{station.url}/desk/whistles?show=open")
    page.locator("#queue a").first.click()
    whole = page.locator("#pane").get_by_role("link", name="看全部经过")
    if page.locator("#pane").count():
        whole.click()
    expect(page.locator("#trail")).to_be_visible()


def step(page: Page, station: Station, to: str, note: str = "", photo: bytes = b"") -> None:
    """One of its buttons, from the queue on."""
    open_whistle(page, station)
    if note:
        page.fill("#note", note)
    if photo:
        page.wait_for_load_state()
        page.set_input_files("#photos", {"name": "a.png", "mimeType": "image/png", "buffer": photo})
    page.locator(f"button[name=to][value={to}]").click()
    expect(page.get_by_role("status").first).to_contain_text("走了一步")


def send(page: Page, station: Station, department: str, *, suggested: bool = True) -> None:
    """To a department; what is due first stands open. `suggested`: it is the one that is chosen already."""
    page.goto(f"{station.url}/desk/whistles")
    chosen = page.locator("#pane #department")
    if suggested:
        expect(chosen.locator("option:checked")).to_have_text(department)
    chosen.select_option(label=department)
    page.locator("#pane [data-press=d]").click()
    expect(page.get_by_role("status").first).to_contain_text(f"派给{department}了")


def test_a_whistle_goes_from_a_stairwell_to_a_department_and_back(
    station: Station, phone: Callable[[str], Phone], at_desk: Callable[[str], Page]
) -> None:
    zhao = join(phone("zhao"), station, "小赵")
    station.stop()
    open_door(zhao, station, "3", "2", "501")
    begin_visit(zhao)
    zhao.locator("label:has(input[name=result][value=met])").click()
    zhao.locator(".asks details:has(#ask-difficulty) summary").click()
    zhao.fill("#ask-difficulty", "楼道五辆电动车飞线充电")
    save(zhao)
    zhao.locator("#visits ~ ol a, .timeline a").first.click()
    zhao.locator("a[href^='/field/whistles/new?visit=']").click()
    expect(zhao.locator("#text")).to_have_value("楼道五辆电动车飞线充电")
    zhao.select_option("#category", "W08")
    zhao.locator(".foot button.go").click()
    expect(zhao.locator("#whistle-state")).to_contain_text("已吹哨")
    expect(zhao.locator("h1")).to_contain_text("楼道五辆电动车飞线充电")
    whistle = zhao.url.removeprefix(station.url)
    station.start()
    until(zhao, station, "/field/", lambda: unsent(zhao) == 0)

    mei, wei = at_desk("小梅"), at_desk("老魏")
    send(mei, station, "消防")
    step(wei, station, "returned", "先请物业看看电表")
    send(mei, station, "消防", suggested=False)
    for to in ("accepted", "in_progress"):
        step(wei, station, to)
    # Whoever handles it may be out with a phone in their hand: nothing is wider than that.
    wei.set_viewport_size({"width": 412, "height": 915})
    step(wei, station, "resolved", "线剪了，装了充电桩", png(16, 12))
    assert wei.evaluate("document.documentElement.scrollWidth") <= 412
    shown = wei.locator("#trail img").first
    expect(shown).to_be_visible()
    kind = wei.evaluate(
        "src => fetch(src).then((answer) => answer.headers.get('content-type'))", shown.get_attribute("src")
    )
    assert kind == "image/jpeg", "made anew in the browser"
    step(mei, station, "verifying")

    waiting = zhao.locator("#whistles a", has_text="等人去看")
    until(zhao, station, "/field/", lambda: waiting.count() == 1)
    station.stop()
    waiting.click()
    expect(zhao.locator("main")).to_contain_text("线剪了，装了充电桩")
    assert zhao.locator("#trail img").count() == 1, "what the department shows; none is asked for in return"
    zhao.locator("button[name=to][value=revisit]").click()
    expect(zhao.locator("#whistle-state")).to_contain_text("等问一声住户")
    zhao.locator("label:has(input[name=rating][value=satisfied])").click()
    zhao.locator("button[name=to][value=closed]").click()
    expect(zhao.locator("#whistle-state")).to_contain_text("办结了")
    station.start()
    until(zhao, station, "/field/", lambda: unsent(zhao) == 0)

    # Whoever was asked first sees every step of it; so does the committee.
    zhao.goto(f"{station.url}{whistle}")
    story = ["办结了", "等问一声住户", "等人去看", "部门说办好了", "在办", "部门报到了", "已派单", "社工委已响应"]
    story += ["部门退回了", "已派单", "社工委已响应", "已吹哨"]
    expect(zhao.locator("#trail li")).to_contain_text(story)
    mei.goto(f"{station.url}/desk/whistles?show=over")
    mei.locator("#pane").get_by_role("link", name="看全部经过").click()
    expect(mei.locator("#trail > li")).to_contain_text(story)
    expect(mei.locator("h1")).to_contain_text("办结了")

"""A round without signal: what was asked at the doors turns into what it is by a tap, and the station moves it on."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from e2e.phone import Phone
from e2e.station import Station
from e2e.steps import begin_visit, join, open_desk, open_door, save, tell

pytestmark = pytest.mark.browser


def visit(page: Page, station: Station, door: tuple[str, str, str], result: str = "met", **said: str) -> None:
    """One visit with the asks that were answered."""
    open_door(page, station, *door)
    begin_visit(page)
    tell(page, result, said)
    save(page)


def turn(page: Page, name: str, value: str) -> None:
    """The one tap."""
    page.locator(f"button[name={name}][value={value}]").click()
    expect(page.locator("h2#said")).to_be_visible()


def until_told(page: Page, where: str, words: str) -> None:
    """Ask a page again until an exchange has brought what it is to say."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        page.goto(where)
        if words in page.locator("main").inner_text():
            return
        time.sleep(0.5)
    raise AssertionError(f"{where} never said {words}")


def test_a_rounds_asks_turn_without_signal_and_the_station_moves_them_on(
    station: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    page = join(phone("zhao"), station, "小赵")
    station.stop()

    # Noise at night, settled on the spot: kept as a problem, closed with a word. Something needed besides.
    visit(page, station, ("3", "2", "501"), difficulty="棋牌室夜里十一点还吵", need="想有人陪去量血压")
    turn(page, "kind", "problem")
    turn(page, "kind", "need")
    expect(page.locator(".turned")).to_contain_text(["难处，新记的", "需求，新记的"])
    need = page.locator(".turned a", has_text="需求").get_attribute("href") or ""
    page.locator(".turned a", has_text="难处").click()
    expect(page.locator("main")).to_contain_text("棋牌室夜里十一点还吵")
    page.fill("#move-note", "去劝了，老板答应十点散场")
    page.locator("button[name=to][value=self_resolved]").click()
    expect(page.locator("#item-state")).to_contain_text("自己解决了")
    expect(page.locator("main")).to_contain_text("去劝了，老板答应十点散场")

    # An idea; and a door where something was done before, which is rated by its name.
    visit(page, station, ("3", "2", "502"), idea="单元门口加个坡道，大家分担一点")
    turn(page, "kind", "proposal")
    visit(page, station, ("3", "2", "501"), effect="晚上安静了，睡得着")
    page.select_option("select[name=of]", label="难处：棋牌室夜里十一点还吵")
    turn(page, "rating", "satisfied")
    expect(page.locator(".turned")).to_contain_text("难处，自己解决了，满意")

    # Nobody was there, a day was promised, and a call settled it.
    open_door(page, station, "3", "1", "201")
    begin_visit(page)
    page.locator("label:has(input[name=result][value=inconvenient])").click()
    page.locator("label:has(input[name=follow_up])").nth(1).click()
    save(page)
    page.goto(f"{station.url}/field/followups")
    promised = page.locator("section[aria-labelledby=dated] li", has_text="3-1-201")
    promised.locator("summary").click()
    promised.locator("input[name=note]").fill("电话里说都好")
    promised.get_by_role("button", name="办了").click()
    expect(promised).to_have_count(0)

    # A quarrel that is nobody's visit, told on another day; what was said stays with it.
    page.goto(f"{station.url}/field/mediations/new")
    page.fill("#text", "两家为晾衣杆吵")
    page.locator("summary", has_text="调解记录").click()
    page.fill("#parties", "201、202")
    page.locator(".foot button.go").click()
    expect(page.locator("#item-state")).to_contain_text("登记了")
    page.fill("#note", "都同意各挪一尺")
    page.locator("#telling button.btn:not([type=button])").click()
    expect(page.locator("main")).to_contain_text("都同意各挪一尺")
    expect(page.locator("main")).to_contain_text("201、202")
    page.locator("button[name=to][value=mediating]").click()
    expect(page.locator("#item-state")).to_contain_text("正在调")

    # What is known of a home is confirmed together.
    open_door(page, station, "3", "2", "501")
    expect(page.locator("section[aria-labelledby=open-items]")).to_contain_text("想有人陪去量血压")
    page.locator("#same button").click()
    page.goto(f"{station.url}/field/outbox")
    expect(page.locator("main")).to_contain_text("核对过")
    page.goto(f"{station.url}/field/")
    expect(page.locator("#follow")).to_contain_text("要跟进的")

    station.start()
    station.link.set("up")
    page.goto(f"{station.url}/field/outbox")
    page.locator("form[action='/field/outbox/attempts'] button").click()
    expect(page.locator("h1")).to_contain_text("都送到了", timeout=30_000)
    master = open_desk(desk, station)
    master.goto(f"{station.url}/desk/items?kind=need")
    expect(master.locator("table")).to_contain_text("想有人陪去量血压")
    master.locator("table a", has_text="需求").first.click()
    master.fill("[name=note]", "社区医院周三来")
    master.locator("button[value=matched]").click()
    expect(master.locator("h1")).to_contain_text("对上资源了")
    page.goto(f"{station.url}/field/outbox")
    page.locator("form[action='/field/outbox/attempts'] button").click()
    until_told(page, f"{station.url}{need}", "社区医院周三来")

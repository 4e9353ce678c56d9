"""Half-written forms: given up, written on two pages at once, kept without a worker; and the impatient second tap."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from e2e.phone import Phone, until
from e2e.station import Station
from e2e.steps import begin_visit, join, journal_size, open_desk, open_door, save, unsent
from e2e.test_first_page import ask
from e2e.test_stories import KEPT
from tests.thorough import some

pytestmark = pytest.mark.browser

NO_WORKER = "() => delete Navigator.prototype.serviceWorker"
SHOWN = "() => dispatchEvent(new Event('focus'))"
TWICE_MS = 450
SEND = "([to, form]) => fetch(to, { method: 'POST', body: new URLSearchParams(form) }).then(({ ok }) => ok)"
WHO = "SELECT id FROM person WHERE name = ?"
ONLINE = "() => dispatchEvent(new Event('online'))"
HOMES = """() => new Promise((resolve) => {
  const opened = indexedDB.open('sifang');
  opened.onsuccess = () => {
    const homes = opened.result.transaction('household').objectStore('household').count();
    homes.onsuccess = () => { resolve(homes.result); opened.result.close(); };
  };
})"""


def building(page: Page, station: Station, name: str) -> None:
    """The board of a building."""
    page.goto(f"{station.url}/field/doors")
    page.locator("nav.switch a", has_text=name).click()
    expect(page.locator("nav.switch [aria-current]")).to_contain_text(name)


@pytest.mark.thorough
def test_each_building_keeps_its_own_half_written_door_until_it_is_given_up(
    station: Station, phone: Callable[[str], Phone]
) -> None:
    page = join(phone("小赵"), station, "小赵")
    station.link.set("down")
    room, chosen = page.locator("#room"), page.locator("#building option:checked")
    building(page, station, "4幢")
    page.locator("a[href*='households/new']").click()
    room.fill("909")
    until(page, KEPT, argument="909")
    building(page, station, "3幢")
    page.locator("a[href*='households/new']").click()
    expect(chosen).to_contain_text("3幢")
    expect(room).to_have_value("")
    building(page, station, "4幢")
    page.locator("a[href*='households/new']").click()
    expect(chosen).to_contain_text("4幢")
    expect(room).to_have_value("909")
    page.get_by_role("link", name="不加了").click()
    expect(page.locator("nav.switch [aria-current]")).to_contain_text("4幢")
    page.locator("a[href*='households/new']").click()
    expect(room).to_have_value("")


def test_words_written_after_an_error_outlive_a_reload(station: Station, phone: Callable[[str], Phone]) -> None:
    page = join(phone("小赵"), station, "小赵")
    station.link.set("down")
    open_door(page, station, "3", "1", "101")
    begin_visit(page)
    page.locator("textarea[name=text]").fill("先写了这句")
    page.get_by_role("button", name="存下").click()
    expect(page.locator("[role=alert]").first).to_be_visible()
    words = page.locator("textarea[name=text]")
    expect(words).to_have_value("先写了这句")
    words.fill("先写了这句，水管漏了要找人修")
    until(page, KEPT, argument="水管漏了要找人修")
    page.reload()
    expect(page.locator("[role=alert]").first).to_be_visible()
    expect(words).to_have_value("先写了这句，水管漏了要找人修")
    page.get_by_text("见到人", exact=True).click()
    save(page)
    expect(page.locator("main")).to_contain_text("先写了这句，水管漏了要找人修")


@pytest.mark.thorough
def test_a_correction_or_a_person_given_up_is_gone(station: Station, phone: Callable[[str], Phone]) -> None:
    page = join(phone("小赵"), station, "小赵")
    station.link.set("down")
    open_door(page, station, "3", "1", "101")
    home = page.url
    page.goto(f"{home}/residents/new")
    page.locator("#name").fill("不要这个人")
    until(page, KEPT, argument="不要这个人")
    page.get_by_role("link", name="不加了").click()
    page.wait_for_url(home)
    page.goto(f"{home}/residents/new")
    expect(page.locator("#name")).to_have_value("")
    page.goto(f"{home}/visits/new")
    page.get_by_text("见到人", exact=True).click()
    save(page)
    page.locator("#saved a[href$='/corrections/new']").click()
    page.locator("#text").fill("不改这句")
    until(page, KEPT, argument="不改这句")
    correcting = page.url
    page.get_by_role("link", name="不改了").click()
    expect(page.locator("#when")).to_be_visible()
    page.goto(correcting)
    expect(page.locator("#text")).to_have_value("")


@pytest.mark.thorough
def test_two_pages_on_one_form_keep_what_each_wrote(station: Station, phone: Callable[[str], Phone]) -> None:
    zhao = phone("小赵")
    first = join(zhao, station, "小赵")
    station.link.set("down")
    open_door(first, station, "3", "2", "501")
    begin_visit(first)
    assert zhao.context
    second = zhao.context.new_page()
    second.goto(first.url)
    first.locator("#text").fill("第一页写的")
    until(first, KEPT, argument="第一页写的")
    second.locator("#who_met").fill("第二页写的")
    until(second, KEPT, argument="第二页写的")
    assert first.evaluate(KEPT, "第一页写的")
    # Shown again, each takes what the other wrote and keeps its own.
    first.bring_to_front()
    first.evaluate(SHOWN)
    expect(first.locator("#who_met")).to_have_value("第二页写的")
    expect(first.locator("#text")).to_have_value("第一页写的")
    second.bring_to_front()
    second.evaluate(SHOWN)
    expect(second.locator("#text")).to_have_value("第一页写的")
    second.get_by_text("不方便", exact=True).click()
    save(second)
    expect(second.locator(".timeline li").first).to_contain_text("第一页写的")
    expect(second.locator(".timeline li").first).to_contain_text("第二页写的")
    assert unsent(second) == 1


@pytest.mark.parametrize("button", some(["button[value=no_answer]", "button.go"], 2))
def test_a_second_tap_says_nothing_more(station: Station, phone: Callable[[str], Phone], button: str) -> None:
    page = join(phone("小赵"), station, "小赵")
    station.link.set("down")
    open_door(page, station, "3", "2", "501")
    begin_visit(page)
    page.get_by_text("没人应", exact=True).first.click()
    box = page.locator(f".foot {button}").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(x, y)
    page.wait_for_timeout(TWICE_MS)
    page.mouse.click(x, y)
    expect(page.locator("#saved")).to_be_visible()
    page.wait_for_timeout(TWICE_MS)
    expect(page.locator("#saved")).to_be_visible()
    assert unsent(page) == 1
    # A little later the buttons are there again.
    begin_visit(page)


@pytest.mark.thorough
def test_a_browser_without_workers_keeps_a_half_written_visit_itself(
    playwright: Playwright, station: Station, tmp_path: Path
) -> None:
    plain = Phone(playwright, tmp_path / "no-worker")
    assert plain.context
    plain.context.add_init_script(f"({NO_WORKER})()")
    page = plain.page
    page.goto(station.join_link("phone", "小赵"))
    page.locator("form[action$='/session'] button:visible").first.click()
    page.wait_for_url("**/field/")
    open_door(page, station, "3", "2", "501")
    home = page.url
    begin_visit(page)
    page.get_by_text("见到人", exact=True).click()
    page.locator("#text").fill("没有工人也要留着")
    expect(page.locator("[data-draft-line]")).to_contain_text("存在这个浏览器里")
    page.reload()
    expect(page.locator("#text")).to_have_value("没有工人也要留着")
    expect(page.locator("input[name=result][value=met]")).to_be_checked()
    expect(page.locator("[data-draft-line]")).to_contain_text("存在这个浏览器里")
    # The server dies at the very moment.
    page.locator("#text").fill("最后一句也要留着")
    station.link.set("down")
    page.locator(".foot button.go").click(no_wait_after=True)
    page.wait_for_timeout(TWICE_MS)
    station.link.set("up")
    before = journal_size(station)
    page.goto(f"{station.url}/field/")
    page.goto(f"{home}/visits/new")
    expect(page.locator("#text")).to_have_value("最后一句也要留着")
    save(page)
    assert journal_size(station) == before + 1
    page.goto(f"{home}/visits/new")
    expect(page.locator("#text")).to_have_value("")
    plain.close()


@pytest.mark.thorough
def test_what_is_being_written_outlives_a_building_and_a_grid_that_go(
    station: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    page, at_desk = join(phone("小赵"), station, "小赵"), open_desk(desk, station)
    three, four = (ask(station, "SELECT id FROM grid WHERE name = ?", f"{name}网格") for name in ("第三", "第四"))
    block = ask(station, "SELECT id FROM building WHERE name = '3幢'")
    homes = page.evaluate(HOMES)
    open_door(page, station, "3", "2", "402")
    begin_visit(page)
    page.locator("#text").fill("写着写着楼划走了")
    until(page, KEPT, argument="写着写着楼划走了")
    assert at_desk.evaluate(SEND, [f"/desk/grids/{three}/buildings/{block}/moves", {"to": four}])
    page.evaluate(ONLINE)
    until(page, f"async (homes) => (await ({HOMES})()) < homes", argument=homes)
    page.get_by_text("见到人", exact=True).click()
    page.locator(".foot button.go").click()
    page.wait_for_url("**/field/outbox")
    sent = page.locator("section[aria-labelledby=sent] li.post").first
    expect(sent).to_contain_text("3-2-402，见到人")
    expect(sent).to_contain_text("写着写着楼划走了")
    assert ask(station, "SELECT grid FROM visit WHERE text = '写着写着楼划走了'") == four

    # Then the whole grid: what was only begun stands in the outbox, and can be finished.
    page.goto(f"{station.url}/field/doors")
    page.locator("#e1 a.door", has_text="201").click()
    begin_visit(page)
    page.locator("#text").fill("网格也划走了")
    until(page, KEPT, argument="网格也划走了")
    zhao, sun = (ask(station, WHO, name) for name in ("小赵", "老孙"))
    left = [["shown", zhao], ["shown", sun], ["people", sun]]
    assert at_desk.evaluate(SEND, [f"/desk/grids/{three}/people", left])
    page.evaluate(ONLINE)
    until(page, f"async () => (await ({HOMES})()) === 0")
    station.link.set("down")
    page.goto(f"{station.url}/field/")
    expect(page.locator("h1")).to_have_text("眼下没有网格归您管。")
    page.locator("#tab-outbox").click()
    half = page.locator("section[aria-labelledby=halves] li.post")
    expect(half).to_contain_text("4-1-201")
    expect(half).to_contain_text("网格也划走了")
    half.get_by_role("link", name="接着写").click()
    expect(page.locator("#text")).to_have_value("网格也划走了")
    page.get_by_text("不方便", exact=True).click()
    page.locator(".foot button.go").click()
    expect(page.locator("section[aria-labelledby=wait] li.post")).to_contain_text("4-1-201，不方便")
    expect(half).to_have_count(0)
    station.link.set("up")
    page.locator("form.sum button").click()
    expect(page.locator("section[aria-labelledby=aside] li.post")).to_contain_text("网格也划走了")

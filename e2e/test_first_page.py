"""A new phone works at once: the server draws its first pages while the grid comes behind them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from e2e.phone import Phone, until
from e2e.station import Station
from e2e.steps import READY, begin_visit, choose_pin, join, journal_size, open_door, open_link, quick, save

pytestmark = pytest.mark.browser

PARTS = "/sync/snapshots/"
# The worker draws, and says what is still to come.
ARRIVING = "async () => (await (await fetch('/field/')).text()).includes('<progress value=')"
# What the rows were closed in is gone.
SPOIL = """() => new Promise((done) => indexedDB.databases().then(([{ name }]) => {
  indexedDB.open(name).onsuccess = ({ target }) => {
    const tx = target.result.transaction('bundle', 'readwrite');
    tx.objectStore('bundle').openCursor().onsuccess = ({ target: { result: cursor } }) => {
      if (!cursor) return;
      cursor.value.sealed = null;
      cursor.update(cursor.value);
      cursor.continue();
    };
    tx.oncomplete = () => { target.result.close(); done(true); };
  };
}))"""
LAST_DOOR = """SELECT household.id FROM household JOIN building ON building.id = household.building
  JOIN grid ON grid.id = household.grid JOIN person ON person.grids LIKE '%' || grid.id || '%'
  WHERE person.name = ? ORDER BY building.sort DESC, building.name DESC LIMIT 1"""


def ask(station: Station, question: str, *about: str) -> str:
    """One value out of the station's database."""
    with sqlite3.connect(f"file:{station.data / 'sifang.db'}?mode=ro", uri=True) as db:
        return str(db.execute(question, about).fetchone()[0])


def test_worker_begins_before_the_grid_is_here_and_a_phone_closed_half_way_goes_on(
    station: Station, phone: Callable[[str], Phone]
) -> None:
    zhao = phone("小赵")
    link = station.join_link("phone", "小赵")
    station.link.hold(PARTS)
    open_link(zhao.page, link)
    choose_pin(zhao.page)
    expect(zhao.page.locator("h1")).to_contain_text("今天该敲")
    expect(zhao.page.locator("#keeping")).to_be_visible()
    expect(zhao.page.locator("#keeping [data-step=waiting]")).to_be_visible(timeout=20_000)
    before = journal_size(station)
    open_door(zhao.page, station, "3", "2", "501")
    quick(zhao.page, "no_answer")
    assert journal_size(station) == before + 1
    zhao.kill()

    zhao.open()
    page = zhao.page
    page.goto(link)
    expect(page.locator("[data-step=known] h1")).to_be_visible()
    station.link.let_go()
    until(page, READY, 30)
    page.locator("[data-when=usable] a").click()
    station.stop()
    open_door(page, station, "3", "2", "501")
    assert ask(station, "SELECT count(*) FROM device WHERE kind = 'phone'") == "1"


def test_a_door_that_has_not_come_yet_is_drawn_and_written_by_the_server(
    station: Station, phone: Callable[[str], Phone]
) -> None:
    page = phone("小赵").page
    station.link.hold(PARTS, passing=2)
    open_link(page, station.join_link("phone", "小赵"))
    choose_pin(page)
    until(page, ARRIVING)
    door = ask(station, LAST_DOOR, "小赵")
    before = journal_size(station)
    page.goto(f"{station.url}/field/households/{door}")
    begin_visit(page)
    page.get_by_text("见到人", exact=True).click()
    page.locator("textarea[name=text]").fill("还没下来的一户")
    save(page)
    expect(page.locator(".timeline")).to_contain_text("还没下来的一户")
    assert journal_size(station) == before + 1

    # Without the server the phone says what it knows: this door is not here.
    station.link.set("down")
    page.goto(f"{station.url}/field/households/{door}")
    expect(page.locator("h1")).to_have_text("手机里没有这一户。")


def test_the_first_page_says_when_everything_is_on_the_phone(station: Station, phone: Callable[[str], Phone]) -> None:
    page = join(phone("小赵"), station, "小赵")
    expect(page).to_have_url(f"{station.url}/field/")
    expect(page.locator("#keeping [data-step=done]")).to_contain_text("没有信号也能看")
    station.stop()
    page.reload()
    expect(page.locator("h1")).to_contain_text("今天该敲")
    expect(page.locator("#keeping")).to_be_hidden()


def test_somebody_elses_link_says_whose_phone_this_is(station: Station, phone: Callable[[str], Phone]) -> None:
    page = join(phone("小赵"), station, "小赵")
    expect(page.locator("#keeping [data-step=done]")).to_contain_text("没有信号也能看")
    others = "SELECT name FROM person WHERE role = 'grid_worker' AND name <> ? ORDER BY name LIMIT 1"
    other = ask(station, others, "小赵")
    phones = ask(station, "SELECT count(*) FROM device WHERE kind = ?", "phone")
    page.goto(station.join_link("phone", other))
    expect(page.locator("h1:visible")).to_have_text("小赵在用这部手机。")
    expect(page.locator("[data-step=other]")).to_contain_text(f"{other}也可以用这一部")
    assert ask(station, "SELECT count(*) FROM device WHERE kind = ?", "phone") == phones


def test_a_page_whose_rows_do_not_open_says_so_under_the_head_that_went_ahead(
    station: Station, phone: Callable[[str], Phone]
) -> None:
    zhao = phone("小赵")
    page = join(zhao, station, "小赵")
    station.stop()
    page.goto(f"{station.url}/field/doors")
    expect(page.locator(".facade")).to_be_visible()
    until(page, SPOIL)
    zhao.kill()

    zhao.open()
    page = zhao.page
    page.goto(f"{station.url}/field/doors")
    expect(page.locator("main[data-trouble=broken] h1").first).to_be_visible()
    assert page.title() == "四访"
    assert page.locator("link[rel=manifest]").count() == 1

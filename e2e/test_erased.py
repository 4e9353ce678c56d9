"""A home is erased while a phone is out of reach: its copy goes once it is back; what was written meanwhile stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.phone import Phone, until
from e2e.station import Station
from e2e.steps import begin_visit, join, open_desk, open_door, save
from e2e.test_stories import KEPT

pytestmark = pytest.mark.browser

LYING = """async (name) => new Promise((resolve) => {
  const opened = indexedDB.open('sifang');
  opened.onsuccess = () => {
    const all = opened.result.transaction(name).objectStore(name).getAll();
    all.onsuccess = () => { resolve(all.result); opened.result.close(); };
  };
})"""
"""What lies in a store of the phone, as it lies there."""
EDITS = f"""async () => (await ({LYING})('edit')).map(
  ({{ sealed, to_server, ...rest }}) => ({{ ...rest, lies: !!(sealed || to_server || rest.b) }}))"""
DRAFTS = f"async () => (await ({LYING})('draft')).length"
PROVED = (
    f"async () => {{ const all = await ({EDITS})(); return all.length > 0 && all.every(({{ proved }}) => proved); }}"
)
FORGOTTEN = f"async () => (await ({EDITS})()).some(({{ erased }}) => erased)"
ACCEPTED = f"async () => (await ({EDITS})()).some(({{ outcome, n }}) => n === 3 && outcome === 'accepted')"


def fill_visit(page: Page, words: str) -> None:
    begin_visit(page)
    page.get_by_text("见到人", exact=True).click()
    page.locator("textarea[name=text]").fill(words)


def erase_home(page: Page, station: Station, home: str) -> None:
    """The station master reads what goes, says why, types the word."""
    with sqlite3.connect(f"file:{station.data / 'sifang.db'}?mode=ro", uri=True) as db:
        (grid,) = db.execute("SELECT grid FROM household WHERE id = ?", [home]).fetchone()
    page.goto(f"{station.url}/desk/households/{grid}/{home}")
    page.get_by_role("link", name="清除这一户").click()
    expect(page.get_by_text("清除以后找不回来")).to_be_visible()
    page.get_by_label("本人或家里人要求").check()
    page.get_by_label("真要清除").fill("清除")
    page.get_by_role("button", name="清除，不能撤销").click()
    expect(page.get_by_role("heading", name="有过记录，已经清除")).to_be_visible()


def test_a_phone_out_of_reach_forgets_when_it_is_back(
    station: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    page = join(phone("小赵"), station, "小赵")
    open_door(page, station, "3", "1", "101")
    home = page.url.rpartition("/")[2]
    fill_visit(page, "早先说的话")
    save(page)
    until(page, PROVED)
    (sent,) = page.evaluate(EDITS)
    station.link.set("down")
    open_door(page, station, "3", "1", "101")
    fill_visit(page, "没信号时写的")
    save(page)
    open_door(page, station, "3", "1", "101")
    fill_visit(page, "写了一半")
    until(page, KEPT, argument="写了一半")
    assert page.evaluate(DRAFTS) == 1
    # The station is reached by another way meanwhile.
    station.link.set("up")
    master = open_desk(desk, station)
    page.context.set_offline(True)
    erase_home(master, station, home)
    page.context.set_offline(False)
    page.goto(f"{station.url}/field/outbox")
    until(page, FORGOTTEN)
    edits: list[dict[str, Any]] = page.evaluate(EDITS)
    old = next(each for each in edits if each["id"] == sent["id"])
    assert sent["lies"]
    assert not old["lies"], "the words are gone, open and closed"
    assert (old["hash"], old["h"], old["proved"]) == (sent["hash"], sent["h"], 1), "that it was, and is proved, stays"
    assert page.evaluate(DRAFTS) == 0, "the half-written form went too"
    late = next(each for each in edits if each["id"] != sent["id"])
    assert (late["outcome"], late["reason"]) == ("quarantined", "erased")
    page.reload()
    expect(page.locator("main")).to_contain_text("站里已经清除了这一户或这个人的记录")
    expect(page.locator("main")).not_to_contain_text("早先说的话")
    # At the station somebody decides about what came, and the phone goes on.
    master.goto(f"{station.url}/desk/conflicts")
    expect(master.locator("main")).to_contain_text("没信号时写的")
    open_door(page, station, "3", "1", "101")
    expect(page.locator("main")).not_to_contain_text("早先说的话")
    fill_visit(page, "知道以后写的")
    save(page)
    until(page, ACCEPTED)
    master.goto(f"{station.url}/desk/visits")
    expect(master.locator("main")).to_contain_text("知道以后写的")

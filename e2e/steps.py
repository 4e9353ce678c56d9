"""What people do on their screens, step by step, as the stories tell it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Page, expect

from e2e.phone import Phone, until
from e2e.station import Station

READY = """async () => {
  if (document.querySelector('#keeping:not([hidden]) [data-step=done]:not([hidden])')) return true;
  if (localStorage.getItem('sifang:keeping') !== null) return false;
  const { meta } = await import('/static/phone/database.js');
  const scopes = await meta('scopes');
  return !!scopes?.length && scopes.every(({ cursor, pending }) => cursor !== null && !pending);
}"""
"""All of the grid is on the phone: the page says so, or was drawn anew by it since."""


WHOLE = """async () => {
  const { meta } = await import('/static/phone/database.js');
  const grids = ((await meta('scopes')) ?? []).filter(({ scope }) => scope.startsWith('grid:'));
  return grids.length > 0 && grids.every(({ cursor, pending }) => cursor !== null && !pending);
}"""
"""Every door of a grid of real size is on the phone: it comes in parts, after what is the person's own."""

PIN_CODE = "258036"
TOLD = """async () => {
  const { meta } = await import('/static/phone/database.js');
  return !!(await meta('opener'))?.told;
}"""
"""Whether the server knows what opens this phone's pages."""
HERE = """async () => {
  const { meta } = await import('/static/phone/database.js');
  const scopes = await meta('scopes');
  return !!scopes?.length && scopes.every(({ cursor }) => cursor !== null);
}"""


def join(phone: Phone, station: Station, name: str) -> Page:
    """Open the one-time link, press, choose a PIN, and wait until the whole grid is on the phone."""
    page = open_link(phone.page, station.join_link("phone", name))
    choose_pin(page)
    until(page, READY, 60)
    return page


def join_volunteer(phone: Phone, station: Station, name: str) -> Page:
    """The link opens the four doors at once; what is theirs comes behind."""
    page = open_link(phone.page, station.join_link("phone", name))
    page.wait_for_url("**/elder/")
    until(page, HERE, 60)
    return page


def choose_pin(page: Page, pin: str = PIN_CODE, to: str = "**/field/") -> None:
    """The page that follows the link: six figures, twice; the last one sends them."""
    page.fill("form.pins [name=pin]", pin)
    page.fill("form.pins [name=again]", pin)
    page.wait_for_url(to)
    expect(page.locator("form.pins")).to_have_count(0)


def lock(page: Page, station: Station) -> None:
    """Lock now, on the page about this phone."""
    page.goto(f"{station.url}/field/more")
    page.locator("main form[action='/field/lock'] button").click()
    expect(page.locator("[data-locked]")).to_be_visible()


def unlock(page: Page, pin: str = PIN_CODE) -> None:
    """Type the PIN on the page of a locked phone."""
    page.fill("[name=pin]", pin)
    expect(page.locator("[data-locked]")).to_have_count(0)


def open_link(page: Page, link: str) -> Page:
    """Open a one-time link and press what makes the phone its person's own."""
    page.goto(link)
    press(page)
    return page


def press(page: Page) -> None:
    """The button that a link's page waits for."""
    page.locator("button[data-go]:visible").click()


def open_desk(desk: Phone, station: Station, name: str = "王站长", *, straight: bool = False) -> Page:
    """Sign the station master in, or another by name; stays on the list of visits. `straight`: not by the phones'
    link."""
    page, link = desk.page, station.join_link("desk", name)
    page.goto(link.replace(station.url, station.straight) if straight else link)
    page.locator("form.begin button").first.click()
    page.wait_for_url("**/desk/visits")
    return page


def open_door(page: Page, station: Station, building: str, entrance: str, room: str) -> None:
    """From the door board of a building to one household, as a finger does."""
    page.goto(f"{station.url}/field/doors")
    page.locator("nav.switch a", has_text=re.compile(rf"^\s*{building}幢")).click()
    section = page.locator("section.entrance", has=page.get_by_role("heading", name=re.compile(rf"^{entrance}单元")))
    section.locator("a.door", has_text=re.compile(rf"^\s*{room}")).click()
    expect(page.locator("#visits")).to_be_visible()


def quick(page: Page, what: str) -> None:
    """One tap on 没人应 (no_answer) or 一切正常 (all_well), and the word that it is kept."""
    page.locator(f"button[name=quick][value={what}]").click()
    expect(page.locator(".saved")).to_be_visible()


def begin_visit(page: Page) -> None:
    """记走访, from the household."""
    page.locator(".foot a.go").click()
    expect(page.locator("form#visit")).to_be_visible()


def tell(page: Page, result: str, asks: Mapping[str, str], **more: str) -> None:
    """What is said in the form of a visit; `more`: mode, text, care, and the day on which they come again (`on`)."""
    page.locator(f"label:has(input[name=result][value={result}])").click()
    for choice in ("mode", "care"):
        if choice in more:
            page.locator(f"label:has(input[name={choice}][value={more[choice]}])").click()
    for ask, words in asks.items():
        page.locator(f".asks details:has(#ask-{ask}) summary").click()
        page.fill(f"#ask-{ask}", words)
    if "text" in more:
        page.fill("textarea[name=text]", more["text"])
    if "on" in more:
        near = page.locator(f"label:has(input[name=follow_up][value='{more['on']}'])")
        if near.count():
            near.click()
        else:
            page.locator("label:has(input[name=follow_up][value=pick])").click()
            page.fill("#follow_up_on", more["on"])


def save(page: Page) -> None:
    """存下, and the word that it is kept."""
    page.locator(".foot button.go").click()
    expect(page.locator(".saved")).to_be_visible()


def unsent(page: Page) -> int:
    """The number that stands on every page."""
    found = re.search(r"\d+", page.locator("#outgoing").inner_text())
    return int(found[0]) if found else 0


def journal_size(station: Station) -> int:
    """How many edits the server holds."""
    return int(rows(station, "SELECT size FROM journal_head")[0][0])


def rows(station: Station, query: str, *values: str) -> list[tuple[Any, ...]]:
    """What stands in the server's tables."""
    with sqlite3.connect(f"file:{station.data / 'sifang.db'}?mode=ro", uri=True) as db:
        return [tuple(row) for row in db.execute(query, values)]


def home(station: Station, door: str) -> str:
    """Where the desk finds a door (3-2-501) of the demo's third grid: `grid/household`."""
    block, entrance, room = door.split("-")
    query = """
        SELECT household.grid || '/' || household.id FROM household JOIN grid ON grid.id = household.grid
        JOIN building ON building.id = household.building
        WHERE grid.name = '第三网格' AND building.name = ? AND household.entrance = ? AND household.room = ?"""
    ((found,),) = rows(station, query, f"{block}幢", entrance, room)
    return str(found)

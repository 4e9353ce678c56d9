"""What people do on their screens, step by step, as the stories tell it."""

from __future__ import annotations

import re

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


def open_desk(desk: Phone, station: Station) -> Page:
    """Sign the station master in; stays on the list of visits."""
    page = desk.page
    page.goto(station.join_link("desk", "王站长"))
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
    import sqlite3

    with sqlite3.connect(f"file:{station.data / 'sifang.db'}?mode=ro", uri=True) as db:
        return int(db.execute("SELECT size FROM journal_head").fetchone()[0])

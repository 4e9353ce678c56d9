"""The offline part of the first story in Firefox and in WebKit: `make browsers`.

These engines are steered by script alone, so every tap is a real click of the page's own elements and nothing more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e.opening import OPENED
from e2e.station import Station
from e2e.steps import PIN_CODE, READY
from e2e.webdriver import Browser, Firefox, WebKit, until

HERE = Path(__file__).resolve().parent
DRAFT = "说一切都好，改周六上午"
WORDS = "厕所灯坏了三天 <b>&amp;</b> 𠮷"
FIND_DOOR = """
  const [building, entrance, room] = arguments[0].split('-');
  const boards = [...document.querySelectorAll('nav.switch a')];
  const board = boards.find((a) => a.textContent.trim().startsWith(building + '幢'));
  if (board && !board.hasAttribute('aria-current')) { board.click(); return false; }
  const sections = [...document.querySelectorAll('section.entrance')];
  const section = sections.find((s) => s.textContent.trim().startsWith(entrance + '单元'));
  const door = section && [...section.querySelectorAll('a.door')].find((a) => a.textContent.trim().startsWith(room));
  if (door) location.href = door.href;
  return !!door;
"""
CLICK = """
  const found = document.querySelector(arguments[0]);
  found?.click();
  return !!found;
"""
TYPE = """
  const field = document.querySelector(arguments[0]);
  field.value = arguments[1];
  field.dispatchEvent(new Event('input', { bubbles: true }));
"""
# Asked of the database itself: a driver's script cannot import the page's modules.
ASK_STORE = f"""
  const words = arguments[0];
  ({OPENED})().then(({{ drafts }}) => (document.documentElement.dataset.kept = JSON.stringify(drafts)));
  return (document.documentElement.dataset.kept || '').includes(words);
"""


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    """榆桥社区 with two grids."""
    opened = Station(tmp_path / "station")
    try:
        opened.command("e2e.prepare")
        opened.start()
        yield opened
    finally:
        opened.close()


@pytest.fixture(params=["firefox", "webkit"])
def browser(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Browser]:
    """One engine on a profile of its own."""
    profile = tmp_path / request.param
    opened: Browser = Firefox(profile) if request.param == "firefox" else WebKit(profile, HERE / "webkit_browser.py")
    opened.start()
    yield opened
    opened.kill()


def there(browser: Browser, selector: str, seconds: float = 30) -> None:
    """Wait until an element is on the page."""
    until(browser, "return !!document.querySelector(arguments[0])", selector, seconds=seconds)


def tap(browser: Browser, selector: str) -> None:
    """Click the first element that fits."""
    until(browser, CLICK, selector)


def write(browser: Browser, selector: str, words: str) -> None:
    """Type: the value and the event that typing makes."""
    there(browser, selector)
    browser.run(TYPE, selector, words)


def open_door(browser: Browser, station: Station, door: str) -> None:
    """From the board to a household."""
    browser.go(f"{station.url}/field/doors")
    until(browser, FIND_DOOR, door)
    until(browser, "return location.pathname.startsWith('/field/households/') && !!document.querySelector('#visits')")


def test_the_offline_story(browser: Browser, station: Station) -> None:
    browser.go(station.join_link("phone", "小赵"))
    tap(browser, "[data-step=begin]:not([hidden]) button[data-go]")
    there(browser, "form.pins")
    write(browser, "[name=pin]", PIN_CODE)
    write(browser, "[name=again]", PIN_CODE)
    until(browser, f"return ({READY})()", seconds=60)
    until(browser, "return !!navigator.serviceWorker.controller")
    station.stop()
    station.link.set("down")

    open_door(browser, station, "3-1-402")
    tap(browser, "button[name=quick][value=all_well]")
    there(browser, ".saved")
    open_door(browser, station, "4-1-302")
    tap(browser, "button[name=quick][value=no_answer]")
    there(browser, ".saved")
    open_door(browser, station, "3-2-501")
    tap(browser, ".foot a.go")
    tap(browser, "input[name=result][value=met]")
    write(browser, "textarea[name=difficulty]", WORDS)
    write(browser, "textarea[name=text]", "第一遍写的")
    tap(browser, ".foot button.go")
    there(browser, ".saved")

    tap(browser, ".timeline a")
    # The home's own page leads to a correction as well.
    until(browser, "return location.pathname.startsWith('/field/visits/')")
    tap(browser, "a[href$='/corrections/new']")
    until(browser, "return location.pathname.endsWith('/corrections/new')")
    write(browser, "textarea[name=text]", "第二遍写的")
    tap(browser, ".foot button.go")
    until(browser, "return document.querySelector('p.words')?.textContent === '第二遍写的'")

    open_door(browser, station, "3-2-501")
    tap(browser, "#fact-phone a.icon-btn")
    write(browser, "#fact-phone.open input[name=value]", "000-0000-0077")
    tap(browser, "#fact-phone.open form button.btn")
    until(browser, "return document.querySelector('#fact-phone')?.textContent.includes('000-0000-0077')")

    open_door(browser, station, "3-1-101")
    tap(browser, ".foot a.go")
    tap(browser, "input[name=result][value=inconvenient]")
    write(browser, "textarea[name=text]", DRAFT)
    until(browser, ASK_STORE, DRAFT)
    half_written = browser.run("return location.href")
    browser.kill()

    browser.start()
    browser.go(half_written)
    until(browser, "return document.querySelector('textarea[name=text]')?.value === arguments[0]", DRAFT)
    assert browser.run("return document.querySelector('input[name=result]:checked')?.value") == "inconvenient"
    browser.go(f"{station.url}/field/outbox")
    until(browser, "return document.querySelectorAll('section[aria-labelledby=wait] li.post').length === 5")
    said = browser.run("return document.querySelector('main').textContent")
    assert WORDS in said
    assert re.search("第一遍写的", said)

    station.start()
    station.link.set("up")
    browser.run("document.documentElement.dataset.same = 'page'; window.dispatchEvent(new Event('online'))")
    sent = "return document.querySelectorAll('section[aria-labelledby=sent] li.post').length === 5"
    until(browser, sent, seconds=60)
    assert browser.run("return document.querySelectorAll('section[aria-labelledby=wait]').length") == 0
    assert browser.run("return document.documentElement.dataset.same") == "page"

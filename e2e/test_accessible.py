"""Everybody can use every page: axe finds nothing, in two languages, light and dark, and Tab reaches everything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from e2e.phone import Phone
from e2e.places import Places
from e2e.station import Station
from e2e.steps import join, open_desk, open_door, quick
from tests.thorough import some

pytestmark = pytest.mark.browser

# Radio buttons of one name are one stop of Tab, however many they are.
CAN_BE_PRESSED = """() => new Set(
  [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter((e) => e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: false }))
    .filter((e) => !e.disabled && e.tabIndex >= 0)
    .map((e) => (e.type === 'radio' ? e.name : e)),
).size"""
FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  window.reached ??= new Map();
  const key = e.type === 'radio' ? e.name : e;
  if (!window.reached.has(key)) window.reached.set(key, window.reached.size);
  return window.reached.get(key);
}"""


EVERYTHING: dict[str, Any] = {"resultTypes": ["violations"]}
COLOURS: dict[str, Any] = {**EVERYTHING, "runOnly": ["color-contrast", "link-in-text-block"]}
"""The rules of axe that look at colours: in the dark nothing else of a page is another."""
# Ended rather than waited for: in what is folded away nothing moves, and so never comes to its end.
AT_REST = """() => {
  for (const each of document.getAnimations()) {
    if (each.effect.getComputedTiming().endTime === Infinity) each.cancel();
    else each.finish();
  }
}"""


def violations(page: Page, options: dict[str, Any] = EVERYTHING) -> list[str]:
    """What axe finds, one line each."""
    found: Any = Axe().run(page, options=options).response
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def check(page: Page, name: str, lang: str) -> list[str]:
    """The page is the page it should be, and axe has nothing to say about it."""
    expect(page.locator("main h1").or_(page.locator("h1")).first).to_be_visible()
    assert page.locator("main").count() == 1, name
    assert page.evaluate("document.documentElement.lang") == lang, name
    text = page.locator("main").inner_text()
    assert len(text) > 10, f"{name} is empty"
    assert "crash" not in text, f"{name} shows our own mistake"
    assert "{" not in text.replace("{}", ""), f"{name} shows a placeholder"
    return [f"{name} [{lang}]: {line}" for line in [*violations(page), *in_the_dark(page)]]


def in_the_dark(page: Page, options: dict[str, Any] = COLOURS) -> list[str]:
    """What axe says of the same page's colours when the phone is set to dark."""
    page.emulate_media(color_scheme="dark")
    page.evaluate(AT_REST)
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    found = [f"in the dark: {line}" for line in violations(page, options)]
    page.emulate_media(color_scheme="light")
    page.evaluate(AT_REST)
    return found


def walk_by_tab(page: Page, name: str) -> None:
    """Tab reaches every control once and comes back round; each shows that it has the focus."""
    page.evaluate("() => { window.reached = new Map(); document.activeElement?.blur(); }")
    controls = int(page.evaluate(CAN_BE_PRESSED))
    assert controls > 0, name
    seen: set[int] = set()
    for _ in range(2 * controls + 20):  # twice round: a page may begin in the middle, at what one came to change
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is not None:
            seen.add(int(focused))
        if len(seen) == controls:
            break
    assert len(seen) >= controls, f"{name}: Tab reached {len(seen)} of {controls}"


@pytest.mark.parametrize(("lang", "html"), some([("zh-CN", "zh-CN"), ("en", "en")], 2))
def test_every_page_of_the_phone(station: Station, phone: Callable[[str], Phone], lang: str, html: str) -> None:
    zhao = phone("小赵")
    page = join(zhao, station, "小赵")
    station.link.set("down")
    open_door(page, station, "3", "1", "402")
    quick(page, "all_well")
    if lang == "en":
        page.goto(f"{station.url}/field/more")
        page.locator(
            "form[action='/field/settings'] button[value=en], form[action='/field/settings'] [value=en]"
        ).first.click()
        page.wait_for_load_state()
    places = Places(station.data / "sifang.db").field()
    found: list[str] = []
    for name, path in places.items():
        page.goto(station.url + path)
        found += check(page, name, html)
        if name not in {"missing"}:
            walk_by_tab(page, name)
    assert found == []


@pytest.mark.parametrize(("lang", "html"), some([("zh-CN", "zh-CN"), ("en", "en")], 2))
def test_every_page_of_the_desk(station: Station, desk: Phone, lang: str, html: str) -> None:
    page = desk.page
    page.goto(station.join_link("desk", "王站长"))
    found = check(page, "join", html if lang == "zh-CN" else "zh-CN")
    page.goto(f"{station.url}/sign-in")
    found += check(page, "sign in", html if lang == "zh-CN" else "zh-CN")
    walk_by_tab(page, "sign in")
    page = open_desk(desk, station)
    if lang == "en":
        assert desk.context is not None
        desk.context.add_cookies([{"name": "lang", "value": "en", "url": station.url}])
    places = Places(station.data / "sifang.db").desk()
    for name, path in places.items():
        page.goto(station.url + path)
        found += check(page, name, html)
        if name not in {"missing", "boards"}:
            walk_by_tab(page, name)
    assert found == []


def test_what_cannot_be_read_in_the_dark_is_found(phone: Callable[[str], Phone]) -> None:
    page = phone("小赵").page
    page.set_content("""<style>
      body { background: #fff; } p { color: #111; transition: color 1s; }
      @media (prefers-color-scheme: dark) { body { background: #000; } p { color: #222; } }
    </style><main><h1>灯</h1><p>楼道灯又坏了</p></main>""")
    assert violations(page, COLOURS) == []
    assert [line for line in in_the_dark(page) if "color-contrast" in line and "楼道灯又坏了" in line]

"""What old eyes and fingers need, measured on every page of a volunteer: MIIT for elders, WCAG AAA contrast."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from e2e.phone import Phone
from e2e.prepare_elder import NAME
from e2e.station import Station
from e2e.test_accessible import COLOURS, in_the_dark
from e2e.test_elder import come_in, say

pytestmark = pytest.mark.browser

TEXT_PX, LARGEST_PX, LINE = 18, 30, 1.3
MAIN_PX, OTHER_PX = 60, 44
WIDTHS = (412, 320, 206)  # 206: a page of 412 at 200 %
MEASURE = """() => {
  const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest('.hide');
  const of = (e) => `${e.tagName}.${e.className}: ${e.textContent.trim().slice(0, 20)}`;
  const own = (e) => [...e.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const texts = [...document.querySelectorAll('main *')].filter((e) => seen(e) && (own(e) || e.matches('textarea')));
  const pressed = ':is(a, button, label:has(input), textarea, input:not([type=hidden], label input))';
  const targets = [...document.querySelectorAll(`main ${pressed}`)].filter(seen);
  const px = (e, name) => parseFloat(getComputedStyle(e)[name]);
  const box = (e) => e.getBoundingClientRect();
  return {
    wide: document.documentElement.scrollWidth - innerWidth,
    texts: texts.map((e) => [of(e), px(e, 'fontSize'), px(e, 'lineHeight') / px(e, 'fontSize')]),
    targets: targets.map((e) => [of(e), e.matches('.tile, .btn'), ...['width', 'height'].map((side) => box(e)[side])]),
  };
}"""
AAA = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
CONTRAST = {"runOnly": ["color-contrast-enhanced", "target-size"]}
AAA_COLOURS = {"runOnly": [*COLOURS["runOnly"], "color-contrast-enhanced"]}


def measured(page: Page, where: str, least_px: float) -> list[str]:
    """What falls short on this page."""
    found: dict[str, Any] = page.evaluate(MEASURE)
    assert len(found["texts"]) >= 3, where
    assert len(found["targets"]) >= 1, where
    short = [f"{where}: wider than the screen by {found['wide']}"] if found["wide"] > 0 else []
    short += [f"{where}: {name} has {px} px" for name, px, _ in found["texts"] if px < least_px]
    # Half a hundredth: figures are rounded.
    short += [f"{where}: {name} has lines of {line}" for name, _, line in found["texts"] if not line >= LINE - 0.005]
    for name, main, width, height in found["targets"]:
        least = MAIN_PX if main else OTHER_PX
        if min(width, height) < least - 0.5:
            short.append(f"{where}: {name} is {width}×{height}")
    return short


def axe(page: Page, where: str) -> list[str]:
    """What axe finds, the AAA rule for contrast included."""
    answers: list[Any] = [Axe().run(page, options=options).response for options in (AAA, CONTRAST)]
    checked = {rule["id"] for rule in answers[1]["passes"]} | {rule["id"] for rule in answers[1]["violations"]}
    assert "color-contrast-enhanced" in checked, where
    return [
        f"{where}: {rule['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:160]}"
        for answer in answers
        for rule in answer["violations"]
        for node in rule["nodes"]
    ]


def places(page: Page, station: Station) -> dict[str, str]:
    """Every page of theirs; what was just said, and one who is urgent, among them."""
    page.goto(f"{station.url}/elder/visits")
    pair = page.locator("#people a").first.get_attribute("href") or ""
    page.goto(station.url + pair)
    page.locator("button[value=urgent]").click()
    page.wait_for_url("**/elder/sent?of=*")
    urgent = page.url.removeprefix(station.url)
    say(page, station, "三楼灯不亮了")
    names = ("", "report", "visits", "mine", "call", "install?task=report", "nowhere")
    easier = "/elder/suggestions/new?page=elder_mine&back=/elder/mine"
    pages = {name or "home": f"/elder/{name}" for name in names}
    return {**pages, "easier": easier, "visit": pair, "urgent": urgent, "sent": page.url.removeprefix(station.url)}


def test_every_page_keeps_the_figures_for_elders(station: Station, phone: Callable[[str], Phone]) -> None:
    page = come_in(phone("elder"), station)
    short: list[str] = []
    for name, path in places(page, station).items():
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 915 if width > 300 else 457})
            page.goto(station.url + path)
            short += measured(page, f"{name} {width}", TEXT_PX)
            if width == WIDTHS[0]:
                short += [*axe(page, name), *(f"{name} {line}" for line in in_the_dark(page, AAA_COLOURS))]
        assert page.locator("a.home").or_(page.locator("a.tile")).count(), f"{name}: no way back"
    assert short == []


def test_where_nobody_is_known_the_pages_keep_them_too(station: Station, phone: Callable[[str], Phone]) -> None:
    station.command("e2e.prepare_elder")
    page, link = phone("icon").page, station.join_link("phone", NAME)
    begin = f"/elder{link.removeprefix(station.url)}"
    short: list[str] = []
    for name, path in {"digits": "/elder/", "begin": begin, "gone": "/elder/join/nowhere"}.items():
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 915 if width > 300 else 457})
            page.goto(station.url + path)
            page.locator("h1:visible").wait_for()
            if name == "begin":
                page.locator("button[data-go]:visible").wait_for()
            short += measured(page, f"{name} {width}", TEXT_PX)
            if width == WIDTHS[0]:
                short += [*axe(page, name), *(f"{name} {line}" for line in in_the_dark(page, AAA_COLOURS))]
    assert short == []


def test_letters_grow_to_thirty(station: Station, phone: Callable[[str], Phone]) -> None:
    page = come_in(phone("elder"), station)
    page.locator("button[name=size][value='3']").click()
    page.wait_for_load_state()
    page.set_viewport_size({"width": 320, "height": 700})
    short: list[str] = []
    for path in ("/elder/", "/elder/report", "/elder/visits", "/elder/call"):
        page.goto(station.url + path)
        assert re.match("3", page.locator("html").get_attribute("data-size") or "")
        short += measured(page, path, LARGEST_PX)
    assert short == []


def test_what_falls_short_is_found(station: Station, phone: Callable[[str], Phone]) -> None:
    page = come_in(phone("elder"), station)
    assert measured(page, "home", TEXT_PX) == []
    # By the object model: the page's policy lets no style in by text.
    page.locator(".tile b").first.evaluate("(e) => Object.assign(e.style, { fontSize: '12px', lineHeight: '1' })")
    page.locator("main a.btn").first.evaluate("(e) => Object.assign(e.style, { minHeight: 0, height: '40px' })")
    said = " ".join(measured(page, "home", TEXT_PX))
    assert "12 px" in said
    assert "lines of 1" in said
    assert "×40" in said

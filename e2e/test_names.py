"""What a screen reader says of each page: every name reads as words of the page's language, and no two links alike."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from e2e.names import Said, tree, unclear
from e2e.phone import Phone
from e2e.places import Places
from e2e.station import Station
from e2e.steps import join, open_door, quick
from e2e.test_elder import come_in
from e2e.test_elder_numbers import places

pytestmark = pytest.mark.browser

LANGS = ("zh-CN", "en")
OWN = {
    "person": ("name",),
    "community": ("name",),
    "grid": ("name",),
    "building": ("name", "quarters"),
    "household": ("contact",),
    "resident": ("name", "relation"),
    "visit": ("text", "asks"),
}
MAIN = [
    "today",
    "today-all",
    "doors",
    "pick",
    "household",
    "visit-form",
    "visit",
    "log",
    "patrol",
    "care",
    "emergency",
    "followups",
    "mediation",
    "outbox",
    "more",
    "suggestion",
    "missing",
]


def own_words(station: Station) -> frozenset[str]:
    """What people of this community are called, where they live and what they said: alike in every language."""
    with sqlite3.connect(f"file:{station.data / 'sifang.db'}?mode=ro", uri=True) as db:
        told = [
            str(value)
            for table, columns in OWN.items()
            for column in columns
            for (value,) in db.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL")
        ]
    return frozenset(word for each in told for word in each.split() if word)


def speak(page: Page, station: Station, where: str, lang: str) -> None:
    """The page's language, by its own switch."""
    if lang == "en":
        page.goto(station.url + where)
        page.locator("main [name=lang][value=en]").first.click()
        page.wait_for_load_state()


def heard(page: Page, station: Station, pages: dict[str, str], lang: str) -> list[str]:
    """What would not be understood on any of these."""
    own, found = own_words(station), []
    for name, path in pages.items():
        page.goto(station.url + path)
        page.locator("h1").first.wait_for()
        assert page.evaluate("document.documentElement.lang") == lang, name
        told = tree(page)
        assert any(one.role in ("link", "button") for one in told), f"{name}: nothing to press"
        found += [f"{name} [{lang}]: {line}" for line in unclear(told, own)]
    return found


def test_every_page_of_a_volunteer_reads_as_words(station: Station, phone: Callable[[str], Phone]) -> None:
    page = come_in(phone("elder"), station)
    pages, found = places(page, station), []
    for lang in LANGS:
        speak(page, station, "/elder/", lang)
        found += heard(page, station, pages, lang)
    stranger = phone("icon").page
    for lang in LANGS:
        stranger.goto(f"{station.url}/elder/join")
        if stranger.evaluate("document.documentElement.lang") != lang:
            stranger.locator("button[name=lang]").click()
            stranger.wait_for_load_state()
        found += heard(stranger, station, {"digits": "/elder/"}, lang)
    assert found == [], "\n".join(found)


def test_the_main_pages_of_a_worker_read_as_words(station: Station, phone: Callable[[str], Phone]) -> None:
    page = join(phone("zhao"), station, "小赵")
    station.link.set("down")
    open_door(page, station, "3", "1", "402")
    quick(page, "all_well")
    every, found = Places(station.data / "sifang.db").field(), []
    for lang in LANGS:
        speak(page, station, "/field/more", lang)
        found += heard(page, station, {name: every[name] for name in MAIN}, lang)
    assert found == [], "\n".join(found)


def test_what_would_not_be_understood_is_found(station: Station, phone: Callable[[str], Phone]) -> None:
    page = come_in(phone("elder"), station)
    own = own_words(station)
    assert unclear(tree(page), own) == []
    page.evaluate("document.querySelector('.tile b').parentElement.setAttribute('aria-label', 'report')")
    page.evaluate("document.querySelectorAll('.tile')[1].setAttribute('aria-label', '打电话')")
    page.evaluate("document.querySelectorAll('.tile')[3].setAttribute('aria-label', '打电话')")
    page.evaluate("document.querySelector('.sizes button').setAttribute('aria-label', ' ')")
    page.evaluate("document.querySelector('.sizes button').replaceChildren()")
    said = " ".join(unclear(tree(page), own))
    assert "speaks of ['report'] in Chinese" in said
    assert "link “打电话” leads to" in said
    assert "button “”: has no name" in said
    for name in ("elder.report_how", "i-call icon", "{n}", "01a21fea-0c1f-710b"):
        assert unclear([Said("link", name, "", "/", "en")]), name
    assert unclear([Said("button", "去看看", "", "", "en")])
    assert unclear([Said("button", "×", "", "", "zh-CN")])
    assert not unclear([Said("link", "看一看", "一号", "/a", "zh-CN"), Said("link", "看一看", "二号", "/b", "zh-CN")])

"""A phone played by hand: the worker of e2e/phone_worker.js, one act after the other."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from playwright.sync_api import Page, Playwright

from e2e.mischief import Mischief
from e2e.phone import FLAGS
from e2e.schedules import PAGE_SCRIPT
from e2e.station import Station
from e2e.webdriver import free_port
from tests.chromium import executable


class HandPhone:
    """One store of one page. Several on one page are several phones."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.name = name
        page.evaluate("key => window.begin(key)", name)
        self("open", name=name)

    def __call__(self, act: str, **told: Any) -> Any:
        """Do something, and answer what it answers."""
        answer = self.page.evaluate("([k, a, t]) => window.ask(k, a, t)", [self.name, act, told])
        assert "ok" in answer, answer
        return answer["ok"]

    def settle(self) -> dict[str, Any]:
        """Exchange until nothing is left."""
        outcome = self("sync")
        assert outcome == {"ok": True, "code": None, "unsent": 0}, outcome
        state: dict[str, Any] = self("state")
        return state


@contextmanager
def hand_page(playwright: Playwright, station: Station) -> Iterator[Page]:
    """An empty page on a link to the station, ready for phones."""
    link = Mischief(free_port(), station.server_port)
    browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
    try:
        page = browser.new_page()
        page.goto(f"http://localhost:{link.port}/e2e/page")
        page.evaluate(PAGE_SCRIPT)
        yield page
    finally:
        browser.close()
        link.close()


def token(station: Station, name: str) -> str:
    """The secret part of a one-time link."""
    return station.join_link("phone", name).rpartition("/")[2]


def journal(station: Station, columns: str = "id, device, n, outcome, reason") -> list[tuple[Any, ...]]:
    """The edits of phones, in order of position."""
    with closing(sqlite3.connect(f"file:{station.data / 'sifang.db'}?mode=ro", uri=True)) as db:
        phones = "device IN (SELECT id FROM device WHERE kind = 'phone')"
        return db.execute(f"SELECT {columns} FROM journal WHERE {phones} ORDER BY position").fetchall()

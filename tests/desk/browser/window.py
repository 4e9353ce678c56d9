"""The station master's window, and a morning with something in it to look at."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Browser, ConsoleMessage, Page

from server import clock
from tests.desk.conftest import HOUR_MS, sign_in
from tests.journal.conftest import Station
from tests.journal.phone import Phone


class Window:
    """The station master's window, and everything it complained about."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"}:
            self.complaints.append(said.text)

    async def go(self, path: str) -> None:
        """Open an address of the desk."""
        await self.page.goto(self.address + path)


async def window(browser: Browser, station: Station, lang: str = "zh", *, who: str = "master", **kind: Any) -> Window:
    """A window signed in as the station master, or as somebody else."""
    desk = await sign_in(station, who)
    context = await browser.new_context(viewport={"width": 1440, "height": 900}, **kind)
    address = station.settings.public_url
    cookies = {**desk.cookies, "lang": lang}
    await context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
    return Window(await context.new_page(), address)


async def morning(station: Station, zhao: Phone, count: int = 40) -> None:
    """Many visits, so that the list has something to scroll."""
    station.now_ms = zhao.clock_ms = clock.now_ms()
    for n in range(count):
        at = station.now_ms - n * HOUR_MS
        zhao.visit(station["陈奶奶"], "met" if n % 3 else "no_answer", occurred_at_ms=at, text=f"第{n}次")
    await zhao.exchange()

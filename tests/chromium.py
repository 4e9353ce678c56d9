"""One real Chromium for all tests of the phone's modules: no Node, and what runs is what a phone runs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page, Route, sync_playwright

from server.settings import WEB

# localhost, because WebCrypto needs a secure context; nothing listens there, every request is answered below.
ORIGIN = "http://localhost"
TYPES = {".js": "text/javascript", ".json": "application/json", ".css": "text/css"}
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def executable() -> str | None:
    """The machine's own Chromium, if it has one; else Playwright looks for the one it installed."""
    return os.environ.get("SIFANG_CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)


class Chromium:
    """A page where `/static/…` is the web folder, as on the server.

    Playwright keeps its thread's event loop running, which would shut out the asynchronous tests: so it has its own.
    """

    def __init__(self, page: Page, thread: ThreadPoolExecutor) -> None:
        self._page = page
        self._thread = thread

    def evaluate(self, script: str, argument: Any = None) -> Any:
        """Run a function of the page, `async arg => …`, and return what it answers."""
        return self._thread.submit(self._page.evaluate, script, argument).result()


def _answer(route: Route) -> None:
    path = WEB / route.request.url.removeprefix(ORIGIN + "/static/").partition("?")[0]
    if route.request.url == ORIGIN + "/":
        route.fulfill(body="<!doctype html><title>四访</title>", content_type="text/html; charset=utf-8")
    elif path.is_file():
        route.fulfill(body=path.read_bytes(), content_type=TYPES.get(path.suffix, "text/plain") + "; charset=utf-8")
    else:
        route.fulfill(status=404)


@contextmanager
def chromium() -> Iterator[Chromium]:
    """Start Chromium, open the empty page, and close it all at the end."""
    with ThreadPoolExecutor(1, "chromium") as thread:
        playwright = thread.submit(sync_playwright().start).result()
        try:
            flags = ["--no-sandbox", "--disable-dev-shm-usage"]
            browser = thread.submit(playwright.chromium.launch, executable_path=executable(), args=flags).result()
            page = thread.submit(browser.new_page).result()
            thread.submit(page.route, "**/*", _answer).result()
            thread.submit(page.goto, ORIGIN + "/").result()
            yield Chromium(page, thread)
            thread.submit(browser.close).result()
        finally:
            thread.submit(playwright.stop).result()

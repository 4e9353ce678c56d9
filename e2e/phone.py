"""A worker's phone: real Chromium with a profile that survives a kill, at the size of a phone."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright
from playwright.sync_api import Error as PlaywrightError

from tests.chromium import executable

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 412, "height": 915}
DESK = {"width": 1440, "height": 900}


def until(page: Page, script: str, seconds: float = 20, argument: Any = None) -> Any:
    """Wait until `script` (a function) answers something true; works under a content policy that forbids eval."""
    end = time.monotonic() + seconds
    last: object = None
    while time.monotonic() < end:
        try:
            last = page.evaluate(script, argument)
            if last:
                return last
        except PlaywrightError as error:  # a page between two documents has no context
            if "navigat" not in str(error).lower() and "destroyed" not in str(error).lower():
                raise
            last = error
        time.sleep(0.05)
    raise TimeoutError(f"{page.url}: {script} never came true, last {last!r}")


class Phone:
    """One Chromium on one profile; `lang` is the language the phone is set to."""

    def __init__(self, playwright: Playwright, profile: Path, lang: str = "zh-CN", **options: Any) -> None:
        self.playwright = playwright
        self.profile = profile
        self.options = {"viewport": PHONE, "locale": lang, "has_touch": True, **options}
        self.context: BrowserContext | None = None
        self.open()

    def open(self) -> None:
        """Start the browser on its profile."""
        self.context = self.playwright.chromium.launch_persistent_context(
            str(self.profile), executable_path=executable(), args=FLAGS, headless=True, **self.options
        )
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()

    def kill(self) -> None:
        """SIGKILL every process of this browser."""
        found = subprocess.run(
            ["pgrep", "-f", f"user-data-dir={self.profile}"], capture_output=True, text=True, check=False
        )
        for pid in found.stdout.split():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
        with contextlib.suppress(PlaywrightError):
            if self.context:
                self.context.close()
        self.context = None
        for name in ("SingletonLock", "SingletonSocket", "SingletonCookie"):
            (self.profile / name).unlink(missing_ok=True)

    def close(self) -> None:
        """Close the browser as its owner would."""
        with contextlib.suppress(PlaywrightError):
            if self.context:
                self.context.close()
        self.context = None

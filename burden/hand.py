"""The one hand that may touch a page: it counts what it does, and the browser is asked whether it felt the same."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import Any

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, expect

from burden.count import Count

WATCH = Path(__file__).parent / "watch.js"
REST_MS = 300
REST_S_MAX = 20.0
WAIT_MS_MAX = 20_000


class Hand:
    """A person's hand on one browser; `touch` on a phone, with a mouse at the desk.

    Jobs get nothing but this. What does not go through it happens in no job.
    """

    def __init__(self, page: Page, touch: bool) -> None:
        self._page = page
        self._touch = touch
        self._felt: Counter[str] = Counter()
        page.context.expose_binding("burdenFelt", lambda _source, what: self._felt.update([what]))
        page.context.add_init_script(path=WATCH)
        self._reset()

    def _reset(self) -> None:
        self._taps = self._keys = self._keystrokes = self._words = 0
        self._wait_ms = 0.0
        self._fields: dict[str, dict[str, Any]] = {}
        self._felt.clear()

    def start(self, address: str) -> None:
        """Stand where the job begins; everything before this is forgotten."""
        self._page.goto(address)
        self._look(0.0)
        self._reset()
        self._look(0.0)

    def tap(self, what: str, *, text: str = "", sees: str = "") -> None:
        """One tap on the first of these that can be seen (with this text), until what it leads to is painted."""
        target = self._page.locator(what).locator("visible=true")
        target = (target.filter(has_text=text) if text else target).first
        target.scroll_into_view_if_needed()
        began_ms = time.time() * 1000
        target.tap() if self._touch else target.click()
        self._taps += 1
        self._rest(began_ms, sees)

    def press(self, key: str, *, sees: str = "") -> None:
        """One key that is no letter of a word."""
        began_ms = time.time() * 1000
        self._page.keyboard.press(key)
        self._keys += 1
        self._keystrokes += 1
        self._rest(began_ms, sees)

    def type(self, data: str, *, sees: str = "") -> None:
        """Type what is a name or a number, where the cursor stands; each sign is a keystroke."""
        began_ms = time.time() * 1000
        for sign in data:
            if sign.isascii():
                self._page.keyboard.press(sign)
                self._keys += 1
            else:
                self._page.keyboard.insert_text(sign)
            self._keystrokes += 1
        self._rest(began_ms, sees)

    def write(self, words: str) -> None:
        """Say something in words of one's own, as the phone's keyboard or its dictation enters them."""
        self._page.keyboard.insert_text(words)
        self._words += len(words)
        self._rest(time.time() * 1000)

    def tab_to(self, href: str) -> None:
        """Tab until a link has the focus, each a keystroke."""
        for _ in range(40):
            self.press("Tab")
            if self._page.evaluate("() => document.activeElement?.getAttribute('href')") == href:
                return
        raise AssertionError(f"Tab never came to {href}")

    def counted(self) -> Count:
        """What the job cost. Raises AssertionError when the browser felt other taps or keys than were counted."""
        felt = (self._felt["tap"], self._felt["key"])
        assert felt == (self._taps, self._keys), f"counted {self._taps} taps, {self._keys} keys; the browser {felt}"
        asked = self._fields.values()
        return Count(
            taps=self._taps,
            keystrokes=self._keystrokes,
            words=self._words,
            fields=len(asked),
            known=sum(field["known"] for field in asked),
            required=sum(field["required"] and self._felt[f"sent {field['form']}"] > 0 for field in asked),
            wait_s=self._wait_ms / 1000,
        )

    def _rest(self, began_ms: float, sees: str = "") -> None:
        if sees:
            expect(self._page.locator(sees).locator("visible=true").first).to_be_visible(timeout=WAIT_MS_MAX)
        self._look(began_ms)

    def _look(self, began_ms: float) -> None:
        """Wait until the page rests; what it asks is seen as it came, before anybody answered."""
        end = time.monotonic() + REST_S_MAX
        said: dict[str, Any] | None = None
        while time.monotonic() < end:
            try:
                said = self._page.evaluate("() => window.burden?.()")
            except PlaywrightError as error:  # a page between two documents has no context
                if "navigat" not in str(error).lower() and "destroyed" not in str(error).lower():
                    raise
                said = None
            if said and said["ready"] and said["painted"] and said["now"] - said["painted"] > REST_MS:
                break
            time.sleep(0.05)
        else:
            raise TimeoutError(f"{self._page.url} never rests: {said}")
        if began_ms:
            self._wait_ms += max(0.0, said["painted"] - began_ms)
        for key, field in said["fields"].items():
            self._fields.setdefault(key, field)

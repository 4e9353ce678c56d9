"""SIGKILL for a whole Chromium between a tap on save and the page that says so, offline, on one profile all along."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
from collections import Counter
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from threading import Timer
from typing import Any, TypeVar

from playwright.sync_api import ConsoleMessage, Locator, Page, Playwright, Response
from playwright.sync_api import Error as PlaywrightError

from e2e.phone import Phone
from e2e.places import Places
from e2e.steps import join
from torture.bar import Bar
from torture.ground import Ground
from torture.kept import check_kept, read_kept
from torture.truth import check_chains
from torture.worker import Lost

T = TypeVar("T")

AFTER_MS_MAX = 400
SOON = 2
"""Half of the kills come in the first quarter of that time, which is when saving happens."""
DOORS = 8
ALL_UP_S = 60
WATCH = """addEventListener('DOMContentLoaded', () => {
  const saved = document.querySelector('.saved b');
  if (saved) requestAnimationFrame(() => setTimeout(() => console.info('painted')));
});"""
ONLINE = "() => { dispatchEvent(new Event('online')); }"
STAGES = ("before it was kept", "kept, not answered", "answered, not painted", "painted")


@dataclass
class Tap:
    """One save: what was to be kept, and how far the phone had come with saying so when it died."""

    id: str
    words: str | None
    answered: bool = False
    painted: bool = False


class Patient:
    """A worker's phone that dies again and again. `kept` is what it held when it last came back."""

    def __init__(self, playwright: Playwright, ground: Ground, profile: Path, dice: Random) -> None:
        self.ground = ground
        self.dice = dice
        self.phone = Phone(playwright, profile)
        join(self.phone, ground, "小赵")
        self.doors = _doors(ground)
        self.kept = read_kept(self.phone.page)
        self.stages: Counter[str] = Counter()
        self.confirmed: set[str] = set()
        self.last: Tap | None = None

    def live_and_die(self) -> None:
        """Open a door, find what was confirmed before the last kill, save a visit, be killed."""
        page = self.phone.page
        page.add_init_script(WATCH)
        whole = self.dice.random() < 0.5
        url = f"{self.ground.url}/field/households/{self.dice.choice(self.doors)}"
        page.goto(f"{url}/visits/new" if whole else url)
        self.look_back()
        tap, button = self._ready(page, whole)
        page.on("response", _answered(tap))
        page.on("console", _painted(tap))
        box = button.bounding_box()
        assert box
        end = Timer(AFTER_MS_MAX / 1000 * self.dice.random() ** SOON, _kill, [_processes(self.phone.profile)])
        end.start()
        with contextlib.suppress(PlaywrightError):
            page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            page.wait_for_timeout(AFTER_MS_MAX)
        end.join()
        self.phone.kill()
        self.last = tap
        self.phone.open()

    def _ready(self, page: Page, whole: bool) -> tuple[Tap, Locator]:
        """Everything but the tap, on one of the two buttons or on a form filled in."""
        if not whole:
            button = page.locator("button[name=quick]").nth(self.dice.randrange(2))
            form, words = page.locator("form.acts").first, None
        else:
            words = f"第{len(self.kept.edits) + 1}次，{self.dice.random()}"
            form, button = page.locator("form#visit"), page.locator(".foot button.go")
            page.get_by_text("见到人", exact=True).click()
            page.locator("textarea[name=text]").fill(words)
        return Tap(form.locator("input[name=id]").first.input_value(), words), button

    def look_back(self) -> None:
        """What was confirmed before the last kill must be there, whole."""
        tap, self.last = self.last, None
        if tap is None:
            return
        before, self.kept = self.kept, read_kept(self.phone.page)
        check_kept(before, self.kept)
        edit = self.kept.edits.get(tap.id)
        self.stages[STAGES[3 if tap.painted else 2 if tap.answered else 1 if edit else 0]] += 1
        if tap.answered or tap.painted:
            if edit is None:
                raise Lost(f"visit {tap.id} was said to be kept, and is not there")
            self.confirmed.add(tap.id)
        if edit and tap.words and tap.words not in edit["b"]:
            raise Lost(f"visit {tap.id} is there without its words")
        if edit and tap.words and any(tap.words in str(draft) for draft in self.kept.drafts):
            raise Lost(f"visit {tap.id} was kept and still lies there half-written")

    def all_up(self) -> dict[str, float]:
        """The signal returns: everything kept reaches the journal, as it was made."""
        page = self.phone.page
        page.goto(f"{self.ground.url}/field/outbox")
        self.look_back()
        self.ground.start()
        self.ground.link.set("up")
        page.evaluate(ONLINE)
        page.locator("section[aria-labelledby=wait]").wait_for(state="detached", timeout=ALL_UP_S * 1000)
        self.phone.close()
        rows = _apart(self.ground.rows("SELECT id, header, body, outcome FROM journal"))
        journal = {row[0]: (bytes(row[1]).decode(), bytes(row[2]).decode(), row[3]) for row in rows}
        for id_, edit in self.kept.edits.items():
            if journal.get(id_) != (edit["h"], edit["b"], "accepted"):
                raise Lost(f"edit {id_} did not reach the journal as it was made")
        size = _apart(check_chains(self.ground))
        self.ground.command("server", "refold")
        return {"edits kept": len(self.kept.edits), "journal": size}


def kill_browsers(playwright: Playwright, folder: Path, kills: int, seed: int) -> dict[str, float]:
    """Kill a browser so many times. Raises Lost; returns what was done."""
    ground = Ground(folder / "station")
    bar = Bar("browser kills", kills)
    try:
        ground.command("e2e.prepare")
        ground.start()
        patient = Patient(playwright, ground, folder / "profile", Random(seed))
        # No signal, no server: from here on there is nothing but the phone.
        ground.link.set("down")
        ground.stop()
        for _ in range(kills):
            patient.live_and_die()
            bar.step(f"{len(patient.confirmed)} confirmed")
        a_minute = round(bar.a_minute, 1)
        done = patient.all_up()
    finally:
        ground.close()
    stages = {f"killed {stage}": patient.stages[stage] for stage in STAGES}
    return {"kills": kills, **stages, "confirmed": len(patient.confirmed), **done, "kills a minute": a_minute}


def _apart(asking: Coroutine[Any, Any, T]) -> T:
    # Playwright's loop keeps running in this thread.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, asking).result()


def _doors(ground: Ground) -> list[str]:
    grid = Places(ground.data / "sifang.db").grid
    rows = _apart(ground.rows("SELECT id FROM household WHERE grid = :grid ORDER BY id", grid=grid))
    return [row[0] for row in rows[:DOORS]]


def _answered(tap: Tap) -> Callable[[Response], None]:
    def hear(response: Response) -> None:
        if response.status == 303 and response.request.method == "POST":
            tap.answered = True

    return hear


def _painted(tap: Tap) -> Callable[[ConsoleMessage], None]:
    def hear(message: ConsoleMessage) -> None:
        if message.text == "painted":
            tap.painted = True

    return hear


def _kill(pids: list[int]) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _processes(profile: Path) -> list[int]:
    """The browser's own process first, then its helpers."""
    told = ["pgrep", "-f", f"user-data-dir={profile}"]
    found = subprocess.run(told, capture_output=True, text=True, check=False)
    return sorted(int(pid) for pid in found.stdout.split())

"""A worker's phone to measure on: registered, its grid on it, as fast or as slow as one says."""

from __future__ import annotations

import json
import os
import statistics
import time
from pathlib import Path
from typing import Any

from bench.chromium import Chromium, Page
from bench.throttle import Throttle
from e2e.station import Station

PROBE = (Path(__file__).parent / "probe.js").read_text("utf-8")
READY = "() => !!document.querySelector('#keeping:not([hidden]) [data-step=done]:not([hidden])')"
PRESS = """() => {
  const button = document.querySelector('[data-step=begin]:not([hidden]) [data-go]');
  button?.click();
  return !!button;
}"""
QUIET = "async () => document.readyState === 'complete' && !(await navigator.locks.query()).held.length"
LOOP = """(times) => Array.from({ length: times }, () => {
  const begun = performance.now();
  let x = 1;
  for (let i = 0; i < 5e6; i++) x = (Math.imul(x, 1103515245) + i) | 0;
  globalThis.sum = x;
  return performance.now() - begun;
})"""
SAVE = """async (path, fields) => {
  const begun = performance.now();
  const body = new URLSearchParams(fields);
  const answer = await fetch(path, { method: 'POST', body, redirect: 'manual' });
  const took = performance.now() - begun;
  if (answer.type !== 'opaqueredirect') throw new Error(await answer.text());
  return took;
}"""
TYPE_PIN = """async (pin) => {
  for (const field of document.querySelectorAll('[data-pin]')) field.value = pin;
  document.querySelector('form.pins').requestSubmit();
}"""
PIN_ASKED = "() => !!document.querySelector('form.pins [name=again]')"
PIN_CODE = "258036"
LOOPS = 10
SETTLE_S = 0.1


class Handset:
    """The browser, its one tab, and the throttle on all of it."""

    def __init__(self, station: Station, profile: Path) -> None:
        self.station = station
        self.browser = Chromium(profile)
        self.throttle = Throttle(self.browser.process.pid)
        self.page: Page = self.browser.page()
        self.slower: dict[str, float] = {}
        self._loop_ms: dict[str, float] = {}

    def join(self, worker: str) -> None:
        """Open the one-time link, wait for the whole grid; from then on pages say when they are painted."""
        self.page.open(self.station.join_link("phone", worker))
        self.page.until(PRESS)
        self.choose_pin()
        self.page.until(READY)
        self.page.call("Runtime.addBinding", name="painted")
        self.page.call("Page.addScriptToEvaluateOnNewDocument", source=PROBE)
        self.page.open(self.station.url + "/field/")

    def choose_pin(self) -> None:
        """The page that follows the link, as quick as a machine types."""
        self.page.until(PIN_ASKED, 90)
        self.page.run(TYPE_PIN, PIN_CODE)

    def slow(self, times: float) -> str:
        """So many times slower; returns what page and worker make of it."""
        worker = self.page.worker()
        where = {"page": self.page, "worker": worker}
        self.throttle.set(times)
        took = {name: target.run(LOOP, LOOPS) for name, target in where.items()}
        if times == 1:
            # The quickest shows what a core gives when nobody else has it.
            self._loop_ms = {name: min(each) for name, each in took.items()}
        else:
            # Stopping and waking take time themselves: asked once more, for as much less.
            self.throttle.set(1 + (times - 1) * times / statistics.mean(self._slower(took).values()))
            took = {name: target.run(LOOP, LOOPS) for name, target in where.items()}
            self.slower = self._slower(took)
        worker.leave()
        said = [f"{name} {each:.1f} times slower" for name, each in self.slower.items()]
        loop = f"a loop of ours {self._loop_ms['page']:.1f} ms"  # how fast the machine was just now
        return ", ".join([*said, loop, f"load {os.getloadavg()[0]:.1f}"])

    def _slower(self, took: dict[str, list[float]]) -> dict[str, float]:
        return {name: statistics.mean(each) / self._loop_ms[name] for name, each in took.items()}

    def rest(self) -> None:
        """Wait until the page has loaded and nothing is exchanged."""
        self.page.until(QUIET)
        time.sleep(SETTLE_S)

    def cold(self, path: str) -> dict[str, Any]:
        """Open a page with the service worker dead; milliseconds from the navigation."""
        self.rest()
        self.page.stop_workers()
        self.browser.events.clear()
        self.page.call("Page.navigate", url=self.station.url + path)
        return self.painted()

    def painted(self) -> dict[str, Any]:
        """What the page now being opened says once it is painted."""
        event = self.browser.wait(lambda event: event["method"] == "Runtime.bindingCalled", "painted")
        said: dict[str, Any] = json.loads(event["params"]["payload"])
        return said

    def save(self, path: str, fields: dict[str, str], cold: bool) -> float:
        """Send a form; milliseconds until the worker (dead before, if `cold`) has answered that it is kept."""
        self.rest()
        if cold:
            self.page.stop_workers()
        took: float = self.page.run(SAVE, path, fields)
        return took

    def close(self) -> None:
        """Let go of the browser and end it."""
        self.throttle.set(1)
        self.browser.close()

"""A worker's phone to measure on: registered, its grid on it, as fast or as slow as one says."""

from __future__ import annotations

import json
import os
import statistics
import time
from pathlib import Path
from typing import Any

from bench.chromium import Chromium, Page
from bench.throttle import throttle
from e2e.station import Station

PROBE = (Path(__file__).parent / "probe.js").read_text("utf-8")
READY = "() => document.documentElement?.dataset.ready === 'yes'"
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
LOOPS = 12
SETTLE_S = 0.1


class Handset:
    """The browser, its one tab, and the throttle on all of it."""

    def __init__(self, station: Station, profile: Path) -> None:
        self.station = station
        self.browser = Chromium(profile)
        self.throttle = throttle(self.browser.process.pid)
        self.page: Page = self.browser.page()
        self.slower: dict[str, float] = {}
        self._loop_ms: dict[str, float] = {}

    def join(self, worker: str) -> None:
        """Open the one-time link and wait for the whole grid; from then on pages say when they are painted."""
        self.page.open(self.station.join_link("phone", worker))
        self.page.until(READY)
        self.page.call("Runtime.addBinding", name="painted")
        self.page.call("Page.addScriptToEvaluateOnNewDocument", source=PROBE)
        self.page.open(self.station.url + "/field/")

    def slow(self, times: float) -> str:
        """So many times slower; returns what page and worker make of it."""
        self.throttle.set(times)
        worker = self.page.worker()
        said = []
        for name, where in (("page", self.page), ("worker", worker)):
            # The quickest shows what a core gives when nobody else has it; under the throttle all are alike.
            took = where.run(LOOP, LOOPS if times == 1 else LOOPS // 2)
            if times == 1:
                self._loop_ms[name] = min(took)
            else:
                self.slower[name] = statistics.median(took) / self._loop_ms[name]
                said.append(f"{name} {self.slower[name]:.1f} times slower")
        worker.leave()
        return ", ".join([*said, f"load {os.getloadavg()[0]:.1f}"])

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
        """End the browser and clean up behind the throttle."""
        self.throttle.set(1)
        self.browser.close()
        self.throttle.close()

"""Chromium steered over its own debugging pipe, with nothing attached that a phone would not have.

Playwright attaches to every service worker and holds it until it has answered: that is time a phone never spends.
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from e2e.phone import FLAGS, PHONE
from tests.chromium import executable

ABOVE_FD = 20
WAIT_S = 60.0
STOP_S = 30.0
STOP_AGAIN_S = 2.0
WOKEN_S = 1.0
PHONE_FLAGS = [
    *FLAGS,
    "--headless=new",
    "--remote-debugging-pipe",
    "--disable-breakpad",
    "--disable-component-extensions-with-background-pages",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-field-trial-config",
    "--disable-hang-monitor",
    "--disable-renderer-backgrounding",
    "--disable-search-engine-choice-screen",
    "--disable-features=MediaRouter,OptimizationHints,OptimizationGuideOnDeviceModel,PreconnectToSearch,AimEnabled",
    "--metrics-recording-only",
    "--no-default-browser-check",
    "--no-service-autorun",
    "--password-store=basic",
    "--lang=zh-CN",
    "--accept-lang=zh-CN",
    f"--window-size={PHONE['width']},{PHONE['height']}",
]
Event = dict[str, Any]


def _program() -> str:
    found = executable()
    if found:
        return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


class Chromium:
    """One browser of its own session of processes, on a profile in a folder."""

    def __init__(self, profile: Path) -> None:
        theirs_in, self._out = os.pipe()
        self._in, theirs_out = os.pipe()
        # The browser reads from 3 and writes to 4; out of the way first, so that neither is overwritten.
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD, ABOVE_FD) for end in (theirs_in, theirs_out)]

        def hand_over() -> None:
            os.dup2(ends[0], 3)
            os.dup2(ends[1], 4)

        run = [_program(), *PHONE_FLAGS, f"--user-data-dir={profile}", "about:blank"]
        self.process = subprocess.Popen(
            run,
            preexec_fn=hand_over,
            pass_fds=(3, 4),
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for end in (theirs_in, theirs_out, *ends):
            os.close(end)
        self._buffer = b""
        self._id = 0
        self._answers: dict[int, dict[str, Any]] = {}
        self.events: list[Event] = []

    def call(self, method: str, session: str | None = None, **params: Any) -> dict[str, Any]:
        """One command and its answer. Raises RuntimeError when the browser refuses it."""
        self._id += 1
        asked = {"id": self._id, "method": method, "params": params, **({"sessionId": session} if session else {})}
        os.write(self._out, json.dumps(asked).encode() + b"\0")
        number = self._id
        self._read_until(lambda: number in self._answers, method)
        answer = self._answers.pop(number)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        result: dict[str, Any] = answer["result"]
        return result

    def wait(self, fits: Callable[[Event], bool], what: str, wait_s: float = WAIT_S) -> Event:
        """The first event that fits, of those not yet taken; it and all before it are taken."""
        found: list[Event] = []

        def look() -> bool:
            while self.events and not found:
                event = self.events.pop(0)
                if fits(event):
                    found.append(event)
            return bool(found)

        self._read_until(look, what, wait_s)
        return found[0]

    def _read_until(self, done: Callable[[], bool], what: str, wait_s: float = WAIT_S) -> None:
        end = time.monotonic() + wait_s
        while not done():
            ready, _, _ = select.select([self._in], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                raise TimeoutError(f"{what}: no answer in {wait_s:.0f} s")
            data = os.read(self._in, 1 << 20)
            if not data:
                raise RuntimeError(f"{what}: the browser has ended")
            *whole, self._buffer = (self._buffer + data).split(b"\0")
            for text in whole:
                message = json.loads(text)
                if "id" in message:
                    self._answers[message["id"]] = message
                else:
                    self.events.append(message)

    def page(self) -> Page:
        """A new tab of the phone's size."""
        return Page(self, self.call("Target.createTarget", url="about:blank")["targetId"])

    def close(self) -> None:
        """End every process of this browser."""
        for end in (self._out, self._in):
            os.close(end)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)


class Target:
    """Something scripts can be run in: a page or a service worker."""

    def __init__(self, browser: Chromium, target: str) -> None:
        self.browser = browser
        self.target = target
        self.session: str = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """A command to this target."""
        return self.browser.call(method, self.session, **params)

    def run(self, script: str, *arguments: Any) -> Any:
        """Call a function there and wait for what it promises."""
        told = ", ".join(json.dumps(argument) for argument in arguments)
        expression = f"({script})({told})"
        answer = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"].get("exception", {}).get("description", str(answer)))
        return answer["result"].get("value")

    def leave(self) -> None:
        """Let go of it, so that it runs as if nobody had looked."""
        self.browser.call("Target.detachFromTarget", sessionId=self.session)


class Page(Target):
    """A tab."""

    def __init__(self, browser: Chromium, target: str) -> None:
        super().__init__(browser, target)
        self.call("Page.enable")
        self.call("Runtime.enable")
        self.call("ServiceWorker.enable")
        size = {"width": PHONE["width"], "height": PHONE["height"], "deviceScaleFactor": 1}
        self.call("Emulation.setDeviceMetricsOverride", mobile=True, **size)

    def until(self, script: str, seconds: float = WAIT_S, pause_s: float = 0.05) -> Any:
        """Ask again until the function answers something true."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if found := self.run(script):
                    return found
            except RuntimeError as error:  # between two documents there is no context
                if "context" not in str(error).lower() and "navigat" not in str(error).lower():
                    raise
            time.sleep(pause_s)
        raise TimeoutError(f"{script} never came true")

    def open(self, url: str) -> None:
        """Go there and wait until all of it has loaded."""
        self.browser.events.clear()
        self.call("Page.navigate", url=url)
        self.browser.wait(lambda event: event["method"] == "Page.loadEventFired", url)

    def stop_workers(self) -> None:
        """Kill the service worker, as a phone does after half a minute.

        If something wakes it at once (the page asking, the browser's own background sync), that is let through first.
        """
        end = time.monotonic() + STOP_S
        while (running := self.worker_target()) is not None:
            self.call("ServiceWorker.stopAllWorkers")
            if time.monotonic() > end:
                raise TimeoutError("the service worker does not stop")
            again = time.monotonic() + STOP_AGAIN_S
            while (now := self.worker_target()) == running and time.monotonic() < again:
                time.sleep(0.02)
            if now is not None:
                time.sleep(WOKEN_S)

    def worker_target(self) -> str | None:
        """The running service worker, if there is one."""
        targets = self.browser.call("Target.getTargets", filter=[{"type": "service_worker"}])["targetInfos"]
        return targets[0]["targetId"] if targets else None

    def worker(self) -> Target:
        """The running service worker, to run scripts in."""
        target = self.worker_target()
        assert target is not None, "no service worker is running"
        return Target(self.browser, target)

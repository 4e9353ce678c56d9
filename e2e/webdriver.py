"""Firefox and WebKit, driven through the protocols they ship with: Marionette over TCP, WebDriver over HTTP.

Neither needs a package: Marionette is one JSON list a message, `length:[type, id, command, parameters]`.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Protocol

START_S_MAX = 60.0


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Browser(Protocol):
    """What a story needs of a browser."""

    name: str

    def start(self) -> None:
        """Open the browser on its profile, as a person would after the phone restarted."""

    def go(self, url: str) -> None:
        """Navigate and wait for the page."""

    def run(self, script: str, *arguments: Any) -> Any:
        """Run the body of a function in the page and return what it returns."""

    def kill(self) -> None:
        """SIGKILL, every process, no chance to tidy up."""


def until(browser: Browser, script: str, *arguments: Any, seconds: float = 30) -> Any:
    """Wait until `script` (the body of a function) returns something true; returns it."""
    end = time.monotonic() + seconds
    last: object = None
    while time.monotonic() < end:
        try:
            last = browser.run(script, *arguments)
            if last:
                return last
        except (RuntimeError, OSError) as error:  # a page between two documents has no context
            last = error
        time.sleep(0.1)
    raise TimeoutError(f"{browser.name}: {script!r} never came true, last {last!r}")


class Firefox:
    """Debian's Firefox ESR, headless."""

    name = "Firefox"

    def __init__(self, profile: Path) -> None:
        self.profile = profile
        self.process: subprocess.Popen[bytes] | None = None
        self.socket: socket.socket | None = None
        self.serial = 0

    def start(self) -> None:
        """Open Firefox and a Marionette session on the profile."""
        port = free_port()
        self.profile.mkdir(parents=True, exist_ok=True)
        preferences = {
            "marionette.port": port,
            "intl.accept_languages": "zh-CN, zh",
            "browser.shell.checkDefaultBrowser": False,
            "datareporting.policy.dataSubmissionEnabled": False,
            "app.update.enabled": False,
            "browser.sessionstore.resume_from_crash": False,
            "toolkit.startup.max_resumed_crashes": -1,
        }
        lines = [f'user_pref("{name}", {json.dumps(value)});\n' for name, value in preferences.items()]
        (self.profile / "user.js").write_text("".join(lines))
        command = ["firefox-esr", "--headless", "--marionette", "--no-remote", "--profile", str(self.profile)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, start_new_session=True, **quiet)  # type: ignore[call-overload]
        end = time.monotonic() + START_S_MAX
        while True:
            try:
                self.socket = socket.create_connection(("127.0.0.1", port), 60)
                self._read()
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)
        self._command("WebDriver:NewSession", {"acceptInsecureCerts": True})

    def _read(self) -> Any:
        assert self.socket is not None
        length = b""
        while (byte := self.socket.recv(1)) != b":":
            if not byte:
                raise OSError("Firefox closed the connection")
            length += byte
        data = b""
        while len(data) < int(length):
            data += self.socket.recv(int(length) - len(data))
        return json.loads(data)

    def _command(self, name: str, parameters: dict[str, Any]) -> Any:
        assert self.socket is not None
        self.serial += 1
        message = json.dumps([0, self.serial, name, parameters]).encode()
        self.socket.sendall(str(len(message)).encode() + b":" + message)
        _, _, error, result = self._read()
        if error:
            raise RuntimeError(f"{error['error']}: {error['message']}")
        return result.get("value") if isinstance(result, dict) and "value" in result else result

    def go(self, url: str) -> None:
        """Navigate and wait for the load."""
        self._command("WebDriver:Navigate", {"url": url})

    def run(self, script: str, *arguments: Any) -> Any:
        """Run in the page's own world, not in Marionette's sandbox."""
        return self._command("WebDriver:ExecuteScript", {"script": script, "args": list(arguments), "sandbox": None})

    def kill(self) -> None:
        """The whole process group, at once."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        if self.socket:
            self.socket.close()
        for lock in ("lock", ".parentlock"):
            (self.profile / lock).unlink(missing_ok=True)
        self.process = self.socket = None


class WebKit:
    """Debian's WebKitGTK through WebKitWebDriver, with a small browser of ours that keeps its profile."""

    name = "WebKit"

    def __init__(self, profile: Path, browser: Path) -> None:
        self.profile = profile
        self.browser = browser
        self.processes: list[subprocess.Popen[bytes]] = []
        self.session = ""
        self.port = 0

    def start(self) -> None:
        """Open an X server, the driver and the browser on the profile."""
        self.profile.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        display = f":{100 + self.port % 800}"
        environment = {
            **os.environ,
            "DISPLAY": display,
            "LANGUAGE": "zh_CN",
            "SIFANG_PROFILE": str(self.profile),
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
            "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "GDK_BACKEND": "x11",
        }
        self._spawn(["Xvfb", display, "-screen", "0", "800x1000x24"], environment)
        time.sleep(1)
        self._spawn([shutil.which("WebKitWebDriver") or "WebKitWebDriver", f"--port={self.port}"], environment)
        options = {"webkitgtk:browserOptions": {"binary": str(self.browser), "args": []}}
        end = time.monotonic() + START_S_MAX
        while True:
            try:
                value = self._request("POST", "/session", {"capabilities": {"alwaysMatch": options}})
                break
            except (OSError, RuntimeError):
                if time.monotonic() > end:
                    raise
                time.sleep(0.3)
        self.session = f"/session/{value['sessionId']}"

    def _spawn(self, command: list[str], environment: dict[str, str]) -> None:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.processes.append(
            subprocess.Popen(command, env=environment, start_new_session=True, **quiet)  # type: ignore[call-overload]
        )

    def _request(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        data = json.dumps(body or {}).encode() if method == "POST" else None
        headers = {"Content-Type": "application/json"}
        address = f"http://127.0.0.1:{self.port}{path}"
        request = urllib.request.Request(address, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=90) as reply:
                return json.loads(reply.read())["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode()[:400]) from None

    def go(self, url: str) -> None:
        """Navigate and wait for the load."""
        self._request("POST", f"{self.session}/url", {"url": url})

    def run(self, script: str, *arguments: Any) -> Any:
        """Run in the page."""
        return self._request("POST", f"{self.session}/execute/sync", {"script": script, "args": list(arguments)})

    def kill(self) -> None:
        """The browser, its helpers, the driver and the X server, at once."""
        for process in reversed(self.processes):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        subprocess.run(["pkill", "-KILL", "-f", str(self.browser)], check=False)
        self.processes = []

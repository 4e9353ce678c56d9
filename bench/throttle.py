"""A browser made slow as a whole: the page, the service worker, the database, the network and the painting alike.

The throttle of the developer tools slows the page's main thread alone, so it flatters an app that lives in its worker.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

CGROUPS = Path("/sys/fs/cgroup")
PERIOD_US = 6_000
RUN_S = 0.002
LOOK_S = 0.1
FOLLOW_S = 0.02
CLOSE_S = 10.0


@dataclass(frozen=True)
class Form:
    """How control groups look on this machine: version 2 (threaded), or version 1."""

    top: Path
    limit: str
    threads: str
    threaded: bool


FORMS = (
    Form(CGROUPS, "cpu.max", "cgroup.threads", True),
    Form(CGROUPS / "cpu", "cpu.cfs_quota_us", "tasks", False),
)


class Throttle(Protocol):
    """Slows all processes of one browser."""

    method: str

    def set(self, times: float) -> None:
        """So many times slower; 1 lets go."""

    def close(self) -> None:
        """Let go and clean up."""


def processes_of(session: int) -> list[int]:
    """Every process of a session, as /proc lists them now."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            if int((entry / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                found.append(int(entry.name))
    return found


class Quota:
    """A control group for each thread of the browser, all with the same share of a core: a phone of slow cores.

    Threads born later are found in the group of the one that made them and given their own.
    """

    def __init__(self, home: Path, session: int, form: Form) -> None:
        self.method = f"control groups ({form.limit}): each thread of the browser has its share of a core"
        self._home = home
        self._session = session
        self._form = form
        self._times = 1.0
        self._groups: dict[int, Path] = {}
        self._ended = threading.Event()
        self._adopt(processes_of(session))
        self._thread = threading.Thread(target=self._follow, name="throttle", daemon=True)
        self._thread.start()

    @classmethod
    def of(cls, session: int) -> Quota | None:
        """In whichever form this machine lets us; None where it does not."""
        for form in FORMS:
            home = form.top / f"sifang-bench-{session}"
            try:
                if not (form.top / "cgroup.procs").exists():
                    continue
                home.mkdir()
                if form.threaded:
                    for process in processes_of(session):
                        (home / "cgroup.procs").write_text(str(process))
                (home / "trial").mkdir()
                if form.threaded:
                    (home / "trial" / "cgroup.type").write_text("threaded")
                    (home / "cgroup.subtree_control").write_text("+cpu")
                usable = (home / "trial" / form.limit).exists()
                (home / "trial").rmdir()
            except OSError:
                usable = False
            if usable:
                return cls(home, session, form)
        return None

    def _adopt(self, processes: list[int]) -> None:
        for process in processes:
            with contextlib.suppress(OSError):  # it has ended meanwhile
                for thread in map(int, os.listdir(f"/proc/{process}/task")):
                    if thread not in self._groups:
                        self._adopt_thread(thread)

    def _adopt_thread(self, thread: int) -> None:
        group = self._home / str(thread)
        group.mkdir()
        self._groups[thread] = group
        if self._form.threaded:
            (group / "cgroup.type").write_text("threaded")
        self._limit(group)
        (group / self._form.threads).write_text(str(thread))

    def _limit(self, group: Path) -> None:
        share = int(PERIOD_US / self._times) if self._times > 1 else None
        if self._form.threaded:
            (group / self._form.limit).write_text(f"{share or 'max'} {PERIOD_US}")
            return
        (group / "cpu.cfs_period_us").write_text(str(PERIOD_US))
        (group / self._form.limit).write_text(str(share or -1))

    def _follow(self) -> None:
        processes, looked = processes_of(self._session), time.monotonic()
        while not self._ended.wait(FOLLOW_S):
            if time.monotonic() - looked > LOOK_S:
                processes, looked = processes_of(self._session), time.monotonic()
            self._adopt(processes)

    def set(self, times: float) -> None:
        """So many times slower; 1 lets go."""
        self._times = times
        for group in list(self._groups.values()):
            self._limit(group)

    def close(self) -> None:
        """Take the groups away once their threads have ended."""
        self._ended.set()
        self._thread.join()
        end = time.monotonic() + CLOSE_S
        for group in [*self._groups.values(), self._home]:
            while time.monotonic() < end:
                try:
                    group.rmdir()
                    break
                except OSError:
                    time.sleep(0.05)


class Pulse:
    """Stops and continues all processes of the browser in turn: every thread of it runs a part of the time."""

    method = "stop and continue signals to all processes of the browser"

    def __init__(self, session: int) -> None:
        self._session = session
        self._pulse: subprocess.Popen[bytes] | None = None

    def set(self, times: float) -> None:
        """So many times slower; 1 lets go."""
        if self._pulse:
            self._pulse.terminate()
            self._pulse.wait(10)
            self._pulse = None
        if times > 1:
            run = [sys.executable, "-m", "bench.throttle", str(self._session), str(times)]
            self._pulse = subprocess.Popen(run)

    def close(self) -> None:
        """Let go."""
        self.set(1)


def _signal(processes: list[int], what: signal.Signals) -> None:
    for process in processes:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, what)


def pulse(session: int, times: float) -> None:
    """Runs in a process of its own until told to stop."""
    going = True

    def stop(*_: object) -> None:
        nonlocal going
        going = False

    signal.signal(signal.SIGTERM, stop)
    processes, looked = processes_of(session), time.monotonic()
    ran_s = RUN_S
    while going:
        _signal(processes, signal.SIGSTOP)
        time.sleep(ran_s * (times - 1))
        began = time.monotonic()
        _signal(processes, signal.SIGCONT)
        time.sleep(RUN_S)
        # On a busy machine we wake late: then the next pause is longer.
        ran_s = time.monotonic() - began
        if time.monotonic() - looked > LOOK_S:
            processes, looked = processes_of(session), time.monotonic()
    _signal(processes_of(session), signal.SIGCONT)


def throttle(session: int) -> Throttle:
    """The best way this machine allows."""
    if os.environ.get("SIFANG_BENCH_THROTTLE") == "pulse":
        return Pulse(session)
    return Quota.of(session) or Pulse(session)


if __name__ == "__main__":
    pulse(int(sys.argv[1]), float(sys.argv[2]))

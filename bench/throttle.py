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
from pathlib import Path
from typing import Protocol

CGROUPS = Path("/sys/fs/cgroup")
PERIOD_US = 12_000
RUN_S = 0.002
LOOK_S = 0.1
FOLLOW_S = 0.01


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
    """A control group for each process of the browser, with the same share of a core: a phone with slow cores.

    Processes born later are found in their parent's group and given one of their own.
    """

    def __init__(self, home: Path, session: int, write: str) -> None:
        self.method = f"control groups ({write}): each process of the browser has a share of one core"
        self._home = home
        self._version_2 = write == "cpu.max"
        self._times = 1.0
        self._groups: dict[int, Path] = {}
        self._ended = threading.Event()
        for process in processes_of(session):
            self._adopt(process)
        self._thread = threading.Thread(target=self._follow, name="throttle", daemon=True)
        self._thread.start()

    @classmethod
    def of(cls, session: int) -> Quota | None:
        """In whichever form this machine lets us; None where it does not."""
        for top, write in ((CGROUPS, "cpu.max"), (CGROUPS / "cpu", "cpu.cfs_quota_us")):
            home = top / f"sifang-bench-{session}"
            if not (top / "cgroup.procs").exists():
                continue
            try:
                home.mkdir()
                if write == "cpu.max":
                    (home / "cgroup.subtree_control").write_text("+cpu")
            except OSError:
                with contextlib.suppress(OSError):
                    home.rmdir()
                continue
            if (home / write).exists():
                return cls(home, session, write)
            home.rmdir()
        return None

    def _adopt(self, process: int) -> None:
        group = self._home / str(process)
        group.mkdir(exist_ok=True)
        self._limit(group)
        self._groups[process] = group
        with contextlib.suppress(ProcessLookupError):
            (group / "cgroup.procs").write_text(str(process))

    def _limit(self, group: Path) -> None:
        share = int(PERIOD_US / self._times) if self._times > 1 else None
        if self._version_2:
            (group / "cpu.max").write_text(f"{share or 'max'} {PERIOD_US}")
            return
        (group / "cpu.cfs_period_us").write_text(str(PERIOD_US))
        (group / "cpu.cfs_quota_us").write_text(str(share or -1))

    def _follow(self) -> None:
        while not self._ended.wait(FOLLOW_S):
            for group in list(self._groups.values()):
                for process in (group / "cgroup.procs").read_text().split():
                    if int(process) not in self._groups:
                        self._adopt(int(process))

    def set(self, times: float) -> None:
        """So many times slower; 1 lets go."""
        self._times = times
        for group in list(self._groups.values()):
            self._limit(group)

    def close(self) -> None:
        """Take the groups away once their processes have ended."""
        self._ended.set()
        self._thread.join()
        end = time.monotonic() + 10
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

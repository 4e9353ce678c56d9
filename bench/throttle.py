"""A browser made slow as a whole: all its processes are stopped and let go in turns, and so run a part of the time.

The throttle of the developer tools slows the page's main thread alone, and flatters an app that lives in its worker.
A share of a core by control groups was tried and told less: given to each process it makes threads wait for each other
that have cores of their own on a phone (8 times slower for 6 asked), given to each thread it lets short bursts through
(4 times). Stopping stretches everything alike: page, worker, database, painting, and what one waits for the other.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time

RUN_S = 0.004


class Throttle:
    """For the process group of one browser."""

    method = "all processes of the browser stopped and continued in turns"

    def __init__(self, group: int) -> None:
        self._group = group
        self._pulse: subprocess.Popen[bytes] | None = None

    def set(self, times: float) -> None:
        """So many times slower; 1 lets go."""
        if self._pulse:
            self._pulse.terminate()
            self._pulse.wait()
            self._pulse = None
        if times > 1:
            self._pulse = subprocess.Popen([sys.executable, "-m", "bench.throttle", str(self._group), str(times)])


def pulse(group: int, times: float) -> None:
    """Runs in a process of its own until told to stop, or until the browser has ended."""
    going = True

    def stop(*_: object) -> None:
        nonlocal going
        going = False

    signal.signal(signal.SIGTERM, stop)
    with contextlib.suppress(OSError):  # in time even when others are busy, where we may
        os.setpriority(os.PRIO_PROCESS, 0, -10)
    ran_s = RUN_S
    with contextlib.suppress(ProcessLookupError):
        while going:
            os.killpg(group, signal.SIGSTOP)
            time.sleep(ran_s * (times - 1))
            began = time.monotonic()
            os.killpg(group, signal.SIGCONT)
            time.sleep(RUN_S)
            # On a busy machine we wake late: then the next pause is longer.
            ran_s = time.monotonic() - began


if __name__ == "__main__":
    pulse(int(sys.argv[1]), float(sys.argv[2]))

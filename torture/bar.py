"""How far a long run has come, in one line that is drawn anew; a line now and then where nobody looks at a terminal."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 30
LINE_EVERY_S = 30.0


@dataclass
class Bar:
    """Counts `total` trials; `say` adds what is worth knowing meanwhile."""

    title: str
    total: int
    out: TextIO = field(default_factory=lambda: sys.stderr)
    done: int = 0
    began_s: float = field(default_factory=time.monotonic)
    drawn_s: float = 0.0

    @property
    def a_minute(self) -> float:
        """Trials a minute so far."""
        return self.done * 60 / max(time.monotonic() - self.began_s, 0.001)

    def step(self, say: str = "") -> None:
        """One more."""
        self.done += 1
        terminal, last = self.out.isatty(), self.done == self.total
        now = time.monotonic()
        if not terminal and not last and now - self.drawn_s < LINE_EVERY_S:
            return
        self.drawn_s = now
        full = WIDTH * self.done // self.total
        drawn = "#" * full + "." * (WIDTH - full)
        line = f"{self.title} [{drawn}] {self.done}/{self.total}  {self.a_minute:.0f}/min  {say}"
        self.out.write(f"\r\x1b[K{line}" if terminal else f"{line}\n")
        if terminal and last:
            self.out.write("\n")
        self.out.flush()


def commit() -> str:
    """The commit this tree stands on, marked when something in it was changed since."""
    told = ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--exclude=*"]
    found = subprocess.run(told, capture_output=True, text=True, check=False)
    return found.stdout.strip() or "unknown"

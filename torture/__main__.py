"""`python -m torture [server] [browser] [disks]`: the full figures. `SEED=n` chooses, `TIMES=n` says how often."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.journal import postgres
from torture.bar import ROOT, commit
from torture.browser_kills import kill_browsers
from torture.full_disks import fill_disks, postgresql_disk, sqlite_disk
from torture.server_kills import kill_servers
from torture.small_disk import may_mount
from torture.worker import Lost

REPORT = ROOT / "build" / "torture.json"
KILLS = 300
FULL = 100
Figures = dict[str, float]


def server(folder: Path, seed: int, times: int | None) -> Figures:
    """SIGKILL for the server under load."""
    return asyncio.run(kill_servers(folder, times or KILLS, seed))


def browser(folder: Path, seed: int, times: int | None) -> Figures:
    """SIGKILL for Chromium between save and paint."""
    with sync_playwright() as playwright:
        return kill_browsers(playwright, folder, times or KILLS, seed)


def sqlite(folder: Path, seed: int, times: int | None) -> Figures:
    """A full disk under SQLite."""
    with sqlite_disk(folder) as (ground, disk):
        return asyncio.run(fill_disks(ground, disk, times or FULL, seed, "SQLite"))


def postgresql(folder: Path, seed: int, times: int | None) -> Figures:
    """A full disk under PostgreSQL's tables."""
    with postgres.running() as address, postgresql_disk(folder, address) as (ground, disk):
        return asyncio.run(fill_disks(ground, disk, times or FULL, seed, "PostgreSQL"))


TORTURES: dict[str, tuple[Callable[[Path, int, int | None], Figures], ...]] = {
    "server": (server,),
    "browser": (browser,),
    "disks": (sqlite, postgresql),
}


def main(names: list[str]) -> int:
    """Run what is named, or everything; 1 when something acknowledged was lost, or when it could not be done here."""
    seed = int(os.environ.get("SEED") or time.time_ns() % 1_000_000)
    times = int(os.environ["TIMES"]) if os.environ.get("TIMES") else None
    missing = [] if may_mount() else ["full disks: mounting a tmpfs takes root"]
    missing += [] if postgres.binaries() else ["full disks on PostgreSQL: its programs are not installed"]
    print(f"commit {commit()}, SEED={seed}", flush=True)
    report: dict[str, Figures] = {}
    for name in names or TORTURES:
        for torture in TORTURES[name]:
            if (name == "disks" and not may_mount()) or (torture is postgresql and not postgres.binaries()):
                continue
            with TemporaryDirectory() as folder:
                # PostgreSQL runs as somebody else.
                Path(folder).chmod(0o755)
                try:
                    report[torture.__name__] = torture(Path(folder), seed, times)
                except Lost as lost:
                    print(f"LOST, {torture.__name__}, SEED={seed}: {lost}", flush=True)
                    return 1
            print(f"{torture.__name__}: nothing acknowledged was lost", flush=True)
            for what, value in report[torture.__name__].items():
                print(f"  {what:36} {value:10,g}", flush=True)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps({"commit": commit(), "seed": seed, **report}, indent=1) + "\n", encoding="utf-8")
    for why in missing:
        print(f"not done here: {why}")
    return 1 if missing and (not names or "disks" in names) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`make lighthouse`: Lighthouse looks at residents' pages of a fresh demo, as on a slow telephone; under 95 it fails.

It needs Node and Lighthouse, which nothing else here does: `npm install --global lighthouse`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from e2e.phone import FLAGS
from e2e.places import Places
from e2e.station import ROOT, Station
from server.demo.works import RECEIPT
from tests.chromium import executable

LEAST, LOOKS_MAX = 95, 3
CATEGORIES = ("performance", "accessibility", "best-practices")
"""Not whether search engines find it: a page behind a code is not to be found."""
LOST = "lost"


def lighthouse() -> str | None:
    """Where it is installed, beside us or anywhere."""
    beside = ROOT / "node_modules" / ".bin" / "lighthouse"
    return str(beside) if beside.exists() else shutil.which("lighthouse")


def scores(program: str, address: str) -> dict[str, int]:
    """What it thinks of one page, of 100."""
    flags = " ".join(["--headless=new", *FLAGS])
    asked = [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={flags}", "--output=json", "--quiet"]
    known = {**os.environ, **({"CHROME_PATH": found} if (found := executable()) else {})}
    done = subprocess.run([program, address, *asked], env=known, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"lighthouse: {done.stderr.strip()[-500:]}")
    told = json.loads(done.stdout)["categories"]
    return {name: round(100 * (told[name]["score"] or 0)) for name in CATEGORIES}


def best(program: str, address: str) -> dict[str, int]:
    """The best of up to three looks: what else the machine does is no fault of the page."""
    found = scores(program, address)
    for _ in range(LOOKS_MAX - 1):
        if min(found.values()) >= LEAST:
            break
        found = {name: max(score, found[name]) for name, score in scores(program, address).items()}
    return found


def main() -> int:
    """Every page in turn; how many were under the least."""
    program = lighthouse()
    if program is None:
        print("Lighthouse is not installed: nothing was measured. npm install --global lighthouse (it needs Node 18+).")
        return 2
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        station = Station(Path(folder))
        try:
            station.command("server", "demo")
            station.start()
            for name, path in Places(station.data / "sifang.db").residents(RECEIPT).items():
                if name == LOST:
                    continue  # answered by 404: that is no page to measure
                found = best(program, station.straight + path)
                print(f"{name:12}", "  ".join(f"{category} {score}" for category, score in found.items()), flush=True)
                bad += min(found.values()) < LEAST
        finally:
            station.close()
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())

"""Run every measurement, print it, and write `build/bench.json`: `python -m bench [name …]`."""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
from pathlib import Path

import bench
from bench.result import Result

REPORT = Path(__file__).parent.parent / "build" / "bench.json"


def main(names: list[str]) -> None:
    """Measure with every module of this package that has a `measure`, or with those named."""
    results: list[Result] = []
    for found in sorted(pkgutil.iter_modules(bench.__path__), key=lambda module: module.name):
        if found.name == "__main__" or (names and found.name not in names):
            continue
        measure = getattr(importlib.import_module(f"bench.{found.name}"), "measure", None)
        if measure is None:
            continue
        print(found.name, flush=True)
        for result in measure():
            row = result.row()
            ratio = f"  {row['ratio']} of {result.baseline:,.0f}" if result.baseline else ""
            print(f"  {result.name:34} {result.value:12,.1f} {result.unit}{ratio}", flush=True)
            results.append(result)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps([result.row() for result in results], indent=1) + "\n", encoding="utf-8")
    print(f"written to {REPORT.relative_to(Path.cwd()) if REPORT.is_relative_to(Path.cwd()) else REPORT}")


if __name__ == "__main__":
    main(sys.argv[1:])

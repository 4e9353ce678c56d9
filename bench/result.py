"""What a measurement says."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Result:
    """`ratio` is value over baseline, where there is one to compare with."""

    name: str
    value: float
    unit: str
    baseline: float | None = None

    def row(self) -> dict[str, Any]:
        """As `build/bench.json` lists it."""
        ratio = round(self.value / self.baseline, 3) if self.baseline else None
        return {**asdict(self), "value": round(self.value, 1), "ratio": ratio}

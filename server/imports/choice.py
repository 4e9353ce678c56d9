"""What whoever imports decides for a whole file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from server.imports.registry import KnownGrid


@dataclass(frozen=True)
class Choice:
    """What whoever imports decides for the whole file: in whose name, at what time, for which grid if it says none."""

    author: str
    now_ms: int
    utc_offset_min: int
    grid: KnownGrid | None = None

    @property
    def now(self) -> datetime:
        """The installation's local clock, naive."""
        return (datetime.fromtimestamp(self.now_ms / 1000, UTC) + timedelta(minutes=self.utc_offset_min)).replace(
            tzinfo=None
        )

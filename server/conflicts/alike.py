"""Two of a kind that look like one, and why."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Alike:
    """Two homes or two visits, the lower id first, and the signs with their weights."""

    a: str
    b: str
    signs: dict[str, int] = field(hash=False)

    @property
    def score(self) -> int:
        """All signs together."""
        return sum(self.signs.values())

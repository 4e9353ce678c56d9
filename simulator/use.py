"""Which devices are out of use, by what the journal says of them alone: the server is held to it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field


@dataclass
class Use:
    """Which devices are out of use after the journal's first `size` edits, by what was said of them alone."""

    size: int = 0
    out: set[str] = field(default_factory=set)

    def hear(self, kind: str, entity: str, body: bytes) -> None:
        """The next edit that took effect."""
        match kind:
            case "device.revoked":
                self.out.add(entity)
            case "device.reinstated":
                self.out.discard(entity)
            case "device.enrolled" if json.loads(body).get("succeeds") in self.out:
                self.out.add(entity)

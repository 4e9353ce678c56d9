"""One line of time for several people: when each was last in touch, wrote, and was heard. It shows why nobody could
know what the others wrote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

LEFT, RIGHT = 100, 790
LANE, HEAD = 50, 30
TICKS = 3
LABEL = 120
"""As wide as the words beside a point are at most: two points nearer than this stand one above the other."""


@dataclass(frozen=True)
class Lane:
    """One person's side: last in touch before (None: at no time we know of), written, received."""

    by: str
    seen_ms: int | None
    written_ms: int
    received_ms: int


def timeline(lanes: list[Lane]) -> dict[str, Any] | None:
    """Where everything stands in a drawing 800 wide; None where there is nothing to see: all wrote while in touch."""
    moments = [ms for lane in lanes for ms in (lane.written_ms, lane.received_ms)]
    first, last = min(moments), max(moments)
    # Who was last in touch long before is drawn from the edge: else one absence would squeeze everything else.
    earliest = first - max((last - first) // 3, 60_000)
    seen = [lane.seen_ms for lane in lanes if lane.seen_ms is not None and lane.seen_ms >= earliest]
    start, end = min([first, *seen]), last
    if len(lanes) < 2 or end - start < 60_000:
        return None

    def x(ms: int) -> int:
        return LEFT + round((min(max(ms, start), end) - start) * (RIGHT - LEFT - LABEL) / (end - start))

    drawn = []
    for number, lane in enumerate(lanes):
        written, received = x(lane.written_ms), x(lane.received_ms)
        touched = lane.seen_ms is not None and lane.seen_ms >= start
        drawn.append({
            "by": lane.by,
            "y": HEAD + 18 + number * LANE,
            "from": x(lane.seen_ms or start) if touched else LEFT,
            "seen_ms": lane.seen_ms if touched else None,
            "written": written,
            "written_ms": lane.written_ms,
            "received": received,
            "received_ms": lane.received_ms,
            "apart": received - written >= LABEL,
        })  # fmt: skip
    ticks = [start + (end - start) * each // TICKS for each in range(TICKS)]
    height = HEAD + len(lanes) * LANE
    return {
        "lanes": drawn,
        "ticks": [{"x": x(ms), "ms": ms} for ms in ticks],
        "right": RIGHT,
        "height": height,
    }

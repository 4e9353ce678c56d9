"""Something that waits for somebody to look, which the group of those who work there may hear of (server/hooks)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection


@dataclass(frozen=True)
class Unseen:
    """`kind` has words of its own under `robots.say`, and `path` is the page where it is seen. `thing`: what it is for
    the day's one reminder; another once somebody has looked. `urgent`: said at any hour."""

    kind: str
    thing: str
    grid: str
    since_ms: int
    path: str
    urgent: bool


Source = Callable[[AsyncConnection, int], Awaitable[list[Unseen]]]
"""What waits at a moment, in every grid. What was seen or settled is in it no more."""

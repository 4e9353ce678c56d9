"""Likely duplicates of each grid, worked out anew only where something changed."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from server.conflicts import store
from server.conflicts.alike import Alike
from server.conflicts.homes import Home, alike
from server.conflicts.twice import Knock, twice
from server.localtime import local_iso, told_hour

HOMES = {"household", "resident", "building"}
WORDS = ("quarters", "building_name", "entrance", "room", "contact", "phone")


@dataclass
class _Grid:
    """What one grid's rows up to `rev` look like."""

    rev: int = -1
    homes: list[Alike] = field(default_factory=list)
    visits: list[Alike] = field(default_factory=list)


class Likely:
    """One for each server process."""

    def __init__(self, utc_offset_min: int) -> None:
        self._utc_offset_min = utc_offset_min
        self._grids: dict[str, _Grid] = {}
        self._working: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def of(self, db: AsyncConnection, grids: Collection[str]) -> dict[str, _Grid]:
        """By grid, the pairs that look alike."""
        for grid, rev in (await store.grid_revs(db, grids)).items():
            # One works it out; whoever asks meanwhile waits for that.
            async with self._working[grid]:
                known = self._grids.get(grid)
                if known is None or known.rev != rev:
                    self._grids[grid] = await self._anew(db, grid, rev, known or _Grid())
        return {grid: self._grids[grid] for grid in grids if grid in self._grids}

    async def _anew(self, db: AsyncConnection, grid: str, rev: int, known: _Grid) -> _Grid:
        changed = await store.kinds_changed(db, grid, known.rev)
        homes, visits = known.homes, known.visits
        if changed & HOMES:
            rows = [_home(row) for row in await store.homes_of(db, grid)]
            # A grid takes some hundredths of a second, and phones wait meanwhile if it is done here.
            homes = await asyncio.to_thread(alike, rows)
        if "visit" in changed:
            visits = self._visits(await store.same_day_visits(db, grid, self._utc_offset_min))
        return _Grid(rev, homes, visits)

    def _visits(self, rows: list[dict[str, Any]]) -> list[Alike]:
        found: list[Alike] = []
        for _, day in groupby(rows, key=lambda row: (row["household"], row["day"])):
            found += twice([self._knock(row) for row in day])
        return found

    def _knock(self, row: dict[str, Any]) -> Knock:
        at = local_iso(row["occurred_at_ms"], self._utc_offset_min)
        imported = row["source"] is not None
        told = told_hour(at, imported)
        at_ms = row["occurred_at_ms"] if told else None
        beside = tuple(json.loads(row["companions"]))
        return Knock(row["id"], row["author"], row["by_name"], row["result"], at_ms, row["words"], beside, imported)


def _home(row: dict[str, Any]) -> Home:
    quarters, building, entrance, room, contact, phone = (row[name] or "" for name in WORDS)
    return Home(row["id"], quarters, building, entrance, room, contact, phone, frozenset(row["people"]))

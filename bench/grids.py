"""Two grids to measure a phone with, invented as the demo is: one of 300 homes to draw, one of 200 to download.

`SIFANG_DATA=folder python -m bench.grids` migrates an empty database there and fills it. `… bench.grids year` puts a
year's work behind the first grid (year.py): a first download would leave most of it out, a phone that was there has it
all.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from unittest.mock import patch

from uuid_utils import uuid7

from bench import year
from server import clock
from server.clock import now_ms
from server.commands import opened, upgrade
from server.demo.people import Door, Dweller, Phones, settle
from server.demo.place import CHILDREN, COMMUNITY, LONG, SLIM, SURNAMES, WIDE, Plot
from server.demo.rounds import Knock, Rounds
from server.imports import values
from server.journal import Draft, Journal
from server.localtime import DAY_MS, day_start_ms, local_iso
from server.settings import from_environment

SEED = 20261120
DRAW = Plot("第一网格", "槐安小区", "小林", "有物业", (WIDE, WIDE, WIDE, WIDE, LONG, SLIM), 20, bungalows=6)
DOWNLOAD = Plot("第二网格", "榆桥新村", "小周", "有物业", (WIDE, WIDE, WIDE, SLIM), 16, bungalows=2)
RESIDENTS = 1000
FIRST = ("community.added", "grid.added", "person.added", "device.enrolled")
CALLED = (40, 70, 95)
"""Days since somebody was last met, in turn: every door of the first grid is due, each step of paint is drawn."""


@dataclass
class Maker:
    """Collects drafts, so that all are journaled in one go."""

    drafts: list[Draft]
    now: datetime
    offset_min: int

    def add(self, kind: str, body: dict[str, Any], grid: str | None, author: str) -> str:
        """One edit that creates something; returns its id."""
        made = str(uuid7())
        of = made if kind == "grid.added" else grid
        self.drafts.append(Draft(kind, made, of, author, body, id=made))
        return made

    def grid(self, community: str, plot: Plot, doors: list[Door], knocks: list[Knock]) -> None:
        """A grid with its worker, its doors, those behind them, and what was written down there."""
        grid = str(uuid7())
        about = {"community": community, "name": plot.name, "quarters": plot.quarters, "sort": 1}
        self.drafts.append(Draft("grid.added", grid, grid, grid, about, id=grid))
        person = {"name": plot.worker, "role": "grid_worker", "community": community, "grids": [grid]}
        worker = self.add("person.added", person, None, grid)
        self.add("device.enrolled", year.old_phone(worker), None, worker)
        homes: dict[int, str] = {}
        for block, here in itertools.groupby(sorted(doors, key=lambda door: door.block), lambda door: door.block):
            name = f"{block}幢" if block else "平房"
            body = {"quarters": plot.quarters, "name": name, "sort": block or 99}
            building = self.add("building.added", body, grid, worker)
            for door in here:
                homes[id(door)] = self._home(grid, worker, building, door)
        for knock in knocks:
            if knock.at <= self.now:
                self.add("visit.recorded", self._visit(homes[id(knock.door)], knock), grid, worker)

    def _home(self, grid: str, worker: str, building: str, door: Door) -> str:
        place: dict[str, Any] = {"building": building, "room": door.room, "kind": "home" if door.block else "bungalow"}
        if door.block:
            place |= {"entrance": str(door.entrance), "floor": int(door.room[:-2])}
        facts: dict[str, Any] = {"occupancy": values.occupancy(door.occupancy)}
        if door.people:
            facts |= {"contact": door.people[0].name, "phone": door.people[0].phone, "headcount": len(door.people)}
        home = self.add("household.added", {**place, "facts": facts}, grid, worker)
        for person in door.people:
            said = {"name": person.name, "relation": person.relation, "birth_year": person.born}
            said |= {"phone": person.phone} if person.phone else {}
            body: dict[str, Any] = {"household": home, "facts": said, "tags": values.tags("、".join(person.tags))[0]}
            self.add("resident.added", body, grid, worker)
        return home

    def _visit(self, home: str, knock: Knock) -> dict[str, Any]:
        at = day_start_ms(knock.at.date().isoformat(), self.offset_min)
        at += (knock.at.hour * 60 + knock.at.minute) * 60_000
        body: dict[str, Any] = {"household": home, "occurred_at_ms": at}
        body |= {"mode": values.mode(knock.mode) or "door", "result": values.result(knock.result) or "met"}
        told: dict[str, Any] = {
            "text": knock.words,
            "who_met": knock.who,
            "asks": knock.asks,
            "care": values.care(knock.care),
        }
        told |= {"follow_up_on": knock.follow_up.isoformat() if knock.follow_up else None}
        told |= {"companions": [knock.companion] if knock.companion else None}
        return body | {key: value for key, value in told.items() if value}


def _grow(doors: list[Door], random: Random, phones: Phones, year: int) -> None:
    """Large families, until a thousand people live there."""
    lived_in = [door for door in doors if door.people]
    while (missing := RESIDENTS - sum(len(door.people) for door in doors)) > 0:
        for door in lived_in[:missing]:
            child = random.random() < 0.3
            name = random.choice(CHILDREN) if child else random.choice(("小", "老")) + random.choice(SURNAMES)
            born = year - random.randint(1, 14) if child else year - random.randint(20, 75)
            door.people.append(Dweller(name, "同住", born, "" if child else phones.next()))


def _all_due(doors: list[Door], now: datetime, knocks: list[Knock]) -> list[Knock]:
    """Somebody to keep an eye on behind every door, and nobody met of late: the longest list there can be."""
    first = [
        Knock(door, now - timedelta(days=CALLED[i % len(CALLED)], hours=i % 5), "见到", "入户", care="留意")
        for i, door in enumerate(doors)
    ]
    return [*first, *(knock for knock in knocks if knock.result != "见到" and knock.at < now - timedelta(days=2))]


def drafts(now: int, offset_min: int) -> list[Draft]:
    """The whole community as edits."""
    here = datetime.fromisoformat(local_iso(now, offset_min))
    random, phones = Random(SEED), Phones()
    maker = Maker([], here, offset_min)
    body = {"name": COMMUNITY, "street": "榆桥街道"}
    community = maker.add("community.added", body, None, str(uuid7()))
    for plot in (DRAW, DOWNLOAD):
        doors = settle(plot, random, phones, here.year)
        if plot is DOWNLOAD:
            _grow(doors, random, phones, here.year)
        knocks = Rounds(plot, doors, here.date(), random).walk()
        maker.grid(community, plot, doors, _all_due(doors, here, knocks) if plot is DRAW else knocks)
    grids = [draft.entity for draft in maker.drafts if draft.kind == "grid.added"]
    master = {"name": year.MASTER, "role": "station_master", "community": community, "grids": grids}
    maker.add("person.added", master, None, community)
    return maker.drafts


async def _fill(what: str) -> None:
    settings = from_environment()
    if what == "year":
        async with opened(settings) as here:
            return await year.send(here.db, here.journal, DRAW)
    now = now_ms()
    made = drafts(now, settings.utc_offset_min)
    # Who works here and with what was known a year ago: what was done since then is believed to have been.
    with patch.object(clock, "now_ms", lambda: now - year.BEGUN_DAYS * DAY_MS):
        async with opened(settings) as here:
            await _commit(here.journal, [draft for draft in made if draft.kind in FIRST])
    async with opened(settings) as here:
        await _commit(here.journal, [draft for draft in made if draft.kind not in FIRST])


async def _commit(journal: Journal, made: list[Draft]) -> None:
    wrong = [receipt for receipt in await journal.commit(made) if receipt.outcome != "accepted"]
    if wrong:
        raise SystemExit(f"The grids were not taken: {wrong[:3]}")


if __name__ == "__main__":
    upgrade(from_environment())
    asyncio.run(_fill(sys.argv[1] if len(sys.argv) > 1 else ""))

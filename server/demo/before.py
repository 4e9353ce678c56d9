"""The working day before the demo's first: its patrols and its logs, in the journal at the hour at which they came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from random import Random
from typing import Any
from unittest.mock import patch

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import clock, schema
from server.demo import notes
from server.demo.place import PLOTS
from server.demo.whistles import DAYS
from server.identity import made_from
from server.journal import Draft, log_id
from server.localtime import day_before, day_start_ms

MINUTE_MS = 60_000
MORNING_MIN = 7 * 60
WALKS = ((8 * 60 + 40, "am"), (14 * 60 + 20, "pm"))
"""When patrols begin, and how each half of the day is called in the ids of its edits."""
SENT_MIN, EVENING_MIN = 17 * 60, 20 * 60
FRIDAY = 4


@dataclass
class Hour:
    """What the server's clock tells while the demo is written down; None: what it really is."""

    ms: int | None = None


@contextmanager
def long_before(today: str, utc_offset_min: int) -> Iterator[Hour]:
    """From a morning weeks before `today` on, when no whistle was blown yet: whoever opens a journal here begins it
    there."""
    told = Hour(day_start_ms(day_before(today, DAYS + 1), utc_offset_min) + MORNING_MIN * MINUTE_MS)
    really = clock.now_ms
    with patch.object(clock, "now_ms", lambda: really() if told.ms is None else told.ms):
        yield told


def day_walked(today: str) -> str:
    """The last day before today from Monday to Friday: everybody walked then."""
    back = next(n for n in range(1, 4) if date.fromisoformat(day_before(today, n)).weekday() <= FRIDAY)
    return day_before(today, back)


async def before(db: AsyncConnection, today: str, utc_offset_min: int, seed: int) -> list[tuple[int, Draft]]:
    """Each edit of that day with the moment at which it came, the earliest first."""
    day, column = day_walked(today), schema.building.c
    start_ms = day_start_ms(day, utc_offset_min)
    grids = {row.name: row.id for row in await db.execute(select(schema.grid))}
    people = {row.name: row.id for row in await db.execute(select(schema.person))}
    found = await db.execute(select(column.id, column.grid).order_by(column.grid, column.sort, column.id))
    buildings: dict[str, list[str]] = {}
    for row in found:
        buildings.setdefault(row.grid, []).append(row.id)
    # Invented, not secret.
    random = Random(seed)  # noqa: S311
    said = {what: cycle(random.sample(words, len(words))) for what, words in notes.NOTED.items()}
    logs = cycle(notes.LOGS)
    made: list[tuple[int, Draft]] = []
    for number, plot in enumerate(PLOTS):
        grid = grids[plot.name]
        day_of = _Day(grid, people[plot.worker], start_ms, random, said)
        for begins_min, part in WALKS:
            made += day_of.walk(begins_min + random.randint(0, 25), f"{plot.worker} {part}", buildings[grid])
        made.append(day_of.log(day, "" if number % 3 == 1 else next(logs)))
    return sorted(made, key=lambda each: (each[0], each[1].id))


class _Day:
    """One worker's day."""

    def __init__(
        self, grid: str, worker: str, start_ms: int, random: Random, said: Mapping[str, Iterator[str]]
    ) -> None:
        self.grid, self.worker, self.start_ms, self.random, self.said = grid, worker, start_ms, random, said

    def walk(self, begins_min: int, name: str, buildings: list[str]) -> list[tuple[int, Draft]]:
        """A patrol with what was noted on it; now and then one a little under the hour."""
        random = self.random
        lasted_min = random.randint(52, 86)
        begun = self._made(begins_min, "patrol.started", name, {})
        patrol, edits = begun[1].entity, [begun]
        for n in range(random.choice((0, 1, 1, 2, 3))):
            what = random.choice(tuple(self.said))
            said = {"what": what, "text": next(self.said[what]), "patrol": patrol}
            where = {"building": random.choice(buildings)} if random.random() < 0.7 else {}
            noted_min = begins_min + (n + 1) * lasted_min // 4
            edits.append(self._made(noted_min, "patrol.noted", f"{name} {n}", {**said, **where}))
        over_ms, over = self._made(begins_min + lasted_min, "patrol.ended", name, {})
        ended = Draft(over.kind, patrol, self.grid, self.worker, {}, {"step": [patrol]}, id=over.id)
        return [*edits, (over_ms, ended)]

    def log(self, day: str, text: str) -> tuple[int, Draft]:
        """The day's log, sent with a word or by the evening itself."""
        minute = SENT_MIN + self.random.randint(0, 45) if text else EVENING_MIN
        body = {"day": day, "text": text} if text else {"day": day, "by_itself": True}
        ms, sent = self._made(minute, "daily_log.sent", day, body)
        entity = log_id(self.worker, self.grid, day)
        return ms, Draft(sent.kind, entity, self.grid, self.worker, body, id=sent.id)

    def _made(self, minute: int, kind: str, name: str, body: dict[str, Any]) -> tuple[int, Draft]:
        ms = self.start_ms + minute * MINUTE_MS
        id_ = made_from(ms, "demo", f"{kind} {self.worker} {name}")
        return ms, Draft(kind, id_, self.grid, self.worker, body, id=id_)

"""What nobody looks at is said in the group: at once where nobody is at the desk, else after some minutes.

A message is put into the outbox first and sent after, so that a restart loses none; one process takes it, and another
one only where that did not come back. Nothing of anybody stands in it: what kind of thing, where, and a link.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import RowMapping
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from server import clock, events
from server.db import Database
from server.hooks import store
from server.hooks.formats import Answer, read_answer, request_of
from server.hooks.quiet import allowed_ms
from server.hooks.wire import Unreachable, post
from server.i18n import t
from server.localtime import DAY_MS
from server.robots import Robot
from server.settings import Settings
from server.unseen import Source, Unseen

LOOK_S = 15
AT_DESK_MS = 10 * 60_000
"""Whoever worked at the desk so lately is there, and is given a little time."""
WAIT_MS = 5 * 60_000
AGAIN_MS = DAY_MS
"""One thing is said once a day."""
LEASE_MS = 60_000
"""How long the process that sends a message has it for itself."""
PAUSES_MS = (30_000, 120_000, 600_000, 1_800_000, 3_600_000, 10_800_000)
AT_ONCE = 4
"""Messages of one robot in a look: the vendors take twenty a minute."""
LANG = "zh"
"""The groups' language: whoever reads there has no page of ours before them that says which they read."""
TEST = "test"

_log = logging.getLogger(__name__)


class Hooks:
    """The robots of one installation, as one server process works for them. `sources`: what may wait."""

    def __init__(self, db: Database, settings: Settings, sources: Sequence[Source]) -> None:
        self._db, self._settings, self._sources = db, settings, sources

    @property
    def robots(self) -> dict[str, Robot]:
        """By their ids."""
        return {robot.id: robot for robot in self._settings.robots}

    async def look(self) -> None:
        """Put into the outbox what waits and is to be said now, and send what is due there."""
        now_ms = clock.now_ms()
        async with self._db.reading() as db:
            if await store.moved(db):
                return
            things = await self._waiting(db, now_ms)
            rows = await self._messages(db, things, now_ms) if things else []
        if rows:
            async with self._db.writing() as db:
                await store.add(db, rows)
        await self._send({each.thing for each in things})

    async def test(self, robot: Robot) -> None:
        """Say at once that this robot is there, and keep how it went."""
        now_ms = clock.now_ms()
        async with self._db.writing() as db:
            row = _message(robot, TEST, TEST, await store.next_test(db, robot.id), now_ms)
            # Nobody else's look is to send it: it is taken as it is made.
            row |= {"path": "/desk/robots", "tries": 1, "tried_ms": now_ms, "next_ms": now_ms + LEASE_MS}
            await store.add(db, [row])
        await self._say(robot, row, {})

    async def _waiting(self, db: AsyncConnection, now_ms: int) -> list[Unseen]:
        return [each for source in self._sources for each in await source(db, now_ms)]

    async def _messages(self, db: AsyncConnection, things: Sequence[Unseen], now_ms: int) -> list[store.Row]:
        places, there = await store.places(db), await store.attended(db, now_ms - AT_DESK_MS)
        said = await store.newest(db, {each.thing for each in things})
        rows = []
        for each in things:
            if each.grid not in places or (each.grid in there and now_ms - each.since_ms < WAIT_MS):
                continue
            for robot in self._settings.robots:
                last = said.get((robot.id, each.thing))
                if robot.speaks_for(places[each.grid][0]) and (last is None or _is_over(last, now_ms)):
                    n = last["n"] + 1 if last else 1
                    next_ms = allowed_ms(now_ms, self._settings.utc_offset_min, urgent=each.urgent)
                    row = _message(robot, each.kind, each.thing, n, now_ms, urgent=each.urgent)
                    rows.append({**row, "grid": each.grid, "path": each.path, "next_ms": next_ms})
        return rows

    async def _send(self, waiting: set[str]) -> None:
        """Send what is due; what somebody has looked at meanwhile needs no saying any more."""
        now_ms, robots = clock.now_ms(), self.robots
        async with self._db.reading() as db:
            rows = await store.due(db, robots, now_ms)
            places = await store.places(db) if rows else {}
        live = [row for row in rows if row["thing"] in (*waiting, TEST)]
        if len(live) < len(rows):
            async with self._db.writing() as db:
                await store.settle(db, [row for row in rows if row["thing"] not in (*waiting, TEST)], state="needless")
        sent: Counter[str] = Counter()
        for row in live:
            sent[row["robot"]] += 1
            if sent[row["robot"]] > AT_ONCE:
                continue
            async with self._db.writing() as db:
                taken = await store.take(db, row, now_ms, now_ms + LEASE_MS)
            if taken:
                await self._say(robots[row["robot"]], {**row, "tries": row["tries"] + 1}, places)

    async def _say(self, robot: Robot, row: store.Row, places: dict[str, tuple[str, str]]) -> None:
        """Send one that is ours, and write down what became of it."""
        words = words_of(row, places, self._settings.public_url)
        request = request_of(robot, words, clock.now_ms())
        try:
            answer = read_answer(robot, *await asyncio.to_thread(post, robot.url, *request))
        except Unreachable:
            answer = Answer("unreachable")
        about = {"robot": robot.id, "tries": row["tries"]}
        events.happened("hook.sent" if answer.why is None else "hook.refused", answer.why or "ok", **about)
        async with self._db.writing() as db:
            await store.settle(db, [row], **self._became(row, answer))

    def _became(self, row: store.Row, answer: Answer) -> store.Row:
        now_ms = clock.now_ms()
        if answer.why is None:
            return {"state": "sent", "why": None, "code": None, "tried_ms": now_ms}
        told = {"why": answer.why, "code": answer.code, "tried_ms": now_ms}
        pause_ms = PAUSES_MS[min(row["tries"], len(PAUSES_MS)) - 1]
        next_ms = allowed_ms(now_ms + pause_ms, self._settings.utc_offset_min, urgent=row["urgent"])
        # By the next day it would be said anew anyway, and a test is looked at by whoever asked for it.
        over = row["kind"] == TEST or next_ms - row["made_ms"] >= AGAIN_MS
        return {**told, "state": "failed" if over else "waiting", "next_ms": next_ms}


def words_of(row: store.Row, places: dict[str, tuple[str, str]], public_url: str) -> str:
    """What the group reads: the kind of thing, the community and the grid, a link to the desk."""
    community, grid = places.get(row["grid"] or "", ("", ""))
    said = t(LANG, f"robots.say.{row['kind']}", {"community": community, "grid": grid})
    return f"{said}\n{public_url}{row['path']}"


def _message(robot: Robot, kind: str, thing: str, n: int, now_ms: int, *, urgent: bool = True) -> store.Row:
    own = {"robot": robot.id, "thing": thing, "n": n, "kind": kind, "grid": None, "path": "", "urgent": urgent}
    return own | {"state": "waiting", "made_ms": now_ms, "next_ms": now_ms, "tries": 0, "tried_ms": None}


def _is_over(last: RowMapping, now_ms: int) -> bool:
    """Whether it may be said anew: a day after it was heard, or after it was first to be."""
    since_ms = last["tried_ms"] if last["state"] == "sent" else last["made_ms"]
    return last["state"] != store.WAITING and bool(now_ms - since_ms >= AGAIN_MS)


async def as_things_come(hooks: Hooks) -> None:
    """Look every few seconds, as long as this server runs. A disk that is full keeps it for the next look."""
    while hooks.robots:
        try:
            await hooks.look()
        except (sqlite3.Error, DBAPIError, OSError) as error:
            _log.warning("groups could not be told yet: %s", type(error).__name__)
        await asyncio.sleep(LOOK_S)

"""The demo community: invented, written as ledgers, and brought in through the same door as anybody's."""

from __future__ import annotations

import asyncio
import sys
from datetime import date, datetime
from random import Random
from typing import Any

from sqlalchemy import select

from server import clock, schema
from server.db import Database
from server.demo.before import Hour, before, long_before
from server.demo.ledgers import Ledger, household_ledgers, visit_ledger
from server.demo.people import Door, Phones, settle
from server.demo.place import (
    ADMIN,
    CODE,
    COMMUNITY,
    LEADER,
    MASTER,
    NEIGHBOURS,
    OTHERS,
    PLOTS,
    STREET,
    Plot,
)
from server.demo.rounds import Knock, Rounds
from server.demo.weeks import weeks
from server.demo.whistles import DEPARTMENTS
from server.demo.works import works
from server.identity import made_from
from server.imports.choice import Choice
from server.imports.command import show_progress
from server.imports.plan import make_plan
from server.imports.reading import read
from server.imports.store import load_registry
from server.journal import Draft, Journal
from server.localtime import day_start_ms, local_day, local_iso
from server.settings import Settings

SEED = 20261120
DAY_MS = 24 * 3600 * 1000
EVENING_MS = 20 * 3600 * 1000


async def seed(db: Database, journal: Journal, settings: Settings, today: str, hour: Hour) -> None:
    """Fill an empty registry with Elm Bridge as it stands on `today` (YYYY-MM-DD), ninety days of visits behind it. Its
    homes come in weeks ago (`long_before`), which go by then; the rest comes in now.

    The same day always gives the same community. Raises AssertionError if a row of its own ledgers is not understood.
    """
    offset = settings.utc_offset_min
    morning_ms, hour.ms = hour.ms, None
    now_ms = clock.now_ms()
    if local_day(now_ms, offset) != today:
        now_ms = day_start_ms(today, offset) + EVENING_MS
    begun_ms = day_start_ms(today, offset) - 150 * DAY_MS
    hour.ms = morning_ms
    drafts, community, master = founding(begun_ms)
    await journal.commit(drafts)
    now = datetime.fromisoformat(local_iso(now_ms, offset))
    *homes, visits = await asyncio.to_thread(write_ledgers, date.fromisoformat(today), now)
    for ledger in (*homes, visits):
        if ledger is visits:
            await _live_through(db, journal, today, offset, hour)
        print(f"{ledger.name} …", file=sys.stderr, flush=True)
        async with db.reading() as connection:
            registry = await load_registry(connection, community)
        book = await asyncio.to_thread(read, ledger.data, ledger.name)
        choice = Choice(master, now_ms, offset)
        plan = await asyncio.to_thread(make_plan, book, registry, choice, show_progress)
        assert not plan.report.problems, plan.report.remarks[:3]
        await journal.commit(plan.drafts)
    async with db.reading() as connection:
        column = schema.building.c
        query = select(column.id).order_by(column.grid, column.sort, column.name, column.id)
        buildings = list((await connection.execute(query.limit(len(NEIGHBOURS)))).scalars())
    await journal.commit(neighbours(begun_ms, community, master, buildings))
    async with db.reading() as connection:
        drafts = await works(connection, now_ms, today)
    receipts = await journal.commit(drafts)
    assert {receipt.outcome for receipt in receipts} == {"accepted"}, receipts


async def _live_through(db: Database, journal: Journal, today: str, utc_offset_min: int, hour: Hour) -> None:
    """Weeks of whistles go by, then the day before, edit by edit; then it is now."""
    async with db.reading() as connection:
        day = await before(connection, today, utc_offset_min, SEED)
        came = await weeks(connection, today, utc_offset_min, SEED)
    for came_ms, draft in sorted([*came, *day], key=lambda each: (each[0], each[1].id)):
        hour.ms = came_ms
        (receipt,) = await journal.commit([draft])
        assert receipt.outcome == "accepted", receipt
    hour.ms = None


def neighbours(begun_ms: int, community: str, master: str, buildings: list[str]) -> list[Draft]:
    """Those who look after a building each, as edits."""
    drafts = []
    for (role, name), building in zip(NEIGHBOURS, buildings, strict=True):
        person = made_from(begun_ms, "demo", name)
        body = {"name": name, "role": role, "community": community, "grids": [], "buildings": [building]}
        drafts.append(Draft("person.added", person, None, master, body, id=person))
    return drafts


def founding(begun_ms: int) -> tuple[list[Draft], str, str]:
    """The community, its grids and its people, as edits; with the community's and the station master's ids."""
    community = made_from(begun_ms, "demo", COMMUNITY)
    master = made_from(begun_ms, "demo", MASTER)
    body: dict[str, Any] = {"name": COMMUNITY, "street": STREET, "code": CODE}
    drafts = [Draft("community.added", community, None, master, body, id=community)]
    grids = []
    for number, plot in enumerate(PLOTS, 1):
        grid = made_from(begun_ms, "demo", plot.name)
        grids.append(grid)
        body = {"community": community, "name": plot.name, "sort": number, "quarters": plot.quarters}
        drafts.append(Draft("grid.added", grid, grid, master, {**body, "code": f"{CODE}{number:03d}"}, id=grid))
    people = [(MASTER, "station_master", grids), (LEADER, "grid_leader", grids[2:3])]
    people += [(plot.worker, "grid_worker", [grid]) for plot, grid in zip(PLOTS, grids, strict=True)]
    for name, role, own in people:
        person = made_from(begun_ms, "demo", name)
        body = {"name": name, "role": role, "community": community, "grids": own}
        drafts.append(Draft("person.added", person, None, master, body, id=person))
    return [*drafts, *_district(begun_ms, community, grids)], community, master


def _district(begun_ms: int, community: str, grids: list[str]) -> list[Draft]:
    """The administrator, the departments, and everybody else at a desk, whom the administrator enters."""
    admin = made_from(begun_ms, "demo", ADMIN)
    body: dict[str, Any] = {"name": ADMIN, "role": "admin", "community": community, "grids": []}
    drafts = [Draft("person.added", admin, None, admin, body, id=admin)]
    scopes: list[tuple[str, str, dict[str, Any]]] = [
        (role, name, {"grids": grids[:2]} if role == "committee_member" else {}) for role, name in OTHERS
    ]
    for called, handler, _ in DEPARTMENTS:
        department = made_from(begun_ms, "demo", called)
        drafts.append(Draft("department.added", department, None, admin, {"name": called}, id=department))
        scopes.append(("dept_handler", handler, {"department": department}))
    for role, name, scope in scopes:
        person = made_from(begun_ms, "demo", name)
        body = {"name": name, "role": role, "community": community, "grids": [], **scope}
        drafts.append(Draft("person.added", person, None, admin, body, id=person))
    return drafts


def imagine(today: date) -> list[tuple[Plot, list[Door], list[Knock]]]:
    """Every grid with its doors and the rounds of its worker; the same for the same day."""
    # Invented people, not secrets.
    random = Random(SEED)  # noqa: S311
    phones = Phones()
    settled = [(plot, settle(plot, random, phones, today.year)) for plot in PLOTS]
    return [(plot, doors, Rounds(plot, doors, today, random).walk()) for plot, doors in settled]


def write_ledgers(today: date, now: datetime) -> list[Ledger]:
    """The demo's files: households, then visits up to `now` (local)."""
    grids = imagine(today)
    done = [(plot, [knock for knock in knocks if knock.at <= now]) for plot, _, knocks in grids]
    return [*household_ledgers([(plot, doors) for plot, doors, _ in grids], today), visit_ledger(done, today)]


__all__ = ["founding", "imagine", "long_before", "seed", "write_ledgers"]

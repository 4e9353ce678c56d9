"""Random schedules of the exchange lose nothing: real modules in Chromium, a real server, a link full of mischief.

`make schedules` plays 200, every test run the first 40. `SIFANG_SEED=17 pytest e2e/test_schedules.py` plays one again.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from e2e.phone import FLAGS
from e2e.schedules import Lane, Schedule, check
from e2e.station import Station
from server.clock import now_ms
from server.db import Database
from server.join.store import create_link
from tests.chromium import executable

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

COUNT = int(os.environ.get("SIFANG_SCHEDULES", "16"))
LANES = 4
SERVER_DIES_EVERY = 20


async def tokens(station: Station, count: int) -> list[str]:
    """One-time links for as many phones of one worker."""
    db = Database(f"sqlite+aiosqlite:///{station.data / 'sifang.db'}")
    async with db.writing() as connection:
        person = (await connection.exec_driver_sql("SELECT id FROM person WHERE name = '小吴'")).scalar_one()
        made = [await create_link(connection, person, "phone", now_ms()) for _ in range(count)]
    await db.close()
    return made


async def play(station: Station, lane: Lane, seeds: list[int], links: dict[int, str], played: list[int]) -> None:
    """Play schedules one after the other in one lane; now and then the server process is killed meanwhile."""
    database = station.data / "sifang.db"
    while seeds:
        seed = seeds.pop()
        schedule = Schedule(seed, lane, links[seed])
        running = asyncio.create_task(schedule.run())
        if seed % SERVER_DIES_EVERY == 0:
            await schedule.enrolled.wait()
            await asyncio.to_thread(station.kill)
            await asyncio.to_thread(station.start)
        state = await running
        played.append(seed)
        check(database, schedule, state)
        # Syncing again changes nothing.
        check(database, schedule, await schedule.again())


async def test_random_schedules_lose_nothing_acknowledged(tmp_path: Path) -> None:
    only = os.environ.get("SIFANG_SEED")
    seeds = [int(only)] if only else list(range(COUNT))
    station = Station(tmp_path / "station")
    try:
        await asyncio.to_thread(station.command, "e2e.prepare")
        links = dict(zip(seeds, await tokens(station, len(seeds)), strict=True))
        await asyncio.to_thread(station.start)
        played: list[int] = []
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=executable(), args=FLAGS)
            pages = [await browser.new_page() for _ in range(min(LANES, len(seeds)))]
            lanes = [await Lane.open(page, station.server_port) for page in pages]
            waiting = list(reversed(seeds))
            try:
                await asyncio.gather(*(play(station, lane, waiting, links, played) for lane in lanes))
            finally:
                for lane in lanes:
                    await asyncio.to_thread(lane.link.close)
                await browser.close()
        assert sorted(played) == seeds
        print(f"\n{len(played)} schedules: nothing lost")
    finally:
        station.close()

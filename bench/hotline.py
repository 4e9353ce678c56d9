"""A file of the 12345 hotline: ten thousand tickets read, routed and written by one transaction, one in twenty broken.

`BENCH_TICKETS` chooses how many.
"""

from __future__ import annotations

import asyncio
import os
import random
import resource
import tempfile
import time
from pathlib import Path

from bench.result import Result
from bench.town import SECRET, START_MS, build
from server.db import Database
from server.imports.choice import Choice
from server.imports.plan import Plan, make_plan
from server.imports.reading import read
from server.imports.store import communities, load_registry
from server.journal import Journal
from server.settings import Settings

TICKETS = int(os.environ.get("BENCH_TICKETS", "10000"))
BROKEN = 0.05
HEADINGS = "工单编号,受理时间,诉求类别,诉求内容,诉求地址,来电人,联系电话,紧急程度,是否保密"


def measure() -> list[Result]:
    """How long it takes to plan and to write, how much memory, and that a second time nothing is left to do."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder)))


async def _measure(folder: Path) -> list[Result]:
    town = await build(folder / "town")
    settings = Settings(f"sqlite+aiosqlite:///{town.data / 'sifang.db'}", town.data, SECRET)
    db = Database(settings.database_url)
    journal = Journal(db, settings)
    await journal.start()
    data, broken = _file(len(town.phones))
    begun = time.perf_counter()
    plan = await _plan(db, data, town.phones[0].person)
    planned = time.perf_counter()
    await journal.commit(plan.drafts)
    written = time.perf_counter()
    again = await _plan(db, data, town.phones[0].person)
    await journal.stop()
    await db.close()
    assert plan.report.problems == broken, (plan.report.problems, broken)
    assert again.drafts == [], len(again.drafts)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = [Result("hotline.plan_s", planned - begun, "s"), Result("hotline.write_s", written - planned, "s")]
    rate = Result("hotline.tickets_per_s", TICKETS / (written - begun), "tickets/s")
    return [*told, rate, Result("hotline.rss_mb_max", memory, "MB")]


def _file(buildings: int) -> tuple[bytes, int]:
    """The file, and how many of its rows are broken."""
    dice, broken, lines = random.Random(5), 0, [HEADINGS]
    for n in range(TICKETS):
        number, when, words = f"HL{n:08}", "2025-11-19 09:00", f"第{n}件：楼道灯不亮，说了三次没人来"
        if dice.random() < BROKEN:
            broken += 1
            number, when, words = dice.choice([("", when, words), (number, "13月", words), (number, when, "")])
        where = f"榆桥社区槐安小区{n % (buildings + 1) + 1}幢"
        lines.append(f"{number},{when},路灯,{words},{where},某女士,000-0000-0001,一般,否")
    return "\r\n".join(lines).encode("gb18030"), broken


async def _plan(db: Database, data: bytes, author: str) -> Plan:
    book = await asyncio.to_thread(read, data, "工单.csv")
    async with db.reading() as connection:
        registry = await load_registry(connection, (await communities(connection))[0][0])
    return await asyncio.to_thread(make_plan, book, registry, Choice(author, START_MS + 400 * 86_400_000, 480))

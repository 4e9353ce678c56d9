"""The dispatch desk over a hundred thousand open whistles and a million that are over: pages, and who hears of one.

`BENCH_OPEN` and `BENCH_CLOSED` choose how many. All of them are one community's: no other has to look through more.
Their trails are empty and their steps not in the journal, which a page of fifty reads besides.
"""

from __future__ import annotations

import asyncio
import os
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from uuid_utils import uuid7

from bench.http import Line
from bench.result import Result
from bench.served import served
from bench.town import SECRET, WORDS, build
from server import clock, schema, sessions
from server.clocks import CATEGORIES
from server.db import Database
from server.settings import Settings
from server.whistles.keeping import keep_up

OPEN = int(os.environ.get("BENCH_OPEN", "100000"))
CLOSED = int(os.environ.get("BENCH_CLOSED", "1000000"))
DESKS = 200
ASKED = 50
"""So often each page is asked for, one after the other."""
A_COMMIT = 50_000
SEED = 20261128
HOUR_MS = 3_600_000
WAITING = ("reported", "responded", "returned", "dispatched", "accepted", "in_progress", "resolved", "verifying")
NAMES = ("城东供水公司", "供热公司", "城管中队", "环卫所", "市政养护所", "消防救援站", "派出所", "槐安物业")
Row = dict[str, Any]


def measure(say: Callable[[str], None] = print) -> list[Result]:
    """Each sort of page, and the way of one new whistle to every desk."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder), say))


async def _measure(folder: Path, say: Callable[[str], None]) -> list[Result]:
    town = await build(folder, homes_a_grid=20)
    url = f"sqlite+aiosqlite:///{folder / 'sifang.db'}"
    grids = [phone.grid for phone in town.phones]
    begun = time.perf_counter()
    departments = _fill(folder / "sifang.db", grids)
    say(f"  {OPEN + CLOSED:,} whistles laid in {time.perf_counter() - begun:.0f} s")
    db = Database(url)
    tokens = await _desks(db, folder / "sifang.db", url, folder)
    begun = time.perf_counter()
    while await keep_up(db, Settings(url, folder, SECRET).utc_offset_min):
        pass
    kept = time.perf_counter() - begun
    await db.close()
    results = [Result("dispatch.kept_per_s", OPEN / kept, "whistles/s")]
    with served(folder) as (port, _):
        results += await _pages(port, tokens[0], grids[0], departments[0])
        results += await _heard(port, tokens, grids[0])
    return results


def _fill(path: Path, grids: list[str]) -> list[str]:
    """Departments and whistles, straight into the tables: this database is ours alone, and never folded anew."""
    # Invented matters, not secrets.
    random_ = random.Random(SEED)
    departments = [str(uuid7()) for _ in NAMES]
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA synchronous=OFF")
        (community,) = db.execute("SELECT id FROM community").fetchone()
        rows = [(id_, name, community, 1) for id_, name in zip(departments, NAMES, strict=True)]
        db.executemany("INSERT INTO department (id, name, community, rev) VALUES (?, ?, ?, ?)", rows)
        names = [column.name for column in schema.whistle.columns]
        holes = ", ".join(f":{name}" for name in names)
        db.execute("INSERT INTO whistle_due_head (id, rev, clocks) VALUES (1, ?, '')", (-OPEN - CLOSED - 1,))
        # Made once all rows are there, they cost a tenth.
        of_whistles = "type = 'index' AND tbl_name = 'whistle' AND sql IS NOT NULL"
        indices = db.execute(f"SELECT name, sql FROM sqlite_master WHERE {of_whistles}").fetchall()
        for name, _ in indices:
            db.execute(f"DROP INDEX {name}")
        whistles = _whistles(random_, grids, departments)
        while some := [row for _, row in zip(range(A_COMMIT), whistles, strict=False)]:
            db.executemany(f"INSERT INTO whistle ({', '.join(names)}) VALUES ({holes})", some)
            db.commit()
        for _, made in indices:
            db.execute(made)
    return departments


def _whistles(random_: random.Random, grids: list[str], departments: list[str]) -> Iterator[Row]:
    now_ms = clock.now_ms()
    nothing = dict.fromkeys(column.name for column in schema.whistle.columns)
    for n in range(OPEN + CLOSED):
        state = random_.choice(WAITING) if n < OPEN else "closed"
        sent = state not in ("reported", "responded")
        received_ms = now_ms - random_.randrange(1, 240 if n < OPEN else 20_000) * HOUR_MS
        id_ = f"{n:08x}-0000-7000-8000-{random_.getrandbits(48):012x}"
        who = {"author": grids[0], "by_name": "网格员", "first_owner": grids[0], "first_owner_name": "网格员"}
        what = {"kind": "problem", "category": random_.choice(CATEGORIES), "urgency": "normal", "level": 3}
        times: Row = {"received_ms": received_ms, "stepped_ms": received_ms, "occurred_at_ms": received_ms}
        times |= {"dispatched_ms": received_ms if sent else None, "closed_ms": None if n < OPEN else received_ms}
        times |= {"resolved_ms": received_ms if state in ("resolved", "verifying", "closed") else None}
        place = {"grid": random_.choice(grids), "id": id_, "title": random_.choice(WORDS)[:30], "channel": "worker"}
        told = {"text": random_.choice(WORDS), "blobs": "[]", "supporting": "[]", "story": "[]", "consent": False}
        of = {"department": random_.choice(departments) if sent else None, "department_name": "部门" if sent else None}
        state_of = {"state": state, "step": id_, "stepped_by": "网格员", "returns": 0}
        # Before every position of the journal: what is raised next comes behind all of them.
        at = n - OPEN - CLOSED
        yield nothing | who | what | times | place | told | of | state_of | {"position": at, "rev": at}


async def _desks(db: Database, path: Path, url: str, folder: Path) -> list[str]:
    """Dispatchers with their sessions."""
    people = [str(uuid7()) for _ in range(DESKS)]
    with sqlite3.connect(path) as there:
        (community,) = there.execute("SELECT id FROM community").fetchone()
        columns = "id, name, role, community, grids, rev, before, buildings, lent, covered"
        there.executemany(
            f"INSERT INTO person ({columns}) VALUES (?, '小梅', 'dispatcher', ?, '[]', 1, '[]', '[]', '{{}}', '{{}}')",
            [(person, community) for person in people],
        )
    name = sessions.cookie_name(Settings(url, folder, SECRET))
    async with db.writing() as writing:
        tokens = [await sessions.begin(writing, person, clock.now_ms(), "bench") for person in people]
    return [f"{name}={token}" for token in tokens]


async def _pages(port: int, cookie: str, grid: str, department: str) -> list[Result]:
    line = await Line.open(port)
    first = (await line.get("/desk/whistles?show=open", cookie)).decode()
    ready = first.split('hx-get="', 1)[1].split('"', 1)[0].replace("&amp;", "&")
    deep = f"after={clock.now_ms() + 24 * HOUR_MS}.00000000-0000-7000-8000-000000000000"
    asked = {
        "list": "/desk/whistles",
        "list.open": "/desk/whistles?show=open",
        "list.deep": f"/desk/whistles?show=open&{deep}",
        "filter.department": f"/desk/whistles?show=open&department={department}",
        "filter.category": "/desk/whistles?category=W07",
        "filter.state": "/desk/whistles?show=open&state=in_progress",
        "filter.grid": f"/desk/whistles?grid={grid}",
        "filter.overdue": "/desk/whistles?show=open&overdue=1",
        "list.over": "/desk/whistles?show=over",
        "filter.over": f"/desk/whistles?show=over&category=W07&grid={grid}",
        "open": ready,
    }
    results = []
    for name, address in asked.items():
        took = []
        for _ in range(ASKED):
            begun = time.perf_counter()
            await line.get(address, cookie)
            took.append((time.perf_counter() - begun) * 1000)
        results.append(Result(f"dispatch.{name}.p95", _p95(took), "ms"))
    line.close()
    return results


async def _heard(port: int, cookies: list[str], grid: str) -> list[Result]:
    """From the press that raises a whistle to the queue that holds it, at each of the desks."""
    word = f"新来的一件 {SEED}"
    ready: asyncio.Queue[None] = asyncio.Queue()
    # Desks are opened one after the other, as people come; all of them hear of the new one at once.
    door = asyncio.Semaphore(4)
    desks = [asyncio.create_task(_desk(port, cookie, word, ready, door)) for cookie in cookies]
    for _ in desks:
        await ready.get()
    line = await Line.open(port)
    form = urlencode({"grid": grid, "text": word, "urgency": "danger"}).encode()
    begun = time.perf_counter()
    await line.send_form("/desk/whistles", cookies[0], form)
    raised = time.perf_counter()
    took = [(at - begun) * 1000 for at in await asyncio.gather(*desks)]
    line.close()
    return [
        Result("dispatch.raised", (raised - begun) * 1000, "ms"),
        Result("dispatch.heard.p50", sorted(took)[len(took) // 2], "ms"),
        Result("dispatch.heard.p95", _p95(took), "ms"),
    ]


async def _desk(port: int, cookie: str, word: str, ready: asyncio.Queue[None], door: asyncio.Semaphore) -> float:
    """A desk that stands open, as web/desk/live.js and whistles.js keep it: a line that says that something came, and
    the queue asked for anew."""
    live, line = await Line.open(port), await Line.open(port)
    said = live.events("/desk/live", cookie)
    async with door:
        page = (await line.get("/desk/whistles", cookie)).decode()
    since = page.split('data-since="', 1)[1].split('"', 1)[0]
    await anext(said)
    await ready.put(None)
    async for _event in said:
        lines = (await line.get(f"/desk/whistles/lines?since={since}", cookie)).decode()
        if word in lines:
            break
    at = time.perf_counter()
    live.close()
    line.close()
    return at


def _p95(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.95)]

"""The fold by itself, and a whole journal folded from zero beside its tables.

`BENCH_EDITS` chooses how long the journal is; a million by default.
"""

from __future__ import annotations

import asyncio
import os
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from bench.result import Result
from bench.town import SECRET, START_MS, Phone, Town, build, visit
from server.db import Database
from server.journal import Journal, refold_report
from server.journal.chains import Push
from server.settings import Settings
from sync.edit import Edit
from sync.entities import Building, Device, Household, Person
from sync.fold import fold, read_body
from sync.rules.door import closed_door
from sync.state import Change, Key, State
from sync.times import Times

EDITS = int(os.environ.get("BENCH_EDITS", "1000000"))
ALONE = 20_000
A_BATCH = 500


def measure(say: Callable[[str], None] = print) -> list[Result]:
    """The fold alone, and a refold."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder), say))


async def _measure(folder: Path, say: Callable[[str], None]) -> list[Result]:
    town = await build(folder / "town")
    results = [Result("fold.edits_per_s", _alone(town), "edits/s")]
    settings = Settings(f"sqlite+aiosqlite:///{town.data / 'sifang.db'}", town.data, SECRET)
    db = Database(settings.database_url)
    await _fill(db, settings, town, say)
    begun = time.perf_counter()
    report = await refold_report(db, settings)
    took = time.perf_counter() - begun
    await db.close()
    assert report == [], report
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    refolded = Result("refold.edits_per_s", EDITS / took, "edits/s")
    return [*results, Result("refold.s", took, "s"), refolded, Result("refold.rss_mb_max", memory, "MB")]


def _alone(town: Town) -> float:
    """Edits/s of the pure fold, a transaction's worth at a time, everything it needs known already."""
    phone = town.phones[0]
    edits = [visit(town, phone, random.Random(n)) for n in range(ALONE)]
    phone.made.clear()
    reads = [read_body(edit) for edit in edits]
    device = Device(phone.device, phone.person, b"", "", "phone", START_MS)
    author = Person(phone.person, "网格员", "grid_worker", None, [phone.grid], 0)
    begun = time.perf_counter()
    for start in range(0, ALONE, A_BATCH):
        state = _known(phone)
        for at, read in enumerate(reads[start : start + A_BATCH]):
            times = Times(START_MS, START_MS, START_MS)
            fold(read, state, device, author, times, start + at)
    return ALONE / (time.perf_counter() - begun)


def _nothing(kind: str, grid: str | None, ids: Iterable[str]) -> Iterable[tuple[str, Any]]:
    return ()


def _known(phone: Phone) -> State:
    state, grid = State(_nothing, 480), phone.grid
    state.apply([Change(Key("building", grid, "b"), Building(grid, "b", "院", "1幢", 1, None, "block", 0))])
    for home in phone.homes:
        household = Household(grid, home, "b", None, 1, "1", "home", {}, None, None, 0)
        door = Change(Key("door", grid, home), closed_door(grid, home, 0))
        state.apply([Change(Key("household", grid, home), household), door])
    return state


async def _fill(db: Database, settings: Settings, town: Town, say: Callable[[str], None]) -> None:
    """Fill the journal with visits of every phone, some of them corrected."""
    journal = Journal(db, settings)
    await journal.start()
    begun, made = time.perf_counter(), 0
    while made < EDITS:
        for phone in town.phones:
            count = min(A_BATCH, EDITS - made)
            if not count:
                break
            phone.made = phone.made[-1:]
            edits = day(town, phone, count, random.Random(made))
            head = phone.head(edits[-1])
            reads = [read_body(edit) for edit in edits]
            await journal.push(Push(phone.device, reads, head["statement"], b"", phone.issued_ms, 0))
            made += count
    await journal.stop()
    say(f"  {made} edits journaled in {time.perf_counter() - begun:.0f} s")


def day(town: Town, phone: Phone, count: int, random_: random.Random) -> list[Edit]:
    """Visits one after the other; one in twenty is told anew."""
    edits: list[Edit] = []
    for at in range(count):
        last = edits[-1] if at % 20 == 19 else None
        edits.append(visit(town, phone, random_, last))
    return edits

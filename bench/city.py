"""A city goes home: every phone of it sends its day at once. On SQLite by one process, on PostgreSQL by several.

Each phone opens a connection, sends fifty visits in one exchange and reads the answer; a thousand are under way at any
moment. `BENCH_PHONES` chooses how many there are.
"""

from __future__ import annotations

import asyncio
import os
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bench.http import Line
from bench.result import Result
from bench.served import rss_mb_max, served
from bench.town import Prepared, Town, build, visit
from tests.journal.postgres import binaries, running

PHONES = int(os.environ.get("BENCH_PHONES", "10000"))
PHONES_ON_POSTGRES = PHONES // 5
EDITS = 50
HOMES = 4
UNDER_WAY = 1000
PROCESSES = (1, 2, 4)


def _requests(town: Town) -> list[bytes]:
    """Every phone's day, ready to send."""
    ready = []
    for seed, phone in enumerate(town.phones):
        random_ = random.Random(seed)
        edits = [visit(town, phone, random_) for _ in range(EDITS)]
        scope = {"scope": f"grid:{phone.grid}", "generation": 1, "cursor": town.size - 1}
        ready.append(Prepared(phone.head(edits[-1]), edits).body([scope]))
        phone.made.clear()
    return ready


async def _burst(ports: list[int], requests: list[bytes]) -> tuple[float, list[float]]:
    """Send everything; returns the whole time and each exchange's, in seconds."""
    waiting: Iterator[tuple[int, bytes]] = iter(list(enumerate(requests)))
    waits: list[float] = []

    async def one_after_the_other() -> None:
        for number, body in waiting:
            begun = time.perf_counter()
            line = await Line.open(ports[number % len(ports)])
            await line.post("/sync/exchange", body)
            line.close()
            waits.append(time.perf_counter() - begun)

    begun = time.perf_counter()
    await asyncio.gather(*(one_after_the_other() for _ in range(min(UNDER_WAY, len(requests)))))
    return time.perf_counter() - begun, sorted(waits)


def measure(say: Callable[[str], None] = print) -> list[Result]:
    """Every measurement of a city going home."""
    with tempfile.TemporaryDirectory() as folder:
        results = asyncio.run(_on_sqlite(Path(folder), say))
        if binaries() is None:
            say("  PostgreSQL was not found: not measured")
            return results
        with running(durable=True) as address:
            for processes in PROCESSES:
                results += asyncio.run(_on_postgres(Path(folder) / str(processes), address, processes, say))
        return results


async def _on_sqlite(folder: Path, say: Callable[[str], None]) -> list[Result]:
    town = await build(folder / "city", PHONES, HOMES)
    requests = _requests(town)
    say(f"  {len(requests)} phones with {EDITS} visits each, {sum(map(len, requests)) / 1e6:.0f} MB")
    with served(town.data) as (port, process):
        took, waits = await _burst([port], requests)
        memory = rss_mb_max(process)
    with sqlite3.connect(town.data / "sifang.db") as connection:
        (kept,) = connection.execute("SELECT count(*) FROM visit").fetchone()
    connection.close()
    assert kept == len(requests) * EDITS, kept
    return _told("city", len(requests), took, waits, memory)


async def _on_postgres(folder: Path, address: str, processes: int, say: Callable[[str], None]) -> list[Result]:
    url = await _new_database(address, f"city{processes}")
    town = await build(folder, PHONES_ON_POSTGRES, HOMES, url)
    requests = _requests(town)
    say(f"  PostgreSQL, {processes} processes, {len(requests)} phones")
    with ExitStack() as stack:
        servers = [stack.enter_context(served(town.data, url)) for _ in range(processes)]
        took, waits = await _burst([port for port, _ in servers], requests)
        memory = max(rss_mb_max(process) for _, process in servers)
    return _told(f"city.postgresql_{processes}", len(requests), took, waits, memory)


async def _new_database(address: str, name: str) -> str:
    engine = create_async_engine(f"{address}/postgres", isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    await engine.dispose()
    return f"{address}/{name}"


def _told(name: str, phones: int, took: float, waits: list[float], memory: float) -> list[Result]:
    return [
        Result(f"{name}.drained_s", took, "s"),
        Result(f"{name}.edits_per_s", phones * EDITS / took, "edits/s"),
        Result(f"{name}.exchange_p95_ms", waits[int(len(waits) * 0.95)] * 1000, "ms"),
        Result(f"{name}.rss_mb_max", memory, "MB"),
    ]

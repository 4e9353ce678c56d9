"""Disks that fill up under a working server: a clear word, nothing lost, and on it goes once there is room."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from uuid_utils import uuid7

from torture.bar import Bar
from torture.ground import Ground
from torture.small_disk import SmallDisk
from torture.truth import check_all, check_told
from torture.worker import Lost, Worker

PHONES = 4
WORDS_MAX = 2000
LEFT_BYTES_MAX = 256 * 1024
FULL_S_MAX = 0.2
"""How long it stays full at most after the first refusal."""
PATIENCE_S = 60.0
EXPECTED = {"disk_full", "nonce"}


@contextmanager
def sqlite_disk(folder: Path) -> Iterator[tuple[Ground, SmallDisk]]:
    """An installation whose whole data folder lies on a small disk."""
    disk = SmallDisk(folder / "sqlite")
    ground = Ground(disk.path)
    try:
        yield ground, disk
    finally:
        ground.close()
        disk.close()


@contextmanager
def postgresql_disk(folder: Path, server: str) -> Iterator[tuple[Ground, SmallDisk]]:
    """An installation whose database lies in a tablespace on a small disk; `server` is an address of PostgreSQL."""
    disk = SmallDisk(folder / "postgresql")
    place = disk.path / "tables"
    place.mkdir()
    shutil.chown(place, "postgres")
    name = f"full_{uuid7().hex}"
    asyncio.run(_create(server, name, place))
    ground = Ground(folder / "station", f"{server}/{name}")
    try:
        yield ground, disk
    finally:
        ground.close()
        asyncio.run(_drop(server, name))
        disk.close()


async def _create(server: str, name: str, place: Path) -> None:
    await _tell(server, f"CREATE TABLESPACE {name} LOCATION '{place}'", f"CREATE DATABASE {name} TABLESPACE {name}")


async def _drop(server: str, name: str) -> None:
    await _tell(server, f"DROP DATABASE {name} WITH (FORCE)", f"DROP TABLESPACE {name}")


async def _tell(server: str, *statements: str) -> None:
    engine = create_async_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    await engine.dispose()


async def fill_disks(ground: Ground, disk: SmallDisk, times: int, seed: int, title: str) -> dict[str, float]:
    """Fill the disk so many times. Raises Lost; returns what was done."""
    dice = Random(seed)
    invited = await ground.prepare(PHONES)
    await asyncio.to_thread(ground.start)
    process = ground.process
    workers = await ground.enrol(invited, dice, WORDS_MAX)
    stop = asyncio.Event()
    working = asyncio.gather(*(worker.work(stop) for worker in workers))
    bar = Bar(f"full disks, {title}", times)
    try:
        for _ in range(times):
            await _fill_once(ground, disk, workers, dice)
            bar.step(f"{sum(len(worker.told) for worker in workers)} acknowledged")
            if working.done():
                break
    finally:
        disk.free()
        stop.set()
        await working
    for worker in workers:
        await worker.settle()
    size = await check_all(ground, workers)
    if ground.process is not process or (process and process.poll() is not None):
        raise Lost("the server did not live through it")
    for worker in workers:
        await worker.phone.http.aclose()
    troubles = sum((worker.troubles for worker in workers), Counter[str]())
    if strange := set(troubles) - EXPECTED:
        raise Lost(f"not every refusal was clear: {troubles}, {strange}")
    return {
        "times full": times,
        "refused with disk_full": troubles["disk_full"],
        "edits acknowledged": sum(len(worker.told) for worker in workers),
        "journal": size,
        "times a minute": round(bar.a_minute, 1),
    }


async def _fill_once(ground: Ground, disk: SmallDisk, workers: list[Worker], dice: Random) -> None:
    told = [len(worker.told) for worker in workers]
    refused = sum(worker.troubles["disk_full"] for worker in workers)
    disk.fill(dice.randrange(LEFT_BYTES_MAX))
    await _until(lambda: sum(worker.troubles["disk_full"] for worker in workers) > refused, "nobody was told of it")
    await asyncio.sleep(dice.uniform(0, FULL_S_MAX))
    disk.free()
    freed = [len(worker.told) for worker in workers]
    await _until(lambda: all(len(w.told) > n for w, n in zip(workers, freed, strict=True)), "it did not go on")
    for worker, n in zip(workers, told, strict=True):
        await check_told(ground, list(worker.told.values())[n:])


async def _until(come: Callable[[], bool], else_: str) -> None:
    end = time.monotonic() + PATIENCE_S
    while not come():
        if time.monotonic() > end:
            raise Lost(else_)
        await asyncio.sleep(0.005)

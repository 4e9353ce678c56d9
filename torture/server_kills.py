"""SIGKILL for a server process while phones work: in mid request, in mid commit, while it starts."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

from server.clock import now_ms
from torture.bar import Bar
from torture.ground import Ground
from torture.truth import check_all, check_told
from torture.worker import Told, Worker

PHONES = 6
WORDS_MAX = 2000
LIVES_S = 0.6
"""How long the server serves at most before it is killed."""
STARTS_S = 0.6
WHILE_STARTING = 0.15
"""How many of the kills come before the server is known to answer."""
FROM_NOTHING = 0.1
"""How many starts import everything anew, by the command line; the others are forked."""


async def kill_servers(folder: Path, kills: int, seed: int) -> dict[str, float]:
    """Kill a server so many times. Raises Lost; returns what was done."""
    dice = Random(seed)
    ground = Ground(folder / "station")
    bar = Bar("server kills", kills)
    try:
        invited = await ground.prepare(PHONES)
        await asyncio.to_thread(ground.start)
        workers = await ground.enrol(invited, dice, WORDS_MAX)
        stop = asyncio.Event()
        working: asyncio.Future[Any] = asyncio.gather(*(worker.work(stop) for worker in workers))
        torment: asyncio.Future[dict[str, float]] = asyncio.ensure_future(_torment(ground, workers, dice, bar))
        try:
            # A phone that was answered wrongly ends the run at once.
            await asyncio.wait((working, torment), return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                await working
            done = await torment
        finally:
            torment.cancel()
            stop.set()
            await working
        for worker in workers:
            await worker.settle()
        size = await check_all(ground, workers)
        for worker in workers:
            await worker.phone.http.aclose()
    finally:
        ground.close()
    troubles = sum((worker.troubles for worker in workers), Counter[str]())
    return {
        "kills": kills,
        **done,
        "requests that died": sum(troubles.values()) - troubles["nonce"],
        "edits acknowledged": sum(len(worker.told) for worker in workers),
        "journal": size,
        "kills a minute": round(bar.a_minute, 1),
    }


async def _torment(ground: Ground, workers: list[Worker], dice: Random, bar: Bar) -> dict[str, float]:
    early = committed = 0
    counted = [len(worker.told) for worker in workers]
    killed_ms = 0
    starting = False
    while bar.done < bar.total:
        if ground.process is None:
            await asyncio.to_thread(ground.spawn_anew if dice.random() < FROM_NOTHING else ground.spawn)
            starting = True
        if starting and dice.random() < WHILE_STARTING:
            await asyncio.sleep(dice.uniform(0, STARTS_S))
            ground.kill()
            early += 1
            bar.step()
            continue
        await asyncio.to_thread(ground.wait)
        starting = False
        await asyncio.sleep(dice.uniform(0, LIVES_S))
        fresh = [told for worker, n in zip(workers, counted, strict=True) for told in _after(worker, n)]
        await check_told(ground, fresh)
        committed += sum(1 for told in fresh if told.received_ms <= killed_ms)
        # From here to the kill no phone is heard.
        counted = [len(worker.told) for worker in workers]
        killed_ms = now_ms()
        ground.kill()
        bar.step(f"{sum(counted)} acknowledged")
    await asyncio.to_thread(ground.start)
    return {"while starting": early, "committed, killed before the answer": committed}


def _after(worker: Worker, count: int) -> list[Told]:
    return list(worker.told.values())[count:]

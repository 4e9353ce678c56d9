"""Schedules played: one at a time, and many in a row."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from simulator import truths
from simulator.acts import play
from simulator.disk import memory_folder
from simulator.entropy import determined
from simulator.plan import Plan
from simulator.world import Street, Violation, World


@contextmanager
def street() -> Iterator[Street]:
    """A street of our own, in memory, for as long as the block lasts."""
    folder = Path(tempfile.mkdtemp(prefix="sifang-street-", dir=memory_folder()))
    found = Street(folder)
    try:
        yield found
    finally:
        found.close()
        shutil.rmtree(folder, ignore_errors=True)


def run(street: Street, plan: Plan) -> Counter[str]:
    """Play a schedule and check what must be true; answers how often each thing happened. Raises Violation."""
    world = World(street, plan)
    try:
        with determined(world):
            street.loop.run_until_complete(_run(world))
    except Violation:
        raise
    except Exception as error:
        raise Violation(f"{type(error).__name__}: {error}") from error
    return world.counts


async def _run(world: World) -> None:
    try:
        await world.start()
        for step in world.plan.steps:
            await play(world, step)
        await truths.settle(world)
        await truths.check(world)
        world.counts["schedules"] += 1
        world.counts["phones"] += len(world.phones)
    finally:
        await world.stop()


def violation(street: Street, plan: Plan) -> str | None:
    """What a schedule breaks, in words; None when it breaks nothing."""
    try:
        run(street, plan)
    except Violation as broken:
        return str(broken)
    return None

"""One schedule played from beginning to end."""

from __future__ import annotations

from collections import Counter

from simulator import truths
from simulator.acts import play
from simulator.entropy import determined
from simulator.plan import Plan
from simulator.street import Street
from simulator.world import Violation, World


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

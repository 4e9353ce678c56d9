"""One schedule played from beginning to end."""

from __future__ import annotations

from collections import Counter

from simulator import truths
from simulator.acts import play
from simulator.entropy import determined
from simulator.plan import Plan
from simulator.street import Street
from simulator.tape import Tape
from simulator.world import Violation, World


def run(street: Street, plan: Plan) -> Counter[str]:
    """Play a schedule and check what must be true; answers how often each thing happened. Raises Violation."""
    return _play(World(street, plan)).counts


def tapes(street: Street, plan: Plan) -> list[Tape]:
    """Play a schedule and write down what each phone did and heard."""
    world = _play(World(street, plan, taped=True))
    for phone in world.phones:
        phone.end_tape()
    return world.tapes


def _play(world: World) -> World:
    try:
        with determined(world):
            world.street.loop.run_until_complete(_run(world))
    except Violation:
        raise
    except Exception as error:
        raise Violation(f"{type(error).__name__}: {error}") from error
    return world


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

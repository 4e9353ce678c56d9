"""What each step does to the world; every chance in it comes from the step's own dice."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from random import Random

from simulator.client import Client
from simulator.desk import desk, redistrict, revoke
from simulator.download import Trouble
from simulator.ground import DAY_MS
from simulator.link import WEATHER
from simulator.phone import Died, Phone
from simulator.plan import PHONES_MAX, Step
from simulator.tasks import task
from simulator.walks import Walker
from simulator.work import Worker
from simulator.world import World

SECOND_MS, HOUR_MS = 1000, 3_600_000
YEAR_MS = 365 * DAY_MS
SERVER_FAULTS = ("before_commit", "after_commit", "in_transaction", "disk_full", "disk_full_at_commit")

AGAINST_ADVICE = 0.1
"""How often somebody restores a backup although phones were told that a newer one is safe."""


async def play(world: World, step: Step) -> None:
    """One step, and what heals by itself afterwards."""
    dice = Random(step.dice)
    world.now_ms += dice.choice((1, 20 * SECOND_MS, 600 * SECOND_MS, 5 * HOUR_MS))
    phone = world.phones[step.phone % len(world.phones)]
    world.tell(f"— {step.do.replace('_', ' ')}, phone {phone.number}")
    await world.take_up(phone)
    await ACTS[step.do](world, phone, dice)
    if world.link.late and dice.random() < 0.5:
        await world.link.deliver(dice)
    dead = [process for process in world.processes if not process.power.alive]
    if dead and (dice.random() < 0.7 or len(dead) == len(world.processes)):
        await world.revive()


async def say(world: World, phone: Phone, dice: Random) -> None:
    """Somebody writes, once or a few times in a row."""
    await _write(world, phone, dice, Worker)


async def walk(world: World, phone: Phone, dice: Random) -> None:
    """The same, of what is neither a visit nor a fact."""
    await _write(world, phone, dice, Walker)
    world.count("walked")


async def _write(world: World, phone: Phone, dice: Random, who: type[Worker] | type[Walker]) -> None:
    await world.take_up(phone)
    for _ in range(dice.choice((1, 2, 2, 3, 4))):
        saying = who(phone.store, world.ground, world.people, phone.now_ms(), dice).say()
        edit = phone.record(saying, dice)
        if edit is not None:
            world.count("edits")
            world.tell(f"phone {phone.number} said {edit.kind}")
            world.saved[edit.id] = edit
            world.ever[phone.number].add(edit.id)


async def sync(world: World, phone: Phone, dice: Random) -> None:
    """A phone exchanges, in whatever weather."""
    weather = {}
    if dice.random() < 0.6:
        weather = {dice.choice((0, 0, 0, 1, 2)): dice.choice(WEATHER)}
    await world.synchronise(phone, weather, dice.randrange(6), dice, None)


async def together(world: World, phone: Phone, dice: Random) -> None:
    """Several phones exchange at once: their edits share transactions, their requests overtake each other."""
    others = dice.sample(world.phones, min(len(world.phones), dice.randint(2, 4)))
    loop = world.street.loop
    loop.dice, loop.busy = Random(dice.random()), True
    try:
        turns = [_later(world, each, Random(dice.random()), dice.randrange(6)) for each in others]
        await asyncio.gather(*turns)
    finally:
        loop.busy = False
    world.count("together")


async def _later(world: World, phone: Phone, dice: Random, process: int) -> None:
    for _ in range(dice.randrange(12)):
        await asyncio.sleep(0)
    if phone.enrolled:
        await phone.synchronise({}, process, dice, None)


async def two_tabs(world: World, phone: Phone, dice: Random) -> None:
    """Two tabs of one phone exchange at once where the browser has no locks."""
    phone.end_tape()
    loop = world.street.loop
    loop.dice, loop.busy = Random(dice.random()), True
    phone.process = dice.randrange(6)
    try:
        tabs = [Client(phone.store, phone).synchronise() for _ in range(2)]
        answers = await asyncio.gather(*tabs, return_exceptions=True)
    finally:
        loop.busy = False
    for answer in answers:
        if isinstance(answer, BaseException) and not isinstance(answer, Trouble | Died):
            raise answer
    world.count("two_tabs")


async def phone_dies(world: World, phone: Phone, dice: Random) -> None:
    """The phone goes dark or is full in the middle: of saving, of asking, before an answer is kept, of a download."""
    if dice.random() < 0.2:
        phone.dies_in = 0
        phone.record(Worker(phone.store, world.ground, world.people, phone.now_ms(), dice).say(), dice)
        phone.dies_in = None
        world.count("phone_crash")
        return
    process, dies = dice.randrange(6), dice.randrange(7)
    phone.cause = "phone_full" if dies % 2 else "phone_crash"
    await world.synchronise(phone, {}, process, dice, dies)


async def server_fault(world: World, phone: Phone, dice: Random) -> None:
    """The next transaction of a process meets a fault while phones push into it."""
    number = dice.randrange(len(world.processes))
    power = world.processes[number].power
    power.fault = dice.choice(SERVER_FAULTS)
    statements = power.fault in ("in_transaction", "disk_full")
    power.after = dice.randrange(25) if statements else dice.choice((0, 0, 0, 1))
    for each in dice.sample(world.phones, min(2, len(world.phones))):
        await say(world, each, dice)
    if dice.random() < 0.5:
        await together(world, phone, dice)
    else:
        await world.synchronise(phone, {}, number, dice, None)
    world.calm()


async def clock(world: World, phone: Phone, dice: Random) -> None:
    """Somebody sets the phone's clock wrong, by a day or by a year, or right again."""
    name, skew = dice.choice((("clock_day", DAY_MS), ("clock_year", YEAR_MS), ("", 0)))
    phone.skew_ms = skew * dice.choice((1, -1))
    if name:
        world.count(name)


async def offline(world: World, phone: Phone, dice: Random) -> None:
    """Three days without a signal, while others go on."""
    world.link.cut.add(phone.number)
    for _ in range(3):
        await say(world, phone, dice)
        world.now_ms += DAY_MS
        other = dice.choice(world.phones)
        await say(world, other, dice)
        await world.synchronise(other, {}, dice.randrange(6), dice, None)
    world.count("offline_72h")


async def partition(world: World, phone: Phone, dice: Random) -> None:
    """Some phones reach nobody."""
    for other in dice.sample(world.phones, dice.randint(1, len(world.phones))):
        world.link.cut.add(other.number)


async def heal(world: World, phone: Phone, dice: Random) -> None:
    """The signal is back."""
    world.link.cut.clear()


async def back_up_phone(world: World, phone: Phone, dice: Random) -> None:
    """The phone's maker copies all of it."""
    world.copies.setdefault(phone.number, []).append((phone.store.copy(), set(world.ever[phone.number])))


async def restore_phone(world: World, phone: Phone, dice: Random) -> None:
    """An old copy is played back."""
    copies = world.copies.get(phone.number)
    if not copies:
        return
    store, ever = dice.choice(copies)
    world.lose(phone, ever)
    phone.exchange_store(store.copy())
    world.count("phone_restored")


async def clone(world: World, phone: Phone, dice: Random) -> None:
    """One phone becomes two with one key."""
    if len(world.phones) >= PHONES_MAX:
        return
    number = len(world.phones)
    world.phones.append(Phone(number, world, phone.store.copy(), phone.skew_ms, phone.old))
    world.ever[number] = set(world.ever[phone.number])
    world.count("cloned")
    await say(world, phone, dice)
    await say(world, world.phones[number], dice)


async def evict(world: World, phone: Phone, dice: Random) -> None:
    """The browser throws the store away, key and all; its person enrols again."""
    world.lose(phone, set())
    phone.exchange_store(world.fresh(phone.store.person))
    await world.enrol([phone.store])
    world.count("evicted")


async def back_up_server(world: World, phone: Phone, dice: Random) -> None:
    """The journal is shipped, now and then only to another folder of the same house."""
    await world.quiet()
    world.back_up(dice.random() < 0.6)


async def restore_server(world: World, phone: Phone, dice: Random) -> None:
    """The server's disk is lost, and one of the last copies takes its place."""
    backups = world.promised()
    if not backups:
        return
    chosen = dice.choice(backups[-2:])
    older = [each for each in world.backups if each not in backups]
    against_advice = bool(older) and dice.random() < AGAINST_ADVICE
    if against_advice:
        chosen = older[-1]
        world.count("restored_too_old")
    await world.restore(chosen, against_advice=against_advice)
    world.count("server_restored")


ACTS: dict[str, Callable[[World, Phone, Random], Awaitable[None]]] = {
    "say": say,
    "walk": walk,
    "sync": sync,
    "together": together,
    "desk": desk,
    "task": task,
    "server_fault": server_fault,
    "phone_dies": phone_dies,
    "two_tabs": two_tabs,
    "clock": clock,
    "offline": offline,
    "partition": partition,
    "heal": heal,
    "back_up_phone": back_up_phone,
    "restore_phone": restore_phone,
    "clone": clone,
    "evict": evict,
    "back_up_server": back_up_server,
    "restore_server": restore_server,
    "redistrict": redistrict,
    "revoke": revoke,
}

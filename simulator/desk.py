"""What people do at the station: they decide, hand grids on, and put phones out of use."""

from __future__ import annotations

from random import Random
from typing import Any

import msgspec

from server.journal import Draft
from server.journal.checkpoints import newest
from server.journal.copying import head_of
from simulator.entropy import new_id
from simulator.phone import Phone
from simulator.station import Process
from simulator.world import Violation, World

LOOK = "SELECT device, at_ms FROM ledger_doubt WHERE settled_ms IS NULL AND code <> 'restored' ORDER BY device, at_ms"
SIGHTS = ("id", "kind", "grid", "entity", "header", "body", "position", "author", "reason")


async def revoke(world: World, phone: Phone, dice: Random) -> None:
    """The station master puts a phone out of use, with every copy of it, or takes it back."""
    process, out = await world.surely(), world.out_of_use()
    waiting = [each for each in world.phones if each.store.chain.device in out]
    if waiting and dice.random() < 0.6:
        phone = dice.choice(waiting)
    device = phone.store.chain.device
    back = device in out
    receipts = await process.do(process.journal.revoke(device, world.people[0].id, back=back))
    world.saved |= dict.fromkeys(receipt.id for receipt in receipts)
    if receipts:
        world.count("reinstated" if back else "revoked")
    with world.reading() as sql:
        same = "SELECT id FROM device WHERE public_key = (SELECT public_key FROM device WHERE id = $1)"
        copies = {row[0] for row in sql.rows(same, device)}
    if (copies & world.out_of_use()) != (set() if back else copies):
        raise Violation(f"phone {phone.number} and its copies are not alike in use")


async def redistrict(world: World, phone: Phone, dice: Random) -> None:
    """Somebody takes grids over or hands them on, a building goes to another grid, or a grid is sent again whole."""
    process = await world.surely()
    grids = world.ground.grids
    match dice.choice(("assigned", "assigned", "moved", "moved", "again")):
        case "assigned":
            kind, entity, grid = "person.assigned", dice.choice(world.people[1:]).id, None
            body: dict[str, Any] = {"grids": sorted(dice.sample(grids, dice.randint(1, 3)))}
        case "moved":
            with world.reading() as sql:
                buildings = sql.rows("SELECT id, grid FROM building ORDER BY id")
            kind, (entity, grid) = "building.moved", dice.choice(buildings)
            body = {"to": dice.choice(grids)}
        case _:
            await process.do(process.journal.bump_generation(f"grid:{dice.choice(grids)}"))
            world.count("generation")
            return
    said = draft(world, dice, kind, entity, grid, world.people[0].id, body)
    await world.commit([said], process)
    world.know_people()
    world.count("redistricted")


async def desk(world: World, phone: Phone, dice: Random) -> None:
    """Leaders decide at their desks, and somebody writes on the server's own page."""
    alive = [process for process in world.processes if process.alive]
    if not alive:
        return
    said = [_decisions(world, dice) for _ in range(dice.randint(1, 3))]
    world.count("desk")
    await world.commit([first for first, *_ in said], dice.choice(alive))
    late = [each for _, *others in said for each in others]
    if late:
        world.count("decided_at_once")
        await world.commit(late, dice.choice(alive))
    await look(world, alive[0])


async def say_more(world: World) -> None:
    """A checkpoint that could not be signed or stored comes with the next edit of its process: somebody writes one."""
    with world.reading() as sql:
        log, size = head_of(sql)
        said = newest(sql, log)
    if said is None or said.size < size:
        grid, household = world.ground.homes[0]
        body = {"household": household, "occurred_at_ms": world.now_ms, "mode": "reception", "result": "met"}
        visit = draft(world, world.dice, "visit.recorded", None, grid, world.people[0].id, body)
        await world.commit([visit], world.processes[0])
        process = world.processes[0]
        await process.do(process.journal.checkpoints.covering(size + 1))


async def look(world: World, process: Process) -> None:
    """The station master looks at every phone that doubts the log, and says what it was."""
    with world.reading() as sql:
        waiting = sql.rows(LOOK)
    for device, at_ms in waiting:
        settled = process.journal.settle_doubt(device, at_ms, world.people[0].id, "从备份恢复过")
        receipt = await process.do(settled)
        if receipt is None or receipt.outcome != "accepted":
            raise Violation(f"the station could not settle a doubt: {receipt}")
        world.saved[receipt.id] = None
        world.count("looked")


def _decisions(world: World, dice: Random) -> list[Draft]:
    """What somebody decides or writes; where two leaders decide at once, having seen the same, what the other says."""
    with world.reading() as sql:
        rows = sql.rows(f"SELECT {', '.join(SIGHTS)} FROM journal WHERE position >= {world.ground.size}")
        cases = {row[0]: row[1:] for row in sql.rows("SELECT position, decision, step FROM aside_decision")}
    seen = [dict(zip(SIGHTS, row, strict=True)) for row in rows]
    leader = dice.choice(world.ground.people[:3]).id
    set_aside = [each for each in seen if each["reason"] is not None]
    if set_aside and dice.random() < 0.7:
        chosen = dice.choice([each for each in set_aside if each["position"] not in cases] or set_aside)
        if cases and dice.random() < 0.3:
            chosen = dice.choice([each for each in set_aside if each["position"] in cases] or set_aside)
        decision, step = cases.get(chosen["position"], (None, None))
        if dice.random() < 0.2:
            step = None  # a page that was opened before anything was decided
        leaders = [leader, dice.choice(world.ground.people[:3]).id][: dice.choice((1, 1, 2))]
        return [_about(world, dice, chosen, by, decision, step) for by in leaders]
    return [_written(world, dice, seen, leader)]


def _about(
    world: World, dice: Random, chosen: dict[str, Any], leader: str, decision: str | None, step: str | None
) -> Draft:
    """What a leader says of an edit that was set aside, over the last step they saw."""
    kinds = ("edit.reopened",) if decision == "declined" else ("edit.released", "edit.released", "edit.declined")
    kind, reason = dice.choice(kinds), {"reason": "当面问过"}
    body = {"position": chosen["position"], **({} if kind == "edit.reopened" else reason)}
    over = {"step": [] if step is None else [step]}
    return draft(world, dice, kind, chosen["id"], chosen["grid"], leader, body, over)


def _written(world: World, dice: Random, seen: list[dict[str, Any]], leader: str) -> Draft:
    stated = [each for each in seen if each["kind"] == "household.stated" and each["reason"] is None]
    if stated and dice.random() < 0.6:
        chosen = dice.choice(stated)
        facts: dict[str, Any] = msgspec.json.decode(bytes(chosen["body"]))["facts"]
        named = [each["id"] for each in stated if each["entity"] == chosen["entity"]]
        over = dict.fromkeys(facts, named)
        return draft(world, dice, "household.stated", chosen["entity"], chosen["grid"], leader, {"facts": facts}, over)
    grid, household = dice.choice(world.ground.homes)
    body = {"household": household, "occurred_at_ms": world.now_ms, "mode": "reception", "result": "met"}
    return draft(world, dice, "visit.recorded", None, grid, leader, body)


def draft(
    world: World,
    dice: Random,
    kind: str,
    entity: str | None,
    grid: str | None,
    author: str,
    body: dict[str, Any],
    over: dict[str, list[str]] | None = None,
) -> Draft:
    """An edit that somebody makes at a desk."""
    id_ = new_id(world.now_ms, dice)
    return Draft(kind, entity or id_, grid, author, body, over or {}, id=id_)

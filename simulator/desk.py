"""What people do at the station: they decide, hand grids on, and put phones out of use."""

from __future__ import annotations

from random import Random
from typing import Any

import msgspec

from server.journal import Draft
from simulator.entropy import new_id
from simulator.phone import Phone
from simulator.world import Violation, World

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
    draft = _draft(world, dice, kind, entity, grid, world.people[0].id, body)
    await world.commit([draft], process)
    world.know_people()
    world.count("redistricted")


async def desk(world: World, phone: Phone, dice: Random) -> None:
    """Leaders decide at their desks, and somebody writes on the server's own page."""
    alive = [process for process in world.processes if process.alive]
    if not alive:
        return
    drafts = [draft for _ in range(dice.randint(1, 3)) if (draft := _decision(world, dice)) is not None]
    if drafts:
        world.count("desk")
        await world.commit(drafts, dice.choice(alive))


def _decision(world: World, dice: Random) -> Draft | None:
    with world.reading() as sql:
        rows = sql.rows(f"SELECT {', '.join(SIGHTS)} FROM journal WHERE position >= {world.ground.size}")
        decided = {row[0] for row in sql.rows("SELECT position FROM aside_decision")}
    seen = [dict(zip(SIGHTS, row, strict=True)) for row in rows]
    leader = dice.choice(world.ground.people[:3]).id
    set_aside = [each for each in seen if each["reason"] is not None]
    if set_aside and dice.random() < 0.7:
        chosen = dice.choice([each for each in set_aside if each["position"] not in decided] or set_aside)
        kind = dice.choice(("edit.released", "edit.released", "edit.declined"))
        body = {"position": chosen["position"], "reason": "当面问过"}
        return _draft(world, dice, kind, chosen["id"], chosen["grid"], leader, body)
    stated = [each for each in seen if each["kind"] == "household.stated" and each["reason"] is None]
    if stated and dice.random() < 0.6:
        chosen = dice.choice(stated)
        facts: dict[str, Any] = msgspec.json.decode(bytes(chosen["body"]))["facts"]
        named = [each["id"] for each in stated if each["entity"] == chosen["entity"]]
        over = dict.fromkeys(facts, named)
        return _draft(world, dice, "household.stated", chosen["entity"], chosen["grid"], leader, {"facts": facts}, over)
    grid, household = dice.choice(world.ground.homes)
    body = {"household": household, "occurred_at_ms": world.now_ms, "mode": "reception", "result": "met"}
    return _draft(world, dice, "visit.recorded", None, grid, leader, body)


def _draft(
    world: World,
    dice: Random,
    kind: str,
    entity: str | None,
    grid: str | None,
    author: str,
    body: dict[str, Any],
    over: dict[str, list[str]] | None = None,
) -> Draft:
    id_ = new_id(world.now_ms, dice)
    return Draft(kind, entity or id_, grid, author, body, over or {}, id=id_)

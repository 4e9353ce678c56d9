"""What leaders give and settle beside what was set aside: care pairs, orders, logs, items, minutes and actions."""

from __future__ import annotations

from random import Random
from typing import Any

from server.journal import Draft
from server.journal.sql import Store
from simulator.desk import draft
from simulator.phone import Phone
from simulator.world import World

DUE = "2027-12-31"


async def task(world: World, phone: Phone, dice: Random) -> None:
    """A leader gives somebody something to do, or looks at what was done."""
    alive = [process for process in world.processes if process.alive]
    if not alive:
        return
    with world.reading() as sql:
        said = [dice.choice(TASKS)(world, sql, dice) for _ in range(dice.randint(1, 3))]
    drafts = [each for each in said if each is not None]
    if drafts:
        world.count("task")
        await world.commit(drafts, dice.choice(alive))


def _pair(world: World, sql: Store, dice: Random) -> Draft | None:
    """Somebody is entrusted to a worker or a neighbour; or that is changed, or ends."""
    pairs = sql.rows("SELECT id, grid FROM care_pair ORDER BY id")
    leader = _leader(world, dice)
    if pairs and dice.random() < 0.4:
        pair, grid = dice.choice(pairs)
        if dice.random() < 0.5:
            return draft(world, dice, "care_pair.ended", pair, grid, leader, {})
        return draft(world, dice, "care_pair.changed", pair, grid, leader, {"cadence": "monthly"})
    homes = sql.rows("SELECT grid, id FROM household ORDER BY id")
    grid, home = dice.choice(homes)
    carer = dice.choice(world.people[2:]).id
    body = {"household": home, "carer": carer, "cadence": "weekly", "major": dice.random() < 0.3, "reason": "illness"}
    return draft(world, dice, "care_pair.formed", None, grid, leader, body)


def _order(world: World, sql: Store, dice: Random) -> Draft | None:
    """An order is given; or one is confirmed, asked for again, withdrawn, put off."""
    orders = sql.rows("SELECT id, grid, step FROM verification_order ORDER BY id")
    leader = _leader(world, dice)
    if orders and dice.random() < 0.5:
        order, grid, step = dice.choice(orders)
        kind = dice.choice(("confirmed", "redo", "withdrawn", "extended"))
        body: dict[str, Any] = {"redo": {"note": "再看一次"}, "extended": {"due": DUE}}.get(kind, {})
        over = {} if kind == "extended" else {"step": _seen(step, dice)}
        return draft(world, dice, f"order.{kind}", order, grid, leader, body, over)
    grid = dice.choice(world.ground.grids)
    homes = [row[0] for row in sql.rows("SELECT id FROM household WHERE grid = $1 ORDER BY id", grid)]
    if not homes:
        return None
    doors = dice.sample(homes, min(len(homes), dice.randint(1, 3)))
    asked = {"title": "查电瓶车", "points": ["楼道里有没有", "飞线"], "due": DUE, "households": doors}
    return draft(world, dice, "order.issued", None, grid, leader, asked)


def _log(world: World, sql: Store, dice: Random) -> Draft | None:
    """A log is read, or goes back with a question."""
    logs = sql.rows("SELECT id, grid, step FROM daily_log ORDER BY id")
    if not logs:
        return None
    log, grid, step = dice.choice(logs)
    kind, body = dice.choice((("reviewed", {}), ("returned", {"note": "哪一户？"})))
    return draft(world, dice, f"daily_log.{kind}", log, grid, _leader(world, dice), body, {"step": _seen(step, dice)})


def _item(world: World, sql: Store, dice: Random) -> Draft | None:
    """An item is taken on or put away."""
    items = sql.rows("SELECT id, grid, step FROM item ORDER BY id")
    if not items:
        return None
    item, grid, step = dice.choice(items)
    body = {"to": dice.choice(("matched", "taken", "dropped", "filed", "done"))}
    return draft(world, dice, "item.moved", item, grid, _leader(world, dice), body, {"step": _seen(step, dice)})


def _action(world: World, sql: Store, dice: Random) -> Draft | None:
    """Minutes of a meeting, something that somebody is to do, or that it is done."""
    actions = sql.rows("SELECT id, grid, step FROM action ORDER BY id")
    leader = world.people[0].id
    if dice.random() < 0.3:
        held = {"type": "monday", "held_on": "2027-01-18", "decisions": ["先修灯"]}
        return draft(world, dice, "meeting.held", None, None, leader, held)
    if actions and dice.random() < 0.4:
        action, grid, step = dice.choice(actions)
        return draft(world, dice, "action.done", action, grid, leader, {}, {"step": _seen(step, dice)})
    body = {"owner": dice.choice(world.people[1:]).id, "due": DUE, "text": "修好三楼的灯"}
    return draft(world, dice, "action.set", None, None, leader, body)


TASKS = (_pair, _pair, _order, _order, _log, _item, _action)


def _leader(world: World, dice: Random) -> str:
    return dice.choice(world.ground.people[:2]).id


def _seen(step: str | None, dice: Random) -> list[str]:
    """The step in view; a page that was opened before it shows none."""
    return [step] if step and dice.random() < 0.8 else []

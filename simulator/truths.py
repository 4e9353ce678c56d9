"""What must be true once everything has come to rest."""

from __future__ import annotations

from random import Random
from typing import Any

import msgspec

from server.journal.refold import differences
from server.journal.snapshots import VISITS_DAYS
from simulator.desk import look, say_more
from simulator.ground import DAY_MS, UTC_OFFSET_MIN
from simulator.orders import another_order
from simulator.phone import Phone
from simulator.use import Use
from simulator.witness import unproved
from simulator.world import Violation, World
from sync.edit import b64u

PASSES_MAX = 6
WAYS = {
    ("waiting", "edit.released"): "released",
    ("waiting", "edit.declined"): "declined",
    ("declined", "edit.reopened"): "waiting",
}


async def settle(world: World) -> None:
    """The weather clears, everything runs again, everybody exchanges until nobody has anything to say."""
    world.link.cut.clear()
    world.calm()
    world.keyless = False
    await world.revive()
    dice = Random(world.plan.seed)
    while world.link.late:
        await world.link.deliver(dice)
    waiting, world.desk = world.desk, []
    for drafts in waiting:
        await world.commit(drafts, world.processes[0])
    size = -1
    for _ in range(PASSES_MAX):
        await world.quiet()
        await say_more(world)
        await look(world, world.processes[0])
        before, size = size, _size(world)
        if before == size and not any(_doubts(phone) for phone in world.phones):
            break
        for phone in world.phones:
            await _rest(world, phone, dice)
    else:
        raise Violation("the journal never stopped growing")


def _doubts(phone: Phone) -> bool:
    ledger = phone.store.ledger
    return ledger is not None and ledger.doubt is not None


async def _rest(world: World, phone: Phone, dice: Random) -> None:
    word = "unknown_device"
    # Once to learn that it is out of use or forgotten, once more as another device or enrolled again.
    for _ in range(3):
        if word == "unknown_device" or not phone.enrolled:
            word = await world.synchronise(phone, {}, dice.randrange(6), dice, None)
    if word != "ok":
        raise Violation(f"phone {phone.number} cannot exchange: {word}")


def _size(world: World) -> int:
    with world.reading() as sql:
        row = sql.row("SELECT size FROM journal_head")
        assert row is not None
        return int(row[0])


async def check(world: World) -> None:
    """Everything promised. Raises Violation."""
    _nothing_lost(world)
    _proved(world)
    _set_aside(world)
    _decisions(world)
    _refolds(world)
    _replicas_agree(world)
    await _again_changes_nothing(world)


def _nothing_lost(world: World) -> None:
    with world.reading() as sql:
        rows = sql.rows("SELECT id, position, hash, outcome, device, n, body, salt, header FROM journal")
        head = sql.row("SELECT log FROM journal_head")
    assert head is not None
    journaled: dict[str, list[Any]] = {}
    for row in rows:
        journaled.setdefault(row[0], []).append(row)
    for id_, edit in world.saved.items():
        if id_ not in journaled:
            if id_ not in world.excused:
                raise Violation(f"edit {id_} ({edit.kind if edit else 'of the desk'}) is lost")
        elif edit is not None and not any(bytes(row[6]) == edit.b.encode() for row in journaled[id_]):
            raise Violation(f"edit {id_} says something else")
    by_name = {f"{row[4]} {row[5]} {b64u(bytes(row[2]))}": row for row in rows}
    for name, (position, _, outcome) in world.receipts.get(head[0], {}).items():
        found = by_name.get(name)
        if found is None or (found[1], found[3]) != (position, outcome):
            raise Violation(
                f"{name} was acknowledged as {outcome} at {position}, the journal has {found and found[:4]}"
            )
    for phone in world.phones:
        waiting = [edit for edit in phone.store.edits.values() if edit.unsent or edit.open]
        if waiting:
            raise Violation(f"phone {phone.number} still waits for {waiting[0].kind} {waiting[0].id}")


def _proved(world: World) -> None:
    """Every phone believes the log as it is, and all that was acknowledged of what it keeps is proved to be there."""
    for phone in world.phones:
        if phone.old or not phone.enrolled:
            continue
        with world.reading() as sql:
            wrong = unproved(sql, phone.store.sync["log"], phone.store.ledger)
        if wrong:
            raise Violation(f"phone {phone.number} {wrong}")
        for edit in phone.store.edits.values():
            # What lies before a gap no restored server is told again: it was proved by the log before, or never is.
            asked_no_more = world.counts["server_restored"] and not (edit.unproved or edit.unsent)
            if not edit.proved and not asked_no_more:
                raise Violation(f"phone {phone.number} has no proof of {edit.kind} {edit.id} at {edit.position}")


def _set_aside(world: World) -> None:
    """What came from a phone out of use has no effect; only that is called so."""
    with world.reading() as sql:
        rows = sql.rows("SELECT id, device, kind, entity, body, outcome, reason FROM journal ORDER BY position")
    use = Use()
    for id_, device, kind, entity, body, outcome, reason in rows:
        if device in use.out and outcome not in ("quarantined", "duplicate"):
            raise Violation(f"edit {id_} took effect, and its phone was out of use")
        if device not in use.out and reason == "revoked":
            raise Violation(f"edit {id_} was set aside, and its phone was in use")
        if outcome == "accepted":
            use.hear(kind, entity, bytes(body))


def _decisions(world: World) -> None:
    """Each decision that was taken was over the one before; every other stands beside its case."""
    decided = "kind LIKE 'edit.%' AND outcome IN ('accepted', 'contested') ORDER BY position"
    with world.reading() as sql:
        rows = sql.rows(f"SELECT id, kind, header, body FROM journal WHERE {decided}")
        kept = sql.rows("SELECT position, step, comments FROM aside_decision")
    cases: dict[int, tuple[str, list[str], list[tuple[str, str]]]] = {}
    for id_, kind, header, body in rows:
        about, over = msgspec.json.decode(bytes(body))["position"], msgspec.json.decode(bytes(header))["over"]
        state, step, beside = cases.get(about, ("waiting", [], []))
        to, why = WAYS.get((state, kind)), "impossible"
        if over["step"] != step:
            to, why = None, "stale"
        cases[about] = (state, step, [*beside, (id_, why)]) if to is None else (to, [id_], beside)
    found = {}
    for about, last, comments in kept:
        beside = [(each["edit"], each["why"]) for each in msgspec.json.decode(comments)]
        found[about] = ([] if last is None else [last], beside)
    told = {position: (step, beside) for position, (_, step, beside) in cases.items()}
    for about in sorted(found.keys() | told.keys()):
        if found.get(about) != told.get(about):
            raise Violation(f"what was decided about {about} is {found.get(about)}, not {told.get(about)}")
    world.counts["commented"] += sum(len(beside) for _, beside in told.values())


def _refolds(world: World) -> None:
    with world.reading() as sql:
        found = list(differences(sql, UTC_OFFSET_MIN))
        if found:
            raise Violation(f"folded from zero: {found[:3]}")
        told = another_order(sql, Random(world.plan.seed))
    if told:
        raise Violation(f"in another order of arrival: {told[:2]}")


def _replicas_agree(world: World) -> None:
    with world.reading() as sql:
        rows = sql.rows("SELECT scope, kind, id, data FROM feed WHERE data IS NOT NULL")
    feed = {(row[0], row[1], row[2]): bytes(row[3]) for row in rows}
    newest = _newest(feed)
    since_ms = world.now_ms - VISITS_DAYS * DAY_MS
    for phone in world.phones:
        person = world.person(phone.store.person)
        scopes = {f"person:{person.id}", *(f"grid:{grid}" for grid in person.grids)}
        if phone.store.chain.device in world.out_of_use():
            scopes = set()
        mine = {key: data for key, data in feed.items() if key[0] in scopes}
        held = {
            (kept.scope, kind, id_): kept.raw for kind, rows in phone.store.rows.items() for id_, kept in rows.items()
        }
        for key in held.keys() - mine.keys():
            raise Violation(f"phone {phone.number} holds {key}, which is not there or not for it")
        for key, data in mine.items():
            if key not in held:
                # A first download leaves out old checks, and old visits but for the newest of each door.
                told = key[1] in ("visit", "care_check")
                old = told and msgspec.json.decode(data)["occurred_at_ms"] < since_ms
                if not old or key[2] in newest:
                    raise Violation(f"phone {phone.number} lacks {key}")
            elif held[key] != data:
                raise Violation(f"phone {phone.number} has another {key}: {held[key]!r} for {data!r}")


def _newest(feed: dict[tuple[str, str, str], bytes]) -> set[str]:
    """The newest visit of each door, as any copy of the grid must hold it."""
    found: dict[str, tuple[int, str]] = {}
    for (_, kind, id_), data in feed.items():
        if kind == "visit":
            visit = msgspec.json.decode(data)
            found[visit["household"]] = max(found.get(visit["household"], (-1, "")), (visit["occurred_at_ms"], id_))
    return {id_ for _, id_ in found.values()}


async def _again_changes_nothing(world: World) -> None:
    size = _size(world)
    for phone in world.phones:
        before = _held(phone)
        await _rest(world, phone, Random(0))
        if _held(phone) != before:
            raise Violation(f"phone {phone.number} changed when it exchanged again")
    if _size(world) != size:
        raise Violation("the journal grew when everybody exchanged again")


def _held(phone: Phone) -> Any:
    store = phone.store
    return store.rows, store.edits, store.chain, store.scopes, _doubts(phone)

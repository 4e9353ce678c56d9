"""What was decided at the desk lately, and whether it still can be taken back."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, case, func, null, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.aside import body_of
from server.conflicts.store import comments_on
from server.standing import grids_now, left_for

Row = dict[str, Any]

LOOKED_AT = 5000
"""So many of the server's own last edits are looked through: a ledger brought in may lie between two decisions."""
SHOWN = 20
STATING = ("household.stated", "resident.stated", "resident.tagged")
ASKING = ("occupancy", "lives_here", "deceased")
"""Facts of which some values are only proposed (sync/rules/table.py)."""
DECIDING = (*STATING, "visit.settled", "pair.judged", "edit.released", "edit.declined")
LEADERS = ("grid_leader", "station_master")

_entry, _past, _revision = schema.journal.c, schema.fact_past.c, schema.visit_revision.c


@dataclass(frozen=True)
class Decided:
    """One decision: its edit, what it was about, and what became of it: `stands`, `undone`, `later` (somebody wrote
    anew), or `final` (it cannot be taken back). `others`: how many more edits went with it in one go; `of`: the edit
    that was released or declined; `about`: the door it is about, with its people's name where it is about one;
    `comments`: what others proposed about it that was not taken."""

    made: Row
    state: str
    of: Row | None
    others: list[Row]
    about: Row | None
    comments: list[Row]


async def decided(db: AsyncConnection, grids: Collection[str]) -> list[Decided]:
    """The last decisions about what stands in these grids now, the newest first; a branch decided in one go is one."""
    rows = await _made(db, grids)
    positions = {row["body"]["position"] for row in rows if row["kind"].startswith("edit.")}
    of, comments = await _set_aside(db, sorted(positions)), await comments_on(db, positions)
    only_said = {comment["edit"] for each in comments.values() for comment in each}
    together: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        one_go = row["kind"].startswith("edit.")
        if one_go and (of[row["body"]["position"]]["grid"] not in grids or row["id"] in only_said):
            continue
        # What went in one go was received in one moment.
        key = (row["received_ms"], row["author"], row["kind"], row["grid"]) if one_go else (row["id"],)
        together.setdefault(key, []).append(row)
    found: list[Decided] = []
    for group in together.values():
        made, *others = sorted(group, key=lambda row: int(row["position"]))
        if len(found) < SHOWN and await _settles(db, made):
            about = of.get(made["body"].get("position"))
            # The newest decision about it has them.
            beside = [each for row in (made, *others) for each in comments.pop(row["body"].get("position"), ())]
            found.append(Decided(made, await _state(db, made, about), about, others, await _about(db, made), beside))
    return found


async def _made(db: AsyncConnection, grids: Collection[str]) -> list[Row]:
    device, moved = schema.device.c, schema.moved.c
    server = (await db.execute(select(device.id, device.n).where(device.kind == "server"))).first()
    if server is None:
        return []
    # What is decided about an edit set aside bears its grid; where its thing stands now is asked later.
    aside = _entry.kind.like("edit.%")
    here = case((aside, _entry.grid), else_=func.coalesce(moved.grid, _entry.grid))
    columns = (_entry.id, _entry.position, _entry.kind, _entry.entity, here.label("grid"), _entry.author)
    query = select(*columns, _entry.received_ms, _entry.header, _entry.body, schema.person.c.name.label("by"))
    query = query.join(schema.person, schema.person.c.id == _entry.author)
    query = query.outerjoin(schema.moved, moved.id == _entry.entity)
    # The condition of the index of chains, word for word.
    query = query.where(or_(_entry.reason.is_(None), _entry.reason != "fork"))
    query = query.where(_entry.device == server.id, _entry.n > server.n - LOOKED_AT, _entry.kind.in_(DECIDING))
    theirs = or_(here.in_(sorted(grids)), and_(aside, _entry.grid.in_(sorted(await left_for(db, grids)))))
    query = query.where(theirs, _entry.outcome.in_(("accepted", "contested")))
    query = query.where(schema.person.c.role.in_(LEADERS), _entry.body.is_not(None)).order_by(_entry.n.desc())
    rows = [_read(dict(row)) for row in (await db.execute(query)).mappings()]
    return [row for row in rows if _decides(row)][: SHOWN * 5]


async def _about(db: AsyncConnection, made: Row) -> Row | None:
    """The door of what was decided: of a household, of a resident with their name, or of a visit."""
    household, building = schema.household.c, schema.building.c
    columns = (household.contact, household.entrance, household.room, building.name.label("building_name"))
    at = and_(building.grid == household.grid, building.id == household.building)
    kind, body = made["kind"], made["body"]
    name: ColumnElement[Any] = null()
    if kind.startswith("edit."):
        return None
    if kind.startswith("household") or body.get("of") == "household":
        query = select(*columns, name.label("resident")).select_from(schema.household).where(
            household.id == made["entity"])  # fmt: skip
    else:
        table: Table = schema.resident if kind.startswith("resident") else schema.visit
        name = schema.resident.c.name if kind.startswith("resident") else name
        home = and_(household.grid == table.c.grid, household.id == table.c.household)
        query = select(*columns, name.label("resident")).select_from(table).join(schema.household, home)
        query = query.where(table.c.id == made["entity"])
    row = (await db.execute(query.join(schema.building, at).where(household.grid == made["grid"]))).mappings().first()
    return dict(row) if row else None


def _read(row: Row) -> Row:
    return {**row, "over": json.loads(bytes(row["header"]))["over"], "body": json.loads(bytes(row["body"]))}


def _decides(row: Row) -> bool:
    """Stating over several heads settles them; over one it is news unless that was proposed. A pair opened again is an
    undoing."""
    if row["kind"] in STATING:
        return any(len(heads) > 1 or (heads and field in ASKING) for field, heads in row["over"].items())
    return bool(row["body"].get("verdict") != "open")


async def _settles(db: AsyncConnection, made: Row) -> bool:
    """Whether a statement over one head was a decision about a proposal."""
    if made["kind"] not in STATING or any(len(heads) > 1 for heads in made["over"].values()):
        return True
    _, head = await _stated(db, made, next(iter(made["body"]["facts"])))
    return any(saw.get("proposed") for saw in head.get("saw", ()))


async def _set_aside(db: AsyncConnection, positions: list[int]) -> dict[int, Row]:
    """The edits that were released or declined, by their places."""
    columns = (_entry.position, _entry.id, _entry.kind, _entry.entity, _entry.grid, _entry.body)
    query = select(*columns, schema.person.c.name.label("by"))
    query = query.outerjoin(schema.person, schema.person.c.id == _entry.author)
    found = (await db.execute(query.where(_entry.position.in_(positions)))).mappings()
    rows = [{**row, "body": body_of(row["body"]) or {}} for row in found]
    placed = zip(rows, await grids_now(db, rows), strict=True)
    return {row["position"]: {**row, "grid": here} for row, here in placed}


async def _state(db: AsyncConnection, made: Row, of: Row | None) -> str:
    match made["kind"]:
        case "household.stated" | "resident.stated":
            return await _fact_state(db, made, next(iter(made["body"]["facts"])))
        case "resident.tagged":
            return await _past_state(db, made, next(field for field, heads in made["over"].items() if len(heads) > 1))
        case "visit.settled":
            return await _telling_state(db, made)
        case "pair.judged":
            return await _pair_state(db, made)
        case "edit.declined" if of is not None and not of["body"]:
            return "final"  # its words went with the decision
        case "edit.declined":
            decision = schema.aside_decision.c
            query = select(decision.step, decision.decision).where(decision.position == made["body"]["position"])
            declined = (await db.execute(query)).one()
            if declined.step == made["id"]:
                return "stands"
            return "undone" if declined.decision == "reopened" else "later"
    return await _released_state(db, of)


async def _released_state(db: AsyncConnection, of: Row | None) -> str:
    """What was released can be taken back as if it had been said now; a visit, or a new home, cannot."""
    match of and of["kind"]:
        case "household.stated" | "resident.stated":
            assert of is not None
            return await _fact_state(db, of, next(iter(of["body"].get("facts", {})), ""))
        case "visit.corrected":
            assert of is not None
            return await _telling_state(db, of)
    return "final"


async def _pair_state(db: AsyncConnection, made: Row) -> str:
    """The last word counts, under whatever grid; of two that stand in two grids by now nothing more is said."""
    pair, body = schema.pair_verdict.c, made["body"]
    query = select(pair.rev, pair.verdict).where(pair.a == body["a"], pair.b == body["b"]).order_by(pair.rev.desc())
    last = (await db.execute(query)).first()
    if last is None or last.rev != made["position"]:
        return "undone" if last is not None and last.verdict == "open" else "later"
    of = (schema.visit if body["of"] == "visit" else schema.household).c
    both = select(func.count()).where(of.grid == made["grid"], of.id.in_((body["a"], body["b"])))
    return "stands" if (await db.execute(both)).scalar() == 2 else "final"


async def _fact_state(db: AsyncConnection, made: Row, field: str) -> str:
    return (await _stated(db, made, field))[0]


async def _stated(db: AsyncConnection, made: Row, field: str) -> tuple[str, Row]:
    """What became of a statement, and the statement as it is kept."""
    table: Table = schema.household if made["kind"].startswith("household") else schema.resident
    query = select(table.c.facts).where(table.c.grid == made["grid"], table.c.id == made["entity"])
    heads = json.loads((await db.execute(query)).scalar() or "{}").get(field, [])
    own = next((head for head in heads if head["edit"] == made["id"]), None)
    if own is not None:
        return "stands" if own.get("saw") else "final", own
    here = and_(_past.grid == made["grid"], _past.entity == made["entity"], _past.field == field)
    kept = (await db.execute(select(_past.head).where(here, _past.edit == made["id"]))).scalar()
    return await _past_state(db, made, field), json.loads(kept) if kept else {}


async def _past_state(db: AsyncConnection, made: Row, field: str) -> str:
    here = and_(_past.grid == made["grid"], _past.entity == made["entity"], _past.field == field)
    rows = {edit: (json.loads(by), undone) for edit, by, undone in await db.execute(
        select(_past.edit, _past.covered_by, _past.undone).where(here))}  # fmt: skip
    covered_by, undone = rows.get(made["id"], ([], False))
    if undone:
        return "undone"
    return "later" if covered_by else "stands"


async def _telling_state(db: AsyncConnection, made: Row) -> str:
    columns = (_revision.edit, _revision.covers, _revision.undone)
    here = and_(_revision.grid == made["grid"], _revision.visit == made["entity"])
    rows = list(await db.execute(select(*columns).where(here)))
    if any(edit == made["id"] and undone for edit, _, undone in rows):
        return "undone"
    covered = any(made["id"] in json.loads(covers) and not undone for _, covers, undone in rows)
    return "later" if covered else "stands"

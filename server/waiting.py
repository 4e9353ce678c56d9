"""What was set aside and still waits for a person: its rows, for whoever decides about them."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, exists, literal, not_, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.access import DECIDING, User
from server.aside import body_of
from server.journal import blobs_of
from server.problem import not_found
from server.standing import grids_now, left_for

Row = dict[str, Any]

PAGES_MADE = (
    *("visit.recorded", "visit.corrected", "visit.kept", "household.added", "household.stated"),
    *("resident.added", "resident.stated", "resident.tagged", "daily_log.sent", "care_check.made"),
    *("order.answered", "order.reported", "action.done"),
    *("patrol.started", "patrol.ended", "patrol.noted", "patrol.withdrawn"),
    *("item.raised", "item.moved", "item.rated", "item.told", "item.withdrawn"),
    *("whistle.raised", "whistle.moved", "whistle.told"),
)
"""What the server's own device writes in a worker's name. Its other edits are decisions of the conflict desk."""
POSITION_DIGITS_MAX = 15

_entry = schema.journal.c
_MADE = (schema.device.c.kind.label("device_kind"), schema.device.c.label)


async def access_aside(db: AsyncConnection, user: User, position: str) -> Row:
    """What was set aside at this position of the journal, while it waits and this user decides about it; absent,
    decided and forbidden alike are not found."""
    known = position.isascii() and position.isdigit() and len(position) <= POSITION_DIGITS_MAX
    found = await waiting_aside(db, user, _entry.position == int(position)) if known else []
    if not found or user.role not in DECIDING or not user.has_desk:
        raise not_found()
    return found[0]


async def waiting_aside(db: AsyncConnection, user: User, *only: ColumnElement[bool]) -> list[Row]:
    """What was set aside and still waits, in the order it came: not what took effect by another way, or was decided."""
    decision = schema.aside_decision.alias("other").c
    decided = exists().where(decision.position == _entry.position, decision.decision != "reopened")
    released = exists().where(decision.edit == _entry.id, decision.decision == "released")
    # Nobody can decide about what has no words any more.
    erased = exists().where(schema.erased.c.id == _entry.id)
    bare = and_(_entry.body.is_(None), or_(_entry.reason == "erased", erased))
    return await _aside(db, user, not_(decided), not_(released), not_(bare), *only)


async def aside_at(db: AsyncConnection, user: User, positions: Collection[int]) -> list[Row]:
    """What was set aside at these positions, decided or not."""
    return await _aside(db, user, _entry.position.in_(sorted(positions)))


async def _aside(db: AsyncConnection, user: User, *only: ColumnElement[bool]) -> list[Row]:
    """What was set aside, for whoever decides `here`, where the thing stands now that it speaks of; with the last
    `step` about it and the `comments` of those who came second."""
    decision, later, known = schema.aside_decision.c, schema.journal.alias("later"), schema.grid.alias("known")
    counted = exists().where(later.c.id == _entry.id, later.c.outcome != "quarantined")
    # Set aside under a grid that is none: nobody but the station master can see it.
    lost = and_(
        schema.person.c.community == user.community,
        not_(exists().where(known.c.id == _entry.grid)),
        literal(user.role == "station_master"),
    )
    mine = or_(_entry.grid.in_(sorted(user.grids | await left_for(db, user.grids))), lost)
    columns = (_entry.position, _entry.id, _entry.device, _entry.n, _entry.author, _entry.grid, _entry.kind)
    made = or_(schema.device.c.kind != "server", _entry.kind.in_(PAGES_MADE))
    more = (_entry.entity, _entry.effective_ms, _entry.claimed_ms, _entry.received_ms, _entry.reason, _entry.body)
    said = (schema.person.c.name.label("by"), schema.fork.c.successor, decision.step, decision.comments)
    query = (
        select(*columns, *more, *said, *_MADE, lost.label("lost"))
        .outerjoin(schema.person, schema.person.c.id == _entry.author)
        .outerjoin(schema.device, schema.device.c.id == _entry.device)
        .outerjoin(schema.fork, and_(schema.fork.c.device == _entry.device, schema.fork.c.position == _entry.position))
        .outerjoin(schema.aside_decision, decision.position == _entry.position)
        # `outcome = 'quarantined'` is the condition of the index that finds them.
        .where(text("journal.outcome = 'quarantined'"), mine, made, not_(counted), *only)
        .order_by(_entry.position)
    )
    unpacked = [(row, json.loads(row["comments"] or "[]")) for row in (await db.execute(query)).mappings()]
    rows = [{**row, "body": body_of(row["body"]), "comments": comments} for row, comments in unpacked]
    found = [{**row, "here": here} for row, here in zip(rows, await grids_now(db, rows), strict=True)]
    return [row for row in found if row["here"] in user.grids or row["lost"]]


def blobs_aside(row: Row) -> list[Row]:
    """The photos and voice notes that a body set aside names; none where it names them as nothing we know."""
    return [msgspec.to_builtins(blob) for blob in blobs_of(msgspec.json.encode(row["body"]))] if row["body"] else []


def question_of(row: Row) -> str:
    """How the conflict desk calls the question that this row is, or is a part of."""
    grid = row["here"] or "none"
    return f"aside.{grid}.{row['position']}" if row["successor"] is None else f"fork.{grid}.{row['successor']}"

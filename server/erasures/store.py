"""What stands there to be erased, and what was erased before: by its id alone, for nothing else of it is left."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.access import User, access_building, access_household, access_resident, access_visit
from server.localtime import local_iso
from server.problem import Problem, not_found

OF = {"residents": "resident", "households": "household", "visits": "visit"}
"""The word of an address, and what kind of thing it is about."""

NEAR_MAX = 50
"""Of each sort so many are shown, the latest."""


@dataclass(frozen=True)
class Standing:
    """A thing that stands, or that was erased and has words again: its row, its home, and the building around it."""

    of: str
    row: Mapping[Any, Any]
    home: RowMapping
    building: RowMapping


async def standing(db: AsyncConnection, user: User, of: str, grid: str, id_: str) -> Standing:
    """The thing, if this user may see it; absent and forbidden alike are not found."""
    row = await {"resident": access_resident, "household": access_household, "visit": access_visit}[of](db, user, id_)
    if row["grid"] != grid:
        raise not_found()
    home = row if of == "household" else await access_household(db, user, row["household"])
    return Standing(of, row, home, await access_building(db, user, home["building"]))


async def spoken_near(db: AsyncConnection, stands: Standing, utc_offset_min: int) -> list[dict[str, Any]]:
    """Where somebody may be named in free words that no erasure finds, the latest first: notes of patrols at this
    building, answers at this door, logs of the grid that name the room or whoever lives there."""
    grid, home = stands.home["grid"], stands.home
    note, answer, log = schema.patrol_note.c, schema.order_answer.c, schema.daily_log.c
    at_building = (note.grid == grid, note.building == home["building"], note.text.is_not(None))
    notes = select(note.id, note.noted_ms.label("at_ms"), note.by_name, note.text).where(*at_building)
    answers = select(answer.id, answer.verification_order, answer.occurred_at_ms.label("at_ms"), answer.by_name)
    answers = answers.add_columns(answer.points).where(answer.grid == grid, answer.household == home["id"])
    names = [each for each in (home["contact"], home["room"], stands.row.get("name")) if each]
    named = or_(*(log.text.contains(str(each), autoescape=True) for each in names))
    logs = select(log.id, log.sent_ms.label("at_ms"), log.by_name, log.text).where(log.grid == grid, named)
    found = [
        *({**row, "of": "note"} for row in (await db.execute(_latest(notes, note.noted_ms))).mappings()),
        *({**row, "of": "log"} for row in (await db.execute(_latest(logs, log.sent_ms))).mappings()),
    ]
    for row in (await db.execute(_latest(answers, answer.occurred_at_ms))).mappings():
        words = [each["note"] for each in json.loads(row["points"]) if each.get("note")]
        found += [{**row, "of": "answer", "text": "\n".join(words)}] if words else []
    found.sort(key=lambda each: (-each["at_ms"], each["id"]))
    return [_near(each, grid, utc_offset_min) for each in found]


def _latest(query: Any, at_ms: ColumnElement[int]) -> Any:
    return query.order_by(at_ms.desc()).limit(NEAR_MAX)


def _near(said: Mapping[str, Any], grid: str, utc_offset_min: int) -> dict[str, Any]:
    at = local_iso(said["at_ms"], utc_offset_min)
    href = {
        "note": f"/desk/patrols?until={at[:10]}",
        "log": f"/desk/logs?open={grid}.{said['id']}",
        "answer": f"/desk/orders?open={grid}.{said.get('verification_order')}",
    }[said["of"]]
    return {"of": said["of"], "at": at, "by": said["by_name"], "text": said["text"], "href": href}


async def erased_at(db: AsyncConnection, user: User, of: str, id_: str, home: str) -> Standing | None:
    """A resident or a visit that was erased, where it stood: somebody may have written of it since, without knowing.
    None where its home is not this user's (any more)."""
    try:
        row = await access_household(db, user, home)
    except Problem:
        return None
    return Standing(of, {"id": id_, "grid": row["grid"]}, row, await access_building(db, user, row["building"]))


async def erased(db: AsyncConnection, user: User, id_: str) -> dict[str, Any] | None:
    """What the journal says of an erasure of this thing in one of the user's grids; None where there was none."""
    entry, person = schema.journal.c, schema.person.c
    query = select(entry.grid, entry.received_ms, entry.body, person.name.label("by"))
    query = query.join(schema.erased, schema.erased.c.erasure == entry.id).where(schema.erased.c.id == id_)
    query = query.outerjoin(schema.person, person.id == entry.author)
    row = (await db.execute(query.where(entry.kind == "words.erased"))).mappings().first()
    if row is None or row["grid"] not in user.grids:
        return None
    said = json.loads(bytes(row["body"]))
    homes = [home["household"] for home in said.get("homes", ()) if id_ in {each["id"] for each in home["visits"]}]
    home = (homes or [said["about"] if said["of"] == "household" else said.get("home", "")])[0]
    found = {"home": home, "of": said["of"], "whole": said["about"] == id_, "why": said["why"], "count": said["count"]}
    return {**found, "by": row["by"] or "", "at_ms": row["received_ms"]}


async def visits_at(db: AsyncConnection, grid: str, household: str) -> int:
    """How many visits stand at a home: some may speak of somebody whose own record goes."""
    visit = schema.visit.c
    query = select(func.count()).select_from(schema.visit).where(visit.grid == grid, visit.household == household)
    return int((await db.execute(query)).scalar_one())

"""How phones fare, the worst first, with what to do about each; and what waits where somebody stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server import clock
from server.access import User, user_of
from server.assets import worker_script
from server.desk import desk_page
from server.localtime import DAY_MS, day_start_ms, local_day, local_iso
from server.phones import store
from server.rendering import page, wants_piece

WAITED_MS = DAY_MS
"""After this long what is unsent is more than a day's work on its way."""
SILENT_MS = 3 * DAY_MS
"""A weekend is no silence."""
ROOM_BYTES = 50 * 1024 * 1024
FULL = 0.9
TROUBLES = ("proof", "waited", "room", "silent", "never", "unsent", "old")
"""What may be the matter, the worst first."""
MB = 1024 * 1024

Shown = dict[str, Any]


async def show(request: Request) -> Response:
    """`GET /desk/health`. The page asks again by itself, and hears nothing while nothing is new."""
    user = user_of(request)
    await request.app.state.journal.healths.write()
    async with request.app.state.db.reading() as db:
        shown = await _shown(request, db, user)
        if not wants_piece(request):
            return await desk_page(request, db, "desk/health.html", **shown)
    if shown["mark"] == request.query_params.get("known", ""):
        return Response(status_code=204)
    return page(request, "desk/_health.html", **shown)


async def _shown(request: Request, db: AsyncConnection, user: User) -> Shown:
    settings, now_ms = request.app.state.settings, clock.now_ms()
    version = worker_script(settings.seal.public, settings.log_keys)[0]
    people = await store.people_of(db, user)
    names = await store.grids_named(db, {grid for each in people for grid in each["grids"]})
    phones = await store.phones_of(db, [each["id"] for each in people])
    of = {each["id"]: each for each in people}
    told = [_phone(row, of[row["person"]], names, version, now_ms, settings.utc_offset_min) for row in phones]
    told.sort(key=lambda each: (each["rank"], each["heard"] or "", each["name"], each["id"]))
    with_one = {row["person"] for row in phones}
    shown = {
        "phones": told,
        "troubled": sum(1 for each in told if each["troubles"]),
        "without": [each["name"] for each in people if each["id"] not in with_one],
        "stands": await _stands(request, db, user, phones),
        "station": user.role == "station_master",
    }
    return {**shown, "mark": sha256(msgspec.json.encode(shown)).hexdigest()[:16]}


def _phone(row: RowMapping, person: Shown, names: dict[str, str], version: str, now_ms: int, offset: int) -> Shown:
    heard_ms = _heard(row)
    facts = {"unsent": row["unsent"] or 0, "used": (row["used_bytes"] or 0) // MB, "room": _room(row)}
    troubles = [name for name in TROUBLES if _is(name, row, heard_ms, version, now_ms)]
    return {
        "id": row["id"],
        "name": person["name"],
        "grids": [names[grid] for grid in person["grids"] if grid in names],
        "label": row["label"],
        "heard": local_iso(heard_ms, offset) if heard_ms else None,
        "today": heard_ms is not None and local_day(heard_ms, offset) == local_day(now_ms, offset),
        "oldest": local_iso(row["oldest_ms"], offset) if row["oldest_ms"] is not None else None,
        "days": (now_ms - heard_ms) // DAY_MS if heard_ms else None,
        "troubles": troubles,
        "rank": TROUBLES.index(troubles[0]) if troubles else len(TROUBLES),
        **facts,
    }


def _heard(row: RowMapping) -> int | None:
    """When it spoke last; one that has said nothing of itself yet may have sent something before this was kept."""
    if row["heard_ms"] is not None:
        return int(row["heard_ms"])
    return int(row["last_seen_ms"]) if row["last_seen_ms"] > row["enrolled_ms"] else None


def _room(row: RowMapping) -> int | None:
    """Megabytes that are left for it; None where its browser does not say."""
    if row["used_bytes"] is None or not row["quota_bytes"]:
        return None
    return int(max(row["quota_bytes"] - row["used_bytes"], 0)) // MB


def _is(name: str, row: RowMapping, heard_ms: int | None, version: str, now_ms: int) -> bool:
    unsent, oldest_ms, quota = row["unsent"] or 0, row["oldest_ms"], row["quota_bytes"]
    waited = bool(unsent) and now_ms - min(oldest_ms or now_ms, heard_ms or now_ms) >= WAITED_MS
    if name == "proof":
        return bool(row["doubts"])
    if name == "waited":
        return waited
    if name == "unsent":
        return bool(unsent) and not waited
    if name == "room":
        used = row["used_bytes"]
        return used is not None and bool(quota) and (used >= FULL * quota or quota - used < ROOM_BYTES)
    if name == "never":
        return heard_ms is None
    if name == "silent":
        return heard_ms is not None and now_ms - heard_ms >= SILENT_MS
    return bool(row["app"]) and row["app"] != version


async def _stands(request: Request, db: AsyncConnection, user: User, phones: Sequence[RowMapping]) -> list[Shown]:
    """Who stands in for whom now: the reader's own stand-ins, at the station everybody's. With what waits in the grids
    of who is away, and how their phones fare."""
    listed = await store.stand_ins(db, user.community)
    offset = request.app.state.settings.utc_offset_min
    found = []
    for row in listed:
        if row["began_ms"] is None or not (user.role == "station_master" or row["by"] == user.id):
            continue
        lent = frozenset(msgspec.json.decode(row["grids"], type=list[str])) & user.grids
        theirs = replace(user, grids=lent)
        own = [phone for phone in phones if phone["person"] == row["person"]]
        heard = [ms for ms in map(_heard, own) if ms is not None]
        found.append(
            {
                "id": row["id"],
                "away": row["away_name"],
                "by": row["by_name"],
                "mine": row["by"] == user.id,
                "from_on": row["from_on"],
                "until_on": row["until_on"],
                "grids": [{"id": grid, "name": name} for grid, name in (await store.grids_named(db, lent)).items()],
                "phones": len(own),
                "unsent": sum(phone["unsent"] or 0 for phone in own),
                "last": local_iso(max(heard), offset) if heard else None,
                "logs": await request.app.state.unread_count(request, db, theirs),
                "cases": await request.app.state.waiting_count(request, db, theirs),
                "visits": await store.visits_since(db, lent, day_start_ms(row["from_on"], offset)),
                "both": _both(row, listed),
            }
        )
    return found


def _both(row: RowMapping, listed: Sequence[RowMapping]) -> bool:
    """Whether whoever stands in is away on one of those days as well."""
    others = (one for one in listed if one["person"] == row["by"])
    return any(one["from_on"] <= row["until_on"] and one["until_on"] >= row["from_on"] for one in others)


routes = [Route("/desk/health", show, methods=["GET"])]

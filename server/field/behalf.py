"""代录: somebody whose phone cannot do this tells a supervisor, who writes the visit down for them at the desk."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from uuid_utils import uuid7

from server import clock, schema
from server.access import User, access_building, access_grid, access_household, user_of
from server.desk import desk_page
from server.doors import door_name
from server.field.forms import FORMS
from server.field.sheet import Data
from server.field.telling import minute
from server.i18n import locale_of
from server.journal import Draft
from server.problem import not_found
from server.views.common import ASKS
from server.views.visit_form import CARES, INPUTS, MODES, RESULTS

GOING = ("volunteer", "building_leader", "grid_worker", "grid_leader")
"""Who knocks at doors, with a phone of their own or without."""
FIELDS_MAX = 40


async def show(request: Request) -> Response:
    """`GET /desk/households/{grid}/{household}/visits/new`: an empty form."""
    return await _page(request, {"id": str(uuid7())}, {})


async def create(request: Request) -> Response:
    """`POST /desk/households/{grid}/{household}/visits`: it is written down in the supervisor's name, for whoever went.
    Back to the household; or the form once more, with what is wrong and everything typed."""
    user, now_ms = user_of(request), clock.now_ms()
    async with request.form(max_files=0, max_fields=FIELDS_MAX) as form:
        data: Data = {name: [text for text in form.getlist(name) if isinstance(text, str)] for name in form}
    async with request.app.state.db.reading() as db:
        row = await _household(db, user, request)
        people = await _people(db, user, row["grid"])
    offset = request.app.state.settings.utc_offset_min
    about = {"now_ms": now_ms, "offset_min": offset, "grid": row["grid"], "household": row["id"]}
    made = FORMS["visit"](data, about)
    went = next(iter(data.get("person", [])), "")
    if went not in {person["id"] for person in people}:
        made["errors"]["person"] = "behalf.who_missing"
    if made["errors"]:
        return await _page(request, {**made["values"], "person": went}, made["errors"], 422)
    (draft,) = made["drafts"]
    id_ = draft.get("id") or str(uuid7())
    visit = Draft("visit.recorded", id_, row["grid"], user.id, draft["body"], on_behalf_of=went, id=id_)
    await request.app.state.journal.commit([visit])
    return RedirectResponse(f"/desk/households/{row['grid']}/{row['id']}", 303)


async def _page(request: Request, values: dict[str, Any], errors: dict[str, str], status: int = 200) -> Response:
    user, offset = user_of(request), request.app.state.settings.utc_offset_min
    async with request.app.state.db.reading() as db:
        row = await _household(db, user, request)
        home = await access_building(db, user, row["building"])
        shown: dict[str, Any] = {
            "household": dict(row),
            "door": door_name(locale_of(request), home["name"], row["entrance"], row["room"]),
            "people": await _people(db, user, row["grid"]),
            "values": {**dict.fromkeys((*INPUTS, "person", "id"), ""), **values},
            "errors": errors,
            "latest": minute(clock.now_ms(), offset),
            "results": RESULTS,
            "modes": MODES,
            "cares": CARES,
            "asks": ASKS,
        }
        return await desk_page(request, db, "desk/behalf.html", status=status, **shown)


async def _household(db: AsyncConnection, user: User, request: Request) -> RowMapping:
    grid = access_grid(user, request.path_params["grid"])
    row = await access_household(db, user, request.path_params["household"])
    if row["grid"] != grid:
        raise not_found()
    return row


async def _people(db: AsyncConnection, user: User, grid: str) -> list[dict[str, str]]:
    """Who goes to doors of this grid, by name; whoever has no phone of their own first."""
    person, device = schema.person.c, schema.device.c
    phones = select(device.person).where(device.kind == "phone", device.revoked_ms.is_(None))
    query = select(person.id, person.name, person.role, person.grids, person.id.in_(phones).label("phone"))
    query = query.where(person.community == user.community, person.role.in_(GOING), person.ended_ms.is_(None))
    rows = [row for row in (await db.execute(query)).mappings() if grid in json.loads(row["grids"])]
    rows.sort(key=lambda row: (row["phone"], row["name"], row["id"]))
    return [{"id": row["id"], "name": row["name"], "role": row["role"]} for row in rows]


routes = [
    Route("/desk/households/{grid}/{household}/visits/new", show),
    Route("/desk/households/{grid}/{household}/visits", create, methods=["POST"]),
]

"""The desk's page of people and phones, and the one-time link that makes another phone somebody's own."""

from __future__ import annotations

import json
from typing import Any

import segno
from markupsafe import Markup
from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server import clock, schema
from server.access import FIELD, User, user_of
from server.desk import desk_page
from server.join.store import create_link
from server.localtime import local_day, local_iso
from server.problem import not_found
from server.rendering import page, wants_piece

LINK_HOURS = 24
REVOKING = "station_master"
"""Whose word puts a phone out of use."""


async def index(request: Request) -> Response:
    """Who carries a phone, when it last sent something, and who has none yet."""
    asked = request.query_params
    return await phones_page(request, added=asked.get("added"), changed=asked.get("changed"))


async def phones_page(
    request: Request,
    *,
    status: int = 200,
    link: dict[str, Any] | None = None,
    added: str | None = None,
    changed: str | None = None,
    said: dict[str, Any] | None = None,
) -> Response:
    """The whole page. `link` was just made; `added` is who was just entered; `changed` is the phone that was just put
    out of use or taken back; `said` a form that was not understood: name, role, grids, and what is wrong with each."""
    async with request.app.state.db.reading() as db:
        context = await _shown(request, db)
        newest = await _somebody(db, user_of(request), added) if added else None
        form = said or {"name": "", "role": "grid_worker", "grids": []}
        wrong = {"name": "", "role": "", "grids": "", **form.pop("wrong", {})}
        context |= {"link": link, "newest": newest, "form": form, "wrong": wrong}
        context["changed"] = _found(context["people"], changed)
        return await desk_page(request, db, "desk/phones.html", status=status, **context)


async def create_phone_link(request: Request) -> Response:
    """A link and its QR code for one person's phone; it works once, and only this answer shows it."""
    user, settings, form = user_of(request), request.app.state.settings, await request.form()
    async with request.app.state.db.reading() as db:
        person = next((each for each in await _people(db, user) if each["id"] == form.get("person")), None)
    if person is None:
        raise not_found()
    now = clock.now_ms()
    async with request.app.state.db.writing() as db:
        token = await create_link(db, person["id"], "phone", now, hours=LINK_HOURS)
    address = f"{settings.public_url}/join/{token}"
    until = local_iso(now + LINK_HOURS * 3_600_000, settings.utc_offset_min)
    link = {"name": person["name"], "address": address, "picture": _picture(address), "until": until}
    if wants_piece(request):
        return page(request, "desk/_phone_link.html", link=link)
    return await phones_page(request, link=link)


async def create_revocation(request: Request) -> Response:
    """A phone is out of use from now on; the way back stands on the page that follows."""
    return await _revoke(request, back=False)


async def create_reinstatement(request: Request) -> Response:
    """It is in use again."""
    return await _revoke(request, back=True)


async def _revoke(request: Request, *, back: bool) -> Response:
    user, device = user_of(request), request.path_params["device"]
    async with request.app.state.db.reading() as db:
        listed = await _phones(db, [person["id"] for person in await _people(db, user)])
    if user.role != REVOKING or device not in {phone["id"] for phone in listed}:
        raise not_found()
    await request.app.state.journal.revoke(device, user.id, back=back)
    return RedirectResponse(f"/desk/phones?changed={device}", 303)


def _found(people: list[dict[str, Any]], device: str | None) -> dict[str, Any] | None:
    """A phone of the list, with the name of its person, and whether there are copies among their phones."""
    for person in people:
        copies = any(phone["copied"] for phone in person["phones"])
        for phone in person["phones"]:
            if phone["id"] == device:
                return {**phone, "name": person["name"], "copies": copies}
    return None


def _picture(address: str) -> Markup:
    """The address as a QR code, drawn: dark on light whatever the page's colours, as cameras expect."""
    code = segno.make_qr(address, error="m").svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=True)
    return Markup(code)  # noqa: S704 -- made by segno from an address of ours, no text of anybody's in it


async def _people(db: AsyncConnection, user: User) -> list[RowMapping]:
    """Those of the community who work in the field, by name."""
    person = schema.person.c
    query = select(person.id, person.name, person.role, person.grids)
    query = query.where(person.community == user.community, person.role.in_(sorted(FIELD)))
    return list((await db.execute(query.order_by(person.name, person.id))).mappings())


async def _somebody(db: AsyncConnection, user: User, person_id: str) -> RowMapping | None:
    """Anybody who works in the community, station masters too."""
    person = schema.person.c
    query = select(person.name, person.role).where(person.community == user.community, person.id == person_id)
    return (await db.execute(query)).mappings().first()


async def _phones(db: AsyncConnection, people: list[str]) -> list[RowMapping]:
    """Everything that sends as a phone: a clone goes on beside the one it was made of, as a phone of its own."""
    device = schema.device.c
    query = select(device.id, device.person, device.label, device.enrolled_ms, device.last_seen_ms, device.unsent)
    query = query.add_columns(device.revoked_ms, device.forked_from.is_not(None).label("copied"))
    query = query.where(device.kind == "phone", device.person.in_(people))
    return list((await db.execute(query.order_by(device.enrolled_ms, device.id))).mappings())


async def _shown(request: Request, db: AsyncConnection) -> dict[str, Any]:
    user, offset = user_of(request), request.app.state.settings.utc_offset_min
    today = local_day(clock.now_ms(), offset)
    people = await _people(db, user)
    phones = await _phones(db, [person["id"] for person in people])
    named = select(schema.grid.c.id, schema.grid.c.name).where(schema.grid.c.id.in_(sorted(user.grids)))
    grids = {row.id: row.name for row in await db.execute(named.order_by(schema.grid.c.sort, schema.grid.c.name))}
    order = {grid: place for place, grid in enumerate(grids)}

    def shown(phone: RowMapping) -> dict[str, Any]:
        last = local_iso(phone["last_seen_ms"], offset) if phone["last_seen_ms"] > phone["enrolled_ms"] else None
        revoked_ms = phone["revoked_ms"]
        return {
            "id": phone["id"],
            "label": phone["label"],
            "enrolled": local_iso(phone["enrolled_ms"], offset),
            "last": last,
            "today": last is not None and last[:10] == today,
            "unsent": phone["unsent"],
            "copied": phone["copied"],
            "revoked": local_iso(revoked_ms, offset) if revoked_ms is not None else None,
        }

    rows = [
        {
            "id": person["id"],
            "name": person["name"],
            "role": person["role"],
            "grids": [grids[grid] for grid in json.loads(person["grids"]) if grid in grids],
            "phones": [shown(phone) for phone in phones if phone["person"] == person["id"]],
        }
        for person in people
    ]
    # By grid, as everybody knows them; a leader, who has several, before the workers of the first.
    first = {
        person["id"]: min((order.get(each, 0) for each in json.loads(person["grids"])), default=0) for person in people
    }
    rows.sort(key=lambda row: (first[row["id"]], row["role"] == "grid_worker", row["name"]))
    used = [phone for row in rows for phone in row["phones"] if not phone["revoked"]]
    silent = sum(not phone["today"] for phone in used)
    counts = {"count": len(used), "silent": silent, "revoked": len(phones) - len(used)}
    return {"people": rows, "grids": grids, "may_revoke": user.role == REVOKING, **counts}


routes = [
    Route("/desk/phones", index),
    Route("/desk/phones/links", create_phone_link, methods=["POST"]),
    Route("/desk/phones/{device}/revocation", create_revocation, methods=["POST"]),
    Route("/desk/phones/{device}/reinstatement", create_reinstatement, methods=["POST"]),
]

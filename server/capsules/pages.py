"""The desk's page for carrying in a capsule: choose the file, read what it brought."""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server import brakes, events, schema
from server.access import user_of
from server.desk import desk_page
from server.i18n import locale_of
from server.journal import CAPSULE_BYTES_MAX, Carried, carry_in
from server.problem import Problem


async def show(request: Request) -> Response:
    """The form."""
    return await _page(request)


async def carry(request: Request) -> Response:
    """A file was chosen: its edits are taken in, or the page says what is wrong with it."""
    brakes.take(request, brakes.UPLOADS, user_of(request).id)
    try:
        async with request.form(max_files=1, max_fields=1, max_part_size=CAPSULE_BYTES_MAX) as form:
            chosen = form.get("capsule")
            raw = await chosen.read(CAPSULE_BYTES_MAX + 1) if isinstance(chosen, UploadFile) else b""
    except HTTPException:
        raw = b""
    if not raw:
        return await _page(request, 422, wrong="capsules.none")
    try:
        carried = await carry_in(request.app.state.journal, raw)
    except Problem as problem:
        events.happened("capsule.carried", problem.code)
        said = problem.message_en if locale_of(request) == "en" else problem.message_zh
        return await _page(request, problem.status, said=said)
    return await _page(request, carried=carried)


async def _page(request: Request, status: int = 200, *, carried: Carried | None = None, **told: Any) -> Response:
    async with request.app.state.db.reading() as db:
        whose = await _whose(db, carried.device) if carried else None
        context = {"carried": carried, "whose": whose, "wrong": None, "said": None, **told}
        return await desk_page(request, db, "desk/capsules.html", status=status, **context)


async def _whose(db: AsyncConnection, device: str) -> RowMapping | None:
    """The phone that made a capsule, and whose it is."""
    phone, person = schema.device.c, schema.person.c
    query = select(person.name, phone.label).join_from(schema.device, schema.person, person.id == phone.person)
    return (await db.execute(query.where(phone.id == device))).mappings().first()


routes = [Route("/desk/capsules", show), Route("/desk/capsules", carry, methods=["POST"])]

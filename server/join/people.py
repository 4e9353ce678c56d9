"""The desk enters somebody who works here; the list of phones then offers a link for them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server import schema
from server.access import access_grid, user_of
from server.join.phones import phones_page
from server.people import add_person, newcomer
from server.problem import not_found


async def create(request: Request) -> Response:
    """Somebody new: their name, what they do, their grids. Back to the list, where they now stand."""
    user, state, form = user_of(request), request.app.state, await request.form()
    if user.community is None:
        raise not_found()
    chosen = [access_grid(user, str(grid)) for grid in form.getlist("grids")]
    async with state.db.reading() as db:
        column = schema.grid.c
        query = select(column.id).where(column.community == user.community).order_by(column.sort, column.id)
        everywhere = list((await db.execute(query)).scalars())
    person = newcomer(str(form.get("name", "")), str(form.get("role", "")), chosen, everywhere)
    id_, wrong = await add_person(state.db, state.journal, user.community, user.id, person)
    if id_ is not None:
        return RedirectResponse(f"/desk/phones?added={id_}", 303)
    said: dict[str, Any] = {"name": person.name, "role": person.role, "grids": chosen, "wrong": wrong}
    return await phones_page(request, status=400, said=said)


routes = [Route("/desk/phones/people", create, methods=["POST"])]

"""The first page of an installation: its administrator names the community, its grids and its first station master."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from uuid_utils import uuid7

from server.access import User, home_of, user_of
from server.desk import desk_page
from server.form_fields import text_of
from server.foundation import founding, grid_name
from server.people import newcomer
from server.staff.changes import changed_meanwhile

NAME_CHARS_MAX = 60
GRIDS_MAX = 99
USUAL = 8


async def show(request: Request) -> Response:
    """`GET /desk/beginning`: for whoever has no community yet."""
    return await _page(request)


async def _page(request: Request, status: int = 200, said: dict[str, Any] | None = None) -> Response:
    user = user_of(request)
    if user.community is not None:
        return RedirectResponse(home_of(user.role), 303)
    usual = "\n".join(grid_name(number) for number in range(1, USUAL + 1))
    form = said or {"community": "", "street": "", "grids": usual, "master": "", "wrong": {}}
    async with request.app.state.db.reading() as db:
        return await desk_page(request, db, "desk/beginning.html", status=status, form=form, name=user.name)


async def create(request: Request) -> Response:
    """`POST /desk/beginning`: all of it in one transaction. Its administrator belongs to the community from then on."""
    user, form = user_of(request), await request.form(max_files=0)
    said = {name: text_of(form, name).strip() for name in ("community", "street", "grids", "master")}
    grids = [" ".join(line.split()) for line in said["grids"].splitlines() if line.strip()]
    master = newcomer(said["master"], "station_master", (), ()).name
    wrong = _wrong(said, grids, master)
    if user.community is not None:
        return RedirectResponse(home_of(user.role), 303)
    if wrong:
        return await _page(request, 400, {**said, "wrong": wrong})
    return await _begin(request, user, said, grids, master)


def _wrong(said: dict[str, str], grids: list[str], master: str) -> dict[str, str]:
    """What is amiss with the form, as field → words of the catalogue below `people.begin.`."""
    wrong = {}
    if not 0 < len(said["community"]) <= NAME_CHARS_MAX or len(said["street"]) > NAME_CHARS_MAX:
        wrong["community"] = "no_community"
    if not 0 < len(grids) <= GRIDS_MAX or any(len(grid) > NAME_CHARS_MAX for grid in grids):
        wrong["grids"] = "no_grids"
    elif len(set(grids)) < len(grids):
        wrong["grids"] = "grid_twice"
    if not 0 < len(master) <= NAME_CHARS_MAX:
        wrong["master"] = "no_master"
    return wrong


async def _begin(request: Request, user: User, said: dict[str, str], grids: list[str], master: str) -> Response:
    community, person = str(uuid7()), str(uuid7())
    drafts = founding(community, said["community"], said["street"], grids, person, master, user.id)
    # Pressed twice, or by two: whoever comes second finds that they belong somewhere already.
    receipts = await request.app.state.journal.commit_seeing(
        lambda standing: drafts if standing("person", None, user.id).community is None else []
    )
    if not receipts or any(receipt.outcome != "accepted" for receipt in receipts):
        raise changed_meanwhile()
    return RedirectResponse(f"/desk/people?added={person}", 303)


routes = [
    Route("/desk/beginning", show, methods=["GET"]),
    Route("/desk/beginning", create, methods=["POST"]),
]

"""The desk sees a phone that waits beside it, compares four digits, and says whether it is the right one."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server import clock
from server.access import user_of
from server.form_fields import text_of
from server.join import meetings
from server.join.enrolling import make_device
from server.join.meetings import Phone
from server.join.phones import meetings_shown, people_of, phones_page
from server.join.store import find_hashed
from server.problem import Problem, not_found
from server.rendering import page, wants_piece

FIELDS_MAX = 2


async def index(request: Request) -> Response:
    """`GET /desk/phones/meetings`: the phones that wait now. The page asks by itself, and hears nothing while nothing
    is new."""
    if not wants_piece(request):
        return await phones_page(request)
    user = user_of(request)
    async with request.app.state.db.reading() as db:
        shown = await meetings_shown(db, [person["id"] for person in await people_of(db, user)])
    if shown["mark"] == request.query_params.get("known", ""):
        return Response(status_code=204)
    return page(request, "desk/_meetings.html", **shown)


async def decide(request: Request) -> Response:
    """`POST /desk/phones/meetings/{link}`: same, and the phone is a device; different, and the link is void."""
    user, state, link = user_of(request), request.app.state, request.path_params["link"]
    async with request.form(max_files=0, max_fields=FIELDS_MAX) as form:
        said = text_of(form, "decision")
    now = clock.now_ms()
    async with state.db.reading() as db:
        found = await meetings.waiting(db, [person["id"] for person in await people_of(db, user)], now)
        row = next((each for each in found if each["link"] == link), None)
        invitation = await find_hashed(db, link, now)
    if row is None or invitation is None:
        raise no_longer_waiting()
    if said not in ("same", "different"):
        raise not_found()
    decision: meetings.Decision = "same" if said == "same" else "different"
    async with state.db.writing() as db:
        if not await meetings.decide(db, link, decision, user.id, now):
            raise no_longer_waiting()
    # A browser that keeps nothing has no key: it is signed in when it asks again.
    if decision == "same" and row["public_key"]:
        await make_device(state, invitation, Phone(row["public_key"], row["label"], row["was"]))
    return RedirectResponse(f"/desk/phones?met={link}", 303)


def no_longer_waiting() -> Problem:
    """Its time was over, or somebody at another desk has said it."""
    return Problem(
        "no_longer_waiting",
        409,
        "这部手机不在等了：时间过了，或者别的电脑上已经按过。什么也没改动。",
        "This phone does not wait any more: its time is over, or another desk has answered it. Nothing was changed.",
    )


routes = [
    Route("/desk/phones/meetings", index),
    Route("/desk/phones/meetings/{link}", decide, methods=["POST"]),
]

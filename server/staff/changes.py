"""What is done about one person: what they are, whether they work here, and what opens to them."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server import clock, events, sessions
from server.access import DESK, User, user_of
from server.journal import Draft, Standing
from server.localtime import local_iso
from server.passkeys.store import passkeys_of, remove_passkey
from server.problem import Problem, not_found
from server.staff import store
from server.staff.pages import may_change, person_page, typed, typed_again
from server.staff.store import Somebody

LINK_HOURS = 1


async def _asked(request: Request) -> tuple[User, Somebody]:
    """Who asks and about whom; it is for them to say."""
    user = user_of(request)
    async with request.app.state.db.reading() as db:
        person = await store.access_person(db, user, request.path_params["person"])
    if not may_change(user, person):
        raise not_found()
    return user, person


def _back(person: Somebody, done: str) -> Response:
    events.happened("person.changed", what=done, whom=person.id)
    return RedirectResponse(f"/desk/people/{person.id}?done={done}", 303)


async def change(request: Request) -> Response:
    """`POST …/role`: what somebody is from now on, and for what."""
    (user, person), form = await _asked(request), await request.form(max_files=0)
    named = await typed(request, user, form, person.name)
    if wrong := named.lacking():
        return await person_page(request, 400, said=typed_again(form, named, wrong))
    body = {"role": named.role, **named.scope}
    (receipt,) = await request.app.state.journal.commit([Draft("person.changed", person.id, None, user.id, body)])
    if receipt.outcome != "accepted":
        raise changed_meanwhile()
    return _back(person, "changed")


async def end(request: Request) -> Response:
    """`POST …/end`: they are out of use. What was open to them is closed in the same moment; what they did stands."""
    user, person = await _asked(request)
    state = request.app.state
    async with state.db.reading() as db:
        keys = [row["id"] for row in await passkeys_of(db, person.id)]

    def plan(standing: Standing) -> list[Draft]:
        removed = [key for key in keys if standing("passkey", None, key) is not None]
        return [
            *(Draft("passkey.removed", key, None, user.id, {}) for key in removed),
            Draft("person.ended", person.id, None, user.id, {}),
        ]

    receipts = await state.journal.commit_seeing(plan)
    if receipts[-1].outcome != "accepted":
        raise changed_meanwhile()
    async with state.db.writing() as db:
        await sessions.end_all(db, person.id)
        await store.drop_links(db, person.id)
    return _back(person, "ended")


async def come_back(request: Request) -> Response:
    """`POST …/return`: they work here again, as what they were; passkeys that were taken away stay so."""
    user, person = await _asked(request)
    (receipt,) = await request.app.state.journal.commit([Draft("person.returned", person.id, None, user.id, {})])
    if receipt.outcome != "accepted":
        raise changed_meanwhile()
    return _back(person, "returned")


async def end_sessions(request: Request) -> Response:
    """`POST …/sessions`: wherever they are signed in, that ends now."""
    _, person = await _asked(request)
    async with request.app.state.db.writing() as db:
        await sessions.end_all(db, person.id)
    return _back(person, "sessions")


async def remove_key(request: Request) -> Response:
    """`POST …/passkeys/{key}/removal`: a passkey of theirs opens nothing any more, and what it opened is closed."""
    user, person = await _asked(request)
    state, key = request.app.state, request.path_params["key"]
    async with state.db.reading() as db:
        if key not in {row["id"] for row in await passkeys_of(db, person.id)}:
            raise not_found()
    await remove_passkey(state.journal, key, user.id)
    async with state.db.writing() as db:
        await sessions.end_by_passkey(db, key)
    return _back(person, "removed")


async def create_link(request: Request) -> Response:
    """`POST …/link`: the first way to the desk for somebody who never had a passkey. Whoever had one is let in again by
    two people."""
    _, person = await _asked(request)
    state, now = request.app.state, clock.now_ms()
    if person.role not in DESK or not person.in_use:
        raise not_found()
    async with state.db.writing() as db:
        had = await store.had_passkey(db, person.id)
        token = None if had else await state.desk_link(db, person.id, now, LINK_HOURS * 3_600_000)
    if token is None:
        return await person_page(request, 409, trouble="people.link.had")
    return await person_page(request, link=shown_link(request, person.name, token, now))


def shown_link(request: Request, name: str, token: str, now_ms: int) -> dict[str, str]:
    """A one-time link as a page shows it, once."""
    settings = request.app.state.settings
    until = local_iso(now_ms + LINK_HOURS * 3_600_000, settings.utc_offset_min)
    return {"name": name, "address": f"{settings.public_url}/join/{token}", "until": until}


def changed_meanwhile() -> Problem:
    """Somebody else has said something about them, or about you, since the page was shown."""
    return Problem(
        "changed_meanwhile",
        409,
        "刚才有别人改过了，这一步没有做。回到那一页看看现在是什么样，再按一次。",
        "Somebody else changed this a moment ago, so nothing was done. Look at the page again, then press once more.",
    )


routes = [
    Route("/desk/people/{person}/role", change, methods=["POST"]),
    Route("/desk/people/{person}/end", end, methods=["POST"]),
    Route("/desk/people/{person}/return", come_back, methods=["POST"]),
    Route("/desk/people/{person}/sessions", end_sessions, methods=["POST"]),
    Route("/desk/people/{person}/link", create_link, methods=["POST"]),
    Route("/desk/people/{person}/passkeys/{key}/removal", remove_key, methods=["POST"]),
]

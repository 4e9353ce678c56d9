"""Coming to the desk by a passkey, saying once more that it is you, and the page of one's own keys and sessions."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from sqlalchemy import RowMapping
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from server import brakes, clock, events, sessions
from server.access import DESK, home_of, load_user, user_of
from server.bodies import read_body
from server.desk import desk_page
from server.form_fields import text_of
from server.localtime import local_day, local_iso
from server.passkeys import store
from server.passkeys.ceremony import Answered, Ceremony, Refused, begin_options, show_options
from server.passkeys.named import browser_named
from server.problem import Problem, not_found
from server.rendering import page

BODY_BYTES_MAX = 64 * 1024
HOME = "/desk"


class Said(msgspec.Struct, frozen=True):
    """What the page sends of a ceremony: the browser's credential as JSON, and a name for a new key."""

    credential: dict[str, Any]
    label: str = ""


async def sign_in_page(request: Request) -> Response:
    """`GET /sign-in`: one button. Whoever is in already goes on."""
    to = own_path(request.query_params.get("to", ""))
    user = getattr(request.state, "user", None)
    if user is not None and user.has_desk:
        return RedirectResponse(to, 303)
    return page(request, "sign_in.html", to=to)


async def sign_in_options(request: Request) -> Response:
    """`POST /sign-in/options`: a challenge for whichever passkey the browser has for us."""
    brakes.take(request, brakes.CHALLENGES, brakes.caller(request))
    return JSONResponse(show_options(Ceremony(request.app.state.settings, "enter"), (), clock.now_ms()))


async def sign_in(request: Request) -> Response:
    """`POST /sign-in`: the passkey's answer opens the desk."""
    with brakes.proving(request, brakes.WRONG_PASSKEYS):
        return await _sign_in(request)


async def _sign_in(request: Request) -> Response:
    said, now, state = await read_said(request), clock.now_ms(), request.app.state
    async with refusing():
        # Nothing is written, and nobody waits for a writer, before the answer has proved good.
        async with state.db.reading() as db:
            known = await store.passkey_shown(db, said.credential, None)
            user = await load_user(db, known["person"])
        answered = _shown(Ceremony(state.settings, "enter"), said, known, now)
        if user is None or user.role not in DESK:
            raise Refused("no_desk")
        async with state.db.writing() as db:
            await store.settle(db, known, answered, now)
            await sessions.end_shown(db, request)
            agent = request.headers.get("user-agent", "")
            token = await sessions.begin(db, user.id, now, agent, passkey=known["id"])
    response = JSONResponse({"to": home_of(user.role)})
    sessions.give(response, state.settings, token)
    return response


async def sign_out(request: Request) -> Response:
    """`POST /sign-out`: this browser's session ends, here and on the server."""
    session = getattr(request.state, "session", None)
    if session is not None:
        async with request.app.state.db.writing() as db:
            await sessions.end(db, session.person, [session.id_hash])
    response = RedirectResponse("/sign-in", 303)
    sessions.take_back(response, request.app.state.settings)
    return response


async def confirm_options(request: Request) -> Response:
    """`POST /desk/me/confirmation/options`: a challenge for one's own passkeys; `null` when nothing need be shown."""
    session, user, now = request.state.session, user_of(request), clock.now_ms()
    brakes.take(request, brakes.CONFIRMING, user.id)
    async with request.app.state.db.reading() as db:
        known = [row["credential"] for row in await store.passkeys_of(db, user.id)]
    if session.is_fresh(now) or (request.app.state.settings.demo and not known):
        return JSONResponse(None)
    if not known:
        raise no_passkey()
    return JSONResponse(show_options(_confirming(request), known, now))


async def confirm(request: Request) -> Response:
    """`POST /desk/me/confirmation`: for the next minutes it is known that it is they. The session gets another id, so
    that whoever copied the old one is not taken for them."""
    brakes.take(request, brakes.CONFIRMING, user_of(request).id)
    said, now, state, session = await read_said(request), clock.now_ms(), request.app.state, request.state.session
    async with refusing():
        async with state.db.reading() as db:
            known = await store.passkey_shown(db, said.credential, user_of(request).id)
        answered = _shown(_confirming(request), said, known, now)
        async with state.db.writing() as db:
            await store.settle(db, known, answered, now)
            token = await sessions.verify(db, session, now)
    events.happened("session.confirmed")
    response = JSONResponse({})
    sessions.give(response, state.settings, token)
    return response


async def me(request: Request) -> Response:
    """`GET /desk/me`: one's passkeys, and where one is signed in."""
    return await _me(request)


async def add_options(request: Request) -> Response:
    """`POST /desk/me/passkeys/options`: what the browser needs to make one more."""
    user, now = user_of(request), clock.now_ms()
    async with request.app.state.db.reading() as db:
        known = [row["credential"] for row in await store.passkeys_of(db, user.id)]
    return JSONResponse(begin_options(_adding(request), user.id, user.name, known, now))


async def add(request: Request) -> Response:
    """`POST /desk/me/passkeys`: one more."""
    said, now, user = await read_said(request), clock.now_ms(), user_of(request)
    async with refusing():
        answered = _adding(request).made(said.credential, now)
        async with request.app.state.db.writing() as db:
            await store.use_challenge(db, answered, now)
            await store.refuse_known(db, answered)
    await store.add_passkey(request.app.state.journal, user.id, answered, said.label)
    return JSONResponse({"to": "/desk/me?done=added"})


async def remove(request: Request) -> Response:
    """`POST /desk/me/passkeys/{id}/removal`: it opens nothing any more, and what it opened is closed.

    The last one stays.
    """
    user, state, id_, now = user_of(request), request.app.state, request.path_params["id"], clock.now_ms()
    async with state.db.writing() as db:
        own = [row["id"] for row in await store.passkeys_of(db, user.id)]
        if id_ not in own:
            raise not_found()
        last = len(own) == 1 and not state.settings.demo
        # Two at once could take the last two: one of them is told to press again.
        alone = not last and await store.take_turn(db, f"removing {user.id}", now)
    if not alone:
        return await _me(request, status=409, wrong="passkeys.wrong.last" if last else "passkeys.stopped")
    try:
        await store.remove_passkey(state.journal, id_, user.id)
    finally:
        async with state.db.writing() as db:
            await store.end_turn(db, f"removing {user.id}")
            await sessions.end_by_passkey(db, id_)
    if request.state.session.passkey != id_:
        return RedirectResponse("/desk/me?done=removed", 303)
    response = RedirectResponse("/sign-in", 303)
    sessions.take_back(response, state.settings)
    return response


async def end_sessions(request: Request) -> Response:
    """`POST /desk/me/sessions`: one of one's sessions ends, or every other one."""
    user, form = user_of(request), await request.form()
    own = request.state.session.id_hash
    async with request.app.state.db.writing() as db:
        listed = [row["id_hash"] for row in await sessions.of_person(db, user.id, clock.now_ms())]
        asked = text_of(form, "session")
        ending = [each for each in listed if (each != own if asked == "others" else each == asked)]
        await sessions.end(db, user.id, ending)
    return RedirectResponse("/desk/me?done=ended", 303)


async def _me(request: Request, *, status: int = 200, wrong: str | None = None) -> Response:
    user, offset, now = user_of(request), request.app.state.settings.utc_offset_min, clock.now_ms()
    done = request.query_params.get("done")
    async with request.app.state.db.reading() as db:
        keys = [_key(row, offset) for row in await store.passkeys_of(db, user.id)]
        listed = await sessions.of_person(db, user.id, now)
        context = {
            "name": user.name,
            "passkeys": keys,
            "sessions": [_session(row, request, offset, now) for row in listed],
            "done": done if done in ("added", "removed", "ended") else None,
            "wrong": wrong,
            "may_remove": len(keys) > 1 or request.app.state.settings.demo,
        }
        return await desk_page(request, db, "desk/me.html", status=status, **context)


def _key(row: RowMapping, offset: int) -> dict[str, Any]:
    last = local_iso(row["last_ms"], offset) if row["last_ms"] is not None else None
    return {"id": row["id"], "label": row["label"], "added": local_iso(row["added_ms"], offset), "last": last}


def _session(row: RowMapping, request: Request, offset: int, now: int) -> dict[str, Any]:
    last = local_iso(row["last_ms"], offset)
    return {
        "id": row["id_hash"],
        "browser": browser_named(row["user_agent"] or ""),
        "use": row["use"],
        "began": local_iso(row["created_ms"], offset),
        "last": last,
        "today": last[:10] == local_day(now, offset),
        "this": row["id_hash"] == request.state.session.id_hash,
    }


def _confirming(request: Request) -> Ceremony:
    return Ceremony(request.app.state.settings, "confirm", request.state.session.id_hash)


def _adding(request: Request) -> Ceremony:
    return Ceremony(request.app.state.settings, "add", request.state.session.id_hash)


def _shown(ceremony: Ceremony, said: Said, known: RowMapping, now: int) -> Answered:
    """What the answer proves about a passkey we know. Raises Refused."""
    return ceremony.shown(said.credential, known["person"], bytes(known["public_key"]), known["count"] or 0, now)


def own_path(to: str) -> str:
    """A path of the desk to go on to: never a way to send somebody elsewhere."""
    return to if to.startswith("/desk/") and "\\" not in to else HOME


async def read_said(request: Request) -> Said:
    """The body of an answer. Raises Problem."""
    raw = await read_body(request, BODY_BYTES_MAX)
    try:
        return msgspec.json.decode(raw, type=Said)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise not_accepted() from None


@asynccontextmanager
async def refusing() -> AsyncIterator[None]:
    """Around a ceremony: whatever is wrong with it, whoever sent it hears one sentence; the reason is for the log.

    Raises:
        Problem: `passkey` (403).
    """
    try:
        yield
    except Refused as error:
        events.happened("passkey.refused", str(error))
        raise not_accepted() from None


def not_accepted() -> Problem:
    """Whatever was wrong with it: one sentence for all of it."""
    return Problem(
        "passkey", 403, "这把通行密钥没有通过，请再试一次。", "This passkey was not accepted. Please try again."
    )


def no_passkey() -> Problem:
    """Nothing can be shown where there is nothing."""
    return Problem(
        "no_passkey",
        403,
        "您还没有通行密钥，请维护服务器的人给您一个一次性链接。",
        "You have no passkey yet. Whoever looks after the server gives you a one-time link.",
    )


Handler = Callable[[Request], Awaitable[Response]]


def _post(path: str, handler: Handler) -> Route:
    return Route(path, handler, methods=["POST"])


routes = [
    Route("/sign-in", sign_in_page, methods=["GET"]),
    _post("/sign-in", sign_in),
    _post("/sign-in/options", sign_in_options),
    _post("/sign-out", sign_out),
    Route("/desk/me", me, methods=["GET"]),
    _post("/desk/me/confirmation/options", confirm_options),
    _post("/desk/me/confirmation", confirm),
    _post("/desk/me/passkeys/options", add_options),
    _post("/desk/me/passkeys", add),
    _post("/desk/me/passkeys/{id}/removal", remove),
    _post("/desk/me/sessions", end_sessions),
]

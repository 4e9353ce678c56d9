"""A one-time link of a desk: the passkey made behind it opens the desk, then and ever after."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server import brakes, clock, sessions
from server.access import DESK, home_of
from server.join import store
from server.join.enrolling import invited
from server.join.problems import link_gone
from server.join.store import Invitation
from server.passkeys.ceremony import Ceremony, begin_options
from server.passkeys.pages import read_said, refusing
from server.passkeys.store import add_passkey, passkeys_of, refuse_known, use_challenge
from server.recovering import letting_in


async def passkey_options(request: Request) -> Response:
    """`POST /join/{token}/passkey/options`: what the browser needs to make a passkey for whoever the link is for."""
    invitation = await _for_desk(request)
    async with request.app.state.db.reading() as db:
        known = [row["credential"] for row in await passkeys_of(db, invitation.person)]
    ceremony = _ceremony(request, invitation)
    return JSONResponse(begin_options(ceremony, invitation.person, invitation.name, known, clock.now_ms()))


async def open_desk(request: Request) -> Response:
    """`POST /join/{token}/passkey`: the passkey was made; the link is used up and the desk open."""
    invitation, said, now, state = await _for_desk(request), await read_said(request), clock.now_ms(), request.app.state
    async with refusing():
        answered = _ceremony(request, invitation).made(said.credential, now)
        async with state.db.writing() as db:
            await use_challenge(db, answered, now)
            await refuse_known(db, answered)
            if not await store.use_link(db, invitation, now):
                raise link_gone()
    ending = await letting_in(state.db, invitation.person, now)
    passkey = await add_passkey(state.journal, invitation.person, answered, said.label, ending)
    async with state.db.writing() as db:
        agent = request.headers.get("user-agent", "")
        await sessions.end_shown(db, request)
        token = await sessions.begin(db, invitation.person, now, agent, passkey=passkey)
    response = JSONResponse({"to": home_of(invitation.role)})
    sessions.give(response, state.settings, token)
    return response


async def _for_desk(request: Request) -> Invitation:
    invitation = await invited(request)
    if invitation is None or invitation.used or invitation.purpose != "desk" or invitation.role not in DESK:
        raise link_gone()
    brakes.take(request, brakes.ENROLLING, invitation.token_hash)
    return invitation


def _ceremony(request: Request, invitation: Invitation) -> Ceremony:
    return Ceremony(request.app.state.settings, "begin", invitation.token_hash)


routes = [
    Route("/join/{token}/passkey/options", passkey_options, methods=["POST"]),
    Route("/join/{token}/passkey", open_desk, methods=["POST"]),
]

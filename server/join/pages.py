"""The page behind a one-time link, and what its buttons do: enrol a phone, open a desk by a passkey made there."""

from __future__ import annotations

import base64
import binascii
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from server import clock, sessions
from server.access import DESK
from server.bodies import read_body
from server.join import store
from server.join.store import Invitation
from server.journal import Draft
from server.passkeys.ceremony import Ceremony, begin_options
from server.passkeys.pages import read_said, refusing
from server.passkeys.store import add_passkey, passkeys_of, refuse_known, use_challenge
from server.problem import Problem
from server.rendering import page

BODY_BYTES_MAX = 4096
LABEL_CHARS_MAX = 60
POINT_BYTES = 65


class Registration(msgspec.Struct, forbid_unknown_fields=False):
    """What a phone says of itself: its public key (raw P-256 point, base64url) and a name people recognise it by. A
    phone that a restored server has forgotten says which device it was."""

    public_key: str
    label: str = ""
    device: str = ""


async def _invited(request: Request) -> Invitation | None:
    async with request.app.state.db.reading() as db:
        return await store.find_link(db, request.path_params["token"], clock.now_ms())


def _show(request: Request, invitation: Invitation | None, status: int = 200) -> Response:
    """The page: what this link opens, or that it opens nothing any more.

    A used phone link still shows the phone's page: the phone that used it may have been closed half way.
    """
    state = "gone" if invitation is None else invitation.purpose
    if invitation is not None and invitation.used and invitation.purpose == "desk":
        state = "gone"
    about = {
        "name": invitation.name if invitation else "",
        "person": invitation.person if invitation else "",
        "used": bool(invitation and invitation.used),
        "demo": request.app.state.settings.demo,
    }
    return page(request, "join/join.html", status=status, state=state, token=request.path_params["token"], **about)


async def show(request: Request) -> Response:
    """`GET /join/{token}`: opening the link uses nothing up; link previews open it too."""
    invitation = await _invited(request)
    response = _show(request, invitation, 200 if invitation else 410)
    # The address is a secret until it has been used.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


async def enrol(request: Request) -> Response:
    """`POST /join/{token}/device`: the phone hands in the key it made, and becomes a device of this person."""
    invitation = await _invited(request)
    if invitation is None or invitation.purpose != "phone":
        raise _link_gone()
    said = await _registration(request)
    settings, journal = request.app.state.settings, request.app.state.journal
    now = clock.now_ms()
    async with request.app.state.db.writing() as db:
        device = await store.device_for(db, settings.secret, invitation, said.public_key, said.device)
        # The same phone asking again (its answer was lost, the server died) goes through; anybody else comes too late.
        if not await store.use_link(db, invitation, now, device):
            raise _link_gone()
    body = {"person": invitation.person, "public_key": said.public_key, "label": said.label.strip()[:LABEL_CHARS_MAX]}
    await journal.commit([Draft("device.enrolled", device, None, invitation.person, body, id=device)])
    async with request.app.state.db.writing() as db:
        agent = request.headers.get("user-agent", "")
        token = await sessions.begin(db, invitation.person, now, agent, device, use="field")
    response = JSONResponse(await _welcome(request, invitation, device))
    sessions.give(response, settings, token, "field")
    return response


async def _welcome(request: Request, invitation: Invitation, device: str) -> dict[str, Any]:
    settings, journal = request.app.state.settings, request.app.state.journal
    log, size = await journal.log_and_size()
    now = clock.now_ms()
    return {
        "device": device,
        "person": {"id": invitation.person, "name": invitation.name, "role": invitation.role},
        "nonce": journal.new_nonce(device),
        "log": log,
        "size": size,
        "time_ms": now,
        "utc_offset_min": settings.utc_offset_min,
    }


async def open_session(request: Request) -> Response:
    """`POST /join/{token}/session`: sign a browser in that keeps nothing for us, to the field's pages; in a demo to the
    desk as well."""
    invitation, settings = await _invited(request), request.app.state.settings
    if invitation is None or (invitation.purpose == "desk" and not settings.demo):
        return _show(request, None, 410)
    use: sessions.Use = "desk" if invitation.purpose == "desk" else "field"
    now = clock.now_ms()
    async with request.app.state.db.writing() as db:
        if not await store.use_link(db, invitation, now):
            return _show(request, None, 410)
        if use == "desk":
            await sessions.end_shown(db, request)
        token = await sessions.begin(db, invitation.person, now, request.headers.get("user-agent", ""), use=use)
    response = RedirectResponse("/desk/visits" if use == "desk" else "/field/", 303)
    sessions.give(response, settings, token, use)
    return response


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
                raise _link_gone()
    passkey = await add_passkey(state.journal, invitation.person, answered, said.label)
    async with state.db.writing() as db:
        agent = request.headers.get("user-agent", "")
        await sessions.end_shown(db, request)
        token = await sessions.begin(db, invitation.person, now, agent, passkey=passkey)
    response = JSONResponse({"to": "/desk/visits"})
    sessions.give(response, state.settings, token)
    return response


async def _for_desk(request: Request) -> Invitation:
    invitation = await _invited(request)
    if invitation is None or invitation.used or invitation.purpose != "desk" or invitation.role not in DESK:
        raise _link_gone()
    return invitation


def _ceremony(request: Request, invitation: Invitation) -> Ceremony:
    return Ceremony(request.app.state.settings, "begin", invitation.token_hash)


async def _registration(request: Request) -> Registration:
    raw = await read_body(request, BODY_BYTES_MAX)
    try:
        said = msgspec.json.decode(raw, type=Registration)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise _bad_key() from None
    try:
        point = base64.urlsafe_b64decode(said.public_key + "=" * (-len(said.public_key) % 4))
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
    except (ValueError, binascii.Error):
        raise _bad_key() from None
    if len(point) != POINT_BYTES or base64.urlsafe_b64encode(point).rstrip(b"=").decode() != said.public_key:
        raise _bad_key()
    return said


def _link_gone() -> Problem:
    return Problem(
        "link_gone",
        410,
        "这个链接已经用过或者过期了。请站长再给一个。",
        "This link has been used or has expired. Ask your station for a new one.",
    )


def _bad_key() -> Problem:
    return Problem("bad_shape", 400, "这部手机送来的登记看不懂。", "This registration could not be read.")


routes = [
    Route("/join/{token}", show),
    Route("/join/{token}/device", enrol, methods=["POST"]),
    Route("/join/{token}/session", open_session, methods=["POST"]),
    Route("/join/{token}/passkey/options", passkey_options, methods=["POST"]),
    Route("/join/{token}/passkey", open_desk, methods=["POST"]),
]

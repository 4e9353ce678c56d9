"""A phone becomes a device: it binds itself, shows its key, waits for the station's word, and is welcomed.

Every step may be said again, so that a phone whose answer was lost, or that was closed half way, goes on where it was.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any, TypeVar

import msgspec
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from starlette.datastructures import State
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server import brakes, clock, events, sessions
from server.bodies import read_body
from server.join import store
from server.join.certificate import make_certificate
from server.join.digits import b64u, commitment, digits, is_commitment, is_nonce
from server.join.meetings import Phone, meet, meeting_of, show_phone
from server.join.problems import bad_key, digits_differ, link_gone, link_taken
from server.join.store import Invitation
from server.journal import Draft

T = TypeVar("T")
BODY_BYTES_MAX = 4096
LABEL_CHARS_MAX = 60
POINT_BYTES = 65
ASK_AGAIN_S = 2


class Bound(msgspec.Struct, frozen=True):
    """What a phone says first: the hash of its key and of a nonce of its own."""

    commitment: str


class Registration(msgspec.Struct, frozen=True):
    """What a phone says of itself: its public key (raw P-256 point, base64url), the nonce it bound itself to where the
    station compares, and a name people recognise it by. A phone that a restored server has forgotten says which device
    it was."""

    public_key: str
    nonce: str = ""
    label: str = ""
    device: str = ""


async def invited(request: Request) -> Invitation | None:
    """The link of this request's address. Addresses that lead nowhere are counted."""
    async with request.app.state.db.reading() as db:
        invitation = await store.find_link(db, request.path_params["token"], clock.now_ms())
    if invitation is None:
        brakes.take(request, brakes.LINKS, brakes.caller(request))
    return invitation


async def invited_phone(request: Request) -> Invitation:
    """The link of a phone that its person has just pressed something on. Raises Problem."""
    invitation = await invited(request)
    if invitation is None or invitation.purpose != "phone":
        raise link_gone()
    brakes.take(request, brakes.ENROLLING, invitation.token_hash)
    if invitation.decision == "different":
        raise digits_differ()
    return invitation


async def begin(request: Request) -> Response:
    """`POST /join/{token}/meeting`: a phone binds itself, and is the one that this link has met."""
    invitation = await invited_phone(request)
    said = await _read(request, Bound)
    if not is_commitment(said.commitment):
        raise bad_key()
    async with request.app.state.db.writing() as db:
        nonce = await meet(db, invitation, said.commitment, clock.now_ms())
    if nonce is None:
        raise link_taken()
    return JSONResponse({"nonce": nonce})


async def enrol(request: Request) -> Response:
    """`POST /join/{token}/device`: the phone hands in the key it made. Where the station compares it is told to wait
    (202) and asks again; then it is a device of this person."""
    invitation, said = await invited_phone(request), await _registration(request)
    phone = Phone(said.public_key, said.label.strip()[:LABEL_CHARS_MAX], said.device)
    if invitation.confirm == "desk":
        known = await compare(request, invitation, phone, said.nonce)
        if known is None:
            return JSONResponse({"waiting": True}, 202, headers={"Retry-After": str(ASK_AGAIN_S)})
        phone = known
    device = await make_device(request.app.state, invitation, phone)
    now = clock.now_ms()
    async with request.app.state.db.writing() as db:
        agent = request.headers.get("user-agent", "")
        await sessions.end_shown(db, request)
        token = await sessions.begin(db, invitation.person, now, agent, device, use="field")
    events.happened("device.enrolled", person=invitation.person, device=device)
    response = JSONResponse(await _welcome(request, invitation, device, phone.public_key))
    sessions.give(response, request.app.state.settings, token, "field")
    return response


async def compare(request: Request, invitation: Invitation, phone: Phone, nonce: str) -> Phone | None:
    """The phone as it was shown first, once the station has said that both screens show the same; None while it has
    said nothing. Raises Problem."""
    if not is_nonce(nonce):
        raise bad_key()
    async with request.app.state.db.reading() as db:
        row = await meeting_of(db, invitation)
    if row is None or row["commitment"] != commitment(phone.public_key, nonce):
        raise link_taken() if row is not None else bad_key()
    if row["digits"] is None:
        shown = digits(request.path_params["token"], phone.public_key, nonce, row["nonce"])
        async with request.app.state.db.writing() as db:
            await show_phone(db, invitation, phone, shown)
        return None
    return Phone(row["public_key"], row["label"], row["was"]) if row["decision"] == "same" else None


async def make_device(state: State, invitation: Invitation, phone: Phone) -> str:
    """Journal that a phone is a device of this person; its id. The same phone asking again (its answer was lost, the
    server died) is the same device; anybody else comes too late. Raises Problem."""
    async with state.db.writing() as db:
        device = await store.device_for(db, state.settings.secrets, invitation, phone.public_key, phone.was)
        if not await store.use_link(db, invitation, clock.now_ms(), device):
            raise link_gone()
    body = {"person": invitation.person, "public_key": phone.public_key, "label": phone.label}
    await state.journal.commit([Draft("device.enrolled", device, None, invitation.person, body, id=device)])
    # Its person was let in: a vault that is made anew opens the rows.
    await state.journal.open_by(device, None)
    return device


async def _welcome(request: Request, invitation: Invitation, device: str, public_key: str) -> dict[str, Any]:
    settings, journal = request.app.state.settings, request.app.state.journal
    log, size = await journal.log_and_size()
    now = clock.now_ms()
    return {
        "device": device,
        "person": {"id": invitation.person, "name": invitation.name, "role": invitation.role},
        "certificate": make_certificate(settings.secrets[0], device, invitation.person, public_key, log, now),
        "nonce": journal.new_nonce(device),
        "log": log,
        "size": size,
        "time_ms": now,
        "utc_offset_min": settings.utc_offset_min,
    }


async def _registration(request: Request) -> Registration:
    said = await _read(request, Registration)
    try:
        point = base64.urlsafe_b64decode(said.public_key + "=" * (-len(said.public_key) % 4))
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
    except (ValueError, binascii.Error):
        raise bad_key() from None
    if len(point) != POINT_BYTES or b64u(point) != said.public_key:
        raise bad_key()
    return said


async def _read(request: Request, kind: type[T]) -> T:
    raw = await read_body(request, BODY_BYTES_MAX)
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise bad_key() from None


routes = [
    Route("/join/{token}/meeting", begin, methods=["POST"]),
    Route("/join/{token}/device", enrol, methods=["POST"]),
]

"""The pages that lead in: a one-time link, the digits typed instead of one, and a browser that keeps nothing for us.

Each stands a second time under /elder/, in large letters: a volunteer's icon shows no address beside it.
"""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server import brakes, clock, events, sessions
from server.access import VOLUNTEER, home_of, phone_home
from server.form_fields import text_of
from server.i18n import size_of
from server.join import store
from server.join.browsers import built_in
from server.join.codes import open_code, read_code
from server.join.digits import commitment, digits, is_nonce, new_nonce
from server.join.enrolling import compare, invited
from server.join.meetings import Phone, meet
from server.join.problems import digits_differ, link_taken
from server.join.store import Invitation
from server.problem import Problem
from server.rendering import page
from server.settings import Settings

TYPED_CHARS_MAX = 40
FIELDS_MAX = 4
ELDER = "/elder/join"


def _around(request: Request) -> dict[str, Any]:
    """Where these pages stand, and how large their letters are."""
    elder = request.url.path.startswith(ELDER)
    return {"elder": elder, "at": ELDER if elder else "/join", "size": size_of(request)}


def _show(request: Request, invitation: Invitation | None, status: int = 200) -> Response:
    """The page: what this link opens, or that it opens nothing any more.

    A used phone link still shows the phone's page: the phone that used it may have been closed half way.
    """
    state = "gone" if invitation is None else invitation.purpose
    if invitation is not None and invitation.used and invitation.purpose == "desk":
        state = "gone"
    if state == "gone":
        events.happened("join.refused", "link_gone", method=request.method)
    about = {
        "name": invitation.name if invitation else "",
        "person": invitation.person if invitation else "",
        "used": bool(invitation and invitation.used),
        "confirm": invitation.confirm if invitation else "",
        "volunteer": bool(invitation and invitation.role in VOLUNTEER),
        "demo": request.app.state.settings.demo,
        "log": " ".join(request.app.state.settings.log_keys.spelled),
    }
    about |= {"token": request.path_params["token"], **_around(request)}
    return page(request, "join/join.html", status=status, state=state, **about)


async def show(request: Request) -> Response:
    """`GET /join/{token}`: opening the link uses nothing up; link previews open it too."""
    invitation, around = await invited(request), _around(request)
    if around["elder"] and invitation is not None and invitation.role not in VOLUNTEER:
        return RedirectResponse(f"/join/{request.path_params['token']}", 303)
    elsewhere = built_in(request.headers.get("user-agent", ""))
    if invitation is not None and elsewhere:
        address = f"{request.app.state.settings.public_url}{around['at']}/{request.path_params['token']}"
        return page(request, "join/elsewhere.html", browser=elsewhere, address=address)
    response = _show(request, invitation, 200 if invitation else 410)
    # The address is a secret until it has been used.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


async def type_code(request: Request) -> Response:
    """`GET /join`: eight digits for who cannot scan."""
    elsewhere = built_in(request.headers.get("user-agent", ""))
    if elsewhere:
        address = f"{request.app.state.settings.public_url}{_around(request)['at']}"
        return page(request, "join/elsewhere.html", browser=elsewhere, address=address)
    return _code_page(request)


async def take_code(request: Request) -> Response:
    """`POST /join`: digits lead to their link and use nothing up; wrong ones are counted."""
    state = request.app.state
    async with request.form(max_files=0, max_fields=FIELDS_MAX) as form:
        typed = text_of(form, "code")[:TYPED_CHARS_MAX]
    code, caller = read_code(typed), brakes.caller(request)
    if code is None:
        return _code_page(request, 422, typed=typed, wrong="shape")
    try:
        brakes.may(request, brakes.WRONG_CODES, caller)
    except Problem as busy:
        answer = _code_page(request, busy.status, typed=typed, wrong="often")
        answer.headers["Retry-After"] = str(busy.extra["retry_s"])
        return answer
    # Counted before it is looked at: many at once are many.
    brakes.count(request, brakes.WRONG_CODES, caller)
    token = await open_code(state.db, state.settings.secrets[0], code, clock.now_ms())
    if token is None:
        return _code_page(request, 403, typed=typed, wrong="none")
    brakes.give_back(request, brakes.WRONG_CODES, caller)
    return RedirectResponse(f"{_around(request)['at']}/{token}", 303)


def _code_page(request: Request, status: int = 200, typed: str = "", wrong: str = "") -> Response:
    around = _around(request)
    shown = "join/elder.html" if around["elder"] else "join/code.html"
    return page(request, shown, status=status, typed=typed, wrong=wrong, **around)


async def open_session(request: Request) -> Response:
    """`POST /join/{token}/session`: sign a browser in that keeps nothing for us, to the field's pages, once the station
    has compared; in a demo to the desk as well."""
    invitation, settings = await invited(request), request.app.state.settings
    if invitation is None or (invitation.purpose == "desk" and not settings.demo):
        return _show(request, None, 410)
    brakes.take(request, brakes.ENROLLING, invitation.token_hash)
    compared = invitation.purpose == "phone" and invitation.confirm == "desk"
    if compared:
        unlike = await _compare_plainly(request, invitation)
        if unlike is not None:
            return unlike
    use: sessions.Use = "desk" if invitation.purpose == "desk" else "field"
    now = clock.now_ms()
    async with request.app.state.db.writing() as db:
        # The browser that was compared may ask again for an answer that was lost.
        if not await store.use_link(db, invitation, now, "" if compared else None):
            return _show(request, None, 410)
        await sessions.end_shown(db, request)
        token = await sessions.begin(db, invitation.person, now, request.headers.get("user-agent", ""), use=use)
    response = RedirectResponse(home_of(invitation.role) if use == "desk" else phone_home(invitation.role), 303)
    sessions.give(response, settings, token, use)
    response.delete_cookie(_cookie(settings), path="/")
    return response


async def _compare_plainly(request: Request, invitation: Invitation) -> Response | None:
    """The digits of a browser that makes no key, until the station has said that they are the same."""
    settings, token = request.app.state.settings, request.path_params["token"]
    kept = request.cookies.get(_cookie(settings), "")
    own = kept if is_nonce(kept) else new_nonce()
    async with request.app.state.db.writing() as db:
        nonce = await meet(db, invitation, commitment("", own), clock.now_ms())
    try:
        if invitation.decision == "different":
            raise digits_differ()
        if nonce is None:
            raise link_taken()
        if await compare(request, invitation, Phone("", request.headers.get("user-agent", "")[:60]), own) is not None:
            return None
    except Problem as problem:
        about = {"problem": problem, "digits": "", "token": token, **_around(request)}
        return page(request, "join/plain.html", status=problem.status, **about)
    four = digits(token, "", own, nonce)
    response = page(request, "join/plain.html", problem=None, digits=four, token=token, **_around(request))
    # The browser's own half: whoever has only the address cannot go on in its place.
    response.set_cookie(
        _cookie(settings), own, max_age=3600, path="/", secure=settings.secure, httponly=True, samesite="lax"
    )
    return response


def _cookie(settings: Settings) -> str:
    return "__Host-sifang-join" if settings.secure else "sifang-join"


routes = [
    route
    for at in ("/join", ELDER)
    for route in (
        Route(at, type_code, methods=["GET"]),
        Route(at, take_code, methods=["POST"]),
        Route(f"{at}/{{token}}", show),
        Route(f"{at}/{{token}}/session", open_session, methods=["POST"]),
    )
]

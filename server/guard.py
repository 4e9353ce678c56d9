"""What stands before every request and behind every answer: the access table, same-origin writes, strict headers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from copy import copy

from sqlalchemy.exc import DBAPIError
from starlette.datastructures import Headers as HeaderMap
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server import access, brakes, clock, events, sessions
from server.access import ANYONE, DEVICE, PHONES, VOLUNTEER
from server.bodies import too_large
from server.passkeys.store import passkeys_of
from server.problem import Problem, not_found, problem_response
from server.proxies import came_in_the_clear
from server.settings import Settings

CSP = (
    "default-src 'none'; object-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types htmx sifang"
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self), payment=(), usb=()",
}
"""On every answer; the service worker puts the same on the pages it makes."""

LASTINGLY_SECURE = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
"""Whoever came over HTTPS once never comes without it for a year."""

BODY_BYTES_MAX = 16 * 1024 * 1024
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PROGRAMS = ("/sync", "/join", "/elder/join", "/api")
"""What phones and the hotline say by themselves, and links that are good once."""
FIELD_HOME = frozenset({"/field", "/field/"})
"""Where the phones' pages begin: who has a desk and no phone is led to the desk."""


class Headers:
    """Puts the strict headers on every answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.headers = {**SECURITY_HEADERS, **(LASTINGLY_SECURE if settings.secure else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and dress the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("Cache-Control", "no-store")
                else:
                    headers.setdefault("Cache-Control", "no-cache")
            await send(message)

        await self.app(scope, receive, dressed)


def _same_origin(headers: HeaderMap, settings: Settings) -> bool:
    """Whether a write comes from our own pages: fetch metadata first, Origin where the browser is too old for it."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    if origin is None:
        return True
    scheme, _, host = origin.partition("://")
    return host == headers.get("host", "") and (scheme == "https" or not settings.secure)


def _length(headers: HeaderMap) -> int:
    """How many bytes a request says its body has. Raises Problem when that is no number."""
    said = headers.get("content-length") or "0"
    if not (said.isascii() and said.isdigit()):
        raise Problem("bad_length", 400, "这个请求的长度看不懂。", "The length of this request could not be read.")
    return int(said[:20])


class Guard:
    """Turns away what came over plain http, writes from other sites, oversized bodies and addresses that cannot be,
    whatever they ask for."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or answer with the problem."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        request.state.user = request.state.session = None
        if self.settings.secure and came_in_the_clear(request, self.settings.proxies):
            await (await self._encrypted(request))(scope, receive, send)
            return
        try:
            self._check(request)
        except Problem as problem:
            await (await problem_response(request, problem))(scope, receive, send)
            return
        await self.app(scope, _limited(receive), send)

    async def _encrypted(self, request: Request) -> Response:
        """People are led to https. Programs have sent what they say in the clear already: they are told, not led on."""
        path = request.url.path
        if request.method not in SAFE or path in PROGRAMS or path.startswith(tuple(f"{each}/" for each in PROGRAMS)):
            return await problem_response(request, https_only())
        asked = f"?{request.url.query}" if request.url.query else ""
        # One slash of our own: whatever was asked for, it is asked of our own name.
        return RedirectResponse(f"{self.settings.public_url}/{path.lstrip('/')}{asked}", 301)

    def _check(self, request: Request) -> None:
        if request.method not in SAFE and not _same_origin(request.headers, self.settings):
            raise cross_site()
        if _length(request.headers) > BODY_BYTES_MAX:
            raise too_large()
        # U+0000: no address of ours has it, and PostgreSQL takes no text that does. %2500 is another sign.
        if "\x00" in request.scope["path"] or b"%00" in request.scope["query_string"]:
            raise not_found()


def guarded(routes: Iterable[BaseRoute], settings: Settings) -> list[BaseRoute]:
    """The routes, each behind its line of the access table: the router alone reads the address, and what it found is
    what is asked about.

    Raises:
        ValueError: a route is not listed, or a line leads nowhere.
    """
    own = list(routes)
    if strange := access.unlisted(own):
        raise ValueError(f"the access table and the routes differ: {', '.join(strange)}")
    kept: list[BaseRoute] = []
    for route in own:
        assert isinstance(route, Route)
        behind = copy(route)
        behind.app = Door(route.app, route.path, settings)
        kept.append(behind)
    return kept


class Door:
    """Stands before one route: loads the user, counts what they ask and asks the access table."""

    def __init__(self, app: ASGIApp, path: str, settings: Settings) -> None:
        self.app = app
        self.path = path
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or raise the problem."""
        request = Request(scope)
        elsewhere = await self._check(request)
        await (elsewhere or self.app)(scope, receive, send)

    async def _check(self, request: Request) -> Response | None:
        """None lets the request through; a response leads where this person's own pages are."""
        entry = access.entry_for(request.method, self.path)
        if entry is None:
            raise not_found()
        if entry.roles == DEVICE:
            return None
        if self.path.startswith("/static/") or not request.cookies.get(sessions.cookie_name(self.settings)):
            if entry.roles != ANYONE:
                raise _sign_in(request)
            return None
        await self._recognise(request)
        user = request.state.user
        if entry.roles == ANYONE:
            return None
        if user is None and request.state.session is not None:
            raise _digits_there(request.url.path, access.shut())
        if user is None:
            raise _sign_in(request)
        verb = "GET" if request.method == "HEAD" else request.method
        brakes.pass_person(request, verb, self.path, user.id, unasked=_by_itself(request))
        if user.role not in entry.roles or (user.use == "field" and user.role not in PHONES):
            if request.method in SAFE and self.path in FIELD_HOME and (user.has_desk or user.role in VOLUNTEER):
                return RedirectResponse(access.home_of(user.role), 303)
            raise not_found()
        if is_desk(self.path):
            if not user.has_desk:
                raise _sign_in(request)
            if entry.fresh:
                await self._keep_back(request)
        return None

    async def _recognise(self, request: Request) -> None:
        """Who comes, by their session; that it is in use is written down now and then."""
        now = clock.now_ms()
        async with request.app.state.db.reading() as db:
            session = await sessions.live(db, request, self.settings, now)
            user = await access.load_user(db, session.person, session.use) if session else None
        if session is None or user is None:
            return
        request.state.session = session
        if not session.is_open(request):
            return
        request.state.user = user
        events.by(person=user.id)
        if now - session.last_ms > sessions.TOUCH_MS and not _by_itself(request):
            # Bookkeeping: a disk that is full or a database that is busy keeps no page from being read.
            with suppress(sqlite3.Error, DBAPIError, OSError):
                async with request.app.state.db.writing() as db:
                    await sessions.touch(db, session, now)

    async def _keep_back(self, request: Request) -> None:
        """What gives somebody a way in waits for a passkey. In a demo nobody need have one."""
        if request.state.session.is_fresh(clock.now_ms()):
            return
        if self.settings.demo:
            async with request.app.state.db.reading() as db:
                if not await passkeys_of(db, request.state.user.id):
                    return
        raise access.show_passkey()


def _by_itself(request: Request) -> bool:
    """Whether a page asks that stands open, and nobody: that is no use of it."""
    return request.headers.get("x-unasked") == "1" or request.url.path == "/desk/live"


def is_desk(path: str) -> bool:
    """Whether an address is one of the desk's."""
    return path == "/desk" or path.startswith("/desk/")


def _sign_in(request: Request) -> Problem:
    """Nobody is signed in; whoever wanted a page of the desk may come in and go on there."""
    path = request.url.path
    if not is_desk(path):
        return _digits_there(path, access.sign_in())
    return access.come_in(path if request.method in SAFE else "/desk")


def _digits_there(path: str, problem: Problem) -> Problem:
    """An icon on an iPhone has a storage of its own and knows nobody: a volunteer types the digits right there, and
    never leaves what the icon may show."""
    if path.startswith("/elder/"):
        problem.extra["join"] = "/elder/join"
    return problem


def cross_site() -> Problem:
    """A write that another site's page has sent."""
    said = ("这个请求不是从本系统的页面来的。", "This request did not come from our pages.")
    return Problem("cross_site", 403, *said)


def https_only() -> Problem:
    """Somebody came without encryption to where nobody is led on."""
    said = ("这里只能用 https 打开。", "This answers over https alone.")
    return Problem("https_only", 403, *said)


def _limited(receive: Receive) -> Receive:
    """Bodies without a length are counted as they arrive."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > BODY_BYTES_MAX:
                raise too_large()
        return message

    return counted

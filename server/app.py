"""The whole server in one place: its features' routes, the guard before them, the headers behind them."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from itertools import chain
from typing import Any

from sqlalchemy.exc import DBAPIError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from server import (
    assets,
    blobs,
    calendar,
    capsules,
    care,
    conflicts,
    district,
    erasures,
    events,
    exports,
    field,
    grids,
    hooks,
    hotline,
    imports,
    items,
    join,
    ledger,
    live,
    logs,
    orders,
    packs,
    passkeys,
    patrols,
    phones,
    registry,
    reports,
    residents,
    restricted,
    staff,
    statics,
    suggestions,
    trail,
    visits,
    whistles,
)
from server.access import home_of
from server.backup.pages import routes as backup_routes
from server.blobs import Blobs
from server.brakes import Brakes
from server.db import Database
from server.full_disk import on_storage_error
from server.guard import Guard, Headers, guarded
from server.i18n import remember
from server.journal import Journal, Moved
from server.journal import routes as journal_routes
from server.looked import Looked
from server.problem import Problem, not_found, problem_response
from server.settings import Settings
from server.transport import lasting_password
from server.watching import Watched

_log = logging.getLogger(__name__)


async def home(request: Request) -> Response:
    """The front door: phones go to the field, desks to the desk."""
    user = getattr(request.state, "user", None)
    return RedirectResponse(home_of(user.role) if user is not None and user.has_desk else "/field/", 303)


async def health(request: Request) -> Response:
    """For whoever watches the process: the journal answers, and it is this one that is written to."""
    try:
        await request.app.state.journal.stay()
    except Moved:
        # Where to is told by `check`: anybody may ask here.
        return Response("moved: set SIFANG_DATABASE_URL and restart\n", 503, media_type="text/plain")
    return Response("ok\n", media_type="text/plain")


async def language(request: Request) -> Response:
    """Remember the reader's language and go back to where they were."""
    form = await request.form()
    back = str(form.get("back", "/"))
    # Only a path of ours: never a way to send somebody elsewhere.
    response = RedirectResponse(back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/", 303)
    lang = "en" if form.get("lang") == "en" else "zh"
    remember(response, request.app.state.settings, lang)
    return response


async def on_problem(request: Request, error: Exception) -> Response:
    """Expected trouble, told in the reader's words."""
    assert isinstance(error, Problem)
    return await problem_response(request, error)


async def on_missing(request: Request, error: Exception) -> Response:
    """An address that leads nowhere."""
    return await problem_response(request, not_found())


async def on_method(request: Request, error: Exception) -> Response:
    """The address exists, but not for this verb."""
    problem = Problem("method", 405, "这里不能这样做。", "This cannot be done here.")
    return await problem_response(request, problem)


async def on_gone(request: Request, error: Exception) -> Response:
    """The caller hung up in the middle of what it said; nobody is left to answer."""
    return Response(status_code=400)


LOOK_S = 30
"""How long a new day may have begun before whoever stands in from it on sees so, if no phone asks sooner."""


async def turn_days(journal: Journal) -> None:
    """Say what each new day brings, as long as this server runs. A disk that is full keeps it for the next look."""
    while True:
        try:
            await journal.turn_day()
        except (sqlite3.Error, DBAPIError, OSError, Problem) as error:
            _log.warning("what a new day brings could not be written yet: %s", type(error).__name__)
        await asyncio.sleep(LOOK_S)


def lifespan(settings: Settings) -> Callable[[Starlette], object]:
    """Open the database and the journal when serving begins, and close them in order."""

    @asynccontextmanager
    async def run(app: Starlette) -> AsyncIterator[None]:
        db = Database(settings.database_url)
        app.state.settings = settings
        app.state.db = db
        app.state.journal = Journal(db, settings)
        app.state.looked = Looked(db)
        await app.state.journal.start()
        # Before anybody is served: what an older copy of the database had brought back.
        Blobs(settings.blobs).drop(app.state.journal.erased_again)
        evenings = logs.as_evenings_come(app.state.journal, db, settings.utc_offset_min)
        app.state.hooks = hooks.Hooks(db, settings, [care.unseen, whistles.unseen(settings.utc_offset_min)])
        turns = [
            asyncio.create_task(turn_days(app.state.journal), name="days"),
            asyncio.create_task(evenings, name="evenings"),
            asyncio.create_task(hooks.as_things_come(app.state.hooks), name="hooks"),
            asyncio.create_task(whistles.as_whistles_move(db, settings.utc_offset_min), name="whistles"),
        ]
        password = lasting_password(settings.database_url)
        about: dict[str, Any] = {"demo": settings.demo, "secure": settings.secure, "password": password}
        events.happened("server.started", process=settings.process, **about)
        try:
            yield
        finally:
            events.happened("server.stopped", process=settings.process)
            for turn in turns:
                turn.cancel()
            await asyncio.gather(*turns, return_exceptions=True)
            await app.state.looked.close()
            await app.state.journal.stop()
            await db.close()

    return run


def all_routes() -> list[BaseRoute]:
    """Every address there is."""
    features: list[Sequence[BaseRoute]] = [
        journal_routes,
        ledger.routes,
        join.routes,
        passkeys.routes,
        field.routes,
        blobs.routes,
        visits.routes,
        logs.routes,
        orders.routes,
        patrols.routes,
        phones.routes,
        packs.routes,
        calendar.routes,
        care.routes,
        items.routes,
        whistles.routes,
        registry.routes,
        restricted.routes,
        exports.routes,
        erasures.routes,
        capsules.routes,
        grids.routes,
        imports.routes,
        conflicts.routes,
        staff.routes,
        district.routes,
        trail.routes,
        reports.routes,
        residents.routes,
        suggestions.routes,
        backup_routes,
        hooks.routes,
        hotline.routes,
        live.routes,
    ]
    own = [Route("/", home), Route("/health", health), Route("/language", language, methods=["POST"])]
    return [*own, *assets.routes, *statics.routes, *chain(*features)]


def create_app(settings: Settings) -> Starlette:
    """The application for one installation; its database must be migrated already."""
    app = Starlette(
        routes=guarded(all_routes(), settings),
        lifespan=lifespan(settings),  # type: ignore[arg-type]
        middleware=[
            Middleware(Headers, settings=settings),
            Middleware(Watched),
            Middleware(GZipMiddleware, minimum_size=1000),
            Middleware(Guard, settings=settings),
        ],
        exception_handlers={
            Problem: on_problem,
            **dict.fromkeys((sqlite3.Error, DBAPIError, OSError), on_storage_error),
            ClientDisconnect: on_gone,
            404: on_missing,
            405: on_method,
        },
    )
    # Every desk page bears these counts, and the frame stands below the features: they are handed down.
    app.state.waiting_count = conflicts.waiting_count
    app.state.unread_count = logs.unread
    app.state.urgent_count = care.urgent
    app.state.pressing_count = whistles.pressing
    app.state.pressing_told = whistles.pressing_told
    app.state.unread_visits = visits.unread
    app.state.whistles_told = whistles.told_in
    app.state.read_from = None
    app.state.brakes = Brakes()
    app.state.desk_link = join.desk_link
    return app

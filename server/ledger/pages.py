"""Pages for anybody: what was signed of the log, its tiles, and how to check them; and a sheet for the notice board."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server import brakes, clock
from server.journal import origin_of, verifier_keys
from server.ledger.notice import notice
from server.ledger.store import Counts, checkpoints
from server.localtime import local_iso
from server.problem import not_found
from server.rendering import page

FOR_EVER = "public, max-age=31536000, immutable"
SECONDS = "public, max-age=5"


async def index(request: Request) -> Response:
    """What the log says now, how to check it, and counts by grid and month."""
    brakes.take(request, brakes.PUBLIC, brakes.caller(request))
    settings, state = request.app.state.settings, request.app.state
    if not hasattr(state, "counts"):
        state.counts = Counts()
    log, size = await state.journal.log_and_size()
    async with state.db.reading() as db:
        said = await checkpoints(db)
        counted = await state.counts.now(db, clock.now_ms(), settings.utc_offset_min)
    for each in said:
        each["at"] = local_iso(each["received_ms"], settings.utc_offset_min)
    context = {
        "log": log,
        "size": size,
        "said": said,
        "keys": [str(key) for key in verifier_keys(origin_of(log), settings.log_keys.keys)],
        "counted": counted,
        "address": f"{settings.public_url}/ledger/{log}",
    }
    return page(request, "ledger/index.html", **context)


async def _of_this_log(request: Request) -> None:
    """The log in the address is the one that is kept: of another, from before a restore, nothing is shown."""
    brakes.take(request, brakes.PUBLIC, brakes.caller(request))
    if request.path_params["log"] != (await request.app.state.journal.log_and_size())[0]:
        raise not_found()


async def checkpoint(request: Request) -> Response:
    """`GET /ledger/{log}/checkpoint`: the newest, as it was signed."""
    await _of_this_log(request)
    said = await request.app.state.journal.said()
    if said is None:
        raise not_found()
    return Response(said.note, media_type="text/plain; charset=utf-8", headers={"Cache-Control": SECONDS})


async def keys(request: Request) -> Response:
    """`GET /ledger/keys`: the public keys of the log, one a line (C2SP signed-note). They name the log."""
    brakes.take(request, brakes.PUBLIC, brakes.caller(request))
    log, _ = await request.app.state.journal.log_and_size()
    told = verifier_keys(origin_of(log), request.app.state.settings.log_keys.keys)
    text = "".join(f"{key}\n" for key in told)
    return Response(text, media_type="text/plain; charset=utf-8", headers={"Cache-Control": SECONDS})


async def tile(request: Request) -> Response:
    """`GET /ledger/{log}/tile/{path}`: it never changes."""
    await _of_this_log(request)
    found = await request.app.state.journal.public_resource(request.path_params["path"])
    if found is None:
        raise not_found()
    return Response(found, media_type="application/octet-stream", headers={"Cache-Control": FOR_EVER})


routes = [
    Route("/ledger", index),
    Route("/ledger/keys", keys),
    Route("/ledger/{log}/checkpoint", checkpoint),
    Route("/ledger/{log}/tile/{path:path}", tile),
    Route("/desk/ledger/notice", notice),
]

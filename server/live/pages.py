"""A line that stays open and says that the journal has grown; what came is asked for as any page is."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress

from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from server import schema
from server.access import user_of
from server.brakes import too_many

LOOK_S = 1.0
"""How often the head is read: another server process may have written, and it cannot call us."""

GATHER_S = 0.3
"""What arrives together is told together."""

BREATH_S = 15.0
"""How often a silent line is used, so that both ends notice when the other is gone."""

LINE_S = 10 * 60.0
"""Then the browser opens another, and access is judged anew."""

LINES_MAX = 30
"""How many lines of one person a process keeps open: each looks at the database every second. Tabs in the back have
none, and a line that its browser has left is noticed within a second."""

_open: Counter[str] = Counter()


async def line(request: Request) -> Response:
    """Server-sent events named `journal`, one at once and one whenever something was written.

    The event carries the journal's size and nothing else: no word of a resident goes over this line. Raises Problem
    (`busy`, 429) when this person has too many open.
    """
    person = user_of(request).id
    if _open[person] >= LINES_MAX:
        raise too_many(int(BREATH_S * 1000))
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_events(request, person), media_type="text/event-stream", headers=headers)


async def _events(request: Request, person: str) -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    end = loop.time() + LINE_S
    woken = asyncio.Event()
    ear = asyncio.create_task(_listen(request, woken))
    told, spoken = -1, loop.time()
    _open[person] += 1
    try:
        yield "retry: 2000\n\n"
        while loop.time() < end and not _closing(request) and not await request.is_disconnected():
            size = await _size(request)
            if size != told:
                told, spoken = size, loop.time()
                yield f"event: journal\ndata: {size}\n\n"
                await asyncio.sleep(GATHER_S)
            elif loop.time() - spoken >= BREATH_S:
                spoken = loop.time()
                yield ": still here\n\n"
            with suppress(TimeoutError):
                await asyncio.wait_for(woken.wait(), LOOK_S)
            woken.clear()
    finally:
        ear.cancel()
        _open[person] -= 1


def _closing(request: Request) -> bool:
    """Whether the server has been asked to stop (server/serving.py): it cannot before its lines have ended."""
    return bool(getattr(request.app.state, "closing", False))


async def _listen(request: Request, woken: asyncio.Event) -> None:
    """What this process commits is heard at once."""
    async for _size in request.app.state.journal.subscribe():
        woken.set()


async def _size(request: Request) -> int:
    async with request.app.state.db.reading() as db:
        return (await db.execute(select(schema.journal_head.c.size))).scalar() or 0


routes = [Route("/desk/live", line)]

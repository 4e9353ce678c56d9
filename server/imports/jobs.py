"""Reading a file and bringing it in, beside the requests that ask how far it is."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace

from starlette.datastructures import State

from server import clock, events
from server.imports.choice import Choice
from server.imports.plan import Plan, make_plan
from server.imports.reading import read
from server.imports.store import load_registry
from server.imports.uploads import KEPT_MS, Upload, Uploads
from server.problem import Problem

TOLD_EVERY_S = 0.2
FIRST_ANSWER_S = 0.8
BREATH_S = 4

_running: set[asyncio.Task[None]] = set()
# The event loop alone does not keep its tasks alive.


async def start_preview(state: State, upload: Upload) -> None:
    """Begin to read a file. Returns when it is read, or soon: most files need no page that says "wait"."""
    await _start(_preview(state, upload))


async def start_import(state: State, upload: Upload) -> None:
    """Begin to bring a file in. Returns when it is in, or soon."""
    await _start(_bring_in(state, upload))


def sweep_later(uploads: Uploads) -> None:
    """Delete what is left in an hour, even if nobody opens a page again."""
    loop = asyncio.get_running_loop()
    loop.call_later(KEPT_MS / 1000 + 1, lambda: _keep(loop.create_task(_sweep(uploads))))


async def _sweep(uploads: Uploads) -> None:
    await asyncio.to_thread(uploads.sweep, clock.now_ms())


def _keep(task: asyncio.Task[None]) -> asyncio.Task[None]:
    _running.add(task)
    task.add_done_callback(_running.discard)
    return task


async def _start(work: object) -> None:
    task = _keep(asyncio.get_running_loop().create_task(work))  # type: ignore[arg-type]
    await asyncio.wait({task}, timeout=FIRST_ANSWER_S)


async def _preview(state: State, upload: Upload) -> None:
    uploads = Uploads(state.settings.data)
    try:
        plan = await _plan(state, uploads, upload)
    except Exception as error:
        await asyncio.to_thread(uploads.save, _failed(upload, error))
        return
    ready = replace(upload, state="ready", touched_ms=clock.now_ms(), report=plan.report.data())
    await asyncio.to_thread(uploads.save, ready)
    events.happened("import.planned", person=upload.person, upload=upload.id, edits=len(plan.drafts))


async def _bring_in(state: State, upload: Upload) -> None:
    """Plan anew, for the registry may have moved on since the preview; then one transaction, or nothing."""
    uploads = Uploads(state.settings.data)
    try:
        plan = await _plan(state, uploads, upload)
        if plan.drafts:
            breathing = _keep(asyncio.get_running_loop().create_task(_breathe(uploads, upload)))
            try:
                await state.journal.commit(plan.drafts)
            finally:
                breathing.cancel()
    except Exception as error:
        await asyncio.to_thread(uploads.save, _failed(upload, error))
        return
    now_ms = clock.now_ms()
    done = replace(upload, state="done", touched_ms=now_ms, finished_ms=now_ms, report=plan.report.data())
    await asyncio.to_thread(uploads.save, done)
    events.happened("import.done", person=upload.person, upload=upload.id, edits=len(plan.drafts))
    await asyncio.to_thread(uploads.forget_file, upload.id)


async def _breathe(uploads: Uploads, upload: Upload) -> None:
    """Say that somebody is at work, as long as one transaction takes: nobody begins it a second time."""
    while True:
        await asyncio.sleep(BREATH_S)
        await asyncio.to_thread(uploads.save, replace(upload, touched_ms=clock.now_ms()))


async def _plan(state: State, uploads: Uploads, upload: Upload) -> Plan:
    data = await asyncio.to_thread(uploads.data, upload.id)
    book = await asyncio.to_thread(read, data, upload.file)
    async with state.db.reading() as db:
        registry = await load_registry(db, upload.community)
    choice = Choice(upload.person, clock.now_ms(), state.settings.utc_offset_min, registry.grid_by_id.get(upload.grid))
    return await asyncio.to_thread(make_plan, book, registry, choice, _teller(uploads, upload))


def _teller(uploads: Uploads, upload: Upload) -> Callable[[int, int], None]:
    """Writes down how far the reading is, a few times a second."""
    told_s = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal told_s
        if time.monotonic() - told_s >= TOLD_EVERY_S:
            told_s = time.monotonic()
            uploads.save(replace(upload, done=done, total=total, touched_ms=clock.now_ms()))

    return tell


def _failed(upload: Upload, error: Exception) -> Upload:
    now_ms = clock.now_ms()
    code = error.code if isinstance(error, Problem) else "crash"
    events.happened("import.failed", code, person=upload.person, upload=upload.id)
    if isinstance(error, Problem):
        return replace(
            upload, state="failed", touched_ms=now_ms, problem_zh=error.message_zh, problem_en=error.message_en
        )
    # The cells of a ledger stay out of the log: the kind of error and its place are enough.
    events.crashed("request.crashed", error)
    return replace(upload, state="failed", touched_ms=now_ms)

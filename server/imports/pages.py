"""The desk's page for ledgers: a file comes, its changes are shown, somebody decides."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from uuid_utils import uuid7

from server import brakes, clock
from server.access import User, access_grid, user_of
from server.desk import desk_page
from server.exports.leaving import as_file
from server.form_fields import text_of
from server.i18n import locale_of
from server.imports.describe import by_row, describe, sentence, words_of
from server.imports.guard import FILE_BYTES_MAX, too_large
from server.imports.jobs import start_import, start_preview, sweep_later
from server.imports.report import from_data
from server.imports.store import grids_of
from server.imports.uploads import Upload, Uploads
from server.localtime import local_iso
from server.problem import Problem, not_found

AGAIN_S = 1
BUSY_S = 5


async def index(request: Request) -> Response:
    """Where a file is chosen, and what came of the last ones."""
    return await _index(request)


async def create(request: Request) -> Response:
    """A file arrives; it is read at once, and nothing is written."""
    user, uploads = _user(request), _uploads(request)
    brakes.take(request, brakes.UPLOADS, user.id)
    try:
        async with request.form(max_files=1, max_fields=4, max_part_size=FILE_BYTES_MAX) as form:
            chosen, grid = form.get("file"), text_of(form, "grid")
            name = chosen.filename if isinstance(chosen, UploadFile) else None
            data = await chosen.read(FILE_BYTES_MAX + 1) if isinstance(chosen, UploadFile) else b""
    except HTTPException as error:
        raise _bad_form() from error
    if not name:
        return await _index(request, status=400, missing=True)
    if grid:
        access_grid(user, grid)
    if len(data) > FILE_BYTES_MAX:
        raise too_large()
    now_ms = clock.now_ms()
    upload = Upload(str(uuid7()), _community(user), user.id, user.name, _name(name), grid, now_ms, now_ms)
    await asyncio.to_thread(uploads.create, upload, data)
    # Of two at one moment the first stays: both see both.
    if (await _at_work(request))[0].id != upload.id:
        await asyncio.to_thread(uploads.delete, upload.id)
        return await _one_at_a_time(request)
    sweep_later(uploads)
    await start_preview(request.app.state, upload)
    return _to(upload)


async def show(request: Request) -> Response:
    """One file: being read, waiting for a decision, or brought in."""
    upload = await _mine(request)
    if upload.stale(clock.now_ms()):
        # Its process was stopped half way; nothing was written, so it can begin again.
        upload = replace(upload, touched_ms=clock.now_ms())
        await asyncio.to_thread(_uploads(request).save, upload)
        await (start_preview if upload.state == "reading" else start_import)(request.app.state, upload)
        upload = await _mine(request)
    lang, settings = locale_of(request), request.app.state.settings
    context: dict[str, Any] = {"upload": _line(upload, lang, settings.utc_offset_min), "told": None}
    if upload.report and upload.state in {"ready", "done"}:
        done = upload.state == "done"
        context["told"] = describe(from_data(upload.report), lang, settings.utc_offset_min, done=done)
    user = _user(request)
    async with request.app.state.db.reading() as db:
        context["grids"] = await grids_of(db, user.grids)
        answer = await desk_page(request, db, "desk/import.html", **context)
    if upload.state in {"reading", "importing"}:
        # The page asks again by itself, with scripts or without.
        answer.headers["Refresh"] = str(AGAIN_S)
    return answer


async def report(request: Request) -> Response:
    """What is said of each row, all of it, as a file: to mend the ledger by, or to print."""
    upload, lang = await _mine(request), locale_of(request)
    if upload.report is None or upload.forgotten or upload.state not in {"ready", "done"}:
        raise not_found()
    told, offset = from_data(upload.report), request.app.state.settings.utc_offset_min
    heading, lines = await asyncio.to_thread(by_row, told, lang, offset)
    said = f"{upload.file} · {sentence(told, lang, done=upload.state == 'done')}"
    name = words_of(lang)("by_row.file", file=upload.file.rsplit(".", 1)[0])
    return await as_file(name, "csv", said, heading, lines)


async def confirm(request: Request) -> Response:
    """The file comes in, whole."""
    upload, uploads = await _mine(request), _uploads(request)
    if upload.state == "ready" and await _at_work(request):
        return await _one_at_a_time(request)
    if upload.state == "ready" and await asyncio.to_thread(uploads.claim, upload.id):
        user = user_of(request)
        upload = replace(upload, state="importing", person=user.id, by=user.name, touched_ms=clock.now_ms())
        await asyncio.to_thread(uploads.save, upload)
        await start_import(request.app.state, upload)
    return _to(upload)


async def choose(request: Request) -> Response:
    """The grid of a file that names none: it is read anew, with every row in that grid."""
    upload, uploads, user = await _mine(request), _uploads(request), _user(request)
    async with request.form(max_files=0, max_fields=2) as form:
        grid = access_grid(user, text_of(form, "grid"))
    if upload.state == "ready" and await _at_work(request):
        return await _one_at_a_time(request)
    if upload.state == "ready":
        now_ms = clock.now_ms()
        upload = replace(
            upload, state="reading", person=user.id, grid=grid, report=None, done=0, total=0, touched_ms=now_ms
        )
        await asyncio.to_thread(uploads.save, upload)
        await start_preview(request.app.state, upload)
    return _to(upload)


async def cancel(request: Request) -> Response:
    """The file does not come in; it is deleted."""
    upload = await _mine(request)
    if upload.state in {"ready", "failed", "reading"}:
        await asyncio.to_thread(_uploads(request).delete, upload.id)
    return RedirectResponse("/desk/imports", 303)


async def _at_work(request: Request) -> Sequence[Upload]:
    person = user_of(request).id
    return await asyncio.to_thread(lambda: _uploads(request).at_work(person, clock.now_ms()))


async def _one_at_a_time(request: Request) -> Response:
    """Reading a ledger takes a processor's whole attention: one for each person."""
    answer = await _index(request, status=429, busy=True)
    answer.headers["Retry-After"] = str(BUSY_S)
    return answer


async def _index(request: Request, *, status: int = 200, missing: bool = False, busy: bool = False) -> Response:
    user, lang, settings = _user(request), locale_of(request), request.app.state.settings
    uploads = await asyncio.to_thread(_uploads(request).listed, _community(user))
    async with request.app.state.db.reading() as db:
        context: dict[str, Any] = {
            "grids": await grids_of(db, user.grids),
            "recent": [_line(upload, lang, settings.utc_offset_min) for upload in uploads[:50]],
            "missing": missing,
            "busy": busy,
        }
        return await desk_page(request, db, "desk/imports.html", status=status, **context)


def _line(upload: Upload, lang: str, utc_offset_min: int) -> dict[str, Any]:
    """An upload as a page shows it; `problem` in the reader's language, `asks`: it waits for a decision."""
    said, asks = "", True
    if upload.report and upload.state in {"ready", "done"}:
        report = from_data(upload.report)
        said, asks = sentence(report, lang, done=upload.state == "done"), report.asks
    return {
        "id": upload.id,
        "file": upload.file,
        "by": upload.by,
        "state": upload.state,
        "asks": asks,
        "when": local_iso(upload.finished_ms or upload.created_ms, utc_offset_min),
        "done": upload.done,
        "total": upload.total,
        "said": said,
        "forgotten": upload.forgotten,
        "problem": upload.problem_en if lang == "en" else upload.problem_zh,
    }


async def _mine(request: Request) -> Upload:
    """The upload of this address, if it is of the user's community and still here."""
    user, uploads = _user(request), _uploads(request)
    await asyncio.to_thread(uploads.sweep, clock.now_ms())
    upload = await asyncio.to_thread(uploads.load, request.path_params["id"])
    if upload is None or upload.community != user.community:
        raise not_found()
    return upload


def _user(request: Request) -> User:
    user = user_of(request)
    _community(user)
    return user


def _community(user: User) -> str:
    if user.community is None:
        raise not_found()
    return user.community


def _uploads(request: Request) -> Uploads:
    return Uploads(request.app.state.settings.data)


def _to(upload: Upload) -> Response:
    return RedirectResponse(f"/desk/imports/{upload.id}", 303)


def _name(said: str) -> str:
    """The file's own name, without folders and without characters that do not print."""
    last = said.replace("\\", "/").rpartition("/")[2]
    plain = "".join(character for character in last if unicodedata.category(character)[0] != "C")
    return plain.strip()[-120:] or "?"


def _bad_form() -> Problem:
    return Problem(
        "bad_form", 400, "文件没有传完整，请再选一次。", "The file did not arrive whole. Please choose it again."
    )


routes = [
    Route("/desk/imports", index, methods=["GET"]),
    Route("/desk/imports", create, methods=["POST"]),
    Route("/desk/imports/{id}", show, methods=["GET"]),
    Route("/desk/imports/{id}/report", report, methods=["GET"]),
    Route("/desk/imports/{id}/confirmation", confirm, methods=["POST"]),
    Route("/desk/imports/{id}/grid", choose, methods=["POST"]),
    Route("/desk/imports/{id}/cancellation", cancel, methods=["POST"]),
]

"""Photos and voice notes over HTTP: up from phones in pieces, out to the pages of those who may see a visit."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from server import brakes, schema
from server.access import (
    DECIDING,
    User,
    access_answer,
    access_check,
    access_item,
    access_log,
    access_note,
    access_report,
    access_visit,
    access_whistle,
    user_of,
)
from server.blobs.problems import problem
from server.blobs.refused import Refused
from server.blobs.store import Blobs, DiskFull, Elsewhere, Mismatch
from server.journal import blob_named, is_blob_name
from server.problem import not_found
from server.sealing import SEAL_BYTES, NotSealedToUs, open_sealed
from server.waiting import access_aside, blobs_aside
from server.walked import note_said

DOORS: dict[str, Callable[[AsyncConnection, User, str], Awaitable[RowMapping]]] = {
    "report": access_report,
    "whistle": access_whistle,
    "check": access_check,
    "answer": access_answer,
    "item": access_item,
    "note": access_note,
    "log": access_log,
}
"""What may show a photo or a voice note beside visits, as the address names it."""
PIECE_BYTES_MAX = 256 * 1024
SEALED = "application/sifang-sealed"
_RANGE = re.compile(r"bytes ([0-9]{1,10})-([0-9]{1,10})/([0-9]{1,10})")
ALONE = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox"}
"""Whatever somebody managed to bring: opened by itself it may run nothing and load nothing."""
NOT_KEPT = {"Cache-Control": "no-store", "Vary": "Cookie"}
"""A browser's cache lies beside every vault: what a phone keeps of photos it closes itself."""


async def told(request: Request) -> Response:
    """`GET /sync/blobs/{sha256}`: how far a blob has come."""
    name, device, size, kind = await _asked(request)
    blobs = blobs_in(request)
    if await asyncio.to_thread(_waits, blobs, device, name, size):
        await asyncio.to_thread(_finish, blobs, device, name, kind)
    return await _answer(request, await asyncio.to_thread(_so_far, blobs, device, name, size))


async def take(request: Request) -> Response:
    """`PUT /sync/blobs/{sha256}`: the next piece of it."""
    name, device, size, kind = await _asked(request)
    found = _RANGE.fullmatch(request.headers.get("content-range", ""))
    if found is None:
        raise problem("blob_range", detail="Content-Range: bytes <first>-<last>/<bytes>")
    first, last, whole = map(int, found.groups())
    if whole != size or not first <= last < size:
        raise problem("blob_range", detail=f"the edit says {size} bytes")
    piece = await _piece(request)
    if len(piece) != last - first + 1:
        raise problem("blob_range", detail=f"{len(piece)} bytes came, {last - first + 1} were announced")
    said = await asyncio.to_thread(_take, blobs_in(request), device, name, size, kind, first, piece)
    return await _answer(request, said)


async def show(request: Request) -> Response:
    """`GET /blobs/{sha256}?visit={id}`: a photo or voice note, for whoever may see a visit that names it; with
    `?report={id}`, `?whistle={id}`, `?check={id}`, `?answer={id}` or `?item={id}` for whoever may read that; with
    `?note={id}` or `?log={id}` for who made a patrol's note or sent a day's log and who reads it at the desk; with
    `?aside={position}` for whoever decides about the edit that was set aside there."""
    name, asked = request.path_params["sha256"], request.query_params
    if not is_blob_name(name):
        raise not_found()
    async with request.app.state.db.reading() as db:
        if "aside" in asked:
            kind = _type_in(blobs_aside(await access_aside(db, user_of(request), asked["aside"])), name)
        elif of := next((each for each in DOORS if each in asked), None):
            kind = _type_in(_named_in(await DOORS[of](db, user_of(request), asked[of])), name)
        else:
            kind = await _named_by(db, user_of(request), asked.get("visit", ""), name)
    path = blobs_in(request).path(name)
    if kind is None or not await asyncio.to_thread(path.is_file):
        raise not_found()
    # By its own name, whatever the address said; a browser shows it all the same.
    own = f"{name}.{kind.rpartition('/')[2]}"
    headers = {**ALONE, **NOT_KEPT}
    return FileResponse(path, media_type=kind, headers=headers, filename=own, content_disposition_type="inline")


def blobs_in(request: Request) -> Blobs:
    """The blobs of this installation."""
    return Blobs(request.app.state.settings.blobs)


async def _asked(request: Request) -> tuple[str, str, int, str]:
    """The blob's name, who asks, its size and its type as an edit of theirs says."""
    name = request.path_params["sha256"]
    named = None
    if is_blob_name(name):
        with brakes.proving(request):
            named = await blob_named(request.app.state.journal, request.headers.get("authorization", ""), name)
    if named is None:
        raise problem("blob_unnamed")
    device, blob = named
    brakes.take(request, brakes.PIECES, device)
    return name, device, blob.bytes, blob.type


async def _piece(request: Request) -> bytes:
    """The bytes of a piece, which a locked phone has closed for the server."""
    closed = request.headers.get("content-type", "") == SEALED
    pieces, held = [], 0
    async for piece in request.stream():
        held += len(piece)
        if held > PIECE_BYTES_MAX + (SEAL_BYTES if closed else 0):
            raise problem("too_large", limit_bytes=PIECE_BYTES_MAX)
        pieces.append(piece)
    said = b"".join(pieces)
    if not closed:
        return said
    try:
        return open_sealed(request.app.state.settings.seals, said)
    except NotSealedToUs:
        raise problem("blob_sealed") from None


def _waits(blobs: Blobs, device: str, name: str, size: int) -> bool:
    """Whether all of it came, and the process ended before it was looked at."""
    return blobs.have(device, name) == size and not blobs.is_whole(name)


def _take(blobs: Blobs, device: str, name: str, size: int, kind: str, first: int, piece: bytes) -> dict[str, Any]:
    try:
        if not blobs.is_whole(name) and blobs.append(device, name, first, piece) == size:
            blobs.finish(device, name, kind)
    except Elsewhere as elsewhere:
        # All of it came, and the process ended before it was looked at.
        if elsewhere.have != size:
            raise problem("blob_offset", have=elsewhere.have) from None
        _finish(blobs, device, name, kind)
    except (Mismatch, Refused, DiskFull) as error:
        raise _said(error) from None
    return _so_far(blobs, device, name, size)


def _finish(blobs: Blobs, device: str, name: str, kind: str) -> None:
    try:
        blobs.finish(device, name, kind)
    except (Mismatch, Refused, DiskFull) as error:
        raise _said(error) from None


def _said(error: Exception) -> Exception:
    match error:
        case Mismatch():
            return problem("blob_mismatch")
        case Refused():
            return problem("blob_refused", why=error.why)
    return problem("disk_full")


def _so_far(blobs: Blobs, device: str, name: str, size: int) -> dict[str, Any]:
    whole = blobs.is_whole(name)
    have = size if whole else blobs.have(device, name)
    return {"sha256": name, "bytes": size, "have": have, "whole": whole}


async def _answer(request: Request, said: dict[str, Any]) -> Response:
    """How far a blob has come; of one that is whole also where the journal stands now. A backup that holds an edit made
    after that copied the blob before it confirmed the edit (server/backup/ship.py)."""
    if said["whole"]:
        log, size = await request.app.state.journal.log_and_size()
        said = {**said, "log": log, "size": size}
    return JSONResponse(said, headers=ALONE)


def _named_in(row: RowMapping) -> list[dict[str, Any]]:
    """What a row names, in whichever way it tells: what is shown of its tellings, or itself with its story."""
    if "tellings" in row:
        return note_said(row["tellings"]).get("blobs") or []
    story = json.loads(row["story"]) if "story" in row else []
    return [*json.loads(row["blobs"]), *(blob for each in story for blob in each.get("blobs", ()))]


async def _named_by(db: AsyncConnection, user: User, visit: str, name: str) -> str | None:
    """The type under which this visit, or an earlier telling of it, names the blob; None when none does."""
    row = await access_visit(db, user, visit)
    revision = schema.visit_revision.c
    query = select(revision.body).where(revision.grid == row["grid"], revision.visit == row["id"])
    bodies = [json.loads(body) for body in (await db.execute(query)).scalars()]
    told = [{"blobs": json.loads(row["blobs"]), "private": row["private"]}, *bodies]
    # What was said for the station alone is shown at its desk alone.
    station = user.has_desk and user.role in DECIDING
    named = [each.get("blobs") or [] for each in told if station or not each.get("private")]
    return _type_in((blob for blobs in named for blob in blobs), name)


def _type_in(blobs: Iterable[Mapping[str, Any]], name: str) -> str | None:
    return next((str(blob["type"]) for blob in blobs if blob["sha256"] == name), None)


routes = [
    Route("/sync/blobs/{sha256}", told, methods=["GET"]),
    Route("/sync/blobs/{sha256}", take, methods=["PUT"]),
    Route("/blobs/{sha256}", show, methods=["GET"]),
]

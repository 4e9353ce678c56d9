"""A colleague's capsule, carried in from a browser that keeps nothing: the server takes it at once."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from uuid_utils import uuid7

from server import brakes, clock
from server.access import user_of
from server.journal import CAPSULE_BYTES_MAX, carry_in
from server.problem import Problem


async def take_capsule(request: Request) -> tuple[dict[str, Any], int]:
    """What became of the file in this form, as the page tells it, and with which status."""
    brakes.take(request, brakes.UPLOADS, user_of(request).id)
    try:
        async with request.form(max_files=1, max_fields=1, max_part_size=CAPSULE_BYTES_MAX) as form:
            chosen = form.get("capsule")
            named = chosen.filename or "" if isinstance(chosen, UploadFile) else ""
            raw = await chosen.read(CAPSULE_BYTES_MAX + 1) if isinstance(chosen, UploadFile) else b""
    except HTTPException:
        raw, named = b"", ""
    if not raw:
        return {"wrong": "carry.none"}, 422
    told = {"id": str(uuid7()), "name": named.split(".")[0], "kept_ms": clock.now_ms()}
    try:
        became = await carry_in(request.app.state.journal, raw)
    except Problem as problem:
        return {"carried": [{**told, "problem": problem.code}]}, problem.status
    counts = {"fresh": became.fresh, "known": became.known, "aside": became.aside, "fork": became.fork}
    return {"carried": [{**told, **counts, "sent_ms": clock.now_ms()}]}, 200

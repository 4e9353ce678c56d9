"""The desk's list of what volunteers noticed, each taken up with a word that reaches whoever sent it."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from uuid_utils import uuid7

from server import clock
from server.access import access_report, user_of
from server.desk import desk_page
from server.form_fields import text_of
from server.journal import Draft
from server.localtime import local_day, local_iso
from server.reports import store
from server.views.blobs import blobs_told

DESK = "/desk/reports"
NOTE_CHARS_MAX = 500
FIELDS_MAX = 4


async def index(request: Request) -> Response:
    """`GET /desk/reports`: what waits, then what was answered."""
    return await _page(request, {})


async def answer(request: Request) -> Response:
    """`POST /desk/reports/{report}/answer`: it is taken up, with a word back."""
    user, report = user_of(request), request.path_params["report"]
    async with request.form(max_files=0, max_fields=FIELDS_MAX) as form:
        note = text_of(form, "note").replace("\r\n", "\n").replace("\x00", "").strip()
    async with request.app.state.db.reading() as db:
        row = await access_report(db, user, report)
    if not 0 < len(note) <= NOTE_CHARS_MAX:
        wrong = "reports.long" if note else "reports.no_note"
        return await _page(request, {"id": report, "note": note, "words": wrong}, 422)
    draft = Draft("report.answered", row["id"], row["grid"], user.id, {"note": note}, id=str(uuid7()))
    await request.app.state.journal.commit([draft])
    return RedirectResponse(f"{DESK}#r-{row['id']}", 303)


async def _page(request: Request, wrong: dict[str, str], status: int = 200) -> Response:
    user, offset = user_of(request), request.app.state.settings.utc_offset_min
    today = local_day(clock.now_ms(), offset)

    def shown(row: Any) -> dict[str, Any]:
        return {
            **row,
            "at": local_iso(row["occurred_at_ms"], offset),
            "today": local_day(row["occurred_at_ms"], offset) == today,
            "answered": local_iso(row["answered_ms"], offset) if row["answered_ms"] else None,
            "blobs": blobs_told(json.loads(row["blobs"])),
        }

    async with request.app.state.db.reading() as db:
        rows = [shown(row) for row in await store.reports_for(db, user)]
        turned = await store.whistled(db, [row["id"] for row in rows])
        rows = [{**row, "whistled": row["id"] in turned, "new_whistle": str(uuid7())} for row in rows]
        waiting = sum(row["state"] == "open" for row in rows)
        return await desk_page(
            request, db, "desk/reports.html", status=status, reports=rows, waiting=waiting, wrong=wrong
        )


routes = [
    Route(DESK, index, methods=["GET"]),
    Route(f"{DESK}/{{report}}/answer", answer, methods=["POST"]),
]

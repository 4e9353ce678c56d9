"""The one door through which lines leave as a file: marked, journaled and put down before they do."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from uuid_utils import uuid7

from server import clock
from server.access import user_of
from server.exports.sheets import Lines, as_csv, as_xlsx
from server.i18n import locale_of, t
from server.journal import Draft
from server.localtime import local_iso
from server.looked import line_of, put_down

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


async def journaled(request: Request, grid: str | None, body: dict[str, Any]) -> None:
    """That this leaves, in the journal, before it does. `body`: as sync/rules/export.py has it."""
    user, id_ = user_of(request), str(uuid7())
    (receipt,) = await request.app.state.journal.commit([Draft("export.made", id_, None, user.id, body, id=id_)])
    if receipt.outcome != "accepted":
        raise RuntimeError(f"export.made: {receipt.outcome} {receipt.reason}")
    await put_down(request, line_of(user, "export", grid, None, why=body["why"], words=body.get("words")))


def marked(request: Request, what: str, why: str, n: int) -> str:
    """What stands over the lines: who took them out, when, what for, and that they are to be deleted afterwards.
    `why`: in the reader's words."""
    lang, offset = locale_of(request), request.app.state.settings.utc_offset_min
    at = local_iso(clock.now_ms(), offset)
    told = {"name": user_of(request).name, "when": f"{at[:10]} {at[11:16]}", "what_for": why, "n": n}
    return t(lang, f"exports.mark.{what}", told)


async def as_file(name: str, format_: str, mark: str, heading: list[str], lines: Lines) -> Response:
    """The file itself, `name` without its ending."""
    made = await asyncio.to_thread(as_csv if format_ == "csv" else as_xlsx, mark, heading, lines)
    # RFC 6266: browsers take the second name, which may be Chinese.
    named = f"attachment; filename=\"export.{format_}\"; filename*=UTF-8''{quote(f'{name}.{format_}')}"
    return Response(made, media_type=MEDIA[format_], headers={"Content-Disposition": named})

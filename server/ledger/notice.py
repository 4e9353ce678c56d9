"""The week's checkpoint on one sheet of paper for the community's notice board: the poor man's witness."""

from __future__ import annotations

from base64 import b64decode
from datetime import date
from typing import Any

import segno
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from server import clock
from server.access import user_of
from server.ledger.store import checkpoints, community_name
from server.localtime import DAY_MS, local_day, local_iso
from server.rendering import page

GROUP, GROUPS_A_LINE = 4, 4
WEEK_DAYS = 7


async def notice(request: Request) -> Response:
    """What was signed last, to be printed: as figures for eyes, and as a code for any phone."""
    user, offset = user_of(request), request.app.state.settings.utc_offset_min
    async with request.app.state.db.reading() as db:
        community = await community_name(db, user.community)
        said = await checkpoints(db)
    monday, sunday = _week(clock.now_ms(), offset)
    context: dict[str, Any] = {
        "community": community,
        "monday": monday,
        "sunday": sunday,
        "said": _shown(said[0], offset) if said else None,
        "address": f"{request.app.state.settings.public_url}/ledger",
    }
    return page(request, "ledger/notice.html", **context)


def _shown(said: dict[str, Any], offset: int) -> dict[str, Any]:
    digits = b64decode(said["note"].split("\n")[2]).hex()
    return {
        "size": said["size"],
        "at": local_iso(said["received_ms"], offset),
        "lines": _in_groups(digits),
        "picture": _picture(said["note"]),
    }


def _in_groups(digits: str) -> list[list[str]]:
    """64 figures as people read them out: four at a time, four times in a line."""
    groups = [digits[at : at + GROUP] for at in range(0, len(digits), GROUP)]
    return [groups[at : at + GROUPS_A_LINE] for at in range(0, len(groups), GROUPS_A_LINE)]


def _picture(note: str) -> Markup:
    """The note itself as a code: whoever scans it, with whatever, has the text that was signed. A quarter of it may be
    torn."""
    code = segno.make_qr(note, error="q").svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=True)
    return Markup(code)  # noqa: S704 -- made by segno from what this server signed, no text of anybody's in it


def _week(now_ms: int, offset: int) -> tuple[str, str]:
    """Monday and Sunday of the week that is."""
    ago = date.fromisoformat(local_day(now_ms, offset)).weekday()
    monday_ms = now_ms - ago * DAY_MS
    return local_day(monday_ms, offset), local_day(monday_ms + (WEEK_DAYS - 1) * DAY_MS, offset)

"""The station master's page about backups: how safe the journal is, and what came back after a restore."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import RowMapping
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.access import user_of
from server.backup.store import Copy, Restoration, copies, healing_report, visits_naming
from server.blobs import Blobs, blobs_in, waiting
from server.desk import desk_page
from server.doors import door_name
from server.i18n import locale_of
from server.localtime import local_iso

LISTED = 50
"""So many visits without their photos are named; the rest are counted."""


async def index(request: Request) -> Response:
    """`GET /desk/backups`."""
    offset, user = request.app.state.settings.utc_offset_min, user_of(request)
    async with request.app.state.db.reading() as db:
        held = await copies(db)
        restored = await healing_report(db, user.community)
        named = await visits_naming(db, user.grids) if restored else []
        shown: dict[str, Any] = {
            "state": _state(held),
            "copies": [{**asdict(copy), "verified": local_iso(copy.verified_ms, offset)} for copy in held],
            "restored": _restored(restored, offset) if restored else None,
            "photos": await asyncio.to_thread(_photos, named, blobs_in(request), offset, locale_of(request)),
        }
        return await desk_page(request, db, "desk/backups.html", **shown)


def _state(held: list[Copy]) -> dict[str, Any]:
    """The whole of it in one sentence, and how many edits are nowhere but here."""
    away = [copy.behind for copy in held if copy.off_server]
    if not held:
        return {"say": "none", "n": 0}
    if not away:
        return {"say": "here", "n": 0}
    return {"say": "behind" if min(away) else "whole", "n": min(away)}


def _photos(
    named: Sequence[tuple[RowMapping, list[dict[str, str]]]], blobs: Blobs, utc_offset_min: int, lang: str
) -> dict[str, Any]:
    """Photos and voice notes that visits name and that are not here: how many, and of which visits."""
    lacking = waiting(blobs, [{"blobs": said} for _, said in named])
    visits = [
        {
            "href": f"/desk/visits/{row['grid']}/{row['id']}",
            "door": door_name(lang, row["building"], row["entrance"], row["room"]),
            "at": local_iso(row["occurred_at_ms"], utc_offset_min),
            "by": row["by_name"],
            "n": n,
        }
        for row, said in named
        if (n := len(lacking.keys() & {blob["sha256"] for blob in said}))
    ]
    return {"n": len(lacking), "some": bool(named), "visits": visits[:LISTED], "more": len(visits[LISTED:])}


def _restored(restored: Restoration, offset: int) -> dict[str, Any]:
    missing = sum(phone.missing for phone in restored.phones)
    return {
        "when": local_iso(restored.restored_ms, offset),
        "until": local_iso(restored.until_ms, offset),
        "size": restored.from_size,
        "say": "missing" if missing else "healed" if restored.phones else "nothing",
        "missing": missing,
        "phones": [{**asdict(phone), "missing": phone.missing} for phone in restored.phones],
    }


routes = [Route("/desk/backups", index)]

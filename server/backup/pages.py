"""The station master's page about backups: how safe the journal is, and what came back after a restore."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import RowMapping
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.access import DECIDING, user_of
from server.backup.store import Copy, Restoration, asides_naming, copies, healing_report, visits_naming
from server.blobs import Blobs, blobs_in, waiting
from server.desk import desk_page
from server.doors import door_name
from server.i18n import locale_of
from server.localtime import local_iso
from server.waiting import question_of

LISTED = 50
"""So many visits without their photos are named; the rest are counted."""


async def index(request: Request) -> Response:
    """`GET /desk/backups`."""
    offset, user = request.app.state.settings.utc_offset_min, user_of(request)
    async with request.app.state.db.reading() as db:
        held = await copies(db)
        restored = await healing_report(db, user.community)
        may = restored and user.role in DECIDING
        named = await visits_naming(db, user.grids) if may else []
        asides = await asides_naming(db, user) if may else []
        where = Where(blobs_in(request), offset, locale_of(request), user.role in DECIDING)
        shown: dict[str, Any] = {
            "state": _state(held),
            "copies": [{**asdict(copy), "verified": local_iso(copy.verified_ms, offset)} for copy in held],
            "restored": _restored(restored, offset) if restored else None,
            "photos": await asyncio.to_thread(_photos, named, asides, where),
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


@dataclass(frozen=True)
class Where:
    """Where photos would lie, and the reader's clock and language; `decides`: what was set aside opens for them."""

    blobs: Blobs
    utc_offset_min: int
    lang: str
    decides: bool


def _photos(
    named: Sequence[tuple[RowMapping, list[dict[str, str]]]], asides: Sequence[dict[str, Any]], where: Where
) -> dict[str, Any]:
    """Photos and voice notes that are named and are not here: how many, of which visits, and of what was set aside."""
    lacking = waiting(where.blobs, [*({"blobs": said} for _, said in named), *asides])
    lines = [
        *((_visit(row, where), row["occurred_at_ms"], said) for row, said in named),
        *((_aside(row, where), row["effective_ms"], row["blobs"]) for row in asides),
    ]
    short = [
        (at_ms, {**line, "at": local_iso(at_ms, where.utc_offset_min), "n": n})
        for line, at_ms, said in lines
        if (n := len(lacking.keys() & {blob["sha256"] for blob in said}))
    ]
    latest = [line for _, line in sorted(short, key=lambda each: each[0], reverse=True)]
    return {"n": len(lacking), "some": bool(lines), "visits": latest[:LISTED], "more": len(latest[LISTED:])}


def _visit(row: RowMapping, where: Where) -> dict[str, Any]:
    href = f"/desk/visits/{row['grid']}/{row['id']}"
    return {"href": href, "door": _door(row, where.lang), "by": row["by_name"], "aside": False}


def _aside(row: dict[str, Any], where: Where) -> dict[str, Any]:
    href = f"/desk/conflicts?open={question_of(row)}" if where.decides else None
    door = _door(row["door"], where.lang) if row["door"] else None
    return {"href": href, "door": door, "by": row["by"] or "", "aside": True}


def _door(row: RowMapping, lang: str) -> str:
    return door_name(lang, row["building"], row["entrance"], row["room"])


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

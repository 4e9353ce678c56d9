"""The station master's page about backups: how safe the journal is, and what came back after a restore."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.access import user_of
from server.backup.store import Copy, Restoration, copies, healing_report
from server.desk import desk_page
from server.localtime import local_iso


async def index(request: Request) -> Response:
    """`GET /desk/backups`."""
    offset = request.app.state.settings.utc_offset_min
    async with request.app.state.db.reading() as db:
        held = await copies(db)
        restored = await healing_report(db, user_of(request).community)
        shown: dict[str, Any] = {
            "state": _state(held),
            "copies": [{**asdict(copy), "verified": local_iso(copy.verified_ms, offset)} for copy in held],
            "restored": _restored(restored, offset) if restored else None,
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

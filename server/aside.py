"""Corrections that came and did not take effect, as the desk reads them: nothing somebody typed is out of sight."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.localtime import local_iso
from server.views.common import ASKS
from server.views.visit_form import RESULTS

REASONS = ("unknown_kind", "bad_body", "out_of_scope", "not_author", "unknown_entity", "fork", "fold_error")


async def corrections_aside(db: AsyncConnection, visits: Iterable[str]) -> list[RowMapping]:
    """Corrections of these visits that were set aside, the latest first."""
    entry, person = schema.journal.c, schema.person.c
    query = select(entry.entity, entry.reason, entry.effective_ms, entry.body, person.name.label("by"))
    query = query.outerjoin(schema.person, person.id == entry.author)
    # `entity <> id` is the condition of the index that finds them.
    query = query.where(entry.entity.in_(list(visits)), entry.entity != entry.id, entry.kind == "visit.corrected")
    query = query.where(entry.outcome == "quarantined").order_by(entry.position.desc())
    return list((await db.execute(query)).mappings())


def reason_of(reason: str | None) -> str:
    """Why, as the catalogues name it."""
    return reason if reason in REASONS else "other"


def shown_aside(entry: RowMapping, utc_offset_min: int) -> dict[str, Any]:
    """Who, when, why and every word of it. A body that broke the rules may hold anything: only texts are taken."""
    body = msgspec.json.decode(entry["body"]) if entry["body"] is not None else None
    said = body if isinstance(body, dict) else {}
    asked = said.get("asks")
    asks = asked if isinstance(asked, dict) else {}
    return {
        "visit": entry["entity"],
        "at": local_iso(entry["effective_ms"], utc_offset_min),
        "by": entry["by"] or "",
        "reason": reason_of(entry["reason"]),
        "result": said["result"] if said.get("result") in RESULTS else None,
        "said": _text(said.get("text")),
        "asks": {ask: _text(asks[ask]) for ask in ASKS if _text(asks.get(ask))},
        "who_met": _text(said.get("who_met")),
        "erased": body is None,
    }


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""

"""Visits and corrections that came and did not take effect, as the desk reads them: nothing typed is out of sight."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, and_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.localtime import local_iso
from server.views.common import ASKS
from server.views.visit_form import RESULTS

REASONS = ("unknown_kind", "bad_body", "out_of_scope", "not_author", "unknown_entity", "revoked", "fork", "fold_error",
           "unknown_tag", "sealed", "erased")  # fmt: skip

_entry = schema.journal.c


async def corrections_aside(db: AsyncConnection, visits: Iterable[str]) -> list[RowMapping]:
    """Corrections of these visits that were set aside, the latest first."""
    # `entity <> id` is the condition of the index that finds them.
    of_these = and_(_entry.entity.in_(list(visits)), _entry.entity != _entry.id)
    return await _aside(db, "visit.corrected", of_these)


async def aside_at(db: AsyncConnection, household: str, visits: Iterable[str]) -> list[RowMapping]:
    """Visits at a household that were set aside, and corrections of these or of its `visits`; the latest first."""
    # Few are ever set aside, and only their bodies tell where they were made.
    recorded = [entry for entry in await _aside(db, "visit.recorded") if _said(entry).get("household") == household]
    corrected = await corrections_aside(db, [*visits, *(entry["entity"] for entry in recorded)])
    return sorted([*recorded, *corrected], key=lambda entry: entry["position"], reverse=True)


async def _aside(db: AsyncConnection, kind: str, *only: ColumnElement[bool]) -> list[RowMapping]:
    columns = (
        _entry.position,
        _entry.kind,
        _entry.entity,
        _entry.grid,
        _entry.reason,
        _entry.effective_ms,
        _entry.body,
    )
    query = select(*columns, schema.person.c.name.label("by"))
    query = query.outerjoin(schema.person, schema.person.c.id == _entry.author)
    query = query.where(_entry.kind == kind, *only, text("outcome = 'quarantined'"))
    return list((await db.execute(query.order_by(_entry.position.desc()))).mappings())


def reason_of(reason: str | None) -> str:
    """Why, as the catalogues name it."""
    return reason if reason in REASONS else "other"


def shown_aside(entry: RowMapping, utc_offset_min: int, grid: str) -> dict[str, Any]:
    """Who, when, why and every word of it, for a page about something in `grid`.

    A body that broke the rules may hold anything: only texts are taken.
    """
    said = _said(entry)
    asked = said.get("asks")
    asks = asked if isinstance(asked, dict) else {}
    return {
        "visit": entry["entity"],
        "at": local_iso(entry["effective_ms"], utc_offset_min),
        "by": entry["by"] or "",
        "reason": _why(entry, grid),
        "what": entry["kind"].replace(".", "_"),
        "result": said["result"] if said.get("result") in RESULTS else None,
        "said": _text(said.get("text")),
        "asks": {ask: _text(asks[ask]) for ask in ASKS if _text(asks.get(ask))},
        "who_met": _text(said.get("who_met")),
        "erased": entry["body"] is None,
    }


def _why(entry: RowMapping, grid: str) -> str:
    """What a correction lacked is its visit; a visit lacked its home, in the writer's grid or altogether."""
    if entry["kind"] == "visit.recorded" and entry["reason"] == "unknown_entity":
        return "unknown_home" if entry["grid"] == grid else "out_of_scope"
    return reason_of(entry["reason"])


def body_of(raw: bytes | None) -> dict[str, Any] | None:
    """What a body says; None when it was erased. One that broke the rules may hold anything, even what is no JSON: its
    words are told under no name."""
    if raw is None:
        return None
    try:
        said = json.loads(bytes(raw))
        # Half a sign can be escaped in JSON, and cannot be shown.
        said = json.loads(json.dumps(said, ensure_ascii=False).encode(errors="replace"))
    except (ValueError, RecursionError):
        said = bytes(raw).decode(errors="replace")
    return said if isinstance(said, dict) else {"": said}


def _said(entry: RowMapping) -> dict[str, Any]:
    return body_of(entry["body"]) or {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""

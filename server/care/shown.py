"""Pairs, checks and people in need as the desk's care pages tell them."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import RowMapping
from starlette.requests import Request

from server import clock
from server.care import store
from server.doors import door_name
from server.i18n import locale_of
from server.localtime import local_day, local_iso
from server.views.blobs import blobs_told
from server.views.care_due import care_due
from server.views.common import day_of

WEEKLY_FROM = 80
"""Who is so old and lives alone is looked in on once a week."""
MONTHLY = ("elder_alone", "left_behind_child", "child_hardship", "bereaved_parents")
DESK = "/desk/care"

Shown = dict[str, Any]


def line(request: Request, row: RowMapping, then: Shown | None = None) -> Shown:
    """A pair with how somebody was found last and whether it is time: now, or as it stood `then`."""
    offset = offset_of(request)
    due = then or care_due(dict(row), dict(row), day_of(clock.now_ms(), offset), offset)
    return {
        "id": row["id"],
        "grid": row["grid"],
        "household": row["household"],
        "resident": row["resident"],
        "name": row["resident_name"] or row["contact"] or "",
        "door": door_name(locale_of(request), row["building"], row["entrance"], row["room"]),
        "grid_name": row["grid_name"],
        "by": row["by_name"],
        "role": row["carer_role"],
        "gone": row["carer_ended_ms"] is not None,
        "cadence": row["cadence"],
        "reason": row["reason"],
        "note": row["note"],
        "formed": local_iso(row["formed_ms"], offset),
        "formed_by": row["formed_by"],
        "ended": local_iso(row["ended_ms"], offset) if row["ended_ms"] is not None else None,
        "ended_by": row["ended_by"],
        "state": due["state"],
        "days": due["days"],
        "due": due["due"],
        "last": local_iso(due["last_ms"], offset) if due["last_ms"] is not None else None,
        "href": f"{DESK}/{row['grid']}/{row['household']}",
    }


def check(row: RowMapping, offset: int, waits: Shown) -> Shown:
    """What somebody found, and when that came where it came later. `waits`: photos and voice notes on their way."""
    at = local_iso(row["occurred_at_ms"], offset)
    late = local_day(row["received_ms"], offset) != at[:10]
    back = row["undone_ms"]
    return {
        **{name: row[name] for name in ("id", "pair", "state", "way", "text", "undone_by", "after_end")},
        "by": row["by_name"],
        "at": at,
        "received": local_iso(row["received_ms"], offset) if late else None,
        "blobs": blobs_told(json.loads(row["blobs"]), waits),
        "undone": local_iso(back, offset) if back is not None else None,
    }


def needing(request: Request, row: RowMapping, year: int) -> Shown:
    """Somebody in special need, and how often it may be good that they are looked in on."""
    tags = [tag for tag in store.NEED if tag in json.loads(row["tags"])]
    old = row["birth_year"] is not None and year - row["birth_year"] >= WEEKLY_FROM
    often = "weekly" if old and "elder_alone" in tags else "monthly" if set(tags) & set(MONTHLY) else "quarterly"
    return {
        "id": row["id"],
        "grid": row["grid"],
        "household": row["household"],
        "name": row["name"] or row["contact"] or "",
        "door": door_name(locale_of(request), row["building"], row["entrance"], row["room"]),
        "grid_name": row["grid_name"],
        "tags": tags,
        "cadence": often,
        "href": f"{DESK}/{row['grid']}/{row['household']}?resident={row['id']}#new",
    }


def offset_of(request: Request) -> int:
    """How far the installation's clocks are from UTC."""
    return int(request.app.state.settings.utc_offset_min)

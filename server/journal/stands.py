"""Whom somebody stands in for just now, and how the phones of whoever is away fare."""

from __future__ import annotations

import json
from typing import Any

from server.journal.sql import Store


def stands_of(store: Store, person: str) -> list[dict[str, Any]]:
    """Each stand-in that lasts, by its first day: who is away, their grids, until when, how much their phones have not
    sent and when the last of them spoke."""
    columns = "s.person, p.name, p.grids, s.until_on"
    query = f"SELECT {columns} FROM stand_in s JOIN person p ON p.id = s.person WHERE s.by = $1"
    lasting = "s.began_ms IS NOT NULL AND s.ended_ms IS NULL ORDER BY s.from_on, s.id"
    return [
        {"person": away, "away": name, "grids": json.loads(grids), "until_on": until_on, **_phones(store, away)}
        for away, name, grids, until_on in store.rows(f"{query} AND {lasting}", person)
    ]


def _phones(store: Store, person: str) -> dict[str, Any]:
    """What a phone has not said of itself its last exchange says for it."""
    said = "d.enrolled_ms, d.last_seen_ms, h.heard_ms, h.unsent"
    phones = "d.person = $1 AND d.kind = 'phone' AND d.revoked_ms IS NULL"
    query = f"SELECT {said} FROM device d LEFT JOIN phone_health h ON h.device = d.id WHERE {phones} ORDER BY d.id"
    rows = store.rows(query, person)
    spoke = (row[2] if row[2] is not None else row[1] for row in rows if row[2] is not None or row[1] > row[0])
    return {"phones": len(rows), "unsent": sum(row[3] or 0 for row in rows), "last_ms": max(spoke, default=None)}

"""What neighbours noticed in this worker's grids and nobody has taken up. Twin of web/phone/views/reports.js."""

from __future__ import annotations

from .blobs import blobs_told
from .common import Context, Rows, by_id, local

SHOWN = 5


def reports_open(rows: Rows, offset: int, shown: int | None = SHOWN) -> list[Context]:
    """The newest first, all of them where `shown` is None."""
    buildings = by_id(rows, "building")
    waiting = [row for row in rows.get("report", ()) if row["state"] == "open"]
    waiting.sort(key=lambda row: (row["occurred_at_ms"], row["id"]), reverse=True)
    return [
        {
            "id": row["id"],
            "text": row.get("text") or "",
            "by": row["by"],
            "building": (buildings.get(row.get("building") or "") or {}).get("name") or "",
            "at": local(row["occurred_at_ms"], offset),
            "blobs": (blobs_told(row.get("blobs")) or {"all": []})["all"],
        }
        for row in waiting[:shown]
    ]

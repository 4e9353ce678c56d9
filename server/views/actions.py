"""What somebody is to do, as it was agreed at a meeting: quietly on Today until they say that it is done."""

from __future__ import annotations

from .common import Context, Rows, date_text


def actions_of(rows: Rows, today: int) -> list[Context]:
    """Theirs that are open, the earliest day first."""
    listed = sorted(rows.get("action", ()), key=lambda row: (row["due"], row["id"]))
    return [
        {
            "id": row["id"],
            "text": row["text"],
            "due": row["due"],
            "late": row["due"] < date_text(today),
            "step": row["step"],
            "by": row["by"],
        }
        for row in listed
    ]

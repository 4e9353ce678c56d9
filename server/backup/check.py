"""What somebody should be woken for: the disk fills up, the last backup is old or lies beside the server, or the
installation lives in another database now."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import clock, schema
from server.backup.store import copies

HOUR_MS = 3_600_000

Alarm = tuple[str, dict[str, Any]]
"""A key of the catalogue and what it is filled with."""


async def check(db: AsyncConnection, free_mb: int, least_mb: int, backup_hours: float) -> list[Alarm]:
    """Everything that is wrong; an empty list when all is well. `backup_hours` 0: no backup is asked for."""
    head = schema.journal_head.c
    if (place := (await db.execute(select(head.moved_to))).scalar()) is not None:
        return [("moved", {"place": place})]
    alarms: list[Alarm] = []
    if free_mb < least_mb:
        alarms.append(("disk", {"free": free_mb, "least": least_mb}))
    if not backup_hours:
        return alarms
    held = await copies(db)
    away = [each for each in held if each.off_server]
    if not held:
        alarms.append(("no_backup", {}))
    elif not away:
        alarms.append(("not_away", {"path": held[0].target}))
    else:
        # A backup that nothing is missing from is not old, however long nobody has written.
        newest = away[0]
        age = (clock.now_ms() - newest.verified_ms) / HOUR_MS
        if newest.behind and age > backup_hours:
            alarms.append(("old", {"hours": round(age), "n": newest.behind, "path": newest.target}))
    return alarms

"""What patrols found, by day, grid and half of the day, and which halves had one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from server.views.walks import WHAT, begun_ms, day_walked, notes_told, part_of
from server.walked import Row, Rows

PARTS = ("am", "pm")

Shown = dict[str, Any]


def halves(rows: Rows, grids: Mapping[str, str], days: Sequence[str], offset: int) -> list[Shown]:
    """For each grid and day which halves had a patrol: one by anybody is enough."""
    had = {(patrol["grid"], *_half(patrol, offset)) for patrol in rows["patrol"]}
    return [
        {"grid_name": name, "days": [[part for part in PARTS if (grid, day, part) in had] for day in days]}
        for grid, name in grids.items()
    ]


def found_on(
    rows: Rows,
    grids: Mapping[str, str],
    day: str,
    now_ms: int,
    offset: int,
    waits: Shown,
    raised: Mapping[str, str],
) -> list[Shown]:
    """What was noted on a day in each grid, the morning before the afternoon. A note belongs to the half of its patrol,
    made after midnight or not; `waits`: photos and voice notes that have not come yet; `raised`: the whistle that was
    blown over a note."""
    of = {patrol["id"]: _half(patrol, offset) for patrol in rows["patrol"]}
    notes: dict[tuple[str, str], list[Row]] = {}
    for note in rows["patrol_note"]:
        on, part = of.get(note["patrol"]) or _half({"started_ms": note["noted_ms"]}, offset)
        if on == day and note["what"] in WHAT:
            notes.setdefault((note["grid"], part), []).append(note)
    by = {note["id"]: note["by_name"] for note in rows["patrol_note"]}
    today = day_walked({"started_ms": now_ms}, offset)
    return [
        {"grid": grid, "grid_name": name, "halves": told}
        for grid, name in grids.items()
        if (
            told := [
                {
                    "part": part,
                    "notes": [
                        {**note, "by": by[note["id"]], "whistle": raised.get(note["id"], "")}
                        for note in notes_told(rows, notes[grid, part], today, offset, waits)
                    ],
                }
                for part in PARTS
                if (grid, part) in notes
            ]
        )
    ]


def _half(patrol: Row, offset: int) -> tuple[str, str]:
    return day_walked(patrol, offset), part_of(begun_ms(patrol), offset)

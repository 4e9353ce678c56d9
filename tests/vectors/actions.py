"""What was agreed at meetings, as its owner's phone has it."""

from __future__ import annotations

from typing import Any

from tests.neighbourhood import NEW_ID

STEP = "019a0b1c-0000-7000-8000-0000000ed911"


def action(n: int, due: str, text: str) -> dict[str, Any]:
    """Something to do."""
    return {"id": f"{NEW_ID[:-3]}9{n:02d}", "text": text, "due": due, "step": STEP, "by": "王站长", "grid": "person:x"}


SOME = [
    action(1, "2026-11-27", "东门路灯\n<b>报修"),
    action(2, "2026-11-19", "清楼道"),
    action(3, "2026-11-20", "今天的"),
]

"""A volunteer's jobs, from the four tiles on a phone without signal."""

from __future__ import annotations

from burden.hand import Hand

HOME = "/elder/"
BROKEN = "三楼灯不亮了"


def report(hand: Hand) -> None:
    """Something is broken, and they say so."""
    hand.tap("a.tile.report", sees="form#report")
    hand.tap("#text")
    hand.write(BROKEN)
    hand.tap("form#report button.go", sees="form.undo")

"""Why a file is not taken."""

from __future__ import annotations

from typing import Literal

Why = Literal["kind", "pixels", "metadata", "broken"]


class Refused(Exception):
    """`kind`: no photo or voice note of a kind we keep; `pixels`: too large a picture; `metadata`: it tells more than
    it shows (where, when, by which phone); `broken`: it cannot be read."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why

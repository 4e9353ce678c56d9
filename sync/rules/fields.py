"""What each field may hold, and what becomes of it when people differ: the merge rules of facts, in one table.

Two rules. *keep*: every value that nobody has seen and replaced stands; the newest is shown; anyone of the grid settles
it by stating the fact again over all of them. *ask*: the same, but certain values (moved out, died) are only proposed
when a worker states them: what they would replace stands on and is shown, until a grid leader or station master
decides. Tags are add-wins sets whose removals ask in the same way. Source: the field's conflict rules (moving out,
death and the end of care always go to a person).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

from sync.edit import TEXT_CHARS_MAX

Check = Callable[[Any], bool]


def text(chars_max: int) -> Check:
    """A text of one to `chars_max` code points."""
    return lambda value: isinstance(value, str) and 0 < len(value) <= chars_max and "\x00" not in value


def number(least: int, most: int) -> Check:
    """An integer between two."""
    return lambda value: type(value) is int and least <= value <= most


def one_of(*words: str) -> Check:
    """One of a few ASCII words."""
    return lambda value: isinstance(value, str) and value in words


def truth(value: Any) -> bool:
    """True or false."""
    return isinstance(value, bool)


class Field(NamedTuple):
    """A field's values, its rule, and for *ask* the values that are only proposed."""

    check: Check
    rule: Literal["keep", "ask"] = "keep"
    asks: tuple[Any, ...] = ()


HOUSEHOLD: Mapping[str, Field] = {
    "contact": Field(text(60)),
    "phone": Field(text(30)),
    "occupancy": Field(one_of("owner", "rented", "vacant", "shop", "unknown"), "ask", ("vacant",)),
    "headcount": Field(number(0, 999)),
    "note": Field(text(TEXT_CHARS_MAX)),
}
RESIDENT: Mapping[str, Field] = {
    "name": Field(text(60)),
    "relation": Field(text(30)),
    "birth_year": Field(number(1850, 2200)),
    "phone": Field(text(30)),
    "lives_here": Field(truth, "ask", (False,)),
    "deceased": Field(truth, "ask", (True,)),
    "note": Field(text(TEXT_CHARS_MAX)),
}

DECIDING = ("grid_leader", "station_master")
"""Roles whose word settles what a rule asks."""

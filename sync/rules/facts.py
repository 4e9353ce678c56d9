"""Facts about households and residents: every value that nobody has seen and replaced stays a head."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sync.edit import TEXT_CHARS_MAX
from sync.entities import Facts, Head
from sync.state import Quarantined

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


HOUSEHOLD: Mapping[str, Check] = {
    "contact": text(60),
    "phone": text(30),
    "occupancy": one_of("owner", "rented", "vacant", "shop", "unknown"),
    "headcount": number(0, 999),
    "note": text(TEXT_CHARS_MAX),
}
RESIDENT: Mapping[str, Check] = {
    "name": text(60),
    "relation": text(30),
    "birth_year": number(1850, 2200),
    "phone": text(30),
    "lives_here": truth,
    "note": text(TEXT_CHARS_MAX),
}


def check(facts: Mapping[str, Any], fields: Mapping[str, Check]) -> None:
    """Every field known, every value of its kind, or null for "no longer known". Raises Quarantined(bad_body)."""
    for field, value in facts.items():
        if field not in fields or not (value is None or fields[field](value)):
            raise Quarantined("bad_body")


def order(head: Head) -> tuple[int, str]:
    """Newest effective first; the id decides between equals, alike in every arrival order."""
    return (-head.at_ms, head.edit)


def state_facts(
    facts: Facts, stated: Mapping[str, Any], over: Mapping[str, list[str]], edit: str, by: str, at_ms: int
) -> Facts:
    """The facts after somebody stated some: a write replaces exactly the heads that its author had in view."""
    after = dict(facts)
    for field, value in stated.items():
        seen = over.get(field, ())
        heads = [head for head in facts.get(field, ()) if head.edit not in seen and head.edit != edit]
        heads.append(Head(edit, value, by, at_ms))
        after[field] = sorted(heads, key=order)
    return after


def contested(heads: list[Head]) -> bool:
    """Several heads that do not say the same."""
    return any(head.value != heads[0].value for head in heads[1:])


def shown(facts: Facts, field: str) -> Any:
    """The value that is shown: of the newest head, or None."""
    heads = facts.get(field)
    return heads[0].value if heads else None

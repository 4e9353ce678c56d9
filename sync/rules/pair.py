"""Two of a kind that look alike, and what a person says of them: one and the same, or two different ones.

Nothing is merged by it and nothing is lost: both stand, and pages say what was decided.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from sync.edit import Header
from sync.entities import Pair
from sync.rules.rule import Decision, Said, rule
from sync.state import Change, Key, Quarantined, State


class Judged(msgspec.Struct, frozen=True):
    """`a` < `b`, as ids order; the entity is `a`. `open`: what was said before is taken back."""

    of: Literal["visit", "household"]
    a: str
    b: str
    verdict: Literal["same", "different", "open"]


def judged(said: Said, state: State) -> Decision:
    """A leader says whether two visits, or two households, are one."""
    header, body = said.header, said.body
    grid = header.grid
    if grid is None or header.entity != body.a or body.a >= body.b:
        raise Quarantined("bad_body")
    if state.get(body.of, grid, body.a) is None or state.get(body.of, grid, body.b) is None:
        raise Quarantined("unknown_entity")
    if not said.decides:
        raise Quarantined("needs_decision")
    pair = Pair(grid, body.a, body.b, body.of, body.verdict, said.by, said.times.received_ms, said.position)
    return Decision([Change(Key("pair", grid, f"{body.a} {body.b}"), pair)])


def _needs(header: Header, body: Judged) -> Iterable[Key]:
    return (Key(body.of, header.grid, body.a), Key(body.of, header.grid, body.b), Key("moved", None, body.a))


KINDS = {"pair.judged": rule(Judged, judged, _needs)}

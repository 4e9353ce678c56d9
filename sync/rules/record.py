"""Records opened by somebody who sees counts alone: said, with the reason, before anything is shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec

from sync.edit import Header
from sync.entities import Opening
from sync.rules.roles import stands
from sync.rules.rule import Decision, Said, rule
from sync.state import Change, Key, Quarantined, State

OPENING = ("supervisor",)


class Opened(msgspec.Struct, frozen=True):
    """Why the household named in the header is looked at."""

    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]


def opened(said: Said, state: State) -> Decision:
    """A supervisor has a record shown to them."""
    header, body = said.header, said.body
    if header.grid is None or not body.reason.strip():
        raise Quarantined("bad_body")
    if not stands(state.get("person", None, header.author), OPENING):
        raise Quarantined("needs_decision")
    household = state.find("household", header.grid, header.entity)
    if household is None:
        raise Quarantined("unknown_entity")
    now_ms = said.times.received_ms
    opening = Opening(
        header.id, household.grid, household.id, header.author, said.by, body.reason, now_ms, said.position
    )  # fmt: skip
    return Decision([Change(Key("opening", None, header.id), opening)])


def _needs(header: Header, body: Opened) -> Iterable[Key]:
    return (Key("household", header.grid, header.entity),)


KINDS = {"record.opened": rule(Opened, opened, _needs)}

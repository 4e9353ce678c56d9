"""Which rules the tables are folded by: the server says so itself, when its journal begins and at each upgrade."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec

from sync.edit import Header
from sync.rules.rule import Decision, Said, rule
from sync.state import Key, Quarantined, State

RULES_VERSION = 10
"""Raised with every change of what an edit folds to, a new kind included. What was decided about edits journaled
before (their outcomes) stands; everything they fold to is folded anew when a server of the new version starts."""


class Versioned(msgspec.Struct, frozen=True):
    version: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]


def versioned(said: Said, state: State) -> Decision:
    """From here on the rules of this version decide."""
    if said.header.grid is not None:
        raise Quarantined("bad_body")
    return Decision([])


def _nothing(header: Header, body: Versioned) -> Iterable[Key]:
    return ()


KINDS = {"rules.version": rule(Versioned, versioned, _nothing)}

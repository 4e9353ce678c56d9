"""Exports: that something was taken out, by whom, why, how much of it and by which questions. The file is not kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec

from sync.edit import Header
from sync.rules.rule import Decision, Said, rule
from sync.state import Key, Quarantined, State

Word = Annotated[str, msgspec.Meta(max_length=200)]


class Made(msgspec.Struct, frozen=True):
    """`asked`: the questions that chose the lines, by name. `columns`: what each line holds."""

    what: Literal["visits", "registry", "trail", "pack", "order", "hotline"]
    format: Literal["csv", "xlsx", "print", "json"]
    count: Annotated[int, msgspec.Meta(ge=0)]
    columns: list[Word]
    asked: dict[str, Word]
    why: Literal["report", "meeting", "handover", "resident", "other"]
    words: Annotated[str, msgspec.Meta(min_length=1, max_length=500)] | None = None


def made(said: Said, state: State) -> Decision:
    """Lines leave the server as a file. It changes nothing here."""
    if said.header.entity != said.header.id:
        raise Quarantined("bad_body")
    return Decision([])


def _nothing(header: Header, body: Made) -> Iterable[Key]:
    return ()


KINDS = {"export.made": rule(Made, made, _nothing)}

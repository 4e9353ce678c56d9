"""Suggestions: somebody says what could be easier, and on which page. Each stands, in its author's words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

import msgspec

from sync.edit import TEXT_CHARS_MAX, Header
from sync.entities import Suggestion
from sync.rules.roles import NEIGHBOURS, stands
from sync.rules.rule import Decision, Said, rule
from sync.state import Change, Key, Quarantined, State


class Made(msgspec.Struct, frozen=True):
    """`page`: the page it was said on, by name. Never an address: that would say at whose door."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=TEXT_CHARS_MAX)]
    page: Annotated[str, msgspec.Meta(pattern=r"^[a-z_]{1,40}\Z")]


def made(said: Said, state: State) -> Decision:
    """It stands in the community of the grid it was said in, or of whoever says it at a desk."""
    header, body = said.header, said.body
    if header.entity != header.id or not body.text.strip():
        raise Quarantined("bad_body")
    holder = state.get("grid", None, header.grid) if header.grid else state.get("person", None, header.author)
    community = holder.community if holder is not None else None
    place = (header.id, header.grid, community, header.author, said.by, body.page, body.text)
    times = (said.times.effective_ms, said.times.received_ms, said.position)
    return Decision([Change(Key("suggestion", None, header.id), Suggestion(*place, *times))])


def _needs(header: Header, body: Made) -> Iterable[Key]:
    return (Key("grid", None, header.grid) if header.grid else Key("person", None, header.author),)


def entrusted_to(header: Header, _: Any, state: State) -> str | None:
    """Who may say it by phone in no grid: a volunteer, whose pages are in none."""
    author = state.get("person", None, header.author) if header.grid is None else None
    return header.author if stands(author, NEIGHBOURS) else None


KINDS = {"suggestion.made": rule(Made, made, _needs, phones=True, entrusted=entrusted_to)}

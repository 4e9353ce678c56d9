"""Tickets of the 12345 hotline, as they came: by whom no phone is told. What a grid does about one is a whistle that is
raised from it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec

from sync.edit import TEXT_CHARS_MAX, Header
from sync.entities import HotlineTicket
from sync.rules.rule import Decision, Imported, Said, rule
from sync.rules.visit import OCCURRED_MS_MAX
from sync.rules.whistle import TITLE_CHARS_MAX, Category, Urgency
from sync.state import Change, Key, Quarantined, State

Line = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]


class Received(msgspec.Struct, frozen=True, omit_defaults=True):
    """`ticket`: the hotline's own number. `topic`: its words for what it is about; `address` in its words. `caller` and
    `phone`: whom to call back; `consent`: a department may."""

    ticket: Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z._-]{4,40}\Z")]
    community: str
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=TITLE_CHARS_MAX)]
    occurred_at_ms: Annotated[int, msgspec.Meta(ge=0, le=OCCURRED_MS_MAX)]
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=TEXT_CHARS_MAX)] | None = None
    topic: Line | None = None
    category: Category | None = None
    urgency: Urgency = "normal"
    address: Annotated[str, msgspec.Meta(min_length=1, max_length=200)] | None = None
    caller: Line | None = None
    phone: Line | None = None
    consent: bool = False
    imported: Imported | None = None


def received(said: Said, state: State) -> Decision:
    """It stands in a community, with the grid its address led to, if any. It is told once."""
    header, body = said.header, said.body
    if header.entity != header.id or not body.title.strip():
        raise Quarantined("bad_body")
    if state.get("community", None, body.community) is None:
        raise Quarantined("unknown_entity")
    told = (body.title, body.text, body.topic, body.category, body.urgency, body.address)
    known = (header.id, body.community, header.grid, body.ticket, *told, body.caller, body.phone, body.consent)
    times = (body.occurred_at_ms, said.times.received_ms)
    ticket = HotlineTicket(*known, header.author, said.by, *times, said.position)
    return Decision([Change(Key("hotline_ticket", None, header.id), ticket)])


def _needs(header: Header, body: Received) -> Iterable[Key]:
    return (Key("community", None, body.community),)


KINDS = {"hotline_ticket.received": rule(Received, received, _needs)}

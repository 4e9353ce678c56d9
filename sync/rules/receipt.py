"""What a resident leaves beside a whistle of theirs: the receipt that finds it again, and how to reach them.

Each is an edit of its own, so that a telephone number can end before the matter does. The server alone says them, in
nobody's name: residents have no account.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

import msgspec

from sync.edit import NOBODY, Header
from sync.entities import ResidentContact, ResidentReceipt
from sync.rules.rule import Decision, Said, rule
from sync.state import Change, Key, Quarantined, State

CONTACT_CHARS_MAX = 60


class Receipted(msgspec.Struct, frozen=True):
    """SHA-256 of the receipt's code, hex: whoever works here cannot say in a resident's name whether it helped."""

    hash: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]


class Reachable(msgspec.Struct, frozen=True):
    contact: Annotated[str, msgspec.Meta(min_length=1, max_length=CONTACT_CHARS_MAX)]


def receipted(said: Said, state: State) -> Decision:
    """Whoever has the code sees how far it is."""
    _check(said, state)
    now = ResidentReceipt(said.header.entity, said.body.hash, said.position)
    return Decision([Change(Key("resident_receipt", None, now.id), now)])


def reachable(said: Said, state: State) -> Decision:
    """Whoever handles it may call them, about this alone."""
    _check(said, state)
    if not said.body.contact.strip():
        raise Quarantined("bad_body")
    now = ResidentContact(said.header.entity, said.body.contact, said.header.id, said.position)
    return Decision([Change(Key("resident_contact", None, now.id), now)])


def _check(said: Said, state: State) -> None:
    header = said.header
    if header.author != NOBODY:
        raise Quarantined("not_author")
    if state.find("whistle", header.grid, header.entity) is None:
        raise Quarantined("unknown_entity")


def _needs(header: Header, body: Any) -> Iterable[Key]:
    return (Key("whistle", header.grid, header.entity), Key("moved", None, header.entity))


KINDS = {
    "whistle.receipted": rule(Receipted, receipted, _needs),
    "whistle.reachable": rule(Reachable, reachable, _needs),
}

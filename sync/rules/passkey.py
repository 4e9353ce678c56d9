"""Passkeys: what people open the desk with, made on their own device. The server keeps the public half, here.

A key counts from its first word on until it is taken away, by its owner or for them, and never again after that.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec

from sync.edit import Header, unb64u
from sync.entities import Passkey
from sync.rules.roles import MANAGING, reaches, stands
from sync.rules.rule import Decision, Said, rule
from sync.state import Change, Key, Quarantined, State
from sync.strict import Malformed

CREDENTIAL_CHARS_MAX = 1400
KEY_CHARS_MAX = 2800


class Added(msgspec.Struct, frozen=True):
    """`credential` and `public_key` (COSE) as the browser handed them over, base64url without padding."""

    person: str
    credential: Annotated[str, msgspec.Meta(min_length=1, max_length=CREDENTIAL_CHARS_MAX)]
    public_key: Annotated[str, msgspec.Meta(min_length=1, max_length=KEY_CHARS_MAX)]
    label: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]


class Nothing(msgspec.Struct, frozen=True):
    """All there is to say stands in the header."""


def added(said: Said, state: State) -> Decision:
    """Somebody has a key."""
    header, body = said.header, said.body
    try:
        unb64u(body.credential)
        key = unb64u(body.public_key)
    except Malformed:
        raise Quarantined("bad_body") from None
    if header.grid is not None or header.entity != header.id:
        raise Quarantined("bad_body")
    person = state.get("person", None, body.person)
    if person is None or person.ended_ms is not None:
        raise Quarantined("unknown_entity")
    now_ms = said.times.received_ms
    passkey = Passkey(header.entity, body.person, body.credential, key, body.label, now_ms, None, said.position)
    return Decision([Change(Key("passkey", None, header.entity), passkey)])


def removed(said: Said, state: State) -> Decision:
    """It opens nothing any more."""
    header = said.header
    passkey = state.get("passkey", None, header.entity)
    if header.grid is not None:
        raise Quarantined("bad_body")
    if passkey is None:
        raise Quarantined("unknown_entity")
    owner, author = (state.get("person", None, each) for each in (passkey.person, header.author))
    theirs = owner is not None and stands(author, MANAGING) and reaches(author, owner.community)
    if header.author != passkey.person and not theirs:
        raise Quarantined("needs_decision")
    if passkey.removed_ms is not None:
        return Decision([])
    now = msgspec.structs.replace(passkey, removed_ms=said.times.received_ms, rev=said.position)
    return Decision([Change(Key("passkey", None, passkey.id), now)])


def _needs_person(header: Header, body: Added) -> Iterable[Key]:
    return (Key("person", None, body.person),)


def _needs_passkey(header: Header, body: Nothing) -> Iterable[Key]:
    return (Key("passkey", None, header.entity),)


KINDS = {
    "passkey.added": rule(Added, added, _needs_person),
    "passkey.removed": rule(Nothing, removed, _needs_passkey),
}

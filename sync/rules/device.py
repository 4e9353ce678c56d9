"""Devices: a phone is known by the public half of the key it made itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec

from sync.edit import Header, unb64u
from sync.entities import Device
from sync.rules.rule import Decision, Said, rule
from sync.state import Change, Key, Quarantined, State
from sync.statement import PUBLIC_KEY_BYTES
from sync.strict import Malformed


class Enrolled(msgspec.Struct, frozen=True):
    person: str
    public_key: str
    label: Annotated[str, msgspec.Meta(max_length=200)]


def enrolled(said: Said, state: State) -> Decision:
    """A phone is given to a person, for good: a device is never enrolled twice."""
    header, body = said.header, said.body
    try:
        key = unb64u(body.public_key, PUBLIC_KEY_BYTES)
    except Malformed:
        raise Quarantined("bad_body") from None
    if header.grid is not None or state.get("device", None, header.entity) is not None:
        raise Quarantined("bad_body")
    if state.get("person", None, body.person) is None:
        raise Quarantined("unknown_entity")
    device = Device(header.entity, body.person, key, body.label, "phone", said.times.received_ms)
    return Decision([Change(Key("device", None, header.entity), device)])


def _needs(header: Header, body: Enrolled) -> Iterable[Key]:
    return (Key("device", None, header.entity), Key("person", None, body.person))


KINDS = {"device.enrolled": rule(Enrolled, enrolled, _needs)}

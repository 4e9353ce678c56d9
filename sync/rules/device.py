"""Devices: a phone is known by the public half of the key it made itself, until a station master puts it out of use.

What had arrived before stands. What arrives later is kept aside, whenever it was written (revocation counts as of
receipt), and a person decides about it. Putting a phone out of use can be taken back.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec

from sync.edit import Header, unb64u
from sync.entities import Device
from sync.rules.roles import stands
from sync.rules.rule import Decision, Said, rule
from sync.state import Change, Key, Quarantined, State
from sync.statement import PUBLIC_KEY_BYTES
from sync.strict import INTEGER_MAX, Malformed

REVOKING = ("station_master",)


class Enrolled(msgspec.Struct, frozen=True):
    """`succeeds`: the device whose chain forked, that this one goes on for."""

    person: str
    public_key: str
    label: Annotated[str, msgspec.Meta(max_length=200)]
    succeeds: str | None = None


class Looked(msgspec.Struct, frozen=True):
    """Which doubt of the phone's about the log, by code and time of its clock, and what was found."""

    code: Annotated[str, msgspec.Meta(pattern="^[a-z_]{1,30}$")]
    at_ms: Annotated[int, msgspec.Meta(ge=0, le=INTEGER_MAX)]
    words: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]


class Nothing(msgspec.Struct, frozen=True):
    """All there is to say stands in the header."""


def enrolled(said: Said, state: State) -> Decision:
    """A phone is given to a person, for good: a device is never enrolled twice. Whatever goes on for a phone that is
    out of use is so, too."""
    header, body = said.header, said.body
    try:
        key = unb64u(body.public_key, PUBLIC_KEY_BYTES)
    except Malformed:
        raise Quarantined("bad_body") from None
    if header.grid is not None or state.get("device", None, header.entity) is not None:
        raise Quarantined("bad_body")
    person = state.get("person", None, body.person)
    # A copy of a phone goes on for it, whoever it was given to: what it says is kept aside like that of the first.
    if person is None or (person.ended_ms is not None and body.succeeds is None):
        raise Quarantined("unknown_entity")
    before = state.get("device", None, body.succeeds) if body.succeeds is not None else None
    revoked_ms = before.revoked_ms if before is not None else None
    device = Device(header.entity, body.person, key, body.label, "phone", said.times.received_ms, revoked_ms)
    return Decision([Change(Key("device", None, header.entity), device)])


def revoked(said: Said, state: State) -> Decision:
    """A station master puts a phone out of use: from here on nothing of it takes effect."""
    device = _phone(said, state)
    return Decision([]) if device.revoked else _since(device, said.times.received_ms)


def reinstated(said: Said, state: State) -> Decision:
    """It is in use again from here on; what was set aside meanwhile waits for a person."""
    device = _phone(said, state)
    return _since(device, None) if device.revoked else Decision([])


def doubt_settled(said: Said, state: State) -> Decision:
    """A station master has looked at why the phone could not believe the log. It changes nothing but what is told."""
    if not said.body.words.strip():
        raise Quarantined("bad_body")
    _phone(said, state)
    return Decision([])


def _since(device: Device, revoked_ms: int | None) -> Decision:
    now = msgspec.structs.replace(device, revoked_ms=revoked_ms)
    return Decision([Change(Key("device", None, device.id), now)])


def _phone(said: Said, state: State) -> Device:
    """The phone, if it is one of the author's own community, and they are its station master."""
    header = said.header
    if header.grid is not None:
        raise Quarantined("bad_body")
    device = state.get("device", None, header.entity)
    if device is None or device.person is None:
        raise Quarantined("unknown_entity")
    owner, author = (state.get("person", None, each) for each in (device.person, header.author))
    if not stands(author, REVOKING) or owner is None or owner.community != author.community:
        raise Quarantined("needs_decision")
    assert isinstance(device, Device)
    return device


def _needs(header: Header, body: Enrolled) -> Iterable[Key]:
    before = () if body.succeeds is None else (Key("device", None, body.succeeds),)
    return (Key("device", None, header.entity), Key("person", None, body.person), *before)


def _needs_device(header: Header, body: Nothing | Looked) -> Iterable[Key]:
    return (Key("device", None, header.entity),)


KINDS = {
    "device.enrolled": rule(Enrolled, enrolled, _needs),
    "device.revoked": rule(Nothing, revoked, _needs_device),
    "device.reinstated": rule(Nothing, reinstated, _needs_device),
    "device.doubt_settled": rule(Looked, doubt_settled, _needs_device),
}

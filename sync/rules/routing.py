"""Routing: which words say what a whistle is about, and to whom it goes. It only suggests: a person sends.

A rule of the whole installation is an administrator's word, one of a community its committee's; the last one counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

import msgspec

from sync.edit import Header
from sync.entities import Person, RoutingRule
from sync.rules.roles import reaches, stands
from sync.rules.rule import Decision, Said, rule
from sync.rules.working_time import Reason
from sync.state import Change, Key, Quarantined, State

COMMITTEE = ("dispatcher", "station_master")
Code = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}\Z")]


class RuleSet(msgspec.Struct, frozen=True, omit_defaults=True):
    """`words`: apart by spaces, `电梯+困` where several must stand together; None: as at first, or gone where it is not
    one of the first; empty: it says nothing any more. `offices`: pieces of departments' names, the likeliest first.
    `courtyard`: only where the building's management is this."""

    code: Code
    reason: Reason
    community: str | None = None
    words: Annotated[str, msgspec.Meta(max_length=600)] | None = None
    category: Annotated[str, msgspec.Meta(pattern=r"^W[0-9]{2}\Z")] | None = None
    offices: Annotated[str, msgspec.Meta(max_length=100)] = ""
    level: Literal[2, 3, 4] | None = None
    urgency: Literal["danger", "urgent", "normal", "complex"] | None = None
    courtyard: Literal["managed", "self", "none"] | None = None


def rule_set(said: Said, state: State) -> Decision:
    """Words mean something else from now on, also for a whistle that waits already."""
    body = _asked(said, state)
    where = (body.code if body.community is None else f"{body.code}@{body.community}", body.code, body.community)
    what = (body.words, body.category, body.offices, body.level, body.urgency, body.courtyard)
    now = RoutingRule(*where, *what, body.reason, said.by, said.times.received_ms, said.position)
    return Decision([Change(Key("routing_rule", None, now.id), now)])


def _asked(said: Said, state: State) -> Any:
    """What is asked, by somebody whose word changes it."""
    header, body = said.header, said.body
    if header.entity != header.id or header.grid is not None or not body.reason.strip():
        raise Quarantined("bad_body")
    author: Person | None = state.get("person", None, header.author)
    if body.community is None:
        theirs = stands(author, ("admin",))
    elif state.get("community", None, body.community) is None:
        raise Quarantined("unknown_entity")
    else:
        theirs = author is not None and stands(author, COMMITTEE) and reaches(author, body.community)
    if not theirs:
        raise Quarantined("needs_decision")
    return body


def _needs(header: Header, body: RuleSet) -> Iterable[Key]:
    place = () if body.community is None else (Key("community", None, body.community),)
    return (Key("person", None, header.author), *place)


KINDS = {"routing_rule.set": rule(RuleSet, rule_set, _needs)}

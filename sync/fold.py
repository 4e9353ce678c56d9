"""One edit meets what is known: it takes effect, leaves something to settle, or is kept aside with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from sync.edit import Edit, Header
from sync.entities import Aside, Device, Person
from sync.rules import RULES, Decision, Said
from sync.rules.aside import ERASED
from sync.rules.table import DECIDING, WEIGHED
from sync.state import Key, Quarantined, State
from sync.strict import Malformed, check_depth, check_keys
from sync.times import Times

# The escape itself, not six typed characters after an escaped backslash.
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
LOOK_THROUGH_MAX = 200
"""How many edits one field of `over` may lead through, so that a made-up history cannot hold the writer."""

_decode_any = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


class Outcome(NamedTuple):
    """What became of an edit; journaled with it. Reasons stand beside `quarantined` alone."""

    outcome: str
    reason: str | None = None


ACCEPTED = Outcome("accepted")
CONTESTED = Outcome("contested")
DUPLICATE = Outcome("duplicate")


class Read(NamedTuple):
    """An edit whose body was looked into: `body` is None when it cannot be understood, then `reason` says why."""

    edit: Edit
    body: Any
    reason: str | None


def read_body(edit: Edit) -> Read:
    """What the body says, by the rule of its kind. Trouble is a reason, not an error: a well-signed edit is kept."""
    if not edit.salt:
        return Read(edit, None, "sealed" if edit.body else ERASED)
    rule = RULES.get(edit.header.kind)
    if rule is None or edit.header.v != 1:
        return Read(edit, None, "unknown_kind")
    raw = edit.body
    try:
        body = rule.decode(raw)
        if b"\\u0000" in raw and _NUL.search(raw):  # the pattern alone walks the whole body, slowly
            return Read(edit, None, "bad_body")
        # A body as we would write it has no repeated key and no hidden depth; others are looked at again.
        if _encode(body) != raw:
            value = _decode_any(raw)
            check_depth(raw, value)
            check_keys(raw, value)
    except (Malformed, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Read(edit, None, "bad_body")
    return Read(edit, body, None)


def needs(read: Read) -> Iterable[Key]:
    """What must be known to judge the edit, so that many can be fetched at once."""
    if read.body is None:
        return ()
    return RULES[read.edit.header.kind].needs(read.edit.header, read.body)


def fold(
    read: Read,
    state: State,
    device: Device,
    author: Person | None,
    times: Times,
    position: int,
    *,
    stood: bool = False,
) -> Outcome:
    """Judge one edit and let it take effect in `state`. `author` is the person named in the header, None if unknown.
    `stood`: it took effect by older rules, so who decided then has decided. A rule that fails keeps this edit aside
    (`fold_error`) and nobody else's."""
    header = read.edit.header
    earlier = state.get("journaled", None, header.id)
    outcome = _judge(read, state, device, author, times, position, earlier, stood)
    if outcome is not DUPLICATE:
        state.remember("journaled", header.id, known_as(earlier, journaled(header, outcome.outcome, times)))
    return outcome


def set_aside(header: Header, times: Times, state: State) -> None:
    """An edit of a fork takes no effect, and is known by its id like any other that was set aside."""
    earlier = state.get("journaled", None, header.id)
    state.remember("journaled", header.id, known_as(earlier, journaled(header, "quarantined", times)))


def _judge(
    read: Read,
    state: State,
    device: Device,
    author: Person | None,
    times: Times,
    position: int,
    earlier: Journaled | None,
    stood: bool,
) -> Outcome:
    header = read.edit.header
    try:
        # What is here by another way is no news from a phone that is out of use, alone or with its person.
        if (device.revoked or _has_ended(device, state)) and (earlier is None or earlier.outcome == "quarantined"):
            raise Quarantined("revoked")
        _may(read, device, author, state)
        if read.reason is not None:
            raise Quarantined(read.reason)
        if earlier is not None and earlier.outcome != "quarantined":
            return DUPLICATE
        if state.get("erased", None, header.id) is not None:
            raise Quarantined(ERASED)
        if not stood:
            _knows(read, state)
        over = seen_through(header, read.body, state) if header.over else header.over
        by = author.name if author else ""
        decides = _decides(read, device, author, state)
        said = Said(header, read.body, over, times, position, by, decides, lenient=stood)
        decision = _decision(said, state, stood)
    except Quarantined as word:
        lost = word.reason == "unknown_entity" and state.get("erased", None, header.entity) is not None
        return Outcome("quarantined", ERASED if lost else word.reason)
    except Exception:
        return Outcome("quarantined", "fold_error")
    state.apply(decision.changes)
    if decision.released is not None:
        _take_effect(decision.released, state)
    return CONTESTED if decision.contested else ACCEPTED


def _knows(read: Read, state: State) -> None:
    """Who writes about a home whose words were erased must have known that: else a person decides whether it is to be
    kept. Raises Quarantined(erased)."""
    erased = state.get("erased", None, about(read))
    if erased is not None and _seen(read.edit.header, state) <= erased.rev:
        raise Quarantined(ERASED)


def _seen(header: Header, state: State) -> int:
    """How much of this journal its author had seen. Of a log that broke off before it: what this one went on after,
    for what was erased behind that may stand at positions they had seen something else at; of a strange one nothing."""
    ended: int | None = state.get("log", None, header.seen.log)
    return min(header.seen.size, ended) if ended is not None else 0


def about(read: Read) -> str:
    """What an edit speaks of: the home or the pair that its body names, or what its header does."""
    home = getattr(read.body, "household", None) or getattr(read.body, "pair", None)
    return home if isinstance(home, str) else read.edit.header.entity


def _has_ended(device: Device, state: State) -> bool:
    person = state.get("person", None, device.person) if device.person is not None else None
    return person is not None and person.ended_ms is not None


def _decision(said: Said, state: State, stood: bool) -> Decision:
    rule = RULES[said.header.kind]
    try:
        return rule.fold(said, state)
    except Quarantined as word:
        if not stood or word.reason != "needs_decision":
            raise
        return rule.fold(msgspec.structs.replace(said, decides=True), state)


def _take_effect(edit: str, state: State) -> None:
    """An edit set aside before counts from now on as one that took effect, by its id."""
    known = state.get("journaled", None, edit)
    if known is not None:
        state.remember("journaled", edit, known._replace(outcome="accepted"))


def _may(read: Read, device: Device, author: Person | None, state: State) -> None:
    header = read.edit.header
    # The server's own device writes in the name of whoever the page has let in.
    if device.kind == "server":
        return
    if header.author != device.person or author is None:
        raise Quarantined("not_author")
    rule = RULES.get(header.kind)
    if rule is not None and not rule.phones:
        raise Quarantined("out_of_scope")
    if header.grid in author.grids_seen(header.seen.size):
        return
    entrusted = rule.entrusted if rule is not None and read.body is not None else None
    if entrusted is None or entrusted(header, read.body, state) != author.id:
        raise Quarantined("out_of_scope")


def _decides(read: Read, device: Device, author: Person | None, state: State) -> bool:
    """Whether the author's word settles what a rule asks, about a thing where it stands now: a leader's in their grids
    (those their phone knew of), a master's in their community and where no community is concerned, and a ledger's that
    the station brought in."""
    header = read.edit.header
    if header.kind not in WEIGHED or author is None:
        return False
    ours = device.kind == "server"
    if ours and getattr(read.body, "imported", None) is not None:
        return True
    if author.role not in DECIDING:
        return False
    grid = RULES[header.kind].place(header, read.body, state)
    if author.role == "grid_leader":
        return grid in (author.walked if ours else author.grids_seen(header.seen.size))
    known = state.get("grid", None, grid) if grid is not None else None
    return known is None or known.community == author.community


class Journaled(NamedTuple):
    """What the journal already holds under an id; `at_ms` is effective."""

    outcome: str
    author: str
    over: dict[str, list[str]]
    at_ms: int


def journaled(header: Header, outcome: str, times: Times) -> Journaled:
    """What the journal holds once it has this edit."""
    return Journaled(outcome, header.author, header.over, times.effective_ms)


def known_as(earlier: Journaled | None, later: Journaled) -> Journaled:
    """What an id stands for when the journal holds it twice: what took effect, else what came first."""
    if earlier is None or (earlier.outcome == "quarantined" and later.outcome != "quarantined"):
        return later
    return earlier


def as_aside(read: Read, times: Times, position: int, by: str, state: State) -> Aside:
    """An edit that was set aside, as whoever decides about it will have it."""
    header = read.edit.header
    over = seen_through(header, read.body, state) if read.body is not None else {}
    return Aside(position, header, read.body, read.reason, over, times, by)


def seen_through(header: Header, body: Any, state: State) -> dict[str, list[str]]:
    """What the body replaces, with the author's own quarantined edits looked through: naming one also names what it
    replaced. Fields of `over` that the body does not speak of replace nothing."""
    tags = (*getattr(body, "remove", ()), *getattr(body, "add", ()))
    spoken = {"revision", *getattr(body, "facts", ()), *(f"tag:{tag}" for tag in tags)}
    through: dict[str, list[str]] = {}
    for field in spoken & header.over.keys():
        found: dict[str, None] = {}
        waiting = list(header.over[field])
        while waiting and len(found) < LOOK_THROUGH_MAX:
            each = waiting.pop()
            if each in found or each == header.id:
                continue
            found[each] = None
            earlier = state.get("journaled", None, each)
            if earlier and earlier.outcome == "quarantined" and earlier.author == header.author:
                waiting += earlier.over.get(field, ())
        through[field] = sorted(found)
    return through

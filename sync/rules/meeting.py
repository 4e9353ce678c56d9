"""Meetings and what was agreed there: minutes stand as their author tells them, each action is a case of its own.

Of a grid, or of the whole community where the header names none. An action is its owner's, who says from a phone or a
desk that it is done; a leader of the place gives it out, changes it and may say the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal

import msgspec

from sync.edit import Header
from sync.entities import Action, Comment, Meeting, Revision
from sync.rules.roles import reaches, stands
from sync.rules.rule import Decision, Said, rule
from sync.rules.tellings import heads_of, telling
from sync.rules.workflow import OVER, Beside, Case, Way, Workflow, propose
from sync.state import Change, Key, Quarantined, State

ACTION = Workflow(
    begins="none",
    ways=(
        Way("none", "set", "open"),
        Way("open", "set", "open"),
        Way("open", "done", "done"),
        Way("done", "set", "open"),
    ),
    leaders=frozenset(("set",)),
)
"""Set again it has another owner, day or words; one that was done is open again."""

DECISIONS_MAX = 40
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
Day = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]
Type = Literal["monday", "monthly", "council", "coordination"]
Id = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")]


class Held(msgspec.Struct, frozen=True, omit_defaults=True):
    """`held_on`: the local day. `decisions`: what was decided, in order. `whistle`: the one of the header's grid that
    those concerned sat down about (共建单位协调会)."""

    type: Type
    held_on: Day
    decisions: Annotated[list[Text], msgspec.Meta(max_length=DECISIONS_MAX)]
    whistle: Id | None = None


class Set(msgspec.Struct, frozen=True, omit_defaults=True):
    """`owner` is to do it by `due`, a local day. `meeting`: where that was agreed."""

    owner: str
    due: Day
    text: Text
    meeting: str | None = None


class Done(msgspec.Struct, frozen=True, omit_defaults=True):
    """What there is to say about it."""

    note: Text | None = None


def held(said: Said, state: State) -> Decision:
    """A meeting was held; told again by the same author over the tellings in view, its minutes are corrected."""
    header, body = said.header, said.body
    community = _place(said, state, coordinates=body.whistle is not None)
    if not all(each.strip() for each in body.decisions) or not _is_day(body.held_on):
        raise Quarantined("bad_body")
    old = state.get("meeting", None, header.entity)
    if (body.whistle is not None and body.type != "coordination") or (old is not None and old.whistle != body.whistle):
        raise Quarantined("bad_body")
    if old is None and body.whistle is not None and state.find("whistle", header.grid, body.whistle) is None:
        raise Quarantined("unknown_entity")
    if old is None and header.entity != header.id:
        raise Quarantined("unknown_entity")
    if old is not None and (old.author, old.grid) != (header.author, header.grid):
        raise Quarantined("not_author")
    told = [*(old.tellings if old else ()), telling(said, _json(body), 1 + (len(old.tellings) if old else 0))]
    heads = heads_of(told)
    told = [msgspec.structs.replace(each, shown=each.edit == heads[0].edit) for each in told]
    shown = _held(heads[0])
    position, received_ms = (old.position, old.received_ms) if old else (said.position, said.times.received_ms)
    by = old.by if old else said.by
    place = (header.entity, header.grid, community, header.author, by)
    made = Meeting(
        *place,
        shown.type,
        shown.held_on,
        shown.decisions,
        heads[0].edit,
        position,
        said.position,
        received_ms,
        told,
        whistle=body.whistle,
    )
    return Decision([Change(Key("meeting", None, made.id), made)])


def set_(said: Said, state: State) -> Decision:
    """Somebody is given something to do, or that is changed."""
    header, body = said.header, said.body
    meeting = state.get("meeting", None, body.meeting) if body.meeting is not None else None
    community = _place(said, state, coordinates=meeting is not None and meeting.whistle is not None)
    owner = state.get("person", None, body.owner)
    if not body.text.strip() or not _is_day(body.due):
        raise Quarantined("bad_body")
    if owner is None or owner.community not in (None, community) or (meeting is None and body.meeting is not None):
        raise Quarantined("unknown_entity")
    if meeting is not None and (meeting.grid, meeting.community) != (header.grid, community):
        raise Quarantined("bad_body")
    old = state.get("action", None, header.entity)
    if old is None and header.entity != header.id:
        raise Quarantined("unknown_entity")
    if old is not None and old.grid != header.grid:
        raise Quarantined("bad_body")
    case = Case(old.state, old.step) if old else Case(ACTION.begins, None)
    answer = propose(ACTION, case, "set", header.over.get(OVER, ()))
    if isinstance(answer, Beside):
        return _beside(said, old, "set", answer, body.text)
    were = {**old.were, old.owner: old.owner_name} if old else {}
    made = Action(
        id=header.entity,
        grid=header.grid,
        community=community,
        meeting=body.meeting or (old.meeting if old else None),
        owner=owner.id,
        owner_name=owner.name,
        text=body.text,
        due=body.due,
        state=answer.state,
        step=header.id,
        set_by=said.by,
        set_ms=said.times.received_ms,
        rev=said.position,
        were={each: name for each, name in were.items() if each != owner.id},
        comments=old.comments if old else [],
    )
    return Decision([Change(Key("action", None, made.id), made)])


def done(said: Said, state: State) -> Decision:
    """Its owner, or a leader of the place it was agreed for, says that it is done."""
    header, body = said.header, said.body
    action = state.get("action", None, header.entity)
    if action is None:
        raise Quarantined("unknown_entity")
    if header.author != action.owner and not (said.decides and header.grid == action.grid):
        raise Quarantined("needs_decision")
    answer = propose(ACTION, Case(action.state, action.step), "done", header.over.get(OVER, ()))
    if isinstance(answer, Beside):
        return _beside(said, action, "done", answer, body.note)
    taken = {"state": answer.state, "step": header.id, "note": body.note, "done_by": said.by}
    now = msgspec.structs.replace(action, **taken, done_ms=said.times.received_ms, rev=said.position)
    return Decision([Change(Key("action", None, action.id), now)])


def _place(said: Said, state: State, *, coordinates: bool = False) -> str:
    """The community it is for, where its author decides: a leader in their grid, a station master everywhere; where
    departments are brought together about a whistle, whoever dispatches in that community, too."""
    header = said.header
    author = state.get("person", None, header.author)
    holder = state.get("grid", None, header.grid) if header.grid else author
    if not said.decides and not (coordinates and stands(author, ("dispatcher",))):
        raise Quarantined("needs_decision")
    if holder is None or holder.community is None or author is None:
        raise Quarantined("unknown_entity")
    community: str = holder.community
    if not said.decides and not reaches(author, community):
        raise Quarantined("needs_decision")
    return community


def _beside(said: Said, action: Action, step: str, why: Beside, words: str | None) -> Decision:
    comment = Comment(said.header.id, step, said.by, said.times.received_ms, why.why, words)
    now = msgspec.structs.replace(action, comments=[*action.comments, comment], rev=said.position)
    return Decision([Change(Key("action", None, action.id), now)])


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _json(body: Held) -> str:
    return msgspec.json.encode(body).decode()


def _held(shown: Revision) -> Held:
    return msgspec.json.decode(shown.body, type=Held)


def _where(header: Header) -> Iterable[Key]:
    author = Key("person", None, header.author)
    return (Key("grid", None, header.grid), author) if header.grid else (author,)


def _needs_held(header: Header, body: Held) -> Iterable[Key]:
    about = (Key("whistle", header.grid, body.whistle), Key("moved", None, body.whistle)) if body.whistle else ()
    return (*_where(header), Key("meeting", None, header.entity), *about)


def _needs_set(header: Header, body: Set) -> Iterable[Key]:
    met = (Key("meeting", None, body.meeting),) if body.meeting is not None else ()
    return (*_where(header), *met, Key("person", None, body.owner), Key("action", None, header.entity))


def _needs_done(header: Header, body: Any) -> Iterable[Key]:
    return (Key("action", None, header.entity),)


KINDS = {
    "meeting.held": rule(Held, held, _needs_held),
    "action.set": rule(Set, set_, _needs_set),
    "action.done": rule(Done, done, _needs_done, phones=True),
}

"""A day's log: what its worker adds to what the day's visits say by themselves, and what a leader makes of it.

Its figures are in no edit: they are counted from the visits of that day, wherever the log is read. The words are a
record, so they stand whatever their author had seen; whether a leader has read them is a case that goes by steps.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Annotated, Any

import msgspec

from sync.edit import Header
from sync.entities import Blob, Comment, DailyLog, Revision
from sync.rules.blobs import BLOBS_MAX, check_blobs
from sync.rules.rule import Decision, Said, rule
from sync.rules.tellings import heads_of, telling
from sync.rules.visit import LongText
from sync.rules.workflow import OVER, Beside, Case, Way, Workflow, propose
from sync.state import Change, Key, Quarantined, State
from sync.times import DAY_MS, EPOCH_DAY

LOG = Workflow(
    begins="open",
    ways=(
        Way("open", "sent", "submitted"),
        Way("submitted", "sent", "submitted"),
        Way("returned", "sent", "amended"),
        Way("reviewed", "sent", "amended"),
        Way("amended", "sent", "amended"),
        *(Way(at, "reviewed", "reviewed") for at in ("submitted", "amended", "returned")),
        *(Way(at, "returned", "returned") for at in ("submitted", "amended", "reviewed")),
    ),
    leaders=frozenset(("reviewed", "returned")),
)
"""A slip of the finger is mended by the other step: what was reviewed can be returned, and the other way round."""

Note = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
Day = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]


class Sent(msgspec.Struct, frozen=True, omit_defaults=True):
    """`day`: the local day it tells of. Without words it says that the day was as its visits tell. `by_itself`: the
    evening sent it, and nobody said anything."""

    day: Day
    text: LongText | None = None
    by_itself: bool = False
    blobs: Annotated[list[Blob], msgspec.Meta(max_length=BLOBS_MAX)] = []


class Reviewed(msgspec.Struct, frozen=True):
    """All there is to say stands in the header."""


class Returned(msgspec.Struct, frozen=True):
    """What is asked of its author."""

    note: Note


def log_id(author: str, grid: str, day: str) -> str:
    """The id of somebody's log of a day in a grid: a UUIDv7 that each of their phones finds alike, so that sent twice
    it is one log. Raises ValueError where there is no such day."""
    ms = (date.fromisoformat(day).toordinal() - EPOCH_DAY) * DAY_MS
    random = bytearray(sha256(f"{author} {grid} {day}".encode()).digest()[:10])
    random[0], random[2] = random[0] & 0x0F | 0x70, random[2] & 0x3F | 0x80
    when, rest = f"{ms & (1 << 48) - 1:012x}", random.hex()
    return f"{when[:8]}-{when[8:]}-{rest[:4]}-{rest[4:8]}-{rest[8:]}"


def sent(said: Said, state: State) -> Decision:
    """Its author sends it, or sends it again with other words: those before are kept. One that was returned waits for
    an answer: words whose author had not seen that stand in it, and are none."""
    header, body = said.header, said.body
    if header.grid is None or header.entity != _id(header, body) or (body.by_itself and (body.text or body.blobs)):
        raise Quarantined("bad_body")
    check_blobs(body.blobs)
    if state.get("grid", None, header.grid) is None:
        raise Quarantined("unknown_entity")
    log = state.get("daily_log", header.grid, header.entity)
    told = [*(log.tellings if log else ()), telling(said, _json(body), 1 + (len(log.tellings) if log else 0))]
    # Whoever wrote had no need to have seen that the evening sent it.
    heads = heads_of([each for each in told if not _by_itself(each)] or told)
    told = [msgspec.structs.replace(each, shown=each.edit == heads[0].edit) for each in told]
    text = _text(heads[0])
    if log is None:
        begun = (header.grid, header.entity, header.author, said.by, body.day)
        made = DailyLog(*begun, _next("open"), header.id, text, said.position, said.position, _sent_ms(told), told)
        return _now(made)
    now = msgspec.structs.replace(log, text=text, tellings=told, sent_ms=_sent_ms(told), rev=said.position)
    if log.state == "returned" and log.step not in header.over.get(OVER, ()):
        return _now(now)
    return _now(msgspec.structs.replace(now, state=_next(log.state), step=header.id))


def reviewed(said: Said, state: State) -> Decision:
    """A leader has read it."""
    return _stepped(said, state, "reviewed", None)


def returned(said: Said, state: State) -> Decision:
    """A leader asks something of its author."""
    if not said.body.note.strip():
        raise Quarantined("bad_body")
    return _stepped(said, state, "returned", said.body.note)


def _stepped(said: Said, state: State, step: str, note: str | None) -> Decision:
    header = said.header
    log = state.get("daily_log", header.grid, header.entity)
    if log is None:
        raise Quarantined("unknown_entity")
    if not LOG.may(step, said.decides) or header.author == log.author:
        raise Quarantined("needs_decision")
    now_ms = said.times.received_ms
    answer = propose(LOG, Case(log.state, log.step), step, header.over.get(OVER, ()))
    if isinstance(answer, Beside):
        comment = Comment(header.id, step, said.by, now_ms, answer.why, note)
        return _now(msgspec.structs.replace(log, comments=[*log.comments, comment], rev=said.position))
    taken = {"state": answer.state, "step": header.id, "note": note, "reviewed_by": said.by, "reviewed_ms": now_ms}
    return _now(msgspec.structs.replace(log, rev=said.position, **taken))


def _id(header: Header, body: Sent) -> str | None:
    try:
        return log_id(header.author, header.grid or "", body.day)
    except ValueError:
        return None


def _next(state: str) -> str:
    """Where words lead from a state: from each of them some way does."""
    return next(way.to for way in LOG.ways if (way.at, way.step) == (state, "sent"))


def _sent_ms(told: list[Revision]) -> int:
    return max(each.received_ms for each in told)


def blobs_now(log: DailyLog) -> list[Blob]:
    """The photos and voice notes of the shown telling."""
    shown = next(each for each in log.tellings if each.shown)
    return msgspec.json.decode(shown.body, type=Sent).blobs


def _by_itself(told: Revision) -> bool:
    return msgspec.json.decode(told.body, type=Sent).by_itself


def _text(shown: Revision) -> str | None:
    return msgspec.json.decode(shown.body, type=Sent).text


def _json(body: Sent) -> str:
    return msgspec.json.encode(body).decode()


def _now(log: DailyLog) -> Decision:
    return Decision([Change(Key("daily_log", log.grid, log.id), log)])


def _needs_sent(header: Header, body: Sent) -> Iterable[Key]:
    return (*_needs(header, body), Key("grid", None, header.grid or ""))


def _needs(header: Header, body: Any) -> Iterable[Key]:
    return (Key("daily_log", header.grid, header.entity),)


KINDS = {
    "daily_log.sent": rule(Sent, sent, _needs_sent, phones=True),
    "daily_log.reviewed": rule(Reviewed, reviewed, _needs),
    "daily_log.returned": rule(Returned, returned, _needs),
}

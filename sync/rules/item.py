"""Items: what an ask of a visit becomes, once somebody says so: a problem, a need, a proposal, an effect, a mediation.

Its words are those of the ask and stay as they were. Where it stands is a case that goes by steps; what is told of it
on the way, and how its household rates it, is a record and stands whatever its author had seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal

import msgspec

from sync.edit import TEXT_CHARS_MAX, Header
from sync.entities import Blob, Item, ItemTold, Mediation
from sync.rules.blobs import BLOBS_MAX, check_blobs
from sync.rules.rule import Decision, Said, rule, stands_at, stands_in
from sync.rules.visit import OCCURRED_MS_MAX
from sync.rules.workflow import OVER, Beside, Case, Way, Workflow, propose
from sync.state import Change, Key, Quarantined, State

AGREED = ("agreed_oral", "agreed_written")
WAYS: dict[str, dict[str, tuple[str, ...]]] = {
    "problem": {"new": ("self_resolved",), "self_resolved": ("new",)},
    "need": {
        "new": ("matched", "project", "done", "dropped"),
        "matched": ("project", "done", "dropped"),
        "project": ("done", "dropped"),
        "done": ("new",),
        "dropped": ("new",),
    },
    "proposal": {"new": ("taken", "done", "dropped"), "taken": ("done", "dropped"), "done": ("new",),
                 "dropped": ("new",)},
    "effect": {"rated": ()},
    "mediation": {
        "registered": ("accepted", "mediating"),
        "accepted": ("mediating", *AGREED, "failed"),
        "mediating": (*AGREED, "failed"),
        "agreed_oral": ("revisit",),
        "agreed_written": ("revisit",),
        "revisit": ("filed", "mediating"),
        "failed": ("referred", "mediating"),
        "referred": ("filed",),
    },
}  # fmt: skip
"""For each kind, the states and where each leads; it begins in the first."""
CLOSED = ("self_resolved", "done", "dropped", "filed", "rated", "withdrawn")
"""States in which nothing more is to be done."""
LEADERS = frozenset(("matched", "project", "taken", "dropped", "filed"))
"""Steps that are a leader's to take; the others are anybody's who walks the grid."""
WITHDRAWN = "withdrawn"


def _flow(ways: dict[str, tuple[str, ...]]) -> Workflow:
    """A step is called as the state it leads to."""
    on = [Way(at, to, to) for at, leads in ways.items() for to in leads]
    back = [Way(at, WITHDRAWN, WITHDRAWN) for at in ways if at not in CLOSED]
    return Workflow(next(iter(ways)), (*on, *back), LEADERS)


FLOWS = {kind: _flow(ways) for kind, ways in WAYS.items()}

Note = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
Rating = Literal["satisfied", "basic", "not"]
RATINGS = ("satisfied", "basic", "not")


class Raised(msgspec.Struct, frozen=True, omit_defaults=True):
    """`text`: the words of the ask it came from, or a mediation's summary; a photo or a voice note says enough.
    `rating`: an effect's."""

    kind: Literal["problem", "need", "proposal", "effect", "mediation"]
    occurred_at_ms: Annotated[int, msgspec.Meta(ge=0, le=OCCURRED_MS_MAX)]
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=TEXT_CHARS_MAX)] | None = None
    household: str | None = None
    source_visit: str | None = None
    about: str | None = None
    rating: Rating | None = None
    record: Mediation | None = None
    blobs: Annotated[list[Blob], msgspec.Meta(max_length=BLOBS_MAX)] = []


class Moved(msgspec.Struct, frozen=True, omit_defaults=True):
    to: str
    note: Note | None = None


class Rated(msgspec.Struct, frozen=True, omit_defaults=True):
    """`visit`: at which the household said so."""

    rating: Rating
    note: Annotated[str, msgspec.Meta(min_length=1, max_length=TEXT_CHARS_MAX)] | None = None
    visit: str | None = None


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a mediation goes on. `record`: all that is known of it now."""

    note: Annotated[str, msgspec.Meta(min_length=1, max_length=TEXT_CHARS_MAX)] | None = None
    record: Mediation | None = None
    blobs: Annotated[list[Blob], msgspec.Meta(max_length=BLOBS_MAX)] = []


class Withdrawn(msgspec.Struct, frozen=True, omit_defaults=True):
    note: Note | None = None


def raised(said: Said, state: State) -> Decision:
    """It begins, at a known door or in a known grid."""
    header, body = said.header, said.body
    text = body.text or ""
    if header.grid is None or header.entity != header.id or not (text.strip() or body.blobs):
        raise Quarantined("bad_body")
    check_blobs(body.blobs)
    if (body.kind == "effect") != (body.rating is not None) or (body.record is not None and body.kind != "mediation"):
        raise Quarantined("bad_body")
    _check(body.record)
    where = state.find("door", header.grid, body.household) if body.household is not None else None
    if where is None and (body.household is not None or state.get("grid", None, header.grid) is None):
        raise Quarantined("unknown_entity")
    grid = where.grid if where is not None else header.grid
    came = (body.household, body.source_visit, body.about, header.author, said.by, text, body.occurred_at_ms)
    begun: tuple[Any, ...] = (
        FLOWS[body.kind].begins,
        header.id,
        body.rating,
        body.record,
        [],
        said.position,
        said.position,
        body.blobs,
    )
    item = Item(grid, header.id, body.kind, *came, *begun)
    return Decision([Change(Key("item", grid, header.id), item), *stands_in(said, grid)])


def moved(said: Said, state: State) -> Decision:
    """Somebody takes it a step on; where others had taken one since, that stays beside it."""
    item = _known(said.header, state)
    flow, step = FLOWS[item.kind], said.body.to
    if step == WITHDRAWN or step not in {way.step for way in flow.ways}:
        raise Quarantined("bad_body")
    if not flow.may(step, said.decides):
        raise Quarantined("needs_decision")
    return _stepped(said, item, "moved", step)


def withdrawn(said: Said, state: State) -> Decision:
    """Whoever raised it takes it back, or a leader does."""
    item = _known(said.header, state)
    if said.header.author != item.author and not said.decides:
        raise Quarantined("needs_decision")
    return _stepped(said, item, "withdrawn", WITHDRAWN)


def rated(said: Said, state: State) -> Decision:
    """The household says what came of it."""
    item, body = _known(said.header, state), said.body
    told = _told(said, "rated", to=body.rating, note=body.note, visit=body.visit)
    return _now(said, msgspec.structs.replace(item, rating=body.rating, story=[*item.story, told]))


def told(said: Said, state: State) -> Decision:
    """A mediation goes on: every telling is kept, the record of the last one stands."""
    item, body = _known(said.header, state), said.body
    if item.kind != "mediation" or not (body.note or body.record or body.blobs):
        raise Quarantined("bad_body")
    _check(body.record)
    check_blobs(body.blobs)
    entry = _told(said, "told", note=body.note, record=body.record, blobs=body.blobs)
    return _now(said, msgspec.structs.replace(item, record=body.record or item.record, story=[*item.story, entry]))


def _stepped(said: Said, item: Item, what: Literal["moved", "withdrawn"], step: str) -> Decision:
    answer = propose(FLOWS[item.kind], Case(item.state, item.step), step, said.header.over.get(OVER, ()))
    if isinstance(answer, Beside):
        story = [*item.story, _told(said, what, to=step, note=said.body.note, why=answer.why)]
        return _now(said, msgspec.structs.replace(item, story=story))
    story = [*item.story, _told(said, what, to=step, note=said.body.note)]
    return _now(said, msgspec.structs.replace(item, state=answer.state, step=said.header.id, story=story))


def _told(said: Said, what: Literal["moved", "rated", "told", "withdrawn"], **more: Any) -> ItemTold:
    return ItemTold(said.header.id, what, said.by, said.times.effective_ms, **more)


def _known(header: Header, state: State) -> Item:
    item = state.find("item", header.grid, header.entity)
    if item is None:
        raise Quarantined("unknown_entity")
    assert isinstance(item, Item)
    return item


def _check(record: Mediation | None) -> None:
    """A day to come back on that exists. Raises Quarantined(bad_body)."""
    if record is not None and record.revisit_on is not None:
        try:
            date.fromisoformat(record.revisit_on)
        except ValueError:
            raise Quarantined("bad_body") from None


def _now(said: Said, item: Item) -> Decision:
    return Decision([Change(Key("item", item.grid, item.id), msgspec.structs.replace(item, rev=said.position))])


def _needs_door(header: Header, body: Raised) -> Iterable[Key]:
    if body.household is not None:
        return (Key("door", header.grid, body.household),)
    return (Key("grid", None, header.grid or ""),)


def _needs(header: Header, body: Any) -> Iterable[Key]:
    return (Key("item", header.grid, header.entity), Key("moved", None, header.entity))


def _place(header: Header, body: Raised, state: State) -> str | None:
    return stands_at("household" if body.household is not None else "")(header, body, state)


KINDS = {
    "item.raised": rule(Raised, raised, _needs_door, _place, phones=True),
    "item.moved": rule(Moved, moved, _needs, phones=True),
    "item.rated": rule(Rated, rated, _needs, phones=True),
    "item.told": rule(Told, told, _needs, phones=True),
    "item.withdrawn": rule(Withdrawn, withdrawn, _needs, phones=True),
}

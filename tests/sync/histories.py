"""Histories of three people who see and do not see each other: what they write, and what it folds to in any order."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import msgspec
from hypothesis import strategies as st

from sync.edit import Edit, Seen, make_edit
from sync.entities import Building, Device, Door, Household, Person, Resident, Visit
from sync.fold import Outcome, fold, read_body
from sync.rules.door import closed_door
from sync.state import Change, Key, State
from sync.times import Times

GRID, BUILDING = "00000000-0000-7000-8000-0000000000a0", "00000000-0000-7000-8000-0000000000b0"
HOMES = [f"00000000-0000-7000-8000-0000000000c{n}" for n in range(2)]
RESIDENT = "00000000-0000-7000-8000-0000000000d0"
ROLES = {"赵敏": "grid_worker", "钱进": "grid_worker", "孙立": "grid_leader"}
PEOPLE = [Person(f"00000000-0000-7000-8000-0000000000e{n}", name, role, None, [GRID], 0) for n, (name, role) in
          enumerate(ROLES.items())]  # fmt: skip
DEVICES = [Device(f"00000000-0000-7000-8000-0000000000f{n}", PEOPLE[n].id, b"", "", "phone", 0) for n in range(3)]
FACTS = ("phone", "contact")
TAGS = ("disabled", "floating")
UTC_OFFSET_MIN = 480
DAY_MS = 86_400_000
OCCUPANCIES = ("owner", "rented", "vacant", "shop", "vacant", "unknown")


def nothing(kind: str, grid: str | None, ids: Iterable[str]) -> list[tuple[str, Any]]:
    """An empty database."""
    return []


def begun() -> State:
    """A building with two homes, one of them with somebody in it."""
    state = State(nothing, UTC_OFFSET_MIN)
    state.apply([Change(Key("building", GRID, BUILDING), Building(GRID, BUILDING, "院", "1幢", 1, None, "block", 0))])
    for home in HOMES:
        household = Household(GRID, home, BUILDING, None, 1, home[-2:], "home", {}, None, None, 0)
        state.apply([Change(Key("household", GRID, home), household)])
        state.apply([Change(Key("door", GRID, home), closed_door(GRID, home, 0))])
    resident = Resident(GRID, RESIDENT, HOMES[0], {}, {}, None, None, 0)
    state.apply([Change(Key("resident", GRID, RESIDENT), resident)])
    for person in PEOPLE:
        state.apply([Change(Key("person", None, person.id), person)])
    return state


class Act(msgspec.Struct, frozen=True):
    """What somebody does, and how much of what others did they have seen: indexes into the acts before."""

    who: int
    what: str
    home: int
    value: int
    sees: frozenset[int]


WHAT = (
    "visit",
    "visit",
    "correct",
    "settle",
    "retract",
    "state",
    "state",
    "vacate",
    "undo",
    "tag",
    "untag",
    "retag",
    "nonsense",
)
ACTS = st.builds(
    Act,
    st.integers(0, 2),
    st.sampled_from(WHAT),
    st.integers(0, 1),
    st.integers(0, 5),
    st.frozensets(st.integers(0, 11), max_size=3),
)
# Long enough that people work without seeing each other: short histories are all agreement.
HISTORIES = st.lists(ACTS, min_size=8, max_size=14)
CHOICES = st.lists(st.integers(0, 13), min_size=8, max_size=14)


def edit_of(index: int, act: Act, before: list[tuple[Act, Edit]]) -> Edit:
    """The edit an act makes: over what its author had seen, which is what they did themselves and what they saw."""
    id_ = f"{index:08x}-0000-7000-8000-000000000000"
    seen = InView([e for n, (a, e) in enumerate(before) if a.who == act.who or n in act.sees])
    kind, entity, over, body = SAYS[act.what](act, seen, id_)
    header = {
        "id": id_,
        "device": DEVICES[act.who].id,
        "n": index + 1,
        "prev": None if index == 0 else "A" * 43,
        "author": PEOPLE[act.who].id,
        "grid": GRID,
        "kind": kind,
        "v": 1,
        "entity": entity,
        "at_ms": 1000 + act.value,
        "offset_ms": 0,
        "seen": Seen("", 0),
        "over": over,
    }
    return make_edit(header, b"s" * 16, body)


Made = tuple[str, str, dict[str, list[str]], dict[str, Any]]


class InView:
    """The edits somebody has seen, asked for by what they say."""

    def __init__(self, edits: list[Edit]) -> None:
        self.edits = edits

    def of(self, kind: str, field: str) -> list[str]:
        """Who stated a field, or spoke of a tag."""
        return [e.header.id for e in self.edits if e.header.kind == kind and field in _spoken(e)]

    def visits(self, who: str | None = None) -> list[Edit]:
        """The visits they saw, or made."""
        return [e for e in self.edits if e.header.kind == "visit.recorded" and who in (None, e.header.author)]

    def tellings(self, visit: Edit) -> list[str]:
        """Everything they saw told of a visit."""
        return [e.header.id for e in self.edits if e.header.entity == visit.header.id]


def _spoken(edit: Edit) -> list[str]:
    body = json.loads(edit.body)
    return [*body.get("facts", ()), *body.get("add", ()), *body.get("remove", ())]


def visit_(act: Act, seen: InView, id_: str) -> Made:
    return "visit.recorded", id_, {}, _visit(act)


def correct(act: Act, seen: InView, id_: str) -> Made:
    mine = seen.visits(PEOPLE[act.who].id)
    if not mine:
        return visit_(act, seen, id_)
    visit = mine[act.value % len(mine)]
    tellings = seen.tellings(visit)
    return "visit.corrected", visit.header.id, {"revision": tellings[-1 - act.value % 2 :]}, _visit(act)


def settle(act: Act, seen: InView, id_: str) -> Made:
    told = [visit for visit in seen.visits() if len(seen.tellings(visit)) > 1]
    if not told:
        return visit_(act, seen, id_)
    visit = told[act.value % len(told)]
    tellings = seen.tellings(visit)
    body = {"shown": tellings[act.value % len(tellings)]}
    return "visit.settled", visit.header.id, {"revision": tellings}, body


def retract(act: Act, seen: InView, id_: str) -> Made:
    later = [e for e in seen.edits if e.header.kind in ("visit.corrected", "visit.settled")]
    if not later:
        return visit_(act, seen, id_)
    taken = later[act.value % len(later)]
    return "visit.undone", taken.header.entity, {}, {"edit": taken.header.id}


def state_(act: Act, seen: InView, id_: str) -> Made:
    field = FACTS[act.value // 5]
    return stated(field, str(act.value), seen)


def vacate(act: Act, seen: InView, id_: str) -> Made:
    return stated("occupancy", OCCUPANCIES[act.value], seen)


def stated(field: str, value: Any, seen: InView) -> Made:
    over = seen.of("household.stated", field)
    return "household.stated", HOMES[0], {field: over}, {"facts": {field: value}}


def undo(act: Act, seen: InView, id_: str) -> Made:
    fields = ("phone", "occupancy", "tag:disabled")
    field = fields[act.value % 3]
    if field.startswith("tag:"):
        said = seen.of("resident.tagged", "disabled")
        kind, entity = "resident.undone", RESIDENT
    else:
        said = seen.of("household.stated", field)
        kind, entity = "household.undone", HOMES[0]
    if not said:
        return visit_(act, seen, id_)
    return kind, entity, {}, {"field": field, "edit": said[act.value % len(said)]}


def tag(act: Act, seen: InView, id_: str) -> Made:
    return tagged(act, seen, "add", [])


def untag(act: Act, seen: InView, id_: str) -> Made:
    return tagged(act, seen, "remove", seen.of("resident.tagged", TAGS[act.home]))


def retag(act: Act, seen: InView, id_: str) -> Made:
    return tagged(act, seen, "add", seen.of("resident.tagged", TAGS[act.home]))


def tagged(act: Act, seen: InView, what: str, over: list[str]) -> Made:
    name = TAGS[act.home]
    return "resident.tagged", RESIDENT, {f"tag:{name}": over} if over else {}, {what: [name]}


def nonsense(act: Act, seen: InView, id_: str) -> Made:
    over = seen.of("household.stated", "phone")
    return "household.stated", HOMES[0], {"phone": over}, {"facts": {"phone": 3}}


SAYS = {
    "visit": visit_,
    "correct": correct,
    "settle": settle,
    "retract": retract,
    "state": state_,
    "vacate": vacate,
    "undo": undo,
    "tag": tag,
    "untag": untag,
    "retag": retag,
    "nonsense": nonsense,
}


def _visit(act: Act) -> dict[str, Any]:
    results = ("met", "no_answer", "refused", "met", "vacant", "met")
    # From the first of January 1970, so that promises for its days are kept by some visits and not by others.
    at_ms = DAY_MS * act.value + 100
    body: dict[str, Any] = {"household": HOMES[act.home], "occurred_at_ms": at_ms, "mode": "door"}
    body["result"] = results[act.value]
    if act.value % 2:
        body["care"] = ("ok", "watch", "urgent")[act.value % 3]
    if act.value % 3 != 1:
        body["follow_up_on"] = f"1970-01-0{act.value + 1 + act.home * 2}"
    return {**body, "text": f"第{act.value}句"}


def history(acts: list[Act]) -> list[tuple[Act, Edit]]:
    """The edits of these acts, in the order they were made."""
    made: list[tuple[Act, Edit]] = []
    for index, act in enumerate(acts):
        made.append((act, edit_of(index, act, made)))
    return made


def orders(made: list[tuple[Act, Edit]], choices: list[int]) -> list[int]:
    """An order of arrival: each device's own order is kept, and nobody has seen what had not arrived."""
    waiting = list(range(len(made)))
    arrived: list[int] = []
    for choice in choices + [0] * len(made):
        ready = [n for n in waiting if _after(made, n) <= set(arrived)]
        if not ready:
            break
        chosen = ready[choice % len(ready)]
        waiting.remove(chosen)
        arrived.append(chosen)
    assert not waiting
    return arrived


def _after(made: list[tuple[Act, Edit]], n: int) -> set[int]:
    act = made[n][0]
    return {m for m in range(n) if made[m][0].who == act.who or m in act.sees}


def folded(made: list[tuple[Act, Edit]], order: Iterable[int]) -> tuple[State, dict[int, Outcome]]:
    """The world after these arrivals, and each edit's outcome."""
    state, outcomes = begun(), {}
    for position, n in enumerate(order):
        act, edit = made[n]
        times = Times(edit.header.at_ms, edit.header.at_ms, 5000)
        outcomes[n] = fold(read_body(edit), state, DEVICES[act.who], PEOPLE[act.who], times, position + 1)
    return state, outcomes


def meaning(state: State) -> dict[str, Any]:
    """What must not depend on the order of arrival: everything but positions and the numbering of revisions."""
    told: dict[str, Any] = {}
    for key, value in state.changed.items():
        if isinstance(value, Visit):
            value = msgspec.structs.replace(value, position=0, rev=0)
        elif isinstance(value, Household | Door | Resident):
            value = msgspec.structs.replace(value, rev=0)
        elif key.kind == "revisions":
            value = sorted((each.edit, sorted(each.covers), each.body, each.shown, each.undone) for each in value)
        told[" ".join(map(str, key))] = value
    return told

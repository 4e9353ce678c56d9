"""Laws of the fold: order of arrival does not matter, folding twice changes nothing, no accepted text vanishes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import msgspec
from hypothesis import given, settings
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
PEOPLE = [Person(f"00000000-0000-7000-8000-0000000000e{n}", name, "grid_worker", None, [GRID], 0) for n, name in
          enumerate(("赵敏", "钱进", "孙立"))]  # fmt: skip
DEVICES = [Device(f"00000000-0000-7000-8000-0000000000f{n}", PEOPLE[n].id, b"", "", "phone", 0) for n in range(3)]
FACTS = ("phone", "contact")


def nothing(kind: str, grid: str | None, ids: Iterable[str]) -> list[tuple[str, Any]]:
    """An empty database."""
    return []


def begun() -> State:
    """A building with two homes, one of them with somebody in it."""
    state = State(nothing)
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


ACTS = st.builds(
    Act,
    st.integers(0, 2),
    st.sampled_from(["visit", "visit", "correct", "state", "state", "tag", "untag", "nonsense"]),
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
    seen = [(a, e) for n, (a, e) in enumerate(before) if a.who == act.who or n in act.sees]
    entity, over, kind, body = id_, {}, "visit.recorded", _visit(act)
    if act.what == "correct":
        mine = [e for a, e in seen if a.who == act.who and e.header.kind == "visit.recorded"]
        if mine:
            visit = mine[act.value % len(mine)]
            tellings = [e.header.id for _, e in seen if e.header.entity == visit.header.id]
            kind, entity, over = "visit.corrected", visit.header.id, {"revision": tellings[-1 - act.value % 2 :]}
    elif act.what == "state":
        field = FACTS[act.value // 5]
        kind, entity, body = "household.stated", HOMES[0], {"facts": {field: str(act.value)}}
        stated = [e for _, e in seen if e.header.kind == kind and e.header.entity == entity]
        over = {field: [e.header.id for e in stated if field in json.loads(e.body)["facts"]]}
    elif act.what in ("tag", "untag"):
        tag = ("disabled", "floating")[act.home]
        kind, entity = "resident.tagged", RESIDENT
        body = {"add": [tag], "remove": []} if act.what == "tag" else {"add": [], "remove": [tag]}
        tagged = [e.header.id for _, e in seen if e.header.kind == kind and tag in json.loads(e.body)["add"]]
        over = {f"tag:{tag}": tagged} if act.what == "untag" else {}
    elif act.what == "nonsense":
        kind, entity, body = "household.stated", HOMES[0], {"facts": {"phone": 3}}
        stated = [e for _, e in seen if e.header.kind == kind and e.header.entity == entity]
        over = {"phone": [e.header.id for e in stated]}
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


def _visit(act: Act) -> dict[str, Any]:
    results = ("met", "no_answer", "refused", "inconvenient", "vacant", "moved")
    body: dict[str, Any] = {"household": HOMES[act.home], "occurred_at_ms": 100 + act.value, "mode": "door"}
    body["result"] = results[act.value]
    if act.value % 2:
        body["care"] = ("ok", "watch", "urgent")[act.value % 3]
    if act.value % 3 == 0:
        body["follow_up_on"] = f"2027-01-0{act.value + 1}"
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
            value = sorted((each.edit, sorted(each.covers), each.body, each.shown) for each in value)
        told[" ".join(map(str, key))] = value
    return told


@settings(max_examples=300, deadline=None)
@given(HISTORIES, CHOICES)
def test_any_order_of_arrival_folds_to_the_same(acts: list[Act], choices: list[int]) -> None:
    made = history(acts)
    one, _ = folded(made, range(len(made)))
    other, _ = folded(made, orders(made, choices))
    assert meaning(one) == meaning(other)


@settings(max_examples=100, deadline=None)
@given(HISTORIES, CHOICES)
def test_folding_twice_changes_nothing(acts: list[Act], again: list[int]) -> None:
    made = history(acts)
    order = list(range(len(made)))
    once, _ = folded(made, order)
    twice, _ = folded(made, order + [n for n in again if n < len(made)])
    assert meaning(once) == meaning(twice)


@settings(max_examples=100, deadline=None)
@given(HISTORIES, CHOICES)
def test_no_accepted_words_vanish(acts: list[Act], choices: list[int]) -> None:
    made = history(acts)
    state, outcomes = folded(made, orders(made, choices))
    for n, (_, edit) in enumerate(made):
        header, body = edit.header, json.loads(edit.body)
        if outcomes[n].outcome not in ("accepted", "contested"):
            continue
        if header.kind in ("visit.recorded", "visit.corrected"):
            told = state.get("revisions", GRID, header.entity)
            texts = [json.loads(each.body)["text"] for each in told or []]
            assert body["text"] in [*texts, state.get("visit", GRID, header.entity).text]
        elif header.kind == "household.stated":
            _stands_or_was_seen(state, made, outcomes, header.id, header.entity, body["facts"])


def _stands_or_was_seen(
    state: State,
    made: list[tuple[Act, Edit]],
    outcomes: dict[int, Outcome],
    edit: str,
    home: str,
    facts: dict[str, Any],
) -> None:
    """A value is a head until somebody who had it in view replaced it."""
    for field in facts:
        heads = [head.edit for head in state.get("household", GRID, home).facts[field]]
        replaced = any(
            outcomes[n].outcome in ("accepted", "contested") and edit in _replaces(made, outcomes, n, field)
            for n in range(len(made))
        )
        assert (edit in heads) != replaced


def _replaces(made: list[tuple[Act, Edit]], outcomes: dict[int, Outcome], n: int, field: str) -> set[str]:
    """What an edit names in `over`, and what its author's own edits named there that were kept aside."""
    named = set(made[n][1].header.over.get(field, ()))
    for m in reversed(range(n)):
        aside = outcomes[m].outcome == "quarantined" and made[m][0].who == made[n][0].who
        if aside and made[m][1].header.id in named:
            named |= _replaces(made, outcomes, m, field)
    return named


@settings(max_examples=100, deadline=None)
@given(HISTORIES)
def test_nonsense_is_kept_aside_and_alone(acts: list[Act]) -> None:
    made = history(acts)
    _, outcomes = folded(made, range(len(made)))
    for n, (act, _) in enumerate(made):
        assert (outcomes[n].reason == "bad_body") == (act.what == "nonsense")
        assert outcomes[n].reason in (None, "bad_body")

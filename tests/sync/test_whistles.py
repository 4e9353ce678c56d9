"""Laws of whistles: whoever proposes what from wherever, only the ways of the table are gone, and no word is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.edit import Edit, Seen, make_edit
from sync.entities import Person, Whistle
from sync.fold import fold, read_body
from sync.rules.whistle_ways import ARROWS, HANDLED, MUST, OPEN, PROVED, STATES, diagram, who_may
from sync.state import State
from sync.times import Times
from tests.sync.histories import BUILDING, GRID, PEOPLE
from tests.sync.test_scenarios import DISPATCHER, FIRE, HANDLER, NOW_MS, SERVER, STATION, id_of, world

README = Path(__file__).parent.parent.parent / "sync" / "README.md"
WHO = [*PEOPLE, STATION, DISPATCHER, HANDLER]
SPOKEN_AS: dict[str, set[str]] = {
    PEOPLE[0].id: {"grid", "reporter"},
    PEOPLE[1].id: {"grid"},
    PEOPLE[2].id: {"grid", "leader"},
    STATION.id: {"committee"},
    DISPATCHER.id: {"committee"},
    HANDLER.id: {"department"},
}


class Proposed(NamedTuple):
    """Somebody says where it should go; `late`: over a step that is not its last one."""

    who: Person
    to: str
    late: bool


PROPOSALS = st.lists(st.builds(Proposed, st.sampled_from(WHO), st.sampled_from(STATES), st.booleans()), max_size=14)


def edit_of(who: Person, n: int, kind: str, body: dict[str, Any], over: str | None) -> Edit:
    """The n-th edit of a story, said at the desk."""
    header = {
        "id": id_of(n), "device": SERVER.id, "n": n + 1, "prev": "A" * 43 if n else None, "author": who.id,
        "grid": GRID, "kind": kind, "v": 1, "entity": id_of(0), "at_ms": 1000 + n, "offset_ms": 0,
        "seen": Seen("", 0), "over": {} if over is None else {"step": [over]},
    }  # fmt: skip
    return make_edit(header, b"s" * 16, body)


def said_to(to: str) -> tuple[str, dict[str, Any]]:
    """A step with all that has to be said."""
    if to == "dispatched":
        return "whistle.dispatched", {"department": FIRE.id, "level": 3, "urgency": "urgent", "category": "W08"}
    must = {"note": {"note": "说明"}, "dup_of": {"dup_of": id_of(99)}}
    return "whistle.moved", {"to": to, **{k: v for each in MUST[to] for k, v in must[each].items()}}


def told(proposals: list[Proposed]) -> tuple[Whistle, list[tuple[Proposed, str, str]]]:
    """The whistle in the end, and each proposal with the state before and after it."""
    state: State = world({"says": []}, ())
    raised = {"title": "飞线充电", "occurred_at_ms": 5, "building": BUILDING}
    other = edit_of(PEOPLE[1], 99, "whistle.raised", raised, None)
    other = make_edit({**_plain(other), "entity": id_of(99)}, b"s" * 16, raised)
    for position, edit in enumerate((edit_of(PEOPLE[0], 0, "whistle.raised", raised, None), other), 1):
        assert _folded(state, edit, position) == "accepted"
    went: list[tuple[Proposed, str, str]] = []
    for n, each in enumerate(proposals, 1):
        before = state.get("whistle", GRID, id_of(0))
        kind, body = said_to(each.to)
        edit = edit_of(each.who, n, kind, body, id_of(77) if each.late else before.step)
        assert _folded(state, edit, n + 2) == "accepted"
        went.append((each, before.state, state.get("whistle", GRID, id_of(0)).state))
    return state.get("whistle", GRID, id_of(0)), went


def _plain(edit: Edit) -> dict[str, Any]:
    return {name: getattr(edit.header, name) for name in edit.header.__struct_fields__ if name != "body_hash"}


def _folded(state: State, edit: Edit, position: int) -> str:
    times = Times(edit.header.at_ms, edit.header.at_ms, NOW_MS + position)
    author = next(each for each in WHO if each.id == edit.header.author)
    return fold(read_body(edit), state, SERVER, author, times, position).outcome


@settings(max_examples=100, deadline=None)
@given(PROPOSALS)
def test_only_the_ways_of_the_table_are_gone_by_those_whose_step_it_is(proposals: list[Proposed]) -> None:
    whistle, went = told(proposals)
    handled = set[str]()
    for (each, before, after), said in zip(went, whistle.story, strict=True):
        legal = bool(set(who_may(before, each.to)) & SPOKEN_AS[each.who.id]) and not each.late
        if legal and each.to in PROVED and each.who.id in handled:
            legal = False
        taken = said.why is None
        assert taken == legal, (each, before, said.why)
        assert after == (each.to if taken else before)
        if taken and each.to in HANDLED:
            handled.add(each.who.id)
    assert [said.edit for said in whistle.story] == [id_of(n) for n in range(1, len(went) + 1)], "no word is lost"
    assert whistle.first_owner == PEOPLE[0].id, "asked first, for good"


def test_every_state_is_reached_and_every_open_one_leads_on() -> None:
    reached = {"reported"}
    for _ in STATES:
        reached |= {arrow.to for arrow in ARROWS if arrow.at in reached}
    assert reached == set(STATES)
    assert {arrow.at for arrow in ARROWS if arrow.to != "withdrawn"} >= set(OPEN)


def test_the_drawing_in_the_protocol_is_of_this_table() -> None:
    assert diagram() in README.read_text(encoding="utf-8")

"""Laws of workflows: a step leads along a way, nobody's word vanishes, and whoever comes second surprises nobody."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sync.edit import Edit, Seen, make_edit
from sync.entities import Aside, Why
from sync.fold import Outcome, as_aside, fold, read_body
from sync.rules.aside import ASIDE, STATES
from sync.rules.workflow import Beside, Case, Taken, Way, Workflow, propose
from sync.state import State
from sync.times import Times
from tests.sync.histories import DEVICES, GRID, HOMES, PEOPLE, begun
from tests.sync.test_scenarios import SERVER, id_of

NAMES = ("found", "sent", "answered", "done")
STEPS = ("send", "answer", "finish", "return")
WAYS = st.builds(Way, st.sampled_from(NAMES), st.sampled_from(STEPS), st.sampled_from(NAMES))
WORKFLOWS = st.builds(
    Workflow,
    st.sampled_from(NAMES),
    st.lists(WAYS, max_size=8, unique_by=lambda way: (way.at, way.step)).map(tuple),
    st.frozensets(st.sampled_from(STEPS)),
)


class Proposed(NamedTuple):
    """A step, over the last one its author saw: one of the proposals before, or none."""

    step: str
    saw: int | None


def proposals(steps: tuple[str, ...]) -> st.SearchStrategy[list[Proposed]]:
    """Who proposes what, having seen what. None of them sees what is still to come."""
    one = st.builds(Proposed, st.sampled_from(steps), st.none() | st.integers(0, 7))
    return st.lists(one, min_size=1, max_size=8)


def seen(proposed: Proposed, before: int) -> list[str]:
    """The edit that was the last step in view."""
    return [id_of(proposed.saw)] if proposed.saw is not None and proposed.saw < before else []


def played(workflow: Workflow, said: list[Proposed]) -> tuple[Case, dict[int, tuple[str, str]], dict[int, Why]]:
    """Where the case stands in the end, from where to where each step led, and why each comment stayed one."""
    case = Case(workflow.begins, None)
    taken: dict[int, tuple[str, str]] = {}
    beside: dict[int, Why] = {}
    for n, each in enumerate(said):
        answer = propose(workflow, case, each.step, seen(each, n))
        if isinstance(answer, Taken):
            taken[n] = (case.state, answer.state)
            case = Case(answer.state, id_of(n))
        else:
            beside[n] = answer.why
    return case, taken, beside


@settings(max_examples=300, deadline=None)
@given(WORKFLOWS, proposals(STEPS))
def test_a_step_leads_along_a_way_from_where_the_case_stood(workflow: Workflow, said: list[Proposed]) -> None:
    case, taken, _ = played(workflow, said)
    state, last = workflow.begins, None
    for n, (whence, to) in taken.items():
        assert whence == state
        assert Way(whence, said[n].step, to) in workflow.ways
        assert seen(said[n], n) == ([] if last is None else [id_of(last)]), "its author had seen the step before"
        state, last = to, n
    assert case == (state, None if last is None else id_of(last))


@settings(max_examples=300, deadline=None)
@given(WORKFLOWS, proposals(STEPS))
def test_every_proposal_is_a_step_or_a_comment_with_its_reason(workflow: Workflow, said: list[Proposed]) -> None:
    _, taken, beside = played(workflow, said)
    assert sorted([*taken, *beside]) == list(range(len(said)))
    for n, why in beside.items():
        last = max((step for step in taken if step < n), default=None)
        assert (why == "stale") == (seen(said[n], n) != ([] if last is None else [id_of(last)]))


@settings(max_examples=300, deadline=None)
@given(WORKFLOWS, proposals(STEPS), st.sampled_from(STEPS), st.sampled_from(STEPS))
def test_of_two_who_saw_the_same_the_first_counts_and_stale_ones_never(
    workflow: Workflow, said: list[Proposed], one: str, other: str
) -> None:
    case, taken, _ = played(workflow, said)
    now = [] if case.step is None else [case.step]
    first = propose(workflow, case, one, now)
    if isinstance(first, Taken):
        assert propose(workflow, Case(first.state, id_of(90)), other, now) == Beside("stale")
    # Whoever saw the case before its last step changes nothing, in any order and however often.
    assume(taken)
    older = [[], *([id_of(n)] for n in taken)][:-1]
    assert {propose(workflow, case, step, saw) for step in (one, other) for saw in older} == {Beside("stale")}


def test_the_ways_of_what_was_set_aside_lead_where_they_say() -> None:
    assert {way.step for way in ASIDE.ways} == STATES.keys() == ASIDE.leaders, "a step leads to one state alone"
    assert {way.at for way in ASIDE.ways} <= {ASIDE.begins, *STATES.values()}
    assert not ASIDE.may("released", decides=False)
    assert ASIDE.may("released", decides=True)
    assert Workflow("found", ()).may("send", decides=False)


# ---------------------------------------------------------------- edits that were set aside

LEADER = 2
DECISIONS = ("released", "declined", "reopened")


def edit(n: int, device: int, kind: str, entity: str, over: dict[str, list[str]], body: dict[str, Any]) -> Edit:
    """The n-th edit, the first of which is set aside."""
    header = {
        "id": id_of(n), "device": SERVER.id if device == LEADER else DEVICES[device].id, "n": n + 1,
        "prev": "A" * 43 if n else None, "author": PEOPLE[device].id, "grid": GRID, "kind": kind, "v": 1,
        "entity": entity, "at_ms": 1000 + n, "offset_ms": 0, "seen": Seen("", 0), "over": over,
    }  # fmt: skip
    return make_edit(header, b"s" * 16, body)


BODIES: dict[str, dict[str, Any]] = {
    "released": {"position": 1},
    "declined": {"position": 1, "reason": "记错门了"},
    "reopened": {"position": 1},
}
OUT_OF_USE = msgspec.structs.replace(DEVICES[0], revoked_ms=1)


def decided(said: list[Proposed], again: list[int]) -> tuple[Aside, Any, list[Outcome]]:
    """A visit from a phone out of use, and what a leader says of it over what they saw, some of it sent again: what
    was set aside, the visit if there is one, and what became of each decision."""
    state = begun()
    visit = {"household": HOMES[0], "occurred_at_ms": 1, "mode": "door", "result": "met"}
    _fold(state, edit(50, 0, "visit.recorded", id_of(50), {}, visit), 0, 1)
    edits = [
        edit(n, LEADER, f"edit.{each.step}", id_of(50), {"step": seen(each, n)}, BODIES[each.step])
        for n, each in enumerate(said)
    ]
    made = [*edits, *(edits[n % len(edits)] for n in again)]
    outcomes = [_fold(state, each, LEADER, position) for position, each in enumerate(made, 2)]
    found = state.get("aside", None, "1")
    assert isinstance(found, Aside)
    return found, state.get("visit", GRID, id_of(50)), outcomes


def _fold(state: State, edit: Edit, who: int, position: int) -> Outcome:
    device = SERVER if who == LEADER else OUT_OF_USE
    read, times = read_body(edit), Times(edit.header.at_ms, edit.header.at_ms, 5000)
    outcome = fold(read, state, device, PEOPLE[who], times, position)
    if outcome.outcome == "quarantined":
        aside = as_aside(read, times, position, PEOPLE[who].name, state)
        state.remember("aside", str(position), aside)
    return outcome


@settings(max_examples=200, deadline=None)
@given(proposals(DECISIONS), st.lists(st.integers(0, 7), max_size=4))
def test_decisions_go_by_the_same_laws_and_folding_them_twice_changes_nothing(
    said: list[Proposed], again: list[int]
) -> None:
    once, visit, outcomes = decided(said, [])
    _, taken, beside = played(ASIDE, said)
    assert {outcome.outcome for outcome in outcomes} == {"accepted"}
    assert [(comment.edit, comment.why) for comment in once.comments] == [(id_of(n), why) for n, why in beside.items()]
    assert once.step == (id_of(max(taken)) if taken else None)
    assert (visit is not None) == any(said[n].step == "released" for n in taken)
    twice, _, outcomes = decided(said, again)
    assert {outcome.outcome for outcome in outcomes[len(said) :]} <= {"duplicate"}
    assert twice == once

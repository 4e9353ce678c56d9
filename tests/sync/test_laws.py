"""Laws of the fold: order of arrival does not matter, folding twice changes nothing, no accepted text vanishes."""

from __future__ import annotations

import json

from hypothesis import given, settings

from sync.edit import Edit
from sync.fold import Outcome
from sync.state import State
from sync.times import local_day
from tests.sync.histories import (
    CHOICES,
    GRID,
    HISTORIES,
    HOMES,
    RESIDENT,
    UTC_OFFSET_MIN,
    Act,
    folded,
    history,
    meaning,
    orders,
)

TOOK_EFFECT = ("accepted", "contested")
LEADER = 2


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


@settings(max_examples=200, deadline=None)
@given(HISTORIES, CHOICES)
def test_no_accepted_words_vanish(acts: list[Act], choices: list[int]) -> None:
    made = history(acts)
    state, outcomes = folded(made, orders(made, choices))
    for n, (_, edit) in enumerate(made):
        header, body = edit.header, json.loads(edit.body)
        if outcomes[n].outcome not in TOOK_EFFECT:
            continue
        if header.kind in ("visit.recorded", "visit.corrected"):
            told = state.get("revisions", GRID, header.entity)
            texts = [json.loads(each.body)["text"] for each in told or []]
            assert body["text"] in [*texts, state.get("visit", GRID, header.entity).text]
        elif header.kind == "household.stated":
            for field, value in body["facts"].items():
                assert value in said_of(state, header.entity, field)[header.id]


def said_of(state: State, home: str, field: str) -> dict[str, tuple[str]]:
    """Every value ever said of a field that is still known: those that stand and those that stood."""
    heads = state.get("household", GRID, home).facts.get(field, ())
    past = (state.get("past", GRID, home) or {}).get(field, ())
    return {head.edit: (head.value,) for head in [*heads, *(each.head for each in past)]}


@settings(max_examples=200, deadline=None)
@given(HISTORIES, CHOICES)
def test_a_value_stands_until_somebody_who_had_it_in_view_takes_its_place(acts: list[Act], choices: list[int]) -> None:
    made = history(acts)
    state, outcomes = folded(made, orders(made, choices))
    undone = {
        json.loads(edit.body)["edit"]
        for n, (_, edit) in enumerate(made)
        if edit.header.kind == "household.undone" and outcomes[n].outcome in TOOK_EFFECT
    }
    for n, (_, edit) in enumerate(made):
        header = edit.header
        if header.kind != "household.stated" or outcomes[n].outcome not in TOOK_EFFECT:
            continue
        for field in json.loads(edit.body)["facts"]:
            if field == "occupancy":
                continue  # a leader's to decide: the next law
            heads = [head.edit for head in state.get("household", GRID, header.entity).facts[field]]
            replaced = any(
                outcomes[m].outcome in TOOK_EFFECT
                and made[m][1].header.id not in undone
                and header.id in _replaces(made, outcomes, m, field)
                for m in range(len(made))
            )
            assert (header.id in heads) != (replaced or header.id in undone)


@settings(max_examples=200, deadline=None)
@given(HISTORIES, CHOICES)
def test_nobody_moves_out_and_no_tag_goes_by_a_worker_alone(acts: list[Act], choices: list[int]) -> None:
    """Where no leader has said anything, no home is shown as empty, whatever was known of it before."""
    made = history([act for act in acts if act.who != LEADER])
    order = orders(made, choices)
    state, outcomes = folded(made, order)
    heads = state.get("household", GRID, HOMES[0]).facts.get("occupancy", [])
    for head in heads:
        assert head.proposed == (head.value == "vacant")
    tags = state.get("resident", GRID, RESIDENT).tags
    for n, (act, edit) in enumerate(made):
        body = json.loads(edit.body)
        if act.what in ("tag", "retag") and outcomes[n].outcome in TOOK_EFFECT:
            # Gone only where whoever added it took just that back.
            gone = edit.header.id not in tags.get(body["add"][0], ())
            assert not gone or any(
                other.who == act.who and json.loads(says.body) == {"field": "tag:disabled", "edit": edit.header.id}
                for other, says in made[n + 1 :]
            )


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
        assert outcomes[n].reason in (None, "bad_body", "needs_decision", "unknown_entity")


@settings(max_examples=200, deadline=None)
@given(HISTORIES, CHOICES)
def test_a_promise_stands_until_its_day_has_met_somebody(acts: list[Act], choices: list[int]) -> None:
    made = history(acts)
    state, _ = folded(made, orders(made, choices))
    for home in HOMES:
        visits = [value for key, value in state.changed.items() if key.kind == "visit" and value.household == home]
        promises = [(visit.occurred_at_ms, visit.id, visit.follow_up_on) for visit in visits if visit.follow_up_on]
        made_ms, _, on = max(promises, default=(0, "", None))
        met = [visit.occurred_at_ms for visit in visits if visit.result == "met" and visit.occurred_at_ms > made_ms]
        kept = on is not None and any(local_day(ms, UTC_OFFSET_MIN) >= on for ms in met)
        assert state.get("door", GRID, home).promise_on == (None if kept else on)

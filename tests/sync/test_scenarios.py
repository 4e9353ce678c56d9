"""Every rule of the table, told as scenarios: who says what, having seen what, and what stands then."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from sync.edit import Edit, Seen, make_edit
from sync.fold import fold, read_body
from sync.rules.facts import contested
from sync.rules.fields import HOUSEHOLD, RESIDENT
from sync.state import State
from sync.times import Times
from tests.sync.histories import DEVICES, GRID, HOMES, PEOPLE, begun
from tests.sync.histories import RESIDENT as PERSON

SCENARIOS = json.loads((Path(__file__).parent.parent / "vectors" / "rules.json").read_text())["scenarios"]
NAMES = [person.name for person in PEOPLE]


def id_of(n: int) -> str:
    """The id of the scenario's n-th word."""
    return f"{n:08x}-0000-7000-8000-000000000000"


def said(of: str, n: int, word: dict[str, Any]) -> Edit:
    """A word of a scenario as the edit it is."""
    who = NAMES.index(word["who"])
    kind, over, body = _says(of, word)
    header = {
        "id": id_of(n), "device": DEVICES[who].id, "n": n + 1, "prev": "A" * 43 if n else None,
        "author": PEOPLE[who].id, "grid": GRID, "kind": f"{of}.{kind}", "v": 1,
        "entity": HOMES[0] if of == "household" else PERSON, "at_ms": 1000 + n, "offset_ms": 0,
        "seen": Seen("", 0), "over": over,
    }  # fmt: skip
    return make_edit(header, b"s" * 16, body)


def _says(of: str, word: dict[str, Any]) -> tuple[str, dict[str, list[str]], dict[str, Any]]:
    sees = [id_of(each) for each in word.get("sees", ())]
    if "undoes" in word:
        field, n = word["undoes"]
        return "undone", {}, {"field": field, "edit": id_of(n)}
    if "states" in word:
        return "stated", dict.fromkeys(word["states"], sees), {"facts": word["states"]}
    tag = word.get("tags") or word["untags"]
    return "tagged", {f"tag:{tag}": sees} if sees else {}, {"add" if "tags" in word else "remove": [tag]}


def told(scenario: dict[str, Any], order: tuple[int, ...]) -> State:
    """The world after the scenario's words arrived in this order."""
    state = begun()
    for position, n in enumerate(order):
        word = scenario["says"][n]
        who = NAMES.index(word["who"])
        edit = said(scenario["of"], n, word)
        times = Times(edit.header.at_ms, edit.header.at_ms, 5000)
        outcome = fold(read_body(edit), state, DEVICES[who], PEOPLE[who], times, position + 1)
        assert outcome.reason is None, (n, outcome)
    return state


def orders(words: list[dict[str, Any]]) -> list[tuple[int, ...]]:
    """Every order in which nobody has seen what has not come, and each speaker's own words come in turn."""
    before = {
        n: {*word.get("sees", ()), *(m for m in range(n) if words[m]["who"] == word["who"])}
        for n, word in enumerate(words)
    }
    return [
        order
        for order in permutations(range(len(words)))
        if all(before[n] <= set(order[:at]) for at, n in enumerate(order))
    ]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[each["title"] for each in SCENARIOS])
def test_what_stands_in_every_order_of_arrival(scenario: dict[str, Any]) -> None:
    for order in orders(scenario["says"]):
        state = told(scenario, order)
        of = state.get(scenario["of"], GRID, HOMES[0] if scenario["of"] == "household" else PERSON)
        for field, stands in scenario["stands"].items():
            if field == "tags":
                assert of.tags == {tag: [id_of(n) for n in given] for tag, given in stands.items()}
            elif field == "leaving":
                assert {tag: [head.edit for head in heads] for tag, heads in of.leaving.items()} == {
                    tag: [id_of(n) for n in asked] for tag, asked in stands.items()
                }
            else:
                heads = of.facts[field]
                assert [[head.value] if head.proposed else head.value for head in heads] == stands
        open_ = any(map(contested, of.facts.values())) or bool(getattr(of, "leaving", {}))
        assert open_ == scenario["contested"]


def test_every_rule_has_its_scenario() -> None:
    ruled = {rule for scenario in SCENARIOS for rule in scenario["rules"]}
    table = {f"household.{field} {rule.rule}" for field, rule in HOUSEHOLD.items()}
    table |= {f"resident.{field} {rule.rule}" for field, rule in RESIDENT.items()}
    assert ruled == {*table, "resident.tags add-wins"}

"""Every line of the table of merge rules, told as scenarios: who says what, having seen what, and what stands then."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sync.edit import NOBODY, Edit, Seen, make_edit
from sync.entities import Community, Department, Device, Grid, Person
from sync.fold import as_aside, fold, read_body
from sync.rules.daily_log import log_id
from sync.rules.facts import contested
from sync.rules.table import RULES, TABLE, told
from sync.state import Change, Key, State
from sync.times import Times
from tests.sync.histories import BUILDING, DEVICES, GRID, HOMES, PEOPLE, ROLES, UTC_OFFSET_MIN, begun
from tests.sync.histories import RESIDENT as PERSON

SCENARIOS = json.loads((Path(__file__).parent.parent / "vectors" / "rules.json").read_text())["scenarios"]
README = Path(__file__).parent.parent.parent / "sync" / "README.md"
NOW_MS = 4_000_000_000_000
"""When everything was received, a while after all that scenarios tell."""
THERE = "00000000-0000-7000-8000-0000000000a1"
STATION = Person("00000000-0000-7000-8000-0000000000e9", "站长", "station_master", "社区", [], 0)
NEIGHBOUR = Person("00000000-0000-7000-8000-0000000000e7", "王大爷", "volunteer", "社区", [], 0, buildings=[BUILDING])
ADMIN = Person("00000000-0000-7000-8000-0000000000e8", "方管理员", "admin", "社区", [], 0)
FIRE = Department("00000000-0000-7000-8000-0000000000d5", "消防", None, 0)
DISPATCHER = Person("00000000-0000-7000-8000-0000000000e6", "小梅", "dispatcher", "社区", [], 0)
HANDLER = Person("00000000-0000-7000-8000-0000000000e5", "老魏", "dept_handler", None, [], 0, department=FIRE.id)
ITSELF = Person(NOBODY, "服务器", "resident", None, [], 0)
"""The server, which speaks for nobody."""
SPEAKERS = [*PEOPLE, STATION, ITSELF, NEIGHBOUR, ADMIN, DISPATCHER, HANDLER]
SERVER = msgspec.structs.replace(DEVICES[0], id="00000000-0000-7000-8000-0000000000f9", person=None, kind="server")
HIS = msgspec.structs.replace(DEVICES[0], id="00000000-0000-7000-8000-0000000000f7", person=NEIGHBOUR.id)
NAMES = [person.name for person in SPEAKERS]
SEEING = ("visit.corrected", "visit.settled", "daily_log.sent", "patrol.noted", "patrol.withdrawn", "meeting.held")
"""Kinds that name the tellings their author had seen."""
NAMED = {
    "@home": HOMES[0], "@next": HOMES[1], "@somebody": PERSON, "@building": BUILDING, "@grid": GRID, "@there": THERE,
    "@fire": FIRE.id, "@log": log_id(PEOPLE[0].id, GRID, "2026-12-01"),
    **{f"@{name}": person.id for name, person in zip(NAMES, SPEAKERS, strict=True)},
}  # fmt: skip


def spoken_on(word: dict[str, Any]) -> Device:
    """The speaker's phone, or the desk."""
    if word["who"] == NEIGHBOUR.name:
        return HIS
    at_desk = word.get("desk") or word["who"] in NAMES[len(PEOPLE) :]
    return SERVER if at_desk else DEVICES[NAMES.index(word["who"])]


def id_of(n: int) -> str:
    """The id of the scenario's n-th word."""
    return f"{n:08x}-0000-7000-8000-000000000000"


def meant(value: Any, order: tuple[int, ...]) -> Any:
    """What a scenario says by name: `#2` is its third word, `@home` a thing, `at` a local time, `place` a position."""
    if isinstance(value, list):
        return [meant(each, order) for each in value]
    if isinstance(value, dict):
        return {_key(key): _moment(each) if key == "at" else order.index(each) + 1 if key == "place" else
                meant(each, order) for key, each in value.items()}  # fmt: skip
    if isinstance(value, str):
        return id_of(int(value[1:])) if value[:1] == "#" else NAMED.get(value, value)
    return value


def _key(key: str) -> str:
    return {"at": "occurred_at_ms", "place": "position"}.get(key, key)


def _moment(local: str) -> int:
    return int(datetime.fromisoformat(local).replace(tzinfo=UTC).timestamp() * 1000) - UTC_OFFSET_MIN * 60_000


def said(scenario: dict[str, Any], n: int, order: tuple[int, ...]) -> Edit:
    """A word of a scenario as the edit it is."""
    word = scenario["says"][n]
    who = NAMES.index(word["who"])
    kind, entity, over, body = _does(word, n, order) if "does" in word else _says(scenario["of"], word)
    header = {
        "id": id_of(n), "device": spoken_on(word).id, "n": n + 1, "prev": "A" * 43 if n else None,
        "author": SPEAKERS[who].id, "grid": meant(word.get("grid", "@grid"), order), "kind": kind, "v": 1,
        "entity": entity, "at_ms": 1000 + n + 3_600_000 * word.get("hours_later", 0), "offset_ms": 0,
        "seen": Seen("", 0), "over": over,
    }  # fmt: skip
    return make_edit(header, b"s" * 16, body)


def _says(of: str, word: dict[str, Any]) -> tuple[str, str, dict[str, list[str]], dict[str, Any]]:
    entity, sees = HOMES[0] if of == "household" else PERSON, [id_of(each) for each in word.get("sees", ())]
    if "undoes" in word:
        field, n = word["undoes"]
        return f"{of}.undone", entity, {}, {"field": field, "edit": id_of(n)}
    if "states" in word:
        return f"{of}.stated", entity, dict.fromkeys(word["states"], sees), {"facts": word["states"]}
    tag = word.get("tags") or word["untags"]
    over = {f"tag:{tag}": sees} if sees else {}
    return "resident.tagged", entity, over, {"add" if "tags" in word else "remove": [tag]}


def _does(
    word: dict[str, Any], n: int, order: tuple[int, ...]
) -> tuple[str, str, dict[str, list[str]], dict[str, Any]]:
    """A word told as its kind, what it is `about`, and its body."""
    sees = [id_of(each) for each in word.get("sees", ())]
    over = {"revision": sees} if word["does"] in SEEING else {}
    if "step" in word:
        over["step"] = [id_of(each) for each in word["step"]]
    over |= {field: [id_of(each) for each in seen] for field, seen in word.get("over", {}).items()}
    return word["does"], meant(word.get("about", f"#{n}"), order), over, meant(word["body"], order)


def world(scenario: dict[str, Any], order: tuple[int, ...]) -> State:
    """The world after the scenario's words arrived in this order."""
    state = begun()
    state.apply([Change(Key("community", None, "社区"), Community("社区", "榆桥社区", None, None, 0))])
    state.apply(
        [Change(Key("person", None, each.id), each) for each in (STATION, NEIGHBOUR, ADMIN, DISPATCHER, HANDLER)]
    )
    state.apply([Change(Key("department", None, FIRE.id), FIRE)])
    for grid in (GRID, THERE):
        state.apply([Change(Key("grid", None, grid), Grid(grid, "社区", "网格", None, None, 1, 0))])
    for position, n in enumerate(order):
        word = scenario["says"][n]
        who = NAMES.index(word["who"])
        edit = said(scenario, n, order)
        read, times = read_body(edit), Times(edit.header.at_ms, edit.header.at_ms, NOW_MS)
        author = state.get("person", None, SPEAKERS[who].id) or SPEAKERS[who]
        outcome = fold(read, state, spoken_on(word), author, times, position + 1)
        assert outcome.reason == word.get("aside"), (n, outcome)
        if outcome.reason:
            aside = as_aside(read, times, position + 1, author.name, state)
            state.remember("aside", str(position + 1), aside)
    return state


def orders(words: list[dict[str, Any]]) -> list[tuple[int, ...]]:
    """Every order in which nobody has seen what has not come, and each speaker's own words come in turn."""
    before = {
        n: {*word.get("sees", ()), *(m for m in range(n) if words[m]["who"] == word["who"])}
        for n, word in enumerate(words)
    }
    return list(_come(before, ()))


def _come(before: dict[int, set[int]], come: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    if len(come) == len(before):
        yield come
    for n in before.keys() - set(come):
        if before[n] <= set(come):
            yield from _come(before, (*come, n))


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[each["title"] for each in SCENARIOS])
def test_what_stands_in_every_order_of_arrival(scenario: dict[str, Any]) -> None:
    for order in orders(scenario["says"]):
        state = world(scenario, order)
        if "of" in scenario:
            _facts_stand(scenario, state)
        for name, stands in scenario.get("things", {}).items():
            kind, grid, *rest = name.split()
            ids = [meant(each, order) for each in rest] or [str(order.index(int(grid)) + 1)]
            thing = state.get(kind, None if grid == "-" or not rest else NAMED[grid], " ".join(ids))
            assert thing is not None, name
            found = {field: msgspec.to_builtins(getattr(thing, field)) for field in stands}
            assert found == {_key(field): meant({field: value}, order)[_key(field)] for field, value in stands.items()}


def _facts_stand(scenario: dict[str, Any], state: State) -> None:
    of = state.get(scenario["of"], GRID, HOMES[0] if scenario["of"] == "household" else PERSON)
    for field, stands in scenario["stands"].items():
        if field == "tags":
            assert of.tags == {tag: [id_of(n) for n in given] for tag, given in stands.items()}
        elif field == "leaving":
            assert {tag: [head.edit for head in heads] for tag, heads in of.leaving.items()} == {
                tag: [id_of(n) for n in asked] for tag, asked in stands.items()
            }
        else:
            heads = of.facts.get(field, [])
            assert [[head.value] if head.proposed else head.value for head in heads] == stands
    open_ = any(map(contested, of.facts.values())) or bool(getattr(of, "leaving", {}))
    assert open_ == scenario["contested"]


def test_every_line_of_the_table_has_its_scenario() -> None:
    ruled = {rule for scenario in SCENARIOS for rule in scenario["rules"]}
    assert ruled == {f"{thing.what} {thing.rule}" for thing in TABLE}


def test_the_table_names_every_kind_of_edit_and_every_rule() -> None:
    from sync.rules import RULES as KINDS

    assert {kind for thing in TABLE for kind in thing.kinds} == KINDS.keys()
    assert {thing.rule for thing in TABLE} == RULES.keys()
    assert set(ROLES.values()) <= {"grid_worker", "grid_leader"}, "whose word decides is asked in every scenario"


def test_the_table_is_printed_where_newcomers_read() -> None:
    assert "\n".join(told()) in README.read_text(encoding="utf-8")

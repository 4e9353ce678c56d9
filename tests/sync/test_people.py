"""Laws of people and roles: whatever managers say of one another, somebody is left who can, and nobody raises
themselves; whoever stands in walks exactly the grids of those who are away."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.edit import NOBODY, Seen, make_edit
from sync.entities import Community, Device, Grid, Person
from sync.fold import Outcome, fold, read_body
from sync.rules.roles import GIVEN_BY_ADMIN, MANAGING, RECOVERING
from sync.state import Change, Key, State
from sync.times import DAY_MS, Times, local_day
from tests.sync.histories import UTC_OFFSET_MIN, nothing

SERVER = Device("00000000-0000-7000-8000-0000000000f9", None, None, "", "server", 0)
GRIDS = [f"00000000-0000-7000-8000-0000000000a{n}" for n in range(3)]
ROLES = ("station_master", "admin", "grid_leader", "grid_worker", "supervisor")
IDS = [f"00000000-0000-7000-8000-0000000000e{n}" for n in range(len(ROLES))]
BEGIN_MS = 1_800_000_000_000


class Act(msgspec.Struct, frozen=True):
    """One word about people: who says what of whom, and the day it comes."""

    who: int
    what: str
    whom: int
    other: int
    role: str
    grids: tuple[int, ...]
    day: int


ACTS = st.builds(
    Act,
    who=st.integers(0, 4),
    what=st.sampled_from(
        ("changed", "ended", "returned", "assigned", "stood_in", "off", "turn", "asked", "confirmed", "used")
    ),
    whom=st.integers(0, 4),
    other=st.integers(0, 4),
    role=st.sampled_from(ROLES),
    grids=st.lists(st.integers(0, 2), unique=True, max_size=3).map(tuple),
    day=st.integers(0, 2),
)


class Town:
    """A community and its five people, folded edit by edit."""

    def __init__(self) -> None:
        self.state = State(nothing, UTC_OFFSET_MIN)
        self.now_ms, self.n = BEGIN_MS, 0
        self.stand_ins: list[str] = []
        self.recoveries: list[str] = []
        self.state.apply([Change(Key("community", None, "社区"), Community("社区", "榆桥", None, None, 0))])
        for grid in GRIDS:
            self.state.apply([Change(Key("grid", None, grid), Grid(grid, "社区", "网格", None, None, 1, 0))])
        for id_, role in zip(IDS, ROLES, strict=True):
            person = Person(id_, role, role, "社区", GRIDS[:1] if role.startswith("grid") else [], 0)
            self.state.apply([Change(Key("person", None, id_), person)])

    def say(self, who: str, kind: str, entity: str | None, body: dict[str, Any], device: Device = SERVER) -> Outcome:
        """One edit by the server's own device, in somebody's name."""
        self.n += 1
        id_ = f"{self.n:08x}-0000-7000-8000-000000000000"
        header = {
            "id": id_, "device": device.id, "n": self.n, "prev": "A" * 43 if self.n > 1 else None, "author": who,
            "grid": None, "kind": kind, "v": 1, "entity": entity or id_, "at_ms": self.now_ms, "offset_ms": 0,
            "seen": Seen("", 0), "over": {},
        }  # fmt: skip
        author = self.state.get("person", None, who)
        read, times = read_body(make_edit(header, b"s" * 16, body)), Times(self.now_ms, self.now_ms, self.now_ms)
        outcome = fold(read, self.state, device, author, times, self.n)
        if outcome.reason is None and kind == "person.stood_in":
            self.stand_ins.append(id_)
        if outcome.reason is None and kind == "recovery.asked":
            self.recoveries.append(id_)
        return outcome

    def person(self, n: int) -> Person:
        """Somebody as they stand."""
        found: Person = self.state.get("person", None, IDS[n])
        return found

    def act(self, act: Act) -> Outcome | None:
        """What an act says."""
        who, whom, other = IDS[act.who], IDS[act.whom], IDS[act.other]
        today = self.now_ms + act.day * DAY_MS
        match act.what:
            case "changed":
                return self.say(who, "person.changed", whom, {"role": act.role, "grids": self.named(act)})
            case "ended" | "returned":
                return self.say(who, f"person.{act.what}", whom, {})
            case "assigned":
                return self.say(who, "person.assigned", whom, {"grids": self.named(act)})
            case "stood_in":
                days = {"from_on": local_day(today, 480), "until_on": local_day(today + act.day * DAY_MS, 480)}
                return self.say(who, "person.stood_in", None, {"person": whom, "by": other, **days})
            case "off" if self.stand_ins:
                return self.say(who, "stand_in.ended", self.stand_ins[act.day % len(self.stand_ins)], {})
            case "turn":
                self.turn(act.day)
            case "asked":
                return self.say(who, "recovery.asked", None, {"person": whom, "reason": "丢了"})
            case "confirmed" | "used" if self.recoveries:
                return self.say(who, f"recovery.{act.what}", self.recoveries[-1], {})
        return None

    def named(self, act: Act) -> list[str]:
        """The grids of an act."""
        return [GRIDS[n] for n in act.grids]

    def turn(self, days: int) -> None:
        """Days pass; the server says what that brings, and more: what it says too early changes nothing."""
        self.now_ms += days * DAY_MS
        for each in self.stand_ins:
            for kind in ("stand_in.ended", "stand_in.began"):
                self.say(NOBODY, kind, each, {})


@settings(max_examples=200, deadline=None)
@given(st.lists(ACTS, max_size=25))
def test_somebody_is_left_who_can_manage_and_nobody_raises_themselves(acts: list[Act]) -> None:
    town = Town()
    for act in acts:
        before = [town.person(n) for n in range(5)]
        outcome = town.act(act)
        now = [town.person(n) for n in range(5)]
        assert any(each.role in MANAGING and each.ended_ms is None for each in now)
        if act.what in ("changed", "ended", "returned"):
            author = before[act.who]
            assert (now[act.who].role, now[act.who].ended_ms) == (author.role, author.ended_ms)
            moved = [n for n in range(5) if (now[n].role, now[n].ended_ms) != (before[n].role, before[n].ended_ms)]
            assert not moved or (author.role in MANAGING and author.ended_ms is None)
            if any(role in GIVEN_BY_ADMIN for n in moved for role in (before[n].role, now[n].role)):
                assert author.role == "admin"
        assert outcome is None or outcome.reason in (None, "needs_decision", "bad_body", "unknown_entity")


@settings(max_examples=200, deadline=None)
@given(st.lists(ACTS, max_size=25))
def test_whoever_stands_in_walks_their_own_grids_and_those_of_whoever_is_away(acts: list[Act]) -> None:
    town = Town()
    for act in acts:
        town.act(act)
        today = local_day(town.now_ms, 480)
        made = [town.state.get("stand_in", None, each) for each in town.stand_ins]
        for n in range(5):
            person = town.person(n)
            away = [each.person for each in made if each.by == person.id and each.began_ms and not each.ended_ms]
            lent = {grid for each in away for grid in town.state.get("person", None, each).grids}
            assert set(person.walked) == ({*person.grids, *lent} if person.role not in _SEATED else set())
            assert person.grids_seen(town.n + 2) == person.walked
            positions = [position for position, _ in person.before]
            assert positions == sorted(set(positions))
        assert all(each.from_on <= today for each in made if each.began_ms), "none begins before its first day"


_SEATED = ("admin", "supervisor")


@settings(max_examples=200, deadline=None)
@given(st.lists(ACTS, max_size=25))
def test_nobody_is_let_in_again_by_fewer_than_two_others(acts: list[Act]) -> None:
    town = Town()
    for act in acts:
        outcome = town.act(act)
        for each in (town.state.get("recovery", None, id_) for id_ in town.recoveries):
            assert each.asked_by != each.person
            if each.confirmed_by is not None:
                assert len({each.person, each.asked_by, each.confirmed_by}) == 3
            assert each.ended_as != "used" or each.confirmed_ms is not None
        if act.what == "confirmed" and outcome is not None and outcome.reason is None:
            assert town.person(act.who).role in RECOVERING


@settings(max_examples=50, deadline=None)
@given(st.lists(ACTS, max_size=15))
def test_nothing_of_a_phone_takes_effect_while_its_person_is_out_of_use(acts: list[Act]) -> None:
    town = Town()
    phone = Device("00000000-0000-7000-8000-0000000000f1", IDS[3], b"", "", "phone", 0)
    for act in acts:
        town.act(act)
        outcome = town.say(IDS[3], "building.added", None, {"quarters": "院", "name": "1幢", "sort": 1}, phone)
        assert outcome.reason == ("revoked" if town.person(3).ended_ms is not None else "out_of_scope")

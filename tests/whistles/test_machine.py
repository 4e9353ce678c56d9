"""Phones without a signal and desks with one propose steps of one whistle, in any order, for weeks on end.

Whatever they propose, production's fold and clocks say what the plain reckoning beside says. `SIFANG_WHISTLE_STEPS`
says how many steps are tried: 1,000 in every run, 20,000 by `make thorough`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any, cast

import msgspec
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from server.clocks import Calendar, read_clock
from server.whistles import due
from sync.edit import Edit, Seen, make_edit
from sync.entities import Department, Person, Whistle
from sync.fold import fold, read_body
from sync.state import Change, Key, State
from sync.times import Times
from tests.sync.histories import BUILDING, DEVICES, GRID, PEOPLE, UTC_OFFSET_MIN
from tests.sync.test_scenarios import DISPATCHER, FIRE, HANDLER, SERVER, STATION, id_of, world
from tests.thorough import THOROUGH
from tests.whistles.reckoning import (
    DAY,
    HANDLES,
    HOUR,
    LIMITS,
    OFF,
    PROVES,
    STATES,
    TICK_MS,
    WORKED,
    Reckoned,
    Stopwatch,
)

STEPS_A_STORY = 50
STEPS = int(os.environ.get("SIFANG_WHISTLE_STEPS", "20000" if THOROUGH else "1000"))
BEGINS_MS = 1_797_816_600_000 // TICK_MS * TICK_MS
"""A Monday morning: 2026-12-21."""
CARE = Department("00000000-0000-7000-8000-0000000000d6", "物业", None, 0)
CARER = Person("00000000-0000-7000-8000-0000000000e4", "小何", "dept_handler", None, [], 0, department=CARE.id)
ONPHONE = PEOPLE
ATDESK = [STATION, DISPATCHER, HANDLER, CARER]
EVERYBODY = [*ONPHONE, *ATDESK]
PARTIES = {
    PEOPLE[0].id: {"grid", "reporter"},
    PEOPLE[1].id: {"grid"},
    PEOPLE[2].id: {"grid", "leader"},
    STATION.id: {"committee"},
    DISPATCHER.id: {"committee"},
}
HANDLERS = {HANDLER.id: FIRE.id, CARER.id: CARE.id}
CALENDAR = Calendar((), dict.fromkeys(OFF, False) | dict.fromkeys(WORKED, True), (), UTC_OFFSET_MIN)
NOTED = ("self_resolved", "invalid", "reported", "returned", "extended", "suspended", "resolved", "reopened")
OTHER = id_of(1)
LIKELY = {
    "reported": ("responded", "responded", "self_resolved", "responded", "merged", "invalid"),
    "responded": ("dispatched",),
    "dispatched": ("accepted", "accepted", "returned"),
    "returned": ("responded",),
    "accepted": ("in_progress",),
    "in_progress": ("extended", "suspended", "resolved"),
    "extended": ("in_progress",),
    "suspended": ("in_progress",),
    "resolved": ("verifying",),
    "verifying": ("revisit", "reopened"),
    "revisit": ("reopened", "reopened", "closed"),
    "reopened": ("dispatched",),
}

Said = tuple[Edit, str, str, str, tuple[str, str, str] | None]
"""An edit, its author, where to, over which step, and what a dispatch says."""


def begun() -> State:
    """The world, and two whistles in it: the one that all of this is about, and another it may be merged with."""
    state = world({"says": []}, ())
    for each in (CARE, CARER):
        state.apply([Change(Key("person" if isinstance(each, Person) else "department", None, each.id), each)])
    return state


class Whistles(RuleBasedStateMachine):
    """Everybody has a page before them: the step it was drawn over. A phone's page is as old as its last exchange."""

    steps = 0

    @initialize()
    def raised(self) -> None:
        """Zhao raises it, and it has come."""
        self.state, self.edits, self.came = begun(), list[tuple[Edit, int]](), dict[str, int]()
        self.now_ms, self.n = BEGINS_MS, 0
        said = {"title": "飞线充电", "occurred_at_ms": 5, "building": BUILDING}
        for _ in range(2):
            edit = self._edit(PEOPLE[0], "whistle.raised", said, {}, id_of(self.n))
            assert self._fold(edit, self.state) == "accepted"
        self.model = Reckoned(PARTIES, HANDLERS, id_of(0), self.now_ms)
        self.words: set[str] = set()
        self.page = {each.id: id_of(0) for each in EVERYBODY}
        self.outbox: dict[str, list[Said | Edit]] = {each.id: [] for each in ONPHONE}

    # -- what people do

    @rule(who=st.sampled_from(ONPHONE), pick=st.integers(0, 99), at_random=st.booleans(), again=st.booleans())
    def says_on_a_phone(self, who: Person, pick: int, at_random: bool, again: bool) -> None:
        """Without a signal: over the page as it is on that phone, or over what was said there just before."""
        mine = [each for each in self.outbox[who.id] if isinstance(each, tuple)]
        over = mine[-1][0].header.id if mine and again else self.page[who.id]
        self.outbox[who.id].append(self._proposal(who, self._to(pick, at_random), over, pick))

    @rule(who=st.sampled_from(ONPHONE))
    def tells_on_a_phone(self, who: Person) -> None:
        """A word, which waits for a signal as well."""
        self.outbox[who.id].append(self._edit(who, "whistle.told", {"note": "还在"}, {}, id_of(0)))

    @rule(who=st.sampled_from(ONPHONE))
    def exchanges(self, who: Person) -> None:
        """What waits goes up in its order, then the phone has what is new."""
        for each in self.outbox[who.id]:
            self._comes(each)
        self.outbox[who.id] = []
        self.page[who.id] = self.model.step

    @rule(
        who=st.sampled_from([None, None, *EVERYBODY]),
        pick=st.integers(0, 99),
        at_random=st.booleans(),
        old=st.booleans(),
    )
    def says_with_a_signal(self, who: Person | None, pick: int, at_random: bool, old: bool) -> None:
        """From the page as it is now, or from one that has stood open for a while; whoever took the last step, or
        somebody else."""
        if who is None:
            last = [each.author for each in self._whistle().story if each.edit == self.model.step]
            who = next((each for each in EVERYBODY if each.id in last), PEOPLE[0])
        if not (old and at_random):
            self.page[who.id] = self.model.step
        self._comes(self._proposal(who, self._to(pick, at_random), self.page[who.id], pick))

    @rule(
        picks=st.lists(st.integers(0, 99), min_size=1, max_size=5), ticks=st.sampled_from((0, 0, HOUR, 3 * HOUR, DAY))
    )
    def the_next_ones_take_it_on(self, picks: list[int], ticks: int) -> None:
        """Whoever may, does, each after a while, and asks for more time again: so that stories go all the way."""
        for pick in picks:
            self.time_passes(ticks)
            to = self._to(pick, at_random=False)
            able = [each for each in EVERYBODY if self.model.why_not(each.id, to, self.model.step) in (None, "twice")]
            if able:
                self._comes(self._proposal(able[pick % len(able)], to, self.model.step, pick))

    @rule(who=st.sampled_from(EVERYBODY))
    def tells_at_a_desk(self, who: Person) -> None:
        """A word stands for whom it concerns."""
        outcome = self._fold(edit := self._edit(who, "whistle.told", {"note": "几点来？"}, {}, id_of(0)), self.state)
        concerned = bool(self.model.spoken_as(who.id))
        assert outcome == ("accepted" if concerned else "quarantined")
        if concerned:
            self.words.add(edit.header.id)

    @rule(ticks=st.sampled_from((4, 5, HOUR, 3 * HOUR, 5 * HOUR, DAY // 2, DAY, 3 * DAY)))
    def time_passes(self, ticks: int) -> None:
        self.model.pass_ticks(ticks)
        self.now_ms += ticks * TICK_MS

    @rule(one=st.sampled_from(ONPHONE), other=st.sampled_from(ONPHONE))
    def two_phones_could_come_in_either_order(self, one: Person, other: Person) -> None:
        """Who comes first decides what is a step; nothing else is decided by it."""
        if one is other:
            return
        ends = []
        for first, second in ((one, other), (other, one)):
            state = State(self._known, UTC_OFFSET_MIN)
            for each in (*self.outbox[first.id], *self.outbox[second.id]):
                edit = each[0] if isinstance(each, tuple) else each
                assert self._fold(edit, state, position=len(self.edits) + 1) == "accepted"
            ends.append(cast("Whistle", state.get("whistle", GRID, id_of(0))))
        here, there = ({said.edit for said in end.story} for end in ends)
        assert here == there, "whatever was said is there, whoever came first"
        assert {end.first_owner for end in ends} == {PEOPLE[0].id}
        if not any(isinstance(each, tuple) for each in (*self.outbox[one.id], *self.outbox[other.id])):
            assert ends[0].state == ends[1].state, "words move nothing"

    # -- what is so, whatever they do

    @invariant()
    def it_stands_as_reckoned(self) -> None:
        Whistles.steps += 1
        row = self._whistle()
        told = (row.state, row.step, row.returns, row.department)
        assert told == (self.model.state, self.model.step, self.model.returns, self.model.department)
        assert row.state in STATES
        assert (row.first_owner, row.first_owner_name) == (PEOPLE[0].id, PEOPLE[0].name), "for good"
        assert row.received_ms == BEGINS_MS

    @invariant()
    def nothing_said_is_lost(self) -> None:
        story = self._whistle().story
        steps = [(said.edit, said.why) for said in story if said.to is not None]
        assert steps == self.model.said, "each a step, or beside it with its reason"
        assert {said.edit for said in story if said.to is None} == self.words

    @invariant()
    def nobody_proves_what_they_handled(self) -> None:
        handled: set[str] = set()
        for said in (each for each in self._whistle().story if each.why is None):
            assert said.to not in PROVES or said.author not in handled
            if said.to in HANDLES:
                handled.add(said.author)

    @invariant()
    def its_clock_stands_as_the_stopwatch(self) -> None:
        row = _as_kept(self._whistle())
        clock = due.clock_of(row, CALENDAR, {}, self.came)
        told = None if clock is None else read_clock(CALENDAR, clock, self.now_ms, due.stopped(row)).state
        assert told == self.model.clock()

    def teardown(self) -> None:
        """Folded from zero it is the same, byte for byte."""
        if not hasattr(self, "edits"):
            return
        state = begun()
        for position, (edit, received_ms) in enumerate(self.edits, 1):
            self._fold(edit, state, received_ms, position)
        again = msgspec.json.encode(state.get("whistle", GRID, id_of(0)))
        assert again == msgspec.json.encode(self._whistle())

    # -- how

    def _whistle(self) -> Whistle:
        return cast("Whistle", self.state.get("whistle", GRID, id_of(0)))

    def _to(self, pick: int, at_random: bool) -> str:
        likely = LIKELY.get(self.model.state, ("closed", "reported"))
        return STATES[pick % len(STATES)] if at_random else likely[pick % len(likely)]

    def _proposal(self, who: Person, to: str, over: str, pick: int) -> Said:
        if to == "dispatched":
            (category, urgency), department = list(LIMITS)[pick % len(LIMITS)], (FIRE, CARE)[pick % 2]
            body: dict[str, Any] = {"department": department.id, "level": 3, "urgency": urgency, "category": category}
            edit = self._edit(who, "whistle.dispatched", body, {"step": [over]}, id_of(0))
            return edit, who.id, to, over, (department.id, category, urgency)
        body = {"to": to, **({"note": "说明"} if to in NOTED else {}), **({"dup_of": OTHER} if to == "merged" else {})}
        return self._edit(who, "whistle.moved", body, {"step": [over]}, id_of(0)), who.id, to, over, None

    def _edit(self, who: Person, kind: str, body: dict[str, Any], over: dict[str, list[str]], entity: str) -> Edit:
        n, self.n = self.n, self.n + 1
        device = DEVICES[EVERYBODY.index(who)] if who in ONPHONE and kind != "whistle.dispatched" else SERVER
        header = {
            "id": id_of(n), "device": device.id, "n": n + 1, "prev": "A" * 43 if n else None, "author": who.id,
            "grid": GRID, "kind": kind, "v": 1, "entity": entity, "at_ms": self.now_ms, "offset_ms": 0,
            "seen": Seen("", 0), "over": over,
        }  # fmt: skip
        return make_edit(header, b"s" * 16, body)

    def _comes(self, said: Said | Edit) -> None:
        edit = said[0] if isinstance(said, tuple) else said
        assert self._fold(edit, self.state) == "accepted"
        if isinstance(said, tuple):
            _, who, to, over, sent = said
            self.model.proposed(edit.header.id, who, to, over, sent)
        else:
            self.words.add(edit.header.id)

    def _fold(self, edit: Edit, state: State, received_ms: int | None = None, position: int | None = None) -> str:
        """Whatever comes now is kept in the order it came; with a `position` it is only tried."""
        author = next(each for each in EVERYBODY if each.id == edit.header.author)
        device = next(each for each in (*DEVICES, SERVER) if each.id == edit.header.device)
        now_ms = self.now_ms if received_ms is None else received_ms
        if position is None:
            self.edits.append((edit, now_ms))
            self.came[edit.header.id] = now_ms
        times = Times(edit.header.at_ms, edit.header.at_ms, now_ms)
        return fold(read_body(edit), state, device, author, times, position or len(self.edits)).outcome

    def _known(self, kind: str, grid: str | None, ids: Iterable[str]) -> list[tuple[str, Any]]:
        found = [(each, self.state.get(kind, grid, each)) for each in ids]
        return [(id_, value) for id_, value in found if value is not None]


def _as_kept(row: Whistle) -> dict[str, Any]:
    """As the table has it."""
    names = ("state", "received_ms", "urgency", "category", "dispatched_ms", "resolved_ms")
    return {name: getattr(row, name) for name in names} | {"story": msgspec.json.encode(row.story).decode()}


def tried(stories: int, *, shown: bool = True) -> None:
    """So many stories, each of fifty steps."""
    quiet: dict[str, Any] = {"phases": [Phase.generate], "database": None, "derandomize": True}
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    how: dict[str, Any] = {"stateful_step_count": STEPS_A_STORY, "deadline": None, "suppress_health_check": checks}
    run_state_machine_as_test(
        Whistles, settings=settings(max_examples=stories, report_multiple_bugs=False, **how, **({} if shown else quiet))
    )


def test_phones_and_desks_propose_and_the_whistle_stands_as_reckoned() -> None:
    Whistles.steps = 0
    # A story may end before its fiftieth step.
    while Whistles.steps < STEPS:
        tried(1 + (STEPS - Whistles.steps) // STEPS_A_STORY)


def test_the_stopwatch_itself_counts_as_the_words_say() -> None:
    # Tuesday 2026-12-22, 16:00; the 23rd is off here, Saturday the 26th is worked.
    began_ms = 1_797_926_400_000
    watch, now_ms = Stopwatch(began_ms, *LIMITS["W06", "normal"]), began_ms
    seen: list[tuple[str, int]] = []
    for _ in range(4 * DAY):
        watch.tick(now_ms)
        now_ms += TICK_MS
        if not seen or seen[-1][0] != watch.told(now_ms):
            seen.append((watch.told(now_ms), now_ms))
    assert [told for told, _ in seen] == ["running", "amber", "overdue"]
    assert seen[2][1] - TICK_MS == 1_798_106_400_000, "Thursday the 24th, 18:00"

"""Visits of a ledger against the visits of the registry: each comes in once, with its own day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

from server.identity import made_from, time_of
from server.imports.calls import Call
from server.imports.choice import Choice
from server.imports.places import NotPlaced, find_building, find_home, grid_of
from server.imports.registry import KnownGrid, KnownHome, KnownPerson, KnownVisit, Registry
from server.imports.remarks import Remark
from server.imports.report import Report
from server.imports.words import key
from server.journal import Draft

NOON = time(12)
DAY_MS = 24 * 3600 * 1000


class VisitPlanner:
    """Adds visits to `drafts` and to the report."""

    def __init__(self, registry: Registry, choice: Choice, source: str, report: Report) -> None:
        self.registry, self.choice, self.source, self.report = registry, choice, source, report
        self.drafts: list[Draft] = []
        self.people: dict[str, list[KnownPerson]] = {}
        for person in registry.people:
            self.people.setdefault(key(person.name), []).append(person)
        self.seen: dict[tuple[Any, ...], int] = {}

    def add_all(self, calls: list[Call], step: Callable[[], None]) -> None:
        """Every call of the file, oldest first, as they would have been journaled."""
        for call in sorted(calls, key=lambda call: (call.day, call.clock or NOON, call.row)):
            self._add(call)
            step()

    def _add(self, call: Call) -> None:
        try:
            grid = grid_of(self.registry, call.grid, call.address, self.choice.grid or self._grid_by_worker(call))
            building = find_building(self.registry, grid, call.address)
            home = find_home(self.registry, building, call.address) if building else None
        except NotPlaced as why:
            self.report.remark(Remark("problem", why.code, call.row, call.sheet, why.args_))
            return
        door: dict[str, str | int] = {"door": call.address.short(), "grid": grid.name}
        if not home:
            self.report.remark(Remark("problem", "no_such_door", call.row, call.sheet, door))
            return
        person = self._person(call, grid)
        body = self._body(call, home)
        same = (home.id, person.id, call.day, call.clock, call.result, call.text, tuple(call.asks.items()))
        if same in self.seen:
            args: dict[str, str | int] = {"first": self.seen[same], **door}
            self.report.remark(Remark("note", "duplicate", call.row, call.sheet, args))
            return
        self.seen[same] = call.row
        id_ = made_from(body["occurred_at_ms"] if call.clock else self._noon_ms(call), "visit", *same)
        self._enter(id_, call, home, person, body)

    def _enter(self, id_: str, call: Call, home: KnownHome, person: KnownPerson, body: dict[str, Any]) -> None:
        there = self.registry.visits.get(home.id, [])
        if any(visit.id == id_ or self._same(visit, call, person, body) for visit in there):
            self.report.leave("visit")
            return
        # Minute and worker alike: this is the same visit, told anew.
        earlier = next(
            (v for v in there if call.clock and v.author == person.id and _minute(v) == _minute_of(body)), None
        )
        if earlier is None:
            self.drafts.append(Draft("visit.recorded", id_, home.grid, person.id, body, id=id_))
            self.report.create("visit")
        elif not earlier.imported or self.report.known_source:
            args: dict[str, str | int] = {"door": call.address.short()}
            self.report.remark(Remark("note", "visit_kept", call.row, call.sheet, args))
        else:
            over = {"revision": list(earlier.heads)}
            self.drafts.append(Draft("visit.corrected", earlier.id, home.grid, person.id, body, over=over))
            self.report.create("correction")

    def _same(self, visit: KnownVisit, call: Call, person: KnownPerson, body: dict[str, Any]) -> bool:
        """Whether the registry has this visit already, on paper or from a phone."""
        if visit.author != person.id or visit.result != call.result or visit.text != call.text:
            return False
        if call.clock is not None:
            told = (visit.mode, visit.who_met, visit.companions, dict(visit.asks), visit.care, visit.follow_up_on)
            asked = (call.mode, call.who_met, tuple(call.companions), call.asks, call.care, call.follow_up_on)
            return _minute(visit) == _minute_of(body) and told == asked
        return self._local_day(visit.occurred_at_ms) == call.day.isoformat()

    def _local_day(self, ms: int) -> str:
        return (
            (datetime.fromtimestamp(ms / 1000, UTC) + timedelta(minutes=self.choice.utc_offset_min)).date().isoformat()
        )

    def _noon_ms(self, call: Call) -> int:
        moment = datetime.combine(call.day, call.clock or NOON, UTC) - timedelta(minutes=self.choice.utc_offset_min)
        return int(moment.timestamp() * 1000)

    def _body(self, call: Call, home: KnownHome) -> dict[str, Any]:
        # A day without an hour is told as noon, but never as a time still to come.
        occurred_at_ms = min(self._noon_ms(call), self.choice.now_ms)
        body: dict[str, Any] = {
            "household": home.id,
            "occurred_at_ms": occurred_at_ms,
            "mode": call.mode,
            "result": call.result,
        }
        told = {
            "text": call.text,
            "who_met": call.who_met,
            "companions": call.companions,
            "asks": call.asks,
            "care": call.care,
            "follow_up_on": call.follow_up_on,
        }
        body |= {name: value for name, value in told.items() if value}
        return {**body, "imported": {"source": self.source, "row": call.row}}

    def _grid_by_worker(self, call: Call) -> KnownGrid | None:
        """The grid of whoever called, when they have just one."""
        people = self.people.get(key(call.worker), [])
        grids = {grid for person in people for grid in person.grids}
        return self.registry.grid_by_id.get(next(iter(grids))) if len(grids) == 1 else None

    def _person(self, call: Call, grid: KnownGrid) -> KnownPerson:
        """Who called: a person of this name, of this grid rather than another; a new one when there is none."""
        people = self.people.setdefault(key(call.worker), [])
        for person in people:
            if grid.id in person.grids:
                return person
        if people:
            return people[0]
        id_ = made_from(time_of(grid.id), "person", self.registry.community, key(call.worker))
        person = KnownPerson(id_, call.worker, "grid_worker", frozenset({grid.id}))
        body = {"name": call.worker, "role": "grid_worker", "community": self.registry.community, "grids": [grid.id]}
        self.drafts.append(Draft("person.added", id_, None, self.choice.author, body, id=id_))
        self.report.create("person")
        self.report.new_people.append(call.worker)
        people.append(person)
        return person


def _minute(visit: KnownVisit) -> int:
    return visit.occurred_at_ms // 60_000


def _minute_of(body: dict[str, Any]) -> int:
    occurred_at_ms: int = body["occurred_at_ms"]
    return occurred_at_ms // 60_000

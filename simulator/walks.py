"""What workers do beside visits: logs, patrols, what asks become, checks on somebody, answers to orders, actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from simulator.ground import DAY_MS, UTC_OFFSET_MIN, Ground, Person
from simulator.phone import Saying
from simulator.store import Store
from simulator.view import View
from simulator.work import HOUR_MS, TEXTS
from sync.rules.daily_log import log_id
from sync.rules.item import WAYS

MINUTE_MS = 60_000
NOTES = ("change", "problem", "demand", "dispute")
STATES = ("ok", "ok", "watch", "urgent")
UNKNOWN = "00000000-0000-7000-8000-000000000000"
LAST_DAY = 47_000
"""In 2098: a clock may be a year ahead, never that far."""


class Walker:
    """Somebody with a phone, at what is neither a visit nor a fact."""

    def __init__(self, store: Store, ground: Ground, people: list[Person], now_ms: int, dice: Random) -> None:
        self.view = View(store)
        self.store, self.ground = store, ground
        self.grids = next(person.grids for person in people if person.id == store.person) or ground.grids
        self.now_ms, self.dice = now_ms, dice

    def say(self) -> Saying:
        """Something that is at hand."""
        for does in self.dice.sample(DOES, len(DOES)):
            said = does(self)
            if said is not None:
                return said
        return self.note()

    def log(self) -> Saying:
        """The day's log, sent or sent once more over what was in view of it; now and then of a day that is no day."""
        grid = self.dice.choice(self.grids)
        day = _day(self.now_ms - self.dice.choice((0, 0, 0, 24)) * HOUR_MS)
        log = log_id(self.store.person, grid, day)
        row = self.view.row("daily_log", log)
        over = {"revision": row.get("edits", []), "step": [row["step"]]} if "step" in row else {}
        body = {"day": day, **({"text": self.dice.choice(TEXTS)} if self.dice.random() < 0.7 else {})}
        return Saying("daily_log.sent", grid, body, log, over)

    def set_out(self) -> Saying:
        """A patrol begins."""
        return Saying("patrol.started", self.dice.choice(self.grids), {})

    def come_back(self) -> Saying | None:
        """It ends, or ends once more."""
        found = self.view.pick("patrol", self.dice)
        if found is None:
            return None
        grid, patrol, row = found
        return Saying("patrol.ended", grid, {}, patrol, {"step": [row.get("step", patrol)]})

    def note(self) -> Saying:
        """Something one came across, on a patrol or without one; one's own told anew, or taken back."""
        found = self.view.pick("patrol_note", self.dice)
        said = {"what": self.dice.choice(NOTES), "text": self.dice.choice(TEXTS)}
        if found is not None and self.dice.random() < 0.5:
            grid, note, row = found
            back = self.dice.random() < 0.3
            over = {"revision": self._some(row.get("edits", [note]))}
            return Saying(*(("patrol.withdrawn", grid, {}) if back else ("patrol.noted", grid, said)), note, over)
        walk = self.view.pick("patrol", self.dice)
        grid = walk[0] if walk else self.dice.choice(self.grids)
        return Saying("patrol.noted", grid, {**said, **({"patrol": walk[1]} if walk else {})})

    def ask(self) -> Saying:
        """What an ask becomes, at a home or at none."""
        grid, home = self._home()
        body: dict[str, Any] = {"kind": self.dice.choice(tuple(WAYS)), "text": self.dice.choice(TEXTS)}
        body |= {"occurred_at_ms": max(self.now_ms - self.dice.choice((0, 1, 50)) * HOUR_MS, 0)}
        body |= {"household": home} if home else {}
        body |= {"rating": self.dice.choice(("satisfied", "basic", "not"))} if body["kind"] == "effect" else {}
        return Saying("item.raised", grid, body)

    def step(self) -> Saying | None:
        """An item goes a step on, is rated, told of or taken back; over the step in view, or over none."""
        found = self.view.pick("item", self.dice)
        if found is None:
            return None
        grid, item, row = found
        over = {"step": self._some([row.get("step", item)])}
        ways = WAYS.get(row.get("kind", "need"), {})
        leads = list(ways.get(row.get("state", ""), ())) or ["done"]
        what = self.dice.choice(("moved", "moved", "moved", "rated", "told", "withdrawn"))
        bodies = {
            "moved": {"to": self.dice.choice(leads)},
            "rated": {"rating": self.dice.choice(("satisfied", "not"))},
            "told": {"note": self.dice.choice(TEXTS)},
            "withdrawn": {},
        }
        return Saying(f"item.{what}", grid, bodies[what], item, over)

    def look_in(self) -> Saying | None:
        """Somebody is looked in on, whether or not anybody is to be any more; or a check is taken back."""
        found, check = self.view.pick("care_pair", self.dice), self.view.pick("care_check", self.dice)
        if check is not None and self.dice.random() < 0.3:
            return Saying("care_check.undone", check[0], {}, check[1])
        if found is None and self.dice.random() < 0.9:
            return None
        grid, pair = found[:2] if found else (self.dice.choice(self.grids), UNKNOWN)
        body = {"pair": pair, "state": self.dice.choice(STATES), "occurred_at_ms": max(self.now_ms - MINUTE_MS, 0)}
        return Saying("care_check.made", grid, {**body, "text": self.dice.choice(TEXTS)})

    def answer(self) -> Saying | None:
        """A door of an order is answered, one that is not on it too; or its workers are through."""
        found = self.view.pick("verification_order", self.dice)
        if found is None:
            return None
        grid, order, row = found
        over = {"step": self._some([row.get("step", order)])}
        if self.dice.random() < 0.15:
            return Saying("order.reported", grid, {}, order, over)
        _, elsewhere = self._home()
        home = self.dice.choice(row.get("households", [])) if self.dice.random() < 0.9 else elsewhere
        points = [{"ok": self.dice.random() < 0.5} for _ in row.get("points", ("",))]
        body = {"household": home or UNKNOWN, "points": points, "occurred_at_ms": max(self.now_ms - MINUTE_MS, 0)}
        return Saying("order.answered", grid, body, order, over)

    def done(self) -> Saying | None:
        """What was agreed at a meeting is done."""
        found = self.view.pick("action", self.dice)
        if found is None:
            return None
        _, action, row = found
        over = {"step": self._some([row.get("step", action)])}
        return Saying("action.done", row.get("grid"), {"note": "办完了"}, action, over)

    def _home(self) -> tuple[str, str | None]:
        found = self.view.pick("household", self.dice)
        if found is None or self.dice.random() < 0.1:
            return self.dice.choice(self.grids), None
        return found[0], found[1]

    def _some(self, seen: list[str]) -> list[str]:
        """What was in view, or nothing of it."""
        return seen if self.dice.random() < 0.8 else []


def _day(at_ms: int) -> str:
    """The local day, whatever the clock says."""
    days = max(at_ms + UTC_OFFSET_MIN * MINUTE_MS, 0) // DAY_MS
    return (date(1970, 1, 1) + timedelta(days=min(days, LAST_DAY))).isoformat()


DOES: tuple[Callable[[Walker], Saying | None], ...] = (
    *(Walker.log, Walker.set_out, Walker.come_back, Walker.note, Walker.ask, Walker.step, Walker.step, Walker.step),
    *(Walker.look_in, Walker.look_in, Walker.answer, Walker.answer, Walker.answer, Walker.done, Walker.done),
)

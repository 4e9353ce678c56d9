"""Whistles told a second time, as plainly as can be: who may go which way, and a stopwatch for whoever is waited for.

Written from the rules in words, not from the code: nothing of sync/rules/whistle*.py or server/clocks is used here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache

TICK_MS = 450_000
"""Seven and a half minutes: every share of every limit used here ends with one."""
HOUR, DAY = 8, 192
WORK_DAY = 7 * HOUR
OFFSET_MS = 8 * 3_600_000
OFF = {date(2026, 12, 23), date(2027, 1, 1)}
WORKED = {date(2026, 12, 26)}

WAYS = """
reported self_resolved grid
reported responded committee
reported merged committee
reported invalid committee
self_resolved closed grid committee
merged reported reporter committee
invalid reported reporter committee
responded dispatched committee
dispatched accepted department
dispatched returned department
returned responded committee
accepted in_progress department
in_progress extended department
in_progress suspended department
in_progress resolved department
extended in_progress department
suspended in_progress department
resolved verifying committee leader
verifying revisit grid
verifying reopened grid committee
revisit closed grid committee
revisit reopened grid committee
reopened dispatched committee
"""
MAY: dict[tuple[str, str], set[str]] = {(at, to): set(who) for at, to, *who in map(str.split, WAYS.split("\n")[1:-1])}
STATES = sorted({state for way in MAY for state in way} | {"withdrawn"})
OPEN = {at for at, _ in MAY} - {"self_resolved", "merged", "invalid"}
MAY |= {(at, "withdrawn"): {"reporter"} for at in OPEN}
HANDLES = {"self_resolved", "accepted", "in_progress", "resolved"}
PROVES = {"revisit", "closed", "reopened"}
LIMITS = {
    ("W08", "danger"): (2 * HOUR, "always"),
    ("W08", "urgent"): (DAY, "always"),
    ("W06", "normal"): (WORK_DAY, "working"),
    ("W11", "normal"): (3 * WORK_DAY, "working"),
    ("W02", "normal"): (7 * DAY, "days"),
}
"""How many ticks each may take, and which of them count: all, all from the next day on, or those of work then."""
ANSWER = {"danger": (HOUR // 2, "always"), "urgent": (HOUR // 2, "always"), "normal": (4 * HOUR, "hours")}


@cache
def local(ms: int) -> datetime:
    """The station's clock."""
    return datetime.fromtimestamp((ms + OFFSET_MS) / 1000, UTC)


def works(day: date) -> bool:
    return day in WORKED or (day.weekday() < 5 and day not in OFF)


@cache
def at_work(ms: int) -> bool:
    """Whether the tick that begins now is one of work: 8:30 to 12:00, 14:30 to 18:00."""
    now = local(ms)
    minute = now.hour * 60 + now.minute + now.second / 60
    return works(now.date()) and (510 <= minute < 720 or 870 <= minute < 1080)


def closes_ms(day: date) -> int:
    """Six in the evening of a day, or of the next that is worked."""
    while not works(day):
        day += timedelta(1)
    return int(datetime(day.year, day.month, day.day, 18, tzinfo=UTC).timestamp() * 1000) - OFFSET_MS


@dataclass
class Stopwatch:
    """Ticks that counted, and when each of them was over."""

    began_ms: int
    allowed: int
    counts: str
    ticks: list[int] = field(default_factory=list)
    paused: bool = False
    more: int = 0

    def tick(self, now_ms: int) -> None:
        """A tick begins now, and passes."""
        same_day = local(now_ms).date() == local(self.began_ms).date()
        if self.paused or (self.counts in ("days", "working") and same_day):
            return
        if self.counts in ("working", "hours") and not at_work(now_ms):
            return
        self.ticks.append(now_ms + TICK_MS)

    def over(self, share: float, now_ms: int) -> bool:
        """Whether more than this share of the time has passed."""
        needed = round((self.allowed + self.more) * share)
        if len(self.ticks) < needed:
            return False
        reached_ms = self.ticks[needed - 1]
        if self.counts == "days" and share == 1:
            reached_ms = closes_ms(local(reached_ms - 1).date())
        return now_ms > reached_ms

    def told(self, now_ms: int) -> str:
        """How it stands."""
        if self.over(1, now_ms):
            return "overdue"
        return "paused" if self.paused else "amber" if self.over(0.75, now_ms) else "running"


@dataclass
class Reckoned:
    """One whistle: what has become of it, by whom."""

    parties: dict[str, set[str]]
    handlers: dict[str, str]
    """Whose department each handler is."""
    step: str
    now_ms: int
    state: str = "reported"
    urgency: str = "normal"
    department: str | None = None
    returns: int = 0
    handled: set[str] = field(default_factory=set)
    extended: bool = False
    watch: Stopwatch | None = None
    ended: str | None = None
    said: list[tuple[str, str | None]] = field(default_factory=list)
    """Every proposal by its edit, and why it changed nothing."""

    def __post_init__(self) -> None:
        self.watch = Stopwatch(self.now_ms, *ANSWER[self.urgency])

    def spoken_as(self, who: str) -> set[str]:
        theirs = self.department is not None and self.handlers.get(who) == self.department
        return self.parties.get(who, set()) | ({"department"} if theirs else set())

    def proposed(self, edit: str, who: str, to: str, over: str, sent: tuple[str, str, str] | None = None) -> str | None:
        """Somebody proposes a step; why it is none. `sent`: to which department, as what, how urgent."""
        why = self.why_not(who, to, over)
        self.said.append((edit, why))
        if why is None:
            self._take(edit, who, to, sent)
        return why

    def why_not(self, who: str, to: str, over: str) -> str | None:
        """Why a step over this one would change nothing; None where it is theirs to take."""
        if over != self.step:
            return "stale"
        if (self.state, to) not in MAY:
            return "impossible"
        if not MAY[self.state, to] & self.spoken_as(who) or (to in PROVES and who in self.handled):
            return "not_theirs"
        return "twice" if to == "extended" and self.extended else None

    def _take(self, edit: str, who: str, to: str, sent: tuple[str, str, str] | None) -> None:
        self.state, self.step = to, edit
        if to in HANDLES:
            self.handled.add(who)
        if self.watch is not None:
            if to == "extended" and not self.watch.over(1, self.now_ms):
                self.watch.more = self.watch.allowed
            self.watch.paused = to == "suspended"
        self.extended = self.extended or to == "extended"
        if to in ("reported", "returned", "reopened"):
            self.returns += to == "returned"
            self.watch, self.ended = Stopwatch(self.now_ms, *ANSWER[self.urgency]), None
        elif to == "responded":
            self.department = None
        elif to == "dispatched" and sent is not None:
            self.department, category, self.urgency = sent
            self.watch, self.ended = Stopwatch(self.now_ms, *LIMITS[category, self.urgency]), None
            self.extended = False
        elif to == "resolved" and self.watch is not None:
            self.ended, self.watch = "late" if self.watch.over(1, self.now_ms) else "in_time", None
        elif to in ("self_resolved", "merged", "invalid", "withdrawn"):
            self.watch = None

    def pass_ticks(self, n: int) -> None:
        """So much time goes by."""
        for _ in range(n):
            if self.watch is not None:
                self.watch.tick(self.now_ms)
            self.now_ms += TICK_MS

    def clock(self) -> str | None:
        """How the clock of whoever is waited for stands."""
        return self.ended if self.watch is None else self.watch.told(self.now_ms)

"""One random schedule: a phone works, loses its link, is killed, comes back; and what must be true in the end."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from playwright.async_api import Page

from e2e.mischief import Mischief
from e2e.webdriver import free_port

PAGE_SCRIPT = """() => {
  const workers = {};
  let last = 0;
  window.begin = (key) => { workers[key] = new Worker('/e2e/phone_worker.js', { type: 'module' }); };
  window.kill = (key) => { workers[key]?.terminate(); delete workers[key]; };
  window.ask = (key, act, told) => new Promise((resolve, reject) => {
    const id = ++last, worker = workers[key];
    setTimeout(() => reject(new Error(`${act} did not answer`)), 60000);
    const hear = ({ data }) => { if (data.id === id) { worker.removeEventListener('message', hear); resolve(data); } };
    worker.addEventListener('message', hear);
    worker.postMessage({ id, act, with: told });
  });
}"""
TEXTS = ("灯坏了三天", "漏雨 <b>&amp;</b>", "𠮷野家门口", "", "‮右到左", "好", "x" * 300)
STEPS_MAX = 9
SYNCS_MAX = 8


@dataclass
class Lane:
    """One browser page on its own link (so its own origin and store)."""

    page: Page
    link: Mischief

    @classmethod
    async def open(cls, page: Page, upstream: int) -> Lane:
        """Show the empty page through a link of its own."""
        link = Mischief(free_port(), upstream)
        await page.goto(f"http://localhost:{link.port}/e2e/page")
        await page.evaluate(PAGE_SCRIPT)
        return cls(page, link)


@dataclass
class Schedule:
    """What one seed makes of a lane. `saved` are the edits the phone was told were kept."""

    seed: int
    lane: Lane
    token: str
    device: str = ""
    saved: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    enrolled: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.dice = Random(self.seed)
        self.name = f"phone-{self.seed}"

    async def run(self) -> dict[str, Any]:
        """Play the schedule, then calm the weather and exchange until nothing is left; the phone's last state."""
        await self._begin("a")
        self.device = (await self._ask("a", "enrol", {"token": self.token}))["ok"]
        self.enrolled.set()
        if self.dice.random() < 0.7:
            await self._ask("a", "sync", {})
        self.lane.link.dice = Random(self.seed + 1)
        for _ in range(self.dice.randint(3, STEPS_MAX)):
            step = self.dice.choice((self._visit, self._visit, self._sync, self._sync, self._killed, self._two_tabs))
            self.said.append(step.__name__)
            await step()
        await asyncio.to_thread(self.lane.link.calm)
        await self._begin("a")
        return await self._settled()

    async def _settled(self) -> dict[str, Any]:
        for _ in range(SYNCS_MAX):
            outcome = (await self._ask("a", "sync", {}))["ok"]
            if outcome["ok"] and not outcome["unsent"]:
                break
            await asyncio.sleep(0.2)
        state: dict[str, Any] = (await self._ask("a", "state", {}))["ok"]
        return state

    async def again(self) -> dict[str, Any]:
        """One more exchange."""
        await self._ask("a", "sync", {})
        state: dict[str, Any] = (await self._ask("a", "state", {}))["ok"]
        await self.lane.page.evaluate("key => window.kill(key)", "a")
        return state

    async def _begin(self, key: str) -> None:
        await self.lane.page.evaluate("key => { window.kill(key); window.begin(key); }", key)
        await self._ask(key, "open", {"name": self.name})

    async def _ask(self, key: str, act: str, told: dict[str, Any]) -> dict[str, Any]:
        answer: dict[str, Any] = await self.lane.page.evaluate("([k, a, t]) => window.ask(k, a, t)", [key, act, told])
        if "error" in answer and act != "sync":
            raise AssertionError(f"seed {self.seed}: {act}: {answer['error']}")
        return answer

    def _told(self) -> dict[str, Any]:
        count = self.dice.randint(1, 4)
        return {
            "doors": [self.dice.randrange(1000) for _ in range(count)],
            "texts": [self.dice.choice(TEXTS) for _ in range(count)],
        }

    async def _visit(self, key: str = "a") -> None:
        for edit in (await self._ask(key, "visit", self._told()))["ok"]:
            self.saved[edit["id"]] = edit["hash"]

    async def _sync(self) -> None:
        await self._ask("a", "sync", {})

    async def _killed(self) -> None:
        """The phone dies in the middle of an exchange, some milliseconds in."""
        after = self.dice.choice((0, 1, 2, 4, 8, 15, 30))
        script = """([after]) => new Promise((resolve) => {
          window.ask('a', 'sync', {});
          setTimeout(() => { window.kill('a'); resolve(); }, after);
        })"""
        await self.lane.page.evaluate(script, [after])
        await self._begin("a")

    async def _two_tabs(self) -> None:
        """Two tabs write and exchange at once."""
        await self._begin("b")
        await asyncio.gather(self._visit("a"), self._visit("b"))
        await asyncio.gather(self._ask("a", "sync", {}), self._ask("b", "sync", {}))
        await self.lane.page.evaluate("key => window.kill(key)", "b")


def check(database: Path, schedule: Schedule, state: dict[str, Any]) -> None:
    """Nothing that was acknowledged is lost, on either side; both sides show the same."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        columns = "id, n, hash, position, received_ms, outcome, reason, header"
        rows = db.execute(f"SELECT {columns} FROM journal WHERE device = ? ORDER BY n", (schedule.device,)).fetchall()
        feed = db.execute("SELECT scope, kind, id, rev, data FROM feed WHERE data IS NOT NULL").fetchall()
    seed = f"seed {schedule.seed} ({' '.join(schedule.said)})"
    assert state["unsent"] == 0, f"{seed}: {state['unsent']} edits never left the phone: {state['sync']}"
    assert state["open"] == 0, f"{seed}: edits were never covered by pulled rows"
    assert [row[1] for row in rows] == list(range(1, len(rows) + 1)), f"{seed}: the chain has a gap or a double"
    assert all(row[5] in ("accepted", "contested") for row in rows), f"{seed}: {[row[5:7] for row in rows]}"
    journaled = {row[0]: row for row in rows}
    assert set(schedule.saved) <= set(journaled), f"{seed}: an edit said to be kept is not in the journal"
    for edit in state["edits"]:
        row = journaled[edit["id"]]
        assert (edit["n"], edit["position"], edit["received_ms"]) == (row[1], row[3], row[4]), (
            f"{seed}: receipts differ"
        )
    # Other phones write meanwhile: what changed after this phone's cursor is not looked at.
    cursors = {scope["scope"]: scope["cursor"] for scope in state["scopes"]}
    assert cursors, f"{seed}: the phone holds no grid"
    mine = [row for row in feed if row[0] in cursors]
    there = {(kind, id_): data.decode() for scope, kind, id_, rev, data in mine if rev <= cursors[scope]}
    here = {(kind, id_): row for kind, id_, row in (line.split(" ", 2) for line in state["rows"].split("\n"))}
    assert here.keys() <= {row[1:3] for row in mine}, f"{seed}: the phone holds rows the server does not have"
    differing = [key for key, row in there.items() if here.get(key) != row]
    assert not differing, f"{seed}: rows differ: {differing[:3]}"

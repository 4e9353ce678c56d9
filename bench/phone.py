"""The phone in real Chromium, offline and six times slower as a whole: saving, opening, downloading, bytes.

Cold: the service worker is killed before each page, and with it all that it had read. The browser itself runs on.
Beside a page stands what a small file from the worker's cache takes to be painted, as slow: the browser's own part.
Beside a save stands the same save at full speed, beside what our store takes a bare strict transaction.
"""

from __future__ import annotations

import gzip
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from uuid_utils import uuid7

from bench.grids import DOWNLOAD, DRAW
from bench.handset import PRESS, READY, Handset
from bench.result import Result
from bench.wire import Wire
from e2e.station import Station
from server.assets import worker_script
from server.demo import notes
from server.sealing import POINT_BYTES
from server.statics import served

SLOWER = 6
RUNS, RUNS_BESIDE, RUNS_FAST = 15, 6, 5
DAY = 50
SHOWN = 10
HOMES = 6
COLD_EVERY = 6
SLOW_3G = (400, 0.4, 2)
PAGES = {"door_board": "/field/doors", "list_300": "/field/?show=next"}
BESIDE = {"list_whole": "/field/?show=all", "today": "/field/", "small_file": "/manifest.webmanifest"}

LEGS = {
    "the link's page": ("/join/",),
    "the worker": ("/sw.js",),
    "scripts, styles, icons": ("/static/", "/manifest"),
    "the first exchange": ("/sync/exchange",),
    "the grid, part by part": ("/sync/snapshots/",),
}
# The first page of work, whoever drew it, is painted.
USABLE = """() => location.pathname === '/field/' && document.querySelectorAll('ol.rows > li').length
  && performance.getEntriesByName('first-contentful-paint').length"""
SYNCHRONISE = "async () => M['phone/sync.js'].synchronise({ app: 'bench' })"
HELD = """async (kinds) => {
  const found = await M['phone/store.js'].read(Object.fromEntries(kinds.map((kind) => [kind, { kind }])));
  return Object.fromEntries(kinds.map((kind) => [kind, found[kind].length]));
}"""
UNSENT = "async () => (await M['phone/store.js'].read({ n: { count: 'unsent' } })).n"
# The floor under any save: one row, strictly durable, in the same worker. And what our own recording takes there.
STRICT = """async (times, drafts) => {
  const { record } = M['phone/record.js'];
  const opening = indexedDB.open('floor');
  opening.onupgradeneeded = () => opening.result.createObjectStore('row', { autoIncrement: true });
  const db = await new Promise((done) => { opening.onsuccess = () => done(opening.result); });
  const timed = async (work) => {
    const begun = performance.now();
    await work();
    return performance.now() - begun;
  };
  const bare = () => new Promise((done) => {
    const tx = db.transaction('row', 'readwrite', { durability: 'strict' });
    tx.objectStore('row').add({ text: 'x'.repeat(900) });
    tx.oncomplete = done;
  });
  const said = { bare: [], record: [] };
  for (let i = 0; i < times; i++) {
    said.bare.push(await timed(bare));
    said.record.push(await timed(() => record([drafts[i]])));
  }
  db.close();
  return said;
}"""
STEPS = ("workerStart", "fetchStart", "responseStart", "responseEnd", "domInteractive", "drawn", "painted")
Say = Callable[[str], None]


def p95(times: list[float]) -> float:
    """All but one in twenty were at most this."""
    return sorted(times)[int(len(times) * 0.95)]


def _both(name: str, times: list[float], baseline: list[float]) -> list[Result]:
    """p50 and p95, each beside the baseline's median."""
    floor = statistics.median(baseline)
    return [
        Result(f"phone.{name}_ms_p50", statistics.median(times), "ms", floor),
        Result(f"phone.{name}_ms_p95", p95(times), "ms", floor),
    ]


def measure(say: Say = print) -> list[Result]:
    """Every measurement of the phone."""
    with tempfile.TemporaryDirectory() as folder:
        station = Station(Path(folder) / "station")
        station.command("bench.grids")
        station.start()
        station.link.close()
        wire = station.link = Wire(station.link_port, station.server_port)
        try:
            return [*_first_download(station, wire, Path(folder), say), *_day(station, wire, Path(folder), say)]
        finally:
            station.close()


def _first_download(station: Station, wire: Wire, folder: Path, say: Say) -> list[Result]:
    """A link opened on slow 3G, until the first page of work is painted and until the whole grid is kept."""
    phone = Handset(station, folder / "new")
    try:
        link = station.join_link("phone", DOWNLOAD.worker)
        wire.slow(*SLOW_3G)
        wire.clear()
        begun = time.monotonic()
        phone.page.call("Page.navigate", url=link)
        phone.page.until(PRESS, 90)
        phone.choose_pin()
        phone.page.until(USABLE, 90)
        usable = time.monotonic() - begun
        phone.page.until(READY, 90)
        whole = time.monotonic() - begun
        phone.rest()
    finally:
        phone.close()
        wire.fast()
    for what, marks in LEGS.items():
        leg = [asked for asked in wire.asked if asked.path.startswith(marks)]
        times = f"{min(asked.began_s for asked in leg):5.1f} s to {max(asked.ended_s for asked in leg):5.1f} s"
        say(f"  {times}  {what:28} {len(leg):2} requests {sum(asked.down for asked in leg):7,} B down")
    rows = [asked for asked in wire.asked if asked.path.startswith("/sync/")]
    code = {asked.path for asked in wire.asked if asked.path == "/sw.js" or asked.path.endswith((".js", ".css"))}
    plain = [_code(path) for path in sorted(code)]
    with sqlite3.connect(station.data / "sifang.db") as db:
        (feed,) = db.execute(
            "SELECT sum(length(data)) FROM feed WHERE scope = (SELECT 'grid:' || id FROM grid WHERE name = ?)",
            [DOWNLOAD.name],
        ).fetchone()
    db.close()
    return [
        Result("phone.bytes_js_css", sum(len(gzip.compress(each, 9)) for each in plain), "B", sum(map(len, plain))),
        Result("phone.first_download_bytes", sum(asked.down for asked in rows), "B", feed),
        Result("phone.first_all_bytes", sum(asked.down for asked in wire.asked), "B"),
        Result("phone.first_usable_slow3g_ms", usable * 1000, "ms"),
        Result("phone.first_whole_slow3g_ms", whole * 1000, "ms"),
    ]


def _code(path: str) -> bytes:
    """A script or style sheet as the server sends it, before gzip."""
    return worker_script(bytes(POINT_BYTES))[1] if path == "/sw.js" else served(path.removeprefix("/static/")).body


def _day(station: Station, wire: Wire, folder: Path, say: Say) -> list[Result]:
    """Pages opened and visits saved without signal, first at full speed, then slowed."""
    phone = Handset(station, folder / "old")
    try:
        phone.join(DRAW.worker)
        phone.rest()
        held = ", ".join(f"{kind} {count}" for kind, count in _year(station, phone).items())
        say(f"  a year of work arrives: {held}")
        grid, homes = _homes(station)
        say(f"  throttle: {phone.throttle.method}")
        fast, slow = Day(phone, grid, homes), Day(phone, grid, homes)
        _offline(station, wire)
        say(f"  full speed: {phone.slow(1)}")
        fast.open(RUNS_FAST, RUNS_FAST, say)
        fast.write(DAY, say)
        results = [_send(station, wire, phone)]
        _offline(station, wire)
        say(f"  {SLOWER} times slower asked, measured: {phone.slow(SLOWER)}")
        slow.open(RUNS, RUNS_BESIDE, say)
        slow.write(DAY, say)
        slow.show(SHOWN, say)
        results += [Result(f"phone.slower_{where}", times, "times") for where, times in phone.slower.items()]
        return results + _compared(fast, slow)
    finally:
        phone.close()


def _compared(fast: Day, slow: Day) -> list[Result]:
    small = slow.opened["small_file"]
    results = []
    for name in (*PAGES, *BESIDE):
        quick = fast.opened[name]
        results += _both(name, slow.opened[name], small if name != "small_file" else quick)
        results.append(Result(f"phone.{name}_full_speed_ms_p50", statistics.median(quick), "ms"))
    results += _both("save_to_receipt", slow.saved, fast.saved)
    results += _both("save_cold", slow.saved_cold, fast.saved_cold)
    results += _both("save_to_shown", slow.shown, small)
    results += _both("save_in_store", slow.recorded, slow.floor)
    return results


def _offline(station: Station, wire: Wire) -> None:
    wire.set("down")
    station.kill()


def _year(station: Station, phone: Handset) -> dict[str, int]:
    """What was written down in a year is on the phone as well; how many rows it holds then, by kind."""
    station.stop()
    station.command("bench.grids", "year")
    station.start()
    worker = phone.page.worker()
    said = worker.run(SYNCHRONISE)
    assert said["ok"], said
    held: dict[str, int] = worker.run(HELD, ["visit", "patrol", "patrol_note", "care_pair", "care_check"])
    worker.leave()
    phone.rest()
    return held


def _homes(station: Station) -> tuple[str, list[str]]:
    """The id of the grid that is drawn, and those of its households."""
    with sqlite3.connect(station.data / "sifang.db") as db:
        (grid,) = db.execute("SELECT id FROM grid WHERE name = ?", [DRAW.name]).fetchone()
        homes = [str(row[0]) for row in db.execute("SELECT id FROM household WHERE grid = ? ORDER BY id", [grid])]
    db.close()
    return str(grid), homes


def _send(station: Station, wire: Wire, phone: Handset) -> Result:
    """The day's visits go up; the bytes of that one request with its headers, beside the edits as they lie."""
    worker = phone.page.worker()
    lying = worker.run(
        "async () => (await M['phone/store.js'].read({ e: { edits: 'unsent' } })).e"
        ".reduce((sum, { h, s, b }) => sum + new TextEncoder().encode(h + s + b).length, 0)"
    )
    station.start()
    wire.clear()
    wire.set("up")
    sent = worker.run(SYNCHRONISE)
    assert sent["ok"], sent
    assert worker.run(UNSENT) == 0
    worker.leave()
    phone.rest()
    up = [asked.up for asked in wire.asked if asked.path == "/sync/exchange"]
    return Result("exchange.day_up_bytes", max(up), "B", lying)


class Day:
    """What was timed in one part of the day."""

    def __init__(self, phone: Handset, grid: str, homes: list[str]) -> None:
        self.phone = phone
        self.grid = grid
        self.homes = homes
        self.random = random.Random(DAY)
        self.opened: dict[str, list[float]] = {}
        self.saved: list[float] = []
        self.saved_cold: list[float] = []
        self.shown: list[float] = []
        self.recorded: list[float] = []
        self.floor: list[float] = []

    def open(self, runs: int, beside: int, say: Say) -> None:
        """Each page, cold, in turns; what takes how long on the way is said, as medians."""
        pages = {**PAGES, **BESIDE}
        seen: dict[str, list[dict[str, Any]]] = {name: [] for name in pages}
        for run in range(runs):
            for name, path in pages.items():
                if name in PAGES or run < beside:
                    seen[name].append(self.phone.cold(path))
        for name, all_ in seen.items():
            self.opened[name] = [each["painted"] for each in all_]
            medians = ", ".join(f"{step} {statistics.median(each[step] for each in all_):.0f}" for step in STEPS)
            say(f"  {name}, {all_[-1]['found']} doors: {medians} ms")

    def write(self, count: int, say: Say) -> None:
        """Visits, every other one by a quick button; one in six with the worker dead."""
        home = self.homes[0]
        self.phone.page.open(f"{self.phone.station.url}/field/households/{home}")
        for n in range(count):
            home = self.homes[n % HOMES]
            cold = n % COLD_EVERY == COLD_EVERY - 1
            path, fields = f"/field/households/{home}/visits", self._fields(home, quick=n % 2 == 0)
            (self.saved_cold if cold else self.saved).append(self.phone.save(path, fields, cold))
        say(f"  {count} visits saved, median {statistics.median(self.saved):.0f} ms")

    def _fields(self, home: str, quick: bool) -> dict[str, str]:
        if quick:
            return {"id": str(uuid7()), "quick": self.random.choice(("no_answer", "all_well"))}
        words = self.random.choice((*notes.ANYBODY, *notes.OLD)).format(who="住户") + self.random.choice(notes.TAILS)
        asks = {"difficulty": self.random.choice(notes.ASKS["difficulty"])} if self.random.random() < 0.3 else {}
        chosen = {"result": "met", "mode": "door", "care": self.random.choice(("", "ok", "watch")), "follow_up": ""}
        return {"id": str(uuid7()), "household": home, "text": words, **chosen, **asks}

    def show(self, count: int, say: Say) -> None:
        """From the tap to the painted page that says it is kept; and the store alone."""
        for n in range(count):
            self.phone.browser.events.clear()  # nothing an earlier page said is taken for this one
            self.phone.page.call(
                "Page.navigate", url=f"{self.phone.station.url}/field/households/{self.homes[n % HOMES]}"
            )
            self.phone.painted()
            self.phone.rest()
            self.phone.browser.events.clear()
            self.phone.page.run("() => { document.querySelector('button[name=quick][value=all_well]').click(); }")
            said = self.phone.painted()
            assert said["kept"], said
            self.shown.append(said["painted"])
        self.phone.rest()
        worker = self.phone.page.worker()
        drafts = [self._draft() for _ in range(count)]
        said = worker.run(STRICT, count, drafts)
        worker.leave()
        self.recorded, self.floor = said["record"], said["bare"]
        say(f"  {count} taps until 已存手机 is painted, median {statistics.median(self.shown):.0f} ms")

    def _draft(self) -> dict[str, Any]:
        at = int(time.time() * 1000)
        body = {"household": self.homes[0], "occurred_at_ms": at, "mode": "door", "result": "met"}
        return {"kind": "visit.recorded", "grid": self.grid, "over": {}, "body": body}

"""What the log costs: the exchange with it and without, ten million leaves, a phone that checks, an audit.

`LEAVES` chooses how long the long log is. Without the log is the same server with the leaf's step taken out from
outside (bench/unlogged.py); both take the same edits in turns, each time on a fresh copy of one town.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import random
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.believing import believing
from bench.fold import day
from bench.http import Line
from bench.longlog import Case, LongLog, Say, measured
from bench.result import Result
from bench.served import cpu_s, served
from bench.town import SECRET, Phone, Prepared, Town, build, visit
from server.db import Database
from server.journal import Journal, audit_report, refold_report
from server.journal.chains import Push
from server.settings import Settings
from sync.edit import unb64u
from sync.fold import read_body

LEAVES = int(os.environ.get("LEAVES", "10000000"))
SHORT = 10_000
CASES = 20
PAIRS = 5
EDITS_A_PHONE = 1500
AUDITED = 20_000


def measure(say: Say = print) -> list[Result]:
    """Every measurement of the log."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        results, cases = _long(folder, say)
        results += believing(cases, folder, say)
        results += asyncio.run(_exchange(folder, say))
        return results + asyncio.run(_audit(folder, say))


def _long(folder: Path, say: Say) -> tuple[list[Result], list[Case]]:
    """The long log, and what it answers phones that are to believe it."""
    long, short = LongLog(folder, LEAVES), LongLog(folder, SHORT)
    try:
        return measured(long, short, say), [case() for case in long.cases(CASES)]
    finally:
        for log in (long, short):
            log.close()
            log.file.unlink()


# ---------------------------------------------------------------- with and without


class Run:
    """The phones of a town push their day once: seconds, and what of the processor the server used."""

    def __init__(self, town: Town, rounds: list[list[Prepared]], ledger: bool) -> None:
        self.town = town
        self.rounds = rounds
        self.ledger = ledger
        self.proofs = 0

    async def play(self, data: Path) -> tuple[float, float]:
        """On a copy of the town."""
        with served(data, module="bench.served" if self.ledger else "bench.unlogged") as (port, process):
            used, begun = cpu_s(process), time.perf_counter()
            pushes = [self._push(port, *each) for each in zip(self.town.phones, self.rounds, strict=True)]
            accepted = sum(await asyncio.gather(*pushes))
            took, used = time.perf_counter() - begun, cpu_s(process) - used
        requests = sum(map(len, self.rounds))
        assert accepted == EDITS_A_PHONE * len(self.rounds), accepted
        assert self.proofs == (requests if self.ledger else 0), self.proofs
        return took, used

    async def _push(self, port: int, phone: Phone, rounds: list[Prepared]) -> int:
        held: dict[str, Any] | None = {} if self.ledger else None
        line, accepted = await Line.open(port), 0
        scope = {"scope": f"grid:{phone.grid}", "generation": 1, "cursor": self.town.size - 1}
        for prepared in rounds:
            text = gzip.decompress(await line.post("/sync/exchange", prepared.body([scope], held)))
            accepted += text.count(b'"outcome":"accepted"')
            scope["cursor"] = int(text.split(b'"cursor":', 1)[1].split(b",", 1)[0])
            held = self._hold(text)
        line.close()
        return accepted

    def _hold(self, text: bytes) -> dict[str, Any] | None:
        """What a phone asks from next: the checkpoint that it was just told."""
        if not self.ledger:
            return None
        _, begins, rest = text.partition(b'"checkpoint":')
        assert begins, text[:300]
        note = json.JSONDecoder().raw_decode(rest[:1000].decode("utf-8", "ignore"))[0]
        origin, size, root, *_ = note.split("\n")
        self.proofs += 1
        return {"origin": origin, "size": int(size), "root": root}


async def _exchange(folder: Path, say: Say) -> list[Result]:
    """The same edits with the log and without, in turns."""
    town = await build(folder / "town")
    rounds = [_rounds(town, phone, seed) for seed, phone in enumerate(town.phones)]
    edits = EDITS_A_PHONE * len(rounds)
    pairs = []
    for turn in range(PAIRS):
        took: dict[bool, tuple[float, float]] = {}
        for ledger in (True, False) if turn % 2 else (False, True):
            data = folder / "copy"
            shutil.copytree(town.data, data)
            took[ledger] = await Run(town, rounds, ledger).play(data)
            shutil.rmtree(data)
        pairs.append((took[True], took[False]))
        with_, without = took[True][0], took[False][0]
        say(f"  {edits} edits in {with_:.2f} s with the log, {without:.2f} s without: {with_ / without:.2f} times")
    ratios = sorted(with_[0] / without[0] for with_, without in pairs)
    middle = [[statistics.median(each[which][what] for each in pairs) for what in (0, 1)] for which in (0, 1)]
    return [
        Result("ledger.exchange_edits_per_s", edits / middle[0][0], "edits/s", edits / middle[1][0]),
        Result("ledger.exchange_cpu_us_per_edit", middle[0][1] / edits * 1e6, "µs", middle[1][1] / edits * 1e6),
        Result("ledger.exchange_percent_min", ratios[0] * 100, "% of the time without"),
        Result("ledger.exchange_percent_median", statistics.median(ratios) * 100, "% of the time without"),
        Result("ledger.exchange_percent_max", ratios[-1] * 100, "% of the time without"),
    ]


def _rounds(town: Town, phone: Phone, seed: int) -> list[Prepared]:
    random_ = random.Random(seed)
    prepared = []
    while len(phone.made) < EDITS_A_PHONE:
        count = min(random_.randint(50, 100), EDITS_A_PHONE - len(phone.made))
        edits = [visit(town, phone, random_) for _ in range(count)]
        prepared.append(Prepared(phone.head(edits[-1]), edits))
    return prepared


# ---------------------------------------------------------------- the audit


async def _audit(folder: Path, say: Say) -> list[Result]:
    """A database of real edits, signed by their phones, audited; beside the refold that is a part of it."""
    town = await build(folder / "audited")
    settings = Settings(f"sqlite+aiosqlite:///{town.data / 'sifang.db'}", town.data, SECRET)
    db = Database(settings.database_url)
    journal = Journal(db, settings)
    await journal.start()
    await _fill(journal, town)
    said = await journal.said()
    assert said is not None
    begun = time.perf_counter()
    report = await audit_report(journal, [said.note])
    took = time.perf_counter() - begun
    await journal.stop()
    assert report.found == [], report.found[:3]
    edits = report.done["edits"]
    begun = time.perf_counter()
    assert await refold_report(db, settings) == []
    bare = time.perf_counter() - begun
    await db.close()
    say(
        f"  {edits} edits audited in {took:.1f} s, {report.done['signed']} of them signed for; refolded in {bare:.1f} s"
    )
    return [Result("ledger.audit_edits_per_s", edits / took, "edits/s", edits / bare)]


async def _fill(journal: Journal, town: Town) -> None:
    random_, made = random.Random(AUDITED), 0
    while made < AUDITED:
        for phone in town.phones:
            count = min(random_.randint(50, 100), AUDITED - made)
            if not count:
                return
            phone.made = phone.made[-1:]
            edits = day(town, phone, count, random_)
            head = phone.head(edits[-1])
            reads = [read_body(edit) for edit in edits]
            signature = unb64u(head["signature"])
            await journal.push(Push(phone.device, reads, head["statement"], signature, phone.issued_ms, 0))
            made += count

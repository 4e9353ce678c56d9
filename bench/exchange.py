"""The exchange over real HTTP: edits in, rows out, nothing new; each beside what bare sqlite3 does on this machine.

Eight phones, one connection each, a real server process. Requests are signed and compressed beforehand, so that the
phones do not take the server's time; replies are read in full and every outcome is counted.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from bench.http import Line
from bench.result import Result
from bench.served import cpu_s, served
from bench.town import Phone, Prepared, Town, build, visit

EDITS_A_PHONE = 4000
IDLE_A_PHONE = 500
ROW_BYTES = 600
BASELINE_S = 3.0


def raw_sqlite(folder: Path) -> float:
    """Rows/s of bare sqlite3: 600-byte rows, a hundred a transaction, WAL, synchronous=FULL."""
    connection = sqlite3.connect(folder / "raw.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE row (position INTEGER PRIMARY KEY, data BLOB)")
    rows = [(random.Random(n).randbytes(ROW_BYTES),) for n in range(100)]
    written, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < BASELINE_S:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO row (data) VALUES (?)", rows)
        connection.execute("COMMIT")
        written += 100
    took = time.perf_counter() - begun
    connection.close()
    return written / took


def _rounds(town: Town, phone: Phone, seed: int) -> list[Prepared]:
    random_ = random.Random(seed)
    prepared = []
    while len(phone.made) < EDITS_A_PHONE:
        edits = [visit(town, phone, random_) for _ in range(random_.randint(50, 100))]
        prepared.append(Prepared(phone.head(edits[-1]), edits))
    return prepared


def _reply(content: bytes) -> dict[str, Any]:
    reply: dict[str, Any] = json.loads(gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content)
    return reply


async def _push(port: int, town: Town, phone: Phone, rounds: list[Prepared]) -> tuple[int, list[float]]:
    """Send every round; returns accepted edits and each round's time. The cursor is read without parsing the rows."""
    line = await Line.open(port)
    scope = {"scope": f"grid:{phone.grid}", "generation": 1, "cursor": town.size - 1}
    accepted, took = 0, []
    for prepared in rounds:
        begun = time.perf_counter()
        content = await line.post("/sync/exchange", prepared.body([scope]))
        took.append(time.perf_counter() - begun)
        text = gzip.decompress(content)
        accepted += text.count(b'"outcome":"accepted"')
        scope["cursor"] = int(text.split(b'"cursor":', 1)[1].split(b",", 1)[0])
    line.close()
    return accepted, took


async def _pull(port: int, phone: Phone, requests: list[Prepared], cursor: int) -> tuple[int, int]:
    """Pull a whole grid in pages; returns rows and bytes on the wire."""
    line = await Line.open(port)
    scope = {"scope": f"grid:{phone.grid}", "generation": 1, "cursor": cursor}
    rows = sent = 0
    for request in requests:
        content = await line.post("/sync/exchange", request.body([scope]))
        text = gzip.decompress(content)
        rows += text.count(b'{"scope":"grid:') - 1  # the scope itself stands there once
        sent += len(content)
        scope["cursor"] = int(text.split(b'"cursor":', 1)[1].split(b",", 1)[0])
        if b'"more":false' in text:
            break
    line.close()
    return rows, sent


def _idle_request(phone: Phone, head: dict[str, str], cursor: int) -> bytes:
    scope = {"scope": f"grid:{phone.grid}", "generation": 1, "cursor": cursor}
    asked = {"v": 1, "app": "bench", "rows": 1, "head": head, "scopes": [scope]}
    return gzip.compress(json.dumps(asked, separators=(",", ":")).encode(), 9)


async def _idle(port: int, requests: list[bytes]) -> tuple[int, int]:
    """Exchange with nothing new; returns bytes of the last request and of the last reply."""
    line = await Line.open(port)
    content = b""
    for request in requests:
        content = await line.post("/sync/exchange", request)
    line.close()
    return len(requests[-1]), len(content)


async def _timed(acts: list[Awaitable[Any]]) -> tuple[float, list[Any]]:
    begun = time.perf_counter()
    answers = await asyncio.gather(*acts)
    return time.perf_counter() - begun, answers


def _note(say: Callable[[str], None], line: str) -> None:
    say(f"  {line}")


def measure(say: Callable[[str], None] = print) -> list[Result]:
    """Every measurement of the exchange."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder), say))


async def _measure(folder: Path, say: Callable[[str], None]) -> list[Result]:
    town = await build(folder / "town")
    rounds = [_rounds(town, phone, seed) for seed, phone in enumerate(town.phones)]
    edits = sum(len(phone.made) for phone in town.phones)
    pulls = [[Prepared(phone.head(phone.made[-1]), []) for _ in range(12)] for phone in town.phones]
    last = town.size + edits - 1
    idles = [
        [_idle_request(phone, phone.head(phone.made[-1]), last) for _ in range(IDLE_A_PHONE)] for phone in town.phones
    ]
    _note(say, f"{edits} visits prepared, {len(town.phones)} phones, batches of 50 to 100")
    baseline = raw_sqlite(folder)
    results = [Result("exchange.raw_sqlite_rows_per_s", baseline, "rows/s")]
    with served(town.data) as (port, process):
        each = zip(town.phones, rounds, strict=True)
        used = cpu_s(process)
        took, answers = await _timed([_push(port, town, phone, prepared) for phone, prepared in each])
        accepted = sum(count for count, _ in answers)
        assert accepted == edits, (accepted, edits)
        waits = sorted(wait for _, times in answers for wait in times)
        results.append(Result("exchange.edits_per_s", edits / took, "edits/s", baseline))
        results.append(Result("exchange.cpu_us_per_edit", (cpu_s(process) - used) / edits * 1e6, "µs"))
        results.append(Result("exchange.push_p95_ms", waits[int(len(waits) * 0.95)] * 1000, "ms"))
        each = zip(town.phones, pulls, strict=True)
        took, answers = await _timed([_pull(port, phone, requests, town.size - 1) for phone, requests in each])
        rows, sent = (sum(column) for column in zip(*answers, strict=True))
        results.append(Result("exchange.pull_rows_per_s", rows / took, "rows/s", baseline))
        results.append(Result("exchange.pull_bytes_per_row", sent / rows, "B"))
        took, answers = await _timed([_idle(port, requests) for requests in idles])
        results.append(Result("exchange.idle_per_s", IDLE_A_PHONE * len(town.phones) / took, "exchanges/s"))
        results.append(Result("exchange.idle_bytes_up", max(up for up, _ in answers), "B"))
        results.append(Result("exchange.idle_bytes_down", max(down for _, down in answers), "B"))
    with sqlite3.connect(town.data / "sifang.db") as connection:
        (kept,) = connection.execute("SELECT count(*) FROM visit").fetchone()
    connection.close()
    assert kept == edits, (kept, edits)
    return results


if __name__ == "__main__":
    for result in measure():
        print(json.dumps(result.row()))

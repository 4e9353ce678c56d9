"""A long log, its tiles in a real SQLite file without the edits: what its answers cost, beside those of a short one."""

from __future__ import annotations

import random
import resource
import sqlite3
import statistics
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine

from bench.result import Result
from bench.town import START_MS
from server import schema
from server.journal.checkpoints import Said, origin_of, signed_note
from server.journal.leaves import Kept, append, nodes_in
from server.journal.proofs import prove
from server.journal.sql import Store
from server.journal.transactions import PRAGMAS
from server.journal.wire import HeldPart
from sync.edit import b64u
from sync.ledger.checkpoint import Checkpoint
from sync.ledger.leaf import leaf_data
from sync.ledger.tree import consistency, inclusion, leaf_hash, node_hash, root_of

LOG = "019a0b1c-0000-7000-8000-000000000010"
SEED = sha256(b"a key of the log for measurements only").digest()
A_TRANSACTION = 65_536
TURNS = 8
TIMES = 50
RUN = 50
HASHED = 100_000
Say = Callable[[str], None]


def kept(position: int) -> Kept:
    """What stands for an edit."""
    return sha256(position.to_bytes(8, "big")).digest(), START_MS + position, "accepted", None


@dataclass(frozen=True)
class Case:
    """What a phone holds, what it is told, and of which edits: as in a request and its reply."""

    held: Checkpoint
    told: dict[str, Any]
    first: int

    def script(self) -> dict[str, Any]:
        """For a phone: hashes in base64url."""
        held = {"origin": self.held.origin, "size": self.held.size, "root": b64u(self.held.root)}
        placed = [kept(position) for position in range(self.first, self.first + RUN)]
        names = [{"hash": b64u(each[0]), "received_ms": each[1], "outcome": each[2]} for each in placed]
        return {
            "held": held,
            "told": self.told,
            "placed": [{**each, "position": position} for position, each in enumerate(names, self.first)],
        }


class LongLog:
    """The log of so many edits in a file of this folder."""

    def __init__(self, folder: Path, size: int) -> None:
        self.size = size
        self.file = folder / f"log_{size}.db"
        engine = create_engine(f"sqlite:///{self.file}")
        schema.metadata.create_all(engine, [schema.ledger_tile, schema.checkpoint])
        engine.dispose()
        self.connection = sqlite3.connect(self.file, isolation_level=None)
        for pragma in PRAGMAS:
            self.connection.execute(f"PRAGMA {pragma}")
        self.store = Store(self.connection)
        self.random = random.Random(size)

    def build(self) -> float:
        """Make the tiles, as the journal does in its transactions; the seconds it took."""
        begun = time.perf_counter()
        for first in range(0, self.size, A_TRANSACTION):
            end = min(self.size, first + A_TRANSACTION)
            self.connection.execute("BEGIN IMMEDIATE")
            append(self.store, first, map(kept, range(first, end)))
            self.connection.execute("COMMIT")
            _progress(end, self.size, time.perf_counter() - begun)
        took = time.perf_counter() - begun
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return took

    def checkpoint(self, size: int) -> Checkpoint:
        """The true one of this size."""
        return Checkpoint(origin_of(LOG), size, root_of(nodes_in(self.store), size))

    def say(self) -> Said:
        """The newest, signed: the root from the right edge of the tiles, as after each commit."""
        root = append(self.store, self.size, ())
        return Said(self.size, signed_note(Checkpoint(origin_of(LOG), self.size, root), [SEED]))

    def add(self) -> None:
        """One edit more, and undone."""
        self.connection.execute("BEGIN IMMEDIATE")
        append(self.store, self.size, [kept(self.size)])
        self.connection.execute("ROLLBACK")

    def inclusion(self, place: int) -> list[bytes]:
        """The proof of one edit."""
        return inclusion(nodes_in(self.store), place, self.size)

    def consistency(self, size: int) -> list[bytes]:
        """The proof that it begins with what it was."""
        return consistency(nodes_in(self.store), size, self.size)

    def case(self, said: Said, held: Checkpoint, first: int) -> Case:
        """What the exchange answers a phone that held this and pushed a run of edits."""
        part = HeldPart(held.origin, held.size, b64encode(held.root).decode())
        proof = prove(self.store, LOG, said, part, range(first, first + RUN))
        assert proof is not None
        assert proof.consistency
        return Case(held, proof.told(), first)

    def cases(self, count: int) -> Iterator[Callable[[], Case]]:
        """Asked by phones of any age, each for a run of edits anywhere."""
        said = self.say()
        for _ in range(count):
            held = self.checkpoint(self.random.randrange(1, self.size))
            first = self.random.randrange(self.size - RUN)
            yield partial(self.case, said, held, first)

    def timed(self, took: dict[str, list[float]]) -> None:
        """Microseconds of each thing that is asked of a log, each time over a view of its own."""
        places = [self.random.randrange(1, self.size) for _ in range(TIMES)]
        for place, case in zip(places, self.cases(TIMES), strict=True):
            acts: dict[str, Callable[[], Any]] = {
                "add_edit": self.add,
                "root_and_sign": self.say,
                "inclusion": partial(self.inclusion, place),
                "consistency": partial(self.consistency, place),
                f"reply_to_{RUN}": case,
            }
            for name, act in acts.items():
                begun = time.perf_counter()
                act()
                took.setdefault(name, []).append((time.perf_counter() - begun) * 1e6)

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()


def _progress(done: int, size: int, took: float) -> None:
    """In place on a terminal, elsewhere now and then."""
    line = f"  {done:,} of {size:,} leaves, {took:.0f} s"
    if sys.stdout.isatty():
        print(f"\r{line}", end="\n" if done == size else "", flush=True)
    elif done == size or done % (A_TRANSACTION * 16) == 0:
        print(line, flush=True)


def _bare() -> float:
    """Leaves/s of the hashes alone: two for a leaf, one above it."""
    begun = time.perf_counter()
    above = bytes(32)
    for position in range(HASHED):
        above = node_hash(above, leaf_hash(leaf_data(*kept(position))))
    return HASHED / (time.perf_counter() - begun)


def measured(long: LongLog, short: LongLog, say: Say) -> list[Result]:
    """Both are built, then asked the same in turns."""
    short.build()
    took, bare = long.build(), _bare()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(
        f"  {long.size:,} leaves beside {short.size:,}, {long.file.stat().st_size / long.size:.1f} B a leaf in the file"
    )
    results = [
        Result("ledger.leaves", long.size, "leaves"),
        Result("ledger.build_leaves_per_s", long.size / took, "leaves/s", bare),
        Result("ledger.build_rss_mb_max", memory, "MB"),
    ]
    few: dict[str, list[float]] = {}
    many: dict[str, list[float]] = {}
    for _ in range(TURNS):
        short.timed(few)
        long.timed(many)
    for name, times in many.items():
        beside = few[name]
        results += [
            Result(f"ledger.{name}_us_p50", statistics.median(times), "µs", statistics.median(beside)),
            Result(f"ledger.{name}_us_p95", p95(times), "µs", p95(beside)),
        ]
    return results


def p95(times: list[float]) -> float:
    """All but one in twenty were at most this."""
    return sorted(times)[int(len(times) * 0.95)]

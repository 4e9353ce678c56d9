"""A year's work in a grid: visits, patrols with notes, care checks, sent at last by a phone that was there before."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import select
from uuid_utils import uuid7

from bench.town import Phone
from server import schema
from server.clock import now_ms
from server.db import Database
from server.demo import notes
from server.demo.place import Plot
from server.journal import Draft, Journal
from server.journal.chains import Push
from server.localtime import DAY_MS
from sync.edit import Edit, Seen, b64u, make_edit, unb64u
from sync.fold import read_body

SEED = 20261120
MASTER = "站长"
OLD_PHONE = "去年的手机"
BEGUN_DAYS = 400
"""Days ago: when the phone was enrolled."""
DAYS = (100, 365)
"""Days ago: before the last time anybody was met, so that every door is drawn as it was."""
VISITS, PATROLS, CHECKS, PAIRS = 4000, 700, 200, 20
A_PUSH = 500
WALKED_MS = 70 * 60_000
MINUTE_MS = 60_000


@dataclass(frozen=True)
class Done:
    """Something a worker did: when, what, and about what (None: it creates something)."""

    at_ms: int
    kind: str
    body: dict[str, Any]
    entity: str | None = None


def _key(worker: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(random.Random(worker).getrandbits(250) + 1, ec.SECP256R1())


def old_phone(worker: str) -> dict[str, Any]:
    """What its enrolment says."""
    point = _key(worker).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return {"person": worker, "public_key": b64u(point), "label": OLD_PHONE}


async def send(db: Database, journal: Journal, plot: Plot) -> None:
    """All of it, to where `plot` was filled in. Raises SystemExit where the server does not take it."""
    chance, now = random.Random(SEED), now_ms()
    async with db.reading() as connection:
        grid = (await connection.execute(select(schema.grid.c.id).where(schema.grid.c.name == plot.name))).scalar_one()
        named = select(schema.person.c.name, schema.person.c.id)
        people: dict[str, str] = dict((await connection.execute(named)).all())
        worker = people[plot.worker]
        phones = select(schema.device.c.id).where(schema.device.c.person == worker, schema.device.c.label == OLD_PHONE)
        device = (await connection.execute(phones)).scalar_one()
        known = select(schema.household.c.id).where(schema.household.c.grid == grid).order_by(schema.household.c.id)
        homes = list((await connection.execute(known)).scalars())
    pairs = []
    for home in chance.sample(homes, PAIRS):
        pairs.append(str(uuid7()))
        formed = {"household": home, "carer": worker, "cadence": "weekly"}
        receipts = await journal.commit(
            [Draft("care_pair.formed", pairs[-1], grid, people[MASTER], formed, id=pairs[-1])]
        )
        _taken(receipts[0].outcome, "care_pair.formed")
    done = sorted([*_visits(chance, now, homes), *_walks(chance, now), *_checks(chance, now, pairs)], key=_when)
    phone = Phone(device, worker, grid, homes, _key(worker))
    log, _ = await journal.log_and_size()
    for start in range(0, len(done), A_PUSH):
        edits = [_edit(phone, each, log, chance) for each in done[start : start + A_PUSH]]
        head = phone.head(edits[-1])
        reads = [read_body(edit) for edit in edits]
        pushed = await journal.push(
            Push(device, reads, head["statement"], unb64u(head["signature"]), phone.issued_ms, 0)
        )
        for entry, edit in zip(pushed.entries, edits, strict=True):
            _taken(entry.outcome, edit.header.kind)


def _when(done: Done) -> int:
    return done.at_ms


def _taken(outcome: str, kind: str) -> None:
    if outcome not in ("accepted", "contested"):
        raise SystemExit(f"{kind} was not taken: {outcome}")


def _ago(chance: random.Random, now: int) -> int:
    return now - chance.randint(DAYS[0] * DAY_MS, DAYS[1] * DAY_MS)


def _words(chance: random.Random) -> str:
    return chance.choice((*notes.ANYBODY, *notes.OLD)).format(who="住户") + chance.choice(notes.TAILS)


def _visits(chance: random.Random, now: int, homes: list[str]) -> Iterator[Done]:
    for n in range(VISITS):
        at, home = _ago(chance, now), homes[n % len(homes)]
        met = {"household": home, "occurred_at_ms": at, "mode": "door", "result": "met", "text": _words(chance)}
        yield Done(at, "visit.recorded", met)


def _walks(chance: random.Random, now: int) -> Iterator[Done]:
    for n in range(PATROLS):
        at, patrol = _ago(chance, now), str(uuid7())
        yield Done(at, "patrol.started", {}, patrol)
        if n % 2:
            what = chance.choice(("change", "problem", "demand", "dispute"))
            yield Done(at + 20 * MINUTE_MS, "patrol.noted", {"what": what, "text": _words(chance), "patrol": patrol})
        yield Done(at + WALKED_MS, "patrol.ended", {}, patrol)


def _checks(chance: random.Random, now: int, pairs: list[str]) -> Iterator[Done]:
    for n in range(CHECKS):
        at = _ago(chance, now)
        found = {"pair": pairs[n % len(pairs)], "state": chance.choice(("ok", "ok", "watch")), "occurred_at_ms": at}
        yield Done(at, "care_check.made", found)


def _edit(phone: Phone, done: Done, log: str, chance: random.Random) -> Edit:
    last = phone.made[-1] if phone.made else None
    # What starts a patrol is named by it; everything else by itself.
    id_ = done.entity if done.entity and done.kind == "patrol.started" else str(uuid7())
    over = {"step": [done.entity]} if done.kind == "patrol.ended" else {}
    header = {
        "id": id_,
        "device": phone.device,
        "n": last.header.n + 1 if last else 1,
        "prev": b64u(last.hash) if last else None,
        "author": phone.person,
        "grid": phone.grid,
        "kind": done.kind,
        "v": 1,
        "entity": done.entity or id_,
        "at_ms": done.at_ms,
        "offset_ms": 0,
        # It had been told of nothing since it was enrolled.
        "seen": Seen(log, 1),
        "over": over,
    }
    edit = make_edit(header, chance.randbytes(16), done.body)
    phone.made = [edit]
    return edit

"""First downloads: a grid as prebuilt compressed parts, first the grid, its buildings and its orders, then
building by building.

Parts are stored, immutable, and fetched with signed keys instead of a cookie: a download cut off goes on with the
parts that are missing.
"""

from __future__ import annotations

import asyncio
import gzip
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from hashlib import sha256
from typing import Any

import msgspec
from itsdangerous import BadSignature, URLSafeSerializer
from uuid_utils import uuid7

from server import clock, schema
from server.journal.batch import Batch
from server.journal.devices import find_caller
from server.journal.pull import ScopeState
from server.journal.sql import Store
from server.journal.transactions import Transactions
from server.journal.writer import Writer

DAY_MS = 24 * 3600 * 1000
VISITS_DAYS = 90
STALE_ROWS = 1000
"""A stored snapshot serves until this many rows have changed since: they are pulled after it."""

KEPT_MS = 2 * DAY_MS
"""How long a replaced snapshot can still be fetched by those who began with it."""


class Snapshots:
    """Makes, keeps and hands out snapshots."""

    def __init__(self, transactions: Transactions, writer: Writer, secrets: Callable[[], Sequence[bytes]]) -> None:
        self._transactions = transactions
        self._writer = writer
        self._secrets = secrets
        self._making: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def offer(self, scope: ScopeState, device: str) -> tuple[int, dict[str, Any]]:
        """The cursor and the description of a snapshot of this scope, with keys for this device."""
        async with self._making[scope.scope]:
            found = await self._transactions.read(lambda store: _find(store, scope))
            while found is None:
                made = await self._transactions.read(lambda store: _make(store, scope))
                # Not looked up again: while many write it may be stale already, and serves all the same.
                found = _found(made) if await self._writer.do(partial(_keep, made=made)) else None
        id_, cursor, rows, size, parts = found
        told = [
            {**self._address(id_, part, device), "bytes": bytes_, "rows": count, "sha256": digest}
            for part, count, bytes_, digest in parts
        ]
        return cursor, {"cursor": cursor, "rows": rows, "bytes": size, "parts": told}

    async def part(self, token: str) -> bytes | None:
        """The compressed part that a signed key opens; None when it is gone, the key is not ours, or the phone it
        was made for may not see that scope (any more)."""
        told = self._read(token)
        if told is None:
            return None
        id_, part, device = told
        return await self._transactions.read(lambda store: _seen_part(store, id_, part, device))

    def _signer(self) -> URLSafeSerializer:
        # It signs with the last, and believes them all.
        known = [*reversed(self._secrets())]
        return URLSafeSerializer(known, salt="snapshot", signer_kwargs={"digest_method": sha256})

    def device_of(self, token: str) -> str | None:
        """The phone that a key was made for; None when it is not ours or too old."""
        told = self._read(token)
        return told[2] if told else None

    def _read(self, token: str) -> tuple[str, int, str] | None:
        try:
            id_, part, device, until_ms = self._signer().loads(token)
        except (BadSignature, ValueError, TypeError):
            return None
        return None if clock.now_ms() >= until_ms else (id_, part, device)

    def _address(self, id_: str, part: int, device: str) -> dict[str, str]:
        """Where a part lies, and the key to it, which stands in no address."""
        # Good for a day at least, and the same key all day.
        until_ms = (clock.now_ms() // DAY_MS + 2) * DAY_MS
        token = self._signer().dumps([id_, part, device, until_ms])
        key = token if isinstance(token, str) else token.decode()
        return {"at": f"/sync/snapshots/{id_}/{part}", "key": key}


def _seen_part(store: Store, snapshot: str, part: int, device: str) -> bytes | None:
    caller = find_caller(store, device)
    of = "SELECT p.data, s.scope FROM snapshot_part p JOIN snapshot s ON s.id = p.snapshot"
    row = store.row(f"{of} WHERE p.snapshot = $1 AND p.part = $2", snapshot, part)
    seen = caller is not None and row is not None and row[1] in {each.scope for each in caller.scopes}
    return bytes(row[0]) if seen and row is not None else None


Found = tuple[str, int, int, int, list[Any]]


def _find(store: Store, scope: ScopeState) -> Found | None:
    own = "scope = $1 AND generation = $2"
    row = store.row(
        f"SELECT id, cursor, rows, bytes FROM snapshot WHERE {own} ORDER BY cursor DESC LIMIT 1",
        scope.scope,
        scope.generation,
    )
    if row is None:
        return None
    changed = store.rows(
        "SELECT rev FROM feed WHERE scope = $1 AND rev > $2 LIMIT $3", scope.scope, row[1], STALE_ROWS + 1
    )
    if len(changed) > STALE_ROWS:
        return None
    parts = store.rows("SELECT part, rows, bytes, sha256 FROM snapshot_part WHERE snapshot = $1 ORDER BY part", row[0])
    return row[0], row[1], row[2], row[3], [tuple(part) for part in parts]


def _found(made: _Made) -> Found:
    parts = [(part, count, len(data), digest) for part, (count, digest, data) in enumerate(made.parts)]
    return made.id, made.cursor, sum(part[1] for part in parts), sum(part[2] for part in parts), parts


class _Made(msgspec.Struct):
    id: str
    scope: ScopeState
    cursor: int
    parts: list[tuple[int, str, bytes]]  # rows, SHA-256 of the JSON, the JSON compressed


def _make(store: Store, scope: ScopeState) -> _Made:
    head = store.row("SELECT size FROM journal_head WHERE id = 1")
    assert head is not None
    cursor = head[0] - 1
    grid = scope.scope.removeprefix("grid:")
    rows: dict[str, dict[str, tuple[int, bytes]]] = defaultdict(dict)
    for kind, id_, rev, data in store.rows(
        "SELECT kind, id, rev, data FROM feed WHERE scope = $1 AND data IS NOT NULL", scope.scope
    ):
        rows[kind][id_] = (rev, bytes(data))
    beside = [(kind, each) for kind in ("erasure", "report") for each in sorted(rows[kind])]
    groups = [[("grid", grid), *(("building", each) for each in _buildings(store, grid))]]
    groups[0] += beside
    groups[0] += _orders(store, grid)
    groups[0] += [("item", each) for each in _items_of_no_home(store, grid)]
    groups[0] += [("whistle", each) for each in _whistles(store, grid)]
    groups += _by_building(store, grid)
    parts = []
    for group in groups:
        present = [(kind, id_, *rows[kind][id_]) for kind, id_ in group if id_ in rows[kind]]
        text = _part(scope.scope, cursor, present)
        parts.append((len(present), sha256(text).hexdigest(), gzip.compress(text, 9, mtime=0)))
    return _Made(str(uuid7()), scope, cursor, parts)


def _part(scope: str, cursor: int, rows: Iterable[tuple[str, str, int, bytes]]) -> bytes:
    told = [f'{{"k":"{kind}","id":"{id_}","rev":{rev},"row":'.encode() + data + b"}" for kind, id_, rev, data in rows]
    head = f'{{"scope":"{scope}","cursor":{cursor},"rows":['.encode()
    return head + b",".join(told) + b"]}"


def _buildings(store: Store, grid: str) -> list[str]:
    rows = store.rows("SELECT id FROM building WHERE grid = $1 ORDER BY sort, name, id", grid)
    return [row[0] for row in rows]


def _orders(store: Store, grid: str) -> list[tuple[str, str]]:
    """Orders that are open or were worked on lately, with their answers."""
    since_ms = clock.now_ms() - VISITS_DAYS * DAY_MS
    lately = "state NOT IN ('confirmed', 'withdrawn') OR stepped_ms >= $2"
    found = store.rows(f"SELECT id FROM verification_order WHERE grid = $1 AND ({lately}) ORDER BY id", grid, since_ms)
    orders = [row[0] for row in found]
    of = "grid = $1 AND verification_order = ANY($2)"
    answers = store.rows(f"SELECT id FROM order_answer WHERE {of} ORDER BY id", grid, store.among(orders))
    return [*(("verification_order", each) for each in orders), *(("order_answer", row[0]) for row in answers)]


def _items_of_no_home(store: Store, grid: str) -> list[str]:
    return [row[0] for row in store.rows("SELECT id FROM item WHERE grid = $1 AND household IS NULL ORDER BY id", grid)]


def _whistles(store: Store, grid: str) -> list[str]:
    """Those that wait for somebody, and those that went on lately."""
    since_ms = clock.now_ms() - VISITS_DAYS * DAY_MS
    lately = "closed_ms IS NULL AND state NOT IN ('withdrawn', 'merged', 'invalid') OR stepped_ms >= $2"
    rows = store.rows(f"SELECT id FROM whistle WHERE grid = $1 AND ({lately}) ORDER BY id", grid, since_ms)
    return [row[0] for row in rows]


def _by_building(store: Store, grid: str) -> list[list[tuple[str, str]]]:
    """For each building in the order of the board: its households and doors, its residents, its items, its visits."""
    groups: dict[str, list[tuple[str, str]]] = {building: [] for building in _buildings(store, grid)}
    home_of: dict[str, str] = {}
    order = "entrance, floor, room, id"
    for id_, building in store.rows(f"SELECT id, building FROM household WHERE grid = $1 ORDER BY {order}", grid):
        home_of[id_] = building
        groups[building] += [("household", id_), ("door", id_)]
    for id_, household in store.rows("SELECT id, household FROM resident WHERE grid = $1 ORDER BY id", grid):
        groups[home_of[household]].append(("resident", id_))
    for id_, household in store.rows("SELECT id, household FROM care_pair WHERE grid = $1 ORDER BY id", grid):
        groups[home_of[household]].append(("care_pair", id_))
    items = "SELECT id, household FROM item WHERE grid = $1 AND household IS NOT NULL ORDER BY id"
    for id_, household in store.rows(items, grid):
        groups[home_of[household]].append(("item", id_))
    since_ms = clock.now_ms() - VISITS_DAYS * DAY_MS
    checks = "SELECT id, household FROM care_check WHERE grid = $1 AND occurred_at_ms >= $2 ORDER BY occurred_at_ms, id"
    for id_, household in store.rows(checks, grid, since_ms):
        groups[home_of[household]].append(("care_check", id_))
    seen: set[str] = set()
    newest_first = (
        "SELECT id, household, occurred_at_ms FROM visit WHERE grid = $1 ORDER BY occurred_at_ms DESC, id DESC"
    )
    for id_, household, occurred_at_ms in store.rows(newest_first, grid):
        # The newest visit of each door comes along however old it is.
        if occurred_at_ms >= since_ms or household not in seen:
            groups[home_of[household]].append(("visit", id_))
        seen.add(household)
    return [group for group in groups.values() if group]


def _keep(batch: Batch, made: _Made) -> bool:
    """Store it. False where something was erased since it was read: it may hold that."""
    store, now = batch.store, clock.now_ms()
    if _erased_rev(batch) > made.cursor:
        return False
    counted = (sum(count for count, _, _ in made.parts), sum(len(data) for _, _, data in made.parts))
    row = (made.id, made.scope.scope, made.scope.generation, made.cursor, *counted, now)
    store.insert(schema.snapshot, [row])
    # The hash is of the JSON: browsers hand over what the transport has inflated.
    parts = [(made.id, part, count, len(data), digest, data) for part, (count, digest, data) in enumerate(made.parts)]
    store.insert(schema.snapshot_part, parts)
    # Replaced snapshots stay for a while: somebody may be half way through one.
    old = "scope = $1 AND id <> $2 AND made_ms < $3"
    gone = [
        row[0] for row in store.rows(f"SELECT id FROM snapshot WHERE {old}", made.scope.scope, made.id, now - KEPT_MS)
    ]
    for table, column in (("snapshot_part", "snapshot"), ("snapshot", "id")):
        store.run(f"DELETE FROM {table} WHERE {column} = ANY($1)", store.among(gone))
    return True


def _erased_rev(batch: Batch) -> int:
    """Where the journal last said that something was erased, in this very transaction or before."""
    row = batch.store.row("SELECT max(rev) FROM erased")
    now: list[int] = [value.rev for key, value in batch.state.changed.items() if key.kind == "erased"]
    before = int(row[0]) if row is not None and row[0] is not None else -1
    return max((before, *now))

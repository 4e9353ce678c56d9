"""The journal folded from zero beside the tables: they must agree, byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Table

from server import schema
from server.db import Database
from server.journal.known import ENTRY, columns_of, read_entry
from server.journal.sql import Store
from server.journal.tables import Row
from server.journal.transactions import Transactions
from server.journal.written import feed_rows, scope_rows, table_rows
from server.settings import Settings
from sync.entities import Device
from sync.fold import Outcome, Read, as_aside, fold, set_aside
from sync.state import State
from sync.times import Times, claimed_ms

PAGE = 2000
SHOWN = 20
"""How many differences of one table are told."""


async def refold_report(db: Database, settings: Settings) -> list[str]:
    """What differs between the journal folded from zero and the tables, in words for whoever runs the server."""
    transactions = Transactions(db)
    try:
        return await transactions.read(lambda store: list(differences(store, settings.utc_offset_min)))
    finally:
        await transactions.close()


def differences(store: Store, utc_offset_min: int) -> Iterator[str]:
    """Fold every edit again and compare outcomes, tables and feed."""
    state = State(_nothing)
    server = store.row("SELECT id, enrolled_ms FROM device WHERE kind = 'server'")
    assert server is not None
    own = Device(server[0], None, None, "server", "server", server[1])
    yield from _refold(store, state, own)
    changed = state.changed
    found = table_rows(changed)
    for name in (
        "community",
        "grid",
        "person",
        "building",
        "household",
        "resident",
        "visit",
        "visit_revision",
        "door",
        "fact_past",
        "aside_decision",
        "pair_verdict",
        "moved",
    ):
        table = schema.metadata.tables[name]
        width = len(table.primary_key.columns)
        yield from _compare(name, found.get(name, []), _stored(store, table), width)
    yield from _compare("feed", feed_rows(changed, state, utc_offset_min), _stored(store, schema.feed), 3)
    enrolled = [_enrolment(row) for row in found.get("device", [])]
    stored = [_enrolment(row) for row in _stored(store, schema.device) if row[4] != "server"]
    yield from _compare("device", enrolled, stored, 1)
    scopes = [(row[0], row[2]) for row in scope_rows(changed)]
    yield from _compare("scope", scopes, [(row[0], row[2]) for row in _stored(store, schema.scope)], 1)


def _nothing(kind: str, grid: str | None, ids: Iterable[str]) -> Iterable[tuple[str, Any]]:
    return ()


def _refold(store: Store, state: State, own: Device) -> Iterator[str]:
    position = 0
    while True:
        statement = f"SELECT {ENTRY} FROM journal WHERE position >= $1 ORDER BY position LIMIT $2"
        rows = store.rows(statement, position, PAGE)
        for row in rows:
            if row[0] != position:
                yield f"journal: position {position} is missing"
                position = row[0]
            outcome = _again(row, state, own)
            if outcome != Outcome(row[2], row[3]):
                yield f"journal {position}: {row[2]} {row[3] or ''} was journaled, {outcome} is folded".replace(
                    "  ", " "
                )
            position += 1
        if len(rows) < PAGE:
            return


def _again(row: Sequence[Any], state: State, own: Device) -> Outcome:
    position, received_ms, outcome, reason, header_bytes, salt, body, effective_ms = row
    read = read_entry(bytes(header_bytes), salt, body)
    header = read.edit.header
    times = Times(claimed_ms(header), effective_ms, received_ms)
    if reason == "fork":
        set_aside(header, state)
        _remember_aside(read, state, times, position)
        return Outcome(outcome, reason)
    device = own if header.device == own.id else state.get("device", None, header.device)
    author = state.get("person", None, header.author)
    folded = fold(read, state, device, author, times, position)
    if folded.outcome == "quarantined":
        _remember_aside(read, state, times, position)
    return folded


def _remember_aside(read: Read, state: State, times: Times, position: int) -> None:
    """Somebody may have released it later."""
    author = state.get("person", None, read.edit.header.author)
    aside = as_aside(read, times, position, author.name if author else "", state)
    state.remember("aside", str(position), aside)


def _enrolment(row: Row) -> Row:
    return (*row[:5], row[8])


def _stored(store: Store, table: Table) -> list[Row]:
    return [tuple(row) for row in store.rows(f"SELECT {columns_of(table)} FROM {table.name}")]


def _compare(name: str, folded: Iterable[Row], stored: Iterable[Row], width: int) -> Iterator[str]:
    ours = {row[:width]: row for row in folded}
    theirs = {row[:width]: tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in stored}
    told = 0
    for key in sorted(ours.keys() | theirs.keys()):
        if ours.get(key) == theirs.get(key):
            continue
        told += 1
        if told <= SHOWN:
            what = "missing" if key not in theirs else "not in the journal" if key not in ours else "different"
            yield f"{name} {' '.join(map(str, key))}: {what}"
    if told > SHOWN:
        yield f"{name}: {told - SHOWN} more"

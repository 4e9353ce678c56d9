"""The journal folded from zero beside the tables: they must agree, byte for byte, and can be made to.

Both are read in one transaction, so that a server may go on serving meanwhile. Tables are read as streams in the order
of their keys and compared row by row: memory stays flat however long the journal is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import BigInteger, Boolean, Integer, Table

from server import schema
from server.db import Database
from server.journal.known import columns_of
from server.journal.replay import Progress, Replay, silent, stands_below
from server.journal.scratch import scratch
from server.journal.sql import Store
from server.journal.tables import MAPPINGS, Row
from server.journal.transactions import Transactions
from server.settings import Settings
from sync.rules import RULES_VERSION

SHOWN = 20
"""How many differences of one table are told."""
COPIED = 1000

PLAIN = [
    *(mapping.table for mapping in MAPPINGS.values()),
    schema.visit_revision,
    schema.fact_past,
    schema.aside_decision,
    schema.moved,
    schema.feed,
]
"""Tables that hold nothing but what edits fold to. Of `device` and `scope` only some columns do."""
PARTLY = {
    "device": ["id", "person", "public_key", "label", "kind", "enrolled_ms", "n", "hash", "revoked_ms"],
    "scope": ["scope", "name", "rev"],
}
FOLDED = [*PLAIN, schema.device, schema.scope]


@dataclass
class Rebuilt:
    """What a rebuild found and did: rows that were not what the journal folds to, by table; scopes that phones will
    fetch anew; and what is wrong with the journal itself, which no rebuild can mend."""

    rows: dict[str, int] = field(default_factory=dict)
    scopes: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)


async def refold_report(db: Database, settings: Settings, progress: Progress = silent) -> list[str]:
    """What differs between the journal folded from zero and the tables, in words for whoever runs the server."""
    transactions = Transactions(db)
    try:
        return await transactions.read(lambda store: list(differences(store, settings.utc_offset_min, progress)))
    finally:
        await transactions.close()


def differences(store: Store, utc_offset_min: int, progress: Progress = silent) -> Iterator[str]:
    """Fold every edit again and compare outcomes, tables and feed."""
    with scratch(FOLDED) as folded:
        yield from _refold(store, folded, utc_offset_min, progress)
        for table in FOLDED:
            told = 0
            for key, what in _compare(table, folded, store):
                told += 1
                if told <= SHOWN:
                    yield f"{table.name} {' '.join(map(str, key))}: {what}"
            if told > SHOWN:
                yield f"{table.name}: {told - SHOWN} more"


def rebuild(store: Store, utc_offset_min: int, only: Sequence[str] = (), progress: Progress = silent) -> Rebuilt:
    """Inside a writing transaction: make tables what the journal folds to, all of them or `only` those named."""
    store.row(f"SELECT size FROM journal_head WHERE id = 1{'' if store.sqlite else ' FOR UPDATE'}")
    done = Rebuilt()
    with scratch(FOLDED) as folded:
        done.trouble += _refold(store, folded, utc_offset_min, progress)
        for table in FOLDED:
            if only and table.name not in only:
                continue
            scopes: dict[str, None] = {}
            for key, _ in _compare(table, folded, store):
                done.rows[table.name] = done.rows.get(table.name, 0) + 1
                if table is schema.feed:
                    scopes[key[0]] = None
            if table.name in done.rows:
                _replace(table, folded, store)
            done.scopes += scopes
    # What phones hold of these is not what they would be sent now.
    changed = "UPDATE scope SET generation = generation + 1 WHERE scope = $1"
    store.run_each(changed, [(scope,) for scope in done.scopes])
    return done


def _refold(store: Store, folded: Store, utc_offset_min: int, progress: Progress) -> Iterator[str]:
    head = store.row("SELECT size, rules, log FROM journal_head WHERE id = 1")
    assert head is not None, "the journal was not begun"
    replay = Replay(store, head[2], folded, utc_offset_min, stands_below(store, head[1], RULES_VERSION))
    folded.insert(schema.device, replay.servers())
    yield from replay.run(head[0], progress)
    folded.run_each("UPDATE device SET n = $2, hash = $3 WHERE id = $1", replay.chains())


def _columns(table: Table) -> list[str]:
    found = PARTLY.get(table.name, list(table.columns.keys()))
    keys = list(table.primary_key.columns.keys())
    return [*keys, *(name for name in found if name not in keys)]


def _in_order(table: Table, store: Store) -> Iterator[Row]:
    """Rows with their key first, in the order in which Python sorts the keys."""
    names = ", ".join(f'"{name}"' for name in _columns(table))
    collate = "" if store.sqlite else ' COLLATE "C"'
    numbers = (Integer, BigInteger)
    order = ", ".join(
        f'"{column.name}"' + ("" if isinstance(column.type, numbers) else collate) for column in table.primary_key
    )
    for row in store.stream(f"SELECT {names} FROM {table.name} ORDER BY {order}"):
        yield tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)


def _compare(table: Table, folded: Store, stored: Store) -> Iterator[tuple[Row, str]]:
    """The keys of rows that differ, and how."""
    width = len(table.primary_key.columns)
    ours, theirs = _in_order(table, folded), _in_order(table, stored)
    mine, other = next(ours, None), next(theirs, None)
    while mine is not None or other is not None:
        if other is None or (mine is not None and mine[:width] < other[:width]):
            assert mine is not None
            yield mine[:width], "missing"
            mine = next(ours, None)
        elif mine is None or other[:width] < mine[:width]:
            yield other[:width], "not in the journal"
            other = next(theirs, None)
        else:
            if mine != other:
                yield mine[:width], "different"
            mine, other = next(ours, None), next(theirs, None)


def _replace(table: Table, folded: Store, store: Store) -> None:
    """Make the table what was folded; of `device` and `scope` the columns that edits decide."""
    if table.name in PARTLY:
        _replace_partly(table, folded, store)
        return
    store.run(f"DELETE FROM {table.name}")
    rows = folded.stream(f"SELECT {columns_of(table)} FROM {table.name}")
    while page := [as_written(row, table) for row in islice(rows, COPIED)]:
        store.insert(table, page)


def as_written(row: Sequence[Any], table: Table) -> Row:
    """A row of SQLite for either database: SQLite knows no truth values, PostgreSQL takes nothing else."""
    values = list(row)
    for number in _truths(table):
        # Nobody may have said whether somebody lives there: that is not no.
        values[number] = None if values[number] is None else bool(values[number])
    return tuple(values)


@lru_cache(maxsize=50)
def _truths(table: Table) -> list[int]:
    return [number for number, column in enumerate(table.columns) if isinstance(column.type, Boolean)]


def _replace_partly(table: Table, folded: Store, store: Store) -> None:
    rows = list(folded.stream(f"SELECT {columns_of(table)} FROM {table.name}"))
    key, names = table.primary_key.columns.keys()[0], table.columns.keys()
    keys = [row[names.index(key)] for row in rows]
    held = {row[0] for row in store.rows(f"SELECT {key} FROM {table.name}")}
    store.run_each(f"DELETE FROM {table.name} WHERE {key} = $1", [(each,) for each in sorted(held - set(keys))])
    store.insert(table, [tuple(row) for row in rows if row[names.index(key)] not in held])
    wanted = [name for name in _columns(table) if name != key]
    settings = ", ".join(f'"{name}" = ${number}' for number, name in enumerate(wanted, 2))
    update = f"UPDATE {table.name} SET {settings} WHERE {key} = $1"
    store.run_each(update, [tuple(row[names.index(name)] for name in (key, *wanted)) for row in rows])

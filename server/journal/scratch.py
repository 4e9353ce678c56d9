"""A database of our own for a while: it holds what the journal folds to, and vanishes with the process."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from server.journal.sql import Store

ASKED_BY = {"ix_household_building", "ix_resident_household", "ix_visit_household", "ix_aside_decision_edit"}
"""The indexes that folding asks by; the others serve pages and phones."""
_PRAGMAS = ("journal_mode = OFF", "synchronous = OFF", "cache_size = -32768", "locking_mode = EXCLUSIVE")


@contextmanager
def scratch(tables: list[Table]) -> Iterator[Store]:
    """Empty tables. What does not fit into memory goes to a nameless file where SQLite keeps such (`SQLITE_TMPDIR`,
    else /var/tmp): it is gone even after a power cut."""
    connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        for statement in _statements(tuple(tables)):
            connection.execute(statement)
        connection.execute("BEGIN")
        yield Store(connection)
    finally:
        connection.close()


@cache
def _statements(tables: tuple[Table, ...]) -> list[str]:
    made: list[CreateTable | CreateIndex] = []
    for table in tables:
        made.append(CreateTable(table))
        made += [CreateIndex(index) for index in table.indexes if index.name in ASKED_BY]
    return [str(each.compile(dialect=sqlite.dialect())) for each in made]

"""A database of our own for a while: it holds what the journal folds to, and vanishes with the process."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

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
        for table in tables:
            connection.execute(str(CreateTable(table).compile(dialect=sqlite.dialect())))
            for index in table.indexes:
                if index.name not in ASKED_BY:
                    continue
                connection.execute(str(CreateIndex(index).compile(dialect=sqlite.dialect())))
        connection.execute("BEGIN")
        yield Store(connection)
    finally:
        connection.close()

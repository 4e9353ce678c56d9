"""SQL for the hot path, written once in PostgreSQL's spelling and turned into SQLite's where that is the database.

Rows travel as plain tuples in the order of the table's columns. On SQLite they go straight to the driver, many in one
statement: each statement gives the interpreter lock back once, so that requests are read while rows are written.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Table

T = TypeVar("T")

ROWS_A_STATEMENT = (100, 20, 4, 1)
"""For SQLite. A statement is prepared once for each of these numbers."""

STREAMED = 1000
"""How many rows of a stream PostgreSQL hands over at once."""

_ANY = re.compile(r"= ANY\(\$(\d+)\)")


@lru_cache(maxsize=500)
def _spelled(statement: str, sqlite: bool) -> str:
    if sqlite:
        return _ANY.sub(r"IN (SELECT value FROM json_each(?\1))", statement).replace("$", "?")
    return _ANY.sub(r"= ANY($\1::text[])", statement)


@lru_cache(maxsize=200)
def _insertion(table: Table, sqlite: bool, rows: int, replace: bool) -> str:
    columns = [f'"{column.name}"' for column in table.columns]
    width = len(columns)
    # SQLite counts bare question marks itself.
    places = [["?" if sqlite else f"${row * width + at + 1}" for at in range(width)] for row in range(rows)]
    values = ", ".join(f"({', '.join(row)})" for row in places)
    statement = f'INSERT INTO "{table.name}" ({", ".join(columns)}) VALUES {values}'
    if not replace:
        return statement
    key = [f'"{column.name}"' for column in table.primary_key.columns]
    rest = [f"{name} = excluded.{name}" for name in columns if name not in key]
    return f"{statement} ON CONFLICT ({', '.join(key)}) DO UPDATE SET {', '.join(rest)}"


class Store:
    """One connection, spoken to in tuples."""

    def __init__(self, connection: Connection | sqlite3.Connection) -> None:
        self._connection = connection
        self.sqlite = isinstance(connection, sqlite3.Connection)

    def among(self, values: Iterable[str]) -> Any:
        """The parameter behind `= ANY($n)`: any number of texts as one."""
        found = list(values)
        return msgspec.json.encode(found).decode() if self.sqlite else found

    def rows(self, statement: str, *parameters: Any) -> Sequence[Sequence[Any]]:
        """What a query answers."""
        found: Sequence[Sequence[Any]] = self._execute(_spelled(statement, self.sqlite), parameters).fetchall()
        return found

    def stream(self, statement: str, *parameters: Any) -> Iterator[Sequence[Any]]:
        """What a query answers, row by row, never all of it in memory."""
        spelled = _spelled(statement, self.sqlite)
        if isinstance(self._connection, sqlite3.Connection):
            yield from self._connection.execute(spelled, parameters)
            return
        options = {"stream_results": True, "max_row_buffer": STREAMED}
        yield from self._connection.exec_driver_sql(spelled, parameters, execution_options=options)

    def packed(self, made: type[T], columns: str, rest: str, *parameters: Any) -> Sequence[T]:
        """Rows as structs that are `array_like` and have the columns for fields, none of them bytes.

        On SQLite they come as one value: each row by itself would give the interpreter lock back and wait for it.
        """
        if not self.sqlite:
            return [made(*row) for row in self.rows(f"SELECT {columns} {rest}", *parameters)]
        packed = self.row(f"SELECT json_group_array(json_array({columns})) {rest}", *parameters)
        assert packed is not None
        return msgspec.json.decode(packed[0], type=list[made])  # type: ignore[valid-type]

    def row(self, statement: str, *parameters: Any) -> Sequence[Any] | None:
        """The first row of what a query answers."""
        cursor = self._execute(_spelled(statement, self.sqlite), parameters)
        found: Sequence[Any] | None = cursor.fetchone()
        cursor.close()
        return found

    def run(self, statement: str, *parameters: Any) -> None:
        """One statement for its effect."""
        self._execute(_spelled(statement, self.sqlite), parameters)

    def run_each(self, statement: str, parameters: Sequence[tuple[Any, ...]]) -> None:
        """One statement for its effect, for each tuple."""
        if parameters:
            self._execute_each(_spelled(statement, self.sqlite), parameters)

    def insert(self, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add rows."""
        self._write(table, rows, replace=False)

    def put(self, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add rows, or replace those with the same primary key."""
        self._write(table, rows, replace=True)

    def _write(self, table: Table, rows: Sequence[tuple[Any, ...]], *, replace: bool) -> None:
        if not self.sqlite:
            if rows:
                self._execute_each(_insertion(table, False, 1, replace), rows)
            return
        start = 0
        for count in ROWS_A_STATEMENT:
            while len(rows) - start >= count:
                values = tuple(chain.from_iterable(rows[start : start + count]))
                self._execute(_insertion(table, True, count, replace), values)
                start += count

    def _execute(self, statement: str, parameters: tuple[Any, ...]) -> Any:
        if isinstance(self._connection, sqlite3.Connection):
            return self._connection.execute(statement, parameters)
        return self._connection.exec_driver_sql(statement, parameters)

    def _execute_each(self, statement: str, parameters: Sequence[tuple[Any, ...]]) -> None:
        if isinstance(self._connection, sqlite3.Connection):
            self._connection.executemany(statement, parameters)
        else:
            self._connection.exec_driver_sql(statement, list(parameters))

"""What the fold asks the database: things by kind, grid and id."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Table

from server import schema
from server.journal.sql import Store
from server.journal.tables import MAPPINGS, device_of, revision_of
from sync.edit import read_header
from sync.entities import Door
from sync.fold import Journaled, known_as


@lru_cache(maxsize=50)
def columns_of(table: Table) -> str:
    """The table's columns, in order, for a SELECT."""
    return ", ".join(f'"{column.name}"' for column in table.columns)


class Known:
    """Fetches what edits are about to meet, many at once."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def fetch(self, kind: str, grid: str | None, ids: Iterable[str]) -> Iterable[tuple[str, Any]]:
        """Things of one kind and grid that exist, by id."""
        match kind:
            case "journaled":
                return self._journaled(ids)
            case "visits_at":
                return self._visits_at(grid, ids)
            case "revisions":
                return self._revisions(grid, ids)
            case "door":
                return self._doors(grid, ids)
            case "device":
                return ((row[0], device_of(row)) for row in self._by_id(schema.device, ids))
        mapping = MAPPINGS[kind]
        if "grid" not in mapping.table.columns:
            return ((row[0], mapping.from_row(row)) for row in self._by_id(mapping.table, ids))
        statement = f"SELECT {columns_of(mapping.table)} FROM {mapping.table.name} WHERE grid = $1 AND id = ANY($2)"
        rows = self.store.rows(statement, grid, self.store.among(ids))
        return ((row[1], mapping.from_row(row)) for row in rows)

    def _doors(self, grid: str | None, ids: Iterable[str]) -> Iterable[tuple[str, Any]]:
        # Every visit asks for its door: the one query that has as many rows as the push has edits.
        rest = "FROM door WHERE grid = $1 AND id = ANY($2)"
        doors = self.store.packed(Door, columns_of(schema.door), rest, grid, self.store.among(ids))
        return ((door.id, door) for door in doors)

    def _by_id(self, table: Table, ids: Iterable[str]) -> Any:
        statement = f"SELECT {columns_of(table)} FROM {table.name} WHERE id = ANY($1)"
        return self.store.rows(statement, self.store.among(ids))

    def _journaled(self, ids: Iterable[str]) -> Iterable[tuple[str, Any]]:
        statement = "SELECT id, outcome, author, header FROM journal WHERE id = ANY($1) ORDER BY position"
        found: dict[str, Journaled] = {}
        for id_, outcome, author, header in self.store.rows(statement, self.store.among(ids)):
            over = read_header(header).over if outcome == "quarantined" else {}
            found[id_] = known_as(found.get(id_), Journaled(outcome, author, over))
        return found.items()

    def _visits_at(self, grid: str | None, households: Iterable[str]) -> Iterable[tuple[str, Any]]:
        statement = "SELECT household, id FROM visit WHERE grid = $1 AND household = ANY($2)"
        found: dict[str, list[str]] = {}
        for household, visit in self.store.rows(statement, grid, self.store.among(households)):
            found.setdefault(household, []).append(visit)
        return found.items()

    def _revisions(self, grid: str | None, visits: Iterable[str]) -> Iterable[tuple[str, Any]]:
        columns = columns_of(schema.visit_revision)
        statement = f"SELECT {columns} FROM visit_revision WHERE grid = $1 AND visit = ANY($2) ORDER BY revision"
        found: dict[str, list[Any]] = {}
        for row in self.store.rows(statement, grid, self.store.among(visits)):
            found.setdefault(row[1], []).append(revision_of(row))
        return found.items()

    def receipts_at(self, positions: Iterable[int]) -> dict[int, int]:
        """When the edits at these positions were received."""
        wanted = sorted(set(positions))
        if not wanted:
            return {}
        # Positions are integers: they may stand in the statement itself.
        statement = f"SELECT position, received_ms FROM journal WHERE position IN ({', '.join(map(str, wanted))})"
        return {row[0]: row[1] for row in self.store.rows(statement)}


def json_list(text: str) -> list[str]:
    """A JSON list of texts."""
    return msgspec.json.decode(text, type=list[str])

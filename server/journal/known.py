"""What the fold asks the database: things by kind, grid and id."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Table

from server import schema
from server.journal.sql import Store
from server.journal.tables import DECIDED, MAPPINGS, decided_of, device_of, past_of, revision_of
from sync.edit import read_bare, read_edit, read_header, read_sealed
from sync.entities import Aside, Door, Past
from sync.fold import Journaled, Read, about, as_aside, known_as, needs, read_body
from sync.state import State
from sync.strict import INTEGER_MAX
from sync.times import Times, claimed_ms


@lru_cache(maxsize=50)
def columns_of(table: Table) -> str:
    """The table's columns, in order, for a SELECT."""
    return ", ".join(f'"{column.name}"' for column in table.columns)


class Known:
    """Fetches what edits are about to meet, many at once."""

    def __init__(self, store: Store, log: str, journal: Store | None = None, before: int = INTEGER_MAX) -> None:
        """`log`: the journal's own. `journal`: where edits are looked up, if not beside the tables. Only those `before`
        a position are known."""
        self.store = store
        self.log = log
        self.journal = journal or store
        self.before = before

    def fetch(self, kind: str, grid: str | None, ids: Iterable[str]) -> Iterable[tuple[str, Any]]:
        """Things of one kind and grid that exist, by id."""
        match kind:
            case "journaled":
                return self._journaled(ids)
            case "log":
                return self._logs(ids)
            case "visits_at":
                return self._held("household, id FROM visit", "household", grid, ids)
            case "residents_at":
                return self._held("household, id FROM resident", "household", grid, ids)
            case "items_at":
                return self._held("household, id FROM item", "household", grid, ids)
            case "whistles_at":
                return self._held("building, id FROM whistle", "building", grid, ids)
            case "grids_in":
                return self._grids_in(ids)
            case "homes_in":
                return self._held("building, id FROM household", "building", grid, ids)
            case "care_pairs_at":
                return self._held("household, id FROM care_pair", "household", grid, ids)
            case "care_checks_at":
                return self._held("household, id FROM care_check", "household", grid, ids)
            case "moved":
                rows = self.store.rows("SELECT id, grid FROM moved WHERE id = ANY($1)", self.store.among(ids))
                return ((row[0], row[1]) for row in rows)
            case "revisions":
                return self._revisions(grid, ids)
            case "door":
                return self._doors(grid, ids)
            case "past":
                return self._past(grid, ids)
            case "aside":
                return self._aside(ids)
            case "device":
                return ((row[0], device_of(row)) for row in self._by_id(schema.device, ids))
        mapping = MAPPINGS[kind]
        if "grid" not in mapping.table.primary_key.columns:
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
        statement = (
            "SELECT id, outcome, author, header, effective_ms FROM journal WHERE id = ANY($1) AND position < $2"
            " ORDER BY position"
        )
        found: dict[str, Journaled] = {}
        aside = []
        for id_, outcome, author, header, effective_ms in self.journal.rows(
            statement, self.journal.among(ids), self.before
        ):
            over: dict[str, list[str]] = {}
            if outcome == "quarantined":
                over = read_header(header).over
                aside.append(id_)
            found[id_] = known_as(found.get(id_), Journaled(outcome, author, over, effective_ms))
        if aside:
            released = "SELECT edit FROM aside_decision WHERE edit = ANY($1) AND decision = 'released'"
            for (id_,) in self.store.rows(released, self.store.among(aside)):
                found[id_] = found[id_]._replace(outcome="accepted")
        return found.items()

    def _logs(self, ids: Iterable[str]) -> Iterable[tuple[str, int]]:
        """How much of each log is here. Older ones are known by those that went on after them, also when what is folded
        again was journaled before: nobody could name a log that was not begun."""
        ended = {self.log: INTEGER_MAX}
        said = "SELECT body FROM journal WHERE kind = 'server.restored' AND outcome = 'accepted' ORDER BY position"
        if any(each != self.log for each in ids):
            bodies = [msgspec.json.decode(bytes(row[0])) for row in self.journal.rows(said)]
            ended = {**{body["from_log"]: body["from_size"] for body in reversed(bodies)}, **ended}
        return ((each, ended[each]) for each in ids if each in ended)

    def _past(self, grid: str | None, entities: Iterable[str]) -> Iterable[tuple[str, Any]]:
        columns = columns_of(schema.fact_past)
        statement = f"SELECT {columns} FROM fact_past WHERE grid = $1 AND entity = ANY($2) ORDER BY field, edit"
        found: dict[str, dict[str, list[Past]]] = {}
        for row in self.store.rows(statement, grid, self.store.among(entities)):
            found.setdefault(row[1], {}).setdefault(row[2], []).append(past_of(row))
        return found.items()

    def _aside(self, positions: Iterable[str]) -> Iterable[tuple[str, Any]]:
        state = State(self.fetch, utc_offset_min=0)
        for position in positions:
            if int(position) >= self.before:
                continue
            aside = read_aside(self.store, int(position), state, self.journal)
            if aside is not None:
                yield position, aside

    def _held(self, what: str, holder: str, grid: str | None, ids: Iterable[str]) -> Iterable[tuple[str, Any]]:
        statement = f"SELECT {what} WHERE grid = $1 AND {holder} = ANY($2)"
        found: dict[str, list[str]] = {}
        for in_, id_ in self.store.rows(statement, grid, self.store.among(ids)):
            found.setdefault(in_, []).append(id_)
        return found.items()

    def _grids_in(self, communities: Iterable[str]) -> Iterable[tuple[str, Any]]:
        statement = "SELECT community, id FROM grid WHERE community = ANY($1)"
        found: dict[str, list[str]] = {}
        for community, id_ in self.store.rows(statement, self.store.among(communities)):
            found.setdefault(community, []).append(id_)
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


def load_for(state: State, reads: Iterable[Read]) -> None:
    """Fetch what these edits will ask for, in few queries."""
    wanted: dict[tuple[str, str | None], list[str]] = {}
    journaled = wanted.setdefault(("journaled", None), [])
    erased = wanted.setdefault(("erased", None), [])
    people = wanted.setdefault(("person", None), [])
    for read in reads:
        header = read.edit.header
        journaled.append(header.id)
        for named in header.over.values():
            journaled.extend(named)
        people.append(header.author)
        erased += (header.id, header.entity, about(read))
        for key in needs(read):
            wanted.setdefault((key.kind, key.grid), []).append(key.id)
    for (kind, grid), ids in wanted.items():
        state.load(kind, grid, ids)


ENTRY = "position, received_ms, outcome, reason, header, salt, body, effective_ms"
"""What the journal tells of an edit, for folding it again."""


def read_entry(header: bytes, salt: bytes | None, body: bytes | None) -> Read:
    """An edit of the journal, looked into once more; without a body when that was erased."""
    if salt is None or body is None:
        return read_body(read_bare(header))
    if not salt:
        return read_body(read_sealed(header, bytes(body)))
    return read_body(read_edit(header, bytes(salt), bytes(body)))


def read_aside(store: Store, position: int, state: State, journal: Store | None = None) -> Aside | None:
    """What was set aside at a position, and what was decided about it; None when nothing was."""
    row = (journal or store).row(
        f"SELECT {ENTRY} FROM journal WHERE position = $1 AND outcome = 'quarantined'", position
    )
    if row is None:
        return None
    read = read_entry(bytes(row[4]), row[5], row[6])
    header = read.edit.header
    author = state.get("person", None, header.author)
    times = Times(claimed_ms(header), row[7], row[1])
    aside = as_aside(read, times, position, author.name if author else "", state)
    decided = store.row(f"SELECT {DECIDED} FROM aside_decision WHERE position = $1", position)
    return aside if decided is None else decided_of(aside, decided)

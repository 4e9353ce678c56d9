"""Writing what edits changed: the tables, and the feed that phones pull."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server import schema
from server.journal.sql import Store
from server.journal.tables import MAPPINGS, Row, decision_row, device_row, past_rows, revision_row
from sync.entities import Action, Aside, CarePair, DailyLog, Erasure, Grid, Paired, Patrol, PatrolNote, Person, Report
from sync.rows import OWN_ROWS, ROWS, action_row, aside_row, grid_row, log_row, report_row, volunteer_row
from sync.rules.facts import shown
from sync.rules.report import houses
from sync.rules.roles import NEIGHBOURS
from sync.state import Gone, Key, State


def scope_of(grid: str) -> str:
    """The scope that a grid's rows are pulled under."""
    return f"grid:{grid}"


def own_scope(person: str) -> str:
    """The scope of what concerns one person alone: what became of their edits, their logs and patrols, what they
    reported, whom they look in on, what they are to do. It begins with its first row."""
    return f"person:{person}"


def table_rows(changed: Mapping[Key, Any]) -> dict[str, list[Row]]:
    """The rows of the tables, by table name."""
    found: dict[str, list[Row]] = {}
    to_row = {kind: mapping.to_row for kind, mapping in MAPPINGS.items()}
    for key, value in changed.items():
        kind = key.kind
        if isinstance(value, Gone):
            continue
        if kind in to_row:
            found.setdefault(MAPPINGS[kind].table.name, []).append(to_row[kind](value))
        elif kind == "device":
            found.setdefault(kind, []).append(device_row(value))
        elif kind == "revisions":
            rows = [revision_row(key.grid or "", key.id, revision) for revision in value]
            found.setdefault("visit_revision", []).extend(rows)
        elif kind == "past":
            found.setdefault("fact_past", []).extend(past_rows(key.grid or "", key.id, value))
        elif kind == "moved":
            found.setdefault("moved", []).append((key.id, value))
        elif kind == "aside":
            found.setdefault("aside_decision", []).append(decision_row(value))
    return found


KEPT_IN = {
    "building": ("building", "id"),
    "household": ("household", "id"),
    "door": ("door", "id"),
    "resident": ("resident", "id"),
    "restricted": ("restricted_tag", "id"),
    "visit": ("visit", "id"),
    "item": ("item", "id"),
    "whistle": ("whistle", "id"),
    "revisions": ("visit_revision", "visit"),
    "past": ("fact_past", "entity"),
    "daily_log": ("daily_log", "id"),
    "patrol": ("patrol", "id"),
    "patrol_note": ("patrol_note", "id"),
    "verification_order": ("verification_order", "id"),
    "order_answer": ("order_answer", "id"),
    "care_pair": ("care_pair", "id"),
    "care_reason": ("care_reason", "id"),
    "care_check": ("care_check", "id"),
}
"""For what may leave a grid, or end: its table, and the column that names it there beside the grid."""


def _take_away(store: Store, changed: Mapping[Key, Any]) -> None:
    gone = [key for key, value in changed.items() if isinstance(value, Gone)]
    store.run_each("DELETE FROM moved WHERE id = $1", [(key.id,) for key in gone if key.kind == "moved"])
    pairs = [(key.grid, *key.id.split(" ")) for key in gone if key.kind == "pair"]
    store.run_each("DELETE FROM opening WHERE id = $1", [(key.id,) for key in gone if key.kind == "opening"])
    store.run_each("DELETE FROM report WHERE id = $1", [(key.id,) for key in gone if key.kind == "report"])
    tickets = [(key.id,) for key in gone if key.kind == "hotline_ticket"]
    store.run_each("DELETE FROM hotline_ticket WHERE id = $1", tickets)
    store.run_each("DELETE FROM suggestion WHERE id = $1", [(key.id,) for key in gone if key.kind == "suggestion"])
    for kind in ("resident_receipt", "resident_contact"):
        store.run_each(f"DELETE FROM {kind} WHERE id = $1", [(key.id,) for key in gone if key.kind == kind])
    store.run_each("DELETE FROM pair_verdict WHERE grid = $1 AND a = $2 AND b = $3", pairs)
    for kind, (table, column) in KEPT_IN.items():
        left = [(key.grid, key.id) for key in gone if key.kind == kind]
        store.run_each(f"DELETE FROM {table} WHERE grid = $1 AND {column} = $2", left)


def _put_devices(store: Store, rows: list[Row]) -> None:
    """New devices; of those that are known, how far their chains have come stays."""
    columns = [column.name for column in schema.device.columns]
    places = ", ".join(f"${number}" for number in range(1, len(columns) + 1))
    insert = f"INSERT INTO device ({', '.join(columns)}) VALUES ({places})"
    store.run_each(f"{insert} ON CONFLICT (id) DO UPDATE SET revoked_ms = excluded.revoked_ms", rows)


def _concerns_author(aside: Aside) -> bool:
    """It was decided, or what was decided about it was erased; a comment alone is told to nobody's phone."""
    return aside.decision is not None or not aside.comments


def _row_of(key: Key) -> tuple[str, str, str]:
    """The scope, kind and id of a row: a grid's, or one that is a person's own."""
    if key.grid is not None:
        return scope_of(key.grid), key.kind, key.id
    person, id_ = key.id.split(" ")
    return own_scope(person), key.kind, id_


def _report_rows(report: Report) -> list[Row]:
    """A report as its author has it, and whoever walks its grid; taken back, it is nobody's to look after."""
    told = report_row(report)
    rows: list[Row] = [(own_scope(report.author), "report", report.id, report.rev, told)]
    if report.grid is not None:
        shown = None if report.state == "withdrawn" else told
        rows.append((scope_of(report.grid), "report", report.id, report.rev, shown))
    return rows


def feed_rows(changed: Mapping[Key, Any], state: State, utc_offset_min: int) -> list[Row]:
    """The rows of the feed: (scope, kind, id, rev, data)."""
    rows: list[Row] = []
    for key, value in changed.items():
        make = ROWS.get(key.kind)
        if isinstance(value, Gone):
            if value.whose is not None:
                rows.append((own_scope(value.whose), key.kind, key.id, value.rev, None))
            if value.told is not None:
                rows.append((scope_of(value.told), key.kind, key.id, value.rev, None))
            if value.whose is None and make is not None:
                rows.append((*_row_of(key), value.rev, None))
        elif make is not None:
            rows.append((*_row_of(key), value.rev, make(value)))
        elif key.kind == "aside" and _concerns_author(value):
            header = value.header
            told = None if value.decision in (None, "reopened") else aside_row(value)
            rows.append((own_scope(header.author), "aside", header.id, value.rev, told))
        elif key.kind == "report":
            rows += _report_rows(value)
        elif key.kind == "person" and value.role in NEIGHBOURS:
            community = state.get("community", None, value.community) if value.community else None
            told = volunteer_row(value, community, houses(state, value.community, value.buildings))
            rows.append((own_scope(value.id), "volunteer", value.id, value.rev, told))
        elif key.kind == "daily_log":
            rows.append((own_scope(value.author), key.kind, key.id, value.rev, log_row(value)))
        elif key.kind in OWN_ROWS:
            rows.append((own_scope(value.author), key.kind, key.id, value.rev, OWN_ROWS[key.kind](value)))
        elif key.kind == "action":
            rows.append((own_scope(value.owner), key.kind, key.id, value.rev, action_row(value)))
            rows += [(own_scope(each), key.kind, key.id, value.rev, None) for each in value.were]
        elif key.kind == "grid":
            community = state.get("community", None, value.community)
            rows.append((scope_of(key.id), "grid", key.id, value.rev, grid_row(value, community, utc_offset_min)))
    for each in paired(changed, state):
        rows.append((own_scope(each.pair.carer), "paired", each.pair.id, each.rev, ROWS["paired"](each)))
    return rows


def paired(changed: Mapping[Key, Any], state: State) -> list[Paired]:
    """What carers are told anew: of pairs that changed, and of those whose home or whose person did."""
    touched: dict[str, set[str]] = {}
    standing = {key: value for key, value in changed.items() if not isinstance(value, Gone)}
    for key, value in standing.items():
        if key.kind in ("household", "resident") and key.grid is not None:
            touched.setdefault(key.grid, set()).add(key.id if key.kind == "household" else value.household)
    found = {key: value for key, value in standing.items() if key.kind == "care_pair"}
    for grid, homes in touched.items():
        state.load("care_pairs_at", grid, sorted(homes))
        for home in sorted(homes):
            for pair in state.held("care_pair", grid, home).values():
                about = (Key("household", grid, home), Key("resident", grid, pair.resident or ""))
                if any(key in standing for key in about):
                    found[Key("care_pair", grid, pair.id)] = pair
    return [_paired(pair, state) for pair in found.values()]


def _paired(pair: CarePair, state: State) -> Paired:
    home = state.get("household", pair.grid, pair.household)
    building = state.get("building", pair.grid, home.building)
    who = state.get("resident", pair.grid, pair.resident) if pair.resident else None
    name = shown(who.facts, "name") if who is not None else shown(home.facts, "contact")
    place = (building.quarters, building.name, home.entrance, home.floor, home.room)
    return Paired(pair, name, place, max(each.rev for each in (pair, home, who) if each is not None))


def scope_rows(changed: Mapping[Key, Any]) -> list[Row]:
    """A scope for each new grid, and for each person with something of their own: (scope, generation, name, rev)."""
    found: dict[str, Row] = {}
    for key, value in changed.items():
        if isinstance(value, Erasure) and value.whose:
            scope = _row_of(key)[0]
            found[scope] = (scope, 1, value.whose, value.rev)
        elif isinstance(value, Grid):
            found[scope_of(value.id)] = (scope_of(value.id), 1, value.name, value.rev)
        elif isinstance(value, Aside) and _concerns_author(value):
            scope = own_scope(value.header.author)
            found[scope] = (scope, 1, value.by, value.rev)
        elif isinstance(value, DailyLog | Patrol | PatrolNote | Report):
            scope = own_scope(value.author)
            found[scope] = (scope, 1, value.by, value.rev)
        elif isinstance(value, Action):
            for owner, name in (*value.were.items(), (value.owner, value.owner_name)):
                found[own_scope(owner)] = (own_scope(owner), 1, name, value.rev)
        elif isinstance(value, Person) and value.role in NEIGHBOURS:
            scope = own_scope(value.id)
            found[scope] = (scope, 1, value.name, value.rev)
        elif isinstance(value, CarePair):
            scope = own_scope(value.carer)
            found[scope] = (scope, 1, value.by, value.rev)
    return list(found.values())


def write_changes(store: Store, state: State, utc_offset_min: int) -> list[Row]:
    """Bring tables, feed and scopes up to what the edits of this transaction changed; returns the feed's rows."""
    if any(isinstance(value, Gone) for value in state.changed.values()):
        _take_away(store, state.changed)
    for name, rows in table_rows(state.changed).items():
        if name == "device":
            _put_devices(store, rows)
        else:
            store.put(schema.metadata.tables[name], rows)
    feed = feed_rows(state.changed, state, utc_offset_min)
    store.put(schema.feed, feed)
    known = "ON CONFLICT (scope) DO UPDATE SET name = excluded.name"
    insert = f"INSERT INTO scope (scope, generation, name, rev) VALUES ($1, $2, $3, $4) {known}"
    store.run_each(insert, scope_rows(state.changed))
    newest: dict[str, int] = {}
    for row in feed:
        newest[row[0]] = max(row[3], newest.get(row[0], -1))
    store.run_each("UPDATE scope SET rev = $2 WHERE scope = $1", sorted(newest.items()))
    return feed

"""Erasing: the words of edits go from the journal, what they folded to goes from the tables and from phones.

Headers, hashes and the chain stay, so that everything still verifies. That something went is an edit itself, journaled
in the very transaction that takes the words away; folding the journal later leaves the same behind
(sync/rules/erased.py). Each call is one transaction of a few hundred visits: a server serves between two of them, and
whoever is interrupted goes on where they stopped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from uuid_utils import uuid7

from server.journal.batch import Batch
from server.journal.drafts import Draft
from server.journal.sql import Store
from sync.edit import NOBODY
from sync.entities import BLOB_NAME
from sync.rules.whistle_ways import OVER

VISITS_A_TIME = 200


@dataclass(frozen=True)
class Due:
    """A visit whose time is over, and the door it stands at."""

    grid: str
    household: str
    visit: str


def visits_due(store: Store, before_ms: int) -> list[Due]:
    """Visits that happened before a moment and had come by then. What came late is counted from when it came."""
    late = "occurred_at_ms < $1 AND effective_ms < $1"
    rows = store.rows(f"SELECT grid, household, id FROM visit WHERE {late} ORDER BY grid, household, id", before_ms)
    return [Due(*row) for row in rows]


def aside_due(store: Store, before_ms: int) -> list[str]:
    """Visits and corrections that were set aside before a moment, never took effect and still have their words; and of
    every kind what was set aside because the thing it is about had been erased."""
    kinds = "(kind IN ('visit.recorded', 'visit.corrected') OR reason = 'erased')"
    aside = f"outcome = 'quarantined' AND {kinds} AND body IS NOT NULL"
    standing = "SELECT 1 FROM visit WHERE visit.id = journal.entity"
    released = "aside_decision.position = journal.position AND decision = 'released'"
    rows = store.rows(
        f"SELECT id FROM journal WHERE {aside} AND received_ms < $1 AND NOT EXISTS ({standing})"
        f" AND NOT EXISTS (SELECT 1 FROM aside_decision WHERE {released}) ORDER BY position",
        before_ms,
    )
    return [row[0] for row in rows]


def erase_visits(batch: Batch, due: Sequence[Due], before_ms: int) -> int:
    """One transaction: these visits of one grid go; those that are gone already are no matter. Tells how many went."""
    store, grid = batch.store, due[0].grid
    ids = [each.visit for each in due]
    standing = "SELECT id, household FROM visit WHERE grid = $1 AND id = ANY($2) ORDER BY household, id"
    here = {row[0]: row[1] for row in store.rows(standing, grid, store.among(ids))}
    if not here:
        return 0
    homes: dict[str, list[dict[str, Any]]] = {}
    were = _were(store, grid, here)
    for visit, household in here.items():
        left = were.get(visit)
        homes.setdefault(household, []).append({"id": visit, **({"were": left} if left else {})})
    pairs = pairs_of(store, here)
    words = words_of(store, here, [each[1] for each in pairs])
    body = {
        "what": "visits",
        "before_ms": before_ms,
        "count": len(here),
        "homes": [{"household": household, "visits": visits} for household, visits in homes.items()],
        "pairs": [{"grid": each[0], "a": each[1], "b": each[2]} for each in pairs],
        "edits": [each for each in words if each not in here],
    }
    _say(batch, grid, body)
    blank(store, words)
    drop_downloads(store, grid)
    return len(here)


def erase_aside(batch: Batch, edits: Sequence[str], before_ms: int) -> int:
    """One transaction: what was set aside and never took effect loses its words."""
    if edits:
        body = {"what": "visits", "before_ms": before_ms, "count": len(edits), "edits": list(edits)}
        _say(batch, None, body)
        blank(batch.store, edits)
    return len(edits)


def suggestions_due(store: Store, before_ms: int) -> list[str]:
    """Suggestions that came before a moment, and those set aside then, which the station's list does not show."""
    standing = "SELECT id FROM suggestion WHERE received_ms < $1"
    aside = (
        "SELECT id FROM journal WHERE kind = 'suggestion.made' AND outcome = 'quarantined'"
        " AND body IS NOT NULL AND received_ms < $1"
    )
    rows = store.rows(f"{standing} UNION {aside} ORDER BY id", before_ms)
    return [row[0] for row in rows]


def erase_suggestions(batch: Batch, edits: Sequence[str], before_ms: int) -> int:
    """One transaction: these suggestions go."""
    if edits:
        _say(batch, None, {"what": "suggestions", "before_ms": before_ms, "count": len(edits), "edits": list(edits)})
        blank(batch.store, edits)
    return len(edits)


class Case(NamedTuple):
    """A case whose time is over, and whose own phones were told of it, if it is somebody's."""

    kind: str
    grid: str | None
    id: str
    whose: str | None


CASES = {
    "daily_log": ("sent_ms", "author"),
    "patrol": ("coalesce(ended_ms, started_ms)", "author"),
    "patrol_note": ("noted_ms", "author"),
    "verification_order": ("issued_ms", "NULL"),
    "item": ("occurred_at_ms", "NULL"),
    "report": ("received_ms", "author"),
    "whistle": ("stepped_ms", "NULL"),
    "hotline_ticket": ("received_ms", "NULL"),
}
"""What goes by steps, by kind and table: from when its time is counted, and whose own it is."""
SAID = ("daily_log", "patrol", "order", "item", "report", "whistle", "hotline_ticket")
"""How kinds of edits about them begin."""


def cases_due(store: Store, before_ms: int) -> list[Case]:
    """Cases that last came before a moment."""
    found: list[Case] = []
    for kind, (at, whose) in CASES.items():
        rows = store.rows(f"SELECT grid, id, {whose} FROM {kind} WHERE {at} < $1 ORDER BY grid, id", before_ms)
        found += [Case(kind, *row) for row in rows]
    orders = store.among([case.id for case in found if case.kind == "verification_order"])
    answers = "SELECT grid, id FROM order_answer WHERE verification_order = ANY($1) ORDER BY grid, id"
    return [*found, *(Case("order_answer", row[0], row[1], None) for row in store.rows(answers, orders))]


def cases_aside_due(store: Store, before_ms: int) -> list[str]:
    """What was said of cases before a moment, was set aside, and never took effect."""
    kinds = _kinds()
    released = "aside_decision.position = journal.position AND decision = 'released'"
    rows = store.rows(
        f"SELECT id FROM journal WHERE outcome = 'quarantined' AND ({kinds}) AND body IS NOT NULL AND received_ms < $1"
        f" AND NOT EXISTS (SELECT 1 FROM aside_decision WHERE {released}) ORDER BY position",
        before_ms,
    )
    return [row[0] for row in rows]


def erase_cases(batch: Batch, due: Sequence[Case], aside: Sequence[str], before_ms: int) -> int:
    """One transaction: these cases go, with every word that was said of them, and what was set aside."""
    store = batch.store
    about = f"SELECT id FROM journal WHERE entity = ANY($1) AND ({_kinds()}) AND body IS NOT NULL ORDER BY position"
    words = [*(row[0] for row in store.rows(about, store.among([case.id for case in due]))), *aside]
    gone = [{name: value for name, value in case._asdict().items() if value is not None} for case in due]
    for case in gone:
        if case["kind"] in ("item", "whistle") and (left := _were(store, case["grid"], [case["id"]], case["kind"])):
            case["were"] = left[case["id"]]
    if words or gone:
        body = {"what": "cases", "before_ms": before_ms, "count": len(due) + len(aside), "cases": gone, "edits": words}
        _say(batch, None, body)
        blank(store, words)
        for grid in sorted({case.grid for case in due if case.grid is not None}):
            drop_downloads(store, grid)
    return len(due)


class Contact(NamedTuple):
    """How a resident was to be reached about a whistle, and the edit that says it."""

    whistle: str
    edit: str


def contacts_due(store: Store, before_ms: int) -> list[Contact]:
    """Those of whistles that were over before a moment."""
    over = ", ".join(f"'{state}'" for state in OVER)
    of = "FROM resident_contact c JOIN whistle w ON w.id = c.id"
    query = f"SELECT c.id, c.edit {of} WHERE w.state IN ({over}) AND w.stepped_ms < $1 ORDER BY c.id"
    return [Contact(*row) for row in store.rows(query, before_ms)]


def contact_of(store: Store, whistle: str) -> list[Contact]:
    """That of one whistle, if there is any."""
    return [Contact(*row) for row in store.rows("SELECT id, edit FROM resident_contact WHERE id = $1", whistle)]


def erase_contacts(batch: Batch, due: Sequence[Contact], before_ms: int) -> int:
    """One transaction: how to reach these residents goes; what they said stays."""
    if due:
        gone = [{"kind": "resident_contact", "id": each.whistle} for each in due]
        edits = [each.edit for each in due]
        body = {"what": "contacts", "before_ms": before_ms, "count": len(due), "cases": gone, "edits": edits}
        _say(batch, None, body)
        blank(batch.store, edits)
    return len(due)


def _kinds() -> str:
    return " OR ".join(f"kind LIKE '{kind}.%'" for kind in SAID)


def erase_looks(batch: Batch, before_ms: int) -> int:
    """One transaction: lines of who looked, older than a moment."""
    row = batch.store.row("SELECT count(*) FROM access_record WHERE at_ms < $1", before_ms)
    count = int(row[0]) if row is not None else 0
    if count:
        _say(batch, None, {"what": "access", "before_ms": before_ms, "count": count})
        batch.store.run("DELETE FROM access_record WHERE at_ms < $1", before_ms)
    return count


def erase_again(batch: Batch) -> int:
    """What was erased once and came back with a restored backup loses its words again; returns how many edits did."""
    store, count = batch.store, 0
    kinds = "kind IN ('records.erased', 'words.erased') AND outcome = 'accepted'"
    for (body,) in store.rows(f"SELECT body FROM journal WHERE {kinds} ORDER BY position"):
        said = json.loads(bytes(body))
        visits = [visit["id"] for home in said.get("homes", ()) for visit in home["visits"]]
        pairs = [pair["a"] for pair in said.get("pairs", ())]
        count += blank(store, [*words_of(store, visits, pairs), *said.get("edits", ())])
    return count


def blobs_named(store: Store) -> set[str]:
    """Every photo and voice note that anything still names: a visit, a patrol's note or a log, a telling of these, a
    report, a look-in, an answer of an order, an item or a whistle or what was said of it, or what was set aside."""
    found: set[str] = set()
    for table in ("visit", "report", "care_check", "order_answer"):
        for (said,) in store.stream(f"SELECT blobs FROM {table} WHERE blobs <> '[]'"):
            found.update(blob["sha256"] for blob in json.loads(said))
    for table in ("whistle", "item"):
        for blobs, story in store.stream(f"SELECT blobs, story FROM {table}"):
            named = [*json.loads(blobs), *(blob for told in json.loads(story) for blob in told.get("blobs", ()))]
            found.update(blob["sha256"] for blob in named)
    bodies = [row[0] for row in store.stream("SELECT body FROM visit_revision")]
    for table in ("patrol_note", "daily_log"):
        for (tellings,) in store.stream(f"SELECT tellings FROM {table}"):
            bodies += [telling["body"] for telling in json.loads(tellings)]
    aside = "SELECT body FROM journal WHERE outcome = 'quarantined' AND body IS NOT NULL"
    bodies += [bytes(row[0]).decode(errors="replace") for row in store.stream(aside)]
    for body in bodies:
        if '"blobs"' in body:
            found.update(names_in(body))
    return found


def names_in(body: str) -> Iterable[str]:
    """The photos and voice notes that a body names, also one that nobody could fold."""
    try:
        said = json.loads(body)
    except ValueError:
        return []
    blobs = said.get("blobs") if isinstance(said, dict) else None
    named = [each.get("sha256") for each in blobs or () if isinstance(each, dict)]
    return [each for each in named if isinstance(each, str) and re.search(BLOB_NAME, each)]


def _say(batch: Batch, grid: str | None, body: dict[str, Any]) -> None:
    id_ = str(uuid7())
    (receipt,) = batch.commit([Draft("records.erased", id_, grid, NOBODY, body, id=id_)])
    if receipt.outcome != "accepted":
        raise RuntimeError(f"records.erased: {receipt.outcome} {receipt.reason}")


def _were(store: Store, grid: str, ids: Iterable[str], kind: str = "visit") -> dict[str, list[str]]:
    """For each of them the other grids whose phones were told that it left."""
    found: dict[str, list[str]] = {}
    statement = f"SELECT id, scope FROM feed WHERE kind = '{kind}' AND id = ANY($1) AND data IS NULL ORDER BY id, scope"
    for id_, scope in store.rows(statement, store.among(ids)):
        if scope != f"grid:{grid}":
            found.setdefault(id_, []).append(scope.removeprefix("grid:"))
    return found


def pairs_of(store: Store, visits: Iterable[str]) -> Sequence[Sequence[str]]:
    """What was said of these visits and others that look alike."""
    ids = store.among(visits)
    statement = "SELECT grid, a, b FROM pair_verdict WHERE a = ANY($1) OR b = ANY($1) ORDER BY grid, a, b"
    return [tuple(row) for row in store.rows(statement, ids)]


def words_of(store: Store, visits: Iterable[str], pairs: Iterable[str]) -> list[str]:
    """Every edit about these visits that has words, and what was said of pairs that begin with `pairs`."""
    gone = set(visits)
    ids = store.among(sorted(gone))
    made = store.rows("SELECT id FROM journal WHERE id = ANY($1) AND body IS NOT NULL", ids)
    later = store.rows(
        "SELECT id FROM journal WHERE entity = ANY($1) AND entity <> id AND kind LIKE 'visit.%' AND body IS NOT NULL",
        ids,
    )
    judged = store.rows(
        "SELECT id, body FROM journal WHERE entity = ANY($1) AND entity <> id AND kind = 'pair.judged'"
        " AND body IS NOT NULL",
        store.among(sorted({*gone, *pairs})),
    )
    of_these = [row[0] for row in judged if gone & set(json.loads(bytes(row[1])).values())]
    return [*(row[0] for row in (*made, *later)), *of_these]


def blank(store: Store, edits: Iterable[str]) -> int:
    """The words of these edits, and the salt that their hash was made with, are no more."""
    ids = store.among(edits)
    row = store.row("SELECT count(*) FROM journal WHERE id = ANY($1) AND body IS NOT NULL", ids)
    store.run("UPDATE journal SET salt = NULL, body = NULL WHERE id = ANY($1)", ids)
    return int(row[0]) if row is not None else 0


def drop_downloads(store: Store, grid: str) -> None:
    """First downloads that were made before hold what went."""
    old = "SELECT id FROM snapshot WHERE scope = $1"
    store.run(f"DELETE FROM snapshot_part WHERE snapshot IN ({old})", f"grid:{grid}")
    store.run("DELETE FROM snapshot WHERE scope = $1", f"grid:{grid}")

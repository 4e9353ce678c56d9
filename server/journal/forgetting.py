"""What a station master erases: all that was ever written of one resident, one home or one visit.

Found first, so that the page can say what will go; then, in one transaction, said as an edit (sync/rules/words.py) and
taken from the journal. What stands around it stays: headers, hashes, the chain, the door.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from uuid_utils import uuid7

from server import schema
from server.journal.batch import Batch
from server.journal.drafts import Draft, Receipt
from server.journal.erasing import blank, drop_downloads, names_in, pairs_of
from server.journal.sql import Store

EDITS_MAX = 5000
"""So many edits fit into the one that names them."""
BY_BODY = ("resident.restricted", "restricted.viewed", "export.made")
"""Kinds whose header does not say whom they are about."""


class TooMany(Exception):
    """More was written of it than one erasure can name."""


class Alone(Exception):
    """Others wrote in this transaction: what they wrote could not be found yet. It is done again by itself."""


class Thing(NamedTuple):
    """What loses its words: a `resident`, a `household` or a `visit`, in the grid where it stands, and its home."""

    of: str
    id: str
    grid: str
    household: str


class Elsewhere(NamedTuple):
    """An edit that speaks of somebody in its body alone."""

    id: str
    about: str


@dataclass
class Going:
    """What will go. `worded`: how many of the edits have words still; `blobs`: photos and voice notes they name."""

    thing: Thing
    edits: list[str]
    worded: int
    residents: list[str] = field(default_factory=list)
    visits: dict[str, str] = field(default_factory=dict)  # and where each stands
    items: list[str] = field(default_factory=list)
    whistles: list[str] = field(default_factory=list)
    doors: list[str] = field(default_factory=list)  # others that a telling of them has stood at
    pairs: Sequence[Sequence[str]] = ()
    cares: dict[str, str] = field(default_factory=dict)  # pairs of who looks in on whom, and by whom
    checks: dict[str, str] = field(default_factory=dict)  # and of which pair each is
    openings: list[str] = field(default_factory=list)
    tickets: list[str] = field(default_factory=list)
    asides: list[int] = field(default_factory=list)
    blobs: set[str] = field(default_factory=set)


def apart(store: Store, first: int) -> list[Elsewhere]:
    """From a position on, what names its resident or its home in the body. It reads all of the journal from there."""
    kinds = ", ".join(f"'{kind}'" for kind in BY_BODY)
    statement = f"SELECT id, body FROM journal WHERE position >= $1 AND kind IN ({kinds}) AND body IS NOT NULL"
    said = [(row[0], _said(row[1])) for row in store.stream(statement, first)]
    return [Elsewhere(id_, _about(body)) for id_, body in said]


def _about(body: dict[str, Any]) -> str:
    """Whom a body speaks of; of a trail that was taken out, what it was the trail of."""
    asked = body.get("asked")
    taken_out = asked.get("entity") if isinstance(asked, dict) else None
    return str(body.get("resident") or body.get("household") or taken_out)


def going(store: Store, thing: Thing, elsewhere: Iterable[Elsewhere]) -> Going | None:
    """What will go with a thing; None when there is nothing (any more). Raises TooMany."""
    elsewhere = list(elsewhere)
    residents, visits = _held(store, thing)
    if thing.of == "household":
        before, told = _before(store, thing.id, {each.about for each in elsewhere})
        residents, visits = sorted({*residents, *before}), {**told, **visits}
    cares, checks = _cares(store, thing)
    items, whistles = _items(store, thing, visits), _whistles(store, thing, visits)
    aside = _aside_at(store, thing.id if thing.of == "household" else None, cares)
    tickets = _tickets(store, whistles)
    things = sorted({thing.id, *residents, *visits, *cares, *checks, *items, *whistles, *tickets, *aside})
    pairs = pairs_of(store, things)
    edits = _edits_of(store, things)
    edits |= {each.id for each in elsewhere if each.about in things}
    edits |= _judged(store, things, pairs)
    edits |= _ids(store, "entity = ANY($1) AND entity <> id AND kind LIKE 'edit.%'", sorted(edits))
    if len(edits) > EDITS_MAX:
        raise TooMany
    bodies = store.rows("SELECT body FROM journal WHERE id = ANY($1) AND body IS NOT NULL", store.among(sorted(edits)))
    if not bodies:
        return None
    found = Going(
        thing, sorted(edits), len(bodies), residents, visits, items, whistles, _doors_of(store, visits), pairs
    )
    found.cares, found.checks, found.tickets = cares, checks, tickets
    found.blobs = {name for row in bodies for name in names_in(bytes(row[0]).decode(errors="replace"))}
    if thing.of == "household":
        found.openings = sorted(row[0] for row in store.rows("SELECT id FROM opening WHERE household = $1", thing.id))
    decided = "SELECT position FROM aside_decision WHERE edit = ANY($1) ORDER BY position"
    found.asides = [row[0] for row in store.rows(decided, store.among(found.edits))]
    return found


def forget(
    batch: Batch, thing: Thing, author: str, why: str, known: Sequence[Elsewhere], size: int
) -> tuple[Receipt, Going] | None:
    """One transaction: all of it goes, and that it went is journaled in the name of whoever says so. `known`: what was
    found in the journal's first `size` edits. None when nothing is left to go. Raises TooMany, Alone."""
    store = batch.store
    if batch.size > batch.begun_at:
        raise Alone
    found = going(store, thing, [*known, *apart(store, size)])
    if found is None:
        return None
    id_, body = str(uuid7()), _body(store, found, why)
    (receipt,) = batch.commit([Draft("words.erased", id_, thing.grid, author, body, id=id_)])
    if receipt.outcome != "accepted":
        raise RuntimeError(f"words.erased: {receipt.outcome} {receipt.reason}")
    _unsay(store, thing.household, found.edits)
    wipe(store, thing.of, thing.id, thing.grid, body)
    # Nothing else names them from here on, until the list does.
    store.insert(schema.erased_blob, [(id_, each) for each in sorted(found.blobs)])
    return receipt, found


def wipe(store: Store, of: str, about: str, grid: str, body: dict[str, Any]) -> int:
    """The words themselves; returns how many edits had some."""
    if of == "household":
        # Why somebody looked may have been told in words about whom they looked at.
        store.run("UPDATE access_record SET words = NULL WHERE household = $1", about)
    went = [
        *body.get("residents", ()),
        *body.get("items", ()),
        *body.get("whistles", ()),
        *(visit for home in body.get("homes", ()) for visit in home["visits"]),
    ]
    went += [each for care in body.get("cares", ()) for each in (care, *care["checks"])]
    for each in {grid, *(other for one in went for other in one.get("were", ()))}:
        drop_downloads(store, each)
    return blank(store, body["edits"])


def _unsay(store: Store, household: str, edits: Sequence[str]) -> None:
    """Why somebody looked or took out stands among the looks at the home as well, in the same words."""
    kinds = ", ".join(f"'{kind}'" for kind in BY_BODY)
    bodies = f"SELECT body FROM journal WHERE id = ANY($1) AND kind IN ({kinds}) AND body IS NOT NULL"
    told = {_said(row[0]).get("words") for row in store.rows(bodies, store.among(edits))}
    words = sorted(each for each in told if isinstance(each, str))
    store.run("UPDATE access_record SET words = NULL WHERE household = $1 AND words = ANY($2)", household,
              store.among(words))  # fmt: skip


def _held(store: Store, thing: Thing) -> tuple[list[str], dict[str, str]]:
    """The residents that go, and the visits with where each stands."""
    if thing.of == "resident":
        return [thing.id], {}
    if thing.of == "visit":
        return [], {thing.id: thing.household}
    at = "WHERE grid = $1 AND household = $2 ORDER BY id"
    residents = [row[0] for row in store.rows(f"SELECT id FROM resident {at}", thing.grid, thing.id)]
    visits = {row[0]: thing.id for row in store.rows(f"SELECT id FROM visit {at}", thing.grid, thing.id)}
    return residents, visits


def _cares(store: Store, thing: Thing) -> tuple[dict[str, str], dict[str, str]]:
    """Pairs about a home or about one of its people, each with whoever looks in, and the checks of these."""
    if thing.of == "visit":
        return {}, {}
    column = "household" if thing.of == "household" else "resident"
    found = store.rows(f"SELECT id, carer FROM care_pair WHERE grid = $1 AND {column} = $2", thing.grid, thing.id)
    cares = {row[0]: row[1] for row in found}
    made = "SELECT id, pair FROM care_check WHERE grid = $1 AND pair = ANY($2) ORDER BY id"
    return cares, {row[0]: row[1] for row in store.rows(made, thing.grid, store.among(sorted(cares)))}


def _items(store: Store, thing: Thing, visits: Iterable[str]) -> list[str]:
    """What the asks of these visits became, in their words; of a home all that is about it."""
    found = set[str]()
    if thing.of == "household":
        found = {row[0] for row in store.rows("SELECT id FROM item WHERE household = $1", thing.id)}
    of_visits = store.rows("SELECT id FROM item WHERE source_visit = ANY($1)", store.among(sorted(visits)))
    return sorted({*found, *(row[0] for row in of_visits)})


def _whistles(store: Store, thing: Thing, visits: Iterable[str]) -> list[str]:
    """Whistles that were raised from these visits; of a home all that are about it."""
    found = set[str]()
    if thing.of == "household":
        found = {row[0] for row in store.rows("SELECT id FROM whistle WHERE household = $1", thing.id)}
    of_visits = store.rows("SELECT id FROM whistle WHERE source = ANY($1)", store.among(sorted(visits)))
    return sorted({*found, *(row[0] for row in of_visits)})


def _tickets(store: Store, whistles: Sequence[str]) -> list[str]:
    """The hotline's tickets that these whistles came from, which say whom to call back."""
    came = "SELECT source FROM whistle WHERE id = ANY($1) AND source_of = 'ticket' ORDER BY source"
    return [row[0] for row in store.rows(came, store.among(whistles))]


def _before(store: Store, household: str, spoken: set[str]) -> tuple[set[str], dict[str, str]]:
    """Residents and visits of a home that earlier erasures named, where words of them came later: they were set aside,
    for what they are about stood nowhere by then. `spoken`: whom other edits speak of in their bodies."""
    erasures = [row[0] for row in store.rows("SELECT DISTINCT erasure FROM erased ORDER BY erasure")]
    bodies = store.rows("SELECT body FROM journal WHERE id = ANY($1)", store.among(erasures))
    residents, visits = set[str](), set[str]()
    for said in (_said(row[0]) for row in bodies):
        if household in (said.get("about"), said.get("home")):
            residents.update(each["id"] for each in said.get("residents", ()))
        homes = [home for home in said.get("homes", ()) if home["household"] == household]
        visits.update(visit["id"] for home in homes for visit in home["visits"])
    among = store.among(sorted(residents | visits))
    later = store.rows("SELECT entity FROM journal WHERE entity = ANY($1) AND entity <> id AND body IS NOT NULL", among)
    worded = {*spoken, *(row[0] for row in later)}
    return residents & worded, dict.fromkeys(sorted(visits & worded), household)


def _aside_at(store: Store, household: str | None, cares: Iterable[str]) -> list[str]:
    """What was set aside and names the home, or one of these pairs: what never stood there."""
    named: dict[str, set[Any]] = {"household": {household} - {None}, "pair": set(cares)}
    kinds = "'visit.recorded', 'resident.added', 'item.raised', 'whistle.raised', 'care_pair.formed', 'care_check.made'"
    if not any(named.values()):
        return []
    rows = store.rows(
        f"SELECT id, body FROM journal WHERE kind IN ({kinds}) AND outcome = 'quarantined' AND body IS NOT NULL"
    )
    said = [(row[0], _said(row[1])) for row in rows]
    return [id_ for id_, body in said if any(body.get(field) in ids for field, ids in named.items())]


def _edits_of(store: Store, things: Sequence[str]) -> set[str]:
    return _ids(store, "id = ANY($1)", things) | _ids(store, "entity = ANY($1) AND entity <> id", things)


def _ids(store: Store, which: str, among: Sequence[str]) -> set[str]:
    return {row[0] for row in store.rows(f"SELECT id FROM journal WHERE {which}", store.among(among))}


def _judged(store: Store, things: Sequence[str], pairs: Iterable[Sequence[str]]) -> set[str]:
    """What was said of two that look alike, one of them ours."""
    begun = sorted({pair[1] for pair in pairs} - set(things))
    judged = "entity = ANY($1) AND entity <> id AND kind = 'pair.judged' AND body IS NOT NULL"
    rows = store.rows(f"SELECT id, body FROM journal WHERE {judged}", store.among(begun))
    return {row[0] for row in rows if _said(row[1]).get("b") in things}


def _doors_of(store: Store, visits: dict[str, str]) -> list[str]:
    """Other doors at which a telling of these visits stood: they were told anew by it, and are once more."""
    rows = store.rows("SELECT body FROM visit_revision WHERE visit = ANY($1)", store.among(sorted(visits)))
    return sorted({str(_said(row[0]).get("household")) for row in rows} - set(visits.values()))


def _body(store: Store, found: Going, why: str) -> dict[str, Any]:
    """What the edit says: ids, and of a home the door that stays."""
    thing = found.thing
    were = _were(
        store, thing.grid, [*found.residents, *found.visits, *found.cares, *found.checks, *found.items, *found.whistles]
    )

    def went(id_: str) -> dict[str, Any]:
        return {"id": id_, **({"were": were[id_]} if id_ in were else {})}

    homes: dict[str, list[dict[str, Any]]] = {door: [] for door in found.doors}
    for visit, household in found.visits.items():
        homes.setdefault(household, []).append(went(visit))
    if thing.of == "household":
        homes.setdefault(thing.id, [])
    said = {
        "door": _door(store, thing) if thing.of == "household" else None,
        "home": thing.household if thing.of == "resident" else None,
        "residents": [went(each) for each in found.residents],
        "items": [went(each) for each in found.items],
        "whistles": [went(each) for each in found.whistles],
        "tickets": found.tickets,
        "homes": [{"household": household, "visits": visits} for household, visits in homes.items()],
        "pairs": [{"grid": each[0], "a": each[1], "b": each[2]} for each in found.pairs],
        "cares": [
            {**went(pair), "carer": carer, "checks": [went(each) for each, of in found.checks.items() if of == pair]}
            for pair, carer in found.cares.items()
        ],
        "openings": found.openings,
        "asides": found.asides,
        "authors": sorted({*authors_of(store, found.edits), *found.cares.values()}),
    }
    named = {"of": thing.of, "about": thing.id, "why": why, "count": found.worded, "edits": found.edits}
    return {**named, **{name: value for name, value in said.items() if value}}


def authors_of(store: Store, edits: Sequence[str]) -> list[str]:
    """Whose phones made any of it."""
    made = "SELECT DISTINCT d.person FROM journal j JOIN device d ON d.id = j.device WHERE j.id = ANY($1)"
    return sorted(row[0] for row in store.rows(f"{made} AND d.person IS NOT NULL", store.among(edits)))


def _door(store: Store, thing: Thing) -> dict[str, Any]:
    columns = ("building", "room", "kind", "entrance", "floor")
    row = store.row(f"SELECT {', '.join(columns)} FROM household WHERE grid = $1 AND id = $2", thing.grid, thing.id)
    assert row is not None, "a home that stands"
    return {name: value for name, value in zip(columns, row, strict=True) if value is not None}


def _were(store: Store, grid: str, ids: Sequence[str]) -> dict[str, list[str]]:
    """For each visit, resident, item, pair or check the other grids whose phones were told that it left."""
    found: dict[str, list[str]] = {}
    kinds = "'visit', 'resident', 'item', 'whistle', 'care_pair', 'care_check'"
    gone = f"scope LIKE 'grid:%' AND kind IN ({kinds}) AND id = ANY($1) AND data IS NULL ORDER BY id, scope"
    for id_, scope in store.rows(f"SELECT id, scope FROM feed WHERE {gone}", store.among(sorted(ids))):
        if scope != f"grid:{grid}":
            found.setdefault(id_, []).append(scope.removeprefix("grid:"))
    return found


def _said(body: Any) -> dict[str, Any]:
    """What a body says, also one that nobody could fold."""
    try:
        said = json.loads(body if isinstance(body, str) else bytes(body))
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}

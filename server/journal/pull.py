"""What changed since a phone last looked: rows in order of `rev`, one position never split over two replies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from server.journal.sql import Store
from server.journal.tables import Row
from server.journal.wire import ScopePart, row_bytes
from server.journal.written import own_scope, scope_of

PAGE_ROWS = 2000


@dataclass(slots=True)
class ScopeState:
    """A scope the device may see, as the server has it."""

    scope: str
    generation: int
    name: str
    rev: int


@dataclass(slots=True)
class Page:
    """One reply's worth of rows."""

    scopes: list[dict[str, Any]] = field(default_factory=list)
    rows: list[bytes] = field(default_factory=list)
    more: bool = False
    fresh: list[ScopeState] = field(default_factory=list)  # to be sent whole, as snapshots


@dataclass(slots=True)
class News:
    """What one transaction brought: its scopes as they were before, their new rows of the feed, the journal's size."""

    size: int = 0
    before: dict[str, ScopeState] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)


def scopes_of(person: str, grids: Iterable[str]) -> list[str]:
    """What a person's phone may pull: their grids, and what concerns them alone."""
    return sorted([*map(scope_of, grids), own_scope(person)])


def visible_scopes(store: Store, scopes: Iterable[str]) -> list[ScopeState]:
    """Those of these scopes that there are, in the order of their names."""
    names = store.among(scopes)
    columns = "scope, generation, name, rev"
    rows = store.rows(f"SELECT {columns} FROM scope WHERE scope = ANY($1) ORDER BY scope", names)
    return [ScopeState(*row) for row in rows]


def serves(scope: ScopeState, held: ScopePart | None, size: int) -> bool:
    """Whether what the phone holds of a scope can be brought up to date by rows alone."""
    return held is not None and held.generation == scope.generation and -1 <= held.cursor < size


def is_current(scopes: Sequence[ScopeState], held: dict[str, ScopePart], size: int) -> bool:
    """Whether there is nothing to send: no row, no snapshot."""
    return all(serves(each, held.get(each.scope), size) and each.rev <= held[each.scope].cursor for each in scopes)


def current_page(scopes: Sequence[ScopeState], size: int) -> Page:
    """The page of a phone that has everything."""
    return Page([_told(each, size - 1) for each in scopes])


def read_page(store: Store, scopes: Sequence[ScopeState], held: dict[str, ScopePart], size: int) -> Page:
    """The next rows of every scope the phone holds, up to a page full, none newer than `size`."""
    page = Page()
    for scope in scopes:
        part = held.get(scope.scope)
        if part is None or not serves(scope, part, size):
            if scope.scope.startswith("grid:"):
                page.fresh.append(scope)
                continue
            # Few rows: they come at once, from the beginning.
            part = ScopePart(scope.scope, scope.generation, -1)
        room = PAGE_ROWS - len(page.rows)
        if scope.rev <= part.cursor:
            page.scopes.append(_told(scope, size - 1))
        elif room <= 0:
            page.scopes.append(_told(scope, part.cursor))
            page.more = True
        else:
            page.scopes.append(_told(scope, _read_scope(store, scope.scope, part.cursor, size, room, page)))
    return page


def news_page(news: News, scopes: Iterable[str], held: dict[str, ScopePart]) -> Page | None:
    """The page of a phone that pushed in this transaction, when all it lacks came in it; None when there is more to
    be read."""
    page, size = Page(), news.size
    for name in sorted(scopes):
        rows, scope, part = news.rows.get(name, ()), news.before.get(name), held.get(name)
        if scope is None and not rows:
            continue  # no such scope yet
        if scope is None or part is None or not serves(scope, part, size) or scope.rev > part.cursor:
            return None
        fresh = sorted((rev, kind, id_, data) for _, kind, id_, rev, data in rows if rev > part.cursor)
        page.rows += [row_bytes(name, kind, id_, rev, data) for rev, kind, id_, data in fresh]
        page.scopes.append(_told(scope, size - 1))
    return page if len(page.rows) <= PAGE_ROWS else None


def _read_scope(store: Store, scope: str, cursor: int, size: int, room: int, page: Page) -> int:
    """Add a scope's rows to the page; returns the cursor they reach."""
    columns = "kind, id, rev, data"
    since = "scope = $1 AND rev > $2 AND rev < $3"
    rows = store.rows(
        f"SELECT {columns} FROM feed WHERE {since} ORDER BY rev, kind, id LIMIT $4", scope, cursor, size, room + 1
    )
    whole = len(rows) <= room
    if not whole:
        cut = rows[-1][2]
        rows = [row for row in rows if row[2] < cut]
        if not rows:
            # One edit changed more than a page holds: it goes out whole all the same.
            rows = store.rows(f"SELECT {columns} FROM feed WHERE scope = $1 AND rev = $2 ORDER BY kind, id", scope, cut)
        page.more = True
    page.rows += [row_bytes(scope, kind, id_, rev, data) for kind, id_, rev, data in rows]
    return size - 1 if whole else int(rows[-1][2])


def _told(scope: ScopeState, cursor: int) -> dict[str, Any]:
    return {"scope": scope.scope, "generation": scope.generation, "cursor": cursor, "name": scope.name}

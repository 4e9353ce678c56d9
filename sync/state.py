"""The part of the folded world that some edits touch, and what they changed in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from sync.entities import Visit


class Key(NamedTuple):
    """Where a thing stands: its kind (`visit`, `door` …), its grid if it has one, its id.

    Three kinds are not things: `revisions` (all tellings of a visit), `visits_at` (ids of a household's visits) and
    `journaled` (what the journal holds under an edit's id).
    """

    kind: str
    grid: str | None
    id: str


Fetch = Callable[[str, str | None, Iterable[str]], Iterable[tuple[str, Any]]]
"""Asked for things of one kind and grid by id, answers those that exist."""


class Change(NamedTuple):
    """A thing's new value."""

    key: Key
    value: Any


class State:
    """What is known so far. Things not yet known are fetched once; what changes is kept in `changed`."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._known: dict[tuple[str, str | None, str], Any] = {}
        self.changed: dict[Key, Any] = {}

    def load(self, kind: str, grid: str | None, ids: Iterable[str]) -> None:
        """Fetch things of one kind and grid that are about to be needed."""
        missing = [each for each in dict.fromkeys(ids) if (kind, grid, each) not in self._known]
        if not missing:
            return
        # Plain tuples are found by keys and the other way round, and are made in a third of the time.
        for each in missing:
            self._known[kind, grid, each] = None
        for id_, value in self._fetch(kind, grid, missing):
            self._known[kind, grid, id_] = value

    def get(self, kind: str, grid: str | None, id_: str) -> Any:
        """A thing, or None when there is none."""
        key = (kind, grid, id_)
        try:
            return self._known[key]
        except KeyError:
            self.load(kind, grid, (id_,))
            return self._known[key]

    def remember(self, kind: str, id_: str, value: Any) -> None:
        """Know a thing from now on that is not part of the folded world."""
        self._known[kind, None, id_] = value

    def apply(self, changes: Iterable[Change]) -> None:
        """Take changes over, all of them."""
        for key, value in changes:
            self._known[key] = value
            self.changed[key] = value

    def visits_at(self, grid: str, household: str) -> dict[str, Visit]:
        """Every visit of a household, those of unwritten edits included."""
        ids = self.get("visits_at", grid, household) or ()
        self.load("visit", grid, ids)
        found = {each: self.get("visit", grid, each) for each in ids}
        for key, value in self.changed.items():
            if key.kind == "visit" and key.grid == grid:
                found[key.id] = value
        return {id_: visit for id_, visit in found.items() if visit.household == household}


class Quarantined(Exception):
    """A rule's word that an edit is kept but takes no effect; `reason` is ASCII and journaled."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

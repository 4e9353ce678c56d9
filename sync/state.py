"""The part of the folded world that some edits touch, and what they changed in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple


class Key(NamedTuple):
    """Where a thing stands: its kind (`visit`, `door` …), its grid if it has one, its id.

    Some kinds are not things: `revisions` (all tellings of a visit), `past` (statements that stood before),
    `visits_at`, `residents_at`, `items_at`, `whistles_at`, `homes_in` and `grids_in` (ids of what a
    household, a building or a community holds), `care_pairs_at` and `care_checks_at` (of a household), `moved` (the
    grid that a thing stands in now, where that is not the one it was made in), `journaled` (what the journal holds
    under an edit's id) and `log` (how many edits this journal has in common with a log).
    """

    kind: str
    grid: str | None
    id: str


HOLDERS = {
    "visit": ("visits_at", "household"),
    "resident": ("residents_at", "household"),
    "item": ("items_at", "household"),
    "whistle": ("whistles_at", "building"),
    "household": ("homes_in", "building"),
    "grid": ("grids_in", "community"),
    "care_pair": ("care_pairs_at", "household"),
    "care_check": ("care_checks_at", "household"),
}
"""For each kind of thing that another holds: under which kind its ids are asked for, and its field for the holder."""

Fetch = Callable[[str, str | None, Iterable[str]], Iterable[tuple[str, Any]]]
"""Asked for things of one kind and grid by id, answers those that exist."""


class Gone(NamedTuple):
    """A thing stands there no more, since the edit at this position. `whose`: in whose own scope it was told, `told`:
    in that of which grid, where its key says neither."""

    rev: int
    whose: str | None = None
    told: str | None = None


class Change(NamedTuple):
    """A thing's new value, or Gone."""

    key: Key
    value: Any


class State:
    """What is known so far. Things not yet known are fetched once; what changes is kept in `changed`. The
    installation's days begin `utc_offset_min` before those of UTC."""

    def __init__(self, fetch: Fetch, utc_offset_min: int) -> None:
        self._fetch = fetch
        self.utc_offset_min = utc_offset_min
        self._known: dict[tuple[str, str | None, str], Any] = {}
        self.changed: dict[Key, Any] = {}
        self._members: dict[tuple[str, str | None, str], set[str]] = {}

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
            gone = isinstance(value, Gone)
            self._known[key] = None if gone else value
            self.changed[key] = value
            if key.kind in HOLDERS and not gone:
                listed, holder = HOLDERS[key.kind]
                self._members.setdefault((listed, key.grid, getattr(value, holder)), set()).add(key.id)

    def find(self, kind: str, grid: str | None, id_: str) -> Any:
        """A thing named by the grid it stood in when somebody last saw it, wherever it stands now; None without one."""
        found = self.get(kind, grid, id_)
        if found is None and (now := self.get("moved", None, id_)) is not None:
            found = self.get(kind, now, id_)
        return found

    def held(self, kind: str, grid: str | None, holder: str) -> dict[str, Any]:
        """The visits or residents of a household, or the households of a building, in the order of their ids; those of
        unwritten edits included."""
        listed, name = HOLDERS[kind]
        ids = sorted({*(self.get(listed, grid, holder) or ()), *self._members.get((listed, grid, holder), ())})
        self.load(kind, grid, ids)
        found = {id_: self.get(kind, grid, id_) for id_ in ids}
        # A corrected visit may have been found to be another door's.
        return {id_: thing for id_, thing in found.items() if thing is not None and getattr(thing, name) == holder}


class Quarantined(Exception):
    """A rule's word that an edit is kept but takes no effect; `reason` is ASCII and journaled."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

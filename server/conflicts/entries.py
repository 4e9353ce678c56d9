"""What waits for a person, one entry a question, in an order that stays while people read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from server.access import User
from server.conflicts import store
from server.conflicts.likely import Likely
from server.waiting import waiting_aside

Row = dict[str, Any]

KINDS = ("fact", "tag", "telling", "fork", "aside", "visits", "homes")
"""In the order of the list: what people wrote against each other first, what only looks alike last."""

SET_ASIDE = ("fork", "aside")


@dataclass(frozen=True)
class Entry:
    """One question. `key` names it in addresses, `seen` what of it the reader has in view: a decision is over that.

    `what` is what it is about (a field, a tag), `rows` what is shown, `row` the thing itself with its door.
    """

    kind: str
    grid: str
    about: str
    since_ms: int
    row: Row
    rows: list[Row] = field(default_factory=list)
    what: str = ""
    whose: str = ""

    @property
    def key(self) -> str:
        """Its name in addresses: what it is, in which grid, about what."""
        return ".".join(part for part in (self.kind, self.grid or "none", self.about, self.what) if part)

    @property
    def seen(self) -> str:
        """What stands, put in one word: it changes when anybody adds to it."""
        shown = sorted(str(row["seen"]) for row in self.rows)
        return hashlib.sha256("\n".join(shown).encode()).hexdigest()[:20]

    @property
    def steps(self) -> dict[int, str | None]:
        """Of what was set aside, by position: the last step about it, if there was one. A decision is over that."""
        return {row["position"]: row["step"] for row in self.rows} if self.kind in SET_ASIDE else {}

    @property
    def comments(self) -> list[Row]:
        """What was proposed about it and not taken."""
        return [comment for row in self.rows for comment in row["comments"]] if self.kind in SET_ASIDE else []

    @property
    def over_nothing(self) -> bool:
        """A fact of which nothing is known but what somebody proposes."""
        return self.kind == "fact" and all(row.get("proposed") for row in self.rows)


async def waiting(db: AsyncConnection, user: User, likely: Likely) -> list[Entry]:
    """Every question of the reader's grids."""
    grids = user.grids
    found = [
        *_facts("household", await store.contested_households(db, grids)),
        *_residents(await store.contested_residents(db, grids)),
        *_tellings(await store.tellings(db, grids)),
        *set_aside(await waiting_aside(db, user)),
        *await _pairs(db, user, likely),
    ]
    return sorted(found, key=lambda entry: (KINDS.index(entry.kind), entry.since_ms, entry.key))


def _facts(whose: str, rows: Iterable[Row]) -> Iterator[Entry]:
    for row in rows:
        for name, heads in sorted(row["facts"].items()):
            if any(head.get("proposed") or head["value"] != heads[0]["value"] for head in heads):
                shown = [{**head, "seen": head["edit"]} for head in heads]
                since_ms = max(head["at_ms"] for head in heads)
                yield Entry("fact", row["grid"], f"{whose}.{row['id']}", since_ms, row, shown, name, whose)


def _residents(rows: Iterable[Row]) -> Iterator[Entry]:
    for row in rows:
        yield from _facts("resident", [row])
        for tag, heads in sorted(row["leaving"].items()):
            added = [{"edit": edit, "value": True, "seen": edit} for edit in row["tags"].get(tag, ())]
            asked = [{**head, "seen": head["edit"]} for head in heads]
            since_ms = max(head["at_ms"] for head in heads)
            yield Entry("tag", row["grid"], row["id"], since_ms, row, [*added, *asked], tag, "resident")


def _tellings(rows: Iterable[Row]) -> Iterator[Entry]:
    for visit, told in groupby(rows, key=lambda row: row["visit"]):
        heads = [{**row, "seen": row["edit"]} for row in told]
        first = heads[0]
        if any(head["body"] != first["body"] for head in heads):
            yield Entry("telling", first["grid"], visit, max(head["effective_ms"] for head in heads), first, heads)


def set_aside(rows: Iterable[Row]) -> Iterator[Entry]:
    """A question for each edit that was set aside, and one for each branch."""
    branches: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        shown = {**row, "seen": row["position"]}
        if row["successor"] is not None:
            branches.setdefault((row["here"] or "", row["successor"]), []).append(shown)
        else:
            yield Entry("aside", row["here"] or "", str(row["position"]), row["received_ms"], row, [shown])
    for (grid, successor), branch in branches.items():
        yield Entry("fork", grid, successor, branch[0]["received_ms"], branch[0], branch)


async def _pairs(db: AsyncConnection, user: User, likely: Likely) -> list[Entry]:
    """Pairs that look alike and of which nobody has said what they are."""
    known = await likely.of(db, user.grids)
    firsts = {pair.a for each in known.values() for pair in each.visits}
    firsts |= {pair.a for each in known.values() for pair in each.homes}
    said = await store.verdicts(db, firsts) if firsts else {}
    found = []
    for grid, each in known.items():
        for kind, pairs, read in (
            ("visits", each.visits, store.visits_by_id),
            ("homes", each.homes, store.homes_by_id),
        ):
            waiting = [pair for pair in pairs if said.get((pair.a, pair.b), "open") == "open"]
            rows = await read(db, grid, {id_ for pair in waiting for id_ in (pair.a, pair.b)}) if waiting else {}
            for pair in waiting:
                both = [{**rows[id_], "seen": id_} for id_ in (pair.a, pair.b) if id_ in rows]
                if len(both) == 2:
                    since_ms = max(row.get("received_ms") or 0 for row in both)
                    shown = {**both[0], "signs": pair.signs}
                    found.append(Entry(kind, grid, f"{pair.a}.{pair.b}", since_ms, shown, both))
    return found

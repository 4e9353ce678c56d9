"""The journal folded again, page by page, into tables of one's own choice: beside the real ones, or of a new server."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Any

import msgspec

from server.journal.known import Known, load_for, read_entry
from server.journal.sql import Store
from server.journal.tables import NEW_CHAIN, NOTHING_SAID
from server.journal.written import write_changes
from sync.edit import Header, b64u
from sync.entities import Device
from sync.fold import Outcome, Read, as_aside, fold, known_as, set_aside
from sync.fold import journaled as journal_of
from sync.rules.aside import ERASED
from sync.rules.household import Added
from sync.rules.words import Door, Words
from sync.state import State
from sync.strict import Malformed
from sync.times import Times, claimed_ms

PAGE = 500
ENTRY = "position, received_ms, effective_ms, outcome, reason, device, n, hash, header, salt, body"

Progress = Callable[[int, int], None]
"""Told how many edits are folded, of how many."""


def silent(done: int, size: int) -> None:
    """No progress is shown."""


class Replay:
    """Folds edits of a journal in their order. Nothing is kept in memory between two pages.

    Outcomes below `stands_below` were given by older rules: what was set aside then stays aside,
    as its author was told.
    """

    def __init__(self, journal: Store, log: str, tables: Store, utc_offset_min: int, stands_below: int = 0) -> None:
        self.position = 0
        self._log = log
        self._journal, self._tables = journal, tables
        self._utc_offset_min = utc_offset_min
        self._stands_below = stands_below
        self._chains: dict[str, tuple[int, bytes | None]] = {}
        self._doors: dict[str, Door] | None = None  # of homes whose words were erased, once one is met
        rows = journal.rows("SELECT id, label, enrolled_ms FROM device WHERE kind = 'server'")
        self._servers = {row[0]: Device(row[0], None, None, row[1], "server", row[2]) for row in rows}

    def servers(self) -> list[tuple[Any, ...]]:
        """The servers' own devices, which no edit enrols, as rows of `device`."""
        n, digest, floor, last_seen, unsent = NEW_CHAIN
        return [
            (
                each.id,
                None,
                None,
                each.label,
                "server",
                n,
                digest,
                floor,
                each.enrolled_ms,
                last_seen,
                unsent,
                None,
                None,
                *NOTHING_SAID,
            )
            for each in self._servers.values()
        ]

    def run(self, size: int, progress: Progress = silent) -> Iterator[str]:
        """Fold up to `size`; yields what is wrong with the journal, in words for whoever runs the server."""
        while self.position < size:
            through = min(size, self.position + PAGE)
            statement = f"SELECT {ENTRY} FROM journal WHERE position >= $1 AND position < $2 ORDER BY position"
            rows = self._journal.rows(statement, self.position, through)
            missing = set(range(self.position, through)) - {row[0] for row in rows}
            yield from (f"journal: position {each} is missing" for each in sorted(missing))
            yield from self._page(rows)
            self.position = through
            progress(self.position, size)

    def _page(self, rows: Sequence[Sequence[Any]]) -> Iterator[str]:
        state = State(Known(self._tables, self._log, self._journal, self.position).fetch, self._utc_offset_min)
        read = []
        for row in rows:
            try:
                read.append((row, self._read(row)))
            except Malformed as error:
                yield f"journal {row[0]}: the bytes are not those that were made ({error.detail})"
        load_for(state, [each for _, each in read])
        state.load("device", None, {each.edit.header.device for _, each in read} - self._servers.keys())
        for row, each in read:
            journaled = Outcome(row[3], row[4])
            outcome = self._again(row, each, state, journaled)
            if outcome != journaled and (row[0] >= self._stands_below or outcome.outcome == "quarantined"):
                yield f"journal {row[0]}: {_told(journaled)} was journaled, {_told(outcome)} is folded"
        write_changes(self._tables, state, self._utc_offset_min)

    def _read(self, row: Sequence[Any]) -> Read:
        """The edit, once it is known to be the one its device made. Raises Malformed."""
        header = bytes(row[8])
        if sha256(header).digest() != bytes(row[7]):
            raise Malformed("body_mismatch", "the header's hash")
        read = read_entry(header, row[9], row[10])
        n, prev = read.edit.header.n, self._chains.get(row[5], (0, None))
        if row[4] != "fork":
            self._chains[row[5]] = (n, bytes(row[7]))
            expected = b64u(prev[1]) if prev[1] else None
            if n != prev[0] + 1 or read.edit.header.prev != expected:
                raise Malformed("chain_broken", f"number {n} does not hang on {prev[0]}")
        return read

    def _again(self, row: Sequence[Any], read: Read, state: State, journaled: Outcome) -> Outcome:
        header, position = read.edit.header, row[0]
        times = Times(claimed_ms(header), row[2], row[1])
        stands = position < self._stands_below and journaled.outcome == "quarantined"
        if stands or journaled.reason == "fork":
            set_aside(header, times, state)
            outcome = journaled
        elif read.reason == ERASED and (bare := self._bare_home(read, journaled)) is not None:
            # The door has stood all the time: others have knocked at it, and it may have gone to another grid.
            author = state.get("person", None, header.author)
            outcome = fold(bare, state, self._device(header, state), author, times, position, stood=True)
        elif read.reason == ERASED:
            # What it did, and that it was undone, the edit that erased it tells; that it was taken is known.
            known = known_as(state.get("journaled", None, header.id), journal_of(header, journaled.outcome, times))
            state.remember("journaled", header.id, known)
            outcome = journaled
        else:
            device = self._device(header, state)
            author = state.get("person", None, header.author)
            of_erased = header.kind.startswith("edit.") and read.body is not None and self._of_erased(read, state)
            stood = position < self._stands_below or (of_erased and journaled.outcome != "quarantined")
            outcome = fold(read, state, device, author, times, position, stood=stood)
            if of_erased and outcome.outcome != "quarantined":
                outcome = journaled
        if outcome.outcome == "quarantined":
            # Somebody may have released it later.
            author = state.get("person", None, header.author)
            aside = as_aside(read, times, position, author.name if author else "", state)
            state.remember("aside", str(position), aside)
        return outcome

    def _device(self, header: Header, state: State) -> Any:
        return self._servers.get(header.device) or state.get("device", None, header.device)

    def _bare_home(self, read: Read, journaled: Outcome) -> Read | None:
        """A home whose words were erased, with what the erasure says of its door; None for anything else."""
        header = read.edit.header
        if header.kind != "household.added" or journaled.outcome != "accepted":
            return None
        if self._doors is None:
            said = self._journal.rows("SELECT body FROM journal WHERE kind = 'words.erased' AND outcome = 'accepted'")
            words = [msgspec.json.decode(bytes(row[0]), type=Words) for row in said]
            self._doors = {each.about: each.door for each in words if each.door is not None}
        door = self._doors.get(header.entity)
        if door is None:
            return None
        body = Added(door.building, door.room, door.kind, {}, door.entrance, door.floor)
        return Read(read.edit, body, None)

    def _of_erased(self, read: Read, state: State) -> bool:
        """Whether a decision is about what has been erased since: where that stood and whether it was contested, nobody
        can tell any more."""
        aside = state.get("aside", None, str(read.body.position))
        return aside is not None and aside.trouble == ERASED

    def chains(self) -> list[tuple[str, int, bytes | None]]:
        """How far each device's chain has come: device, n, hash."""
        return [(device, n, digest) for device, (n, digest) in self._chains.items()]


def _told(outcome: Outcome) -> str:
    return " ".join(filter(None, outcome))


def stands_below(store: Store, rules: int, current: int) -> int:
    """Up to where outcomes were given by older rules: the newest mark of an upgrade, or everything there is while the
    tables are folded by older rules than ours."""
    row = store.row("SELECT size FROM journal_head WHERE id = 1") if rules < current else _mark(store)
    return int(row[0]) if row is not None and row[0] is not None else 0


def _mark(store: Store) -> Sequence[Any] | None:
    return store.row("SELECT max(position) FROM journal WHERE kind = 'rules.version' AND outcome = 'accepted'")

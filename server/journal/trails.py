"""The file of a trail, made from the journal: each edit with its path into the tree of one signed checkpoint, and what
the phones signed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from server.journal.checkpoints import newest, origin_of, verifier_keys
from server.journal.leaves import nodes_in
from server.journal.sql import Store
from server.journal.trail_file import Entry, Run, TrailFile, write_file
from server.journal.trail_told import floor_of
from server.signing import is_signed
from sync.edit import b64u, edit_hash, read_header
from sync.ledger.note import Note, VerifierKey, read_note, signers
from sync.ledger.tree import Nodes, inclusion
from sync.statement import read_statement

Row = Sequence[Any]

COLUMNS = "position, hash, header, salt, body, received_ms, outcome, reason, device, n, author, on_behalf_of, kind"
POSITION, HASH, HEADER, SALT, BODY, RECEIVED, OUTCOME, REASON, DEVICE, N, AUTHOR, BEHALF, KIND = range(13)
TOLD = ("person.added", "device.enrolled")
"""What stands beside a trail with its words: what people are called, whose a phone is and its key."""
STATEMENTS_TRIED = 20
"""Statements over a later edit that are looked at for one that the edit's own branch leads to."""


class NotSigned(Exception):
    """The newest checkpoint does not cover these edits yet."""


@dataclass(frozen=True)
class Asked:
    """Which trail: the thing, where its edits stand, and those among them whose words may leave."""

    entity: str
    positions: Collection[int]
    told: Collection[int]


def trail_file(store: Store, asked: Asked, public: Sequence[bytes]) -> bytes:
    """Over one consistent view; `public`: the log's keys. Raises NotSigned."""
    row = store.row("SELECT log, size FROM journal_head WHERE id = 1")
    assert row is not None, "the journal was not begun"
    log = row[0]
    said = newest(store, log)
    rows = _at(store, asked.positions)
    beside = {row[POSITION]: row for row in _beside(store, rows)}
    receipts = _at(store, _seen(rows, log) - {*beside, *asked.positions})
    needed = {*asked.positions, *beside, *(row[POSITION] for row in receipts)}
    if said is None or said.size <= max(needed):
        raise NotSigned
    nodes, size = nodes_in(store), said.size
    made = {row[POSITION]: _entry(row, nodes, size, told=row[KIND] in TOLD) for row in beside.values()}
    made |= {row[POSITION]: _entry(row, nodes, size, bare=True) for row in receipts}
    note, keys = _signed(said.note, verifier_keys(origin_of(log), public))
    return write_file(
        TrailFile(
            sifang="trail",
            v=1,
            entity=asked.entity,
            keys=[str(key) for key in keys],
            checkpoint=note,
            edits=[_entry(row, nodes, size, told=row[POSITION] in asked.told) for row in rows],
            beside=[made[position] for position in sorted(made.keys() - set(asked.positions))],
            runs=list(_runs(store, rows)),
        )
    )


def _at(store: Store, positions: Iterable[int]) -> list[Row]:
    """The edits at these positions, in their order."""
    found: list[Row] = []
    for position in sorted(positions):
        row = store.row(f"SELECT {COLUMNS} FROM journal WHERE position = $1", position)
        found += [row] if row is not None else []
    return found


def _entry(row: Row, nodes: Nodes, size: int, *, told: bool = False, bare: bool = False) -> Entry:
    """An edit as it stands in the file; `told`: with its words, where there are any; `bare`: its receipt alone."""
    path = [b64u(each) for each in inclusion(nodes, row[POSITION], size)]
    came = {"received_ms": row[RECEIVED], "outcome": row[OUTCOME], "reason": row[REASON], "path": path}
    known = {"position": row[POSITION], "hash": b64u(bytes(row[HASH])), **came}
    if bare:
        return Entry(**known)
    known["header"] = bytes(row[HEADER]).decode()
    if row[BODY] is None:
        return Entry(**known, without="erased")
    if not row[SALT]:
        return Entry(**known, without="sealed")
    if not told:
        return Entry(**known, without="withheld")
    return Entry(**known, salt=b64u(bytes(row[SALT])), body=bytes(row[BODY]).decode())


def _signed(text: str, keys: Sequence[VerifierKey]) -> tuple[str, list[VerifierKey]]:
    """The checkpoint with the signatures of the log's own keys alone: whoever reads the file can check each line."""
    note = read_note(text)
    found = signers(note, keys, is_signed)
    ours = {(key.name, key.id) for key in found}
    return str(Note(note.text, tuple(each for each in note.signatures if (each.name, each.id) in ours))), found


# ---------------------------------------------------------------- what stands beside the trail


def _beside(store: Store, rows: Sequence[Row]) -> list[Row]:
    """Who is called what, whose each phone is and its key; of the server's own device an edit that only it may make."""
    found: list[Row] = []
    for person in sorted({name for row in rows for name in (row[AUTHOR], row[BEHALF]) if name}):
        found += _of(store, person, "person.added")
    for device in sorted({row[DEVICE] for row in rows}):
        found += _of(store, device, "device.enrolled") or _first(store, device)
    # What enrolled a phone or entered a person was written by a server's device: it proves itself the same way.
    return found + [row for device in {row[DEVICE] for row in found} for row in _first(store, device)]


def _of(store: Store, entity: str, kind: str) -> list[Row]:
    """What made this thing, and made it again after a restore."""
    said = "kind = $2 AND outcome = 'accepted' AND body IS NOT NULL"
    made = store.rows(f"SELECT {COLUMNS} FROM journal WHERE id = $1 AND entity = id AND {said}", entity, kind)
    later = f"SELECT {COLUMNS} FROM journal WHERE entity = $1 AND entity <> id AND {said} ORDER BY position"
    return [*made, *store.rows(later, entity, kind)]


def _first(store: Store, device: str) -> list[Row]:
    return list(store.rows(f"SELECT {COLUMNS} FROM journal WHERE device = $1 AND n = 1 AND body IS NOT NULL", device))


def _seen(rows: Iterable[Row], log: str) -> set[int]:
    """The last edit that the author of each had seen: its receipt is the earliest that theirs can have been made."""
    floors = (floor_of(read_header(bytes(row[HEADER])), row[POSITION], log) for row in rows)
    return {floor for floor in floors if floor is not None}


# ---------------------------------------------------------------- what phones signed


def _runs(store: Store, rows: Sequence[Row]) -> Iterable[Run]:
    """For each edit of a phone the statement that signs it, with the headers between."""
    for device in sorted({row[DEVICE] for row in rows}):
        wanted = sorted((row[N], bytes(row[HASH])) for row in rows if row[DEVICE] == device)
        covered: set[bytes] = set()
        for n, digest in wanted:
            if digest in covered:
                continue
            run = _run(store, device, n, digest)
            if run is not None:
                covered |= {edit_hash(header.encode()) for header in run.headers}
                yield run


def _run(store: Store, device: str, n: int, digest: bytes) -> Run | None:
    """The first statement over a later edit from which each `prev` leads back to this one; None where none does."""
    query = "SELECT n, statement, signature FROM head_statement WHERE device = $1 AND n >= $2 ORDER BY n, statement"
    for top, statement, signature in store.rows(f"{query} LIMIT {STATEMENTS_TRIED}", device, n):
        between = "SELECT hash, header FROM journal WHERE device = $1 AND n >= $2 AND n <= $3"
        headers = {b64u(bytes(row[0])): bytes(row[1]) for row in store.rows(between, device, n, top)}
        name = read_statement(statement.encode()).hash
        found: list[bytes] = []
        while name is not None and name in headers:
            found.append(headers.pop(name))
            if name == b64u(digest):
                told = [header.decode() for header in reversed(found)]
                return Run(statement=statement, signature=b64u(bytes(signature)), headers=told)
            name = read_header(found[-1]).prev
    return None

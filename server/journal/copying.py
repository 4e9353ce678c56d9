"""The journal on its way to another place: taken out in parts of some edits each, and made an installation there.

A part holds edits exactly as journaled, with receipts and outcomes, and what stands beside the journal and cannot be
folded from it: how far each device's nonces and chain have come, forks and their successors, signed head statements.
Sessions and one-time links stay behind.
"""

from __future__ import annotations

import zlib
from typing import Any

import msgspec
from sqlalchemy import Table

from server import schema
from server.journal.beginning import Moved
from server.journal.known import columns_of
from server.journal.replay import Progress, Replay, silent
from server.journal.sql import Store
from server.journal.tables import Row
from sync.rules import RULES_VERSION

EDITS_A_PART = 500
BESIDE = (
    "nonce_floor_ms",
    "last_seen_ms",
    "unsent",
    "forked_from",
    "wiped_ms",
    "wiped_left",
    "held_origin",
    "held_size",
    "held_root",
    "opener",
)
"""What a device's row holds beside its enrolment and its chain."""


class Rows(msgspec.Struct, array_like=True):
    """Some rows of a table, with the names of their columns: later versions have others."""

    columns: list[str]
    rows: list[list[Any]]


class Part(msgspec.Struct):
    """Edits `first` … `first + count − 1` of a log, and their receipt."""

    v: int
    log: str
    first: int
    count: int
    received_ms: int
    at_ms: int
    tables: dict[str, Rows]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Part).decode


def pack(part: Part) -> bytes:
    """A part as bytes: MessagePack, deflated."""
    return zlib.compress(_encode(part), 6)


def unpack(raw: bytes) -> Part:
    """A part read back. Raises ValueError when it is none of ours."""
    part = _decode(zlib.decompress(raw))
    if part.v != 1:
        raise ValueError(f"a backup of version {part.v}; this server reads 1")
    return part


def head_of(store: Store) -> tuple[str, int]:
    """The log's id and its size; nothing while the journal was not begun."""
    row = store.row("SELECT log, size FROM journal_head WHERE id = 1")
    return (row[0], row[1]) if row is not None else ("", 0)


def stay(store: Store) -> None:
    """Raises Moved when the installation lives in another database."""
    row = store.row("SELECT moved_to FROM journal_head WHERE id = 1")
    if row is not None and row[0] is not None:
        raise Moved(row[0])


def hash_at(store: Store, position: int) -> bytes | None:
    """The hash of the edit at a position."""
    row = store.row("SELECT hash FROM journal WHERE position = $1", position)
    return bytes(row[0]) if row is not None else None


def take_out(store: Store, first: int, since_ms: int, at_ms: int) -> Part | None:
    """The next part from position `first`; None when there is nothing more. `since_ms`: the receipt of the part before
    it. To be called over one consistent view."""
    log, size = head_of(store)
    end = min(size, first + EDITS_A_PART)
    if end <= first:
        return None
    edits = rows_of(store, "journal", "position >= $1 AND position < $2 ORDER BY position", first, end)
    of = {name: number for number, name in enumerate(edits.columns)}
    devices = {row[of["device"]] for row in edits.rows}
    devices |= {row[of["entity"]] for row in edits.rows if row[of["kind"]] == "device.enrolled"}
    received_ms = edits.rows[-1][of["received_ms"]]
    among = store.among(sorted(devices))
    # Requests sent twice leave statements without edits: what came last takes all of them along.
    until_ms = received_ms if end < size else 2**53
    tables = {
        "journal": edits,
        "device": rows_of(store, "device", "id = ANY($1) OR kind = 'server' ORDER BY id", among),
        "fork": rows_of(store, "fork", "device = ANY($1) AND position < $2 ORDER BY position", among, end),
        "head_statement": rows_of(
            store, "head_statement", "received_ms >= $1 AND received_ms <= $2", since_ms, until_ms
        ),
    }
    return Part(1, log, first, end - first, received_ms, at_ms, tables)


def rows_of(store: Store, name: str, rest: str, *parameters: Any) -> Rows:
    table = schema.metadata.tables[name]
    found = store.rows(f"SELECT {columns_of(table)} FROM {name} WHERE {rest}", *parameters)
    return Rows([str(column.name) for column in table.columns], [list(row) for row in found])


class Receiving:
    """An empty database on its way to be an installation: parts are put in, then folded, then settled."""

    def __init__(self, store: Store, utc_offset_min: int) -> None:
        self.store = store
        self.size = 0
        self.log = ""
        self.received_ms = 0
        self.at_ms = 0
        self._utc_offset_min = utc_offset_min
        self._beside: dict[str, tuple[Any, ...]] = {}
        self._servers: set[str] = set()
        self._replay: Replay | None = None

    def take(self, part: Part) -> None:
        """Put the next part in."""
        if part.first != self.size:
            raise ValueError(f"position {self.size} comes next, not {part.first}")
        for name in ("journal", "fork"):
            table = schema.metadata.tables[name]
            write = self.store.insert if name == "journal" else self.store.put
            write(table, _in_columns(table, part.tables[name]))
        self.take_beside(part.tables["device"], part.tables["head_statement"])
        self.size, self.log = part.first + part.count, part.log
        self.received_ms, self.at_ms = part.received_ms, part.at_ms

    def _device(self, device: dict[str, Any]) -> None:
        if device["kind"] == "server" and device["id"] not in self._servers:
            self._servers.add(device["id"])
            columns = "id, label, kind, n, nonce_floor_ms, enrolled_ms, last_seen_ms, unsent"
            insert = f"INSERT INTO device ({columns}) VALUES ($1, $2, 'server', 0, 0, $3, 0, 0)"
            self.store.run(insert, device["id"], device["label"], device["enrolled_ms"])
        self._beside[device["id"]] = tuple(device.get(name) for name in BESIDE)

    def rules(self) -> tuple[int, int]:
        """By which rules these edits were folded at last, and since which position."""
        mark = "kind = 'rules.version' AND outcome = 'accepted' ORDER BY position DESC LIMIT 1"
        row = self.store.row(f"SELECT position, body FROM journal WHERE {mark}")
        return (int(msgspec.json.decode(row[1])["version"]), int(row[0])) if row is not None else (0, 0)

    def fold(self, progress: Progress = silent, stands: int | None = None) -> list[str]:
        """Fold what was put in and not folded yet; what is wrong with the journal itself, in words. `stands`: below it
        outcomes were given by older rules; without it everything must have been put in."""
        if self._replay is None:
            if stands is None:
                version, position = self.rules()
                stands = position if version >= RULES_VERSION else self.size
            self._replay = Replay(self.store, self.log, self.store, self._utc_offset_min, stands)
        return list(self._replay.run(self.size, progress))

    def take_beside(self, devices: Rows, statements: Rows) -> None:
        """What came to stand beside the journal without a new edit."""
        for row in devices.rows:
            self._device(dict(zip(devices.columns, row, strict=True)))
        self.store.put(schema.head_statement, _in_columns(schema.head_statement, statements))

    def settle(self) -> None:
        """When all is folded: how far each device has come."""
        assert self._replay is not None
        settings = ", ".join(f"{name} = ${number}" for number, name in enumerate(BESIDE, 2))
        rows = [(device, *values) for device, values in self._beside.items()]
        self.store.run_each(f"UPDATE device SET {settings} WHERE id = $1", rows)
        self.store.run_each("UPDATE device SET n = $2, hash = $3 WHERE id = $1", self._replay.chains())


def _in_columns(table: Table, held: Rows) -> list[Row]:
    """Rows in the order of today's columns; what an older version did not know is empty."""
    at = [held.columns.index(column.name) if column.name in held.columns else None for column in table.columns]
    return [tuple(None if number is None else row[number] for number in at) for row in held.rows]

"""What was erased, written down outside the database and beside every backup: ids and hashes, and not a word.

A backup of yesterday does not know what was erased today. So before a server serves, what the list holds and its
journal does not is erased once more; and what is sent again by a phone or in a capsule finds that it has gone. One
line an erasure, JSON, only ever added to; whoever looks after the server keeps a copy where no backup can set it back.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from server.journal.batch import Batch
from server.journal.drafts import Draft
from server.journal.erasing import blank, drop_downloads, names_in, words_of
from server.journal.forgetting import wipe
from server.journal.sql import Store
from sync.edit import b64u

NAME = "erased.list"
PRIVATE = 0o600
TABLES = {"resident": "resident", "household": "household", "visit": "visit"}


class DamagedList(Exception):
    """A line of the list cannot be read. Without it nobody knows what it kept away, so nothing is served."""

    def __init__(self, path: Path, number: int) -> None:
        zh = f"清除清单 {path} 第 {number} 行读不出来。没有这一行，已清除的内容可能会回来，所以不启动。"
        super().__init__(
            f"{zh}请用另存的清单（备份旁边也有一份）换掉它。\n"
            f"Line {number} of {path}, the list of what was erased, cannot be read. Without it what was erased might"
            " come back, so nothing is served. Put a copy in its place: one lies beside each backup."
        )


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """One erasure: the edit that said it, when it was received, the hashes of what went, and the photos and voice notes
    named there."""

    kind: str
    id: str
    grid: str | None
    author: str
    at_ms: int
    body: dict[str, Any]
    hashes: list[str] = []
    blobs: list[str] = []


def read_list(path: Path) -> list[Line]:
    """Every line, in order; a last one that was cut off is none. Raises DamagedList."""
    if not path.exists():
        return []
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        return _lines(path, file.read())


def _lines(path: Path, raw: bytes) -> list[Line]:
    found = []
    for number, line in enumerate(raw.split(b"\n")[:-1], 1):
        try:
            found += [msgspec.json.decode(line, type=Line)] if line else []
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise DamagedList(path, number) from None
    return found


def add_to_list(path: Path, lines: Iterable[Line]) -> int:
    """Put down durably what does not stand there yet; how many lines that were. One writer at a time, whatever the
    number of processes. Raises DamagedList."""
    new = list(lines)
    if not new:
        return 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        raw = file.read()
        known = {line.id for line in _lines(path, raw)}
        new = [line for line in new if line.id not in known]
        if new:
            file.seek(raw.rfind(b"\n") + 1)
            file.truncate()
            file.write(b"".join(msgspec.json.encode(line) + b"\n" for line in new))
            file.flush()
            os.fsync(file.fileno())
    return len(new)


def unlisted(store: Store, known: Iterable[str]) -> list[Line]:
    """Erasures of the journal that a list lacks, with the photos and voice notes that they named."""
    blobs = blobs_kept(store)
    erasures = {*blobs, *(row[0] for row in store.rows("SELECT DISTINCT erasure FROM erased"))}
    columns = "kind, id, grid, author, received_ms, body"
    missing = store.among(sorted(erasures - set(known)))
    rows = store.rows(f"SELECT {columns} FROM journal WHERE id = ANY($1) ORDER BY position", missing)
    return [_line(store, row, blobs.get(row[1], ())) for row in rows]


def blobs_kept(store: Store) -> dict[str, list[str]]:
    """Photos and voice notes of erasures that no list holds yet."""
    found: dict[str, list[str]] = {}
    for erasure, name in store.rows("SELECT erasure, sha256 FROM erased_blob ORDER BY erasure, sha256"):
        found.setdefault(erasure, []).append(name)
    return found


def _line(store: Store, row: Sequence[Any], blobs: Iterable[str]) -> Line:
    body = msgspec.json.decode(bytes(row[5]))
    went = [*body.get("edits", ()), *(visit["id"] for home in body.get("homes", ()) for visit in home["visits"])]
    found = store.rows("SELECT hash FROM journal WHERE id = ANY($1) ORDER BY position", store.among(sorted(set(went))))
    kind, id_, grid, author, at_ms = row[:5]
    return Line(kind, id_, grid, author, at_ms, body, [b64u(bytes(each[0])) for each in found], sorted(blobs))


def erase_listed(batch: Batch, lines: Iterable[Line]) -> list[str]:
    """Erase once more what the list holds and this journal does not know of; the photos and voice notes that went."""
    store, blobs = batch.store, set[str]()
    lines = list(lines)
    among = store.among([line.id for line in lines])
    known = {row[0] for row in store.rows("SELECT id FROM journal WHERE id = ANY($1)", among)}
    for line in lines:
        if line.id in known:
            continue
        words = _words(store, line)
        bodies = store.rows("SELECT body FROM journal WHERE id = ANY($1) AND body IS NOT NULL", store.among(words))
        blobs |= {*line.blobs, *(name for row in bodies for name in names_in(bytes(row[0]).decode(errors="replace")))}
        grid = _stands_in(store, line)
        draft = Draft(line.kind, line.id, grid, line.author, line.body, id=line.id)
        (receipt,) = batch.commit([draft])
        if receipt.outcome != "accepted":
            raise RuntimeError(f"{line.kind}: {receipt.outcome} {receipt.reason}")
        blank(store, words)
        if line.kind == "words.erased":
            wipe(store, line.body["of"], line.body["about"], grid or "", line.body)
        elif grid is not None:
            drop_downloads(store, grid)
    return sorted(blobs)


def _stands_in(store: Store, line: Line) -> str | None:
    """Where it stands in this journal: it may have gone to another grid only after a backup."""
    if line.kind != "words.erased" or line.body["of"] not in TABLES:
        return line.grid
    table = TABLES[line.body["of"]]
    row = store.row(f"SELECT grid FROM {table} WHERE id = $1", line.body["about"])
    return str(row[0]) if row is not None else line.grid


def _words(store: Store, line: Line) -> list[str]:
    visits = [visit["id"] for home in line.body.get("homes", ()) for visit in home["visits"]]
    pairs = [pair["a"] for pair in line.body.get("pairs", ())]
    return [*words_of(store, visits, pairs), *line.body.get("edits", ())]

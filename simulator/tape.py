"""What one model phone did and heard, written down, so that the real modules can be put in its place."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from simulator.holding import Ledger
from simulator.store import Record, Store
from sync.edit import b64u
from sync.ledger.checkpoint import Checkpoint

COMPARED = ("nonce", "log", "size", "offset_ms", "acked", "acked_hash", "backed_up_through", "revoked")
"""What a phone remembers of its exchanges, but for pauses and the number of its rounds."""


@dataclass
class Tape:
    """One phone from its first moment until it ends: `first` and `last` are its stores, `events` what came between.
    `keys`: those of the log, as its app brings them. `emptied`: in the end it was put out of use and nothing is left
    of it."""

    first: Store
    keys: Sequence[bytes]
    events: list[dict[str, Any]] = field(default_factory=list)
    last: Store | None = None
    emptied: bool = False

    def said(self, edit: Record, now_ms: int, plain: bool) -> None:
        """An edit was kept; one that is not `plain` a later client made."""
        self.events.append({"do": "say", "now_ms": now_ms, "edit": _edit(edit), "plain": plain})

    def began(self, now_ms: int) -> None:
        """The phone begins to exchange."""
        self.events.append({"do": "sync", "now_ms": now_ms, "talk": []})

    def asked(self, path: str, body: bytes, answer: tuple[int, bytes] | None) -> None:
        """One request and what came back. Nobody has believed it yet: a phone that dies now never heard it."""
        talk = self.events[-1]["talk"]
        talk.append({"path": path, "asked": body.decode(), "answer": _answer(path, answer), "believed": False})

    def believed(self) -> None:
        """What came back last was acted upon."""
        self.events[-1]["talk"][-1]["believed"] = True

    def corrected(self, store: Store) -> None:
        """Somebody mended what the phone remembers: it was enrolled again."""
        self.events.append({"do": "mend", "sync": store.sync})

    def end(self, store: Store) -> None:
        """No more is written down."""
        self.last = self.last or store.copy()

    def left(self) -> None:
        """The phone emptied itself."""
        self.emptied = True

    def script(self) -> dict[str, Any]:
        """All of it as JSON."""
        person = {"id": self.first.person, "name": "赵敏", "role": "grid_worker"}
        first = {"person": person, "chain": self.first.chain._asdict(), "sync": self.first.sync}
        return {"first": first, "events": self.events, "keys": [b64u(key) for key in self.keys]}

    def held(self) -> dict[str, Any]:
        """What the phone holds in the end, as the real one tells it."""
        if self.emptied:
            return {"emptied": True}
        assert self.last is not None
        store = self.last
        rows = {
            f"{kind} {id_}": [kept.scope, kept.part, kept.rev, json.loads(kept.raw)]
            for kind, held in store.rows.items()
            for id_, kept in held.items()
        }
        edits = {f"{edit.device} {edit.n}": _edit(edit) for edit in store.edits.values()}
        sync = {key: store.sync[key] for key in COMPARED}
        told = {"rows": rows, "edits": edits, "sync": sync, "chain": store.chain._asdict(), "scopes": store.scopes}
        return told | {"ledger": _ledger(store.ledger)}


def _edit(edit: Record) -> dict[str, Any]:
    """An edit as the real store keeps it: marks that are not set are absent."""
    told: dict[str, Any] = {name: getattr(edit, name) for name in ("device", "n", "id", "hash", "h", "b", "s")}
    told |= {"kind": edit.kind, "entity": edit.entity, "grid": edit.grid, "at_ms": edit.at_ms}
    told |= {mark: 1 for mark in ("unsent", "open", "unproved", "proved") if getattr(edit, mark)}
    became = {name: getattr(edit, name) for name in ("outcome", "reason", "position", "received_ms")}
    return told | {name: value for name, value in became.items() if value is not None}


def _ledger(ledger: Ledger | None) -> dict[str, Any] | None:
    """What is held of the log as the real store keeps it, keys and what it tells of a restore apart."""
    if ledger is None:
        return None
    told: dict[str, Any] = {"held": _checkpoint(ledger.held), "note": ledger.note, "back": ledger.back}
    told |= {"earlier": [_checkpoint(each) for each in ledger.earlier]}
    doubts = [None if each is None else msgspec.structs.asdict(each) for each in (ledger.doubt, *ledger.past)]
    return told | {"doubt": doubts[0], "past": doubts[1:]}


def _checkpoint(held: Checkpoint | None) -> list[Any] | None:
    return None if held is None else [held.origin, held.size, b64u(held.root)]


def _answer(path: str, answer: tuple[int, bytes] | None) -> dict[str, Any] | None:
    """An answer as a browser hands it over: inflated. What is cut in the middle of that never arrives."""
    if answer is None:
        return None
    status, body = answer
    if path != "/sync/exchange" and status == 200:
        try:
            body = gzip.decompress(body)
        except (OSError, EOFError, zlib.error):
            return None
    # What was cut inside a character stays cut: latin-1 carries bytes as they are.
    return {"status": status, "body": body.decode("latin-1")}

"""A model phone's store: what IndexedDB holds on a real one (web/phone/store.js, received.js).

Every method is one transaction: it happens whole or, when the phone dies before it, not at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec

from simulator.holding import Ledger, Proof
from sync.edit import unb64u

KINDS = (
    *("grid", "building", "household", "resident", "visit", "door", "aside", "daily_log", "verification_order"),
    *("order_answer", "patrol", "patrol_note", "action", "care_pair", "care_check", "paired", "paired_check"),
    *("item", "report", "volunteer", "whistle"),
)
LIVE = "live"
UNHELD = -1
"""The generation of a scope whose rows are those of another log."""


class Record(msgspec.Struct, frozen=True):
    """An edit as the phone keeps it: texts as made, and what became of it."""

    device: str
    n: int
    id: str
    hash: str
    h: str
    b: str
    s: str
    kind: str
    entity: str
    grid: str | None
    at_ms: int
    over: dict[str, list[str]]
    unsent: bool = True
    open: bool = True
    outcome: str | None = None
    reason: str | None = None
    position: int | None = None
    received_ms: int | None = None
    unproved: bool = False
    proved: bool = False


class Kept(NamedTuple):
    """A row as it came: its JSON is not touched."""

    scope: str
    part: str
    rev: int
    raw: bytes


class Said(msgspec.Struct):
    """A row of a reply or of a part."""

    k: str
    id: str
    rev: int
    row: msgspec.Raw
    scope: str = ""


class Chain(NamedTuple):
    """The end of this phone's own line of edits."""

    device: str
    n: int
    hash: str | None


@dataclass
class Change:
    """Everything one exchange changes in the store."""

    round: int
    scopes: list[dict[str, Any]]
    sync: dict[str, Any]
    backed_up_through: int
    keep_since_ms: int
    receipts: list[dict[str, Any]] = field(default_factory=list)
    rows: list[Said] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    afresh: list[str] = field(default_factory=list)
    rewind: tuple[str, int] | None = None
    dropped: list[Record] = field(default_factory=list)
    added: list[Record] = field(default_factory=list)
    chain: Chain | None = None
    ledger: Ledger | None = None
    proved: frozenset[Proof] = frozenset()
    other_log: bool = False


class Collision(Exception):
    """An edit of this number or id is there already."""


@dataclass
class Store:
    """What the phone remembers. `person` and `key` are who it was enrolled for; copies share nothing."""

    person: str
    key: int
    chain: Chain
    sync: dict[str, Any]
    scopes: list[dict[str, Any]] = field(default_factory=list)
    edits: dict[tuple[str, int], Record] = field(default_factory=dict)
    ids: dict[str, tuple[str, int]] = field(default_factory=dict)
    rows: dict[str, dict[str, Kept]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    ledger: Ledger | None = None

    def copy(self) -> Store:
        """All of it, on another phone or for later."""
        rows = {kind: dict(held) for kind, held in self.rows.items()}
        return Store(
            self.person,
            self.key,
            self.chain,
            dict(self.sync),
            list(self.scopes),
            dict(self.edits),
            dict(self.ids),
            rows,
            self.ledger,
        )

    # ------------------------------------------------------------ reading

    def edits_from(self, device: str, first: int, limit: int = 10**9) -> list[Record]:
        """Edits of one chain from a number on, in order."""
        found = sorted(key for key in self.edits if key[0] == device and key[1] >= first)
        return [self.edits[key] for key in found[:limit]]

    def all_edits(self) -> list[Record]:
        """Every edit that is kept, chain by chain."""
        return [self.edits[key] for key in sorted(self.edits)]

    def unsent(self) -> list[Record]:
        """What the server does not have, of every chain this phone went on as."""
        return [edit for edit in self.edits.values() if edit.unsent]

    def unproved(self) -> list[Record]:
        """What the server has said it has, and no reply has proved yet."""
        return [self.edits[key] for key in sorted(key for key, edit in self.edits.items() if edit.unproved)]

    # ------------------------------------------------------------ writing

    def add_edits(self, edits: Iterable[Record], chain: Chain) -> None:
        """Keep new edits at the end of the chain. Raises Collision."""
        made = list(edits)
        if any((edit.device, edit.n) in self.edits or edit.id in self.ids for edit in made):
            raise Collision
        for edit in made:
            self.put_edit(edit)
        self.chain = chain

    def put_edit(self, edit: Record) -> None:
        """Keep an edit, or what became of it."""
        self.edits[edit.device, edit.n] = edit
        self.ids[edit.id] = (edit.device, edit.n)

    def drop_edit(self, edit: Record) -> None:
        """Forget an edit."""
        del self.edits[edit.device, edit.n]
        del self.ids[edit.id]

    def apply(self, change: Change) -> bool:
        """Everything one exchange changed; False, and nothing done, when another exchange came in between."""
        if self.sync["round"] != change.round:
            return False
        for edit in self.unproved() if change.other_log else ():
            # Where these stood another edit stands: of those that are not told of again nothing is asked.
            self.put_edit(msgspec.structs.replace(edit, unproved=False))
        for receipt in change.receipts:
            self._receive(receipt)
        for edit in self.unproved() if change.proved else ():
            if (edit.position, unb64u(edit.hash)) in change.proved:
                self.put_edit(msgspec.structs.replace(edit, unproved=False, proved=True))
        if change.rewind:
            for edit in self.edits_from(*change.rewind):
                self.put_edit(forgotten(edit))
        for edit in change.dropped:
            self.drop_edit(edit)
        for edit in change.added:
            self.put_edit(edit)
        for scope in change.afresh:
            self._remove_scope(scope, ())
        for row in change.rows:
            self._put_row(row.scope, LIVE, row, change.scopes)
        held = {f"grid:{edit.grid}" for edit in self.unsent()}
        left = [scope for scope in change.gone if scope not in held]
        for scope in left:
            self._remove_scope(scope, ())
        scopes = [each for each in change.scopes if each["scope"] not in left]
        self._cover(scopes)
        self._prune(change.backed_up_through, change.keep_since_ms)
        self.chain, self.ledger = change.chain or self.chain, change.ledger or self.ledger
        self.scopes = scopes
        self.sync = {**self.sync, **change.sync, "round": change.round + 1}
        return True

    def put_part(
        self, scopes: list[dict[str, Any]], scope: str, part: str, rows: list[Said], whole: list[str] | None
    ) -> None:
        """One part of a first download; the last one clears what an older copy left."""
        for row in rows:
            self._put_row(scope, part, row, scopes)
        if whole is not None:
            self._remove_scope(scope, whole)
            self._cover(scopes)
        self.scopes = scopes

    def _receive(self, receipt: dict[str, Any]) -> None:
        edit = self.edits.get((receipt["device"], receipt["n"]))
        if edit is not None and edit.hash == receipt["hash"]:
            known = {key: receipt.get(key) for key in ("outcome", "reason", "position", "received_ms")}
            self.put_edit(msgspec.structs.replace(edit, unsent=False, unproved=True, proved=False, **known))

    def _put_row(self, scope: str, part: str, said: Said, held: list[dict[str, Any]]) -> None:
        """The newer word of several scopes counts, and only the scope that brought a row takes it away."""
        if said.k not in KINDS:
            return
        raw, rows = bytes(said.row), self.rows[said.k]
        now = rows.get(said.id) if len(held) > 1 else None
        if now is not None and now.scope != scope:
            # What a scope of another log brought counts positions of that log.
            counts = any(each["scope"] == now.scope and each["generation"] != UNHELD for each in held)
            if raw == b"null" or (counts and now.rev > said.rev):
                return
        if raw == b"null":
            rows.pop(said.id, None)
        else:
            rows[said.id] = Kept(scope, part, said.rev, raw)

    def _remove_scope(self, scope: str, keep: Iterable[str]) -> None:
        kept = set(keep)
        for rows in self.rows.values():
            for id_ in [id_ for id_, row in rows.items() if row.scope == scope and row.part not in kept]:
                del rows[id_]

    def _cover(self, scopes: list[dict[str, Any]]) -> None:
        cursors = {scope["scope"]: scope["cursor"] for scope in scopes}
        for edit in [edit for edit in self.edits.values() if edit.open]:
            if edit.unsent or edit.position is None:
                continue
            scope = f"grid:{edit.grid}"
            if edit.outcome == "quarantined" or scope not in cursors or (cursors[scope] or 0) >= edit.position:
                self.put_edit(msgspec.structs.replace(edit, open=False))

    def _prune(self, through: int, since_ms: int) -> None:
        for edit in list(self.edits.values()):
            backed = edit.position is not None and edit.position <= through
            settled = backed and not edit.open and not edit.unsent and edit.outcome != "quarantined"
            if settled and (edit.received_ms or 0) < since_ms:
                self.drop_edit(edit)


def forgotten(edit: Record) -> Record:
    """An edit the server had once and has no longer."""
    known = dict.fromkeys(("outcome", "reason", "position", "received_ms"))
    return msgspec.structs.replace(edit, unsent=True, open=True, unproved=False, proved=False, **known)

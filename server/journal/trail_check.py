"""A trail's file checked without any database: by the key of the log, the keys of phones, and arithmetic.

The first thing that is wrong is told first. Nothing in the file is believed for what stands beside it: the checkpoint
binds every edit with its receipt, each edit binds its author, its times and its words, phones have signed theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from server.journal.devices import is_signed_by
from server.journal.findings import Found
from server.journal.trail_file import Entry, Run, TrailFile, read_file
from server.journal.trail_told import Known, Line, body_of, lines_of
from server.signing import is_signed
from sync.capsule import signed_capsule
from sync.edit import Header, b64u, body_hash, edit_hash, read_header, read_salt, unb64u
from sync.ledger.checkpoint import Checkpoint, open_checkpoint
from sync.ledger.leaf import leaf_data
from sync.ledger.note import ED25519, read_verifier_key, signers
from sync.ledger.tree import HASH_BYTES, leaf_hash, root_of_path
from sync.statement import SIGNATURE_BYTES, read_statement, signed_bytes
from sync.strict import Malformed

OUTCOMES = ("accepted", "contested", "duplicate", "quarantined")


@dataclass
class Checked:
    """What was wrong, in order, and what was gone over. `outside`: the checkpoint's key came from somewhere else."""

    found: list[Found] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    entity: str = ""
    signed: int = 0
    desk: int = 0
    size: int = 0
    origin: str = ""
    outside: bool = False
    keys: list[str] = field(default_factory=list)


def check_trail(raw: bytes, keys: Sequence[bytes] = ()) -> Checked:
    """Check a file; `keys`: public keys of the log from somewhere else."""
    checked = Checked(outside=bool(keys))
    try:
        trail = read_file(raw)
    except Malformed as error:
        checked.found.append(Found("shape", {"said": error.detail}))
        return checked
    checking = _Checking(trail, keys, checked)
    checked.found.extend(checking.run())
    if not checked.found:
        checked.entity = trail.entity
        checked.lines.extend(lines_of(trail, checking.headers, checking.known, checking.checkpoint.origin))
    return checked


class _Checking:
    """One file being checked."""

    def __init__(self, trail: TrailFile, keys: Sequence[bytes], checked: Checked) -> None:
        self.trail, self.keys, self.checked = trail, keys, checked
        self.headers: dict[int, Header] = {}
        self.checkpoint = Checkpoint("", 0, b"")
        self.known = Known()
        self.covered: set[str] = set()

    def run(self) -> Iterator[Found]:
        """Everything that is wrong. What cannot be read ends it: the rest would hang in the air."""
        wrong = self._signed_by()
        if wrong is not None:
            yield wrong
            return
        entries = sorted([*self.trail.edits, *self.trail.beside], key=lambda each: each.position)
        found = [each for entry in entries for each in self._entry(entry)]
        found += self._order(entries)
        found = found or [*self._about()]
        yield from found
        if found:
            return
        for entry in entries:
            self.known.learn(entry, self.headers.get(entry.position))
        for run in self.trail.runs:
            yield from self._run(run)
        yield from self._authors()

    # ------------------------------------------------------------ the checkpoint

    def _signed_by(self) -> Found | None:
        try:
            keys = [read_verifier_key(text) for text in self.trail.keys]
            self.checkpoint, note = open_checkpoint(self.trail.checkpoint, keys, is_signed)
            signed = signers(note, keys, is_signed)
        except Malformed as error:
            return Found("checkpoint", {"said": error.detail})
        # A line that nobody here can check would be read by nobody.
        lines = [(each.name, each.id) for each in note.signatures]
        ours = all(key.name == self.checkpoint.origin and key.type == ED25519 for key in keys)
        if not ours or lines != [(key.name, key.id) for key in signed] or len(signed) != len(keys):
            return Found("checkpoint", {"said": "a signature or a key that is not the log's"})
        if str(note) != self.trail.checkpoint:
            return Found("checkpoint", {"said": "not in its one spelling"})
        if self.keys and not any(key.public in self.keys for key in signed):
            return Found("other_key", {"key": str(signed[0])})
        self.checked.size, self.checked.origin = self.checkpoint.size, self.checkpoint.origin
        self.checked.keys = [str(key) for key in signed]
        return None

    # ------------------------------------------------------------ edits

    def _order(self, entries: Sequence[Entry]) -> Iterator[Found]:
        """Each edit stands once, in the log's order, and none was received before the one before it."""
        for part in (self.trail.edits, self.trail.beside, entries):
            for one, other in pairwise(part):
                if other.position <= one.position:
                    yield Found("order", {"position": other.position})
                elif other.received_ms < one.received_ms:
                    yield Found("earlier", {"position": other.position})
        if not self.trail.edits:
            yield Found("nothing", {})

    def _entry(self, entry: Entry) -> Iterator[Found]:
        at = {"position": entry.position}
        if entry.header is not None:
            raw = entry.header.encode()
            if b64u(edit_hash(raw)) != entry.hash:
                yield Found("header", at)
                return
            try:
                self.headers[entry.position] = read_header(raw)
            except Malformed:
                yield Found("header", at)
                return
        yield from self._text(entry)
        yield from self._leaf(entry)

    def _text(self, entry: Entry) -> Iterator[Found]:
        """The words are those that the header names; or there are none, and the file says why."""
        at = {"position": entry.position}
        header = self.headers.get(entry.position)
        if entry.body is None or entry.salt is None or header is None:
            bare = header is None and entry.without is None
            if entry.body is not None or entry.salt is not None or not (bare or (header and entry.without)):
                yield Found("body", at)
            return
        try:
            named = b64u(body_hash(read_salt(entry.salt), entry.body.encode()))
        except Malformed:
            named = ""
        if entry.without is not None or named != header.body_hash:
            yield Found("body", at)

    def _leaf(self, entry: Entry) -> Iterator[Found]:
        """The log holds this edit at this place, received then, with this outcome."""
        at = {"position": entry.position}
        try:
            digest = unb64u(entry.hash, HASH_BYTES)
            path = [unb64u(each, HASH_BYTES) for each in entry.path]
        except Malformed:
            yield Found("path", at)
            return

        def fits(outcome: str, reason: str | None) -> bool:
            leaf = leaf_hash(leaf_data(digest, entry.received_ms, outcome, reason))
            return root_of_path(leaf, entry.position, self.checkpoint.size, path) == self.checkpoint.root

        if not 0 <= entry.received_ms < 2**63 or entry.position < 0:
            yield Found("receipt", at)
        elif not fits(entry.outcome, entry.reason):
            # Where another outcome fits, that is what was changed.
            said = next((each for each in _told() if fits(*each)), None)
            if said is None:
                yield Found("receipt", at)
            else:
                told = said[0] if said[1] is None else f"{said[0]}, {said[1]}"
                yield Found("outcome", {**at, "told": told})

    def _about(self) -> Iterator[Found]:
        """Every edit is about this thing, a decision about an edit that is, or a verdict that names it."""
        ids = {self.headers[each.position].id for each in self.trail.edits if each.header is not None}
        for entry in self.trail.edits:
            header = self.headers.get(entry.position)
            if header is None or not (
                header.entity == self.trail.entity
                or (header.kind.startswith("edit.") and header.entity in ids)
                or (header.kind == "pair.judged" and self.trail.entity in body_of(entry).values())
            ):
                yield Found("other", {"position": entry.position})

    # ------------------------------------------------------------ phones

    def _run(self, run: Run) -> Iterator[Found]:
        """The statement is signed by the phone's key and names the last header; each header names the one before."""
        raw = run.statement.encode()
        try:
            statement, signature = read_statement(raw), unb64u(run.signature, SIGNATURE_BYTES)
        except Malformed:
            yield Found("signature", {"device": "", "n": 0})
            return
        at = {"device": statement.device, "n": statement.n}
        said = [(key, way) for key in self.known.phones.get(statement.device, []) for way in _ways(raw)]
        if not any(is_signed_by(key, way, signature) for key, way in said):
            yield Found("signature", at)
            return
        name = statement.hash
        for text in reversed(run.headers):
            if b64u(edit_hash(text.encode())) != name:
                yield Found("chain", at)
                return
            self.covered.add(name)
            try:
                header = read_header(text.encode())
            except Malformed:
                yield Found("chain", at)
                return
            if header.device != statement.device:
                yield Found("chain", at)
                return
            name = header.prev or ""

    def _authors(self) -> Iterator[Found]:
        """A phone's edit lies below a statement that it signed; any other is the server's."""
        for entry in self.trail.edits:
            header = self.headers[entry.position]
            if header.device in self.known.phones:
                self.checked.signed += 1
                if entry.hash not in self.covered:
                    yield Found("unsigned", {"position": entry.position})
            elif header.device in self.known.servers:
                self.checked.desk += 1
            else:
                yield Found("device", {"position": entry.position})


def _ways(statement: bytes) -> tuple[bytes, bytes]:
    """A head was signed to be sent, or to lie in a capsule."""
    return signed_bytes(statement), signed_capsule(statement)


def _told() -> Iterator[tuple[str, str | None]]:
    """Every outcome that an edit can have."""
    yield from ((outcome, None) for outcome in OUTCOMES)
    yield from (("quarantined", reason) for reason in REASONS)


REASONS = (
    "unknown_kind", "bad_body", "out_of_scope", "not_author", "revoked", "unknown_entity", "fork", "fold_error",
    "sealed", "needs_decision", "unknown_tag", "restricted_off", "already_in", "decided",
)  # fmt: skip

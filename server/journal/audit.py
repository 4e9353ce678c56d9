"""The whole log looked at anew: every edit, leaf, tile, checkpoint and signature, then the tables. The first thing that
is wrong is told first.

Everything is read over one view of the database, so that a server may go on serving. Nothing the database says of
itself is believed: what binds it to the outside are signatures of phones and of the log's key, and checkpoints that
somebody else kept.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

from server.journal.brought import Brought, as_signed, splits, witnessed
from server.journal.checkpoints import origin_of
from server.journal.devices import is_signed_by
from server.journal.findings import Audited, Found
from server.journal.incidents import incidents
from server.journal.journal import Journal
from server.journal.leaves import leaf_of
from server.journal.refold import differences
from server.journal.replay import Progress, silent
from server.journal.sql import Store
from server.signing import is_signed
from sync.capsule import signed_capsule
from sync.edit import b64u, read_header
from sync.ledger.checkpoint import Checkpoint, read_checkpoint
from sync.ledger.note import ED25519, VerifierKey, read_note, signers
from sync.ledger.tiles import WIDTH, grow, widths
from sync.ledger.tree import EMPTY, Edge
from sync.statement import Statement, read_statement, signed_bytes
from sync.strict import Malformed
from sync.times import claimed_ms

PAGE = WIDTH * 16
COLUMNS = (
    "position, hash, received_ms, outcome, reason, header, id, device, n, author, on_behalf_of, grid, kind, entity, "
    "claimed_ms"
)


class Audit:
    """One audit of one database. `keys`: public keys of the log; `handed`: checkpoints that somebody kept elsewhere.
    `backup`: the log as a backup holds it, which has neither tiles nor checkpoints, and may end anywhere."""

    def __init__(
        self,
        store: Store,
        keys: Sequence[bytes],
        handed: Sequence[str],
        utc_offset_min: int,
        *,
        brought: Brought | None = None,
        backup: bool = False,
    ) -> None:
        self.store = store
        self.done = Audited()
        self._keys = keys
        self._handed = [as_signed(text) for text in handed]
        self._brought = brought or Brought()
        self._backup = backup
        self._utc_offset_min = utc_offset_min
        row = store.row("SELECT log, size FROM journal_head WHERE id = 1")
        self.log: str = row[0] if row is not None else ""
        self.size: int = row[1] if row is not None else 0
        self.root = EMPTY
        self._roots: dict[int, bytes] = {}
        self._hashes: dict[tuple[str, int], str] = {}
        self._origins = {origin_of(self.log)}
        self._forked: set[tuple[str, int, str]] = set()
        self._restored_ms = -1

    def run(self, progress: Progress = silent, *, tables: bool = True) -> Iterator[Found]:
        """Everything that is wrong; without `tables` the log alone is looked at."""
        stored, handed = [] if self._backup else list(self._stored()), list(self._read(self._handed))
        wanted = {each[0].size for each in (*stored, *handed) if isinstance(each[0], Checkpoint)}
        wanted |= {row[2] for row in self.store.rows(HEADS)} | {head.size for head in self._brought.heads}
        broke_off = incidents(self.store)
        wanted |= {head["size"] for each in broke_off for head in each.heads}
        yield from self._journal(wanted, progress)
        for each, note in stored:
            if isinstance(each, Checkpoint):
                self.done.first = self.done.first or each.size
            self.done.checkpoints += 1
            yield from self._compare(each, note, "stored")
        for each, note in handed:
            self.done.handed += 1
            yield from self._compare(each, note, "handed")
            yield from self._cosigned(each, note)
        self._origins |= {origin_of(each.from_log) for each in broke_off}
        self.done.begins = broke_off[-1].position if broke_off else 0
        for incident in broke_off:
            self.done.incidents.append(incident.told)
            if not incident.fits(self._roots.get):
                yield Found("incident", {"position": incident.position})
        yield from self._heads()
        yield from self._heads_brought()
        yield from self._signatures()
        yield from self._erased()
        if tables:
            lines = differences(self.store, self._utc_offset_min, progress)
            yield from (Found("table", {"line": line}) for line in lines)

    # ------------------------------------------------------------ edits, leaves, tiles

    def _journal(self, wanted: set[int], progress: Progress) -> Iterator[Found]:
        edge, tree, last_ms = Edge(), 0, 0
        tiles: dict[tuple[int, int], bytes] = {}
        statement = f"SELECT {COLUMNS} FROM journal WHERE position >= $1 AND position < $2 ORDER BY position"
        for first in range(0, self.size, PAGE):
            rows = self.store.rows(statement, first, min(self.size, first + PAGE))
            leaves = []
            for position, row in enumerate(rows, first):
                if row[0] != position:
                    yield Found("missing", {"position": position})
                    return
                if row[2] < last_ms:
                    yield Found("earlier", {"position": position})
                last_ms = row[2]
                yield from self._edit(row)
                leaves.append(leaf_of((bytes(row[1]), row[2], row[3], row[4])))
                edge.append(leaves[-1])
                if edge.size in wanted:
                    self._roots[edge.size] = edge.root()
            if len(rows) < min(self.size, first + PAGE) - first:
                yield Found("missing", {"position": first + len(rows)})
                return
            tree, wider = grow(tiles, tree, leaves)
            known = {**tiles, **wider}
            tiles = {(level, full): known[level, full] for level, full, partial in widths(tree) if partial}
            # What is partial here and not the end is compared once it is whole.
            ended = tree == self.size
            if not self._backup:
                yield from self._tiles({at: each for at, each in wider.items() if ended or at not in tiles})
            self.done.edits, self.root = edge.size, edge.root()
            progress(edge.size, self.size)
        beyond = self.store.row("SELECT min(position) FROM journal WHERE position >= $1", self.size)
        if beyond is not None and beyond[0] is not None:
            yield Found("beyond", {"position": beyond[0]})

    def _edit(self, row: Sequence[Any]) -> Iterator[Found]:
        """What stands beside the header is what it says; its bytes are those of its name."""
        header_bytes = bytes(row[5])
        if sha256(header_bytes).digest() != bytes(row[1]):
            yield Found("header", {"position": row[0]})
            return
        try:
            header = read_header(header_bytes)
        except Malformed:
            yield Found("header", {"position": row[0]})
            return
        behalf = header.on_behalf_of if isinstance(header.on_behalf_of, str) else None
        said = (header.id, header.device, header.n, header.author, behalf, header.grid, header.kind, header.entity)
        if said != tuple(row[6:14]) or claimed_ms(header) != row[14]:
            yield Found("columns", {"position": row[0]})
        name = b64u(bytes(row[1]))
        if row[4] == "fork":
            self._forked.add((header.device, header.n, name))
        else:
            self._hashes[header.device, header.n] = name
        if header.kind == "server.restored" and row[3] == "accepted":
            self._restored_ms = row[2]

    def _tiles(self, made: dict[tuple[int, int], bytes]) -> Iterator[Found]:
        for (level, place), hashes in sorted(made.items()):
            row = self.store.row("SELECT hashes FROM ledger_tile WHERE level = $1 AND place = $2", level, place)
            if row is None or bytes(row[0]) != hashes:
                yield Found("tile", {"level": level, "place": place, "position": place * WIDTH ** (level + 1)})

    # ------------------------------------------------------------ checkpoints

    def _stored(self) -> Iterator[tuple[Checkpoint | Malformed, str]]:
        rows = self.store.rows("SELECT note FROM checkpoint WHERE log = $1 ORDER BY size", self.log)
        return self._read([row[0] for row in rows])

    def _read(self, notes: Sequence[str]) -> Iterator[tuple[Checkpoint | Malformed, str]]:
        for text in notes:
            try:
                note = read_note(text)
                checkpoint = read_checkpoint(note.text)
                known = [VerifierKey(checkpoint.origin, ED25519, key) for key in self._keys]
                if not signers(note, known, is_signed):
                    raise Malformed("bad_signature", "none of the log's keys")
                yield checkpoint, text
            except Malformed as error:
                yield error, text

    def _compare(self, found: Checkpoint | Malformed, note: str, where: str) -> Iterator[Found]:
        about = {"size": note.split("\n")[1] if note.count("\n") > 1 else "", "origin": note.split("\n")[0]}
        if isinstance(found, Malformed):
            yield Found(f"{where}_unsigned", about)
        elif found.origin != origin_of(self.log):
            # A log that goes on after another begins with its leaves, as far as the backup went.
            if self._roots.get(found.size) != found.root:
                yield Found(f"{where}_other", about)
        elif found.size > self.size and self._backup:
            yield Found(f"{where}_later", {**about, "edits": self.size}, wrong=False)
        elif found.size > self.size:
            yield Found(f"{where}_ahead", {**about, "edits": self.size})
        elif found.size and self._roots.get(found.size) != found.root:
            yield Found(f"{where}_root", about)

    def _cosigned(self, found: Checkpoint | Malformed, note: str) -> Iterator[Found]:
        """Who else saw it: whether it fits or not, a witness was shown this."""
        if isinstance(found, Malformed):
            return
        try:
            for name, time_s in witnessed(read_note(note), self._brought.witnesses):
                self.done.witnessed.append({"name": name, "size": found.size, "time_s": time_s})
        except Malformed:
            yield Found("handed_cosignature", {"size": found.size})

    # ------------------------------------------------------------ phones

    def _heads(self) -> Iterator[Found]:
        """What phones said they held. Nobody signed it, but nobody could make all of them say the same."""
        for device, origin, size, root in self.store.rows(HEADS):
            found = self._roots.get(size)
            if origin not in self._origins and not self._backup:
                yield Found("held_other", {"device": device, "origin": origin, "size": size})
            elif found is None or b64encode(found).decode() != root:
                # Of a log before this one a phone may hold more than the backup knew: the phone itself says so. In a
                # backup a phone may have said it while later edits were on their way there.
                if origin == origin_of(self.log) and not (self._backup and size > self.size):
                    yield Found("held", {"device": device, "size": size})
            else:
                self.done.heads += 1

    def _heads_brought(self) -> Iterator[Found]:
        """What phones said they held at another time, or to another server: with this log, and with each other."""
        for head in self._brought.heads:
            about = {"device": head.device, "origin": head.origin, "size": head.size, "edits": self.size}
            found, ours = self._roots.get(head.size), head.origin == origin_of(self.log)
            if head.origin not in self._origins and not self._backup:
                # A backup may know nothing yet of a log that goes on after it.
                yield Found("head_stranger", about)
            elif found is not None and b64encode(found).decode() == head.root:
                self.done.brought += 1
            elif not ours:
                yield Found("head_other", about, wrong=False)
            elif head.size > self.size:
                yield Found("head_later" if self._backup else "head_ahead", about, wrong=not self._backup)
            else:
                yield Found("head_root", about)
        yield from (Found("split", about) for about in splits(self._brought.heads))

    def _erased(self) -> Iterator[Found]:
        """What existed and was erased: each edit without words is one that an erasure names. Words that somebody only
        took away are missed here, whatever became of the tables."""
        named = {row[0]: row[1] for row in self.store.rows("SELECT id, rev FROM erased")}
        for position, id_, entity, reason in self.store.rows(WORDLESS):
            # A door outlives what was said at it: of what came to the same thing later nothing was erased.
            if reason == "erased" or id_ in named or position < named.get(entity, 0):
                self.done.erased += 1
            else:
                yield Found("vanished", {"position": position})

    def _signatures(self) -> Iterator[Found]:
        """Every edit of a phone lies below a head that the phone signed, and every head is of an edit that is here."""
        keys = {row[0]: bytes(row[1]) for row in self.store.rows(KEYS)}
        tops: dict[str, int] = {}
        beyond: dict[str, int] = {}
        for device, n, raw, signature in self.store.rows(STATEMENTS):
            if self._backup and device not in keys:
                continue  # its enrolment lies beyond the end
            head = _signed(keys.get(device), raw.encode(), bytes(signature))
            if head is None or (head.device, head.n) != (device, n):
                yield Found("signature", {"device": device, "n": n})
            elif head.hash == self._hashes.get((device, n)):
                # A head that was set aside with its branch names none of the chain.
                tops[device] = max(n, tops.get(device, 0))
            elif (device, n, head.hash) not in self._forked:
                if (device, n) not in self._hashes:
                    beyond[device] = max(n, beyond.get(device, 0))
                if not self._backup:
                    yield self._cut(device, n)
        for device, n in self._hashes:
            if device in keys:
                self.done.signed += 1
                if n > tops.get(device, 0):
                    # A backup may end within what a phone sent at once, with the signature over all of it.
                    later = self._backup and n < beyond.get(device, 0)
                    yield Found("unsigned_later" if later else "unsigned", {"device": device, "n": n}, wrong=not later)

    def _cut(self, device: str, n: int) -> Found:
        """A phone signed what is not here. A backup may know of what was signed, and lack it: whoever was restored from
        it does, too."""
        row = self.store.row("SELECT received_ms FROM head_statement WHERE device = $1 AND n = $2", device, n)
        lost = row is not None and row[0] <= self._restored_ms
        return Found("cut_before" if lost else "cut", {"device": device, "n": n}, wrong=not lost)


def _signed(key: bytes | None, statement: bytes, signature: bytes) -> Statement | None:
    """A head as a phone signed it, sent by itself or in a capsule; None where it did not."""
    ways = (signed_bytes(statement), signed_capsule(statement))
    if key is None or not any(is_signed_by(key, said, signature) for said in ways):
        return None
    try:
        return read_statement(statement)
    except Malformed:
        return None


HEADS = "SELECT id, held_origin, held_size, held_root FROM device WHERE held_size > 0 ORDER BY id"
KEYS = "SELECT id, public_key FROM device WHERE public_key IS NOT NULL"
WORDLESS = "SELECT position, id, entity, reason FROM journal WHERE body IS NULL ORDER BY position"
STATEMENTS = "SELECT device, n, statement, signature FROM head_statement ORDER BY device, n"


@dataclass(frozen=True)
class Report:
    """What was wrong, in order, what could not be compared, and what was gone over."""

    found: list[Found]
    done: dict[str, Any]
    beyond: list[Found] = field(default_factory=list)


def report_of(audit: Audit, found: Sequence[Found]) -> Report:
    """What an audit came to, once it has run."""
    done = {**asdict(audit.done), "root": b64encode(audit.root).decode()}
    return Report([each for each in found if each.wrong], done, [each for each in found if not each.wrong])


async def audit_report(
    journal: Journal,
    handed: Sequence[str],
    keys: Sequence[bytes] = (),
    progress: Progress = silent,
    brought: Brought | None = None,
) -> Report:
    """Audit the database of a journal, by the log's keys as they lie beside it, or by these."""
    known = keys or journal.settings.log_keys.ever

    def audited(store: Store) -> Report:
        audit = Audit(store, known, handed, journal.settings.utc_offset_min, brought=brought)
        return report_of(audit, list(audit.run(progress)))

    return await journal.transactions.read(audited)

"""One transaction: everything that waits is placed, judged, journaled and folded, at positions taken in it.

The row of `journal_head` is locked first, so that positions have no gaps and receipts never go back, whatever the
number of server processes. Whoever waits is answered only after the transaction has committed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from uuid_utils import uuid7

from server import schema
from server.journal.chains import Chain, ChainGap, Entry, Push, Pushed, UnknownDevice
from server.journal.drafts import Draft, Receipt, draft_id, edit_of
from server.journal.healing import came
from server.journal.known import Known, load_for
from server.journal.problems import problem
from server.journal.pull import News, scopes_of, visible_scopes
from server.journal.regrowing import grown
from server.journal.sql import Store
from server.journal.written import write_changes
from sync.chain import Gap, Head, Run, place
from sync.edit import Edit, Header, Seen, b64u
from sync.entities import Device
from sync.fold import Outcome, Read, fold, read_body, set_aside
from sync.rules.aside import ERASED
from sync.state import Key, State
from sync.times import claimed_ms, times_of

FORKED = Outcome("quarantined", "fork")
SUCCEEDS = (
    """UPDATE device SET forked_from = $2, opener = (SELECT d.opener FROM device d WHERE d.id = $2) WHERE id = $1"""
)
"""Whoever goes on for a device is opened by what opened that one."""
SUCCESSORS_MAX = 20
"""So many devices a key may have been by its phone's own word; a server is not restored too far that often."""


class Batch:
    """The edits of one transaction, growing."""

    def __init__(self, store: Store, now_ms: int, utc_offset_min: int) -> None:
        self.store = store
        self.utc_offset_min = utc_offset_min
        lock = "" if store.sqlite else " FOR UPDATE"
        row = store.row(f"SELECT log, size, received_ms, moved_to FROM journal_head WHERE id = 1{lock}")
        assert row is not None, "the journal was not begun"
        if row[3] is not None:
            raise problem("moved")
        self.log: str = row[0]
        self.known = Known(store, self.log)
        self.state = State(self.known.fetch, utc_offset_min)
        self.begun_at: int = row[1]
        self.size = self.begun_at
        self.received_ms: int = max(now_ms, row[2])
        self._journal: list[tuple[Any, ...]] = []
        self._forks: list[tuple[Any, ...]] = []
        self._statements: list[tuple[Any, ...]] = []
        self._successors: list[tuple[str, str]] = []
        self._chains: dict[str, Chain] = {}
        self._asking: set[str] = set()  # scopes of those who pushed
        self.news = News()
        self._receipts: dict[int, int] = {}
        self._server: str | None = None
        self._made: dict[str, Receipt] = {}
        self.root: bytes | None = None  # over the log as this batch leaves it; None: it added nothing, or it is astray
        self.astray = False  # the journal is not the one that was signed: no leaf is added, nothing is said of it

    # ------------------------------------------------------------ preparing

    def prepare(self, reads: Sequence[Read]) -> None:
        """Fetch what these edits will ask for, in few queries."""
        load_for(self.state, reads)
        positions = set()
        for read in reads:
            seen = read.edit.header.seen
            if seen.log == self.log and seen.size:
                positions.add(min(seen.size, self.begun_at) - 1)
        positions -= self._receipts.keys()
        self._receipts.update(self.known.receipts_at(positions))

    def _chain(self, device: str) -> Chain:
        chain = self._chains.get(device)
        if chain is None:
            own = "person, public_key, label, kind, enrolled_ms, revoked_ms"
            columns = f"{own}, n, hash, nonce_floor_ms, last_seen_ms, unsent"
            row = self.store.row(f"SELECT {columns} FROM device WHERE id = $1", device)
            if row is None:
                raise UnknownDevice
            chain = Chain(Device(device, *row[:6]), *row[6:])
            self._chains[device] = chain
        return chain

    # ------------------------------------------------------------ phones

    def push(self, push: Push) -> Pushed:
        """Take one device's run in. Raises ChainGap, UnknownDevice; nothing of the run is kept then."""
        chain = self._chain(push.device)
        # Somebody may have put it out of use in this very transaction.
        chain.device = self.state.changed.get(Key("device", None, push.device), chain.device)
        run = self._place(chain, push.reads)
        came(self.store, self.log, push.device, chain.n, run.fresh, self.received_ms)
        by_hash = {read.edit.hash: read for read in push.reads}
        entries = [self._stored(chain, edit) for edit in run.known]
        entries += [self._append(chain, by_hash[edit.hash]) for edit in run.fresh]
        successor = self._successor(chain, run)
        for edit in run.forked:
            assert successor is not None
            entries.append(self._set_aside(chain, edit, successor))
        chain.nonce_floor_ms = max(chain.nonce_floor_ms, push.nonce_ms)
        chain.grown = True
        if push.unsent is not None:
            chain.last_seen_ms, chain.unsent = self.received_ms, push.unsent
        chain.held = push.held or chain.held
        top = push.reads[-1].edit.header.n
        self._statements.append((push.device, top, push.statement, push.signature, self.received_ms))
        person = self.state.get("person", None, chain.device.person) if chain.device.person else None
        revoked = chain.device.revoked or (person is not None and person.ended_ms is not None)
        scopes = scopes_of(person.id, person.walked) if person and not revoked else []
        self._asking.update(scopes)
        return Pushed(entries, Head(chain.n, chain.hash), successor, revoked, scopes, self.news)

    def _place(self, chain: Chain, reads: Sequence[Read]) -> Run:
        edits = [read.edit for read in reads]
        first = edits[0].header
        ours = b64u(chain.hash) if chain.hash else None
        # What comes next and hangs on our head needs no look at what came before.
        if first.n == chain.n + 1 and first.prev == ours:
            return Run((), edits, ())
        if chain.forked is None:
            rows = self.store.rows("SELECT hash, n, position, successor FROM fork WHERE device = $1", chain.device.id)
            chain.forked = {row[0]: (row[1], row[2], row[3]) for row in rows}
        self._recall(chain, first.n, edits[-1].header.n)
        stored = {n: entry.hash for n, entry in chain.recent.items()}
        forked = {digest: found[0] for digest, found in chain.forked.items()}
        placed = place(edits, Head(chain.n, chain.hash), stored, forked)
        if isinstance(placed, Gap):
            raise ChainGap(placed.expected)
        return placed

    def _recall(self, chain: Chain, first: int, last: int) -> None:
        columns = "n, hash, position, received_ms, outcome, reason"
        own = "device = $1 AND n BETWEEN $2 AND $3 AND (reason IS NULL OR reason <> 'fork')"
        for row in self.store.rows(f"SELECT {columns} FROM journal WHERE {own}", chain.device.id, first, last):
            chain.recent.setdefault(row[0], Entry(*row))

    def _stored(self, chain: Chain, edit: Edit) -> Entry:
        entry = chain.recent.get(edit.header.n)
        if entry is not None and entry.hash == edit.hash:
            return entry
        assert chain.forked is not None
        n, position, _ = chain.forked[edit.hash]
        received_ms = self.received_ms
        if position < self.begun_at:
            received_ms = self.known.receipts_at([position])[position]
        return Entry(n, edit.hash, position, received_ms, *FORKED)

    def _successor(self, chain: Chain, run: Run) -> str | None:
        """The device to go on as: the one made when the branch was first seen, or a new one for the same key."""
        forked = chain.forked or {}
        for edit in run.known:
            if edit.hash in forked:
                return forked[edit.hash][2]
        if not run.forked:
            return None
        prev = run.forked[0].header.prev
        for digest, (_, _, successor) in forked.items():
            if b64u(digest) == prev:
                return successor
        return self._enrol_after(chain.device)

    def succeed(self, device: str, told_n: int) -> str | None:
        """The device to go on as for a phone that lacks what this journal lacks of its chain: a server was restored
        from an older backup than phones had been told of. None where nothing is lacking. Raises UnknownDevice."""
        chain = self._chain(device)
        if chain.n >= told_n:
            return None
        # One that was made for it before, and is not begun: its answer was lost.
        unused = "forked_from = $1 AND n = 0 ORDER BY enrolled_ms DESC, id DESC LIMIT 1"
        row = self.store.row(f"SELECT id FROM device WHERE {unused}", device)
        if row is not None:
            return str(row[0])
        own = "person = $1 AND public_key = $2"
        known = chain.device
        count = self.store.row(f"SELECT count(*) FROM device WHERE {own}", known.person, known.public_key)
        return self._enrol_after(known) if count is not None and count[0] < SUCCESSORS_MAX else None

    def _enrol_after(self, device: Device) -> str:
        assert device.person is not None
        assert device.public_key is not None
        successor = str(uuid7())
        key = b64u(device.public_key)
        body = {"person": device.person, "public_key": key, "label": device.label, "succeeds": device.id}
        self.commit([Draft("device.enrolled", successor, None, device.person, body, id=successor)])
        self._successors.append((successor, device.id))
        return successor

    # ------------------------------------------------------------ ourselves

    def commit(self, drafts: Sequence[Draft]) -> list[Receipt]:
        """Make edits of drafts, on the server's own device, in order."""
        chain = self._chain(self._own_device())
        ids = [draft_id(draft) for draft in drafts]
        self.state.load("journaled", None, ids)
        named = [draft.body.get("household") for draft in drafts]
        homes = [each for each in named if isinstance(each, str)]
        self.state.load("erased", None, [*ids, *(draft.entity for draft in drafts), *homes])
        made: dict[str, Receipt] = {}
        for draft, id_ in zip(drafts, ids, strict=True):
            if id_ in made:
                continue
            if self.state.get("journaled", None, id_) is not None:
                made[id_] = self._made.get(id_) or self._receipt(id_)
                continue
            edit = edit_of(
                draft, id_, chain.device.id, Head(chain.n, chain.hash), Seen(self.log, self.size), self.received_ms
            )
            entry = self._append(chain, read_body(edit))
            made[id_] = Receipt(id_, entry.position, entry.received_ms, entry.outcome, entry.reason)
        self._made.update(made)
        return [made[id_] for id_ in ids]

    def _own_device(self) -> str:
        if self._server is None:
            newest = "kind = 'server' ORDER BY enrolled_ms DESC, id DESC LIMIT 1"
            row = self.store.row(f"SELECT id FROM device WHERE {newest}")
            assert row is not None, "the journal was not begun"
            self._server = row[0]
        return self._server

    def _receipt(self, id_: str) -> Receipt:
        columns = "position, received_ms, outcome, reason"
        row = self.store.row(f"SELECT {columns} FROM journal WHERE id = $1 ORDER BY position LIMIT 1", id_)
        assert row is not None
        return Receipt(id_, *row)

    # ------------------------------------------------------------ the journal

    def _append(self, chain: Chain, read: Read) -> Entry:
        edit, header = read.edit, read.edit.header
        author = self.state.get("person", None, header.author)
        times = times_of(header, self._seen_ms(chain, header), self.received_ms)
        outcome = fold(read, self.state, chain.device, author, times, self.size)
        entry = self._keep(edit, times.effective_ms, outcome, bare=self._is_erased(read))
        chain.n, chain.hash, chain.grown = header.n, edit.hash, True
        chain.recent[header.n] = entry
        return entry

    def _set_aside(self, chain: Chain, edit: Edit, successor: str) -> Entry:
        times = times_of(edit.header, self._seen_ms(chain, edit.header), self.received_ms)
        entry = self._keep(edit, times.effective_ms, FORKED, bare=self._is_erased(Read(edit, None, None)))
        set_aside(edit.header, times, self.state)
        assert chain.forked is not None
        chain.forked[edit.hash] = (edit.header.n, entry.position, successor)
        self._forks.append((chain.device.id, edit.hash, edit.header.n, entry.position, successor))
        return entry

    def _seen_ms(self, chain: Chain, header: Header) -> int:
        """The receipt of the newest edit its author had seen; enrolment while they had seen none of this log."""
        if header.seen.log != self.log or not header.seen.size:
            return chain.device.enrolled_ms
        last = min(header.seen.size, self.size) - 1
        if last >= self.begun_at:
            return self.received_ms
        if last not in self._receipts:
            self._receipts.update(self.known.receipts_at([last]))
        seen_ms: int = max(self._receipts[last], chain.device.enrolled_ms)
        return seen_ms

    def _is_erased(self, read: Read) -> bool:
        """Whether its words went for good, here or on the phone: sent again by whatever way, they are not kept."""
        return read.reason == ERASED or self.state.get("erased", None, read.edit.header.id) is not None

    def _keep(self, edit: Edit, effective_ms: int, outcome: Outcome, *, bare: bool = False) -> Entry:
        header, position = edit.header, self.size
        behalf = header.on_behalf_of
        self._journal.append(
            (
                position,
                header.id,
                header.device,
                header.n,
                header.author,
                behalf if isinstance(behalf, str) else None,
                header.grid,
                header.kind,
                header.entity,
                claimed_ms(header),
                effective_ms,
                self.received_ms,
                outcome.outcome,
                outcome.reason,
                edit.hash,
                edit.header_bytes,
                None if bare else edit.salt,
                None if bare else edit.body,
            )
        )
        self.size += 1
        return Entry(header.n, edit.hash, position, self.received_ms, outcome.outcome, outcome.reason)

    def write(self) -> None:
        """Put everything into the database; the transaction's owner commits."""
        store, self.news.size = self.store, self.size
        if self._asking:
            self.news.before = {each.scope: each for each in visible_scopes(store, self._asking)}
        if self.size > self.begun_at:
            store.insert(schema.journal, self._journal)
            self._add_leaves()
            for row in write_changes(store, self.state, self.utc_offset_min):
                self.news.rows.setdefault(row[0], []).append(row)
            moved = "UPDATE journal_head SET size = $1, received_ms = $2 WHERE id = 1"
            store.run(moved, self.size, self.received_ms)
        store.insert(schema.fork, self._forks)
        self._write_chains()
        kept = "INSERT INTO head_statement VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"
        store.run_each(kept, self._statements)

    def _add_leaves(self) -> None:
        if not self.astray:
            kept = [(row[14], row[11], row[12], row[13]) for row in self._journal]
            self.root = grown(self.store, self.log, self.begun_at, kept)
            self.astray = self.root is None

    def _write_chains(self) -> None:
        grown = [chain for chain in self._chains.values() if chain.grown]
        columns = "n = $2, hash = $3, nonce_floor_ms = $4, last_seen_ms = $5, unsent = $6"
        rows = [(c.device.id, c.n, c.hash, c.nonce_floor_ms, c.last_seen_ms, c.unsent) for c in grown]
        self.store.run_each(f"UPDATE device SET {columns} WHERE id = $1", rows)
        held = [(c.device.id, *c.held) for c in grown if c.held]
        columns = "held_origin = $2, held_size = $3, held_root = $4"
        self.store.run_each(f"UPDATE device SET {columns} WHERE id = $1", held)
        self.store.run_each(SUCCEEDS, self._successors)

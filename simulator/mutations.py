"""Faults planted in the server or the client, to prove that the simulator finds such faults.

Each is what a hurried change might do. They are put in from here, for the length of a block, and nowhere else.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import msgspec

from server.journal import batch, devices, exchange, leaves, pull, tables, transactions, written
from server.journal.batch import Batch
from server.journal.snapshots import Snapshots
from server.journal.transactions import Transactions
from simulator import client, holding, store
from simulator.client import Client
from simulator.holding import Ledger
from simulator.store import Store
from sync.chain import Run, place
from sync.fold import fold as judge
from sync.ledger.receive import believe
from sync.rules import aside, building
from sync.rules.facts import Register
from sync.rules.workflow import propose

Patch = tuple[Any, str, Any]
EVERY = 16


def acknowledge_before_commit() -> list[Patch]:
    """The answer leaves while COMMIT is still to come; only the next transaction waits for it."""

    async def briefly(self: Any, act: Any) -> Any:
        loop = asyncio.get_running_loop()
        if (before := getattr(self, "_late", None)) is not None:
            await asyncio.wait([before])
        connection, store = await loop.run_in_executor(self._writer, self._begin)
        try:
            answer = act(store)
        except BaseException:
            await loop.run_in_executor(self._writer, connection.execute, "ROLLBACK")
            raise
        self._late = done = loop.run_in_executor(self._writer, transactions._commit, connection)
        done.add_done_callback(_hush)
        return answer

    return [(Transactions, "_briefly", briefly)]


def _hush(done: asyncio.Future[Any]) -> None:
    if not done.cancelled():
        done.exception()


def answer_after_rollback() -> list[Patch]:
    """The transaction failed, and its receipts are answered all the same."""
    write = Transactions.write

    async def answered(self: Transactions, act: Callable[[Any], Any], *, brief: bool = False) -> Any:
        answers: list[Any] = []

        def kept(store: Any) -> Any:
            answers.append(act(store))
            return answers[0]

        try:
            return await write(self, kept, brief=brief)
        except sqlite3.OperationalError:
            if not answers:
                raise
            return answers[0]

    return [(Transactions, "write", answered)]


def cursor_off_by_one() -> list[Patch]:
    """Rows are read from one position too late."""
    read = pull._read_scope

    def late(store: Any, scope: str, cursor: int, *rest: Any) -> int:
        return read(store, scope, cursor + 1, *rest)

    return [(pull, "_read_scope", late)]


def position_from_a_sequence() -> list[Patch]:
    """Positions come from a counter that no rollback sets back."""
    begin, keep, newest = Batch.__init__, Batch._keep, {"": 0}

    def begun(self: Batch, *args: Any) -> None:
        begin(self, *args)
        self.size = max(self.size, newest.get(self.log, 0))

    def kept(self: Batch, *args: Any, **how: Any) -> Any:
        entry = keep(self, *args, **how)
        newest[self.log] = self.size
        return entry

    return [(Batch, "__init__", begun), (Batch, "_keep", kept)]


def dropped_tombstone() -> list[Patch]:
    """What left a grid is not told to those who hold it."""
    make = written.feed_rows

    def living(*args: Any) -> Any:
        return [row for row in make(*args) if row[4] is not None]

    return [(written, "feed_rows", living)]


def last_writer_wins() -> list[Patch]:
    """A statement covers what its author never saw."""
    state = Register.state

    def stated(self: Register, value: Any, asks: bool, word: Any, field: str, known: Any) -> None:
        over = {**word.over, field: [edit for edit in self.all if edit != word.edit]}
        state(self, value, asks, msgspec.structs.replace(word, over=over), field, known)

    return [(Register, "state", stated)]


def undo_forgotten() -> list[Patch]:
    """That a statement was undone is judged, and not kept."""
    rows = tables.past_rows

    def kept(*args: Any) -> Any:
        return [(*row[:-1], False) for row in rows(*args)]

    return [(written, "past_rows", kept)]


def scope_leak() -> list[Patch]:
    """A worker is shown the grids they had before, too."""
    found = devices.find_caller
    before: dict[str, dict[str, Any]] = {}

    def leaky(store: Any, device: str) -> Any:
        caller = found(store, device)
        if caller is not None:
            known = before.setdefault(f"{caller.log} {device}", {})
            known.update({scope.scope: scope for scope in caller.scopes})
            caller.scopes[:] = [known[name] for name in sorted(known)]
        return caller

    return [(exchange, "find_caller", leaky)]


def shown_on_when_out_of_use() -> list[Patch]:
    """A phone is out of use, and goes on being sent its grids."""
    found = devices.find_caller

    def blind(store: Any, device: str) -> Any:
        if (caller := found(store, device)) is None or not caller.revoked:
            return caller
        own = "SELECT person, grids FROM person p JOIN device d ON d.person = p.id WHERE d.id = $1"
        person, grids = store.row(own, device)
        return replace(caller, scopes=pull.visible_scopes(store, pull.scopes_of(person, msgspec.json.decode(grids))))

    return [(exchange, "find_caller", blind)]


def judged_by_the_phones_clock() -> list[Patch]:
    """What was written before its phone was put out of use takes effect, however late it comes."""

    def trusting(read: Any, state: Any, device: Any, author: Any, times: Any, *rest: Any) -> Any:
        if device.revoked and times.claimed_ms < device.revoked_ms:
            device = msgspec.structs.replace(device, revoked_ms=None)
        return judge(read, state, device, author, times, *rest)

    return [(batch, "fold", trusting)]


def news_without_the_rest() -> list[Patch]:
    """Whoever pushes is shown what came in the same transaction, and moves past what came before."""

    def hasty(news: Any, scopes: Any, held: Any) -> Any:
        forgetful = pull.News(news.size, {}, news.rows)
        for name, scope in news.before.items():
            cursor = held[name].cursor if name in held else -1
            forgetful.before[name] = pull.ScopeState(scope.scope, scope.generation, scope.name, min(scope.rev, cursor))
        return pull.news_page(forgetful, scopes, held)

    return [(exchange, "news_page", hasty)]


def snapshot_ahead_of_itself() -> list[Patch]:
    """An old snapshot is offered under today's cursor."""
    offer = Snapshots.offer

    async def ahead(self: Snapshots, scope: Any, device: str) -> Any:
        _, snapshot = await offer(self, scope, device)
        head = await self._transactions.read(lambda store: store.row("SELECT size FROM journal_head"))
        assert head is not None
        return head[0] - 1, {**snapshot, "cursor": head[0] - 1}

    return [(Snapshots, "offer", ahead)]


def fork_taken_for_a_retry() -> list[Patch]:
    """The same number is taken for the same edit, whatever its hash."""

    def trusting(edits: Any, head: Any, stored: Any, forked: Any) -> Any:
        run = place(edits, head, stored, forked)
        if not isinstance(run, Run) or not run.forked or any(edit.header.n not in stored for edit in run.forked):
            return run
        return Run([*run.known, *run.forked], (), ())

    def answered(self: Batch, chain: Any, edit: Any) -> Any:
        entry = chain.recent[edit.header.n]
        return msgspec.structs.replace(entry, hash=edit.hash)

    return [(batch, "place", trusting), (Batch, "_stored", answered)]


def retry_journaled_again() -> list[Patch]:
    """A request whose answer was lost is journaled a second time."""

    def forgetful(edits: Any, head: Any, stored: Any, forked: Any) -> Any:
        run = place(edits, head, stored, forked)
        if isinstance(run, Run) and run.known and not run.forked and not forked:
            return Run((), edits, ())
        return run

    return [(batch, "place", forgetful)]


def pruned_before_the_backup() -> list[Patch]:
    """The phone throws away what the server has, before any backup holds it."""

    def hasty(self: Store, through: int, since_ms: int) -> None:
        for edit in list(self.edits.values()):
            if not edit.unsent and not edit.open and edit.outcome != "quarantined":
                self.drop_edit(edit)

    return [(Store, "_prune", hasty)]


def emptied_too_soon() -> list[Patch]:
    """A phone out of use empties itself before all that was said on it has gone up."""
    rounds = Client._rounds

    async def hasty(self: Client) -> None:
        await self.exchange_once()
        if not self.store.sync["revoked"]:
            await rounds(self)

    return [(Client, "_rounds", hasty), (Client, "_is_over", lambda self: self.store.sync["revoked"])]


def another_log_unnoticed() -> list[Patch]:
    """The phone goes on counting where the old log stood."""
    return [(Client, "_is_other", lambda self, now, reply: False)]


def sent_from_the_gap_alone() -> list[Patch]:
    """After a restore only what lies above the server's chain goes up again."""
    return [(Client, "_say_again", lambda self, now, change: None)]


def old_positions_count() -> list[Patch]:
    """A row that another log brought is taken for newer than what this log says."""
    return [(store, "UNHELD", None)]


def tellings_left_behind() -> list[Patch]:
    """A building moves, and its visits forget that several tellings stand."""

    def bare(visit: Any, state: Any) -> Any:
        return msgspec.structs.replace(visit, grid_then=visit.grid_then or visit.grid, heads=visit.heads)

    return [(building, "_of_then", bare)]


def stale_step_taken() -> list[Patch]:
    """A decision counts whatever its author had seen of those before."""

    def taken(flow: Any, case: Any, step: str, seen: Any) -> Any:
        return propose(flow, case, step, () if case.step is None else (case.step,))

    return [(aside, "propose", taken)]


def edit_taken_out_of_the_log() -> list[Patch]:
    """Now and then the server builds its tree anew without one of the edits that it had signed for."""
    return _told_anew(lambda kept: kept[:-2] + kept[-1:])


def past_rewritten() -> list[Patch]:
    """Now and then the server builds its tree anew, and its first edit has come a moment earlier."""
    return _told_anew(lambda kept: [(kept[0][0], kept[0][1] - 1, *kept[0][2:]), *kept[1:]])


def _told_anew(lie: Callable[[list[Any]], list[Any]]) -> list[Patch]:
    def lying(store: Any, size: int, kept: Any) -> bytes:
        if size % EVERY == 0 and leaves.leaves_in(store) == size:
            rows = store.rows("SELECT hash, received_ms, outcome, reason FROM journal ORDER BY position")
            store.run("DELETE FROM ledger_tile")
            leaves._grow(store, 0, {}, lie([(bytes(row[0]), *row[1:]) for row in rows[:size]]))
        return leaves.append(store, size, kept)

    return [(batch, "append", lying)]


def receipt_redated() -> list[Patch]:
    """A phone is told another moment of receipt than the log has."""
    outcome = exchange._outcome
    return [(exchange, "_outcome", lambda entry, name: {**outcome(entry, name), "received_ms": entry.received_ms + 1})]


def restore_not_followed() -> list[Patch]:
    """The phone asks from the newest it held alone, which a server made of a backup does not know."""
    return [(Ledger, "base", property(lambda self: self.held))]


def another_past_believed() -> list[Patch]:
    """The phone believes whatever comes under another name."""

    def trusting(held: Any, told: Any, *rest: Any) -> Any:
        other = held is not None and not told.checkpoint.startswith(f"{held.origin}\n")
        return believe(None if other else held, told, *rest)

    return [(holding, "believe", trusting)]


def proof_never_asked_for() -> list[Patch]:
    """What could not be proved when it was pushed is not asked for again."""
    return [(Ledger, "asks", False)]


def old_places_asked_for() -> list[Patch]:
    """What goes on under another chain is still asked for where it stood as the edit it was."""
    again = client.rechained

    def marked(edit: Any, *place: Any) -> Any:
        return msgspec.structs.replace(again(edit, *place), unproved=edit.unproved, proved=edit.proved)

    return [(client, "rechained", marked)]


MUTATIONS: dict[str, Callable[[], list[Patch]]] = {plant.__name__: plant for plant in (
    acknowledge_before_commit, answer_after_rollback, cursor_off_by_one, position_from_a_sequence, dropped_tombstone,
    last_writer_wins, undo_forgotten, scope_leak, shown_on_when_out_of_use, judged_by_the_phones_clock,
    news_without_the_rest, snapshot_ahead_of_itself, fork_taken_for_a_retry, retry_journaled_again,
    pruned_before_the_backup, emptied_too_soon, another_log_unnoticed, sent_from_the_gap_alone, old_positions_count,
    tellings_left_behind, stale_step_taken, edit_taken_out_of_the_log, past_rewritten, receipt_redated,
    restore_not_followed, another_past_believed, proof_never_asked_for, old_places_asked_for,
)}  # fmt: skip


@contextmanager
def planted(name: str | None) -> Iterator[None]:
    """The fault of this name is in the code for the length of the block."""
    patches = MUTATIONS[name]() if name else []
    kept = [(owner, attribute, getattr(owner, attribute)) for owner, attribute, _ in patches]
    for owner, attribute, value in patches:
        setattr(owner, attribute, value)
    try:
        yield
    finally:
        for owner, attribute, value in kept:
            setattr(owner, attribute, value)

"""The journal: takes edits from phones and pages, and tells who listens that it has grown."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

from server import clock, events
from server.db import Database
from server.journal.apart import Apart
from server.journal.batch import Batch
from server.journal.beginning import Begun, begin
from server.journal.chains import Push, Pushed
from server.journal.checkpoints import Checkpoints, Said, newest, signed_by
from server.journal.copying import head_of, stay
from server.journal.days import due_on, turn
from server.journal.declining import commit
from server.journal.doubts import is_known, note, note_head, note_restored, settle, settled
from server.journal.drafts import Draft, Receipt
from server.journal.erased_list import add_to_list, blobs_kept, erase_listed, read_list, unlisted
from server.journal.erasing import blobs_named, contact_of, erase_contacts
from server.journal.forgetting import Elsewhere, Going, Thing, apart, forget, going
from server.journal.healing import heard
from server.journal.health import Healths
from server.journal.leaves import BrokenTree, nodes_in
from server.journal.public import resource
from server.journal.regrowing import standing
from server.journal.replay import Progress, silent
from server.journal.revoking import revoke
from server.journal.snapshots import Snapshots
from server.journal.sql import Store
from server.journal.trails import Asked, NotSigned, trail_file
from server.journal.transactions import Transactions
from server.journal.wire import DoubtPart
from server.journal.writer import Writer
from server.localtime import DAY_MS, local_day
from server.settings import Settings
from server.signer.asking import signed_apart
from sync.ledger.tree import consistency
from sync.statement import make_nonce

OPENED = "UPDATE device SET opener = $2 WHERE id = $1 AND opener IS NULL"
UNOPENED = "UPDATE device SET opener = NULL WHERE id = $1"

EMPTY_S = 2.0
"""How often it is tried to empty a log that somebody reads."""

Standing = Callable[[str, str | None, str], Any]
"""What stands while the writer has its turn: a thing by its kind, grid and id, None when there is none."""


class Journal:
    """One installation's journal, open."""

    def __init__(self, db: Database, settings: Settings) -> None:
        self.settings = settings
        self.transactions = Transactions(db)
        self.checkpoints = self._checkpoints()
        self.writer = Writer(self.transactions, settings.utc_offset_min, self._grew, self.checkpoints)
        self.healths = Healths(self.writer)
        self.snapshots = Snapshots(self.transactions, self.writer, lambda: settings.secrets)
        self.nonce_floors_ms: dict[str, int] = {}
        self._listeners: set[asyncio.Queue[int]] = set()
        self._told = -1
        self._turned = -1
        self._emptying: asyncio.Task[None] | None = None
        self.erased_again: list[str] = []  # photos and voice notes that went once more as this process began

    def _checkpoints(self) -> Checkpoints:
        """Signed with a key of our own, or by a signer."""
        settings = self.settings
        if settings.log_signer is None:
            return Checkpoints(signed_by(lambda: settings.log_seeds))
        sign = signed_apart(settings.log_signer, settings.log_known_at, self._grown)
        return Apart(sign, lambda: self.writer.wake(), self.size)

    async def _grown(self, old: int, new: int) -> Sequence[bytes]:
        """That the log of so many edits goes on from fewer. Raises BrokenTree, IndexError."""
        return await self.transactions.glance(lambda store: consistency(nodes_in(store), old, new))

    async def start(self, progress: Progress = silent) -> Begun:
        """Begin the journal if this installation is new, fold everything anew if older rules folded it, then begin to
        write. Raises NewerRules, Moved."""
        offset = self.settings.utc_offset_min
        begun = await self.transactions.write(lambda store: begin(store, offset, progress))
        stands = await self.transactions.write(standing)
        self.checkpoints.resume(stands.log, stands.said, stands.due, astray=stands.astray)
        self.writer.start()
        self.erased_again = await self._erase_again()
        return begun

    async def stop(self) -> None:
        """Finish what waits and close."""
        if self._emptying is not None:
            self._emptying.cancel()
        await self.healths.stop()
        await self.writer.stop()
        await self.transactions.close()

    async def commit(self, drafts: Sequence[Draft]) -> list[Receipt]:
        """Make edits of drafts and journal them, all in one transaction and in order: later drafts may build on
        earlier ones. Returns a receipt for each, after the transaction has committed."""
        receipts: list[Receipt]
        receipts, went = await self.writer.do(lambda batch: commit(batch, drafts))
        if went:
            await self.list_erased()
            await self._empty()
        return receipts

    async def commit_seeing(self, plan: Callable[[Standing], Sequence[Draft]]) -> list[Receipt]:
        """Journal the drafts that `plan` makes of what stands. It is asked in the writing transaction, so that nobody
        writes between its look and its edits; it may be asked again when that transaction breaks."""
        receipts: list[Receipt] = await self.writer.do(lambda batch: batch.commit(plan(batch.state.get)))
        return receipts

    async def revoke(self, device: str, author: str, *, back: bool = False) -> list[Receipt]:
        """Put a phone out of use in a station master's name, or (`back`) take it back into it."""
        receipts: list[Receipt] = await self.writer.do(lambda batch: revoke(batch, device, author, back=back))
        return receipts

    async def turn_day(self) -> None:
        """Once a day, and whoever comes first: stand-ins whose first day has come begin, those whose last is over end.
        Nothing is written on other days."""
        day = (clock.now_ms() + self.settings.utc_offset_min * 60_000) // DAY_MS
        if day == self._turned:
            return
        today = local_day(clock.now_ms(), self.settings.utc_offset_min)
        if await self.transactions.read(lambda store: due_on(store, today)):
            await self.writer.do(lambda batch: turn(batch, today))
        self._turned = day

    async def push(self, push: Push) -> Pushed:
        """Journal a phone's run of edits. Raises ChainGap, UnknownDevice."""
        pushed: Pushed = await self.writer.do(lambda batch: batch.push(push), push.reads)
        return pushed

    async def succeed(self, device: str, told_n: int) -> str | None:
        """A phone lacks edits of its chain that this journal lacks too: the device as which it goes on with what it
        has; None where nothing is lacking. Raises UnknownDevice."""
        successor: str | None = await self.writer.do(lambda batch: batch.succeed(device, told_n))
        return successor

    async def heard(self, device: str, told_n: int) -> None:
        """A phone was acknowledged more than this journal holds: it was restored from a backup."""
        now_ms = clock.now_ms()

        def write(batch: Batch) -> None:
            row = batch.store.row("SELECT n FROM device WHERE id = $1", device)
            if row is not None:
                heard(batch.store, batch.log, device, row[0], told_n, now_ms)

        await self.writer.do(write)

    async def doubted(self, device: str, doubt: DoubtPart) -> bool:
        """A phone cannot believe the log: kept until a station master has looked. Returns whether one has."""
        found = await self.transactions.glance(lambda store: settled(store, device, doubt))
        if found is None:
            await self.writer.do(lambda batch: note(batch, device, doubt))
        return bool(found)

    async def followed(self, device: str, restored: DoubtPart) -> None:
        """A phone went on with another log that lacks what it had seen: noted for the station, who need do nothing."""
        await self.writer.do(lambda batch: note_restored(batch, device, restored))

    async def unfit(self, device: str, head: str, told: str) -> bool:
        """A phone holds a head that cannot be of this log: kept like a doubt of its own. False where it was known."""
        if await self.transactions.glance(lambda store: is_known(store, device, head)):
            return False
        return bool(await self.writer.do(lambda batch: note_head(batch, device, head, told)))

    async def settle_doubt(self, device: str, at_ms: int, author: str, words: str) -> Receipt | None:
        """A station master has looked at it; None where no such doubt waits."""
        receipt: Receipt | None = await self.writer.do(lambda batch: settle(batch, device, at_ms, author, words))
        return receipt

    async def open_by(self, device: str, opener: str | None) -> None:
        """What opens this phone's rows from now on: the SHA-256 of a secret of its vault. None: what it tells next, for
        it was let in face to face."""
        if opener is None:
            await self.writer.do(lambda batch: batch.store.run(UNOPENED, device))
        else:
            await self.writer.do(lambda batch: batch.store.run(OPENED, device, opener))

    async def wiped(self, device: str, left: int) -> None:
        """A phone that was out of use has emptied itself; `left`: how many things went that it had never sent."""
        now_ms = clock.now_ms()
        said = "UPDATE device SET wiped_ms = $2, wiped_left = $3 WHERE id = $1 AND wiped_ms IS NULL"
        await self.writer.do(lambda batch: batch.store.run(said, device, now_ms, left))

    async def what_goes(self, thing: Thing) -> Going | None:
        """What an erasure would take away now; None where there is nothing. Raises TooMany."""
        return await self.transactions.read(lambda store: going(store, thing, apart(store, 0)))

    async def erase(self, thing: Thing, author: str, why: str) -> Going | None:
        """All that was written of a thing goes, for good, in a station master's name; what went, None where there was
        nothing (any more). Of `blobs` those are left that nothing names now. Raises TooMany."""

        def look(store: Store) -> tuple[int, list[Elsewhere]]:
            return head_of(store)[1], apart(store, 0)

        size, known = await self.transactions.read(look)
        done = await self.writer.do(lambda batch: forget(batch, thing, author, why, known, size))
        if done is None:
            return None
        _, went = done
        await self.list_erased()
        went.blobs -= await self.transactions.read(blobs_named)
        await self._empty()
        found: Going = went
        return found

    async def forget_contact(self, whistle: str) -> None:
        """How to reach whoever sent a whistle goes at once, for good: they asked for it."""
        now_ms = clock.now_ms()
        if await self.writer.do(lambda batch: erase_contacts(batch, contact_of(batch.store, whistle), now_ms)):
            await self.list_erased()
            await self._empty()

    async def list_erased(self) -> int:
        """Write down outside the database what was erased and is not there yet; how many erasures that were."""
        path = self.settings.erased_list
        known = {line.id for line in await asyncio.to_thread(read_list, path)}
        lines = await self.transactions.read(lambda store: unlisted(store, known))
        added = await asyncio.to_thread(add_to_list, path, lines) if lines else 0
        # The list holds them now.
        if kept := await self.transactions.read(blobs_kept):
            listed = [*(kept.keys() & known), *(line.id for line in lines)]
            gone = "DELETE FROM erased_blob WHERE erasure = ANY($1)"
            await self.writer.do(lambda batch: batch.store.run(gone, batch.store.among(listed)))
        return added

    async def _empty(self) -> None:
        if not await self.transactions.empty_log():
            self._emptying = asyncio.create_task(self._empty_log(), name="emptying")

    async def _empty_log(self) -> None:
        """As soon as nobody reads any more what was erased."""
        emptied = False
        while not emptied:
            await asyncio.sleep(EMPTY_S)
            emptied = await self.transactions.empty_log()

    async def _erase_again(self) -> list[str]:
        """Before anybody is served: what the list says and this journal has forgotten goes again."""
        lines = await asyncio.to_thread(read_list, self.settings.erased_list)
        blobs: list[str] = await self.writer.do(lambda batch: erase_listed(batch, lines)) if lines else []
        # Whoever erased before may have been cut off right behind it.
        left = await self.transactions.read(blobs_kept)
        blobs += [name for names in left.values() for name in names]
        await self.list_erased()
        await self._empty()
        return sorted(set(blobs) - await self.transactions.read(blobs_named)) if blobs else []

    async def stay(self) -> None:
        """Raises Moved when the installation lives in another database now."""
        await self.transactions.glance(stay)

    async def size(self) -> int:
        """The number of edits in the journal."""
        return (await self.log_and_size())[1]

    async def log_and_size(self) -> tuple[str, int]:
        """The log's id and the number of edits in it."""
        row = await self.transactions.glance(lambda store: store.row("SELECT log, size FROM journal_head"))
        assert row is not None
        return row[0], row[1]

    async def said(self) -> Said | None:
        """The newest checkpoint, whichever process signed it."""
        log, _ = await self.log_and_size()
        return await self.transactions.glance(lambda store: newest(store, log))

    async def public_resource(self, path: str) -> bytes | None:
        """A tile of the log, or a bundle of its entries, by its address; None where there is none."""
        return await self.transactions.read(lambda store: resource(store, path))

    async def trail(self, asked: Asked) -> bytes:
        """The file of a trail. Raises NotSigned while the newest checkpoint does not cover it, or tiles are lost."""
        await self.checkpoints.covering(await self.size())
        keys = self.settings.log_keys.keys
        try:
            return await self.transactions.read(lambda store: trail_file(store, asked, keys))
        except BrokenTree as error:
            events.crashed("ledger.unproved", error)
            raise NotSigned from None

    async def bump_generation(self, scope: str) -> None:
        """What devices may see of a scope has changed: it will be sent to each of them again, whole."""
        statement = "UPDATE scope SET generation = generation + 1 WHERE scope = $1"
        await self.writer.do(lambda batch: batch.store.run(statement, scope))

    def new_nonce(self, device: str, floor_ms: int = 0) -> str:
        """A fresh nonce for a device's next head statement; `floor_ms` is the newest it is known to have used.

        Always newer than that: a server clock that was set back must lock nobody out.
        """
        used_ms = max(floor_ms, self.nonce_floors_ms.get(device, 0))
        return make_nonce(self.settings.secrets[0], device, max(clock.now_ms(), used_ms + 1))

    async def subscribe(self) -> AsyncIterator[int]:
        """The journal's size, each time this process has committed. Slow listeners miss sizes, never the newest."""
        sizes: asyncio.Queue[int] = asyncio.Queue(1)
        self._listeners.add(sizes)
        try:
            while True:
                yield await sizes.get()
        finally:
            self._listeners.discard(sizes)

    def _grew(self, size: int) -> None:
        if size == self._told:
            return
        self._told = size
        for sizes in self._listeners:
            if sizes.full():
                sizes.get_nowait()
            sizes.put_nowait(size)

"""Group commit: everything that waits when the writer is free shares the next transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from server import clock, events
from server.journal.batch import Batch
from server.journal.chains import ChainGap, UnknownDevice
from server.journal.checkpoints import Checkpoints, Said
from server.journal.sql import Store
from server.journal.transactions import Transactions
from sync.fold import Read

EDITS_A_TRANSACTION = 500
"""No further push joins beyond these: about as much as is folded in a twentieth of a second."""
BRIEF = 2000
"""What a brief transaction weighs at most: an edit one, each edit that it names in `over` ten, because what stands
behind a name may have to be looked up by itself."""
EXPECTED = (ChainGap, UnknownDevice)


@dataclass(slots=True)
class Job:
    """Something that waits for the writer: `reads` are fetched for beforehand, `act` does it."""

    act: Callable[[Batch], Any]
    reads: Sequence[Read]
    answer: asyncio.Future[Any]


class Nudge:
    """Nothing to write: the writer looks whether something is to be said of the log."""


class Writer:
    """The one task that writes. `after_commit` is told the journal's size; what is said of the log goes to
    `checkpoints`, and with the next transaction into the database."""

    def __init__(
        self,
        transactions: Transactions,
        utc_offset_min: int,
        after_commit: Callable[[int], None],
        checkpoints: Checkpoints,
    ) -> None:
        self._transactions = transactions
        self._checkpoints = checkpoints
        self._utc_offset_min = utc_offset_min
        self._after_commit = after_commit
        self._waiting: asyncio.Queue[Job | Nudge | None] = asyncio.Queue()  # None: the end
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to write."""
        self._task = asyncio.create_task(self._run(), name="journal-writer")

    async def stop(self) -> None:
        """Finish what waits, then end."""
        if self._task is not None:
            await self._waiting.put(None)
            await self._task

    def wake(self) -> None:
        """Look at the checkpoints again: one was signed elsewhere, or may be asked for again."""
        self._waiting.put_nowait(Nudge())

    async def do(self, act: Callable[[Batch], Any], reads: Sequence[Read] = ()) -> Any:
        """Wait for a turn; returns what `act` returned, after its transaction has committed."""
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        await self._waiting.put(Job(act, reads, answer))
        return await answer

    async def _run(self) -> None:
        while True:
            if self._checkpoints.is_due and self._waiting.empty():
                await self._say()
                continue
            job = await self._waiting.get()
            jobs, edits = [], 0
            while job is not None:
                if isinstance(job, Job):
                    jobs.append(job)
                    edits += len(job.reads)
                if self._waiting.empty() or edits >= EDITS_A_TRANSACTION:
                    break
                job = self._waiting.get_nowait()
            if jobs:
                await self._sign()
                await self._write(jobs)
            if job is None:
                await self._say_last()
                return

    async def _say(self) -> None:
        """A transaction for a checkpoint alone: nothing else waits to be written."""
        await self._sign()
        if self._checkpoints.is_due:
            try:
                await self._write([])
            except Exception as error:
                self._unsaid(error)

    async def _say_last(self) -> None:
        """Nothing comes after: whoever signs is waited for."""
        try:
            if await self._checkpoints.finish():
                await self._write([])
        except Exception as error:
            self._unsaid(error)

    async def _sign(self) -> None:
        try:
            await self._checkpoints.sign()
        except Exception as error:
            self._unsaid(error)

    def _unsaid(self, error: Exception) -> None:
        """Neither a key out of reach nor a full disk stops the writer."""
        self._checkpoints.failed()
        events.crashed("ledger.unsaid", error)

    async def _write(self, jobs: list[Job]) -> None:
        # What pages commit has no reads, and may be a whole ledger.
        brief = all(job.reads for job in jobs) and sum(_weight(job.reads) for job in jobs) <= BRIEF
        try:
            batch, said, answers = await self._transactions.write(
                lambda store: self._together(store, jobs), brief=brief
            )
        except Exception as error:
            if not jobs:
                raise
            if len(jobs) == 1:
                _fail(jobs[0], error)
                return
            # One of them broke the transaction: each gets its own, so that it fails alone.
            for job in jobs:
                await self._write([job])
            return
        self._checkpoints.kept(said)
        self._checkpoints.astray = batch.astray
        if batch.root is not None:
            self._checkpoints.committed(batch.log, batch.size, batch.root)
        self._after_commit(batch.size)
        for job, answer in zip(jobs, answers, strict=True):
            if isinstance(answer, EXPECTED):
                _fail(job, answer)
            elif not job.answer.done():
                job.answer.set_result(answer)

    def _together(self, store: Store, jobs: list[Job]) -> tuple[Batch, Said | None, list[Any]]:
        batch = Batch(store, clock.now_ms(), self._utc_offset_min)
        batch.astray = self._checkpoints.astray
        said = self._checkpoints.keep(store)
        batch.prepare([read for job in jobs for read in job.reads])
        answers: list[Any] = []
        for job in jobs:
            try:
                answers.append(job.act(batch))
            except EXPECTED as error:
                answers.append(error)
        batch.write()
        return batch, said, answers


def _weight(reads: Sequence[Read]) -> int:
    overs = [read.edit.header.over for read in reads]
    return len(reads) + 10 * sum(len(named) for over in overs if over for named in over.values())


def _fail(job: Job, error: Exception) -> None:
    # Whoever asked may have hung up.
    if not job.answer.done():
        job.answer.set_exception(error)

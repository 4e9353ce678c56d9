"""Group commit: everything that waits when the writer is free shares the next transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from server import clock
from server.journal.batch import Batch
from server.journal.chains import ChainGap, UnknownDevice
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


class Writer:
    """The one task that writes. `after_commit` is told the journal's size."""

    def __init__(self, transactions: Transactions, utc_offset_min: int, after_commit: Callable[[int], None]) -> None:
        self._transactions = transactions
        self._utc_offset_min = utc_offset_min
        self._after_commit = after_commit
        self._waiting: asyncio.Queue[Job] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to write."""
        self._task = asyncio.create_task(self._run(), name="journal-writer")

    async def stop(self) -> None:
        """Finish what waits, then end."""
        if self._task is not None:
            await self._waiting.join()
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def do(self, act: Callable[[Batch], Any], reads: Sequence[Read] = ()) -> Any:
        """Wait for a turn; returns what `act` returned, after its transaction has committed."""
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        await self._waiting.put(Job(act, reads, answer))
        return await answer

    async def _run(self) -> None:
        while True:
            jobs = [await self._waiting.get()]
            edits = len(jobs[0].reads)
            while not self._waiting.empty() and edits < EDITS_A_TRANSACTION:
                jobs.append(self._waiting.get_nowait())
                edits += len(jobs[-1].reads)
            await self._write(jobs)
            for _ in jobs:
                self._waiting.task_done()

    async def _write(self, jobs: list[Job]) -> None:
        # What pages commit has no reads, and may be a whole ledger.
        brief = all(job.reads for job in jobs) and sum(_weight(job.reads) for job in jobs) <= BRIEF
        try:
            size, answers = await self._transactions.write(lambda store: self._together(store, jobs), brief=brief)
        except Exception as error:
            if len(jobs) == 1:
                _fail(jobs[0], error)
                return
            # One of them broke the transaction: each gets its own, so that it fails alone.
            for job in jobs:
                await self._write([job])
            return
        self._after_commit(size)
        for job, answer in zip(jobs, answers, strict=True):
            if isinstance(answer, EXPECTED):
                _fail(job, answer)
            elif not job.answer.done():
                job.answer.set_result(answer)

    def _together(self, store: Store, jobs: list[Job]) -> tuple[int, list[Any]]:
        batch = Batch(store, clock.now_ms(), self._utc_offset_min)
        batch.prepare([read for job in jobs for read in job.reads])
        answers: list[Any] = []
        for job in jobs:
            try:
                answers.append(job.act(batch))
            except EXPECTED as error:
                answers.append(error)
        batch.write()
        return batch.size, answers


def _weight(reads: Sequence[Read]) -> int:
    overs = [read.edit.header.over for read in reads]
    return len(reads) + 10 * sum(len(named) for over in overs if over for named in over.values())


def _fail(job: Job, error: Exception) -> None:
    # Whoever asked may have hung up.
    if not job.answer.done():
        job.answer.set_exception(error)

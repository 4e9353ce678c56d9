"""Checkpoints that another process signs: asked beside the writing, never before it, and asked again when it was away.

While the signer is away edits are taken and phones are told the last checkpoint there is; when it is back it signs the
newest.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from server import events
from server.journal.checkpoints import Checkpoints, Said, Sign
from server.signer.asking import Away
from server.signer.memory import Refused
from sync.ledger.checkpoint import Checkpoint

AGAIN_S = 3.0
"""How long a signer that was away is left alone."""


class Apart(Checkpoints):
    """What one process says of the log, by the hand of another. `wake`: the writer has something to store;
    `size`: how many edits there are, whichever process wrote them."""

    def __init__(self, sign: Sign, wake: Callable[[], None], size: Callable[[], Awaitable[int]]) -> None:
        super().__init__(sign)
        self._wake = wake
        self._size = size
        self._asking: asyncio.Task[None] | None = None
        self._rest: asyncio.TimerHandle | None = None
        self._away = False
        self._told = ""

    @property
    def is_due(self) -> bool:
        """Whether something is to be stored, or somebody could be asked now."""
        return self._signed is not None or (self._due is not None and not self._asking and not self._rest)

    @property
    def _coming(self) -> bool:
        """Nobody waits for a signer that is away."""
        return not self._away and (self._due is not None or self._signed is not None or self._asking is not None)

    def committed(self, log: str, size: int, root: bytes) -> None:
        """The log has grown. What was signed before is stored all the same: the next may be long in coming."""
        signed = self._signed
        super().committed(log, size, root)
        self._signed = signed

    async def sign(self) -> None:
        """Have what was committed signed; returns at once."""
        if self._due is not None and self._asking is None and self._rest is None:
            self._asking = asyncio.create_task(self._ask(self._due), name="journal-signer")

    async def finish(self) -> bool:
        """The last word: whoever signs is waited for, as long as that may take."""
        if self._asking is not None:
            await self._asking
        if self._due is not None and not self._away:
            await self._ask(self._due)
        if self._rest is not None:
            self._rest.cancel()
        return self._signed is not None

    def kept(self, said: Said | None) -> None:
        """That transaction has committed. What was signed while it was written is stored with the next."""
        later = self._signed
        super().kept(said)
        if said is not None and later is not None and later.size > said.size:
            self._signed = later

    def failed(self) -> None:
        """It was signed and could not be stored: asked for anew with the next edit, as with a key of our own."""
        self._signed = None
        self._answer(None)

    async def _ask(self, due: Checkpoint) -> None:
        try:
            note = await self._sign(due)
        except Away:
            self._gone()
        except Refused as refused:
            await self._refused(due, refused)
        except Exception as error:
            self._drop(due)
            events.crashed("ledger.unsaid", error)
        else:
            self._came()
            self._told = ""
            self._signed = Said(due.size, note)
            self._done(due)
        finally:
            self._asking = None
            self._wake()

    def _done(self, due: Checkpoint) -> None:
        """What has come meanwhile is asked for next."""
        if self._due == due:
            self._due = None

    def _drop(self, due: Checkpoint) -> None:
        self._done(due)
        self._answer(None)

    def _came(self) -> None:
        if self._away:
            self._away = False
            events.happened("ledger.signer_back")

    def _gone(self) -> None:
        if not self._away:
            self._away = True
            events.happened("ledger.signer_away", "away")
        self._answer(None)
        self._rest = asyncio.get_running_loop().call_later(AGAIN_S, self._rested)

    def _rested(self) -> None:
        self._rest = None
        self._wake()

    async def _refused(self, due: Checkpoint, refused: Refused) -> None:
        """Where several processes write, another may have had a longer log signed: then that one is told. Anything else
        is for whoever runs the server: a database that was put back, or a log of another name."""
        self._came()
        self._drop(due)
        behind = refused.code == "smaller" and await self._size() >= refused.size
        if not behind and self._told != refused.code:
            self._told = refused.code
            events.happened("ledger.refused", refused.code, size=due.size, signed=refused.size)

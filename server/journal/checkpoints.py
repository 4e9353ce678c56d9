"""What is said of the log: signed only after commit, stored before anybody is told, never smaller than before.

A checkpoint is stored in the next transaction that is written anyway; where none waits, it gets one of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from server import signing
from server.journal.sql import Store
from sync.ledger.checkpoint import Checkpoint
from sync.ledger.note import ED25519, Note, Signature, VerifierKey

ORIGIN = "sifang/"
"""Before the log's id: what the log is called in its checkpoints, wherever its server stands."""

Sign = Callable[[Checkpoint], Awaitable[str]]
"""Makes the signed note of a checkpoint. Raises OSError when the key is out of reach."""


@dataclass(frozen=True, slots=True)
class Said:
    """A checkpoint as it was stored."""

    size: int
    note: str

    @property
    def root(self) -> str:
        """The root as it stands there."""
        return self.note.split("\n", 3)[2]


def origin_of(log: str) -> str:
    """What a log is called in its checkpoints."""
    return f"{ORIGIN}{log}"


def newest(store: Store, log: str) -> Said | None:
    """The last that was said of a log."""
    row = store.row("SELECT size, note FROM checkpoint WHERE log = $1 ORDER BY size DESC LIMIT 1", log)
    return Said(*row) if row is not None else None


def keep(store: Store, log: str, said: Said) -> Said:
    """Inside a writing transaction: store it unless more was said already. Returns what stands."""
    held = newest(store, log)
    if held is not None and held.size >= said.size:
        return held
    store.run("INSERT INTO checkpoint (log, size, note) VALUES ($1, $2, $3)", log, said.size, said.note)
    return said


def signed_by(seeds: Callable[[], Sequence[bytes]]) -> Sign:
    """Signs with keys of our own, each of them."""

    async def sign(checkpoint: Checkpoint) -> str:
        return signed_note(checkpoint, seeds())

    return sign


def verifier_keys(origin: str, public: Sequence[bytes]) -> list[VerifierKey]:
    """Public keys of a log, as they are written down."""
    return [VerifierKey(origin, ED25519, key) for key in public]


def signed_note(checkpoint: Checkpoint, seeds: Sequence[bytes]) -> str:
    """A checkpoint as these keys sign it, in the name of its log."""
    text = checkpoint.text()
    public = [signing.public_of(seed) for seed in seeds]
    keys = zip(verifier_keys(checkpoint.origin, public), seeds, strict=True)
    lines = (Signature(key.name, key.id, signing.sign(seed, text.encode())) for key, seed in keys)
    return str(Note(text, tuple(lines)))


class Checkpoints:
    """What one process says of the log."""

    def __init__(self, sign: Sign) -> None:
        self._sign = sign
        self._due: Checkpoint | None = None
        self._signed: Said | None = None
        self._log = ""
        self.said: Said | None = None
        self.astray = False
        self._waiting: list[tuple[int, asyncio.Future[Said | None]]] = []

    @property
    def is_due(self) -> bool:
        """Whether something was committed of which nothing is said yet, and something can be done about it now."""
        return self._due is not None or self._signed is not None

    def resume(self, log: str, said: Said | None, due: Checkpoint | None, *, astray: bool = False) -> None:
        """Where the database stands as this process begins. `astray`: it is not what was signed; nothing is said."""
        self._log, self.said, self._due, self.astray = log, said, due, astray

    def committed(self, log: str, size: int, root: bytes) -> None:
        """The log has grown: it has this root now."""
        self._log, self._due, self._signed = log, Checkpoint(origin_of(log), size, root), None

    async def sign(self) -> None:
        """Sign what was committed."""
        if self._due is not None:
            due, self._due = self._due, None
            self._signed = Said(due.size, await self._sign(due))

    async def finish(self) -> bool:
        """Sign what was committed, for nothing comes after; whether there is something to store."""
        await self.sign()
        return self._signed is not None

    def keep(self, store: Store) -> Said | None:
        """Inside a writing transaction: store what was signed; what stands then, None when nothing was signed."""
        return keep(store, self._log, self._signed) if self._signed is not None else None

    def kept(self, said: Said | None) -> None:
        """That transaction has committed."""
        if said is not None:
            self._signed, self.said = None, said
            self._answer(said)

    def failed(self) -> None:
        """It could not be signed or stored: whoever waits is told nothing, and the next one says more."""
        self._due = self._signed = None
        self._answer(None)

    async def covering(self, size: int) -> Said | None:
        """What is said of at least so many edits, once it is stored; None when nothing could be signed or stored."""
        if self.said is not None and self.said.size >= size:
            return self.said
        if not self._coming:
            return None
        answer: asyncio.Future[Said | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((size, answer))
        return await answer

    @property
    def _coming(self) -> bool:
        """Whether it is worth waiting."""
        return self.is_due

    def _answer(self, said: Said | None) -> None:
        """Those that this satisfies, or, where nothing came, all of them."""
        still = []
        for size, answer in self._waiting:
            if said is not None and said.size < size:
                still.append((size, answer))
            elif not answer.done():
                answer.set_result(said)
        self._waiting = still

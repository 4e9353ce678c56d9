"""The server's side of a signer: every checkpoint is signed there. Nothing of the server's waits for it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from server.log_keys import LogKeys, keep_known, read_known, unpack
from server.signer.memory import Refused
from server.signer.question import Grown, question
from server.signing import is_signed
from sync.ledger.checkpoint import Checkpoint, open_checkpoint
from sync.ledger.note import ED25519, VerifierKey
from sync.strict import Malformed

ASK_S = 2.0
ANSWER_BYTES_MAX = 64 * 1024
TIMES = 3
Prove = Callable[[int, int], Awaitable[Sequence[bytes]]]
"""(old, new): the consistency proof between two sizes of the log."""


class Away(Exception):
    """The signer does not answer, or not as one does."""


async def ask(at: Path, text: str) -> dict[str, Any]:
    """One question to a signer. Raises Away."""
    try:
        async with asyncio.timeout(ASK_S):
            reader, writer = await asyncio.open_unix_connection(str(at))
            try:
                writer.write(text.encode())
                writer.write_eof()
                raw = await _bounded(reader)
            finally:
                writer.close()
        answer: dict[str, Any] = json.loads(raw)
    except (OSError, TimeoutError, ValueError) as error:
        raise Away(str(at)) from error
    return answer


async def _bounded(reader: asyncio.StreamReader) -> bytes:
    """All of an answer. Raises ValueError for more than any answer is."""
    raw = b""
    while piece := await reader.read(ANSWER_BYTES_MAX + 1 - len(raw)):
        raw += piece
        if len(raw) > ANSWER_BYTES_MAX:
            raise ValueError(len(raw))
    return raw


def signed_apart(at: Path, known_at: Path, prove: Prove) -> Callable[[Checkpoint], Awaitable[str]]:
    """Signs with the signer at this socket; its public keys are kept where phones are told them from. `prove`: that the
    log of so many edits goes on from fewer."""
    signed = 0

    async def asked(checkpoint: Checkpoint) -> dict[str, Any]:
        """It says itself from where it wants to be shown that the log goes on."""
        old, answer = signed, {}
        for _ in range(TIMES):
            proved = 0 < old < checkpoint.size
            grown = Grown(old, await prove(old, checkpoint.size)) if proved else None
            answer = await ask(at, question(checkpoint, grown))
            if answer.get("refused") != "unproved":
                return answer
            old = int(answer["size"])
        raise Away(str(at))  # others have more signed all the time

    async def sign(checkpoint: Checkpoint) -> str:
        nonlocal signed
        try:
            answer = await asked(checkpoint)
            if "refused" in answer:
                raise Refused(str(answer["refused"]), int(answer["size"]))
            known = unpack(answer)
            note = f"{checkpoint.text()}\n" + "".join(f"{line}\n" for line in answer["signatures"])
            keys = [VerifierKey(checkpoint.origin, ED25519, key) for key in known.keys]
            if open_checkpoint(note, keys, is_signed)[0] != checkpoint:
                raise Away(str(at))
        except (Malformed, KeyError, TypeError, ValueError) as error:
            raise Away(str(at)) from error
        keep_known(known_at, known)
        signed = checkpoint.size
        return note

    return sign


async def meet(at: Path, known_at: Path) -> LogKeys:
    """The signer's public keys, asked for as the server starts; those that it told before where it is away now. None at
    all when it was never met. Raises Away for an answer that is none."""
    try:
        answer = await ask(at, "")
    except Away:
        return read_known(known_at)
    try:
        known = unpack(answer)
    except (Malformed, KeyError, TypeError) as error:
        raise Away(str(at)) from error
    keep_known(known_at, known)
    return known

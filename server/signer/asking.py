"""The server's side of a signer: every checkpoint is signed there. Nothing of the server's waits for it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from server.log_keys import LogKeys, keep_known, read_known, unpack
from server.signer.memory import Refused
from server.signing import is_signed
from sync.ledger.checkpoint import Checkpoint, open_checkpoint
from sync.ledger.note import ED25519, VerifierKey
from sync.strict import Malformed

ASK_S = 2.0
ANSWER_BYTES_MAX = 64 * 1024


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
                raw = await reader.read(-1)
            finally:
                writer.close()
        answer: dict[str, Any] = json.loads(raw[:ANSWER_BYTES_MAX])
    except (OSError, TimeoutError, ValueError) as error:
        raise Away(str(at)) from error
    return answer


def signed_apart(at: Path, known_at: Path) -> Callable[[Checkpoint], Awaitable[str]]:
    """Signs with the signer at this socket; its public keys are kept where phones are told them from."""

    async def sign(checkpoint: Checkpoint) -> str:
        answer = await ask(at, checkpoint.text())
        try:
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

"""A signer at its socket: it is handed a checkpoint (`question.py`) and answers with signatures, or with the code of
why not; `unproved`: asked again with the proof from `size` on, it may sign.

One connection, one question: what is read until the other side has ended is the question; nothing at all asks for the
public keys alone. The answer is one JSON object: `keys` and `vouched`, with `signatures` (lines of a note), or with
`refused` and `size`.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

from server import events, signing
from server.keys import KeyFile
from server.log_keys import of_seeds, pack
from server.signer.memory import Memory, Refused
from server.signer.question import BYTES_MAX, Grown, read_question
from sync.ledger.checkpoint import Checkpoint
from sync.ledger.note import ED25519, Signature, VerifierKey
from sync.strict import Malformed

ORIGIN = "sifang/"
ASK_S = 5
OTHERS_READ = stat.S_IRWXG | stat.S_IRWXO
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


class Exposed(ValueError):
    """A key or a socket lies where others could get at it; the words are for whoever runs the machine."""


def check_place(key: Path, at: Path) -> None:
    """Nobody else may read the key, or put something else in its place or in the socket's. Raises Exposed."""
    for folder in (key.parent, at.parent):
        if not folder.is_dir() or folder.stat().st_mode & OTHERS_WRITE:
            raise Exposed(
                f"{folder}: a folder is needed in which nobody but its owner can write (chmod go-w).\n"
                f"{folder}：要一个只有属主能写的文件夹（chmod go-w）。"
            )
    if key.exists() and key.stat().st_mode & OTHERS_READ:
        raise Exposed(
            f"{key}: others can read the key (chmod 600), and may have read it: rotate it.\n"
            f"{key}：别人能读这把钥匙（chmod 600），可能已经读过：请更换。"
        )


class Signer:
    """The key's file and what was signed with it, which lies beside it."""

    def __init__(self, key: Path) -> None:
        self._file = KeyFile(key)
        self.memory = Memory(key.with_name(f"{key.name}.signed"))

    def answer(self, asked: bytes) -> dict[str, Any]:
        """What is said to a text."""
        seeds = self._file.good()
        told = pack(of_seeds(seeds, self._file.path))
        if not asked:
            return told
        try:
            checkpoint, grown = _asked(asked)
            self.memory.take(checkpoint, grown)
        except Refused as refused:
            if refused.code != "unproved":
                events.happened("signer.refused", refused.code)
            return {**told, "refused": refused.code, "size": refused.size}
        return {**told, "signatures": [_line(checkpoint, seed) for seed in seeds]}


def _asked(asked: bytes) -> tuple[Checkpoint, Grown | None]:
    """A checkpoint of a log of Sifang's, and its proof. Raises Refused."""
    try:
        checkpoint, grown = read_question(asked)
    except Malformed:
        raise Refused("no_checkpoint") from None
    if not checkpoint.origin.startswith(ORIGIN) or not checkpoint.size:
        raise Refused("no_checkpoint")
    return checkpoint, grown


def _line(checkpoint: Checkpoint, seed: bytes) -> str:
    key = VerifierKey(checkpoint.origin, ED25519, signing.public_of(seed))
    return Signature(key.name, key.id, signing.sign(seed, checkpoint.text().encode())).line()


async def serve(signer: Signer, at: Path) -> None:
    """Answer until asked to stop."""

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(ASK_S):
                asked = await reader.read(BYTES_MAX + 1)
                while asked and not reader.at_eof() and len(asked) <= BYTES_MAX:
                    asked += await reader.read(BYTES_MAX + 1)
                # Not in another thread: one after the other is what is wanted.
                writer.write(json.dumps(signer.answer(asked)).encode())
                await writer.drain()
        writer.close()

    async def guarded(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await one(reader, writer)
        except Exception as error:  # a full disk: whoever asked finds nobody there, and asks again
            events.crashed("process.crashed", error)
            writer.close()

    server = await asyncio.start_unix_server(guarded, sock=listening(at))
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with server:
        await stop.wait()


def listening(at: Path) -> socket.socket:
    """A socket that its owner and group may reach and nobody else, from its first moment. One that was left behind is
    taken away; one that somebody answers at is not: raises Exposed."""
    if at.is_socket():
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe, suppress(ConnectionRefusedError):
            probe.connect(str(at))
            raise Exposed(f"{at}: a signer is there already.\n{at}：已经有一个在运行。")
        at.unlink()
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o117)
    try:
        made.bind(str(at))
    finally:
        os.umask(before)
    made.listen(16)
    return made

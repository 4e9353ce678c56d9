"""A link that understands HTTP just enough to lose, cut, double and delay single exchanges, by a seeded dice.

It stands between one browser and the server. Requests that are no exchange pass unharmed. `/e2e/…` is answered here:
an empty page and the worker that plays a phone, so that schedules run the phone's real modules and nothing else.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

HERE = Path(__file__).resolve().parent
RESTART_TRIES = 200
PAGE = b"<!doctype html><title>e2e</title>"
FAULTS = (
    "pass",
    "refuse",  # the request never leaves the phone
    "cut_request",  # the server gets part of it
    "cut_reply",  # the server gets it, the phone gets part of the answer
    "double",  # the server gets it twice, one after the other
    "both",  # the server gets it twice at once
    "late",  # the phone hears nothing; the server gets it after the phone's next one
    "again_late",  # answered, and the server gets it once more after the phone's next one
)


@dataclass
class Message:
    """One HTTP request as it came."""

    head: bytes
    body: bytes

    @property
    def path(self) -> str:
        """What is asked for."""
        return self.head.split(b" ", 2)[1].decode()

    @property
    def raw(self) -> bytes:
        """The bytes for a connection of its own."""
        lines = [line for line in self.head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
        return b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + self.body


@dataclass
class Mischief:
    """Listens on `port`, passes on to `upstream`; `dice` None means good weather. `done` counts what was played."""

    port: int
    upstream: int
    dice: Random | None = None
    done: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._late: list[Message] = []
        self._open: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="mischief", daemon=True)
        self._thread.start()
        started = asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self._server = asyncio.run_coroutine_threadsafe(started, self._loop).result(10)

    def calm(self) -> None:
        """Good weather from now on, once what was held back has been delivered."""
        self.dice = None
        asyncio.run_coroutine_threadsafe(self._deliver_late(), self._loop).result(20)

    def close(self) -> None:
        """Stop listening, drop every connection, end the thread."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(20)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(20)
        self._loop.close()

    async def _end(self) -> None:
        self._server.close()
        for task in list(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)
        await asyncio.sleep(0)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._open.add(task)
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                while message := await _read(reader):
                    if not await self._answer(message, writer):
                        break
        finally:
            self._open.discard(task)
            await _drop(writer)

    async def _answer(self, message: Message, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; False when the connection is to be dropped."""
        if message.path.startswith("/e2e/"):
            writer.write(_own(message.path))
            await writer.drain()
            return True
        exchange = self._exchanges(message)
        fault = self.dice.choice(FAULTS) if self.dice and exchange else "pass"
        if exchange:
            self.done[fault] = self.done.get(fault, 0) + 1
        reply = await self._play(fault, message)
        if reply is None:
            return False
        cut = fault == "cut_reply" and self.dice
        writer.write(reply[: self.dice.randrange(len(reply))] if cut and self.dice else reply)
        await writer.drain()
        return not cut

    async def _play(self, fault: str, message: Message) -> bytes | None:
        if fault == "refuse":
            return None
        if fault == "late":
            self._late.append(message)
            return None
        if fault == "cut_request":
            raw = message.raw
            at = self.dice.randrange(len(raw)) if self.dice else 0
            await self._send(raw[:at], wait=False)
            return None
        if not self._exchanges(message):
            return await self._patiently(message)
        if fault == "both":
            first, _ = await asyncio.gather(self._send(message.raw), self._send(message.raw))
        else:
            first = await self._send(message.raw)
        if fault == "double":
            first = await self._send(message.raw)
        await self._deliver_late()
        if fault == "again_late":
            self._late.append(message)
        return first

    @staticmethod
    def _exchanges(message: Message) -> bool:
        return message.path == "/sync/exchange"

    async def _patiently(self, message: Message) -> bytes | None:
        """A script or a part: asked for again while the server is being restarted."""
        for _ in range(RESTART_TRIES):
            if answer := await self._send(message.raw):
                return answer
            await asyncio.sleep(0.1)
        return None

    async def _deliver_late(self) -> None:
        late, self._late = self._late, []
        for message in late:
            await self._send(message.raw)

    async def _send(self, raw: bytes, wait: bool = True) -> bytes | None:
        """Pass bytes on; the whole answer, or None when the server is not there or dies meanwhile."""
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.upstream)
        except OSError:
            return None
        try:
            writer.write(raw)
            await writer.drain()
            return (await reader.read(-1) or None) if wait else None
        except OSError:
            return None
        finally:
            await _drop(writer)


async def _drop(writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()
    with contextlib.suppress(OSError):
        await writer.wait_closed()


async def _read(reader: asyncio.StreamReader) -> Message | None:
    head = (await reader.readuntil(b"\r\n\r\n"))[:-4]
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return Message(head, await reader.readexactly(length))


def _own(path: str) -> bytes:
    worker = path == "/e2e/phone_worker.js"
    body = (HERE / "phone_worker.js").read_bytes() if worker else PAGE
    kind = b"text/javascript" if worker else b"text/html"
    return b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s" % (kind, len(body), body)

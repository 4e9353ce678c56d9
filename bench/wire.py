"""A link that counts what each request costs, and can be as slow as a phone's in a stairwell.

Slow means a rate shared by all connections, a delay each way, and the round trips that opening a connection takes.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import dataclass

from e2e.link import Link

SEGMENT_BYTES = 1460
METHODS = (b"GET ", b"POST ", b"HEAD ")


@dataclass
class Asked:
    """One request and its answer: bytes on the wire with their headers, seconds since the wire was cleared."""

    path: str
    up: int = 0
    down: int = 0
    began_s: float = 0.0
    ended_s: float = 0.0


class _Line:
    """One direction of the slow stretch: a segment after the other, whoever they belong to."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._free_s = 0.0

    async def carry(self, size: int, bytes_per_s: float) -> None:
        async with self._turn:
            now = time.monotonic()
            self._free_s = max(self._free_s, now) + size / bytes_per_s
            if self._free_s > now:
                await asyncio.sleep(self._free_s - now)


class Wire(Link):
    """Counts always; slow after `slow`."""

    def __init__(self, port: int, upstream: int) -> None:
        self.bytes_per_s: float | None = None
        self.rtt_s = 0.0
        self.handshakes = 0
        self.asked: list[Asked] = []
        self._since_s = time.monotonic()
        self._lines = {True: _Line(), False: _Line()}
        super().__init__(port, upstream)

    def slow(self, kbit_per_s: float, rtt_s: float, handshakes: int) -> None:
        """`handshakes`: round trips before the first byte of a new connection (1 for TCP, 1 more for TLS 1.3)."""
        self.bytes_per_s, self.rtt_s, self.handshakes = kbit_per_s * 1000 / 8, rtt_s, handshakes

    def fast(self) -> None:
        """As quick as the machine again."""
        self.bytes_per_s, self.rtt_s, self.handshakes = None, 0.0, 0

    def clear(self) -> None:
        """Forget what was counted; the clock begins anew."""
        self.asked = []
        self._since_s = time.monotonic()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        upstream: asyncio.StreamWriter | None = None
        try:
            await asyncio.sleep(self.rtt_s * self.handshakes)
            answers, upstream = await asyncio.open_connection("127.0.0.1", self.upstream)
            self._open.add(upstream)
            current: list[Asked] = []
            await asyncio.gather(
                self._carry(reader, upstream, False, current), self._carry(answers, writer, True, current)
            )
        except OSError:
            pass
        finally:
            for end in (writer, upstream):
                if end is not None:
                    self._open.discard(end)
                    end.transport.abort()

    def _count(self, data: bytes, reply: bool, current: list[Asked]) -> None:
        now = time.monotonic() - self._since_s
        # Browsers do not send a request before they have the answer to the last one.
        if not reply and data.startswith(METHODS):
            current[:] = [Asked(data.split(b" ", 2)[1].decode("ascii", "replace"), began_s=now)]
            self.asked += current
        for asked in current:
            asked.down += len(data) if reply else 0
            asked.up += 0 if reply else len(data)
            asked.ended_s = now

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, reply: bool, current: list[Asked]
    ) -> None:
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        arriving = asyncio.create_task(self._arrive(under_way, writer))
        with contextlib.suppress(OSError):
            while data := await reader.read(SEGMENT_BYTES if self.bytes_per_s else 65536):
                if self.bytes_per_s:
                    await self._lines[reply].carry(len(data), self.bytes_per_s)
                self._count(data, reply, current)
                under_way.put_nowait((time.monotonic() + self.rtt_s / 2, data))
        under_way.put_nowait((0.0, b""))
        await arriving

    async def _arrive(self, under_way: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while True:
                at, data = await under_way.get()
                if not data:
                    break
                await asyncio.sleep(max(0.0, at - time.monotonic()))
                writer.write(data)
                await writer.drain()
            if writer.can_write_eof():
                writer.write_eof()

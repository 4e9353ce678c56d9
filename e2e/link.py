"""A TCP link between browser and server: the one offline switch that page, service worker and navigation all obey.

up: passes everything. down: refuses connections. black hole: takes the request and never answers.
cut reply: the server gets the request, the reply is lost (after `cut_after` bytes of it).
Beside the weather, requests for addresses that begin alike can be held back: `hold`, or never answered: `stall`.
"""

from __future__ import annotations

import asyncio
import threading
from typing import Literal

Mode = Literal["up", "down", "black_hole", "cut_reply"]


class Link:
    """Listens on `port`, passes on to `upstream` (both on 127.0.0.1), and misbehaves when told to."""

    def __init__(self, port: int, upstream: int) -> None:
        self.port = port
        self.upstream = upstream
        self.mode: Mode = "up"
        self.cut_after = 0
        self._held = b""
        self._passing = 0
        self._stalled = b""
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="link", daemon=True)
        self._thread.start()
        self.set("up")

    def set(self, mode: Mode, cut_after: int = 0) -> None:
        """Change the weather; connections kept alive from before are cut too."""
        asyncio.run_coroutine_threadsafe(self._set(mode, cut_after), self._loop).result(10)

    def hold(self, path: str, passing: int = 0, method: str = "GET") -> None:
        """Break connections that ask for an address beginning so, after letting `passing` of them through."""
        self._held, self._passing = f"{method} {path}".encode(), passing

    def stall(self, path: str) -> None:
        """Take requests for an address beginning so, and never answer them."""
        self._stalled = f"GET {path}".encode()

    def let_go(self) -> None:
        """Hold nothing back any more."""
        self._held = self._stalled = b""

    def close(self) -> None:
        """Stop listening and end the thread."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _end(self) -> None:
        """Every connection is let go of before the loop ends under it."""
        await self._set("down", 0)
        if serving := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(serving, timeout=5)
        # What was aborted is closed by the loop's next turns.
        await asyncio.sleep(0.05)

    async def _set(self, mode: Mode, cut_after: int) -> None:
        self.mode, self.cut_after = mode, cut_after
        for writer in list(self._open):
            writer.transport.abort()
        self._open.clear()
        if mode == "down":
            if self._server:
                self._server.close()
                self._server = None
        elif self._server is None:
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, reuse_address=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        upstream: asyncio.StreamWriter | None = None
        try:
            if self.mode == "black_hole":
                while await reader.read(65536):
                    pass
                return
            answers, upstream = await asyncio.open_connection("127.0.0.1", self.upstream)
            self._open.add(upstream)
            await asyncio.gather(self._pipe(reader, upstream, False), self._pipe(answers, writer, True))
        except OSError:
            pass
        finally:
            for end in (writer, upstream):
                if end is not None:
                    self._open.discard(end)
                    end.transport.abort()

    async def _pipe(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, reply: bool) -> None:
        passed = 0
        try:
            while data := await reader.read(65536):
                if self._held and data.startswith(self._held):
                    self._passing -= 1
                    if self._passing < 0:
                        writer.transport.abort()
                        return
                if self._stalled and data.startswith(self._stalled):
                    continue
                if reply and self.mode == "cut_reply":
                    writer.write(data[: max(0, self.cut_after - passed)])
                    passed += len(data)
                    if passed >= self.cut_after:
                        writer.transport.abort()
                        return
                    continue
                writer.write(data)
                await writer.drain()
            if writer.can_write_eof():
                writer.write_eof()
        except OSError:
            # A server that was killed resets what it had not read: whoever waits for its answer must hear of that.
            writer.transport.abort()

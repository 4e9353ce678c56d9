"""The thinnest HTTP client that is still one: keep-alive, a length in every answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Self


class Line:
    """One open connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def open(cls, port: int) -> Self:
        """Connect to this machine."""
        return cls(*await asyncio.open_connection("127.0.0.1", port, limit=64 * 1024 * 1024))

    async def post(self, path: str, body: bytes) -> bytes:
        """Send gzipped JSON; the answer's body as it came."""
        head = (
            f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"Content-Encoding: gzip\r\nAccept-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self._writer.write(head.encode() + body)
        answer = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        length = int(answer.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        content = await self._reader.readexactly(length)
        assert b" 200 " in answer[:20], (answer, content[:500])
        return content

    async def get(self, path: str, cookie: str) -> bytes:
        """A page or a piece of one, as somebody signed in asks for it; the answer's body."""
        return await self._ask("GET", path, cookie, "HX-Request: true\r\nHX-Request-Type: partial\r\n", b"")

    async def send_form(self, path: str, cookie: str, form: bytes) -> bytes:
        """Send a form from a page of ours."""
        kind = "Content-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin\r\n"
        return await self._ask("POST", path, cookie, f"{kind}Content-Length: {len(form)}\r\n", form)

    async def events(self, path: str, cookie: str) -> AsyncIterator[bytes]:
        """What a line says that stays open, an event at a time."""
        self._writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n".encode())
        await self._readuntil_head()
        while True:
            piece = await self._reader.readuntil(b"\n\n")
            if b"event:" in piece:
                yield piece

    async def _ask(self, verb: str, path: str, cookie: str, more: str, body: bytes) -> bytes:
        head = f"{verb} {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n{more}\r\n"
        self._writer.write(head.encode() + body)
        answer = await self._readuntil_head()
        length = int(answer.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0]) if b"content-length:" in answer else 0
        content = await self._reader.readexactly(length)
        assert answer[9:10] in b"23", (answer, content[:500])
        return content

    async def _readuntil_head(self) -> bytes:
        return (await self._reader.readuntil(b"\r\n\r\n")).lower()

    def close(self) -> None:
        """Hang up."""
        self._writer.close()

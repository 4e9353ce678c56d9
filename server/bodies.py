"""Bodies of requests, never more of them than an honest request needs."""

from __future__ import annotations

from starlette.requests import Request

from server.problem import Problem


def too_large() -> Problem:
    """More bytes than any honest request needs."""
    return Problem("too_large", 413, "内容太大，没有收下。", "This is too large and was not taken.")


async def read_body(request: Request, limit: int) -> bytes:
    """All of a body, of `limit` bytes at most.

    Raises:
        Problem: `too_large` (413), as soon as there is more.
    """
    raw = b""
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > limit:
            raise too_large()
    return raw

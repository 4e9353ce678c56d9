"""Who speaks is the hotline's program: each request signed with what is shared with it, for its moment, and once.

The signature is HMAC-SHA256 over the moment, the verb, the address and the body, as base64. A moment is believed for
five minutes, and a signature once by each process: a ticket that is sent twice all the same is there already.
"""

from __future__ import annotations

import base64
import hmac

from starlette.requests import Request

from server import brakes, clock
from server.problem import Problem, not_found

TIMESTAMP, SIGNATURE = "X-Sifang-Timestamp", "X-Sifang-Signature"
BELIEVED_MS = 5 * 60_000
FIGURES_MAX = 15


def signature(secret: bytes, timestamp: str, verb: str, path: str, body: bytes) -> str:
    """What the header has to say. `timestamp`: milliseconds since 1970; `path`: up to a question mark."""
    told = f"{timestamp}\n{verb}\n{path}\n".encode() + body
    return base64.b64encode(hmac.digest(secret, told, "sha256")).decode()


def check(request: Request, body: bytes) -> None:
    """Raise unless the hotline has said this, just now, for the first time.

    Raises:
        Problem: `not_found` (404) where nothing is shared with a hotline; `signature`, `moment`, `replayed` (401).
    """
    secret = request.app.state.settings.hotline_secret
    if secret is None:
        raise not_found()
    now_ms, said = clock.now_ms(), request.headers.get(TIMESTAMP, "")
    given = request.headers.get(SIGNATURE, "")
    with brakes.proving(request):
        if not (said.isascii() and said.isdigit() and len(said) <= FIGURES_MAX):
            raise _refused("moment", f"{TIMESTAMP} 要写毫秒。", f"{TIMESTAMP} must say milliseconds.")
        ours = signature(secret, said, request.method, request.scope["path"], body)
        if not hmac.compare_digest(ours.encode(), given.encode()):
            raise _refused("signature", "签名不对。", "The signature is wrong.")
        if abs(now_ms - int(said)) > BELIEVED_MS:
            raise _refused("moment", "时间差了五分钟以上。", "The moment is more than five minutes off.", now_ms=now_ms)
        try:
            brakes.take(request, brakes.REPLAYS, ours)
        except Problem as problem:
            raise _refused("replayed", "这个请求来过了。", "This request came before.") from problem
    brakes.take(request, brakes.HOTLINE, "hotline")


def _refused(code: str, message_zh: str, message_en: str, **more: int) -> Problem:
    return Problem(code, 401, message_zh, message_en, **more)

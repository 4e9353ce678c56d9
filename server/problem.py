"""One shape for everything that can be wrong with a request: JSON, a page or a fragment, in two languages."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response


class Problem(Exception):
    """Something the caller can mend, said once in Chinese and once in English.

    `code` is stable ASCII for programs, `status` the HTTP status, `extra` travels in the JSON beside them
    (a gap in a chain adds `expected`, a stale nonce adds `nonce`).
    """

    def __init__(self, code: str, status: int, message_zh: str, message_en: str, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.message_zh = message_zh
        self.message_en = message_en
        self.extra = extra

    def shape(self) -> dict[str, Any]:
        """The JSON shape every error has."""
        said = {"message_zh": self.message_zh, "message_en": self.message_en}
        return {"problem": {"code": self.code, "status": self.status, **said, **self.extra}}


def not_found() -> Problem:
    """Absent and forbidden look alike: nobody learns what exists."""
    return Problem("not_found", 404, "没找到这一页，也许换了地方。", "This page is not here. It may have moved.")


def wants_json(request: Request) -> bool:
    """Programs get JSON: the exchange and whoever asks for it before HTML."""
    if request.url.path.startswith(("/sync/", "/join/")) and request.method == "POST":
        return True
    accept = request.headers.get("accept", "")
    return request.url.path.startswith("/sync/") or "application/json" in accept.partition("text/html")[0]


async def problem_response(request: Request, problem: Problem) -> Response:
    """A problem as the caller can read it."""
    if wants_json(request):
        body = json.dumps(problem.shape(), ensure_ascii=False).encode()
        return Response(body, problem.status, media_type="application/json")
    from server.rendering import fragment

    return fragment(request, "_problem.html", status=problem.status, whole="problem.html", problem=problem)

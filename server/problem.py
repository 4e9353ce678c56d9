"""One shape for everything that can be wrong with a request: JSON, a page or a fragment, in two languages."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match

from server import events


class Problem(Exception):
    """Something the caller can mend, said once in Chinese and once in English.

    `code` is stable ASCII for programs, `status` the HTTP status, `extra` travels in the JSON beside them
    (a gap in a chain adds `expected`, a stale nonce adds `nonce`); `retry_s` is also said as Retry-After.
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
    return request.url.path.startswith(("/sync/", "/api/")) or "application/json" in accept.partition("text/html")[0]


async def problem_response(request: Request, problem: Problem) -> Response:
    """A problem as the caller can read it, with the number of the request; the log tells of it too."""
    events.refused(problem.code, problem.status, request.method, request.url.path, _route(request))
    answer = _told(request, problem, getattr(request.state, "number", ""))
    if "retry_s" in problem.extra:
        answer.headers["Retry-After"] = str(problem.extra["retry_s"])
    return answer


def _told(request: Request, problem: Problem, number: str) -> Response:
    if wants_json(request):
        body = json.dumps(problem.shape(), ensure_ascii=False).encode()
        return Response(body, problem.status, {"Request-Number": number}, "application/json")
    from server.i18n import size_of
    from server.rendering import fragment

    shown: dict[str, Any] = {"whole": "problem.html", "problem": problem, "number": number}
    if "join" in problem.extra:
        shown |= {"whole": "join/elder.html", "size": size_of(request), "typed": "", "wrong": ""}
    return fragment(request, "_problem.html", status=problem.status, **shown)


def _route(request: Request) -> str | None:
    """The pattern of the address that was asked for, which holds nothing of what stood in it."""
    found = request.scope.get("route")
    if found is None and "app" in request.scope:
        fitting = (route for route in request.app.routes if route.matches(request.scope)[0] != Match.NONE)
        found = next(fitting, None)
    return getattr(found, "path", None) if isinstance(found, BaseRoute) else None

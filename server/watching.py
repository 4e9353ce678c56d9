"""Around every request: its number, so that a person and the log can name it, and what is said when we have failed."""

from __future__ import annotations

from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server import events
from server.problem import Problem, problem_response
from server.proxies import address_of


class Watched:
    """Numbers a request; a crash is told in two sentences to whoever asked, and by kind and place to the log."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        proxies = scope["app"].state.settings.proxies
        scope.setdefault("state", {})["number"] = events.begin(address_of(HTTPConnection(scope), proxies))
        begun = False

        async def noticed(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, noticed)
        except Exception as error:
            events.crashed("request.crashed", error)
            if not begun:
                response = await problem_response(Request(scope), _crash())
                await response(scope, receive, send)
            raise


def _crash() -> Problem:
    """Our own mistake: what was typed stays in the browser or on the phone."""
    return Problem(
        "crash",
        500,
        "服务器这边出了点问题，没有改动任何东西。过一会儿再试。",
        "Something went wrong on the server. Nothing was changed. Try again in a moment.",
    )

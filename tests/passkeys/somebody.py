"""Somebody with an authenticator, in a browser of their own."""

from __future__ import annotations

from typing import Any

from httpx import Response

from server import sessions
from server.join.store import create_link
from tests.desk.conftest import Desk
from tests.journal.conftest import Station
from tests.passkeys.authenticator import Authenticator

OURS = {"Sec-Fetch-Site": "same-origin", "Accept": "application/json"}


class Somebody:
    """A person with an authenticator, in a browser of their own."""

    def __init__(self, station: Station, name: str, authenticator: Authenticator | None = None) -> None:
        self.station = station
        self.name = name
        self.authenticator = authenticator or Authenticator()
        self.cookie = ""

    async def post(self, path: str, said: Any = None, **form: str) -> Response:
        """What our own pages send, as JSON or as a form."""
        told: dict[str, Any] = {"data": form} if form else {"json": said if said is not None else {}}
        answer = await self.station.http.post(path, headers={**OURS, "Cookie": self.cookie}, **told)
        self.station.http.cookies.clear()
        if token := answer.cookies.get(sessions.cookie_name(self.station.settings)):
            self.cookie = f"{sessions.cookie_name(self.station.settings)}={token}"
        return answer

    async def begin(self) -> Response:
        """Open a one-time link and make a passkey behind it."""
        async with self.station.db.writing() as db:
            token = await create_link(db, self.station[self.name], "desk", self.station.now_ms)
        options = (await self.post(f"/join/{token}/passkey/options")).json()
        made = self.authenticator.make(options)
        return await self.post(f"/join/{token}/passkey", {"credential": made, "label": "站里的电脑"})

    async def options(self, path: str = "/sign-in") -> dict[str, Any]:
        """A new challenge."""
        found: dict[str, Any] = (await self.post(f"{path}/options")).json()
        return found

    async def come_in(self) -> Response:
        """Sign in with the passkey."""
        return await self.post("/sign-in", {"credential": self.authenticator.show(await self.options())})

    async def confirm(self) -> Response:
        """Show it once more."""
        path = "/desk/me/confirmation"
        return await self.post(path, {"credential": self.authenticator.show(await self.options(path))})

    async def page(self, path: str = "/desk/visits") -> Response:
        """Open a page."""
        return await Desk(self.station.http, dict([self.cookie.split("=", 1)]) if self.cookie else {}).get(path)

"""Phones that outlive a server: as in tests/journal, and able to go on with one that was restored ("Another log")."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from httpx import AsyncClient

from sync.edit import Edit
from tests.blobs.test_sending import ask, bring, named
from tests.journal.conftest import Station
from tests.journal.phone import Phone


@dataclass
class Photo:
    """A photo that is still on the phone, the visit it belongs to, and how far a backup must come before it may go;
    None while it is to be sent."""

    data: bytes
    edit: Edit
    after: int | None = None


@dataclass
class LastingPhone(Phone):
    """Keeps what the server acknowledged until a backup off the server's disk holds it, and sends it again when a
    restored server has forgotten it."""

    positions: dict[int, int] = field(default_factory=dict)  # of acknowledged edits, by number
    dropped: int = 0  # edits up to here are on the phone no more
    ever: dict[str, int] = field(default_factory=dict)  # every edit ever acknowledged: its id and number
    backed_up_through: int = -1
    photos: dict[str, Photo] = field(default_factory=dict)
    brought: set[str] = field(default_factory=set)  # every photo that a server ever said it had

    def shoot(self, household: str, data: bytes, **body: Any) -> Edit:
        """Record a visit with a photo."""
        edit = self.visit(household, blobs=[named(data)], **body)
        self.photos[named(data)["sha256"]] = Photo(data, edit)
        return edit

    async def meet(self, http: AsyncClient) -> None:
        """Exchange with this server until nothing is left to send."""
        self.http = http
        for _ in range(20):
            if await self._round() and not self.unsent():
                return await self._bring()
        raise AssertionError("it did not come to rest")

    async def _bring(self) -> None:
        """Photos after their visits; those that are in a backup go, once the server has said again that it has them."""
        for name, photo in list(self.photos.items()):
            if photo.after is not None and photo.after > self.backed_up_through:
                continue
            told = await ask(self, photo.edit, name)
            if told["whole"] and photo.after is not None:
                del self.photos[name]
                continue
            told = told if told["whole"] else (await bring(self, photo.edit, photo.data)).json()
            photo.after = told["size"]
            self.brought.add(name)

    async def _round(self) -> bool:
        response = await self.send(self.request(self._sendable()))
        problem = response.json().get("problem", {})
        if problem.get("code") == "nonce":
            self.nonce = problem["nonce"]
            return False
        if problem.get("code") == "chain_gap":
            self._forget(problem["expected"] - 1)
            return False
        assert response.status_code == 200, response.text
        reply: dict[str, Any] = response.json()
        if self.log and reply["log"] != self.log:
            self._another_log(reply)
            return False
        await self.take(reply)
        for outcome in reply["outcomes"]:
            self.positions[outcome["n"]] = outcome["position"]
            self.ever[self._edit(outcome["n"]).header.id] = outcome["n"]
        self.backed_up_through = reply["backed_up_through"]
        self._prune()
        return not reply["more"]

    def _sendable(self) -> list[Edit]:
        return self.unsent()[:500]

    def _edit(self, n: int) -> Edit:
        return next(edit for edit in self.made if edit.header.n == n)

    def _another_log(self, reply: dict[str, Any]) -> None:
        self.nonce, self.log, self.size = reply["nonce"], reply["log"], 0
        self.scopes.clear()
        for photo in self.photos.values():
            photo.after = None
        for outcome in reply["outcomes"]:
            self.acknowledged = max(self.acknowledged, outcome["n"])
            self.positions[outcome["n"]] = outcome["position"]
            self.ever[self._edit(outcome["n"]).header.id] = outcome["n"]
        self._forget(reply["chain"]["n"])

    def _forget(self, n: int) -> None:
        """The server knows nothing above `n`: it is unsent again."""
        assert n >= self.dropped, "it was told that a backup held this"
        self.acknowledged = min(self.acknowledged, n)
        self.positions = {each: position for each, position in self.positions.items() if each <= n}

    def _prune(self) -> None:
        """What a backup off the server's disk holds may go; the newest stays, the next one hangs on it."""
        while len(self.made) > 1:
            first = self.made[0].header.n
            if first > self.acknowledged or self.positions.get(first, 2**53) > self.backed_up_through:
                return
            if any(photo.edit.header.n == first for photo in self.photos.values()):
                return
            self.dropped = first
            self.made.pop(0)


async def lasting(station: Station, person: str, grid: str = "第三网格") -> LastingPhone:
    """A phone enrolled for somebody."""
    known = await station.phone(person, grid)
    return LastingPhone(known.person, known.grid, station.http, known.key, known.device, known.nonce)

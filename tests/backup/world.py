"""A station whose server burns down and is made again from its backup, as often as one likes."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from server import clock
from server.backup import ship
from server.backup.back import logs, restore_from
from server.backup.place import Place
from server.backup.ship import Shipped, Shipping
from server.blobs import Blobs
from server.db import Database
from server.journal import Draft
from server.journal.restoring import Restored
from server.settings import Settings
from tests.backup.phones import LastingPhone, lasting
from tests.blobs.pictures import jpeg
from tests.journal.conftest import NOON_MS, Station, new_database, opened

DOORS = ("陈奶奶", "马师傅", "空房")


@dataclass
class World:
    """The station of the moment, its phones, and the disk that is carried away."""

    database: str
    folder: Path
    request: pytest.FixtureRequest
    empty_sqlite: Path
    monkeypatch: pytest.MonkeyPatch
    stack: AsyncExitStack
    station: Station = field(init=False)
    phones: list[LastingPhone] = field(default_factory=list)
    servers: int = 0

    @property
    def target(self) -> Path:
        """The backup."""
        return self.folder / "away"

    async def _new(self) -> Settings:
        self.servers += 1
        folder = self.folder / f"server{self.servers}"
        folder.mkdir()
        url = await new_database(self.database, folder, self.empty_sqlite, self.request)
        return Settings(url, folder, f"the secret of server {self.servers}.........".encode())

    async def begin(self) -> None:
        """The first server, with its phones."""
        self.target.mkdir()
        self.monkeypatch.setattr(clock, "now_ms", lambda: NOON_MS)
        self.monkeypatch.setattr(ship, "place_of", lambda target, data: Place(True, "marked"))
        self.station = await self.stack.enter_async_context(opened(await self._new(), self.monkeypatch))
        await self.station.begin()
        self.phones = [await lasting(self.station, "赵敏"), await lasting(self.station, "钱进")]
        self.phones.append(await lasting(self.station, "孙立", "第四网格"))
        for phone in self.phones:
            await phone.meet(self.station.http)

    async def ship(self) -> Shipped:
        """Ship what there is."""
        shipping = Shipping(self.station.db, self.station.settings, self.target)
        try:
            return await shipping.once()
        finally:
            await shipping.close()

    async def burn(self, *handed: str) -> Restored:
        """The server and its disk are gone; another is made from the backup, with checkpoints that somebody kept."""
        ids, now_ms = self.station.ids, self.station.now_ms
        await self.stack.aclose()
        settings = await self._new()
        db = Database(settings.database_url)
        try:
            restored = await restore_from(db, settings, logs(self.target)[0].folder, handed=handed)
        finally:
            await db.close()
        assert restored.trouble == []
        self.station = await self.stack.enter_async_context(opened(settings, self.monkeypatch))
        self.station.ids, self.station.now_ms = ids, now_ms + 3_600_000
        return restored

    async def desk(self, text: str) -> str:
        """The station master states something at the desk; the edit's id."""
        draft = Draft("household.stated", self.station["空房"], self.station["第三网格"], self.station["master"],
                      {"facts": {"note": text}})  # fmt: skip
        (receipt,) = await self.station.journal.commit([draft])
        return receipt.id

    def work(self, phone: LastingPhone, chance: random.Random) -> None:
        """Something is done on a phone."""
        phone.clock_ms = self.station.now_ms + chance.randrange(3_000_000)
        if phone.grid != self.station["第三网格"]:
            phone.visit(self.station[chance.choice(DOORS)])  # not their grid: kept, and set aside
        elif chance.random() < 0.3:
            facts = {"phone": f"139{chance.randrange(10**8):08}"}
            phone.make("household.stated", {"facts": facts}, entity=self.station[chance.choice(DOORS)])
        elif chance.random() < 0.5:
            phone.shoot(self.station[chance.choice(DOORS)], jpeg(scan=chance.randbytes(20).hex().encode()))
        else:
            phone.visit(self.station[chance.choice(DOORS)], text=f"第 {chance.randrange(10**6)} 次")

    async def check(self) -> None:
        """No edit that was ever acknowledged is missing, no photo that a server ever had, and the tables are what the
        journal folds to."""
        blobs = Blobs(self.station.settings.blobs)
        held = {row[0] for row in await self.station.rows("SELECT id FROM journal")}
        for phone in self.phones:
            assert phone.unsent() == []
            assert phone.ever.keys() <= held
            assert all(blobs.is_whole(name) for name in phone.brought)
            assert {edit.header.id for edit in phone.made} <= held
        assert await self.station.refolds()


@asynccontextmanager
async def a_world(
    database: str, folder: Path, empty_sqlite: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[World]:
    """A world with its first server running."""
    async with AsyncExitStack() as stack:
        world = World(database, folder, request, empty_sqlite, monkeypatch, stack)
        await world.begin()
        yield world

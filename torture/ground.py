"""An installation to be tortured: the stories' community on either database, its workers' phones enrolled over HTTP."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from httpx import AsyncClient
from sqlalchemy import text

from e2e.forked import Forker
from e2e.station import Station
from server.clock import now_ms
from server.db import Database
from server.join.store import create_link
from tests.journal.phone import Phone
from torture.worker import Worker

WORKERS = ("小赵", "老孙", "小吴")
TIMEOUT_S = 20


class Ground(Station):
    """One installation; `database_url` when it does not lie in the SQLite file of `data`."""

    def __init__(self, data: Path, database_url: str | None = None) -> None:
        self.own = Forker()
        super().__init__(data, self.own)
        self.database_url = database_url or f"sqlite+aiosqlite:///{data / 'sifang.db'}"

    @property
    def environment(self) -> dict[str, str]:
        """What its commands find in their environment."""
        return {**super().environment, "SIFANG_DATABASE_URL": self.database_url}

    def close(self) -> None:
        """End everything that was started."""
        super().close()
        self.own.close()

    async def rows(self, statement: str, **values: Any) -> list[Any]:
        """What the database says, read beside the server."""
        db = Database(self.database_url)
        try:
            async with db.reading() as connection:
                return list((await connection.execute(text(statement), values)).all())
        finally:
            await db.close()

    async def prepare(self, phones: int) -> list[Invitation]:
        """Fill an empty database, and invite workers in turn with one phone each."""
        await asyncio.to_thread(self.command, "e2e.prepare")
        people = await self.rows("SELECT name, id, grids FROM person")
        doors = await self.rows("SELECT grid, id FROM household ORDER BY id")
        db = Database(self.database_url)
        invited = []
        try:
            for number in range(phones):
                name = WORKERS[number % len(WORKERS)]
                _, person, grids = next(row for row in people if row[0] == name)
                grid = grids.strip('[]" ')
                async with db.writing() as connection:
                    token = await create_link(connection, person, "phone", now_ms())
                invited.append(Invitation(token, person, grid, [door for of, door in doors if of == grid]))
        finally:
            await db.close()
        return invited

    async def enrol(self, invited: list[Invitation], dice: Random, words_max: int) -> list[Worker]:
        """Phones as their people open their links, each with its first download; the server is up."""
        return [await self._enrol(one, Random(dice.random()), words_max) for one in invited]

    async def _enrol(self, invited: Invitation, dice: Random, words_max: int) -> Worker:
        http = AsyncClient(base_url=f"http://127.0.0.1:{self.server_port}", timeout=TIMEOUT_S)
        phone = Phone(invited.person, invited.grid, http)
        answer = await http.post(f"/join/{invited.token}/device", json={"public_key": phone.public_key})
        assert answer.status_code == 200, answer.text
        said = answer.json()
        phone.device, phone.nonce, phone.log, phone.size = said["device"], said["nonce"], said["log"], said["size"]
        worker = Worker(phone, invited.doors, dice, words_max)
        await worker.settle()
        return worker


@dataclass(frozen=True)
class Invitation:
    """A one-time link, who it is for, and what they look after."""

    token: str
    person: str
    grid: str
    doors: list[str]

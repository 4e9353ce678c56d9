"""A station with two grids, and Worker Zhao 赵敏 at a browser that keeps nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select
from uuid_utils import uuid7

from server import clock, schema, sessions
from server.app import create_app
from server.journal import Draft
from server.settings import Settings
from tests.journal.conftest import DATABASES, new_database

__all__ = ["station"]

NOW_MS = 1_795_142_172_000  # Friday 2026-11-20, 10:36:12 in the grid
DAY_MS = 24 * 3600 * 1000


class Station:
    """The server of one community, its people and its homes by name, and what has been journaled there."""

    def __init__(self, app: Any, client: httpx.AsyncClient, settings: Settings) -> None:
        self.app = app
        self.zhao = client
        self.settings = settings
        self.id: dict[str, str] = {}

    def add(self, name: str, kind: str, body: dict[str, Any], grid: str | None = None, by: str = "赵敏") -> Draft:
        """An edit that makes something; it is called `name` from then on."""
        self.id[name] = str(uuid7())
        place = self.id[name] if kind == "grid.added" else self.id[grid] if grid else None
        # A worker enters nobody: people are of the server's shell.
        author = self.id[name] if kind == "person.added" else self.id.get(by, self.id[name])
        return Draft(kind, self.id[name], place, author, body, id=self.id[name])

    async def fill(self) -> None:
        """榆桥社区: 第三网格 is Zhao's, 第四网格 is not."""
        commit = self.app.state.journal.commit
        await commit([self.add("榆桥社区", "community.added", {"name": "榆桥社区"})])
        for sort, grid in enumerate(("第三网格", "第四网格"), 3):
            body = {"community": self.id["榆桥社区"], "name": grid, "sort": sort, "quarters": "槐安小区"}
            await commit([self.add(grid, "grid.added", body)])
        for name, grid in (("赵敏", "第三网格"), ("孙强", "第四网格")):
            body = {"name": name, "role": "grid_worker", "community": self.id["榆桥社区"], "grids": [self.id[grid]]}
            await commit([self.add(name, "person.added", body)])
        homes = (("3幢", "第三网格", "陈奶奶家", "陈奶奶"), ("5幢", "第四网格", "马师傅家", "马师傅"))
        for building, grid, home, contact in homes:
            quarters = {"quarters": "槐安小区", "name": building, "sort": 1}
            await commit([self.add(building, "building.added", quarters, grid)])
            facts = {"contact": contact, "phone": "000-0000-0001"}
            where = {"building": self.id[building], "entrance": "2", "floor": 5, "room": "501", "kind": "home"}
            await commit([self.add(home, "household.added", {**where, "facts": facts}, grid)])
            who = {"household": self.id[home], "facts": {"name": contact}, "tags": ["elder_alone"]}
            await commit([self.add(contact, "resident.added", who, grid)])
            visit = {"household": self.id[home], "occurred_at_ms": NOW_MS - 6 * DAY_MS, "mode": "door", "result": "met"}
            by = "赵敏" if grid == "第三网格" else "孙强"
            await commit([self.add(f"{home}走访", "visit.recorded", {**visit, "text": "厕所灯坏三天"}, grid, by)])

    async def sign_in(self, name: str) -> None:
        """Somebody's session in the browser."""
        async with self.app.state.db.writing() as db:
            token = await sessions.begin(db, self.id[name], clock.now_ms(), "tests")
        self.zhao.cookies.set(sessions.cookie_name(self.settings), token)

    async def rows(self, table: str, **equal: Any) -> list[dict[str, Any]]:
        """What a table holds, newest last."""
        named = schema.metadata.tables[table]
        query = select(named).where(*(named.c[name] == value for name, value in equal.items()))
        async with self.app.state.db.reading() as db:
            return [dict(row) for row in (await db.execute(query)).mappings()]

    async def size(self) -> int:
        """How many edits have been journaled."""
        return int(await self.app.state.journal.size())

    async def get(self, path: str, **headers: str) -> httpx.Response:
        """Zhao opens an address."""
        return await self.zhao.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    async def post(self, path: str, data: dict[str, Any], **headers: str) -> httpx.Response:
        """Zhao sends a form."""
        sent = {"sec-fetch-site": "same-origin", **{name.replace("_", "-"): value for name, value in headers.items()}}
        return await self.zhao.post(path, data=data, headers=sent)


@pytest.fixture(params=DATABASES)
async def station(
    request: pytest.FixtureRequest, tmp_path: Path, empty_sqlite: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Station]:
    """The station on a Friday morning, with Zhao signed in."""
    monkeypatch.setattr(clock, "now_ms", lambda: NOW_MS)
    settings = Settings(await new_database(request.param, tmp_path, empty_sqlite, request), tmp_path, b"s" * 32)
    app = create_app(settings)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost:8000") as client,
    ):
        made = Station(app, client, settings)
        await made.fill()
        await made.sign_in("赵敏")
        yield made

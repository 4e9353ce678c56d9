"""A station with its people, on both databases, reached through the application as phones reach it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy import text
from starlette.applications import Starlette
from uuid_utils import uuid7

from server import clock
from server.app import create_app
from server.db import Database
from server.journal import Draft, Journal, refold_report
from server.settings import Settings
from tests.journal import postgres
from tests.journal.phone import Phone

NOON_MS = 1_800_000_000_000


@dataclass
class Station:
    """榆桥社区 with its third grid, one building and three doors, served."""

    app: Starlette
    http: AsyncClient
    settings: Settings
    now_ms: int = NOON_MS
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def journal(self) -> Journal:
        """The open journal."""
        journal: Journal = self.app.state.journal
        return journal

    @property
    def db(self) -> Database:
        """The open database."""
        db: Database = self.app.state.db
        return db

    def __getitem__(self, name: str) -> str:
        return self.ids[name]

    def draft(self, name: str, kind: str, body: dict[str, Any], grid: str | None = None) -> Draft:
        """An edit that creates something, whose id is remembered by name."""
        id_ = self.ids[name] = str(uuid7())
        # Others than a station master's own people are entered by the server's shell, in nobody's name they know.
        far = kind == "person.added" and body.get("community") != self.ids.get("community")
        shell = far or body.get("role") in ("admin", "supervisor")
        author = id_ if shell else self.ids.get("master", id_)
        return Draft(kind, id_, id_ if kind == "grid.added" else grid, author, body, id=id_)

    async def commit(self, drafts: Sequence[Draft]) -> None:
        """All of them in one go, as what waits for the writer is committed."""
        receipts = await self.journal.commit(drafts)
        assert {receipt.outcome for receipt in receipts} == {"accepted"}, receipts

    async def add(self, name: str, kind: str, body: dict[str, Any], grid: str | None = None) -> str:
        """Commit an edit that creates something and remember its id by name."""
        await self.commit([self.draft(name, kind, body, grid)])
        return self[name]

    async def begin(self, more: Callable[[Station], Iterator[Draft]] | None = None) -> None:
        """The community, its grids, its people, its doors, and what else a folder's tests have."""
        await self.commit([*self._beginning(), *(more(self) if more else ())])

    def _beginning(self) -> Iterator[Draft]:
        yield self.draft("community", "community.added", {"name": "榆桥社区"})
        community = self["community"]
        for sort, name in ((3, "第三网格"), (4, "第四网格")):
            yield self.draft(name, "grid.added", {"community": community, "name": name, "sort": sort})
        grid, other = self["第三网格"], self["第四网格"]
        master = {"name": "王站长", "role": "station_master", "community": community, "grids": [grid, other]}
        yield self.draft("master", "person.added", master)
        for name, grids in (("赵敏", [grid]), ("钱进", [grid]), ("孙立", [other])):
            worker = {"name": name, "role": "grid_worker", "community": community, "grids": grids}
            yield self.draft(name, "person.added", worker)
        yield self.draft("3幢", "building.added", {"quarters": "槐安小区", "name": "3幢", "sort": 3}, grid)
        for name, room in (("陈奶奶", "501"), ("马师傅", "502"), ("空房", "503")):
            home = {"building": self["3幢"], "entrance": "2", "floor": 5, "room": room, "kind": "home"}
            yield self.draft(name, "household.added", {**home, "facts": {"contact": name}}, grid)

    async def phone(self, person: str, grid: str = "第三网格", **kept: Any) -> Phone:
        """A phone enrolled for somebody."""
        phone = Phone(self[person], self[grid], self.http, clock_ms=self.now_ms, **kept)
        body = {"person": phone.person, "public_key": phone.public_key, "label": f"{person}的手机"}
        draft = Draft("device.enrolled", phone.device, None, phone.person, body, id=phone.device)
        (receipt,) = await self.journal.commit([draft])
        assert receipt.outcome == "accepted", receipt
        phone.nonce = self.journal.new_nonce(phone.device)
        phone.log_keys = list(self.settings.log_keys.keys)
        return phone

    async def rows(self, statement: str) -> list[Any]:
        """What the database says."""
        async with self.db.reading() as connection:
            return list((await connection.execute(text(statement))).all())

    async def value(self, statement: str) -> Any:
        """One value of the database."""
        return (await self.rows(statement))[0][0]

    async def refolds(self) -> bool:
        """Whether the tables are what the journal folds to."""
        report = await refold_report(self.db, self.settings)
        assert report == []
        return True


collect_ignore = [] if postgres.binaries() else ["test_processes.py"]
DATABASES = ["sqlite", *(["postgresql"] if postgres.binaries() else [])]


@asynccontextmanager
async def opened(settings: Settings, set_clock: pytest.MonkeyPatch) -> AsyncIterator[Station]:
    """A server on this database, its clock held by the station."""
    app = create_app(settings)
    transport = ASGITransport(app, client=("127.0.0.1", 5000))
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=transport, base_url="http://station", timeout=60) as http,
    ):
        station = Station(app, http, settings)
        set_clock.setattr(clock, "now_ms", lambda: station.now_ms)
        yield station


async def new_database(database: str, tmp_path: Path, empty_sqlite: Path, request: pytest.FixtureRequest) -> str:
    """The address of a new database with empty tables."""
    if database == "sqlite":
        shutil.copy(empty_sqlite, tmp_path / "station.db")
        return f"sqlite+aiosqlite:///{tmp_path}/station.db"
    databases: postgres.Databases = request.getfixturevalue("postgres_databases")
    url = await databases.take()
    request.addfinalizer(lambda: databases.free.append(url))
    return url


@pytest.fixture(params=DATABASES)
async def station(
    request: pytest.FixtureRequest, tmp_path: Path, empty_sqlite: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Station]:
    """The station, begun."""
    url = await new_database(request.param, tmp_path, empty_sqlite, request)
    monkeypatch.setattr(clock, "now_ms", lambda: NOON_MS)
    async with opened(Settings(url, tmp_path, b"a secret for tests only........."), monkeypatch) as station:
        await station.begin()
        yield station


@pytest.fixture
async def zhao(station: Station) -> Phone:
    """Worker Zhao's phone (赵敏), in the third grid."""
    return await station.phone("赵敏")


@pytest.fixture
async def qian(station: Station) -> Phone:
    """Worker Qian's phone (钱进), in the same grid."""
    return await station.phone("钱进")

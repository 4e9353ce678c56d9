"""Elm Bridge 榆桥社区 with three grids, its registry empty until a ledger comes."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from sqlalchemy import select

from server import schema
from server.db import Database
from server.imports.addresses import grid_key
from server.imports.choice import Choice
from server.imports.plan import Plan, make_plan
from server.imports.reading import read
from server.imports.store import load_registry, master_of
from server.journal import Draft, Journal, Receipt
from server.settings import Settings

NOW_MS = int(datetime(2026, 11, 20, 2, 24, tzinfo=UTC).timestamp() * 1000)
"""Friday 2026-11-20, 10:24 at the station."""
COMMUNITY = "019a0000-0000-7000-8000-000000000001"
MASTER_WANG = "019a0000-0000-7000-8000-000000000002"
WORKER_ZHAO = "019a0000-0000-7000-8000-000000000003"
GRID_THREE = "019a0000-0000-7000-8000-000000000013"
GRIDS = ("第一网格", "第二网格", "第三网格")
QUARTERS = ("槐安小区东", "槐安小区西", "槐安小区")


@dataclass(frozen=True)
class Station:
    """The community with its journal; ledgers come in as a command or a page would bring them."""

    db: Database
    journal: Journal
    settings: Settings

    async def plan(
        self, data: bytes, name: str = "台账.csv", grid: str | None = "第三网格", now_ms: int = NOW_MS
    ) -> Plan:
        """What a file would change."""
        async with self.db.reading() as connection:
            registry = await load_registry(connection, COMMUNITY)
            author = await master_of(connection, COMMUNITY, None)
        assert author == MASTER_WANG
        chosen = registry.grid_by_key[grid_key(grid)] if grid else None
        return make_plan(read(data, name), registry, Choice(author, now_ms, 480, chosen))

    async def bring_in(self, data: bytes, name: str = "台账.csv", grid: str | None = "第三网格") -> Plan:
        """Import a file; every edit must be accepted."""
        plan = await self.plan(data, name, grid)
        receipts = await self.commit(plan.drafts)
        assert {receipt.outcome for receipt in receipts} <= {"accepted"}
        return plan

    async def commit(self, drafts: Sequence[Draft]) -> list[Receipt]:
        """Journal drafts, as a page would."""
        return await self.journal.commit(drafts) if drafts else []

    async def rows(self, table: str, **where: Any) -> list[dict[str, Any]]:
        """Rows of a table."""
        found = schema.metadata.tables[table]
        query = select(found)
        for column, value in where.items():
            query = query.where(found.c[column] == value)
        async with self.db.reading() as connection:
            return [dict(row) for row in (await connection.execute(query)).mappings()]

    async def home(self, room: str = "501") -> dict[str, Any]:
        """The one household of that room."""
        (row,) = await self.rows("household", room=room)
        return row


@asynccontextmanager
async def station(folder: Path, url: str | None = None) -> AsyncIterator[Station]:
    """An installation of its own for one test, on SQLite unless the address of another empty database is given."""
    settings = Settings(url or f"sqlite+aiosqlite:///{folder / 'sifang.db'}", folder, b"s" * 32)
    db = Database(settings.database_url)
    async with db.writing() as connection:
        await connection.run_sync(schema.metadata.create_all)
    journal = Journal(db, settings)
    await journal.start()
    try:
        made = Station(db, journal, settings)
        await made.commit(_founding())
        yield made
    finally:
        await journal.stop()
        await db.close()


def _founding() -> list[Draft]:
    body: dict[str, Any] = {"name": "榆桥社区"}
    drafts = [Draft("community.added", COMMUNITY, None, MASTER_WANG, body, id=COMMUNITY)]
    ids = []
    for number, (name, quarters) in enumerate(zip(GRIDS, QUARTERS, strict=True), 1):
        grid = f"019a0000-0000-7000-8000-00000000001{number}"
        ids.append(grid)
        body = {"community": COMMUNITY, "name": name, "quarters": quarters, "sort": number}
        drafts.append(Draft("grid.added", grid, grid, MASTER_WANG, body, id=grid))
    body = {"name": "王站长", "role": "station_master", "community": COMMUNITY, "grids": ids}
    drafts.append(Draft("person.added", MASTER_WANG, None, MASTER_WANG, body, id=MASTER_WANG))
    body = {"name": "小赵", "role": "grid_worker", "community": COMMUNITY, "grids": [GRID_THREE]}
    return [*drafts, Draft("person.added", WORKER_ZHAO, None, MASTER_WANG, body, id=WORKER_ZHAO)]


def csv(*lines: str) -> bytes:
    """A CSV file as Chinese Excel saves it."""
    return "\r\n".join(lines).encode("gb18030")


def xlsx(rows: Sequence[Sequence[Any]], merged: Sequence[str] = (), title: str = "Sheet1") -> bytes:
    """A workbook of one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()

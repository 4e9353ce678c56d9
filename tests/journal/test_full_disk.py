"""A full disk, as far as a test may declare one: a limit of pages on SQLite's writer, the error PostgreSQL would raise.

Real ones are filled by torture/full_disks.py.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from server.full_disk import is_disk_full
from server.journal.sql import Store
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio

LONG = "字" * 10_000
FULL = """CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$"""


@asynccontextmanager
async def full_disk(station: Station) -> AsyncIterator[None]:
    """No room for another edit until the block ends."""

    def pages(store: Store, more: int) -> None:
        count = store.row("PRAGMA page_count")
        assert count
        store.row(f"PRAGMA max_page_count = {count[0] + more}")

    write = station.journal.transactions.write
    if station.db.sqlite:
        await write(lambda store: pages(store, 1), brief=True)
        yield
        await write(lambda store: pages(store, 1_000_000), brief=True)
        return
    await write(lambda store: store.run(FULL))
    await write(
        lambda store: store.run("CREATE TRIGGER full_disk BEFORE INSERT ON journal EXECUTE FUNCTION full_disk()")
    )
    yield
    await write(lambda store: store.run("DROP TRIGGER full_disk ON journal"))


async def test_a_full_disk_is_told_clearly_takes_nothing_and_is_over_when_there_is_room(
    station: Station, zhao: Phone, qian: Phone
) -> None:
    await zhao.exchange()
    before = await station.value("SELECT size FROM journal_head")
    zhao.visit(station["陈奶奶"], text=LONG)
    asked = zhao.request()
    async with full_disk(station):
        refused = await zhao.send(asked)
        assert refused.status_code == 503
        assert refused.headers["Retry-After"] == "60"
        problem = refused.json()["problem"]
        assert problem["code"] == "disk_full"
        assert "磁盘满了" in problem["message_zh"]
        assert LONG[:20] not in refused.text
        assert await station.value("SELECT size FROM journal_head") == before
        # Who sends nothing is answered as ever.
        assert (await qian.exchange(edits=[]))["size"] == before
    taken = await zhao.send(asked)
    assert taken.status_code == 200
    assert [outcome["outcome"] for outcome in taken.json()["outcomes"]] == ["accepted"]
    assert await station.value("SELECT size FROM journal_head") == before + 1
    assert await station.refolds()


def test_a_full_disk_is_known_behind_the_error_that_followed_it() -> None:
    after = sqlite3.OperationalError("cannot rollback - no transaction is active")
    after.__context__ = OSError(errno.ENOSPC, "No space left on device")
    assert is_disk_full(after)
    assert not is_disk_full(OSError(errno.EIO, "Input/output error"))
    assert not is_disk_full(sqlite3.OperationalError("database is locked"))

"""The station master sees how safe the journal is, and what phones brought back after a restore."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.backup import ship
from server.backup.place import Place
from tests.backup.world import World, a_world
from tests.desk.conftest import sign_in, words
from tests.journal.conftest import DATABASES

pytestmark = pytest.mark.anyio


@pytest.fixture(params=DATABASES)
async def world(
    request: pytest.FixtureRequest, tmp_path: Path, empty_sqlite: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[World]:
    """The station, its phones, and a backup."""
    async with a_world(request.param, tmp_path, empty_sqlite, request, monkeypatch) as world:
        yield world


async def said(world: World, lang: str = "zh") -> str:
    """The page's words."""
    master = await sign_in(world.station, "master")
    page = await master.get("/desk/backups", lang=lang)
    assert page.status_code == 200
    return words(page)


async def test_how_safe_the_journal_is(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "还没有备份" in await said(world)
    monkeypatch.setattr(ship, "place_of", lambda target, data: Place(False, "same_disk"))
    await world.ship()
    assert "备份还在服务器自己身上" in await said(world)
    monkeypatch.setattr(ship, "place_of", lambda target, data: Place(True, "marked"))
    await world.ship()
    assert "Every record is kept elsewhere, too." in await said(world, "en")
    await world.desk("桌上写的")
    assert "有 1 条还没有送到别处" in await said(world)
    worker = await sign_in(world.station, "赵敏")
    assert (await worker.get("/desk/backups")).status_code == 404


async def test_what_was_healed(world: World) -> None:
    zhao, qian, _ = world.phones
    await world.ship()
    for phone, edits in ((zhao, 2), (qian, 1)):
        for _ in range(edits):
            phone.visit(world.station["陈奶奶"])
        await phone.meet(world.station.http)
    await world.burn()
    page = await said(world)
    assert "从备份恢复过" in page
    assert "还没有手机需要补" in page
    # A phone says what it had been told, before it sends it again.
    zhao.http = world.station.http
    zhao.nonce = world.station.journal.new_nonce(zhao.device)
    assert (await zhao.send(zhao.request([]))).status_code == 200
    assert "手机里还有 2 条没补上" in await said(world)
    await zhao.meet(world.station.http)
    await qian.meet(world.station.http)
    page = await said(world)
    assert "都补齐了，一条不少" in page
    assert "赵敏 赵敏的手机 2 2 0 0 钱进 钱进的手机 1 1 0 0" in page

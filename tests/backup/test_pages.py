"""The station master sees how safe the journal is, and what phones brought back after a restore."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from uuid_utils import uuid7

from server.backup import ship
from server.backup.place import Place
from tests.backup.world import World, a_world
from tests.blobs.pictures import jpeg
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
    assert "照片" not in page.partition("一条不少")[2], "nobody took any"
    assert "赵敏 赵敏的手机 2 2 0 0 钱进 钱进的手机 1 1 0 0" in page


async def test_which_photos_are_still_missing(world: World) -> None:
    zhao, qian, _ = world.phones
    seen = [zhao.shoot(world.station["陈奶奶"], jpeg()), qian.shoot(world.station["马师傅"], jpeg(scan=b"2"))]
    await world.ship()
    for phone in (zhao, qian):
        await phone.meet(world.station.http)
    assert "照片" not in (await said(world)).partition("备份在哪里")[2], "nothing was ever restored here"
    await world.burn()
    page = await said(world)
    assert "还没有手机需要补" in page
    assert "照片" not in page.partition("还没有手机需要补")[2], "no visit of this server names one"
    await zhao.meet(world.station.http)
    assert "走访里的照片和录音也都在，一份不少" in await said(world)
    # The other phone made room when it was full.
    qian.photos.clear()
    await qian.meet(world.station.http)
    page = await said(world)
    assert "还有 1 份照片或录音不在服务器上" in page
    assert "3幢2单元502" in page
    assert "3幢2单元501" not in page
    assert "钱进" in page
    assert "1 photo or voice note is not on the server" in await said(world, "en")
    desk = await sign_in(world.station, "master")
    address = f"/desk/visits/{world.station['第三网格']}/{seen[1].header.id}"
    assert "还在路上" in words(await desk.get(address))
    world.station.now_ms += 25 * 3_600_000
    desk = await sign_in(world.station, "master")
    assert "服务器上没有" in words(await desk.get(address))
    assert "服务器上没有" not in words(await desk.get(address.replace(seen[1].header.id, seen[0].header.id)))


async def test_photos_of_what_was_set_aside_are_listed_too(world: World) -> None:
    sun = world.phones[2]
    await world.ship()
    for home, data in ((world.station["马师傅"], jpeg()), (str(uuid7()), jpeg(scan=b"2"))):
        sun.shoot(home, data)
    await sun.meet(world.station.http)
    await world.burn()
    sun.photos.clear()
    await sun.meet(world.station.http)
    assert [each["outcome"] for each in sun.outcomes.values()] == ["quarantined"] * 2
    page = await said(world)
    assert "还有 2 份照片或录音不在服务器上" in page
    assert page.count("还没算数，等着定") == 2
    assert "3幢2单元502" in page
    assert "查不到是哪一户" in page
    assert "set aside, waits for a decision" in await said(world, "en")
    master = await sign_in(world.station, "master")
    (href, _) = re.findall(r'href="(/desk/conflicts\?open=[^"]+)"', (await master.get("/desk/backups")).text)
    opened = (await master.get(href)).text
    assert f'data-key="{href.partition("=")[2]}"' in opened
    assert "别人定过" not in opened

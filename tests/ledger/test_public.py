"""The log for anybody: static resources as C2SP tlog-tiles says, and a page that names nobody."""

from __future__ import annotations

import re

import pytest

from server import brakes
from server.signing import is_signed
from sync.ledger.checkpoint import open_checkpoint
from sync.ledger.note import read_verifier_key
from sync.ledger.tiles import hashes_of, nodes_of, tile_path, widths
from sync.ledger.tree import leaf_hash, root_of
from tests.journal.conftest import Station, qian, station, zhao  # noqa: F401
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


async def log_of(station: Station) -> str:  # noqa: F811
    """The log that is kept."""
    return (await station.journal.log_and_size())[0]


async def get(station: Station, path: str) -> bytes | None:  # noqa: F811
    """What lies there."""
    answer = await station.http.get(f"/ledger/{await log_of(station)}/{path}")
    if answer.status_code == 404:
        return None
    assert answer.status_code == 200, answer.text
    return answer.content


async def test_an_outsider_checks_the_log_with_nothing_but_its_resources(station: Station, zhao: Phone) -> None:  # noqa: F811
    for _ in range(300):
        zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    log = await log_of(station)
    answer = await station.http.get(f"/ledger/{log}/checkpoint")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    page = (await station.http.get("/ledger")).text
    key = re.search(r"sifang/[0-9a-f-]{36}\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+", page)
    assert key is not None
    checkpoint, _ = open_checkpoint(answer.text, [read_verifier_key(key[0])], is_signed)
    tiles = {}
    for level, full, partial in widths(checkpoint.size):
        for place, width in [*((each, 256) for each in range(full)), *([(full, partial)] if partial else [])]:
            found = await get(station, f"tile/{tile_path(level, place, width)}")
            assert found is not None
            assert len(found) == 32 * width
            tiles[level, place] = found
            if level == 0:
                bundle = await get(station, f"tile/{tile_path(None, place, width)}")
                assert bundle is not None
                data = [bundle[at : at + 34] for at in range(0, len(bundle), 34)]
                assert {each[:2] for each in data} == {b"\x00\x20"}
                assert [leaf_hash(each[2:]) for each in data] == hashes_of(found)
    assert root_of(nodes_of(lambda level, place: tiles[level, place]), checkpoint.size) == checkpoint.root
    # Tiles never change: whoever has a narrow one has the beginning of the wide one.
    narrow = await get(station, f"tile/{tile_path(0, 0, 7)}")
    assert narrow == tiles[0, 0][: 7 * 32]
    assert "immutable" in (await station.http.get(f"/ledger/{log}/tile/{tile_path(0, 0)}")).headers["cache-control"]
    # Of another log there is nothing here.
    for path in ("checkpoint", f"tile/{tile_path(0, 0)}"):
        assert (await station.http.get(f"/ledger/{station['master']}/{path}")).status_code == 404


async def test_nothing_is_shown_that_no_checkpoint_speaks_of(station: Station, zhao: Phone) -> None:  # noqa: F811
    zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    assert zhao.held is not None
    size = zhao.held.size
    assert await get(station, f"tile/{tile_path(0, 0, size)}") is not None
    for path in (
        tile_path(0, 0, size + 1),
        tile_path(None, 0, size + 1),
        tile_path(0, 0),
        tile_path(0, 1, 1),
        tile_path(1, 0, 1),
        tile_path(63, 0),
        "0/1",
        "data/000",
    ):
        assert await get(station, f"tile/{path}") is None, path


async def test_the_page_names_grids_and_nobody(station: Station, zhao: Phone) -> None:  # noqa: F811
    zhao.visit(station["陈奶奶"], text="腿好些了")
    await zhao.exchange()
    for lang, word in (("zh-CN", "改了会被发现"), ("en", "a change is noticed")):
        text = (await station.http.get("/ledger", headers={"Accept-Language": lang})).text
        assert word in text
        assert "第三网格" in text
        for name in ("陈奶奶", "赵敏", "王站长", "腿好些了"):
            assert name not in text


async def test_whoever_asks_too_often_waits(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr(brakes, "PUBLIC", brakes.Limit("public", 3, 60_000))
    path = f"/ledger/{await log_of(station)}/checkpoint"
    answers = [(await station.http.get(path)).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 429, 429]

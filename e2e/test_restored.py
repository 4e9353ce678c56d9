"""The server burns down and is made again from its backup: two real phones bring back what it forgot."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.phone import Phone, until
from e2e.station import Station
from e2e.steps import begin_visit, join, journal_size, open_desk, open_door, open_link, quick, save
from e2e.test_accessible import violations
from e2e.test_photos import choose_photo, files

STRANGER = """async () =>
    (await (await import('/static/phone/database.js')).meta('sync'))?.last_error === 'unknown_device'"""
pytestmark = pytest.mark.browser


@pytest.mark.thorough
def test_phones_bring_back_what_a_restored_server_forgot(
    station: Station, phone: Callable[[str], Phone], desk: Phone, tmp_path: Path
) -> None:
    away = tmp_path / "away"
    away.mkdir()
    zhao = join(phone("小赵"), station, "小赵")
    station.command("server", "backup", str(away))
    shipped, before = journal_size(station), _visits(station)
    # All of this comes after the last shipping, a photo and a whole phone among it.
    _knock(zhao, station, "501", shipped + 1)
    photographed = _photograph(zhao, station, "402")
    sun = join(phone("老孙"), station, "老孙")
    _knock(sun, station, "502", journal_size(station) + 1)
    sent = _visits(station)
    assert len(sent) == len(before) + 2
    station.kill()
    for path in station.data.glob("*"):
        if path.is_file():
            path.unlink()
    shutil.rmtree(station.data / "blobs")
    assert f"恢复了 {shipped} 条" in station.command("server", "restore", str(away))
    station.start()
    assert _visits(station) == before
    zhao.goto(f"{station.url}/field/")
    _until_visits(zhao, station, len(sent) - 1)
    _until(zhao, lambda: photographed.is_file())
    # The other phone is a stranger to this server; its person's next link makes it itself again.
    sun.goto(f"{station.url}/field/")
    until(sun, STRANGER, 30)
    open_link(sun, station.join_link("phone", "老孙"))
    _until_visits(sun, station, len(sent))
    assert _visits(station) == sent
    # What the first phone knew before the backup is in the new log, and so is what it brought back. The other one has
    # never held anything that this server knows: there somebody has to look.
    zhao.goto(f"{station.url}/field/outbox")
    proved = zhao.locator("ol.receipts li.got", has_text="已核验")
    expect(proved).to_have_count(zhao.locator("ol.receipts").count(), timeout=30_000)
    expect(zhao.locator("#doubt")).to_have_count(0)
    expect(zhao.locator("#restored")).to_contain_text("用的是恢复的备份")
    sun.goto(f"{station.url}/field/outbox")
    expect(sun.locator("#doubt")).to_be_visible(timeout=30_000)
    page = open_desk(desk, station)
    page.goto(f"{station.url}/desk/phones")
    expect(page.locator(".followed")).to_contain_text("小赵的手机")
    assert violations(page) == []
    page.goto(f"{station.url}/desk/backups")
    expect(page.locator("main")).to_contain_text("都补齐了，一条不少")
    expect(page.locator("main")).to_contain_text("照片和录音也都在，一份不少")
    assert "一字不差" in station.command("server", "refold")


def _knock(page: Page, station: Station, room: str, size: int) -> None:
    open_door(page, station, "3", "2", room)
    quick(page, "no_answer")
    _until(page, lambda: journal_size(station) >= size)


def _photograph(page: Page, station: Station, room: str) -> Path:
    """A visit with a photo, brought up whole; the file the server has of it."""
    open_door(page, station, "3", "2", room)
    begin_visit(page)
    choose_photo(page)
    page.get_by_text("见到人", exact=True).click()
    save(page)
    _until(page, lambda: bool(files(station, "whole")))
    (photo,) = files(station, "whole")
    return photo


def _visits(station: Station) -> list[tuple[str, str]]:
    with sqlite3.connect(f"file:{station.data / 'sifang.db'}?mode=ro", uri=True) as db:
        found = db.execute("SELECT id, device FROM visit WHERE source IS NULL AND result = 'no_answer' ORDER BY id")
        return [(str(id_), str(device)) for id_, device in found]


def _until_visits(page: Page, station: Station, count: int) -> None:
    _until(page, lambda: len(_visits(station)) >= count)


def _until(page: Page, true: Callable[[], bool], seconds: float = 40) -> None:
    for _ in range(int(seconds * 20)):
        if true():
            return
        page.wait_for_timeout(50)
    raise TimeoutError(page.locator("body").inner_text())

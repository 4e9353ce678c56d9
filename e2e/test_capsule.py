"""A phone without network for days: its file is carried by a colleague, and nothing is said twice."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.phone import Phone
from e2e.station import Station
from e2e.steps import join, journal_size, open_door, quick, unsent

pytestmark = pytest.mark.browser


def visits(station: Station) -> int:
    """How many visits the server holds."""
    with sqlite3.connect(f"file:{station.data / 'sifang.db'}?mode=ro", uri=True) as db:
        return int(db.execute("SELECT count(*) FROM visit").fetchone()[0])


def take_along(page: Page, station: Station, folder: Path) -> Path:
    """带走一份: the file as it lies on the phone."""
    page.goto(f"{station.url}/field/outbox")
    with page.expect_download() as download:
        page.get_by_text("带走一份", exact=True).click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def carry(page: Page, station: Station, file: Path) -> None:
    """替同事带: the file is taken onto this phone."""
    page.goto(f"{station.url}/field/carry")
    page.locator("input[name=capsule]").set_input_files(file)
    page.locator("form.form button").click()


def test_a_colleague_carries_what_a_phone_without_network_wrote(
    station: Station, phone: Callable[[str], Phone], tmp_path: Path
) -> None:
    author, colleague = phone("小赵"), phone("老孙")
    page, other = join(author, station, "小赵"), join(colleague, station, "老孙")
    size, before = journal_size(station), visits(station)
    station.link.set("down")
    for room in ("501", "502"):
        open_door(page, station, "3", "2", room)
        quick(page, "no_answer")
    file = take_along(page, station, tmp_path)
    assert file.name.startswith("四访-小赵-")
    assert file.name.endswith("-2条.sifang")
    assert "没人应" not in file.read_text("utf-8")
    assert unsent(page) == 2, "taking a copy along sends nothing"

    carry(other, station, file)
    expect(other.locator("#carried")).to_contain_text("有信号自己会送")
    expect(other.locator("#carried")).to_contain_text("四访-小赵")
    author.close()
    station.link.set("up")
    other.goto(f"{station.url}/field/outbox")
    other.locator("form.sum button").click()
    other.goto(f"{station.url}/field/carry")
    expect(other.locator("#carried")).to_contain_text("新收下 2 条", timeout=20_000)
    assert (journal_size(station), visits(station)) == (size + 2, before + 2)

    # The phone it came from finds a signal after all, and writes on.
    author.open()
    page = author.page
    open_door(page, station, "3", "2", "501")
    quick(page, "all_well")
    page.goto(f"{station.url}/field/outbox")
    expect(page.locator("h1")).to_contain_text("都送到了", timeout=20_000)
    assert (journal_size(station), visits(station)) == (size + 3, before + 3)

    # Carried once more, it changes nothing.
    carry(other, station, file)
    expect(other.locator("#carried")).to_contain_text("早就有了 2 条", timeout=20_000)
    assert journal_size(station) == size + 3


@pytest.mark.thorough
def test_what_is_no_capsule_is_not_kept(station: Station, phone: Callable[[str], Phone], tmp_path: Path) -> None:
    page = join(phone("小赵"), station, "小赵")
    photo, strange = tmp_path / "photo.jpg", tmp_path / "strange.sifang"
    photo.write_bytes(b"\xff\xd8\xff")
    head = {"statement": "{}", "signature": "AAAA"}
    strange.write_text(json.dumps({"sifang": "capsule", "v": 1, "head": head, "sealed": "AAAA"}))
    carry(page, station, photo)
    expect(page.locator("[role=alert]")).to_contain_text("不是随身包")
    expect(page.locator("#carried .post")).to_have_count(0)
    carry(page, station, strange)
    expect(page.locator("#carried .post.note")).to_contain_text("没", timeout=20_000)
    page.get_by_text("从这里拿掉").click()
    expect(page.locator("#carried .post")).to_have_count(0)

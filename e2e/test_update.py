"""A new version of the app comes in without losing a half-written form or an unsent edit; the old one still sends."""

from __future__ import annotations

import shutil
import sqlite3
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e import station as stations
from e2e.phone import Phone, until
from e2e.station import Station
from e2e.steps import begin_visit, join, open_door, quick, save, unsent

pytestmark = pytest.mark.browser

PARTS = ("server", "sync", "web", "migrations", "e2e", "tests")
WAITING = "async () => !!(await navigator.serviceWorker.getRegistration())?.waiting"
VERSION = '() => fetch(\'/sw.js\').then((r) => r.text()).then((text) => /"version": ?"(\\w+)"/.exec(text)[1])'

EXCHANGED = """async () => {
  const { meta } = await import('/static/phone/database.js');
  return (await meta('sync')).last_success_ms;
}"""


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program in a folder of its own, so that it can become a newer one."""
    root = tmp_path / "program"
    for part in PARTS:
        shutil.copytree(stations.ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(stations, "ROOT", root)
    monkeypatch.setattr(Station, "spawn", Station.spawn_anew)
    return root


def release(copy: Path, station: Station) -> None:
    """Install a newer version on the server and start it."""
    css = copy / "web/css/field.css"
    css.write_text(css.read_text("utf-8") + "\n.top { border-top: 3px solid var(--good); }\n", "utf-8")
    station.stop()
    station.start()


def asked(station: Station, path: str) -> str:
    """What the server itself answers, whatever stands between it and the phone."""
    with urllib.request.urlopen(f"http://127.0.0.1:{station.server_port}{path}", timeout=10) as answer:
        return str(answer.read().decode())


def border(page: Page) -> str:
    """What the newer version's style sheet adds."""
    return str(page.evaluate("() => getComputedStyle(document.querySelector('.top')).borderTopWidth"))


def test_half_written_form_and_unsent_edit_outlive_a_new_version(
    copy: Path, station: Station, phone: Callable[[str], Phone]
) -> None:
    page = join(phone("小赵"), station, "小赵")
    station.link.set("down")
    open_door(page, station, "3", "1", "402")
    quick(page, "no_answer")
    open_door(page, station, "3", "2", "501")
    begin_visit(page)
    page.locator("textarea[name=text]").fill("写到一半")
    expect(page.locator("[data-draft-line]")).to_contain_text("已存手机")

    # The newer version waits: somebody is in the middle of a sentence. The old one goes on working, and sends.
    release(copy, station)
    station.link.set("up")
    page.goto(f"{station.url}/field/")
    until(page, WAITING)
    until(page, "() => document.querySelector('#outgoing.none') !== null")
    page.goto(f"{station.url}/field/")
    expect(page.locator("h1")).to_be_visible()
    assert border(page) == "0px"

    # One tap takes it. Nothing that was written is gone.
    station.link.set("down")
    open_door(page, station, "4", "1", "302")
    quick(page, "no_answer")
    page.goto(f"{station.url}/field/more")
    page.locator("[data-update-now]").click()
    until(page, "() => getComputedStyle(document.querySelector('.top')).borderTopWidth === '3px'")
    assert unsent(page) == 1
    open_door(page, station, "3", "2", "501")
    begin_visit(page)
    expect(page.locator("textarea[name=text]")).to_have_value("写到一半")
    page.get_by_text("见到人", exact=True).click()
    save(page)
    station.link.set("up")
    page.goto(f"{station.url}/field/outbox")
    until(page, "() => document.querySelector('#outgoing.none') !== null")


@pytest.mark.thorough
def test_new_version_comes_by_itself_on_today_when_nothing_is_half_written(
    copy: Path, station: Station, phone: Callable[[str], Phone]
) -> None:
    page = join(phone("小赵"), station, "小赵")
    release(copy, station)
    page.goto(f"{station.url}/field/")
    until(page, "() => getComputedStyle(document.querySelector('.top')).borderTopWidth === '3px'")
    station.link.set("down")
    page.goto(f"{station.url}/field/doors")
    assert border(page) == "3px"


@pytest.mark.thorough
def test_a_file_that_the_browser_dropped_from_the_version_comes_from_the_server(
    station: Station, phone: Callable[[str], Phone]
) -> None:
    page = join(phone("小赵"), station, "小赵")
    page.evaluate("""async () => {
      for (const name of await caches.keys()) await (await caches.open(name)).delete('/static/css/phone.css');
    }""")
    page.goto(f"{station.url}/field/more")
    until(page, "() => getComputedStyle(document.querySelector('.top')).display === 'flex'")


@pytest.mark.thorough
def test_half_a_version_is_not_installed(copy: Path, station: Station, phone: Callable[[str], Phone]) -> None:
    """A file that is not the one in the list (a server between two versions): the phone keeps the version it has."""
    page = join(phone("小赵"), station, "小赵")
    release(copy, station)
    # The worker's list is made once a server; this file changes behind its back.
    page.evaluate(VERSION)
    css = copy / "web/css/field.css"
    css.write_text(css.read_text("utf-8").replace("3px", "7px"), "utf-8")
    page.goto(f"{station.url}/field/doors")
    failed = """async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      await registration.update().catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return !registration.waiting && !registration.installing;
    }"""
    until(page, failed)
    station.link.set("down")
    page.goto(f"{station.url}/field/")
    assert border(page) == "0px"


def test_a_tampered_script_is_never_installed_and_the_true_one_is(
    copy: Path, station: Station, phone: Callable[[str], Phone]
) -> None:
    page = join(phone("小赵"), station, "小赵")
    station.link.set("down")
    open_door(page, station, "3", "1", "402")
    quick(page, "no_answer")
    # A script that is new: one that has not changed a phone takes from the version it has.
    script = copy / "web/page/keeping.js"
    true = script.read_text("utf-8") + "\ndocument.documentElement.dataset.newer = 'yes';\n"
    script.write_text(true, "utf-8")
    release(copy, station)
    # The list of hashes stands; then somebody changes a script on its way to the phone.
    asked(station, "/sw.js")
    script.write_text(true + "\ndocument.documentElement.dataset.tampered = 'yes';\n", "utf-8")
    assert "tampered" in asked(station, "/static/page/app.js")
    station.link.set("up")
    for _ in range(3):
        page.evaluate("async () => (await navigator.serviceWorker.getRegistration()).update().catch(() => {})")
        page.goto(f"{station.url}/field/")
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("() => document.documentElement.dataset.tampered ?? null") is None
        assert border(page) == "0px"
    kept = page.evaluate("""async () => {
      const texts = [];
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) texts.push(await (await cache.match(request)).text());
      }
      return texts.filter((text) => text.includes('tampered')).length;
    }""")
    assert kept == 0
    page.goto(f"{station.url}/field/outbox")
    until(page, "() => document.querySelector('#outgoing.none') !== null")

    script.write_text(true, "utf-8")
    page.goto(f"{station.url}/field/")
    page.evaluate("async () => (await navigator.serviceWorker.getRegistration()).update().catch(() => {})")
    until(page, "() => getComputedStyle(document.querySelector('.top')).borderTopWidth === '3px'")


@pytest.mark.thorough
def test_a_rollback_with_a_full_outbox_loses_nothing(
    copy: Path, station: Station, phone: Callable[[str], Phone]
) -> None:
    page = join(phone("小赵"), station, "小赵")
    css = copy / "web/css/field.css"
    before = css.read_text("utf-8")
    release(copy, station)
    page.goto(f"{station.url}/field/")
    until(page, "() => getComputedStyle(document.querySelector('.top')).borderTopWidth === '3px'")
    station.link.set("down")
    doors = (("3", "1", "402"), ("3", "2", "501"), ("3", "1", "101"), ("4", "1", "302"))
    for door in doors * 2:
        open_door(page, station, *door)
        quick(page, "no_answer")
    open_door(page, station, "3", "2", "501")
    begin_visit(page)
    page.locator("textarea[name=text]").fill("写到一半")
    expect(page.locator("[data-draft-line]")).to_contain_text("已存手机")
    assert unsent(page) == 8

    # The new version was a mistake: the server goes back to the one before.
    station.stop()
    css.write_text(before, "utf-8")
    station.start()
    station.link.set("up")
    page.goto(f"{station.url}/field/outbox")
    until(page, "() => document.querySelector('#outgoing.none') !== null")
    with sqlite3.connect(station.data / "sifang.db") as database:
        counted = database.execute(
            "SELECT count(*) FROM journal WHERE kind = 'visit.recorded' AND outcome = 'accepted'"
        )
        assert counted.fetchone()[0] >= 8
        whose = "JOIN device ON device.id = journal.device WHERE device.kind = 'phone'"
        numbers = f"SELECT journal.n FROM journal {whose} ORDER BY 1"
        assert [row[0] for row in database.execute(numbers)] == list(range(1, 9)), "each once, none missing"
    open_door(page, station, "3", "2", "501")
    begin_visit(page)
    expect(page.locator("textarea[name=text]")).to_have_value("写到一半")
    page.goto(f"{station.url}/field/more")
    page.locator("[data-update-now]").click()
    until(page, "() => getComputedStyle(document.querySelector('.top')).borderTopWidth === '0px'")
    assert unsent(page) == 0
    open_door(page, station, "3", "2", "501")
    begin_visit(page)
    expect(page.locator("textarea[name=text]")).to_have_value("写到一半")


def test_the_phone_exchanges_while_its_look_for_a_newer_version_gets_no_answer(
    station: Station, phone: Callable[[str], Phone]
) -> None:
    page = join(phone("小赵"), station, "小赵")
    station.link.stall("/sw.js")
    page.evaluate("async () => { (await navigator.serviceWorker.ready).update().catch(() => {}); }")
    before = page.evaluate(EXCHANGED)
    page.goto(f"{station.url}/field/")
    until(page, f"async (before) => await ({EXCHANGED})() > before", 10, before)
    station.link.let_go()

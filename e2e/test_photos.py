"""A photo taken on a landing without signal: small and without its place, kept through a dead battery, and shown."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.opening import OPENED
from e2e.phone import FLAGS, Phone, until
from e2e.pictures import PLACE, chosen
from e2e.station import Station
from e2e.steps import TOLD, begin_visit, join, open_desk, open_door, save
from server.blobs.jpeg import size_of
from server.blobs.media import kind_of

pytestmark = pytest.mark.browser

# What is kept of photos: how many wait, how many bytes lie here, and whether anything tells of a camera.
KEPT = f"""async () => {{
  const {{ blobs, bytes }} = await ({OPENED})();
  const told = bytes.map((data) => new TextDecoder('latin1').decode(data));
  return {{
    waiting: blobs.filter(({{ todo }}) => todo === 1).length,
    sizes: bytes.map((data) => data.byteLength),
    thumbs: blobs.map(({{ thumb }}) => thumb.byteLength),
    telling: told.filter((text) => text.includes('Exif') || text.includes('MakerNote')).length,
  }};
}}"""
DRAWN = "() => [...document.querySelectorAll('.shots img')].filter((i) => i.complete && i.naturalWidth > 0).length"
HIGHER = "() => [...document.querySelectorAll('.shots img')].every((i) => i.naturalHeight > i.naturalWidth)"


def choose_photo(page: Page) -> None:
    """A photo is taken, and seen in the form."""
    photo = chosen(page)
    assert PLACE in photo["buffer"]
    page.locator("input[data-photos]").set_input_files(photo)
    until(page, DRAWN, 60)


def files(station: Station, where: str) -> list[Path]:
    """Files of blobs on the server: `whole`, or `parts`."""
    found = [path for path in (station.data / "blobs").rglob("*") if path.is_file()]
    return [path for path in found if (path.parent.name == "parts") == (where == "parts")]


def wait_for(said: Callable[[], object], seconds: float = 60) -> None:
    """Until it is so."""
    end = time.monotonic() + seconds
    while not said():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_photo_without_signal_outlives_the_battery_and_reaches_the_desk(
    station: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    zhao = phone("小赵")
    page = join(zhao, station, "小赵")
    station.link.set("down")
    open_door(page, station, "3", "2", "501")
    begin_visit(page)
    form = page.url
    choose_photo(page)
    kept = page.evaluate(KEPT)
    assert (kept["waiting"], kept["telling"], len(kept["sizes"])) == (1, 0, 1)
    assert kept["sizes"][0] <= 300_000
    assert kept["thumbs"][0] <= 10_000
    expect(page.locator("output[data-draft-line]")).to_contain_text("草稿")

    # The battery dies with the form half written; the photo is in it again.
    zhao.kill()
    zhao.open()
    page = zhao.page
    page.goto(form)
    until(page, DRAWN)
    assert page.evaluate(HIGHER)
    page.get_by_text("见到人", exact=True).click()
    save(page)
    expect(page.locator(".timeline li").first).to_contain_text("1 张照片，还没送到")

    # Signal: the visit first, then its photo. The battery dies once more, between two pieces of it.
    station.link.hold("/sync/blobs/", passing=1, method="PUT")
    station.link.set("up")
    page.evaluate("() => dispatchEvent(new Event('online'))")
    wait_for(lambda: [path for path in files(station, "parts") if path.stat().st_size == 256 * 1024])
    zhao.kill()
    station.link.let_go()
    (part,) = files(station, "parts")
    first = part.read_bytes()
    zhao.open()
    page = zhao.page
    page.goto(f"{station.url}/field/outbox")
    wait_for(lambda: files(station, "whole"))
    (whole,) = files(station, "whole")
    assert whole.read_bytes().startswith(first)
    assert files(station, "parts") == []
    until(page, f"async () => (await ({KEPT})()).waiting === 0")
    expect(page.locator("h1")).to_contain_text("都送到了")

    # Its bytes leave the phone once a backup has passed them, the small picture does not.
    assert page.evaluate(KEPT)["sizes"] == kept["sizes"]
    with sqlite3.connect(station.data / "sifang.db") as db:
        db.execute("UPDATE journal_head SET backed_up_through = size")
    page.locator("form.sum button").click()
    until(page, f"async () => (await ({KEPT})()).sizes.length === 0")
    expect(page.locator("h1")).to_contain_text("都送到了")

    # What the server holds tells no place.
    data = whole.read_bytes()
    assert b"Exif" not in data
    assert b"MakerNote" not in data
    width, height = size_of(data)
    assert width < height <= 1600
    assert len(data) <= 300_000
    page.locator("section[aria-labelledby=sent] li.post a").first.click()
    expect(page.locator("#blobs-told")).to_have_text("1 张照片")
    until(page, DRAWN)

    at_desk = open_desk(desk, station)
    at_desk.goto(f"{station.url}/desk/visits/{page_grid(station)}/{page.url.rsplit('/', 1)[1]}")
    until(at_desk, DRAWN)
    assert at_desk.evaluate(HIGHER)

    # A colleague's phone asks the server for it, and shows what its vault holds: the cookie alone opens nothing.
    theirs = join(phone("老孙"), station, "老孙")
    until(theirs, TOLD, 20)
    name = whole.name.partition(".")[0]
    assert theirs.context.request.get(f"{station.url}/blobs/{name}").status == 403
    open_door(theirs, station, "3", "2", "501")
    theirs.locator(".timeline li a").first.click()
    until(theirs, DRAWN)


@pytest.mark.thorough
def test_a_locked_phone_sends_its_photos(station: Station, phone: Callable[[str], Phone]) -> None:
    page = join(phone("小赵"), station, "小赵")
    until(page, TOLD, 20)
    station.link.set("down")
    open_door(page, station, "3", "2", "501")
    begin_visit(page)
    choose_photo(page)
    page.get_by_text("见到人", exact=True).click()
    save(page)
    page.locator("header .lock button").click()
    expect(page.locator("[data-locked]")).to_be_visible()
    station.link.set("up")
    page.evaluate("() => dispatchEvent(new Event('online'))")
    wait_for(lambda: files(station, "whole"))
    until(page, f"async () => (await ({KEPT})()).waiting === 0", 20)


def page_grid(station: Station) -> str:
    """The grid of the visit that came last."""
    with sqlite3.connect(f"file:{station.data / 'sifang.db'}?mode=ro", uri=True) as db:
        return str(db.execute("SELECT grid FROM visit ORDER BY position DESC LIMIT 1").fetchone()[0])


@pytest.mark.thorough
def test_a_full_phone_keeps_the_words_and_says_which_photo_it_did_not(
    station: Station, phone: Callable[[str], Phone]
) -> None:
    page = join(phone("小赵"), station, "小赵")
    open_door(page, station, "3", "2", "501")
    begin_visit(page)
    page.locator("textarea[name=text]").fill("灯修好了")
    page.evaluate("() => { navigator.storage.estimate = async () => ({ usage: 999_999, quota: 1_000_000 }); }")
    page.locator("input[data-photos]").set_input_files(chosen(page, 600, 400))
    expect(page.locator("[data-blob-say]")).to_contain_text("手机满了，第 1 张照片没存下", timeout=30_000)
    assert page.evaluate(KEPT)["sizes"] == []
    # Nor is anybody kept from writing by a microphone that is not allowed.
    page.get_by_role("button", name="录一段话").click()
    expect(page.locator("[data-blob-say]")).to_contain_text("没让用话筒")
    expect(page.locator("[data-voice-file]")).to_be_visible()
    page.get_by_text("见到人", exact=True).click()
    save(page)
    expect(page.locator(".timeline li").first).to_contain_text("灯修好了")


def test_a_worker_says_it_instead_of_writing_and_the_desk_hears_it(
    station: Station, phone: Callable[[str], Phone], desk: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("e2e.phone.FLAGS", [*FLAGS, "--use-fake-device-for-media-stream"])
    zhao = phone("小赵")
    page = join(zhao, station, "小赵")
    assert zhao.context
    zhao.context.grant_permissions(["microphone"], origin=station.url)
    open_door(page, station, "3", "2", "501")
    begin_visit(page)
    page.get_by_role("button", name="录一段话").click()
    expect(page.get_by_role("button", name="正在录 1 秒")).to_be_visible(timeout=20_000)
    # Sending the form ends what is being said, and waits for it.
    page.get_by_text("见到人", exact=True).click()
    save(page)
    expect(page.locator(".timeline li").first).to_contain_text("1 段录音")
    wait_for(lambda: files(station, "whole"))
    (whole,) = files(station, "whole")
    assert kind_of(whole.read_bytes()) == "audio/webm"
    page.locator(".timeline a").first.click()
    expect(page.locator(".shots audio")).to_be_visible()

    at_desk = open_desk(desk, station)
    at_desk.goto(f"{station.url}/desk/visits/{page_grid(station)}/{page.url.rsplit('/', 1)[1]}")
    assert until(at_desk, HEARD) > 0
    zhao.context.grant_permissions([], origin=station.url)


HEARD = """async () => {
  const sound = document.querySelector('.shots audio');
  await sound.play();
  await new Promise((resolve) => setTimeout(resolve, 300));
  return sound.currentTime;
}"""

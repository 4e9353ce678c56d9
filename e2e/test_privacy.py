"""What a worker writes for the station alone, what they keep of their own, and what they see only online."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.opening import OPENED
from e2e.phone import Phone, until
from e2e.station import Station
from e2e.steps import begin_visit, join, open_desk, open_door, save
from e2e.test_accessible import violations

pytestmark = pytest.mark.browser

SECRET, PLAIN = "儿子欠了钱，老人不想让邻居知道", "腿好些了，自己下楼买菜"
# Whether rows the server sent, or caches, hold some words. What the phone made itself is its own to seal.
HELD = """async (words) => {
  const opened = await new Promise((resolve) => {
    const asked = indexedDB.open('sifang');
    asked.onsuccess = () => resolve(asked.result);
  });
  const names = [...opened.objectStoreNames].filter((name) => !['edit', 'edits', 'blob', 'blob_bytes'].includes(name));
  const all = await Promise.all(names.map((name) => new Promise((resolve) => {
    const asked = opened.transaction(name).objectStore(name).getAll();
    asked.onsuccess = () => resolve(JSON.stringify(asked.result));
  })));
  opened.close();
  const cached = [];
  for (const key of await caches.keys()) {
    for (const request of await (await caches.open(key)).keys()) cached.push(request.url);
  }
  return { rows: all.join('').includes(words), pages: cached.filter((url) => /restricted|field\\//.test(url)) };
}"""
SHOTS = os.environ.get("SIFANG_SHOTS")


def shot(page: Page, name: str) -> None:
    """A picture, where somebody wants to look."""
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


def test_words_for_the_station_are_not_read_again_on_the_phone_that_wrote_them(
    station: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    page = join(phone("小赵"), station, "小赵")
    open_door(page, station, "3", "2", "501")
    station.link.set("down")
    begin_visit(page)
    page.get_by_text("见到人", exact=True).click()
    page.locator("textarea[name=text]").fill(SECRET)
    page.get_by_label("只给站里看").check()
    assert violations(page) == []
    shot(page, "phone-private-form")
    save(page)
    for where in ("", "outbox", "notes"):
        shown = page.evaluate(f"async () => (await fetch('/field/{where}')).text()")
        assert SECRET not in shown, where
    assert SECRET not in page.content()
    # Nor does anything that its PIN opens say them.
    [last] = [each for each in page.evaluate(OPENED)["edits"] if each["kind"] == "visit.recorded"]
    assert json.loads(last["b"])["private"] is True
    assert SECRET not in json.dumps(last, ensure_ascii=False)
    page.locator(".timeline a").first.click()
    expect(page.get_by_text("只给站里看，这里不显示")).to_be_visible()
    shot(page, "phone-private-visit")
    page.get_by_role("link", name="改这一条").click()
    expect(page.get_by_text("原来的话在站里")).to_be_visible()
    assert SECRET not in page.content()

    station.link.set("up")
    page.evaluate("() => { dispatchEvent(new Event('online')); }")
    master = open_desk(desk, station)
    expect(master.locator("#pane, #list").filter(has_text=SECRET).first).to_be_visible(timeout=30_000)
    assert page.evaluate(HELD, SECRET)["rows"] is False


@pytest.mark.thorough
def test_a_worker_keeps_what_they_wrote_without_a_signal(
    station: Station, phone: Callable[[str], Phone], tmp_path: Path
) -> None:
    page = join(phone("小赵"), station, "小赵")
    station.link.set("down")
    open_door(page, station, "3", "2", "501")
    begin_visit(page)
    page.get_by_text("见到人", exact=True).click()
    page.locator("textarea[name=text]").fill(PLAIN)
    save(page)
    page.goto(f"{station.url}/field/more")
    assert violations(page) == []
    shot(page, "phone-more")
    with page.expect_download() as coming:
        page.get_by_role("link", name="存下我写的走访").click()
    taken = coming.value
    assert taken.suggested_filename.startswith("小赵写的走访-")
    taken.save_as(tmp_path / "notes.html")
    made = (tmp_path / "notes.html").read_text("utf-8")
    assert PLAIN in made
    assert "<script" not in made
    page.goto((tmp_path / "notes.html").as_uri())
    assert violations(page) == []
    shot(page, "phone-notes")


def test_restricted_tags_are_seen_online_alone_and_leave_nothing_on_the_phone(
    station: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    page = join(phone("小赵"), station, "小赵")
    open_door(page, station, "3", "2", "501")
    expect(page.get_by_text("先说明原因才能看")).to_have_count(0)
    master = open_desk(desk, station)
    master.goto(f"{station.url}/desk/restricted")
    master.get_by_label("为什么要记").fill("区里要求上门随访")
    master.get_by_label("依据哪部法律").fill("精神卫生法")
    master.get_by_role("button", name="开始记").click()
    expect(master.get_by_role("status").filter(has_text="开了")).to_be_visible()

    home = page.url
    page.evaluate("() => dispatchEvent(new Event('online'))")
    until(page, "async () => (await (await fetch(location.href)).text()).includes('/restricted/')", 60)
    page.goto(home)
    shot(page, "phone-household")
    page.get_by_text("先说明原因才能看").click()
    page.wait_for_url("**/restricted/**")
    assert violations(page) == []
    shot(page, "phone-restricted-ask")
    page.get_by_label("上门前要知道").check()
    page.get_by_role("button", name="记下，然后看").click()
    page.wait_for_url("**/looks/**")
    assert violations(page) == []
    shot(page, "phone-restricted-show")
    held = page.evaluate(HELD, "精神障碍")
    assert held == {"rows": False, "pages": []}

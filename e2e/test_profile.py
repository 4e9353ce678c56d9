"""Whoever finds a locked phone and copies all that its browser keeps on the disk finds nobody's words in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from e2e.leveldb import contents
from e2e.phone import Phone
from e2e.planted import ASKED, NUMBER, WORD, planted_in
from e2e.station import Station
from e2e.steps import begin_visit, join, lock, open_door, save

OWN = [9001, 9002, 9003]
"""What the story itself writes: a visit, half a form, a search."""
IN_THE_OPEN = """([words]) => new Promise((done) => {
  const opening = indexedDB.open('control', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('row', { autoIncrement: true });
  opening.onsuccess = () => {
    const tx = opening.result.transaction('row', 'readwrite', { durability: 'strict' });
    const rowOf = (value) => ({ id: crypto.randomUUID(), row: { facts: { note: [{ value }] } } });
    for (const word of words) tx.objectStore('row').add(rowOf(word));
    tx.oncomplete = () => done(true);
  };
})"""


def on_disk(profile: Path) -> tuple[set[int], list[str]]:
    """Which planted words lie anywhere in a profile, and in which files."""
    files = [(path, path.read_bytes()) for path in sorted(profile.rglob("*")) if path.is_file()]
    found = {path.relative_to(profile): planted_in(raw) for path, raw in [*files, *contents(profile)]}
    return set().union(*found.values()), [f"{path}: {sorted(some)[:5]}" for path, some in found.items() if some]


def test_no_words_of_residents_lie_in_the_profile_of_a_locked_phone(
    station: Station, phone: Callable[[str], Phone]
) -> None:
    station.stop()
    planted = int(station.command("e2e.planted"))
    assert planted >= ASKED
    station.start()
    zhao = phone("小赵")
    page = join(zhao, station, "小赵")
    page.goto(f"{station.url}/field/?show=all")
    expect(page.locator("ol.rows > li").first).to_be_visible()
    seen = set()
    for room in ("201", "502", "603"):
        open_door(page, station, "3", "1", room)
        seen |= planted_in(page.content().encode())
    assert len(seen) >= 15, "the words are on the pages"
    begin_visit(page)
    page.locator("#visit").get_by_text("见到人", exact=True).click()
    page.fill("[name=text]", WORD.format(OWN[0]))
    save(page)
    open_door(page, station, "3", "2", "501")
    begin_visit(page)
    page.fill("[name=text]", WORD.format(OWN[1]))
    expect(page.locator("[data-draft-line]")).to_contain_text("存")
    page.goto(f"{station.url}/field/visits/new")
    page.fill("[name=q]", WORD.format(OWN[2]))
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    page.goto(f"{station.url}/field/doors")
    page.fill("[name=q]", WORD.format(0))
    expect(page.locator("#found")).to_contain_text(WORD.format(0))
    lock(page, station)
    zhao.close()
    words, files = on_disk(zhao.profile)
    assert not words, files

    # The same search finds them all where they lie in the open.
    zhao.open()
    zhao.page.goto(f"{station.url}/field/")
    everything = [WORD.format(n) for n in range(planted)] + [NUMBER.format(n) for n in range(planted)]
    zhao.page.evaluate(IN_THE_OPEN, [everything])
    zhao.close()
    assert set(range(planted)) <= on_disk(zhao.profile)[0]

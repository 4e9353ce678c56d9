"""`make screens`: a picture of every page, phone and desk, light and dark, both languages, in build/screens.

`python -m tools.screens docs` takes the few that the README shows into docs/pictures instead.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, sync_playwright

from e2e.phone import DESK, Phone, until
from e2e.places import Places
from e2e.station import ROOT, Station
from e2e.steps import READY, open_desk, open_door, quick

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LANGS = ("zh", "en")
README = {
    "phone-today": "today",
    "phone-doors": "doors",
    "phone-household": "household",
    "phone-outbox": "outbox",
    "desk-visits": "visits",
    "desk-boards": "boards",
}


def _progress(done: int, total: int, name: str) -> None:
    print(f"\r{done:4} of {total}  {name:40}", end="", flush=True)


def _speak(phone: Phone, station: Station, lang: str, field: bool) -> None:
    assert phone.context is not None
    if field:
        phone.page.goto(f"{station.url}/field/more")
        phone.page.locator(f"form[action='/field/settings'] [value={lang}]").first.click()
        phone.page.wait_for_load_state()
    else:
        phone.context.add_cookies([{"name": "lang", "value": lang, "url": station.url}])


def _shoot(page: Page, station: Station, pages: dict[str, str], folder: Path, label: str) -> None:
    for number, (name, path) in enumerate(pages.items(), 1):
        page.goto(station.url + path)
        page.locator("h1").first.wait_for()
        page.screenshot(path=folder / f"{label}-{name}.png")
        _progress(number, len(pages), f"{label}-{name}")


def _work(page: Page, station: Station) -> None:
    """A few visits without signal, so that the pictures show what the day shows."""
    station.link.set("down")
    open_door(page, station, "2", "1", "301")
    quick(page, "all_well")
    open_door(page, station, "3", "1", "402")
    quick(page, "no_answer")


def main() -> None:
    """Make a station with the demo community, walk through every page, keep the pictures."""
    only = sys.argv[1:] == ["docs"]
    folder = ROOT / ("docs/pictures" if only else "build/screens")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        station = Station(Path(data) / "station")
        print("Filling the demo community …", flush=True)
        station.command("server", "demo")
        station.start()
        phone = Phone(playwright, Path(data) / "phone")
        desk = Phone(playwright, Path(data) / "desk", viewport=DESK, has_touch=False)
        try:
            places = Places(station.data / "sifang.db")
            phone.page.goto(station.join_link("phone", "小赵"))
            phone.page.screenshot(path=folder / "phone-join.png") if not only else None
            until(phone.page, READY, 60)
            open_desk(desk, station)
            field_pages, desk_pages = places.field(), places.desk()
            if only:
                field_pages = {name: field_pages[page] for name, page in README.items() if name.startswith("phone")}
                desk_pages = {name: desk_pages[page] for name, page in README.items() if name.startswith("desk")}
            for lang in LANGS[:1] if only else LANGS:
                _speak(desk, station, lang, field=False)
                for scheme in SCHEMES[:1] if only else SCHEMES:
                    desk.page.emulate_media(color_scheme=scheme)
                    if only:
                        for name, path in desk_pages.items():
                            desk.page.goto(station.url + path)
                            desk.page.screenshot(path=folder / f"{name}.png")
                    else:
                        _shoot(desk.page, station, desk_pages, folder, f"desk-{lang}-{scheme}")
            _work(phone.page, station)
            for lang in LANGS[:1] if only else LANGS:
                _speak(phone, station, lang, field=True)
                for scheme in SCHEMES[:1] if only else SCHEMES:
                    phone.page.emulate_media(color_scheme=scheme)
                    if only:
                        for name, path in field_pages.items():
                            phone.page.goto(station.url + path)
                            phone.page.screenshot(path=folder / f"{name}.png")
                    else:
                        _shoot(phone.page, station, field_pages, folder, f"phone-{lang}-{scheme}")
        finally:
            phone.close()
            desk.close()
            station.close()
    print(f"\nPictures are in {folder.relative_to(ROOT)}")


if __name__ == "__main__":
    main()

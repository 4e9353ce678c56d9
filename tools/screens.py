"""`make screens`: a picture of every page, phone and desk, light and dark, both languages, in build/screens.

`python -m tools.screens docs` takes the few that the README and the tour show into docs/pictures instead.
"""

from __future__ import annotations

import sys
import tempfile
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, Playwright, sync_playwright

from e2e.phone import DESK, Phone, until
from e2e.places import Places
from e2e.station import ROOT, Station
from e2e.steps import READY, begin_visit, choose_pin, open_desk, open_door, press, quick, save
from server.demo.works import RECEIPT, VOLUNTEER

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LANGS = ("zh", "en")
README = {
    "phone-": ("today", "doors", "household", "outbox", "patrol", "care", "followups", "log", "whistles"),
    "resident-": ("ask", "sent"),
    "desk-": ("visits", "boards", "logs", "orders-new", "care", "pack", "pictures", "whistles"),
}
"""Those that README.md and docs/tour.md show."""
IN_ENGLISH = {"phone-": ("today", "patrol", "care", "followups"), "desk-": ("logs", "orders-new", "pack")}
"""Those that the tour shows in English too."""
ELDER = {"home": "/elder/", "report": "/elder/report", "visits": "/elder/visits", "mine": "/elder/mine"}


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
        page.screenshot(path=folder / f"{label}{name}.png")
        _progress(number, len(pages), f"{label}{name}")


def _work(page: Page, station: Station) -> None:
    """A few visits without signal, so that the pictures show what the day shows."""
    station.link.set("down")
    open_door(page, station, "2", "1", "301")
    quick(page, "all_well")
    open_door(page, station, "3", "1", "402")
    quick(page, "no_answer")
    open_door(page, station, "3", "2", "501")
    begin_visit(page)
    page.get_by_text("见到人", exact=True).click()
    page.locator("textarea[name=text]").fill("楼道灯修好了，陈奶奶晚上敢下楼了。量血压的事约好周三陪她去。")
    save(page)


def _send(page: Page, station: Station) -> None:
    station.link.set("up")
    page.goto(f"{station.url}/field/outbox")
    page.locator("form.sum button").click()
    until(page, "() => !document.querySelector('section[aria-labelledby=wait]')", 30)


def _some(pages: dict[str, str], part: str, lang: str, only: bool) -> dict[str, str]:
    names = (README if lang == LANGS[0] else IN_ENGLISH)[part]
    return {name: path for name, path in pages.items() if not only or name in names}


def _label(part: str, lang: str, scheme: str, only: bool) -> str:
    if only:
        return part if lang == LANGS[0] else f"{lang}-{part}"
    return f"{part}{lang}-{scheme}-"


def _volunteer(playwright: Playwright, station: Station, folder: Path, data: Path) -> None:
    """The four tiles, and what is behind them."""
    phone = Phone(playwright, data / "elder")
    try:
        phone.page.goto(station.join_link("phone", VOLUNTEER))
        press(phone.page)
        phone.page.wait_for_url("**/elder/")
        until(phone.page, "() => !!navigator.serviceWorker.controller", 60)
        _shoot(phone.page, station, ELDER, folder, "elder-")
        phone.page.goto(f"{station.url}/elder/")
        phone.page.locator("button[name=lang]").click()
        phone.page.wait_for_load_state()
        _shoot(phone.page, station, ELDER, folder, "en-elder-")
    finally:
        phone.close()


def _resident(playwright: Playwright, station: Station, folder: Path, data: Path, only: bool) -> None:
    """What is behind the code on a notice board, in a browser that was never here."""
    pages = Places(station.data / "sifang.db").residents(RECEIPT)
    phone = Phone(playwright, data / "resident")
    try:
        for lang in LANGS[:1] if only else LANGS:
            some = _some(pages, "resident-", lang, only)
            spoken = {name: f"{path}{'&' if '?' in path else '?'}lang={lang}" for name, path in some.items()}
            _shoot(phone.page, station, spoken, folder, _label("resident-", lang, SCHEMES[0], only))
    finally:
        phone.close()


def _tour(playwright: Playwright, folder: Path, data: Path, only: bool) -> None:
    """Every page in every language and light; with `only`, the README's and the tour's."""
    station = Station(data / "station")
    print("Filling the demo community …", flush=True)
    station.command("server", "demo")
    station.start()
    phone = Phone(playwright, data / "phone")
    desk = Phone(playwright, data / "desk", viewport=DESK, has_touch=False)
    schemes = SCHEMES[:1] if only else SCHEMES
    try:
        places = Places(station.data / "sifang.db")
        field_pages, desk_pages = places.field(), places.desk()
        phone.page.goto(station.join_link("phone", "小赵"))
        if not only:
            phone.page.screenshot(path=folder / "phone-join.png")
        press(phone.page)
        choose_pin(phone.page)
        until(phone.page, READY, 60)
        open_desk(desk, station)
        _work(phone.page, station)
        for lang, scheme in product(LANGS, schemes):
            _speak(phone, station, lang, field=True)
            phone.page.emulate_media(color_scheme=scheme)
            some, label = _some(field_pages, "phone-", lang, only), _label("phone-", lang, scheme, only)
            _shoot(phone.page, station, some, folder, label)
        _speak(phone, station, "zh", field=True)
        _send(phone.page, station)
        for lang, scheme in product(LANGS, schemes):
            _speak(desk, station, lang, field=False)
            desk.page.emulate_media(color_scheme=scheme)
            some, label = _some(desk_pages, "desk-", lang, only), _label("desk-", lang, scheme, only)
            _shoot(desk.page, station, some, folder, label)
        _volunteer(playwright, station, folder, data)
        _resident(playwright, station, folder, data, only)
    finally:
        phone.close()
        desk.close()
        station.close()


def main() -> None:
    """Make a station with the demo community, walk through every page, keep the pictures."""
    only = sys.argv[1:] == ["docs"]
    folder = ROOT / ("docs/pictures" if only else "build/screens")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        _tour(playwright, folder, Path(data), only)
    print(f"\nPictures are in {folder.relative_to(ROOT)}")


if __name__ == "__main__":
    main()

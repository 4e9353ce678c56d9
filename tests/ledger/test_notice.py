"""The week's sheet for the notice board: one A4 page that everybody can read, and a code that holds what was signed."""

from __future__ import annotations

import os
import re
from base64 import b64decode, b64encode
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser

from server.journal.audit import audit_report
from tests.desk.browser.conftest import browser, started, station  # noqa: F401
from tests.desk.browser.window import window
from tests.desk.conftest import sign_in, words
from tests.journal.conftest import Station
from tests.ledger import qr
from tests.ledger.test_audit import rewrite, worked
from tests.thorough import some

pytestmark = pytest.mark.anyio
NOTICE = "/desk/ledger/notice"
SHOTS = os.environ.get("SIFANG_SHOTS")
A4_POINTS = (595, 842)


def code_of(page: str) -> str:
    """What a phone reads off the page."""
    found = re.search(
        r'<svg viewBox="0 0 (\d+) \d+".*?scale\((\d+)\).*?class="qrline"[^>]* d="([^"]+)"', page, re.DOTALL
    )
    assert found is not None
    return qr.read(qr.modules_of(found[3], int(found[1]) // int(found[2]), 4))


SAMPLED = """async ([picture, width]) => {
  const image = await createImageBitmap(await (await fetch(picture)).blob());
  const drawing = new OffscreenCanvas(image.width, image.height).getContext('2d');
  drawing.drawImage(image, 0, 0);
  const { data } = drawing.getImageData(0, 0, image.width, image.height);
  const centre = at => Math.floor((at + .5) * image.width / width);
  const dark = (y, x) => Number(data[4 * (centre(y) * image.width + centre(x))] < 128);
  return Array.from({ length: width }, (_, y) => Array.from({ length: width }, (_, x) => dark(y, x)));
}"""


async def code_seen(browser: Browser, picture: bytes, width: int) -> str:  # noqa: F811
    """What a camera makes of a picture of the code, `width` modules wide with its quiet zone."""
    page = await browser.new_page()
    address = f"data:image/png;base64,{b64encode(picture).decode()}"
    drawn = await page.evaluate(SAMPLED, [address, width])
    await page.close()
    return qr.read([row[4:-4] for row in drawn[4:-4]])


def pages_of(printed: bytes) -> int:
    """How many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", printed))


async def test_the_code_on_the_sheet_is_what_was_signed(station: Station) -> None:  # noqa: F811
    await worked(station, await station.phone("赵敏"))
    desk = await sign_in(station, "master")
    page = await desk.get(NOTICE)
    said = await station.journal.said()
    assert said is not None
    printed = code_of(page.text)
    assert printed == said.note
    digits = "".join(re.findall(r"<span>([0-9a-f]{4})</span>", page.text))
    assert digits == b64decode(said.root).hex()
    text = words(page)
    assert f"一共记了 {said.size} 条" in text
    assert "榆桥社区" in text
    # Scanned with a phone, sent on, saved: other line ends, and none at the end.
    copied = printed.replace("\n", "\r\n").strip()
    report = await audit_report(station.journal, [copied])
    assert (report.found, report.done["handed"]) == ([], 1)
    await rewrite(station)
    assert (await audit_report(station.journal, [])).found == []
    assert [found.code for found in (await audit_report(station.journal, [copied])).found] == ["handed_root"]


async def test_nobody_is_named_and_the_station_alone_prints_it(station: Station) -> None:  # noqa: F811
    for lang, word in (("zh", "给这张纸拍张照片"), ("en", "Keep a photo of this page")):
        page = words(await (await sign_in(station, "master")).get(NOTICE, lang=lang))
        assert word in page
        assert not re.search(r"ledger\.[a-z]", page)
        for name in ("陈奶奶", "赵敏", "王站长"):
            assert name not in page
    assert (await (await sign_in(station, "赵敏")).get(NOTICE)).status_code in (403, 404)
    assert NOTICE in (await (await sign_in(station, "master")).get("/desk/phones")).text


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_longest_sheet_is_one_page_as_well(
    browser: Browser,  # noqa: F811
    station: Station,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    lang: str,
) -> None:
    """The longest name, a long address, and two keys that sign while one is changed for the other."""
    station.settings.log_file.rotate(3_600_000)
    await worked(station, await station.phone("赵敏"), 1)
    async with station.db.writing() as db:
        await db.exec_driver_sql(f"UPDATE community SET name = '{'长' * 60}'")
    here = await window(browser, station, lang)
    far = replace(station.settings, public_url=f"https://{'station.' * 12}example.org")
    monkeypatch.setattr(station.app.state, "settings", far)
    await here.go(NOTICE)
    page = await here.page.content()
    assert "长" * 60 in page
    assert code_of(page).count("— sifang/") == 2
    assert pages_of(await here.page.pdf(prefer_css_page_size=True)) == 1


@pytest.mark.browser
@pytest.mark.parametrize("scheme", some(["light", "dark"], 2))
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_it_prints_as_one_page(
    browser: Browser,  # noqa: F811
    station: Station,  # noqa: F811
    lang: str,
    scheme: str,
    tmp_path: Path,
) -> None:
    here = await window(browser, station, lang, color_scheme=scheme)
    await here.go(NOTICE)
    found = await Axe().run(here.page)
    assert [(each["id"], each["nodes"][0]["html"]) for each in found.response["violations"]] == []
    assert not await here.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    said = await station.journal.said()
    assert said is not None
    await here.page.emulate_media(media="print")
    picture = await here.page.locator(".code").screenshot()
    await here.page.emulate_media(media="screen")
    box = await here.page.locator(".code svg").get_attribute("viewBox")
    assert box is not None
    assert await code_seen(browser, picture, int(box.split()[2]) // 5) == said.note
    printed = await here.page.pdf(prefer_css_page_size=True, print_background=True)
    assert pages_of(printed) == 1
    (sides,) = set(re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", printed))
    assert tuple(round(float(side)) for side in sides) == A4_POINTS
    if SHOTS:
        (Path(SHOTS) / f"notice-{lang}-{scheme}.pdf").write_bytes(printed)
        await here.page.screenshot(path=str(Path(SHOTS) / f"notice-{lang}-{scheme}.png"), full_page=True)
        await here.page.emulate_media(media="print")
        await here.page.set_viewport_size({"width": 688, "height": 1001})
        await here.page.screenshot(path=str(Path(SHOTS) / f"notice-paper-{lang}-{scheme}.png"), full_page=True)
    assert here.complaints == []

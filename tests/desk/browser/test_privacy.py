"""What is kept apart, taken out and put on paper, in a real browser: read by everybody, marked, and gone in time."""

from __future__ import annotations

import csv
import os
from io import StringIO
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from tests.desk.browser.window import window
from tests.journal.conftest import Station
from tests.thorough import some

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

SHOTS = os.environ.get("SIFANG_SHOTS")
"""A folder for pictures of every page, for whoever looks at them."""


async def read_by_everybody(page: Page, name: str) -> None:
    """Axe finds nothing, nothing is cut off; a picture is kept where one is wanted."""
    found = await Axe().run(page)
    assert [(each["id"], each["nodes"][0]["html"]) for each in found.response["violations"]] == [], name
    assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth"), name
    if SHOTS:
        await page.screenshot(path=str(Path(SHOTS) / f"{name}.png"))


async def somebody(station: Station) -> None:
    who = {"household": station["陈奶奶"], "facts": {"name": "陈女士", "relation": "女儿"}, "tags": ["disabled"]}
    await station.add("陈女士", "resident.added", who, station["第三网格"])
    visit = {"household": station["陈奶奶"], "occurred_at_ms": station.now_ms, "mode": "door", "result": "met"}
    await station.add("走访", "visit.recorded", {**visit, "text": "=1+1 腿好些了"}, station["第三网格"])


@pytest.mark.parametrize("scheme", some(["light", "dark"], 2))
async def test_restricted_tags_are_switched_on_said_and_seen(browser: Browser, station: Station, scheme: str) -> None:
    await somebody(station)
    here = await window(browser, station, color_scheme=scheme)
    page = here.page
    await here.go("/desk/restricted")
    await read_by_everybody(page, f"switch-{scheme}")
    await page.get_by_label("为什么要记").fill("区里要求上门随访")
    await page.get_by_label("依据哪部法律").fill("精神卫生法第五十五条")
    await page.get_by_role("button", name="开始记").click()
    await expect(page.get_by_role("status").filter(has_text="开了")).to_be_visible()
    await here.go(f"/desk/households/{station['第三网格']}/{station['陈奶奶']}")
    await read_by_everybody(page, f"household-{scheme}")
    await page.get_by_role("link", name="受限标签").click()
    await read_by_everybody(page, f"ask-{scheme}")
    await page.get_by_label("上门前要知道").check()
    await page.get_by_role("button", name="记下，然后看").click()
    await page.get_by_text("改", exact=True).click()
    await page.get_by_label("精神障碍").check()
    await page.get_by_role("button", name="存下").click()
    await expect(page.get_by_role("status").filter(has_text="改好了")).to_be_visible()
    await expect(page.get_by_role("listitem").filter(has_text="陈女士")).to_contain_text("精神障碍")
    await read_by_everybody(page, f"show-{scheme}")
    assert here.complaints == []


@pytest.mark.parametrize("scheme", some(["light", "dark"], 2))
async def test_lines_are_taken_out_and_put_on_paper(
    browser: Browser, station: Station, scheme: str, tmp_path: Path
) -> None:
    await somebody(station)
    here = await window(browser, station, color_scheme=scheme)
    page = here.page
    await here.go("/desk/exports")
    await read_by_everybody(page, f"exports-{scheme}")
    await page.get_by_label("报表、总结").check()
    await page.get_by_label("说了什么").check()
    async with page.expect_download() as coming:
        await page.get_by_role("button", name="下载 CSV").click()
    taken = await coming.value
    assert "走访-王站长" in taken.suggested_filename
    await taken.save_as(tmp_path / "taken.csv")
    rows = list(csv.reader(StringIO((tmp_path / "taken.csv").read_text("utf-8-sig"), newline="")))
    assert rows[1][-1] == "说了什么"
    assert rows[2][-1] == "'=1+1 腿好些了"
    await page.get_by_role("button", name="打印").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("王站长")
    await read_by_everybody(page, f"print-{scheme}")
    await page.emulate_media(media="print")
    if SHOTS:
        await page.screenshot(path=str(Path(SHOTS) / f"paper-{scheme}.png"))
    if SHOTS:
        await page.pdf(path=str(Path(SHOTS) / f"print-{scheme}.pdf"))
    assert here.complaints == []


@pytest.mark.parametrize("scheme", some(["light", "dark"], 2))
async def test_a_record_is_opened_with_a_reason_and_printed(browser: Browser, station: Station, scheme: str) -> None:
    await somebody(station)
    here = await window(browser, station, color_scheme=scheme)
    page = here.page
    await here.go(f"/desk/households/{station['第三网格']}/{station['陈奶奶']}")
    await page.get_by_role("link", name="本户档案").click()
    await read_by_everybody(page, f"record-ask-{scheme}")
    await page.get_by_label("居民本人要看").check()
    await page.get_by_role("button", name="打开").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("本户档案")
    await expect(page.get_by_text("这份档案")).to_be_visible()
    await read_by_everybody(page, f"record-{scheme}")
    if SHOTS:
        await page.pdf(path=str(Path(SHOTS) / f"record-{scheme}.pdf"))
    assert here.complaints == []


async def test_a_number_like_that_of_a_card_gets_a_word_and_is_not_held_back(
    browser: Browser, station: Station
) -> None:
    here = await window(browser, station)
    page = here.page
    await here.go("/desk/exports")
    field, say = page.get_by_label("再说明一句"), page.get_by_text("像是身份证号")
    await field.fill("给 110101199003071234 看")
    await expect(say).to_be_visible()
    await field.fill("给 １１０１０１ 19900307 123X 看")
    await expect(say).to_be_visible()
    for plain in ("给街道看", "13800000000", "2026-11-20 10:44 123456"):
        await field.fill(plain)
        await expect(say).to_be_hidden()
    assert here.complaints == []

"""The list of visits by keyboard, filtered in place, and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Browser, expect

from tests.desk.browser.window import morning, window
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


async def test_keys_open_rows_find_and_the_household(browser: Browser, station: Station, zhao: Phone) -> None:
    await morning(station, zhao, 5)
    here = await window(browser, station)
    page = here.page
    await here.go("/desk/visits")
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await expect(page.locator("#pane .said")).to_have_text("第2次")
    await page.keyboard.press("k")
    await expect(page.locator("#pane .said")).to_have_text("第1次")
    await expect(page).to_have_url(re.compile(r"\?open="))
    await page.reload()
    await expect(page.locator("#pane .said")).to_have_text("第1次")
    await page.keyboard.press("/")
    await expect(page.locator("#q")).to_be_focused()
    await page.keyboard.type("第4次")
    await expect(page.locator("#list tr[id]")).to_have_count(1)
    await expect(page.locator("#count")).to_have_text("1 次")
    await expect(page).to_have_url(re.compile(r"/desk/visits$"))
    await page.keyboard.press("Escape")
    await expect(page.locator("#list a[aria-current]")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("h1")).to_contain_text("陈奶奶")
    await page.go_back()
    await expect(page.locator("#list tr[id]").first).to_be_visible()
    assert here.complaints == []


async def test_a_slash_leads_from_a_choice_to_finding(browser: Browser, station: Station) -> None:
    here = await window(browser, station)
    page = here.page
    await here.go("/desk/visits")
    await expect(page.get_by_text("只看某一天", exact=True)).to_be_visible()
    for asked in ("select[name=result]", "input[type=date]"):
        await page.focus(asked)
        await page.keyboard.press("/")
        await expect(page.locator("#q")).to_be_focused()
    await page.keyboard.type("3/2")
    await expect(page.locator("#q")).to_have_value("3/2")


async def test_filters_and_earlier_pages_answer_in_place(browser: Browser, station: Station, zhao: Phone) -> None:
    await morning(station, zhao, 130)
    here = await window(browser, station)
    page = here.page
    await here.go("/desk/visits")
    await page.evaluate("window.still = true")
    await page.select_option("select[name=result]", "no_answer")
    await expect(page).to_have_url(re.compile(r"\?result=no_answer$"))
    await expect(page.locator("#count")).to_have_text("44 次")
    await page.click("#clear a")
    await page.evaluate("window.still = true")
    await page.click(".more a")
    await expect(page.locator("#list tr[id]")).to_have_count(120)
    await page.click(".more a")
    await expect(page.locator("#list tr[id]")).to_have_count(130)
    await expect(page.locator(".more")).to_have_count(0)
    assert await page.evaluate("window.still")
    ids = await page.eval_on_selector_all("#list tr[id]", "rows => rows.map(row => row.id)")
    assert len(set(ids)) == 130
    assert here.complaints == []


async def test_the_desk_works_without_scripts(browser: Browser, station: Station, zhao: Phone) -> None:
    await morning(station, zhao, 70)
    here = await window(browser, station, java_script_enabled=False)
    page = here.page
    await here.go("/desk/visits")
    await page.fill("#q", "第7次")
    await page.press("#q", "Enter")
    await expect(page.locator("#list tr[id]")).to_have_count(1)
    await page.click("#list tr[id] a")
    await expect(page.locator("h1")).to_have_text("3幢2单元501，陈奶奶 的一次走访")
    await here.go("/desk/visits")
    await page.click(".more a")
    await expect(page.locator("#list tr[id]")).to_have_count(10)
    await page.click("nav details:has(a[href='/desk/phones']) summary")
    await page.click("nav a[href='/desk/phones']")
    await page.click("tbody form[action='/desk/phones/links'] .btn >> nth=0")
    await expect(page.locator(".picture svg")).to_be_visible()


async def test_a_question_mark_goes_to_the_keys(browser: Browser, station: Station) -> None:
    here = await window(browser, station)
    for path in ("/desk/visits", "/desk/boards", f"/desk/boards/{station['第三网格']}/{station['3幢']}"):
        await here.go(path)
        await here.page.wait_for_load_state()
        await here.page.keyboard.press("?")
        await expect(here.page.locator("#keys")).to_be_focused()
    await here.go("/desk/visits")
    await here.page.keyboard.press("/")
    await here.page.keyboard.type("?")
    await expect(here.page.locator("#q")).to_have_value("?")
    assert here.complaints == []


async def test_changing_the_language_comes_back_to_the_same_place(browser: Browser, station: Station) -> None:
    here = await window(browser, station)
    await here.go("/desk/visits?mode=night")
    await here.page.click("text=English")
    await expect(here.page).to_have_url(f"{here.address}/desk/visits?mode=night")
    await expect(here.page.locator("html")).to_have_attribute("lang", "en")
    await here.page.click("text=中文")
    await expect(here.page.locator("html")).to_have_attribute("lang", "zh-CN")


async def test_the_english_list_fits_its_lines(browser: Browser, station: Station, zhao: Phone) -> None:
    await morning(station, zhao, 3)
    here = await window(browser, station, "en")
    page = here.page
    await here.go("/desk/visits")
    fonts = await page.evaluate("getComputedStyle(document.body).fontFamily")
    assert fonts.index("Arial") < fonts.index("PingFang SC")
    heights = await page.evaluate("""() => {
      document.querySelector('#count').textContent = '8,292 visits';
      const got = document.querySelector('#list tr[id] td:last-child');
      got.textContent = 'At once, corrected';
      const lines = document.createRange();
      lines.selectNodeContents(got);
      return [document.querySelector('.filters').clientHeight, lines.getClientRects().length];
    }""")
    assert heights[0] < 60, "the questions take a second line"
    assert heights[1] == 1

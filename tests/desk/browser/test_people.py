"""A worker is entered by keys alone, and what is amiss is heard where it is."""

from __future__ import annotations

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, expect

from tests.desk.browser.window import window
from tests.journal.conftest import Station
from tests.thorough import some

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


@pytest.mark.parametrize("scheme", some(["light", "dark"], 2))
async def test_a_worker_is_entered_by_keys_alone(browser: Browser, station: Station, scheme: str) -> None:
    here = await window(browser, station, color_scheme=scheme)
    page = here.page
    await here.go("/desk/people")
    await page.get_by_label("名字", exact=True).focus()
    await page.keyboard.type("赵敏")
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("名字", exact=True)).to_be_focused()
    await expect(page.get_by_label("名字", exact=True)).to_have_accessible_description(
        "登记里已经有赵敏了。同名的人，名字后面加一个字区分。"
    )
    grids = page.locator("main").get_by_role("group").first
    await expect(grids).to_have_accessible_description("选一个网格，至少一个。")
    found = await Axe().run(page)
    assert [(each["id"], each["nodes"][0]["html"]) for each in found.response["violations"]] == []
    await page.keyboard.press("ControlOrMeta+a")
    await page.keyboard.type("小周")
    for _ in range(2):
        await page.keyboard.press("Tab")
    await expect(page.get_by_label("第三网格")).to_be_focused()
    await page.keyboard.press("Space")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status").filter(has_text="小周")).to_contain_text("小周登记好了")
    await expect(page.get_by_role("row", name="小周")).to_contain_text("第三网格")
    await here.go("/desk/phones")
    await page.get_by_role("button", name="给小周一个链接").press("Enter")
    await expect(page.locator(".picture svg")).to_be_visible()
    found = await Axe().run(page)
    assert [(each["id"], each["nodes"][0]["html"]) for each in found.response["violations"]] == []
    for width in (1440, 1024, 600):
        await page.set_viewport_size({"width": width, "height": 768})
        assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth"), width
    assert [each for each in here.complaints if "400" not in each] == []

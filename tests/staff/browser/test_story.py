"""The station master looks after people by keys alone: a role, a stand-in, somebody who leaves and comes back."""

from __future__ import annotations

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from server import clock
from server.localtime import DAY_MS, local_day
from tests.desk.browser.window import Window, window
from tests.journal.conftest import Station
from tests.staff.conftest import somebody
from tests.thorough import some

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


async def clean(here: Window) -> None:
    """Nothing that a screen reader would stumble over, no page wider than its window, nothing to complain about."""
    found = await Axe().run(here.page)
    assert [(each["id"], each["nodes"][0]["html"]) for each in found.response["violations"]] == []
    for width in (1440, 1024, 412):
        await here.page.set_viewport_size({"width": width, "height": 900})
        assert not await here.page.evaluate("document.documentElement.scrollWidth > innerWidth"), width
    await here.page.set_viewport_size({"width": 1440, "height": 900})
    assert here.complaints == []


async def press(page: Page, role: str, name: str) -> None:
    """Reach something by Tab alone, then press it."""
    wanted = page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
    await expect(wanted).to_have_count(1)
    await page.evaluate("document.activeElement?.blur()")
    for _ in range(80):
        await page.keyboard.press("Tab")
        if await wanted.evaluate("each => each === document.activeElement"):
            await page.keyboard.press("Enter")
            return
    raise AssertionError(f"{name} is out of reach")


@pytest.mark.parametrize("scheme", some(["light", "dark"], 2))
async def test_people_are_looked_after_by_keys_alone(browser: Browser, station: Station, scheme: str) -> None:
    here = await window(browser, station, color_scheme=scheme)
    page = here.page
    await here.go("/desk/people")
    await clean(here)
    await press(page, "link", "赵敏")
    await expect(page.locator("h1")).to_have_text("赵敏，网格员")
    await clean(here)

    # She leads two grids from now on.
    await page.get_by_label("做什么", exact=True).focus()
    await page.keyboard.press("ArrowUp")
    await page.get_by_label("第四网格").focus()
    await page.keyboard.press("Space")
    await press(page, "button", "改成这样")
    await expect(page.locator("h1")).to_have_text("赵敏，网格长")
    await expect(page.get_by_role("status")).to_have_text("改好了。")

    # Somebody stands in for her from today on.
    await page.get_by_label("谁替").focus()
    await page.keyboard.press("ArrowDown")
    await page.get_by_label("到哪天").fill(local_day(clock.now_ms() + 2 * DAY_MS, 480))
    await page.get_by_label("交接的话").focus()
    await page.keyboard.type("钥匙在门卫")
    await press(page, "button", "安排好，看交接单")
    await expect(page.locator("h1")).to_contain_text("孙立替赵敏")
    await expect(page.locator("main")).to_contain_text("钥匙在门卫")
    await clean(here)
    await page.emulate_media(media="print")
    await expect(page.get_by_text("A岗签字")).to_be_visible()
    await expect(page.locator(".side")).to_be_hidden()
    await page.emulate_media(media="screen")
    await press(page, "button", "提前结束")
    await expect(page.get_by_role("status")).to_have_text("替岗结束了。")

    # She leaves; it was the wrong name; she is back.
    await press(page, "button", "停用这个人")
    await expect(page.locator("h1")).to_have_text("赵敏，网格长，已停用")
    await clean(here)
    await press(page, "button", "恢复")
    await expect(page.get_by_role("status")).to_contain_text("又能用了。")
    await expect(page.locator("h1")).to_have_text("赵敏，网格长")
    await here.go("/desk/recoveries")
    await clean(here)
    await page.close()
    assert await station.refolds()


@pytest.mark.parametrize("role", ["supervisor", "committee_member", "admin"])
async def test_every_desk_reads_well(browser: Browser, station: Station, role: str) -> None:
    await somebody(station, "谁", role, grids=[station["第三网格"]])
    here = await window(browser, station, who="谁", color_scheme="dark")
    pages = {"supervisor": ("/desk/figures", "/desk/records"), "committee_member": ("/desk/home",)}
    for path in pages.get(role, ("/desk/people", "/desk/phones", "/desk/grids", "/desk/backups")):
        await here.go(path)
        await expect(here.page.locator("h1")).to_be_visible()
        await clean(here)

"""The desk in a real browser: what moves, what must not, and every page by keyboard and for everybody."""

from __future__ import annotations

import asyncio
import re
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.async_playwright import Axe
from httpx import AsyncClient
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright, expect

from server import clock
from server.app import create_app
from server.serving import Server
from server.settings import Settings
from tests.chromium import executable
from tests.desk.conftest import DAY_MS, HOUR_MS, sign_in, visit
from tests.journal.conftest import Station, new_database
from tests.journal.phone import Phone

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


class Quiet(Server):
    """A server inside the test: it says when it is up, and signals stay the test runner's."""

    up: asyncio.Event

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then say so."""
        await super().startup(sockets)
        self.up.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave them alone."""
        yield


@asynccontextmanager
async def serving(settings: Settings, port: int) -> AsyncIterator[Any]:
    """The application on a port of this machine."""
    app = create_app(settings)
    config = uvicorn.Config(app, port=port, log_level="warning", lifespan="on", timeout_graceful_shutdown=5)
    server = Quiet(config)
    server.up = asyncio.Event()
    task = asyncio.create_task(server.serve())
    await server.up.wait()
    try:
        yield app
    finally:
        server.handle_exit(signal.SIGTERM, None)
        await task


@pytest.fixture
async def station(tmp_path: Path, empty_sqlite: Path, request: pytest.FixtureRequest) -> AsyncIterator[Station]:
    """The station, served on a real port."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    address = f"http://localhost:{port}"
    url = await new_database("sqlite", tmp_path, empty_sqlite, request)
    settings = Settings(url, tmp_path, b"a secret for tests only.........", public_url=address)
    async with serving(settings, port) as app, AsyncClient(base_url=address, timeout=30) as http:
        station = Station(app, http, settings, now_ms=clock.now_ms())
        await station.begin()
        yield station


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A real Chromium."""
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        yield opened
        await opened.close()


class Window:
    """The station master's window, and everything it complained about."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        page.on(
            "console", lambda said: self.complaints.append(said.text) if said.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"}:
            self.complaints.append(said.text)

    async def go(self, path: str) -> None:
        """Open an address of the desk."""
        await self.page.goto(self.address + path)


async def window(browser: Browser, station: Station, lang: str = "zh", **kind: Any) -> Window:
    """A window signed in as the station master."""
    desk = await sign_in(station, "master")
    context = await browser.new_context(viewport={"width": 1440, "height": 900}, **kind)
    address = station.settings.public_url
    cookies = {**desk.cookies, "lang": lang}
    await context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
    return Window(await context.new_page(), address)


async def morning(station: Station, zhao: Phone, count: int = 40) -> None:
    """Many visits, so that the list has something to scroll."""
    station.now_ms = zhao.clock_ms = clock.now_ms()
    for n in range(count):
        at = station.now_ms - n * HOUR_MS
        zhao.visit(station["陈奶奶"], "met" if n % 3 else "no_answer", occurred_at_ms=at, text=f"第{n}次")
    await zhao.exchange()


async def test_visits_arrive_without_reload_and_the_open_row_stays(
    browser: Browser, station: Station, zhao: Phone
) -> None:
    await morning(station, zhao)
    resting, reading = await window(browser, station), await window(browser, station)
    for each in (resting, reading):
        await each.go("/desk/visits")
        await expect(each.page.locator("#arrived")).to_have_text("新的会自己排到最上面。")
    for _ in range(3):
        await reading.page.keyboard.press("j")
    row = reading.page.locator("#list tr:has(a[aria-current])")
    await expect(reading.page.locator("#pane .said")).to_have_text("第3次")
    stood = await row.bounding_box()
    station.now_ms = clock.now_ms()
    await visit(zhao, station, "马师傅", text="顶楼漏雨")
    await visit(zhao, station, "马师傅", text="找过物业")
    await expect(resting.page.locator("#arrived")).to_have_text("刚到 2 条，已排在最上面。")
    first = resting.page.locator("#list tr[id]").first
    await expect(first).to_contain_text("找过物业")
    await expect(first).to_have_class("fresh")
    await expect(resting.page.locator("#pane .said")).to_have_text("第0次")
    await expect(reading.page.locator("#arrived")).to_have_text("刚到 2 条，已排在最上面。您正看的没动。")
    assert await row.bounding_box() == stood
    await expect(reading.page.locator("#pane .said")).to_have_text("第3次")
    await reading.page.keyboard.press("g")
    await expect(reading.page.locator("#pane .said")).to_have_text("找过物业")
    await expect(reading.page.locator("#newest")).to_be_hidden()
    assert resting.complaints + reading.complaints == []


async def test_a_short_list_keeps_its_open_row_too(browser: Browser, station: Station, zhao: Phone) -> None:
    await morning(station, zhao, 3)
    here = await window(browser, station)
    await here.go("/desk/visits")
    await expect(here.page.locator("#arrived")).to_have_text("新的会自己排到最上面。")
    await here.page.keyboard.press("j")
    row = here.page.locator("#list tr:has(a[aria-current])")
    stood = await row.bounding_box()
    station.now_ms = clock.now_ms()
    await visit(zhao, station, "马师傅")
    await expect(here.page.locator("#newest")).to_be_visible()
    assert await row.bounding_box() == stood


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
    await expect(page).to_have_url(re.compile(r"/desk/visits\?q=[^&]+$"))
    await page.keyboard.press("Escape")
    await expect(page.locator("#list a[aria-current]")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("h1")).to_contain_text("陈奶奶")
    await page.go_back()
    await expect(page.locator("#list tr[id]").first).to_be_visible()
    assert here.complaints == []


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
    await expect(page.locator("h1")).to_have_text("3幢2单元501 的一次走访")
    await here.go("/desk/visits")
    await page.click(".more a")
    await expect(page.locator("#list tr[id]")).to_have_count(10)
    await page.click("nav a[href='/desk/phones']")
    await page.click("tbody .btn >> nth=0")
    await expect(page.locator(".picture svg")).to_be_visible()


async def test_arrows_and_letters_walk_the_boards(browser: Browser, station: Station, zhao: Phone) -> None:
    block = {"quarters": "机修厂家属院", "name": "7幢", "sort": 7}
    await station.add("7幢", "building.added", block, station["第四网格"])
    await station.add("8幢", "building.added", {**block, "name": "8幢"}, station["第四网格"])
    here = await window(browser, station)
    page = here.page
    await here.go("/desk/boards")
    on = page.locator("#grids a:focus")
    for key, name in (("j", "3幢"), ("j", "7幢"), ("ArrowRight", "8幢"), ("ArrowRight", "8幢"), ("k", "3幢")):
        await page.keyboard.press(key)
        await expect(on).to_contain_text(name)
    await expect(page.locator("#readout")).to_have_text("正指着：第三网格3幢，3 户，3 户超过 90 天。")
    await page.keyboard.press("Enter")
    await expect(page.locator("h1")).to_have_text("槐安小区3幢")
    await page.wait_for_load_state()
    for key, room in (("ArrowRight", "501"), ("ArrowRight", "502"), ("ArrowRight", "503"), ("ArrowLeft", "502")):
        await page.keyboard.press(key)
        await expect(page.locator(".door:focus")).to_contain_text(room)
    await page.keyboard.press("Enter")
    await expect(page.locator("h1")).to_contain_text("马师傅")
    assert here.complaints == []


async def test_a_visit_paints_its_door_on_the_open_boards(browser: Browser, station: Station, zhao: Phone) -> None:
    here = await window(browser, station)
    await here.go("/desk/boards")
    await expect(here.page.locator("#say")).to_contain_text("3 户超过三个月没人去过")
    await here.page.keyboard.press("j")
    await expect(here.page.locator("#readout")).to_contain_text("3 户超过 90 天")
    station.now_ms = clock.now_ms()
    await visit(zhao, station, "陈奶奶")
    await expect(here.page.locator("#say")).to_contain_text("2 户超过三个月没人去过", timeout=10_000)
    await expect(here.page.locator("#grids .a1")).to_have_count(1)
    await expect(here.page.locator("#grids a:focus")).to_contain_text("3幢")


async def test_changing_the_language_comes_back_to_the_same_place(browser: Browser, station: Station) -> None:
    here = await window(browser, station)
    await here.go("/desk/visits?mode=night")
    await here.page.click("text=English")
    await expect(here.page).to_have_url(f"{here.address}/desk/visits?mode=night")
    await expect(here.page.locator("html")).to_have_attribute("lang", "en")
    await here.page.click("text=中文")
    await expect(here.page.locator("html")).to_have_attribute("lang", "zh-CN")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_page_is_for_everybody(
    browser: Browser, station: Station, zhao: Phone, lang: str, scheme: str
) -> None:
    station.now_ms = zhao.clock_ms = clock.now_ms()
    zhao.make("household.stated", {"facts": {"phone": "000-0000-0001"}}, entity=station["陈奶奶"], over={"phone": []})
    zhao.make("household.stated", {"facts": {"phone": "000-0000-0007"}}, entity=station["陈奶奶"], over={"phone": []})
    first = await visit(zhao, station, "陈奶奶", "no_answer", ago_ms=2 * DAY_MS)
    told = {"household": station["陈奶奶"], "occurred_at_ms": station.now_ms, "mode": "night", "result": "met"}
    said = {"text": "灯坏了", "asks": {"need": "量血压"}, "care": "urgent", "follow_up_on": "2030-01-01"}
    zhao.make("visit.corrected", {**told, **said}, entity=first, over={"revision": [first]})
    await visit(zhao, station, "马师傅", "refused", ago_ms=2 * DAY_MS)
    grid = station["第三网格"]
    pages = {
        "/desk/visits": "#list tr[id]",
        "/desk/visits?q=nowhere": ".nothing",
        f"/desk/visits/{grid}/{first}": ".older",
        "/desk/boards": "#grids svg",
        f"/desk/boards/{grid}/{station['3幢']}": ".door",
        f"/desk/households/{grid}/{station['陈奶奶']}": ".story-line",
        "/desk/phones": "tbody tr",
        "/desk/nowhere": "h1",
    }
    here = await window(browser, station, lang, color_scheme=scheme)
    for path, there in pages.items():
        await here.go(path)
        await expect(here.page.locator(f"main {there}").first).to_be_visible()
        await expect(here.page.locator("main h1")).to_have_count(1)
        if path == "/desk/phones":
            await here.page.click("tbody .btn >> nth=0")
            await expect(here.page.locator(".picture svg")).to_be_visible()
        if path == "/desk/visits":
            await expect(here.page.locator("#arrived")).not_to_be_empty()
            await visit(zhao, station, "空房", "vacant")
            await expect(here.page.locator(".fresh")).to_have_count(1)
        found = await Axe().run(here.page)
        assert [(path, each["id"], each["nodes"][0]["html"]) for each in found.response["violations"]] == []
        assert not await here.page.evaluate("document.documentElement.scrollWidth > innerWidth"), path
    assert [each for each in here.complaints if "404" not in each] == []


@pytest.mark.parametrize("size", [(1024, 768), (720, 450)])
async def test_a_narrow_or_enlarged_desk_still_shows_everything(
    browser: Browser, station: Station, zhao: Phone, size: tuple[int, int]
) -> None:
    await morning(station, zhao, 12)
    here = await window(browser, station, "en")
    page = here.page
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    await here.go("/desk/visits")
    await page.keyboard.press("j")
    await expect(page.locator("#pane .said")).to_be_in_viewport()
    await expect(page.locator("#list a[aria-current]")).to_be_in_viewport()
    await page.keyboard.press("Escape")
    for path in ("/desk/visits", "/desk/boards", "/desk/phones"):
        await here.go(path)
        assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth"), path

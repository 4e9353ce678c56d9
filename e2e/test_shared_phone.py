"""Two people with one phone: each has a PIN, pages and edits of their own, and neither can open the other's."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from e2e.phone import Phone, until
from e2e.station import Station
from e2e.steps import READY, begin_visit, choose_pin, join, open_desk, open_door, save, unlock, unsent
from e2e.test_accessible import violations

pytestmark = pytest.mark.browser

HERS, HIS = "小赵在门口写的", "小吴在楼下写的"
HIS_PIN = "741963"
HAND_IN = """async ([to, form]) => {
  const body = new URLSearchParams(form);
  return (await fetch(`${to}?phone=${encodeURIComponent('sifang~2')}`, { method: 'POST', body })).url;
}"""


def wrote(station: Station) -> dict[str, str]:
    """Who the server says wrote each visit and log of this story."""
    with sqlite3.connect(f"file:{station.data / 'sifang.db'}?mode=ro", uri=True) as db:
        rows = db.execute(
            """SELECT j.body, p.name FROM journal j JOIN person p ON p.id = j.author
            WHERE j.kind IN ('visit.recorded', 'daily_log.sent')"""
        ).fetchall()
    said = {json.loads(body).get("text", ""): name for body, name in rows}
    return {text: name for text, name in said.items() if text.startswith((HERS, HIS))}


def wait_until(page: Page, station: Station, wanted: dict[str, str], seconds: int = 40) -> None:
    """The server has these, each of its author."""
    for _ in range(seconds * 4):
        if wrote(station) == wanted:
            return
        page.wait_for_timeout(250)
    assert wrote(station) == wanted


def write(page: Page, text: str) -> None:
    """A visit at the door whose page is open."""
    begin_visit(page)
    page.get_by_text("见到人", exact=True).click()
    page.locator("textarea[name=text]").fill(text)
    save(page)


def take(page: Page, station: Station, to: str) -> None:
    """From any page: 更多, and who takes the phone."""
    page.goto(f"{station.url}/field/more")
    page.get_by_role("button", name=f"换{to}用").click()


def hand_over(page: Page, station: Station, to: str) -> None:
    """The same, to somebody whose phone it is."""
    take(page, station, to)
    expect(page.locator(".place")).to_have_text(f"{to}的手机")


def person_shown(context: BrowserContext, station: Station) -> str:
    """Whose session the browser shows the server."""
    import hashlib

    token = next(each["value"] for each in context.cookies() if each["name"] == "sifang")
    with sqlite3.connect(f"file:{station.data / 'sifang.db'}?mode=ro", uri=True) as db:
        found = db.execute(
            "SELECT p.name FROM session s JOIN person p ON p.id = s.person WHERE s.id_hash = ?",
            [hashlib.sha256(token.encode()).hexdigest()],
        ).fetchone()
    return str(found[0]) if found else ""


def stores(page: Page) -> int:
    """How many stores the browser holds."""
    return int(page.evaluate("async () => (await indexedDB.databases()).length"))


def put_out_of_use(station: Station, desk: Page, name: str) -> None:
    """The station says that this person's phone is lost."""
    desk.goto(f"{station.url}/desk/phones")
    desk.locator("tr", has_text=name).get_by_role("button", name="停用").click()
    expect(desk.locator(".note.newest")).to_contain_text("把自己清空")


@pytest.mark.thorough
def test_two_people_share_a_phone(station: Station, phone: Callable[[str], Phone], desk: Phone) -> None:
    page = join(phone("一部手机"), station, "小赵")
    context = page.context
    station.link.set("down")
    open_door(page, station, "3", "2", "501")
    write(page, HERS + "一")
    station.link.set("up")

    # Her colleague opens a link of his own on it: the phone says whose it is, and takes him in beside her.
    page.goto(station.join_link("phone", "小吴"))
    expect(page.locator("[data-step=other]")).to_contain_text("小赵在用这部手机")
    assert violations(page) == []
    page.get_by_role("button", name="小吴也用这部手机").click()
    choose_pin(page, HIS_PIN)
    until(page, READY, 30)
    assert person_shown(context, station) == "小吴"
    assert stores(page) == 2
    # What she had not sent goes up while he works.
    wait_until(page, station, {HERS + "一": "小赵"})
    page.goto(f"{station.url}/field/doors")
    page.locator("a.door", has_text="201").first.click()
    write(page, HIS + "一")
    wait_until(page, station, {HERS + "一": "小赵", HIS + "一": "小吴"})
    # He begins another, and is called away.
    begin_visit(page)
    page.get_by_text("见到人", exact=True).click()
    page.locator("textarea[name=text]").fill(HIS + "二")
    to, form = page.evaluate(
        "() => { const form = document.forms.visit; return [form.action, [...new FormData(form)]]; }"
    )

    # Without a signal: two taps, and it is hers, locked; his PIN opens nothing of hers, and she sees nothing of his.
    station.stop()
    page.goto(f"{station.url}/field/")
    page.locator("nav.tabs a", has_text="更多").click()
    page.get_by_role("button", name="换小赵用").click()
    expect(page.locator("[data-locked]")).to_be_visible()
    expect(page.locator(".place")).to_have_text("小赵的手机")
    assert violations(page) == []
    page.fill("[name=pin]", HIS_PIN)
    expect(page.locator(".wrong")).to_be_visible()
    unlock(page)
    open_door(page, station, "3", "2", "501")
    expect(page.locator(".timeline")).to_contain_text(HERS + "一")
    page.goto(f"{station.url}/field/outbox")
    assert HIS not in page.content()
    open_door(page, station, "3", "2", "501")
    write(page, HERS + "二")

    # Pages that he left open hand in what he wrote on them: it is his, and she goes on.
    grid = dict(form)["grid"]
    log = [
        ["grid", grid],
        ["day", time.strftime("%Y-%m-%d", time.gmtime(time.time() + 8 * 3600))],
        ["text", HIS + "三"],
    ]
    for where, said in ((to, form), (f"{station.url}/field/log", log)):
        sent = page.evaluate(HAND_IN, [where, said])
        assert sent.endswith("?kept=edit"), sent
    page.goto(f"{station.url}/field/outbox")
    assert HIS not in page.content()
    assert unsent(page) == 1

    station.start()
    page.evaluate("() => { dispatchEvent(new Event('online')); }")
    both = {HERS + "一": "小赵", HIS + "一": "小吴", HERS + "二": "小赵", HIS + "二": "小吴", HIS + "三": "小吴"}
    wait_until(page, station, both)
    assert person_shown(context, station) == "小赵"

    # His is put out of use: it empties itself while she works, and hers stays.
    put_out_of_use(station, open_desk(desk, station), "小吴")
    take(page, station, "小吴")
    expect(page.locator("h1").first).to_have_text("这部手机停用了。", timeout=30_000)
    until(page, "async () => (await indexedDB.databases()).filter(({name}) => name === 'sifang~2').length === 0", 20)
    # The next page is hers.
    end = time.monotonic() + 20
    while page.locator("[data-locked]").count() == 0 and time.monotonic() < end:
        page.goto(f"{station.url}/field/")
    expect(page.locator(".place")).to_have_text("小赵的手机")
    # Until the server has heard that it is empty, hers still leads there.
    end = time.monotonic() + 30
    while page.get_by_role("button", name="换小吴用").count() and time.monotonic() < end:
        page.goto(f"{station.url}/field/")
    expect(page.get_by_role("button", name="换小吴用")).to_have_count(0)
    unlock(page)
    open_door(page, station, "3", "2", "501")
    expect(page.locator(".timeline")).to_contain_text(HERS + "二")

"""The third receipt: a phone calls verified what it was itself proved, and says so when the past was changed."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from e2e.phone import Phone
from e2e.station import Station
from e2e.steps import join, journal_size, open_desk, open_door, quick
from e2e.test_accessible import violations

pytestmark = pytest.mark.browser

THREE = ["已存手机", "已到服务器", "已核验"]


def receipts(page: Page, station: Station, n: int = 0) -> list[str]:
    """The receipts of the n-th line of the outbox."""
    page.goto(f"{station.url}/field/outbox")
    return [text.strip() for text in page.locator("ol.receipts").nth(n).locator("li").all_inner_texts()]


def ask_now(page: Page) -> None:
    """As a phone does that has signal again."""
    page.evaluate("() => dispatchEvent(new Event('online'))")


def redate(station: Station) -> None:
    """Somebody with the database in their hands gives a visit another receipt time, and lets the log be made anew: the
    server starts, signs it with its own key, and finds nothing wrong."""
    with sqlite3.connect(station.data / "sifang.db") as database:
        changed = database.execute(
            "UPDATE journal SET received_ms = received_ms - 86400000 WHERE position = "
            "(SELECT max(position) FROM journal WHERE kind = 'visit.recorded')"
        )
        assert changed.rowcount == 1
        database.execute("DELETE FROM ledger_tile")
        database.execute("DELETE FROM checkpoint")


def test_three_receipts_appear_in_order_and_a_changed_past_takes_the_third_away(
    station: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    page = join(phone("小赵"), station, "小赵")
    station.link.set("down")
    open_door(page, station, "3", "1", "402")
    quick(page, "no_answer")
    assert receipts(page, station) == ["已存手机", "等到服务器", "等核验"]
    station.link.set("up")
    ask_now(page)
    expect(page.locator("ol.receipts li.got")).to_have_count(3, timeout=30_000)
    assert receipts(page, station) == THREE
    open_door(page, station, "3", "1", "402")
    page.locator(".timeline li", has_text="没人应").locator(".when a").first.click()
    page.wait_for_url(re.compile("/field/visits/"))
    expect(page.locator("#receipt li.got")).to_have_text(THREE)

    # The past is changed where the server cannot see it. The phone can.
    station.stop()
    redate(station)
    station.start()
    page.goto(f"{station.url}/field/outbox")
    ask_now(page)
    expect(page.locator("#doubt")).to_contain_text("核验没通过", timeout=30_000)
    assert receipts(page, station)[-1] == "等核验"
    assert violations(page) == []
    # Work goes on: what is recorded now arrives.
    size = journal_size(station)
    open_door(page, station, "3", "2", "501")
    quick(page, "all_well")
    page.goto(f"{station.url}/field/outbox")
    expect(page.locator("ol.receipts").first.locator("li")).to_have_text(
        ["已存手机", "已到服务器", "等核验"], timeout=30_000
    )
    assert journal_size(station) == size + 1

    # The station master is told, sees both proofs, and says what was found.
    master = open_desk(desk, station)
    master.goto(f"{station.url}/desk/phones")
    doubt = master.locator("section.doubt")
    expect(doubt).to_contain_text("小赵的手机核验没通过")
    doubt.get_by_text("前后两份凭据").click()
    expect(doubt.locator("pre").first).to_contain_text("sifang/")
    assert violations(master) == []
    doubt.get_by_label("查到了什么").fill("有人直接改过数据库，已经报上去了")
    doubt.get_by_role("button", name="查过了").click()
    expect(master.locator("section.doubt")).to_have_count(0)

    # From then on the phone verifies anew.
    ask_now(page)
    expect(page.locator("#doubt")).to_have_count(0, timeout=30_000)
    expect(page.locator("ol.receipts").first.locator("li")).to_have_text(THREE, timeout=30_000)

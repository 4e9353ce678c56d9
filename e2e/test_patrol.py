"""A patrol without a server: looked, walked, noted, back; then the desk and the day's log tell of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from e2e.phone import Phone
from e2e.station import Station
from e2e.steps import join, open_desk, unsent

pytestmark = pytest.mark.browser


def test_a_patrol_is_walked_without_a_server_and_read_at_the_desk(
    station: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    page = join(phone("zhao"), station, "小赵")
    station.stop()
    page.goto(f"{station.url}/field/")
    page.locator("#walk a").click()
    expect(page.locator("#patrol")).to_contain_text("出门前看一眼")
    page.locator(".foot button.go").click()
    expect(page.locator("#patrol")).to_contain_text("开始，不到一分钟")
    assert unsent(page) == 1
    page.wait_for_load_state()
    # Tapped: the cursor stands in the words. Spoken. Kept.
    page.locator("label", has=page.locator("[value=problem]")).click()
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.insert_text("三楼楼道灯坏了")
    page.locator(".foot button.go").click()
    expect(page.locator("#noted")).to_contain_text("三楼楼道灯坏了")
    page.wait_for_load_state()
    page.locator("label", has=page.locator("[value=dispute]")).click()
    page.keyboard.insert_text("楼上楼下漏水")
    page.locator(".pick.strip label").nth(1).click()
    expect(page.locator("[data-draft-line]")).to_contain_text("存在手机里")
    page.reload()
    expect(page.locator("#text")).to_have_value("楼上楼下漏水")
    page.locator(".foot button.go").click()
    expect(page.locator("#noted")).to_contain_text("找问题 1，消矛盾 1")
    expect(page.locator("#text")).to_have_value("")
    page.locator("button[form=walk]").click()
    expect(page.locator("#patrol")).to_contain_text("不到一分钟")
    expect(page.locator("#patrol")).to_contain_text("等到服务器")
    assert unsent(page) == 4
    page.goto(f"{station.url}/field/log")
    expect(page.locator("#log-lists")).to_contain_text("楼上楼下漏水")

    station.start()
    page.goto(f"{station.url}/field/outbox")
    page.locator("form[action='/field/outbox/attempts'] button").click()
    expect(page.locator("#outbox .say")).to_contain_text("都送到了", timeout=20_000)
    page.goto(f"{station.url}/field/patrol")
    expect(page.locator("#patrol")).to_contain_text("已到服务器")
    expect(page.locator("#noted")).to_contain_text("三楼楼道灯坏了")
    master = open_desk(desk, station)
    master.goto(f"{station.url}/desk/patrols")
    expect(master.locator(".patrols")).to_contain_text("三楼楼道灯坏了")
    expect(master.locator(".patrols")).to_contain_text("找问题 1，消矛盾 1")

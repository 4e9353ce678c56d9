"""Post B without a desk: whoever stands in has the other's homes and how that phone fares on their own, offline too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from e2e.phone import Phone, until
from e2e.station import Station
from e2e.steps import join, open_desk, open_door, quick, rows

pytestmark = pytest.mark.browser


def test_whoever_stands_in_sees_what_waits_there_without_a_server(
    station: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    away = join(phone("zhao"), station, "小赵")
    page = join(phone("wu"), station, "小吴")
    expect(page.locator("main")).not_to_contain_text("替小赵")
    open_door(away, station, "3", "2", "501")
    quick(away, "no_answer")
    ((person,),) = rows(station, "SELECT id FROM person WHERE name = ?", "小赵")
    master = open_desk(desk, station)
    master.goto(f"{station.url}/desk/people/{person}")
    form = master.locator("form[action$='/stand-in']")
    until(master, "() => !!document.querySelector(\"form[action$='/stand-in']\")")
    for fold in master.locator("details:not([open]):has(form[action$='/stand-in']) > summary").all():
        fold.click()
    form.locator("[name=by]").select_option(label="小吴")
    form.locator("[name=until_on]").fill(form.locator("[name=from_on]").input_value())
    form.locator("button").last.click()
    master.wait_for_url("**/desk/stand-ins/**")
    assert rows(station, "SELECT count(*) FROM stand_in WHERE began_ms IS NOT NULL") == [(1,)]
    page.goto(f"{station.url}/field/outbox")
    page.locator("form[action='/field/outbox/attempts'] button").click()
    page.wait_for_load_state()
    for _ in range(20):
        page.goto(f"{station.url}/field/")
        if page.locator("section[id^=stand-]").count():
            break
        page.wait_for_timeout(500)
    station.stop()
    page.goto(f"{station.url}/field/")
    told = page.locator("section[id^=stand-]")
    expect(told).to_contain_text("小赵的手机：0 条未同步，上次联系")
    expect(told.locator("a[href^='/field/households/']").first).to_be_visible()

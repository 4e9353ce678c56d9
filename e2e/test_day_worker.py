"""A worker's day from a fresh demo, the server stopped from morning to evening: two patrols, ten calls, an order, the
log. In the evening the desk sees what was done."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from playwright.sync_api import FilePayload, Page, expect

from e2e.phone import Phone, until
from e2e.station import Station
from e2e.steps import WHOLE, begin_visit, home, join, journal_size, open_desk, open_door, rows, save, tell, unsent
from e2e.test_contested import refolds
from e2e.test_items import turn, until_told
from e2e.test_orders import brought, exchange
from e2e.test_orders import open_door as open_checked
from e2e.test_photos import DRAWN, KEPT
from tests.blobs.pictures import huge_jpeg, webm

pytestmark = pytest.mark.browser

Day = Callable[[date], date]
GRID = "第三网格"


def in_days(n: int) -> Day:
    """So many days from now."""
    return lambda today: today + timedelta(days=n)


def month_end(today: date) -> date:
    """The last day of this month."""
    return today.replace(day=calendar.monthrange(today.year, today.month)[1])


def next_saturday(today: date) -> date:
    """The coming Saturday, never today."""
    return today + timedelta(days=(calendar.SATURDAY - today.weekday()) % 7 or 7)


@dataclass(frozen=True)
class Call:
    """A call at a door of the demo: what is said there, and what one tap each makes of it (ask → kind, state)."""

    door: str
    text: str
    result: str = "met"
    mode: str = "door"
    asks: Mapping[str, str] = field(default_factory=dict)
    care: str = ""
    comes_again: Day | None = None
    becomes: Mapping[str, tuple[str, str]] = field(default_factory=dict)


CALLS = (
    Call(
        "3-2-501",
        "奶奶一个人住，灯不亮不敢动手；夜里起来怕摔。",
        asks={"difficulty": "卫生间的灯三天不亮", "need": "有人陪着去量血压"},
        care="watch",
        comes_again=in_days(7),
        becomes={"difficulty": ("problem", "new"), "need": ("need", "new")},
    ),
    Call("5-1-202", "没人应，邻居说回乡收粮，月底才回。", "no_answer", comes_again=month_end),
    Call(
        "2-3-601",
        "顶楼一下雨就漏，墙角长霉，物业让等维修资金。",
        asks={"difficulty": "顶楼漏雨，物业一直拖"},
        becomes={"difficulty": ("problem", "new")},
    ),
    Call(
        "4-2-302",
        "两口子晚上才在家，托管报名的日子告诉了。",
        mode="night",
        asks={"need": "孩子暑假没处托管"},
        becomes={"need": ("need", "new")},
    ),
    Call(
        "1-2-102",
        "来说事点讲的：棋牌室夜里吵得睡不着。",
        mode="reception",
        asks={"difficulty": "楼下棋牌室夜里吵"},
        comes_again=in_days(3),
        becomes={"difficulty": ("problem", "self_resolved")},
    ),
    Call(
        "1-1-101",
        "家里坐轮椅，单元门口有两级台阶。",
        asks={"idea": "门口修个坡道，愿意出一点钱"},
        becomes={"idea": ("proposal", "new")},
    ),
    Call(
        "6-1-301",
        "路灯亮了，晚上又下楼散步了。",
        asks={"effect": "路灯修好了，挺满意"},
        becomes={"effect": ("effect", "rated")},
    ),
    Call("6-4-403", "刚搬来的一家三口，说了电动车不上楼。", mode="weekend"),
    Call(
        "3-1-402",
        "老两口，爷爷出院不久；和楼长说好常来敲敲门。",
        asks={"need": "出院后有人照看"},
        care="watch",
        comes_again=in_days(7),
        becomes={"need": ("need", "new")},
    ),
    Call("7-2-201", "隔着门说都好，留了联系卡。", "inconvenient", comes_again=next_saturday),
)
SETTLED = "去说过了，老板答应十点收摊"


def patrol(page: Page, station: Station, *noted: tuple[str, str]) -> None:
    """Out and back, with what was noted on the way."""
    page.goto(f"{station.url}/field/patrol?show=before")
    page.locator(".foot button.go").click()
    expect(page.locator("#patrol")).to_contain_text("开始，不到一分钟")
    for what, words in noted:
        page.wait_for_load_state()
        page.locator("label", has=page.locator(f"[value={what}]")).click()
        page.fill("#text", words)
        page.locator(".foot button.go").click()
        expect(page.locator("#noted")).to_contain_text(words)
    page.locator("button[form=walk]").click()
    expect(page.locator("#patrol")).to_contain_text("巡完了。")


def figures(page: Page) -> list[int]:
    """Homes knocked at, answered, nobody there, as the day's log says. The demo's own morning counts as well."""
    said = page.locator("#log-said").inner_text()
    found = [re.search(words, said) for words in (r"敲了 (\d+) 户", r"，有人应 (\d+) 户", r"没人应 (\d+) 户")]
    return [int(one[1]) if one else 0 for one in found]


def call_at(page: Page, station: Station, call: Call, today: date) -> None:
    """Door, result, what was said; then the one tap for each ask that is something."""
    open_door(page, station, *call.door.split("-"))
    begin_visit(page)
    more = {"mode": call.mode, "text": call.text}
    if call.care:
        more["care"] = call.care
    if call.comes_again:
        more["on"] = call.comes_again(today).isoformat()
    tell(page, call.result, call.asks, **more)
    if call.door == "2-3-601":
        add_photo_and_an_hour_of_voice(page)
    save(page)
    for kind, _ in call.becomes.values():
        turn(page, *(("rating", "satisfied") if kind == "effect" else ("kind", kind)))
    if ("problem", "self_resolved") in call.becomes.values():
        page.locator(".turned a", has_text="难处").click()
        page.fill("#move-note", SETTLED)
        page.locator("button[name=to][value=self_resolved]").click()
        expect(page.locator("#item-state")).to_contain_text("自己解决了")


def add_photo_and_an_hour_of_voice(page: Page) -> None:
    """A photo of 100 megapixels becomes small; an hour of voice is not taken, which is said, and stops nothing."""
    photo: FilePayload = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": huge_jpeg(10_000, 10_000)}
    page.set_input_files("input[data-photos]", photo)
    until(page, DRAWN, 60)
    sizes = page.evaluate(KEPT)["sizes"]
    assert len(sizes) == 1
    assert sizes[0] <= 300_000
    voices = (webm(3_600_000), "超过 1 分钟，没加"), (webm(3_600_000, 12_000_000), "太大，没加")
    for buffer, told in voices:
        voice: FilePayload = {"name": "a.webm", "mimeType": "audio/webm", "buffer": buffer}
        page.set_input_files("[data-voice-file] input", voice)
        expect(page.locator("[data-blob-say]")).to_contain_text(told)
    assert page.locator("[data-blob-list] li").count() == 1


def answer_the_order(page: Page, station: Station) -> None:
    """The station's list, door by door; one extinguisher is past its day."""
    page.goto(f"{station.url}/field/")
    page.locator("#orders-block a", has_text="看楼道灭火器").click()
    for door in ("3-2-402", "3-2-401", "3-2-502"):
        open_checked(page, door)
        page.locator("button[value=well]").click()
        expect(page.locator(".checked", has_text=door)).to_contain_text("都没问题")
    open_checked(page, "3-2-501")
    page.locator("[name=p1][value=no]").check(force=True)
    page.locator("[name=n1]").fill("过期两个月")
    page.locator(".checked.open form button:not([name]):not([type=button])").click()
    expect(page.locator("#order-sum")).to_have_text("看了 4 户，共 4 户")


def test_a_workers_day_without_a_signal_is_all_there_in_the_evening(
    demo: Station, phone: Callable[[str], Phone], desk: Phone
) -> None:
    page = join(phone("zhao"), demo, "小赵")
    until(page, WHOLE, 60)
    until_told(page, f"{demo.url}/field/", "约物业周五上楼看漏雨")
    begun = journal_size(demo)
    demo.stop()

    page.goto(f"{demo.url}/field/log")
    before_calls = figures(page)
    page.goto(f"{demo.url}/field/")
    today = date.fromisoformat((page.locator("time[datetime]").first.get_attribute("datetime") or "")[:10])
    expect(page.locator("h1")).to_contain_text("今天该敲")
    expect(page.locator("#orders-block")).to_contain_text("看了 0 户，共 4 户")
    expect(page.locator("#care")).to_contain_text("陈奶奶")
    patrol(page, demo, ("problem", "二单元门口灯一闪一闪"), ("change", "东墙外头开始挖沟"))
    for call in CALLS:
        call_at(page, demo, call, today)
    # Who lives there and how the home is used is as it was: one tap says so.
    open_door(page, demo, "6", "4", "403")
    expect(page.locator("#same")).to_contain_text("出租，3 人")
    page.locator("#same button").click()
    answer_the_order(page, demo)
    page.goto(f"{demo.url}/field/")
    page.locator("form.agreed", has_text="约物业周五上楼看漏雨").locator("button").click()
    expect(page.locator("form.agreed")).to_have_count(0)
    patrol(page, demo, ("dispute", "两家争一个晾衣架，说好轮着用"))

    page.goto(f"{demo.url}/field/followups")
    dated = page.locator("section[aria-labelledby=dated]")
    for call in CALLS:
        if call.comes_again:
            on = call.comes_again(today)
            line = dated.locator("li", has_text=call.door)
            expect(line).to_contain_text(f"{on.month}月{on.day}日")
    page.goto(f"{demo.url}/field/log")
    assert figures(page) == [known + added for known, added in zip(before_calls, (10, 9, 1), strict=True)]
    for call in CALLS:
        for words in call.asks.values():
            expect(page.locator("#log-lists")).to_contain_text(words)
    expect(page.locator("#log-lists")).to_contain_text("2 次")
    page.fill("#text", "几位老人都怕天冷，明天把热水袋带上")
    page.locator(".foot button.go").click()
    expect(page.locator("#log-state")).to_contain_text("送了，站里还没看。")
    waiting = unsent(page)

    demo.start()
    brought(page, demo)
    assert journal_size(demo) == begun + waiting
    what_the_tables_hold(demo, today)
    assert refolds(demo)
    what_the_desk_sees(open_desk(desk, demo), demo)
    before = journal_size(demo)
    exchange(page, demo)
    expect(page.locator("h1")).to_contain_text("都送到了")
    assert journal_size(demo) == before, "syncing again changes nothing"


def what_the_tables_hold(station: Station, today: date) -> None:
    """Each call with what it was to become."""
    found = {}
    query = """
        SELECT building.name, household.entrance, household.room, visit.id, visit.mode, visit.result, visit.text,
          visit.care, visit.follow_up_on, door.promise_on, door.care
        FROM visit JOIN household ON household.id = visit.household JOIN building ON building.id = household.building
        JOIN door ON door.id = household.id JOIN grid ON grid.id = visit.grid
        WHERE grid.name = ? AND visit.source IS NULL"""
    for block, entrance, room, *visit in rows(station, query, GRID):
        found[f"{block.removesuffix('幢')}-{entrance}-{room}"] = visit
    assert set(found) == {call.door for call in CALLS}
    for call in CALLS:
        id_, *told, promise_on, care = found[call.door]
        on = call.comes_again(today).isoformat() if call.comes_again else None
        assert told == [call.mode, call.result, call.text, call.care or None, on], call.door
        assert on is None or promise_on == on, call.door
        assert not call.care or care == call.care, call.door
        items = rows(station, "SELECT kind, text, state, rating FROM item WHERE source_visit = ?", id_)
        wanted = {(kind, call.asks[ask], state) for ask, (kind, state) in call.becomes.items()}
        assert {item[:3] for item in items} == wanted, call.door
        assert all(item[3] == ("satisfied" if item[0] == "effect" else None) for item in items)


def what_the_desk_sees(master: Page, station: Station) -> None:
    """The evening at the station: the log, what asks became, the patrols, the order; and a pair is formed."""
    master.goto(f"{station.url}/desk/logs")
    master.locator("#queue a", has_text=GRID).last.click()
    pane = master.locator("#pane")
    expect(pane).to_contain_text("几位老人都怕天冷，明天把热水袋带上")
    for words in ("卫生间的灯三天不亮", "孩子暑假没处托管", "巡查 2", "东墙外头开始挖沟", "两家争一个晾衣架"):
        expect(pane).to_contain_text(words)
    master.goto(f"{station.url}/desk/items?state=all")
    for call in CALLS:
        for ask in call.becomes:
            expect(master.locator("table.items")).to_contain_text(call.asks[ask])
    master.goto(f"{station.url}/desk/patrols")
    expect(master.locator(".patrols")).to_contain_text("二单元门口灯一闪一闪")
    master.goto(f"{station.url}/desk/orders")
    expect(master.locator("#say")).to_have_text("1 件核查报完了，等您确认。")
    expect(master.locator("#pane")).to_contain_text("过期两个月")
    master.goto(f"{station.url}/desk/packs")
    expect(master.locator("main")).not_to_contain_text("约物业周五上楼看漏雨")
    master.goto(f"{station.url}/desk/households/{home(station, '6-4-403')}")
    expect(master.locator("dl.facts div", has_text="常住")).to_contain_text("小赵")
    master.goto(f"{station.url}/desk/care/{home(station, '3-1-402')}")
    master.select_option("#carer", label="罗楼长 · 楼栋长")
    master.locator("#new ~ form button.go").click()
    expect(master.locator(".head [role=status]")).to_contain_text("结对了")

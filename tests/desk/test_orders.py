"""Orders at the desk: given for doors of a board, answered on phones, read door by door, confirmed or asked again."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from httpx import Response
from openpyxl import load_workbook
from uuid_utils import uuid7

from server import clock
from server.exports.sheets import as_csv
from server.journal import Draft
from server.orders.file import lines_of
from server.orders.picker import order_id
from tests.desk.conftest import DAY_MS, Desk, sign_in, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio

WELL = [{"ok": True}, {"ok": True}]
WRONG = [{"ok": True}, {"ok": False, "note": "过期了"}]


async def issue(desk: Desk, station: Station, *doors: str, **said: Any) -> Response:
    """An order for these doors, as the form sends it."""
    form = {"title": "看灭火器", "points": "在不在\n\n 过没过期 ", "due": "2026-11-27", "edit": str(uuid7())}
    return await desk.post("/desk/orders", {**form, "home": [station[door] for door in doors], **said})


async def given(desk: Desk, station: Station, phone: Phone, *doors: str) -> dict[str, Any]:
    """An order that went out and has reached a phone: its row there."""
    answer = await issue(desk, station, *doors)
    assert answer.status_code == 303, words(answer)
    await phone.exchange()
    return held(phone)[-1]


def held(phone: Phone) -> list[dict[str, Any]]:
    """The orders that a phone holds, as they were given."""
    return [row["row"] for key, row in sorted(phone.rows.items()) if key[0] == "verification_order"]


def answer(phone: Phone, station: Station, order: dict[str, Any], door: str, points: Any, *over: str) -> str:
    """Somebody stands at a door; returns the edit's id."""
    phone.clock_ms = station.now_ms
    body = {"household": station[door], "points": points, "occurred_at_ms": station.now_ms}
    seen = {"step": [order["step"]], **({"revision": list(over)} if over else {})}
    return phone.make("order.answered", body, entity=order["id"], over=seen).header.id


async def press(desk: Desk, page: Response, what: str, **more: str) -> Response:
    """One of the buttons of the order that is open; answers the page that follows."""
    found = re.search(rf'action="(/desk/orders/[^"]+/{what})"', page.text)
    assert found, words(page)
    hidden = dict(re.findall(r'<input type="hidden" name="(seen|edit)" value="([^"]*)">', page.text))
    answer = await desk.post(found[1], {**hidden, **more})
    assert answer.status_code == 303, answer.text
    return await desk.get(answer.headers["location"])


async def test_an_order_goes_out_is_answered_and_confirmed(desk: Desk, station: Station, zhao: Phone) -> None:
    form = await desk.get("/desk/orders/new")
    assert "3-2-501，陈奶奶" in form.text
    assert form.text.count('name="home"') == 4
    order = await given(desk, station, zhao, "陈奶奶", "马师傅")
    assert (order["title"], order["points"], order["due"]) == ("看灭火器", ["在不在", "过没过期"], "2026-11-27")
    page = await desk.get("/desk/orders")
    assert "1 件核查正在做。" in words(page)
    assert "看了 0 户，共 2 户" in words(page)
    answer(zhao, station, order, "陈奶奶", WELL)
    answer(zhao, station, order, "马师傅", WRONG)
    await zhao.exchange()
    assert held(zhao)[0]["state"] == "reported", "with its last door"
    page = await desk.get("/desk/orders")
    told = words(page)
    assert "1 件核查报完了，等您确认。" in told
    assert "过没过期：有问题，过期了" in told
    assert f"/desk/households/{station['第三网格']}/{station['马师傅']}" in page.text
    page = await press(desk, page, "confirmation")
    assert "确认了。" in words(page)
    await zhao.exchange()
    assert (held(zhao)[0]["state"], held(zhao)[0]["stepped_by"]) == ("confirmed", "王站长")
    assert await station.value("SELECT count(*) FROM visit") == 0, "an answer is no visit"
    assert await station.refolds()


async def test_two_answers_to_one_door_both_stand_until_somebody_saw_them(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    other = await station.phone("李网格长", "第三网格")
    order = await given(desk, station, zhao, "陈奶奶", "马师傅")
    await other.exchange()
    first = answer(zhao, station, order, "陈奶奶", WELL)
    second = answer(other, station, order, "陈奶奶", WRONG)
    await zhao.exchange()
    await other.exchange()
    told = words(await desk.get("/desk/orders"))
    assert "两人说的不一样" in told
    assert "赵敏" in told
    assert "李网格长" in told
    await zhao.exchange()
    assert {key[1] for key in zhao.rows if key[0] == "order_answer"} == {first, second}
    answer(zhao, station, order, "陈奶奶", WRONG, first, second)
    await zhao.exchange()
    told = words(await desk.get("/desk/orders"))
    assert "两人说的不一样" not in told
    assert "先前记的 2 次" in told
    assert await station.refolds()


async def test_what_is_asked_again_reaches_every_phone_of_the_grid(desk: Desk, station: Station, zhao: Phone) -> None:
    order = await given(desk, station, zhao, "陈奶奶", "马师傅")
    answer(zhao, station, order, "陈奶奶", WELL)
    zhao.make("order.reported", {}, entity=order["id"], over={"step": [order["step"]]})
    await zhao.exchange()
    page = await press(desk, await desk.get("/desk/orders"), "redo", note=" ")
    assert "请再看要写一句话" in words(page)
    page = await press(desk, page, "redo", note="马师傅家还没看")
    assert "您的话会到手机上" in words(page)
    other = await station.phone("李网格长", "第三网格")
    for _ in range(2):  # a first download may be older than what was pulled after it
        await other.exchange()
    assert (held(other)[0]["state"], held(other)[0]["note"]) == ("redo", "马师傅家还没看")
    assert await station.refolds()


async def test_withdrawn_while_somebody_was_at_the_doors(desk: Desk, station: Station, zhao: Phone) -> None:
    order = await given(desk, station, zhao, "陈奶奶", "马师傅")
    page = await press(desk, await desk.get("/desk/orders"), "withdrawal")
    assert "撤回了。已经记下的都留着。" in words(page)
    answer(zhao, station, order, "陈奶奶", WRONG)
    zhao.make("order.reported", {}, entity=order["id"], over={"step": [order["step"]]})
    await zhao.exchange()
    assert held(zhao)[0]["state"] == "withdrawn"
    told = words(await desk.get("/desk/orders"))
    assert "过没过期：有问题，过期了" in told
    assert "没有算数的 赵敏 11月20日 10:44报了看完" in told
    assert await station.refolds()


async def test_nobody_confirms_what_they_have_not_seen(desk: Desk, station: Station, zhao: Phone) -> None:
    order = await given(desk, station, zhao, "陈奶奶", "马师傅")
    answer(zhao, station, order, "陈奶奶", WELL)
    await zhao.exchange()
    page = await desk.get("/desk/orders")
    zhao.make("order.reported", {}, entity=order["id"], over={"step": [order["step"]]})
    await zhao.exchange()
    page = await press(desk, page, "confirmation")
    assert "您看的时候有了变化，没有算数。" in words(page)
    page = await press(desk, page, "extension", due="2026-12-05")
    assert "日期改好了。" in words(page)
    await zhao.exchange()
    assert (held(zhao)[0]["due"], held(zhao)[0]["state"]) == ("2026-12-05", "reported")
    assert "日期没有写对" in words(await press(desk, page, "extension", due="2026-02-30"))


async def test_several_grids_get_an_order_each_and_twice_sent_is_once(
    desk: Desk, station: Station, zhao: Phone, sun: Phone
) -> None:
    edit = str(uuid7())
    for _ in range(2):
        assert (await issue(desk, station, "陈奶奶", "吴大爷", edit=edit)).status_code == 303
    assert await station.value("SELECT count(*) FROM verification_order") == 2
    await zhao.exchange()
    await sun.exchange()
    assert [row["households"] for row in (held(zhao)[0], held(sun)[0])] == [[station["陈奶奶"]], [station["吴大爷"]]]
    assert held(zhao)[0]["id"] == order_id(edit, station["第三网格"])


async def test_a_form_that_lacks_something_comes_back_with_all_that_was_typed(desk: Desk, station: Station) -> None:
    page = await issue(desk, station, "陈奶奶", title=" ", points="一\n" * 9, due="2026-11-19")
    assert page.status_code == 422
    told = words(page)
    assert all(part in told for part in ("写一个题目", "最多 8 条", "选今天或以后的一天", "选了 1 户"))
    assert re.search(rf'value="{station["陈奶奶"]}" checked', page.text)
    assert "至少选一户" in words(await issue(desk, station))
    assert await station.value("SELECT count(*) FROM verification_order") == 0


async def test_a_leader_gives_orders_in_their_grids_alone(leader: Desk, desk: Desk, station: Station) -> None:
    assert "吴大爷" not in (await leader.get("/desk/orders/new")).text
    assert (await issue(leader, station, "吴大爷")).status_code == 404
    assert (await issue(desk, station, "吴大爷")).status_code == 303
    (theirs,) = await station.rows("SELECT grid, id FROM verification_order")
    assert (await leader.get(f"/desk/orders/{theirs.grid}/{theirs.id}")).status_code == 404
    assert "看灭火器" not in words(await leader.get("/desk/orders"))
    assert (await issue(leader, station, "陈奶奶")).status_code == 303
    worker = await sign_in(station, "赵敏")
    assert (await worker.get("/desk/orders")).status_code in (403, 404)


async def test_a_door_that_went_to_another_grid_is_waited_for_no_more(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    order = await given(desk, station, zhao, "陈奶奶", "马师傅")
    answer(zhao, station, order, "陈奶奶", WELL)
    await zhao.exchange()
    there = {"to": station["第四网格"]}
    moved = Draft("building.moved", station["3幢"], station["第三网格"], station["master"], there)
    await station.journal.commit([moved])
    page = await desk.get("/desk/orders")
    assert "看了 1 户，共 1 户" in words(page)
    assert "1 户已划到别的网格" in words(page)
    assert f"/desk/households/{station['第四网格']}/{station['陈奶奶']}" in page.text
    assert await station.refolds()


async def test_an_order_past_its_day_says_so_and_in_english(desk: Desk, station: Station, zhao: Phone) -> None:
    await given(desk, station, zhao, "陈奶奶")
    with pytest.MonkeyPatch.context() as patch:
        later = station.now_ms + 9 * DAY_MS
        patch.setattr(clock, "now_ms", lambda: later)
        late = await sign_in(station, "master")
        assert "过期了" in words(await late.get("/desk/orders"))
        english = words(await late.get("/desk/orders", lang="en"))
        assert "1 order is being worked on." in english
        assert "was due" in english
    assert await station.value("SELECT state FROM verification_order") == "issued"


async def test_an_order_leaves_as_a_file_door_by_door_and_is_marked_and_journaled(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    order = await given(desk, station, zhao, "陈奶奶", "马师傅")
    answer(zhao, station, order, "陈奶奶", [{"ok": True}, {"ok": False, "note": "=1+1"}])
    await zhao.exchange()
    path = f"/desk/orders/{station['第三网格']}/{order['id']}/file"
    text = (await desk.post(path, {"format": "csv"})).text
    (mark,), heading, *lines = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert "核查 2 户。王站长 于 2026-11-20 10:44 取出，用于：报表、总结。" in mark
    assert heading == ["门", "怎么样", "在不在", "过没过期"]
    assert lines == [["3-2-501", "有问题", "没问题", "有问题，=1+1"], ["3-2-502", "还没看", "", ""]]
    for said in ("陈奶奶", "赵敏"):
        assert said not in text, "who lives there and who looked stay inside"
    book = load_workbook(io.BytesIO((await desk.post(path, {"format": "other"})).content))
    assert [cell.value for cell in book.worksheets[0][3]] == lines[0]
    made = "SELECT count(*) FROM journal WHERE kind = 'export.made' AND outcome = 'accepted'"
    assert await station.value(made) == 2
    assert await station.value("SELECT count(*) FROM access_record WHERE what = 'export'") == 2
    far = path.replace(station["第三网格"], station["第四网格"])
    assert (await desk.post(far, {"format": "csv"})).status_code == 404
    assert await station.value(made) == 2
    assert await station.refolds()


async def test_no_cell_of_an_order_is_a_formula() -> None:
    points = [{"ok": "", "note": ""}], [{"ok": "no", "note": "坏了"}]
    doors = [{"number": "", "state": "two", "heads": [{"points": each} for each in points]}]
    lines = lines_of({"points": ["=HYPERLINK(1)"], "doors": doors}, "zh")
    assert lines == [["已不在这个网格的一户", "两人说的不一样", "没看\n有问题，坏了"]], "both stand"
    told = as_csv("@x", ["门", "怎么样", "=HYPERLINK(1)"], lines).decode()
    assert "'=HYPERLINK(1)" in told
    assert told.startswith("\ufeff'@x")

"""The packs of one small grid over one week, held to figures that were worked out by hand from the table below.

Third grid, 3幢, the week of Monday 9 November 2026 (and, for the month, one visit outside of it):

| When | Door | Mode | Result | What was said |
|---|---|---|---|---|
| Mon 9, 09:10 | 501 陈奶奶 | door | met | 问难 厕所灯坏了; care urgent |
| Mon 9, 09:40 | 502 马师傅 | door | no_answer | |
| Tue 10, 19:20 | 502 马师傅 | night | no_answer | |
| Wed 11, 15:00 | 501 陈奶奶 | door | met | 问需 想有人陪去量血压; again by 13 November |
| Thu 12, 20:30 | 503 空房 | night | vacant | |
| Fri 13, 10:00 | 501 陈奶奶 | reception | inconvenient | 问难 楼上吵, for the station alone |
| Sat 14, 10:30 | 502 马师傅 | weekend | no_answer | |
| (Mon 2, 09:00) | 502 马师傅 | door | met | 问难 垃圾没人收; 问计 装个灯 |

By hand, for the week: 7 visits at 3 doors; answered 1 (501), nobody 1 (502, knocked at three times), otherwise 1 (503).
Modes: door 3, weekend 1, reception 1, night 2. Hours: 8–10 door 2; 10–12 weekend 1, reception 1; 14–16 door 1; 18–20
night 1; 20–22 night 1. Asks: hard 2, need 1, idea 0, effect 0. Coverage of 3幢: 3 homes (that 503 was found empty is no
fact about it yet), 1 answered in the week, 2 in ninety days. Hard and unsolved: 501 twice (one unread), 502 from the
week before. Nobody kept the promise of the 13th: 501 was not met that day or later.

For the month: 8 visits at 3 doors, answered 2, nobody 0, otherwise 1; door 4; asks hard 3, need 1, idea 1; coverage
3 homes, 2 answered, 2 in ninety days.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from httpx import Response
from openpyxl import load_workbook

from server.journal import log_id
from tests.desk.conftest import HOUR_MS, Desk, sign_in, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio

WEEK: tuple[tuple[str, str, str, str, dict[str, Any]], ...] = (
    ("2026-11-02T09:00", "马师傅", "door", "met", {"asks": {"difficulty": "垃圾没人收", "idea": "装个灯"}}),
    ("2026-11-09T09:10", "陈奶奶", "door", "met", {"asks": {"difficulty": "厕所灯坏了"}, "care": "urgent"}),
    ("2026-11-09T09:40", "马师傅", "door", "no_answer", {}),
    ("2026-11-10T19:20", "马师傅", "night", "no_answer", {}),
    ("2026-11-11T15:00", "陈奶奶", "door", "met", {"asks": {"need": "想有人陪去量血压"}, "follow_up_on": "2026-11-13"}),
    ("2026-11-12T20:30", "空房", "night", "vacant", {}),
    ("2026-11-13T10:00", "陈奶奶", "reception", "inconvenient", {"asks": {"difficulty": "楼上吵"}, "private": True}),
    ("2026-11-14T10:30", "马师傅", "weekend", "no_answer", {}),
)


def moment(local: str) -> int:
    """A local time as milliseconds."""
    return int(datetime.fromisoformat(local).replace(tzinfo=UTC).timestamp() * 1000) - 8 * HOUR_MS


async def a_week(phone: Phone, station: Station) -> None:
    """The table above, as Worker Zhao's phone sends it."""
    for at, door, mode, result, said in WEEK:
        phone.clock_ms = station.now_ms
        phone.visit(station[door], result, mode=mode, occurred_at_ms=moment(at), **said)
    await phone.exchange()


def part(page: Response, name: str) -> str:
    """One section of a pack, as text."""
    found = re.search(rf'<section aria-labelledby="p-{name}">(.*?)</section>', page.text, flags=re.DOTALL)
    assert found, name
    whole = re.sub(r'<span class="whole">(.*?)</span>', r"\1", found[1])
    return " ".join(re.sub(r"<[^>]*>", " ", whole).split())


async def test_the_monday_pack_equals_what_was_worked_out_by_hand(desk: Desk, station: Station, zhao: Phone) -> None:
    await a_week(zhao, station)
    page = await desk.get(f"/desk/packs/monday?on=2026-11-09&grid={station['第三网格']}")
    assert "周一例会，11月9日–11月15日" in words(page)
    assert part(page, "figures") == "这些天 走访 7 次，敲了 3 户：1 户有人应，1 户没人应，别的 1 户。"
    hours = part(page, "hours")
    assert hours.endswith(
        "入户 周末 来访 夜访 8-10 2 0 0 0 10-12 0 1 1 0 14-16 1 0 0 0 18-20 0 0 0 1 20-22 0 0 0 1 一共 3 1 1 2"
    ), hours
    assert part(page, "asks") == "四问 问难 2 问需 1 问计 0 问效 0"
    assert part(page, "coverage").endswith("3幢 3 1 2"), part(page, "coverage")
    assert part(page, "nobody") == "没人应的门 1 3-2-502， 马师傅 ，敲了 3 次"
    hard = part(page, "hard")
    assert hard.startswith(
        "还没解的难处 3 3-2-502， 马师傅 11月2日 ： 垃圾没人收 3-2-501， 陈奶奶 11月9日 ： 厕所灯坏了"
    ), hard
    assert "楼上吵" not in page.text, "what was said for the station alone is read at no meeting"
    assert part(page, "need") == "请人帮的 1 3-2-501， 陈奶奶 11月11日 ： 想有人陪去量血压"
    assert part(page, "urgent") == "要马上管的 1 3-2-501， 陈奶奶"
    assert part(page, "overdue") == "约好再去、过了日子的 1 3-2-501， 陈奶奶 ，11月13日"
    assert "赵敏" not in page.text, "a pack is about doors: nobody who went is named"


async def test_the_monthly_pack_equals_what_was_worked_out_by_hand(desk: Desk, station: Station, zhao: Phone) -> None:
    await a_week(zhao, station)
    page = await desk.get(f"/desk/packs/monthly?on=2026-11-01&grid={station['第三网格']}")
    assert part(page, "figures") == "这些天 走访 8 次，敲了 3 户：2 户有人应，0 户没人应，别的 1 户。"
    assert part(page, "hours").endswith("一共 4 1 1 2")
    assert part(page, "asks") == "四问 问难 3 问需 1 问计 1 问效 0"
    assert part(page, "coverage").endswith("3幢 3 2 2")
    topics = part(page, "topics")
    assert "环境卫生 1 3-2-502， 马师傅 11月2日 ： 垃圾没人收" in topics
    assert "物业和公共设施 2 3-2-502， 马师傅 11月2日 ： 装个灯 3-2-501， 陈奶奶 11月9日 ： 厕所灯坏了" in topics
    assert "老人和要照应的人 1 3-2-501， 陈奶奶 11月11日 ： 想有人陪去量血压" in topics
    assert "租户和外来" in words(page)


async def test_the_log_of_one_of_these_days_equals_the_same_table(desk: Desk, station: Station, zhao: Phone) -> None:
    await a_week(zhao, station)
    assert zhao.grid
    # Monday 9: two knocks at two doors, one answered, nobody at the other; one hard thing, one to look after.
    zhao.make("daily_log.sent", {"day": "2026-11-09"}, entity=log_id(zhao.person, zhao.grid, "2026-11-09"))
    await zhao.exchange()
    told = words(await desk.get("/desk/logs"))
    assert "敲了 2 户，有人应 1 户。没人应 1 户。 2 条是后来补录的。" in told
    assert "问难 1 3-2-501， 陈奶奶 ： 厕所灯坏了" in told
    assert "要多留心的 1 3-2-501， 陈奶奶" in told


async def test_a_hard_thing_is_spoken_of_until_somebody_asks_whether_it_helped(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    await a_week(zhao, station)
    zhao.visit(station["马师傅"], "met", occurred_at_ms=moment("2026-11-14T11:00"), asks={"effect": "收了"})
    await zhao.exchange()
    page = await desk.get("/desk/packs/monday?on=2026-11-09")
    assert "垃圾没人收" not in part(page, "hard")
    assert "厕所灯坏了" in part(page, "hard")


async def test_a_hard_thing_is_solved_where_its_mediation_or_its_whistle_ended_well(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    await a_week(zhao, station)
    lamp, rubbish = (
        next(edit.header.id for edit in zhao.made if word.encode() in (edit.body or b""))
        for word in ("厕所灯坏了", "垃圾没人收")
    )
    raised = {"occurred_at_ms": station.now_ms, "text": "两家为这事吵"}
    about = {"household": station["陈奶奶"], "source_visit": lamp}
    talks = zhao.make("item.raised", {**raised, **about, "kind": "mediation"}).header.id
    about = {"household": station["马师傅"], "source_visit": rubbish}
    problem = zhao.make("item.raised", {**raised, **about, "kind": "problem"}).header.id
    told = {"title": "垃圾没人收", "occurred_at_ms": station.now_ms, "source_of": "item", "source": problem}
    whistle = zhao.make("whistle.raised", {**told, "household": station["马师傅"]}).header.id
    on = zhao.make("item.moved", {"to": "mediating"}, entity=talks, over={"step": [talks]}).header.id
    await zhao.exchange()
    hard = part(await desk.get("/desk/packs/monday?on=2026-11-09"), "hard")
    assert "厕所灯坏了" in hard, "they still talk"
    assert "垃圾没人收" in hard, "it was whistled, no more"
    zhao.make("item.moved", {"to": "agreed_oral"}, entity=talks, over={"step": [on]})
    zhao.make("whistle.moved", {"to": "self_resolved", "note": "收走了"}, entity=whistle, over={"step": [whistle]})
    await zhao.exchange()
    hard = part(await desk.get("/desk/packs/monday?on=2026-11-09"), "hard")
    assert "厕所灯坏了" not in hard
    assert "垃圾没人收" not in hard
    assert hard.startswith("还没解的难处 1"), "what was said for the station alone still stands"


async def test_the_file_holds_the_same_lines_and_is_marked_and_journaled(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    await a_week(zhao, station)
    zhao.visit(station["马师傅"], "met", occurred_at_ms=moment("2026-11-14T12:00"), asks={"need": "=1+1"})
    await zhao.exchange()
    asked = {"on": "2026-11-09", "grid": station["第三网格"]}
    text = (await desk.post("/desk/packs/monday/file", {**asked, "format": "csv"})).text
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert "王站长" in lines[0][0]
    assert "例会材料" in lines[0][0]
    assert ["这些天", "走访次数", "", "8"] in lines
    assert ["没人应的门", "", "3-2-502 马师傅", "3"] not in lines, "somebody answered there by now"
    assert ["请人帮的", "2026-11-14", "3-2-502 马师傅", "'=1+1"] in lines, "nothing in a cell is a formula"
    book = load_workbook(io.BytesIO((await desk.post("/desk/packs/monday/file", asked)).content))
    assert [cell.value for cell in book.worksheets[0][2]] == ["部分", "什么", "哪里、谁", "内容"]
    made = await station.value("SELECT count(*) FROM journal WHERE kind = 'export.made' AND outcome = 'accepted'")
    assert made == 2
    assert await station.refolds()


async def test_what_is_decided_is_done_on_a_phone_and_stands_at_the_head_until_then(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    form = await desk.get("/desk/meetings")
    hidden = dict(re.findall(r'name="(id|action_\d)" value="([^"]+)"', form.text))
    said = {"type": "monday", "held_on": "2026-11-16", "grid": station["第三网格"], "text_0": "东门路灯报修"}
    said |= {"owner_0": station["赵敏"], "due_0": "2026-11-18", "text_1": "下周看三幢消防通道", **hidden}
    kept = await desk.post("/desk/meetings", said)
    assert kept.status_code == 303, kept.text
    assert (await desk.post("/desk/meetings", said)).headers["location"] == kept.headers["location"], "sent twice: once"
    minutes = await desk.get(kept.headers["location"])
    assert "东门路灯报修 下周看三幢消防通道" in words(minutes)
    assert "11月18日该办完，过了" in part(await desk.get("/desk/packs/monday"), "actions")
    assert "东门路灯报修" in words(await desk.get("/desk/home"))
    await zhao.exchange()
    ((_, row),) = [(key, each["row"]) for key, each in zhao.rows.items() if key[0] == "action"]
    assert (row["text"], row["due"], row["by"]) == ("东门路灯报修", "2026-11-18", "王站长")
    zhao.make("action.done", {}, entity=row["id"], over={"step": [row["step"]]})
    await zhao.exchange()
    assert not [key for key in zhao.rows if key[0] == "action"]
    assert "东门路灯报修" not in part(await desk.get("/desk/packs/monday"), "actions")
    assert "赵敏办完了" in words(await desk.get(kept.headers["location"]))
    assert await station.refolds()


async def test_an_action_given_to_somebody_else_leaves_the_first_ones_phone(
    desk: Desk, station: Station, zhao: Phone, sun: Phone
) -> None:
    given = {"text": "清点楼道杂物", "owner": station["赵敏"], "due": "2026-11-27", "grid": ""}
    assert (await desk.post("/desk/actions", given)).headers["location"].endswith("given")
    await zhao.exchange()
    ((key, row),) = [(key, each["row"]) for key, each in zhao.rows.items() if key[0] == "action"]
    changed = {"owner": station["孙立"], "due": "2026-11-28", "step": row["step"]}
    await desk.post(f"/desk/actions/{key[1]}/change", changed)
    await zhao.exchange()
    await sun.exchange()
    assert not [key for key in zhao.rows if key[0] == "action"]
    assert sun.rows[key]["row"]["due"] == "2026-11-28"
    zhao.make("action.done", {"note": "早就清了"}, entity=key[1], over={"step": [row["step"]]})
    await zhao.exchange()
    asked = words(await desk.get("/desk/conflicts"))
    assert "办完了说好的事" in asked, "whose it is no more may have done it all the same: a person decides"
    assert "早就清了" in asked
    assert await station.refolds()


async def test_minutes_are_corrected_by_their_author_and_by_nobody_else(
    desk: Desk, leader: Desk, station: Station
) -> None:
    said = {"type": "council", "held_on": "2026-11-16", "text_0": "楼道不停电动车"}
    kept = await leader.post("/desk/meetings", said)
    address = kept.headers["location"]
    over = re.search(r'name="over" value="([^"]+)"', (await leader.get(address)).text)
    assert over
    again = {**said, "over": over[1], "text_1": "周六大扫除"}
    assert (await leader.post(f"{address}/telling", again)).status_code == 303
    assert "楼道不停电动车 周六大扫除" in words(await desk.get(address))
    assert "改过 1 次" in words(await desk.get(address))
    assert (await desk.post(f"{address}/telling", again)).status_code == 404
    assert (await desk.post("/desk/meetings", {**said, "held_on": "2026-02-30"})).status_code == 422
    assert (await desk.post("/desk/meetings", {"owner_0": station["赵敏"], "text_0": ""})).status_code == 422
    assert await station.refolds()


async def test_a_leader_reads_and_gives_in_their_own_grid_alone(desk: Desk, leader: Desk, station: Station) -> None:
    fourth = station["第四网格"]
    said = {"type": "monday", "held_on": "2026-11-16", "text_0": "四网格的事", "grid": fourth}
    other = (await desk.post("/desk/meetings", said)).headers["location"]
    whole = (await desk.post("/desk/meetings", {**said, "grid": ""})).headers["location"]
    for address in (other, whole, f"/desk/packs/monday?grid={fourth}", "/desk/packs/yearly"):
        assert (await leader.get(address)).status_code == 404, address
    assert (await leader.post("/desk/meetings", said)).status_code == 404
    given = {"text": "x", "owner": station["孙立"], "due": "2026-11-27"}
    assert (await leader.post("/desk/actions", given)).status_code == 404, "somebody of another grid"
    assert "四网格的事" not in words(await leader.get("/desk/packs"))
    worker = await sign_in(station, "赵敏")
    assert (await worker.get("/desk/packs")).status_code in (403, 404)

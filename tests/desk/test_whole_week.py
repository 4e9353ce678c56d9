"""One small grid over one week with all that is done there: its logs and both packs equal what was worked out by hand.

Third grid, 3幢 (501 陈奶奶, 502 马师傅, rented, 503 空房), Worker Zhao. On Friday 20 November the desk pairs 501 weekly
and 502 monthly, and Zhao looks in on 501 the same day. Then the week of Monday 23 November 2026:

| When | What | Said |
|---|---|---|
| Mon 23, 08:30–09:30 | patrol | 找问题 三楼楼道灯坏了 at 3幢; 查变化 搬来一家 |
| Mon 23, 09:40 | visit 501, met | 问难 厕所灯坏了, kept as a problem; again by the 26th |
| Tue 24, 10:00 | look in on 501, ok | |
| Wed 25, 10:00 | order 看灭火器 for 502 and 503, issued at 09:00 | 502 well, 503 wrong |
| Thu 26, 15:00 | visit 501, met; the problem was solved | |
| Fri 27, 16:00 | mediation without a door | 两家为漏水 |
| Fri 27, 17:00 | note without a patrol, sent on Saturday | 消矛盾 又吵起来了 |
| Sat 28, 11:00 | report of a volunteer, 3幢 | 井盖松了 |
| Sun 29, 20:30 | visit 502, met, night | 问难 暖气不热 |

By hand, logs: Monday 1 door, 1 answered, one problem new, one promise, a patrol of an hour with two notes;
Tuesday one look; Wednesday two doors of the order, one wrong; Thursday 1 door, 1 answered, the problem solved,
the promise of the 26th kept; Friday one mediation, one note told late; Saturday none (whoever reported it
writes no log); Sunday 1 door, 1 answered.

Monday pack: 3 visits at 2 doors, 2 answered; door 2, night 1; hours 8–10, 14–16, 20–22 one each; hard 2, of
which 501's is solved and 502's is not; coverage 3 homes, 2 answered, 2 lately; patrols 1 with change 1, problem
1, dispute 1; items: problem solved 1, mediation registered 1; to be looked in on 2 (501's week is over on the
27th, 502 never was), looked in on 1, in time 1; reports 1, unanswered. Monthly pack: the same, and rented 1,
answered there 1, newcomers 0; hard things by topic: 暖气 of water and heating, 厕所灯 of property.
"""

from __future__ import annotations

import csv
import io

import pytest
from uuid_utils import uuid7

from server.journal import Draft, log_id
from server.logs.evening import send_logs
from tests.desk.conftest import sign_in, words
from tests.desk.test_packs import moment, part
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio

DAYS = {
    "2026-11-23": (
        "敲了 1 户，有人应 1 户。",
        "问难 1 3-2-501， 陈奶奶 ： 厕所灯坏了",
        "约好再去的 1 3-2-501， 陈奶奶 ，11月26日 周四",
        "办的事 1 难处 ， 陈奶奶 ，3-2-501，新记的： 厕所灯坏了",
        "巡查 1 上午 08:30–09:30，1 小时 0 分 去过 0 户，查变化 1，找问题 1",
    ),
    "2026-11-24": ("看望过的 1 陈奶奶 ，3-2-501 ，放心",),
    "2026-11-25": ("看灭火器 ，看了 2 户 马师傅 ，3-2-502，没问题 空房 ，3-2-503，有问题",),
    "2026-11-26": (
        "敲了 1 户，有人应 1 户。",
        "办的事 1 难处 ， 陈奶奶 ，3-2-501，自己解决了： 厕所灯坏了",
        "约好的，办到了 1 陈奶奶 ，3-2-501 ，11月26日",
    ),
    "2026-11-27": ("办的事 1 调解 ，新记的： 两家为漏水", "另外记的 17:00 消矛盾 补录 又吵起来了"),
    "2026-11-29": ("敲了 1 户，有人应 1 户。", "问难 1 3-2-502， 马师傅 ： 暖气不热"),
}
"""What the log of each day says; a day that stands not here has none."""


async def at(station: Station, phone: Phone, when: str) -> None:
    """It is that time, and the phone has a signal."""
    station.now_ms = phone.clock_ms = moment(when)
    await phone.exchange()


async def before_the_week(station: Station, phone: Phone) -> None:
    """Who is looked in on, what is rented, and who helps."""
    grid = station["第三网格"]
    for name, door, cadence in (("陈", "陈奶奶", "weekly"), ("马", "马师傅", "monthly")):
        body = {"household": station[door], "carer": station["赵敏"], "cadence": cadence}
        await station.add(name, "care_pair.formed", body, grid)
    rented = {"facts": {"occupancy": "rented"}}
    await station.commit([Draft("household.stated", station["马师傅"], grid, station["master"], rented)])
    gao = {"name": "老高", "role": "volunteer", "community": station["community"], "grids": []}
    await station.add("老高", "person.added", gao)
    phone.clock_ms = station.now_ms
    phone.make("care_check.made", {"pair": station["陈"], "state": "ok", "occurred_at_ms": station.now_ms})
    await phone.exchange()


async def the_week(station: Station, phone: Phone) -> None:
    """The table above, each thing when it happens; in the evening logs go by themselves."""
    grid = station["第三网格"]
    await at(station, phone, "2026-11-23T08:30")
    walk = phone.make("patrol.started", {}).header.id
    lamp = {"what": "problem", "text": "三楼楼道灯坏了", "building": station["3幢"], "patrol": walk}
    phone.make("patrol.noted", lamp)
    phone.make("patrol.noted", {"what": "change", "text": "搬来一家", "patrol": walk})
    await at(station, phone, "2026-11-23T09:30")
    phone.make("patrol.ended", {}, entity=walk, over={"step": [walk]})
    await at(station, phone, "2026-11-23T09:40")
    hard = {"difficulty": "厕所灯坏了"}
    source = phone.visit(station["陈奶奶"], asks=hard, follow_up_on="2026-11-26").header.id
    body = {"kind": "problem", "text": "厕所灯坏了", "occurred_at_ms": station.now_ms, "source_visit": source}
    problem = phone.make("item.raised", {**body, "household": station["陈奶奶"]}).header.id
    await evening(station, phone, "2026-11-23")

    await at(station, phone, "2026-11-24T10:00")
    phone.make("care_check.made", {"pair": station["陈"], "state": "ok", "occurred_at_ms": station.now_ms})
    await evening(station, phone, "2026-11-24")

    await at(station, phone, "2026-11-25T09:00")
    doors = [station["马师傅"], station["空房"]]
    issued = {"title": "看灭火器", "points": ["在不在"], "due": "2026-11-27", "households": doors}
    order = await station.add("看灭火器", "order.issued", issued, grid)
    await at(station, phone, "2026-11-25T10:00")
    for door, well in zip(doors, (True, False), strict=True):
        found = {"household": door, "points": [{"ok": well}], "occurred_at_ms": station.now_ms}
        phone.make("order.answered", found, entity=order, over={"step": [order]})
    await evening(station, phone, "2026-11-25")

    await at(station, phone, "2026-11-26T15:00")
    phone.visit(station["陈奶奶"])
    phone.make("item.moved", {"to": "self_resolved"}, entity=problem, over={"step": [problem]})
    await evening(station, phone, "2026-11-26")

    await at(station, phone, "2026-11-27T16:00")
    phone.make("item.raised", {"kind": "mediation", "text": "两家为漏水", "occurred_at_ms": station.now_ms})
    await evening(station, phone, "2026-11-27", signal=False)

    await at(station, phone, "2026-11-28T11:00")
    told = {"text": "井盖松了", "building": station["3幢"], "occurred_at_ms": station.now_ms}
    report = str(uuid7())
    await station.commit([Draft("report.made", report, None, station["老高"], told, id=report)])
    await evening(station, phone, "2026-11-28")

    await at(station, phone, "2026-11-29T20:30")
    phone.visit(station["马师傅"], mode="night", asks={"difficulty": "暖气不热"})
    await evening(station, phone, "2026-11-29")


async def evening(station: Station, phone: Phone, day: str, *, signal: bool = True) -> None:
    """The day is over; without a signal something is noted that is sent on the morrow."""
    await phone.exchange()
    if not signal:
        phone.clock_ms = moment(f"{day}T17:00")
        phone.make("patrol.noted", {"what": "dispute", "text": "又吵起来了"})
    station.now_ms = moment(f"{day}T21:00")
    await send_logs(station.journal, station.db, station.settings.utc_offset_min)


async def test_logs_and_packs_of_a_whole_week_equal_what_was_worked_out_by_hand(station: Station, zhao: Phone) -> None:
    await before_the_week(station, zhao)
    await the_week(station, zhao)
    station.now_ms = moment("2026-11-30T08:00")
    desk = await sign_in(station, "master")
    grid = station["第三网格"]
    for day in (f"2026-11-{n}" for n in range(23, 30)):
        log = words(await desk.get(f"/desk/logs?open={grid}.{log_id(zhao.person, grid, day)}"))
        assert (f"赵敏 11月{day[-2:]}日的日志" in log) == (day in DAYS), day
        for line in DAYS.get(day, ()):
            assert line in log, (day, line)

    monday = await desk.get(f"/desk/packs/monday?on=2026-11-23&grid={grid}")
    hours = part(monday, "hours")
    assert hours.endswith("8-10 1 0 0 0 14-16 1 0 0 0 20-22 0 0 0 1 一共 2 0 0 1"), hours
    month = await desk.get(f"/desk/packs/monthly?on=2026-11-01&grid={grid}")
    for pack in (monday, month):
        assert part(pack, "figures") == "这些天 走访 3 次，敲了 2 户：2 户有人应，0 户没人应，别的 0 户。"
        assert part(pack, "asks") == "四问 问难 2 问需 0 问计 0 问效 0"
        assert part(pack, "hard") == "还没解的难处 1 3-2-502， 马师傅 11月29日 ： 暖气不热"
        assert part(pack, "coverage").endswith("3幢 3 2 2")
        assert part(pack, "patrols") == (
            "巡查和记下的 1 次 查变化 1 找问题 1 收诉求 0 消矛盾 1 找问题， 槐安小区3幢 11月23日 ： 三楼楼道灯坏了"
            " 查变化 11月23日 ： 搬来一家 消矛盾 11月27日 ： 又吵起来了"
        )
        assert part(pack, "items") == "这些天的事，到哪一步了 难处，自己解决了 1 调解，登记了 1"
        assert part(pack, "mediations") == "调解 1 登记了 11月27日 ： 两家为漏水"
        assert part(pack, "care") == "结对看望 这些天该看望 2 人，看望了 1 人，一直按时的 1 人。"
        assert part(pack, "reports") == "邻居报来的 1 槐安小区3幢 11月28日 ： 井盖松了 ，还没回"
        for who in ("赵敏", "老高"):
            assert who not in pack.text, "a pack is about doors and matters: nobody who went or reported is named"
    assert part(month, "floating").endswith("出租 1 户，这些天 1 户有人应；登记为外来的 0 人。")
    assert "供水供暖 1 3-2-502， 马师傅 11月29日 ： 暖气不热" in part(month, "topics")
    assert "物业和公共设施 1 3-2-501， 陈奶奶 11月23日 ： 厕所灯坏了" in part(month, "topics")
    text = (await desk.post("/desk/packs/monday/file", {"on": "2026-11-23", "grid": grid, "format": "csv"})).text
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    for row in (
        ["巡查和记下的", "巡查次数", "", "1"],
        ["巡查和记下的", "找问题", "槐安小区3幢", "三楼楼道灯坏了"],
        ["这些天的事，到哪一步了", "难处", "自己解决了", "1"],
        ["调解", "2026-11-27", "", "两家为漏水"],
        ["结对看望", "一直按时的", "", "1"],
        ["邻居报来的", "2026-11-28", "槐安小区3幢", "井盖松了"],
    ):
        assert row in lines, row
    assert await station.refolds()

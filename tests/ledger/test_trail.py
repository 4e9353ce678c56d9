"""The trail of one thing: every edit of it on a page, for whoever may see it."""

from __future__ import annotations

import json

import pytest
from uuid_utils import uuid7

from server.journal import Draft, check_trail
from server.journal.trail_check import Checked
from server.signing import public_of
from tests.desk.conftest import HOUR_MS, MINUTE_MS, Desk, sign_in, words
from tests.desk.conftest import desk as desk
from tests.desk.conftest import leader as leader
from tests.desk.conftest import station as station
from tests.desk.conftest import sun as sun
from tests.desk.conftest import zhao as zhao
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


def keys(station: Station) -> list[bytes]:
    return [public_of(seed) for seed in station.settings.log_seeds]


async def taken(desk: Desk, thing: str, why: str = "resident") -> bytes:
    answer = await desk.post(f"/desk/trail/{thing}/file", {"why": why})
    assert answer.status_code == 200, words(answer)
    assert answer.headers["cache-control"] == "no-store"
    return answer.content


def codes(checked: Checked) -> list[str]:
    return [found.code for found in checked.found]


async def corrected(station: Station, zhao: Phone) -> str:
    """A visit written without a signal, corrected twice, sent some minutes later with others between;
    then somebody else tries to correct it too. Returns the visit."""
    zhao.clock_ms = station.now_ms
    await zhao.exchange()
    first = zhao.visit(station["陈奶奶"], text="灯坏了")
    body = {"household": station["陈奶奶"], "occurred_at_ms": zhao.clock_ms, "mode": "door", "result": "met"}
    zhao.visit(station["马师傅"], text="别家的话")
    last = first.header.id
    for said in ("灯是走廊的", "灯是走廊的，三楼"):
        over = {"revision": [last]}
        last = zhao.make("visit.corrected", {**body, "text": said}, entity=first.header.id, over=over).header.id
    zhao.visit(station["马师傅"], text="又是别家的话")
    station.now_ms += 3 * MINUTE_MS
    await zhao.exchange()
    other = await station.phone("钱进")
    other.clock_ms = station.now_ms
    await other.exchange()
    over = {"revision": [last]}
    other.make("visit.corrected", {**body, "text": "我说是二楼"}, entity=first.header.id, over=over)
    await other.exchange()
    return first.header.id


# ---------------------------------------------------------------- the page


async def test_every_edit_of_a_visit_stands_in_order(desk: Desk, station: Station, zhao: Phone) -> None:
    visit = await corrected(station, zhao)
    page = words(await desk.get(f"/desk/trail/{visit}"))
    assert "这次走访前后写过 4 笔" in page
    assert "全都在签过名的日志里" in page
    one, two, three, four = page.split("第 1 笔 记了")[1].split("笔 更正了这次走访")
    for said in ("赵敏，在手机上写的（赵敏的手机）", "灯坏了", "手机报的 2026年11月20日 10:44:00"):
        assert said in one, said
    assert "收到 2026年11月20日 10:47:00 写完过了一阵才到" in one
    assert "前面没有别的" in one
    assert "接着改的是第 1 笔" in two
    assert "接着改的是第 2 笔" in three
    assert all(each in four for each in ("钱进", "我说是二楼", "没有生效：这次走访是别人写的", "前面的都在眼前"))
    assert "前 " in four
    assert "签了名" in four
    assert "别家的话" not in page
    await station.app.state.looked.write()
    (look,) = await station.rows("SELECT what, household, by_name FROM access_record")
    assert tuple(look) == ("trail", station["陈奶奶"], "王站长")
    for path in (f"visits/{station['第三网格']}/{visit}", f"visits?open={station['第三网格']}.{visit}"):
        assert f'href="/desk/trail/{visit}"' in (await desk.get(f"/desk/{path}")).text


async def test_a_fact_leads_to_who_wrote_it_and_a_decision_to_its_edit(
    desk: Desk,
    leader: Desk,
    station: Station,
    zhao: Phone,
) -> None:
    home = station["陈奶奶"]
    zhao.make("household.stated", {"facts": {"occupancy": "vacant"}}, entity=home)
    zhao.make("household.stated", {"facts": {"phone": "000-0000-0001"}}, entity=home)
    await zhao.exchange()
    page = await desk.get(f"/desk/households/{station['第三网格']}/{home}")
    assert f'href="/desk/trail/{home}"' in page.text
    assert f'href="/desk/trail/{home}?fact=phone"' in page.text
    told = words(await desk.get(f"/desk/trail/{home}?fact=phone"))
    assert "只看说到“电话”的 1 笔" in told
    assert "000-0000-0001" in told
    assert "第 3 笔 改了这一户的资料" in told
    case = await leader.get("/desk/conflicts")
    assert f'href="/desk/trail/{home}?fact=occupancy"' in case.text
    assert "空房" in words(await leader.get(f"/desk/trail/{home}?fact=occupancy"))


async def test_a_trail_says_what_its_author_could_not_have_seen(desk: Desk, station: Station, zhao: Phone) -> None:
    home, qian, new = station["陈奶奶"], await station.phone("钱进"), await station.phone("钱进")
    await qian.exchange()
    for phone, value in ((zhao, "1"), (qian, "2"), (new, "3")):
        phone.make("household.stated", {"facts": {"phone": value}}, entity=home)
        phone.make("household.stated", {"facts": {"note": value}}, entity=home)
        await phone.exchange()
    told = [each.split("证明")[0] for each in words(await desk.get(f"/desk/trail/{home}")).split("写时看到 ")[1:]]
    assert told == [
        "前面没有别的 ",
        "前面的都还没到这部手机上 ", "前面的都看得到，只缺第 1 笔 ",
        "前面的都看得到，只缺第 2 笔、第 3 笔 ", "前面的都看得到，只缺第 2 笔、第 3 笔 ",
        "前面的都还没到这部手机上 ", "前面的都看得到，只缺第 1 笔、第 2 笔、第 3 笔、第 4 笔、第 5 笔 ",
    ]  # fmt: skip


async def test_what_was_written_down_for_somebody_says_for_whom(leader: Desk, station: Station) -> None:
    body = {"name": "老李", "role": "volunteer", "community": station["community"], "grids": [station["第三网格"]]}
    went = await station.add("老李", "person.added", body)
    visit = str(uuid7())
    said = {"id": visit, "person": went, "result": "met", "text": "都好", "occurred_at": "2026-11-20T09:30"}
    await leader.post(f"/desk/households/{station['第三网格']}/{station['陈奶奶']}/visits", said)
    page = words(await leader.get(f"/desk/trail/{visit}"))
    assert "李网格长（替老李代录）， 在站里的网页上写的".replace("， ", "，") in page
    checked = check_trail(await taken(leader, visit), keys(station))
    assert codes(checked) == []
    assert (checked.signed, checked.desk) == (0, 1)
    assert (checked.lines[0].by, checked.lines[0].behalf, checked.lines[0].phone) == ("李网格长", "老李", None)


async def test_what_was_set_aside_has_a_trail_too(
    desk: Desk,
    leader: Desk,
    station: Station,
    zhao: Phone,
) -> None:
    zhao.make("visit.recorded", {"household": station["陈奶奶"], "mode": "by air", "text": "写坏了"})
    await zhao.exchange()
    thing = zhao.made[-1].header.id
    assert f'href="/desk/trail/{thing}"' in (await leader.get("/desk/conflicts")).text
    position = zhao.outcomes[1]["position"]
    over: dict[str, list[str]] = {"step": []}
    body = {"position": position, "reason": "记错了"}
    await station.journal.commit(
        [Draft("edit.declined", thing, station["第三网格"], station["李网格长"], body, over=over)]
    )
    page = words(await leader.get(f"/desk/trail/{thing}"))
    assert "内容有一处不合规矩" in page
    assert "没有放行" in page
    assert "记错了" in page
    assert (await leader.get("/desk/conflicts")).text.count(f"/desk/trail/{thing}#e-") == 1
    checked = check_trail(await taken(leader, thing), keys(station))
    assert codes(checked) == []
    assert [line.kind for line in checked.lines] == ["visit.recorded", "edit.declined"]


async def test_another_grid_is_answered_like_nothing(
    leader: Desk,
    station: Station,
    zhao: Phone,
    sun: Phone,
) -> None:
    sun.clock_ms = station.now_ms
    there = sun.visit(station["吴大爷"])
    stray = sun.make("visit.recorded", {"household": station["吴大爷"], "text": "写坏了"})
    await sun.exchange()
    who = {"household": station["吴大爷"], "facts": {"name": "吴女士"}, "tags": []}
    resident = await station.add("吴女士", "resident.added", who, station["第四网格"])
    none = await leader.get(f"/desk/trail/{uuid7()}")
    assert none.status_code == 404
    things = (there.header.id, stray.header.id, station["吴大爷"], resident, station["7幢"], station["第三网格"])
    for thing in (*things, station["赵敏"], zhao.device, "none", "'"):
        assert (await leader.get(f"/desk/trail/{thing}")).status_code == 404, thing
        assert (await leader.post(f"/desk/trail/{thing}/file", {"why": "report"})).status_code == 404, thing
    worker = await sign_in(station, "赵敏")
    assert (await worker.get(f"/desk/trail/{station['陈奶奶']}")).status_code in (401, 404)
    assert await station.value("SELECT count(*) FROM journal WHERE kind = 'export.made'") == 0


async def test_the_file_is_recorded_with_a_reason(desk: Desk, station: Station) -> None:
    home = station["陈奶奶"]
    for said in ({}, {"why": "because"}, {"why": "other"}):
        answer = await desk.post(f"/desk/trail/{home}/file", said)
        assert answer.status_code == 422, said
    assert await station.value("SELECT count(*) FROM journal WHERE kind = 'export.made'") == 0
    await taken(desk, home)
    (row,) = await station.rows("SELECT body FROM journal WHERE kind = 'export.made'")
    assert json.loads(bytes(row.body)) == {
        "what": "trail", "format": "json", "count": 1, "columns": [], "asked": {"entity": home}, "why": "resident",
    }  # fmt: skip
    (look,) = await station.rows("SELECT what, household, why FROM access_record")
    assert tuple(look) == ("export", home, "resident")
    # An hour later a passkey has to be shown again.
    station.now_ms += HOUR_MS
    assert (await desk.post(f"/desk/trail/{home}/file", {"why": "resident"})).status_code == 403
    assert await station.refolds()


async def test_restricted_tags_are_in_neither(desk: Desk, station: Station, zhao: Phone) -> None:
    who = {"household": station["陈奶奶"], "facts": {"name": "陈女士"}, "tags": ["disabled"]}
    resident = await station.add("陈女士", "resident.added", who, station["第三网格"])
    told, grid, master = str(uuid7()), station["第三网格"], station["master"]
    body = {"on": True, "reason": "区里要求", "law": "第五十五条"}
    await station.journal.commit([Draft("community.restricted", station["community"], None, master, body)])
    tags = {"resident": resident, "tags": ["released"]}
    await station.journal.commit([Draft("resident.restricted", told, grid, master, tags, id=told)])
    zhao.make("resident.tagged", {"add": ["mental_illness"], "remove": []}, entity=resident)
    await zhao.exchange()
    assert zhao.outcomes[1]["outcome"] == "quarantined"
    page = await desk.get(f"/desk/trail/{resident}")
    raw = (await taken(desk, resident)).decode()
    assert "内容不在这里看" in words(page)
    for word in ("精神障碍", "刑满释放", "mental_illness", "released"):
        assert word not in page.text, word
        assert word not in raw, word
    assert codes(check_trail(raw.encode(), keys(station))) == []
    assert (await desk.get(f"/desk/trail/{told}")).status_code == 404

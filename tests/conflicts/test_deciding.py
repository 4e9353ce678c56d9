"""Every decision is an edit, can be taken back with one tap, and is over what its maker had in view."""

from __future__ import annotations

import re

import pytest

from tests.conflicts.conftest import (
    case,
    cases,
    cloned_phone,
    doubled_home,
    doubled_visit,
    move_out,
    out_of_scope,
    tag_removed,
    two_numbers,
    two_tellings,
    undo,
)
from tests.desk.conftest import Desk, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


async def test_the_desk_settles_two_numbers_and_takes_it_back(
    desk: Desk, station: Station, zhao: Phone, qian: Phone
) -> None:
    await two_numbers(station, zhao, qian)
    one = await case(desk, "fact")
    assert "陈奶奶的电话该是哪个" in one.page
    assert all(each in one.page for each in ("赵敏写的", "000-0000-0001", "钱进写的", "000-0000-0007"))
    assert "还没收到钱进写的。两个人都没错" in one.page or "还没收到赵敏写的。两个人都没错" in one.page
    assert one.page.count("写时看到 还没有人写过") == 2
    answer = await one.decide(one.choices[0])
    assert answer.status_code == 303
    after = words(await desk.get(answer.headers["location"]))
    assert "定了：陈奶奶的电话是“000-0000-0001”" in after
    assert "眼下没有要您拿主意的事" in after
    await qian.exchange()
    heads = qian.row("household", station["陈奶奶"])["facts"]["phone"]
    assert [(head["value"], head["by"]) for head in heads] == [("000-0000-0001", "王站长")]
    back = await undo(desk, answer)
    assert "told=undone" in back.headers["location"]
    assert [each.key for each in await cases(desk)] == [one.key]
    await zhao.exchange()
    assert len(zhao.row("household", station["陈奶奶"])["facts"]["phone"]) == 2
    page = words(await desk.get("/desk/conflicts"))
    assert "已撤" in page
    assert await station.refolds()


async def test_a_move_is_confirmed_over_everything_that_stands(desk: Desk, station: Station, zhao: Phone) -> None:
    await move_out(station, zhao)
    one = await case(desk, "fact")
    assert "马师傅的住房情况，要改吗" in one.page
    assert "赵敏提出的" in one.page
    assert "写时看到 自住" in one.page
    answer = await one.decide(one.choices[1])
    assert await station.value(f"SELECT occupancy FROM household WHERE id = '{station['马师傅']}'") == "vacant"
    assert await cases(desk) == []
    await undo(desk, answer)
    assert await station.value(f"SELECT occupancy FROM household WHERE id = '{station['马师傅']}'") == "owner"
    assert len(await cases(desk)) == 1
    assert await station.refolds()


async def test_a_move_that_nobody_can_confirm_leaves_nothing_said(desk: Desk, station: Station, zhao: Phone) -> None:
    home = station["马师傅"]
    zhao.clock_ms = station.now_ms
    zhao.make("household.stated", {"facts": {"occupancy": "vacant"}}, entity=home)
    assert (await zhao.exchange())["outcomes"][0]["outcome"] == "contested"
    assert await station.value(f"SELECT occupancy FROM household WHERE id = '{home}'") is None
    page = words(await desk.get(f"/desk/households/{station['第三网格']}/{home}"))
    assert "赵敏说没人住了，等您定 没写 现在记的 空房 还没定" in page
    one = await case(desk, "fact")
    assert one.choices[0] == "nothing"
    assert "现在是 没写" in one.page
    answer = await one.decide("nothing")
    assert await cases(desk) == []
    await zhao.exchange()
    heads = zhao.row("household", home)["facts"]["occupancy"]
    assert [(head.get("value"), head["by"]) for head in heads] == [(None, "王站长")]
    await undo(desk, answer)
    one = await case(desk, "fact")
    await one.decide(one.choices[1])
    assert await station.value(f"SELECT occupancy FROM household WHERE id = '{home}'") == "vacant"
    assert await station.refolds()


@pytest.mark.parametrize("choice", ["keep", "remove"])
async def test_a_tag_is_kept_or_taken_away(desk: Desk, station: Station, zhao: Phone, qian: Phone, choice: str) -> None:
    person = await tag_removed(station, zhao, qian)
    one = await case(desk, "tag")
    assert "陈奶奶的“独居老人”，去掉还是留着" in one.page
    answer = await one.decide(choice)
    assert await cases(desk) == []
    await zhao.exchange()
    assert ("tags" in zhao.row("resident", person)) is (choice == "keep")
    await undo(desk, answer)
    assert [each.key for each in await cases(desk)] == [one.key]
    assert await station.refolds()


async def test_one_of_two_tellings_counts(desk: Desk, station: Station, zhao: Phone) -> None:
    visit = await two_tellings(station, zhao)
    one = await case(desk, "telling")
    assert "血压 150" in one.page
    assert "血压 160" in one.page
    for wanted in one.choices:
        answer = await one.decide(wanted)
        assert "定了：空房的走访以一种说法为准" in words(await desk.get(answer.headers["location"]))
        row = (await station.rows(f"SELECT text FROM visit WHERE id = '{visit}'"))[0]
        told = await station.rows(f"SELECT body FROM visit_revision WHERE edit = '{wanted}'")
        assert row.text in told[0].body
        await undo(desk, answer)
        one = await case(desk, "telling")
    assert await station.refolds()


async def test_what_lay_aside_counts_or_does_not(desk: Desk, station: Station) -> None:
    visit = await out_of_scope(station)
    one = await case(desk, "aside")
    assert "这一户不在写的人的网格里" in one.page
    assert "帮隔壁网格看了一眼" in one.page
    without = await one.decide("declined")
    assert "told=reason" in without.headers["location"]
    assert "要写一句为什么" in words(await desk.get(without.headers["location"]))
    answer = await one.decide("declined", words="记错门了")
    assert await cases(desk) == []
    await undo(desk, answer)
    one = await case(desk, "aside")
    answer = await one.decide("released")
    assert await station.value(f"SELECT count(*) FROM visit WHERE id = '{visit}'") == 1
    page = words(await desk.get(answer.headers["location"]))
    assert "定了：孙立写的走访算数" in page
    assert "收不回" in page
    assert await station.refolds()


async def test_a_branch_goes_in_one_go(desk: Desk, station: Station) -> None:
    written = await cloned_phone(station)
    one = await case(desk, "fork")
    assert "换机前写的" in one.page
    assert "没人应" in one.page
    answer = await one.decide("declined", words="两部手机重了")
    assert await cases(desk) == []
    assert "钱进写的走访等 2 条不算数" in words(await desk.get(answer.headers["location"]))
    await undo(desk, answer)
    one = await case(desk, "fork")
    await one.decide("released")
    assert await cases(desk) == []
    for visit in written:
        assert await station.value(f"SELECT count(*) FROM visit WHERE id = '{visit}'") == 1
    assert await station.refolds()


async def test_a_branch_that_came_by_another_way_needs_nobody(desk: Desk, station: Station) -> None:
    phone = await station.phone("钱进")
    await cloned_phone(station)
    # The same words made anew under the successor, as phones do.
    rows = await station.rows("SELECT id, body FROM journal WHERE reason = 'fork' ORDER BY position")
    for row in rows:
        body = bytes(row.body).decode()
        text = "换机前写的" if "换机前写的" in body else "又写了一条"
        said = {"household": station["马师傅"], "occurred_at_ms": station.now_ms, "mode": "door", "result": "met"}
        phone.make("visit.recorded", {**said, "text": text}, id=row.id, entity=row.id)
    await phone.exchange()
    assert [each.key for each in await cases(desk) if each.key.startswith("fork")] == []


@pytest.mark.parametrize(("kind", "verdicts"), [("visits", ("same", "different")), ("homes", ("different", "same"))])
async def test_two_that_look_alike_are_told_apart(
    desk: Desk, station: Station, zhao: Phone, qian: Phone, kind: str, verdicts: tuple[str, str]
) -> None:
    await doubled_visit(station, zhao, qian)
    await doubled_home(station)
    one = await case(desk, kind)
    assert "为什么像" in one.page
    for verdict in verdicts:
        answer = await one.decide(verdict)
        assert kind not in {each.key.split(".")[0] for each in await cases(desk)}
        assert await station.value("SELECT verdict FROM pair_verdict") == verdict
        where = {"visits": "visits", "homes": "households"}[kind]
        for href in re.findall(rf"/desk/{where}/[0-9a-f-]+/[0-9a-f-]+", one.html):
            told = words(await desk.get(href))
            assert {"visits": "一次", "homes": "一户"}[kind] in told
            assert ("同一" if verdict == "same" else "看着像") in told
        await undo(desk, answer)
        one = await case(desk, kind)
    assert await station.refolds()


async def test_what_changed_under_the_reader_decides_nothing(
    desk: Desk, leader: Desk, station: Station, zhao: Phone, qian: Phone
) -> None:
    await two_numbers(station, zhao, qian)
    one = await case(desk, "fact")
    sun = await station.phone("赵敏")
    sun.make("household.stated", {"facts": {"phone": "000-0000-0003"}}, entity=station["陈奶奶"])
    await sun.exchange()
    before = await station.journal.size()
    answer = await one.decide(one.choices[0])
    assert await station.journal.size() == before
    assert "刚才又有人写了新的，还没有定" in words(await desk.get(answer.headers["location"]))
    again = await case(desk, "fact")
    assert "000-0000-0003" in again.page
    # The leader is quicker: the master's second press finds nothing left to decide.
    await (await case(leader, "fact")).decide(again.choices[0])
    gone = await again.decide(again.choices[1])
    assert gone.status_code == 410
    assert "这件已经不用定了" in words(gone)
    stale = await desk.get(f"/desk/conflicts?open={again.key}")
    assert "那一件已经不用定了" in words(stale)


async def test_a_form_sent_twice_decides_once(desk: Desk, station: Station, zhao: Phone, qian: Phone) -> None:
    await two_numbers(station, zhao, qian)
    await doubled_home(station)
    one = await case(desk, "fact")
    answer = await one.decide(one.choices[0])
    size = await station.journal.size()
    await one.decide(one.choices[0])
    assert await station.journal.size() == size
    first = await undo(desk, answer)
    assert "told=undone" in first.headers["location"]
    second = await desk.post(f"/desk/conflicts/decisions/{one.form['edit']}/undoing", {})
    assert "told=settled" in second.headers["location"]


async def test_what_is_no_choice_changes_nothing(desk: Desk, station: Station, zhao: Phone, qian: Phone) -> None:
    await two_numbers(station, zhao, qian)
    one = await case(desk, "fact")
    before = await station.journal.size()
    for choice in ("", "keep", "00000000-0000-7000-8000-000000000000"):
        assert (await one.decide(choice)).status_code == 400
    assert await station.journal.size() == before


async def test_a_leader_decides_and_the_master_takes_it_back(
    desk: Desk, leader: Desk, station: Station, zhao: Phone
) -> None:
    await move_out(station, zhao)
    one = await case(leader, "fact")
    answer = await one.decide(one.choices[1])
    page = words(await desk.get("/desk/conflicts"))
    assert "马师傅的住房情况是“空房” 李网格长" in page
    assert (await undo(desk, answer)).status_code == 303
    assert len(await cases(leader)) == 1


async def test_the_desk_may_know_better_than_both(desk: Desk, station: Station, zhao: Phone, qian: Phone) -> None:
    await two_numbers(station, zhao, qian)
    one = await case(desk, "fact")
    assert one.choices[-1] == "other"
    assert (await one.decide("other", words=" ")).status_code == 400
    answer = await one.decide("other", words="000-0000-0009")
    assert "陈奶奶的电话是“000-0000-0009”" in words(await desk.get(answer.headers["location"]))
    await zhao.exchange()
    assert [head["value"] for head in zhao.row("household", station["陈奶奶"])["facts"]["phone"]] == ["000-0000-0009"]
    await undo(desk, answer)
    assert [each.key for each in await cases(desk)] == [one.key]


@pytest.mark.parametrize(("value", "outcome"), [("3", "decided"), ("三口", "reason"), ("9999", "reason")])
async def test_a_number_of_people_is_a_number(
    desk: Desk, station: Station, zhao: Phone, qian: Phone, value: str, outcome: str
) -> None:
    for phone, people in ((zhao, 2), (qian, 4)):
        phone.clock_ms = station.now_ms
        phone.make("household.stated", {"facts": {"headcount": people}}, entity=station["陈奶奶"])
        await phone.exchange()
    answer = await (await case(desk, "fact")).decide("other", words=value)
    page = words(await desk.get(answer.headers["location"]))
    told = {"decided": "定了：陈奶奶的常住人数是“3 人”", "reason": "还没有定"}
    assert told[outcome] in page
    assert len(await cases(desk)) == (outcome != "decided")

"""What waits for a person is on the list, in plain words, and nothing else is."""

from __future__ import annotations

import re

import pytest

from server.journal import Draft
from tests.conflicts.conftest import KINDS, case, cases, doubled_home, doubled_visit, two_numbers
from tests.desk.conftest import Desk, sign_in, unnumbered, words
from tests.desk.conftest import sun as sun
from tests.desk.test_access import NOWHERE
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


async def test_one_of_each_kind_stands_on_the_list_in_one_sentence(desk: Desk, everything: Station) -> None:
    found = await cases(desk)
    assert [each.key.split(".")[0] for each in found] == ["fact", *KINDS]
    assert [each.says for each in found] == [
        "陈奶奶的电话，赵敏和钱进写得不一样",
        "马师傅的住房情况，赵敏写“空房”，等您看一眼",
        "陈奶奶，钱进提出去掉“独居老人”",
        "3-2-503 赵敏的一次走访，有 2 种说法",
        "钱进的手机送来两段经过，2 条还放着",
        "孙立写的一条走访收到了，没有生效",
        "3-2-503 同一天记了两次走访，像是同一次",
        "3-2-501 和 3-3-2-0501室 像是同一户",
    ]
    page = words(await desk.get("/desk/conflicts"))
    assert "8 件要您拿主意" in page
    assert "待定夺 8" in page
    assert await everything.refolds()


async def test_a_leader_has_the_questions_of_their_grid_alone(
    desk: Desk, leader: Desk, everything: Station, sun: Phone
) -> None:
    sun.clock_ms = everything.now_ms
    for value in ("000-0000-0011", "000-0000-0012"):
        sun.make("household.stated", {"facts": {"phone": value}}, entity=everything["吴大爷"])
    await sun.exchange()
    assert len(await cases(desk)) == 9
    theirs = await cases(leader)
    assert len(theirs) == 8
    assert "吴大爷" not in " ".join(each.says for each in theirs)
    assert "8 件" in words(await leader.get("/desk/conflicts"))


async def test_the_questions_of_another_community_look_like_what_is_not_there(
    desk: Desk, leader: Desk, everything: Station
) -> None:
    community = await everything.add("北渠社区", "community.added", {"name": "北渠社区"})
    person = {"name": "何站长", "role": "station_master", "community": community, "grids": []}
    await everything.add("何站长", "person.added", person)
    other = await sign_in(everything, "何站长")
    assert await cases(other) == []
    assert "眼下没有要您拿主意的事" in words(await other.get("/desk/conflicts"))
    answers = []
    for each in await cases(desk):
        answers += [await other.get(f"/desk/conflicts/{each.key}", piece=piece) for piece in (False, True)]
        answers.append(await other.post(f"/desk/conflicts/{each.key}/decision", {"choice": "same", "seen": ""}))
    absent = [
        await other.get(f"/desk/conflicts/fact.none.household.{NOWHERE}.phone"),
        await other.get("/desk/conflicts/x"),
    ]
    absent.append(await other.post(f"/desk/conflicts/decisions/{NOWHERE}/undoing", {}))
    assert {answer.status_code for answer in (*answers, *absent)} == {404}
    pieces = {unnumbered(answer.text) for answer in answers if "<html" not in answer.text}
    assert len(pieces) == 1
    assert len({unnumbered(answer.text) for answer in (*answers, *absent)} - pieces) == 1


async def test_a_decision_of_another_grid_is_not_to_be_taken_back(
    desk: Desk, leader: Desk, station: Station, sun: Phone
) -> None:
    sun.clock_ms = station.now_ms
    for value in ("000-0000-0011", "000-0000-0012"):
        sun.make("household.stated", {"facts": {"phone": value}}, entity=station["吴大爷"])
    await sun.exchange()
    one = await case(desk, "fact")
    await one.decide(one.choices[0])
    path = f"/desk/conflicts/decisions/{one.form['edit']}/undoing"
    assert (await leader.post(path, {})).status_code == 404
    assert "吴大爷" not in (await leader.get("/desk/conflicts")).text
    assert (await desk.post(path, {})).status_code == 303


@pytest.mark.parametrize("role", ["grid_worker", "admin"])
async def test_who_decides_nothing_finds_no_such_desk(station: Station, role: str) -> None:
    person = {"name": "何某", "role": role, "community": station["community"], "grids": [station["第三网格"]]}
    await station.add("何某", "person.added", person)
    theirs = await sign_in(station, "何某")
    for path in ("/desk/conflicts", "/desk/conflicts/count", "/desk/conflicts/x"):
        assert (await theirs.get(path)).status_code == 404
    if role == "admin":
        assert "待定夺" not in (await theirs.get("/desk/visits")).text


async def test_the_count_follows_in_every_page(desk: Desk, station: Station, zhao: Phone, qian: Phone) -> None:
    assert 'id="waiting"></span>' in (await desk.get("/desk/visits")).text
    await two_numbers(station, zhao, qian)
    assert 'id="waiting">1</span>' in (await desk.get("/desk/boards")).text
    piece = await desk.get("/desk/conflicts/count", piece=True)
    assert 'id="waiting">1</span>' in piece.text
    assert (await cases(desk))[0].key in piece.text


async def test_what_was_decided_elsewhere_or_thought_better_of_is_gone(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    home = station["马师傅"]
    lived = zhao.make("household.stated", {"facts": {"occupancy": "owner"}}, entity=home)
    over = {"occupancy": [lived.header.id]}
    empty = zhao.make("household.stated", {"facts": {"occupancy": "vacant"}}, entity=home, over=over)
    await zhao.exchange()
    assert len(await cases(desk)) == 1
    zhao.make("household.undone", {"field": "occupancy", "edit": empty.header.id}, entity=home)
    await zhao.exchange()
    assert await cases(desk) == []


async def test_what_lies_aside_under_no_known_grid_is_the_station_masters(
    desk: Desk, leader: Desk, station: Station, zhao: Phone
) -> None:
    zhao.make("visit.recorded", {"household": station["陈奶奶"], "text": "写错网格"}, grid=NOWHERE)
    zhao.make("patrol.walked", {"steps": 3})
    await zhao.exchange()
    assert [each.key.split(".")[1] for each in await cases(desk)] == [NOWHERE, station["第三网格"]]
    assert len(await cases(leader)) == 1
    one = await case(leader, "aside")
    assert "服务器还不认得这种记录" in one.page
    answer = await one.decide("released")
    assert "没有定成，什么也没少。服务器还不认得这种记录" in words(await leader.get(answer.headers["location"]))
    assert len(await cases(leader)) == 1


async def test_everything_is_said_in_english_too(desk: Desk, everything: Station) -> None:
    page = words(await desk.get("/desk/conflicts", lang="en"))
    assert "8 things wait for your word" in page
    for each in await cases(desk):
        one = await desk.get(f"/desk/conflicts/{each.key}", piece=True, lang="en")
        assert not re.search("[，。？“](?!陈)", words(one).replace("“", "")), words(one)
    assert "大爷" not in page


async def test_a_hostile_word_stays_a_word(desk: Desk, station: Station, zhao: Phone, qian: Phone) -> None:
    for phone, value in ((zhao, "<script>alert(1)</script>"), (qian, '"><b onclick=x>')):
        phone.clock_ms = station.now_ms
        phone.make("household.stated", {"facts": {"note": value}}, entity=station["陈奶奶"])
        await phone.exchange()
    zhao.make("visit.recorded", {"household": 7, "text": {"a": "<i>"}, "asks": ["<u>"], "facts": [1]})
    zhao.make("household.stated", {"facts": {"phone": ["<u>"], "<i>": 1}}, entity=station["陈奶奶"])
    zhao.make("resident.tagged", {"add": [{"<i>": 1}], "remove": "x"}, entity=station["陈奶奶"])
    await zhao.exchange()
    for each in await cases(desk):
        one = await each.open()
        assert not re.search("<(script|b|i|u)[ >]", one.html)


async def test_a_verdict_goes_along_when_the_building_moves(desk: Desk, station: Station) -> None:
    await doubled_home(station)
    await (await case(desk, "homes")).decide("different")
    moved = Draft("building.moved", station["3幢"], station["第三网格"], station["master"], {"to": station["第四网格"]})
    (receipt,) = await station.journal.commit([moved])
    assert receipt.outcome == "accepted"
    assert await cases(desk) == []
    page = words(await desk.get(f"/desk/households/{station['第四网格']}/{station['陈奶奶']}"))
    assert "看着像，其实是另一户" in page
    assert await station.refolds()


async def test_what_was_found_alike_is_found_anew_where_something_changed(
    desk: Desk, station: Station, zhao: Phone, qian: Phone
) -> None:
    assert await cases(desk) == []
    await doubled_visit(station, zhao, qian)
    assert [each.key.split(".")[0] for each in await cases(desk)] == ["visits"]
    await doubled_home(station)
    assert [each.key.split(".")[0] for each in await cases(desk)] == ["visits", "homes"]

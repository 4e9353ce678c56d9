"""Grids are redrawn: what is decided, taken back and waits is for whoever looks after the place now."""

from __future__ import annotations

import pytest
from uuid_utils import uuid7

from server.journal import Draft
from tests.conflicts.conftest import case, cases, out_of_scope, two_numbers, undo
from tests.desk.conftest import Desk, sign_in, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio
NUMBER = "000-0000-0001"


@pytest.fixture
async def zhou(station: Station) -> Desk:
    """The desk of the leader of the fourth grid (周网格长)."""
    body = {
        "name": "周网格长",
        "role": "grid_leader",
        "community": station["community"],
        "grids": [station["第四网格"]],
    }
    await station.add("周网格长", "person.added", body)
    return await sign_in(station, "周网格长")


async def hand_over(station: Station) -> None:
    """3幢 goes from the third grid to the fourth."""
    body = {"to": station["第四网格"]}
    draft = Draft("building.moved", station["3幢"], station["第三网格"], station["master"], body, id=str(uuid7()))
    assert [receipt.outcome for receipt in await station.journal.commit([draft])] == ["accepted"]


async def test_a_decision_goes_with_the_home_it_was_about(
    desk: Desk, leader: Desk, zhou: Desk, station: Station, zhao: Phone, qian: Phone
) -> None:
    await two_numbers(station, zhao, qian)
    one = await case(desk, "fact")
    answer = await one.decide(one.choices[0])
    path = f"/desk/conflicts/decisions/{one.form['edit']}/undoing"
    assert NUMBER in words(await leader.get("/desk/conflicts"))
    await hand_over(station)
    assert NUMBER not in words(await leader.get("/desk/conflicts")), "no home of theirs any more"
    assert (await leader.post(path, {})).status_code == 404
    assert f"陈奶奶的电话是“{NUMBER}”" in words(await zhou.get("/desk/conflicts"))
    await undo(zhou, answer)
    page = words(await zhou.get("/desk/conflicts"))
    assert "已撤" in page
    assert (await zhou.post(path, {})).headers["location"].endswith("told=settled")
    assert len(await cases(zhou)) == 1
    assert await cases(leader) == []
    assert await station.refolds()


async def test_what_was_set_aside_waits_where_its_home_is_now(
    leader: Desk, zhou: Desk, station: Station, zhao: Phone
) -> None:
    visit = await out_of_scope(station)
    assert len(await cases(leader)) == 1
    await hand_over(station)
    assert await cases(leader) == []
    one = await case(zhou, "aside")
    answer = await one.decide("declined", words="记错门了")
    assert "孙立写的走访不算数" in words(await zhou.get(answer.headers["location"]))
    assert "孙立" not in words(await leader.get("/desk/conflicts"))
    await undo(zhou, answer)
    await (await case(zhou, "aside")).decide("released")
    assert await station.value(f"SELECT grid FROM visit WHERE id = '{visit}'") == station["第四网格"]
    assert "孙立" not in words(await leader.get("/desk/conflicts"))
    assert await station.refolds()


async def test_who_led_the_grid_before_decides_there_no_more(station: Station, zhao: Phone) -> None:
    body = {
        "name": "郑网格长",
        "role": "grid_leader",
        "community": station["community"],
        "grids": [station["第三网格"]],
    }
    await station.add("郑网格长", "person.added", body)
    zheng = await station.phone("郑网格长")
    empty = {"facts": {"occupancy": "vacant"}}
    zheng.make("household.stated", empty, entity=station["马师傅"])
    assert (await zheng.exchange())["outcomes"][0]["outcome"] == "accepted"
    zheng.make("household.stated", empty, entity=station["空房"])
    await hand_over(station)
    assert (await zheng.exchange())["outcomes"][0]["outcome"] == "contested"
    assert await station.refolds()


async def test_who_leads_no_grid_any_more_decided_while_they_did(station: Station) -> None:
    body = {
        "name": "郑网格长",
        "role": "grid_leader",
        "community": station["community"],
        "grids": [station["第三网格"]],
    }
    await station.add("郑网格长", "person.added", body)
    zheng = await station.phone("郑网格长")
    await zheng.exchange()
    zheng.make("household.stated", {"facts": {"occupancy": "vacant"}}, entity=station["马师傅"])
    handed = Draft("person.assigned", station["郑网格长"], None, station["master"], {"grids": []}, id=str(uuid7()))
    await station.journal.commit([handed])
    assert (await zheng.exchange())["outcomes"][0]["outcome"] == "accepted"
    assert await station.refolds()

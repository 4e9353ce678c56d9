"""What a worker may only propose stands beside what it would replace, and the desk says whom it waits for."""

from __future__ import annotations

import pytest

from tests.desk.conftest import DAY_MS, Desk, sign_in, visit, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


def at(station: Station, home: str) -> str:
    """A household's page."""
    return f"/desk/households/{station['第三网格']}/{station[home]}"


async def state(phone: Phone, station: Station, home: str, facts: dict[str, object], over: list[str]) -> str:
    """A worker states something of a household now, over what they had in view; returns the edit's id."""
    phone.clock_ms = station.now_ms
    (field,) = facts
    edit = phone.make("household.stated", {"facts": facts}, entity=station[home], over={field: over})
    await phone.exchange()
    return edit.header.id


async def test_a_home_said_to_stand_empty_waits_for_a_leader(desk: Desk, station: Station, zhao: Phone) -> None:
    lived_in = await state(await station.phone("钱进"), station, "马师傅", {"occupancy": "owner"}, [])
    await state(zhao, station, "马师傅", {"occupancy": "vacant"}, [lived_in])
    page = words(await desk.get(at(station, "马师傅")))
    assert "赵敏说没人住了，等您定" in page
    assert "自住 现在记的 钱进，11月20日 10:44" in page
    assert "空房 还没定 赵敏，11月20日 10:44 写的时候看到的是： 自住 （钱进）" in page
    assert "改了资料 还没定" in page, "the history does not claim that it holds"
    english = words(await desk.get(at(station, "马师傅"), lang="en"))
    assert "赵敏 says nobody lives here any more, for you to decide" in english
    assert "Had seen: Owner lives here (钱进)" in english


async def test_who_looks_after_the_machine_reads_of_nobody(station: Station, zhao: Phone) -> None:
    lived_in = await state(zhao, station, "马师傅", {"occupancy": "owner"}, [])
    await state(zhao, station, "马师傅", {"occupancy": "vacant"}, [lived_in])
    keeper = {"name": "管机器的", "role": "admin", "community": station["community"], "grids": []}
    await station.add("管机器的", "person.added", keeper)
    admin = await sign_in(station, "管机器的")
    assert (await admin.get(at(station, "马师傅"))).status_code == 404
    assert (await admin.get("/desk")).headers["location"] == "/desk/people"


async def test_a_leaders_word_holds_at_once(desk: Desk, station: Station, zhao: Phone) -> None:
    lived_in = await state(zhao, station, "马师傅", {"occupancy": "owner"}, [])
    await state(await station.phone("李网格长"), station, "马师傅", {"occupancy": "vacant"}, [lived_in])
    page = words(await desk.get(at(station, "马师傅")))
    assert "等您定" not in page
    assert "还没定" not in page
    assert "房子 空房 李网格长" in page


async def test_somebody_moved_out_or_dead_is_shown_as_living_there_until_decided(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    zhao.clock_ms = station.now_ms
    facts = {"name": "陈奶奶", "lives_here": True, "deceased": False}
    who = zhao.make("resident.added", {"household": station["陈奶奶"], "facts": facts, "tags": []}).header.id
    gone = {"lives_here": False, "deceased": True}
    over = {"lives_here": [who], "deceased": [who]}
    asked = zhao.make("resident.stated", {"facts": gone}, entity=who, over=over).header.id
    await zhao.exchange()
    page = words(await desk.get(at(station, "陈奶奶")))
    assert "赵敏说已搬走，等您定" in page
    assert "赵敏说已去世，等您定" in page
    assert page.index("赵敏说已搬走") < page.index("不同住"), "the line of the person still says what stands"
    leader = await station.phone("李网格长")
    leader.clock_ms = station.now_ms
    leader.make("resident.stated", {"facts": {"deceased": True}}, entity=who, over={"deceased": [who, asked]})
    await leader.exchange()
    assert "，已去世" in words(await desk.get(at(station, "陈奶奶")))


async def test_a_tag_is_kept_until_its_removal_is_decided(desk: Desk, station: Station, zhao: Phone) -> None:
    qian = await station.phone("钱进")
    qian.clock_ms = zhao.clock_ms = station.now_ms
    who = {"household": station["陈奶奶"], "facts": {"name": "陈奶奶"}, "tags": ["elder_alone"]}
    chen = qian.make("resident.added", who).header.id
    await qian.exchange()
    body = {"add": [], "remove": ["elder_alone"]}
    over = {"tag:elder_alone": [chen]}
    zhao.make("resident.tagged", body, entity=chen, over=over)
    await zhao.exchange()
    page = await desk.get(at(station, "陈奶奶"))
    assert "独居老人" in words(page)
    assert "赵敏说不再是独居老人，等您定 赵敏，11月20日 10:44" in words(page)


async def test_two_who_could_not_see_each_other_are_said_to(desk: Desk, station: Station, zhao: Phone) -> None:
    qian = await station.phone("钱进")
    await state(zhao, station, "陈奶奶", {"headcount": 2}, [])
    await state(qian, station, "陈奶奶", {"headcount": 3}, [])
    page = words(await desk.get(at(station, "陈奶奶")))
    assert "常住有 2 种写法，都留着" in page
    assert "写的时候没看到钱进写的" in page
    assert "写的时候没看到赵敏写的" in page


async def test_what_was_seen_is_shown_as_typed(desk: Desk, station: Station, zhao: Phone) -> None:
    first = await state(zhao, station, "陈奶奶", {"note": "A & <b>B</b>"}, [])
    qian = await station.phone("钱进")
    await state(qian, station, "陈奶奶", {"note": "狗凶"}, [])
    await state(zhao, station, "陈奶奶", {"note": "狗不凶"}, [first])
    page = await desk.get(at(station, "陈奶奶"))
    assert "<bdi>A &amp; &lt;b&gt;B&lt;/b&gt;</bdi>（赵敏）" in page.text


@pytest.mark.parametrize(
    ("on", "told"),
    [("2026-11-19", "约好 11月19日，过了"), ("2026-11-20", "约好今天再去"), ("2026-11-27", "约好 11月27日再去")],
)
async def test_a_promise_that_passed_is_marked(desk: Desk, station: Station, zhao: Phone, on: str, told: str) -> None:
    await visit(zhao, station, "陈奶奶", ago_ms=3 * DAY_MS, follow_up_on=on)
    assert told in words(await desk.get(at(station, "陈奶奶")))

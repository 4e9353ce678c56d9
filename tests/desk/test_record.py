"""Who looked is written down, and a household's record can be printed for whoever lives there."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from tests.desk.conftest import MINUTE_MS, Desk, sign_in, visit, words
from tests.desk.test_restricted import resident, switched_on, tagged
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


async def looks(station: Station) -> list[tuple[Any, ...]]:
    """Every line there is, the earliest first, those still waiting included."""
    await station.app.state.looked.write()
    rows = await station.rows("SELECT by_name, role, what, household, searched FROM access_record ORDER BY id")
    return [tuple(row) for row in rows]


def home_at(station: Station) -> str:
    return f"/desk/households/{station['第三网格']}/{station['陈奶奶']}"


async def test_every_opening_at_the_desk_leaves_a_line(desk: Desk, leader: Desk, station: Station, zhao: Phone) -> None:
    seen = await visit(zhao, station, "陈奶奶")
    chen = station["陈奶奶"]
    await desk.get("/desk/visits")
    await desk.get("/desk/boards")
    assert await looks(station) == [], "a list is nobody's page"
    await desk.get(home_at(station))
    await leader.get(f"/desk/visits/{station['第三网格']}/{seen}", piece=True)
    await desk.get(f"/desk/visits?q=陈&open={station['第三网格']}.{seen}", piece=True)
    assert await looks(station) == [
        ("王站长", "station_master", "household", chen, False),
        ("李网格长", "grid_leader", "visit", chen, False),
        ("王站长", "station_master", "visit", chen, True),
    ]
    assert (await desk.get(home_at(station).replace(chen, station["吴大爷"]))).status_code == 404
    assert len(await looks(station)) == 3, "what was not shown was not looked at"


async def test_lines_wait_while_the_database_does_not_take_them(
    desk: Desk, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with station.db.writing() as db:
        await db.execute(text("ALTER TABLE access_record RENAME TO elsewhere"))
    shown = await desk.get(home_at(station))
    assert shown.status_code == 200, "the page does not wait for its line"
    with pytest.raises(Exception, match="access_record"):
        await station.app.state.looked.write()
    async with station.db.writing() as db:
        await db.execute(text("ALTER TABLE elsewhere RENAME TO access_record"))
    assert [line[2] for line in await looks(station)] == ["household"]


async def opened(desk: Desk, station: Station, **said: str) -> str:
    answer = await desk.post(f"{home_at(station)}/record", {"why": "asked_by_resident", **said})
    assert answer.status_code == 303, words(answer)
    return str(answer.headers["location"])


async def test_a_record_says_what_is_kept_who_said_it_who_came_and_who_looked(
    desk: Desk, leader: Desk, station: Station, zhao: Phone
) -> None:
    await resident(station)
    zhao.make("household.stated", {"facts": {"phone": "000-0000-0009"}}, entity=station["陈奶奶"])
    await visit(zhao, station, "陈奶奶", text="腿好些了")
    await leader.get(home_at(station))
    assert (await desk.post(f"{home_at(station)}/record", {"why": "other"})).status_code == 422
    await station.app.state.looked.write()
    page = words(await desk.get(await opened(desk, station, words="陈女士来问")))
    for told in (
        "本户档案",
        "000-0000-0009",
        "赵敏",
        "腿好些了",
        "陈女士",
        "残疾人",
        "李网格长",
        "网格长",
        "这份档案",
        "陈女士来问",
    ):
        assert told in page, told
    assert "受限标签" not in page


async def test_a_record_bears_restricted_tags_only_when_they_were_asked_for(desk: Desk, station: Station) -> None:
    who = await resident(station)
    await switched_on(desk)
    await tagged(desk, station, who, "community_correction")
    without = words(await desk.get(await opened(desk, station)))
    assert "社区矫正" not in without
    looked = await station.value("SELECT count(*) FROM journal WHERE kind = 'restricted.viewed'")
    within = await opened(desk, station, restricted="yes")
    assert await station.value("SELECT count(*) FROM journal WHERE kind = 'restricted.viewed'") == looked + 1
    assert "社区矫正" in words(await desk.get(within))
    station.now_ms += 6 * MINUTE_MS
    assert "社区矫正" not in words(await desk.get(within)), "a look does not last as long as the record"


async def test_a_record_is_open_to_whoever_opened_it_for_a_quarter_of_an_hour(
    desk: Desk, leader: Desk, station: Station
) -> None:
    place = await opened(desk, station)
    assert (await desk.get(place)).headers["cache-control"] == "no-store"
    assert (await leader.get(place)).status_code == 303
    await station.add(
        "周管理", "person.added", {"name": "周管理", "role": "admin", "community": station["community"], "grids": []}
    )
    admin = await sign_in(station, "周管理")
    assert (await admin.get(f"{home_at(station)}/record")).status_code == 404
    station.now_ms += 16 * MINUTE_MS
    assert (await desk.get(place)).headers["location"] == f"{home_at(station)}/record?over=1"


async def test_words_for_the_station_are_read_by_its_leaders_and_by_nobody_else(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    seen = await visit(
        zhao, station, "陈奶奶", text="家里有难处", who_met="女儿", asks={"need": "钱不够"}, private=True
    )
    await station.add(
        "周管理", "person.added", {"name": "周管理", "role": "admin", "community": station["community"], "grids": []}
    )
    admin = await sign_in(station, "周管理")
    row = zhao.rows["visit", seen]["row"]
    assert row["private"] is True
    assert not row.keys() & {"text", "asks", "who_met", "blobs"}
    feed = b"".join(bytes(each.data) for each in await station.rows("SELECT data FROM feed")).decode()
    pages = ("/desk/visits", home_at(station), f"/desk/visits/{station['第三网格']}/{seen}")
    for told in ("家里有难处", "女儿", "钱不够"):
        assert told not in feed
        for page in pages[1:]:
            assert told in words(await desk.get(page))
        for page in pages:
            assert told not in words(await admin.get(page))
    assert "没有这样的走访" in words(await desk.get("/desk/visits?q=难处")), "no search finds them"
    field = await sign_in(station, "赵敏")
    for page in (f"/field/visits/{seen}", f"/field/households/{station['陈奶奶']}", "/field/outbox"):
        shown = await field.get(page)
        assert shown.status_code == 200
        assert "家里有难处" not in shown.text
        assert "钱不够" not in shown.text
    assert await station.refolds()

"""One door told by several columns: the building's column is believed, and nothing is made of a dash."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.imports.addresses import Address
from server.imports.columns import Unread, joined
from tests.imports.community import Station, csv

AUNTIE_CHEN = ("3幢", "2", 5, "501")


def place(address: Address | Unread) -> tuple[str, str, int | None, str]:
    assert isinstance(address, Address), address
    return (address.building, address.entrance, address.floor, address.room)


def why(address: Address | Unread) -> str:
    assert isinstance(address, Unread), address
    return address.code


def test_columns_and_one_column_addresses_say_the_same() -> None:
    assert place(joined(building="3号楼", entrance="二单元", room=501.0)) == AUNTIE_CHEN
    assert place(joined(building=3.0, entrance=2.0, room="501室", floor="5层")) == AUNTIE_CHEN
    assert place(joined(building="3幢2单元", room="501")) == AUNTIE_CHEN
    assert place(joined(building="3-2", room="501室(租)")) == AUNTIE_CHEN
    assert place(joined(room="3-2-501")) == AUNTIE_CHEN
    assert place(joined(address="3幢2单元501", building="", entrance=None)) == AUNTIE_CHEN


def test_a_column_of_its_own_beats_the_address() -> None:
    assert place(joined(address="3幢2单元501", entrance="1单元")) == ("3幢", "1", 5, "501")


@pytest.mark.parametrize(
    "room", ["2-501", "2－501室", "2/501", "2 501", "2单元501", "3-2-501", "3幢2单元501", "二单元5楼501"]
)
@pytest.mark.parametrize("entrance", [None, "2", "2单元"])
def test_beside_a_building_a_dash_is_an_entrance_and_a_room(room: str, entrance: str | None) -> None:
    assert place(joined(building="3幢", entrance=entrance, room=room)) == AUNTIE_CHEN
    assert place(joined(address="3幢", entrance=entrance, room=room)) == AUNTIE_CHEN


def test_the_entrance_column_may_hold_the_room_as_well() -> None:
    assert place(joined(building="3幢", entrance="2-501")) == AUNTIE_CHEN
    assert place(joined(building="3幢", entrance="2-501", room="501")) == AUNTIE_CHEN


def test_a_courtyards_number_is_not_the_buildings() -> None:
    address = joined(building="晨光里2号院3幢", room="1-101")
    assert place(address) == ("3幢", "1", 1, "101")
    assert isinstance(address, Address)
    assert address.quarters == "晨光里2号院"


@pytest.mark.parametrize(
    ("building", "entrance", "room", "expected"),
    [
        ("3幢", "2", "A-02", ("3幢", "2", None, "A-02")),
        ("3幢", "2", "B1-02", ("3幢", "2", -1, "B1-02")),
        ("9栋", "甲", "A-02", ("9幢", "甲", None, "A-02")),
        ("3幢", "2", "5-01", ("3幢", "2", None, "5-01")),
        ("3幢", "A", "A-501", ("3幢", "A", 5, "501")),
        ("3幢", None, "A-501", ("3幢", "", 5, "A-501")),
        ("3幢", "2", "501-1", ("3幢", "2", 5, "501-1")),
        ("3幢", None, "5楼501", ("3幢", "", 5, "501")),
        ("3幢", None, "门面3", ("3幢", "", None, "门面3")),
        ("桥头巷", None, "桥头巷17号", ("平房", "", 1, "17")),
    ],
)
def test_letters_and_parts_of_rooms_belong_to_the_room(
    building: str, entrance: str | None, room: str, expected: tuple[str, str, int | None, str]
) -> None:
    assert place(joined(building=building, entrance=entrance, room=room)) == expected


@pytest.mark.parametrize(
    ("building", "entrance", "room"),
    [
        ("3幢", "2", "3-501"),
        ("3幢", "2", "1单元501"),
        ("3幢2单元", None, "3-501"),
        ("3幢2单元", "1单元", "501"),
        ("4幢", None, "3-2-501"),
        ("4幢", None, "3幢2单元501"),
        ("4幢", "3幢2单元", "501"),
        (None, "2", "3-501"),
    ],
)
def test_columns_that_name_different_places_name_none(building: str | None, entrance: str | None, room: str) -> None:
    assert why(joined(building=building, entrance=entrance, room=room)) == "parts_differ"


@pytest.mark.parametrize(
    "room", ["501、502", "501/502", "501 502", "501-502", "501和502", "501室、502室", "2-501、502"]
)
def test_two_rooms_in_one_cell_are_asked_about(room: str) -> None:
    assert why(joined(building="3幢", entrance="2", room=room)) == "two_rooms"
    assert why(joined(building="3幢", room=room)) == "two_rooms"
    assert why(joined(building=f"3幢2单元{room}")) == "two_rooms"


@pytest.mark.parametrize("building", ["5-6幢", "1-3号楼"])
def test_two_buildings_in_one_cell_are_none(building: str) -> None:
    assert why(joined(building=building, room="501")) == "address"


CELL = st.text(alphabet="0123456789-/、. AB甲单元幢楼室号负排", max_size=10)


@given(st.integers(1, 40), st.sampled_from(["{}幢", "{}号楼", "{}"]), st.sampled_from([None, "2", "甲单元"]), CELL)
def test_no_room_cell_ever_moves_a_home_to_another_building(
    number: int, building: str, entrance: str | None, room: str
) -> None:
    told = joined(building=building.format(number), entrance=entrance, room=room)
    assert isinstance(told, Unread) or told.building == f"{number}幢"
    if isinstance(told, Address) and entrance:
        assert told.entrance == entrance.removesuffix("单元")


@pytest.mark.anyio
async def test_a_station_that_writes_entrance_and_room_in_one_column(station: Station) -> None:
    rows = (
        "槐安小区,5幢,2-501,陈奶奶",
        "槐安小区,5幢,3-402,马师傅",
        "槐安小区,5幢,1-101,吴大爷",
        "槐安小区,5幢,1-102、103,孙家",
    )
    plan = await station.bring_in(csv("小区,楼栋,房号,户主", *rows))
    assert [row["name"] for row in await station.rows("building")] == ["5幢"]
    doors = {(row["entrance"], row["room"], row["contact"]) for row in await station.rows("household")}
    assert doors == {("2", "501", "陈奶奶"), ("3", "402", "马师傅"), ("1", "101", "吴大爷")}
    assert [(remark.code, remark.row) for remark in plan.report.remarks if remark.level == "problem"] == [
        ("two_rooms", 5)
    ]
    again = await station.plan(
        csv("小区,楼栋,单元,房号,户主", "槐安小区,5幢,2,2-501,陈奶奶", "槐安小区,5幢,2,3-402,马师傅")
    )
    assert again.drafts == []
    assert [(remark.code, remark.row) for remark in again.report.remarks] == [("parts_differ", 3)]

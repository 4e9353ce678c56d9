"""One home, however a station writes it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.imports.addresses import Address, building_key, grid_key, parse
from server.imports.columns import Unread, joined

AUNTIE_CHEN = ("3幢", "2", 5, "501")


def place(address: Address | Unread | None) -> tuple[str, str, int | None, str]:
    assert isinstance(address, Address), address
    return (address.building, address.entrance, address.floor, address.room)


@pytest.mark.parametrize(
    "written",
    [
        "3幢2单元501",
        "3-2-501",
        "3—2—501",
        "3/2/501",
        "3.2.501",
        "3号楼2单元501室",
        "３幢２单元５０１",
        "三幢二单元五零一",
        "三栋二单元五〇一室",
        "3#2单元501",
        "3#2-501",
        "3幢 2-501 号",
        "3幢2单元5层501",
        "3号楼2门501户",
        "榆桥社区第三网格 3幢2单元501",
        "3幢2单元501(租)",
    ],
)
def test_auntie_chens_door_is_found_however_it_is_written(written: str) -> None:
    assert place(parse(written)) == AUNTIE_CHEN


def test_what_stands_before_the_building_is_kept_apart() -> None:
    address = parse("澄湾区榆桥街道榆桥社区第三网格晨光里2号院3幢2单元501")
    assert place(address) == AUNTIE_CHEN
    assert address
    assert (address.grid, address.quarters) == ("3", "晨光里2号院")


@pytest.mark.parametrize(
    ("written", "kind", "block", "expected"),
    [
        ("桥头巷17号", "bungalow", "bungalows", ("平房", "", 1, "17")),
        ("平房十二号", "bungalow", "bungalows", ("平房", "", 1, "12")),
        ("第二排5号", "bungalow", "bungalows", ("平房", "", 1, "2排5")),
        ("门面3号", "shop", "shops", ("", "", None, "门面3")),
        ("3幢商铺2", "shop", "block", ("3幢", "", None, "商铺2")),
        ("3幢1单元负一层3号", "basement", "block", ("3幢", "1", -1, "负1-3")),
        ("3幢2单元地下室2", "basement", "block", ("3幢", "2", -1, "地下室2")),
        ("3幢501", "home", "block", ("3幢", "", 5, "501")),
        ("A座1203", "home", "block", ("A座", "", 12, "1203")),
        ("西楼301", "home", "block", ("西楼", "", 3, "301")),
        ("5幢东单元101", "home", "block", ("5幢", "东", 1, "101")),
    ],
)
def test_shops_basements_and_bungalows(
    written: str, kind: str, block: str, expected: tuple[str, str, int | None, str]
) -> None:
    address = parse(written)
    assert place(address) == expected
    assert address
    assert (address.kind, address.block) == (kind, block)


@pytest.mark.parametrize("written", ["楼上张家", "晨光里2号院", "3-2", "见备注", "同上", "13800000001"])
def test_words_that_name_no_door_are_not_guessed_at(written: str) -> None:
    address = joined(address=written)
    assert isinstance(address, Unread) or not address.building


@pytest.mark.parametrize(
    "written",
    [
        "槐安小区5幢2单元501、502",
        "3幢2单元501 502",
        "3幢2单元501/502",
        "3幢2单元501-502",
        "3-2-501、502",
        "501、502",
        "501/502",
        "5、6幢501",
    ],
)
def test_a_family_that_has_two_doors_is_asked_about_and_no_building_is_made_for_it(written: str) -> None:
    assert parse(written) is None
    told = joined(address=written)
    assert isinstance(told, Unread)
    assert told.code == "two_rooms"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("3幢501-1", ("3幢", "", 5, "501-1")),
        ("3幢2单元501-1", ("3幢", "2", 5, "501-1")),
        ("3幢2-501-1", ("3幢", "2", 5, "501-1")),
        ("3幢B1-02", ("3幢", "", -1, "B1-02")),
    ],
)
def test_a_part_of_a_room_is_no_room_of_its_own(written: str, expected: tuple[str, str, int | None, str]) -> None:
    assert place(parse(written)) == expected


@pytest.mark.parametrize("written", ["5-6幢501", "2单元3-501", "2026-11-20", "3幢2-3-501", "3-101-102"])
def test_what_could_be_two_places_is_none(written: str) -> None:
    assert parse(written) is None


BUILDINGS = st.sampled_from(["{}幢", "{}栋", "{}号楼", "{}#", "{} 幢"])
ENTRANCES = st.sampled_from(["{}单元", "{} 单元", "{}-"])
ROOMS = st.sampled_from(["{}", "{}室", "{}号", "{}户"])


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in text)


@given(
    st.integers(1, 40),
    st.integers(1, 9),
    st.integers(1, 33),
    st.integers(1, 12),
    BUILDINGS,
    ENTRANCES,
    ROOMS,
    st.booleans(),
    st.sampled_from(["", "槐安小区", "机修厂家属院", "晨光里2号院"]),
)
def test_any_spelling_of_a_door_is_that_door(
    building: int, entrance: int, floor: int, door: int, b: str, e: str, r: str, full: bool, quarters: str
) -> None:
    room = f"{floor}{door:02d}"
    written = quarters + b.format(building) + e.format(entrance) + r.format(room)
    address = parse(wide(written) if full else written)
    assert place(address) == (f"{building}幢", str(entrance), floor, room)
    assert address
    assert address.quarters == quarters


@given(st.integers(1, 99), st.integers(1, 9), st.integers(1, 40), st.integers(1, 20), st.sampled_from("-/.—－"))
def test_dashes_of_every_sort_part_the_same_door(
    building: int, entrance: int, floor: int, door: int, dash: str
) -> None:
    address = parse(dash.join([str(building), str(entrance), f"{floor}{door:02d}"]))
    assert place(address) == (f"{building}幢", str(entrance), floor, f"{floor}{door:02d}")


TAILS = st.text(alphabet="0123456789、/,.-~ 单元室号户幢栋楼层门A甲和(", max_size=14)


@given(
    st.integers(1, 40), BUILDINGS, TAILS, st.sampled_from(["", "槐安小区", "晨光里2号院", "澄湾区榆桥社区第三网格 "])
)
def test_an_address_that_names_its_building_is_read_as_no_other(number: int, b: str, tail: str, before: str) -> None:
    written = before + b.format(number) + tail
    for told in (parse(written), joined(address=written), joined(building=b.format(number), room=tail)):
        assert not isinstance(told, Address) or told.building == f"{number}幢", written


@given(st.text(max_size=40))
def test_no_words_break_the_reading_of_addresses(written: str) -> None:
    parse(written)
    joined(written, written, written, written, written, written)


@given(st.integers(1, 99))
def test_a_door_read_from_its_own_short_form_is_itself(building: int) -> None:
    first = parse(f"{building}号楼3单元402室")
    assert first
    assert parse(first.short()) == first


def test_buildings_and_grids_have_one_name() -> None:
    assert {building_key(name) for name in ("3幢", "3号楼", "３栋", "三幢", "3#", "03幢", "3")} == {"3"}
    assert {grid_key(name) for name in ("第三网格", "3网格", "网格3", "三", 3.0, "榆桥社区第三网格")} == {"3"}

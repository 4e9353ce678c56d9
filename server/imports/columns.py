"""One door out of several columns: 楼栋, 单元 and 房号 together, beside or instead of an address in one cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from server.imports.addresses import (
    Address,
    building_key,
    building_name,
    entrance_of,
    floor_of,
    names_building,
    parse,
    room_of,
    several_rooms,
    spelled,
)
from server.imports.words import NUMERAL, Cell, figures, key, text

_FLOOR_FIRST = re.compile(
    rf"第?(?P<floor>\d{{1,2}}|[{NUMERAL}]{{1,3}})(?:层|楼|F)-?(?P<room>[A-Z]?\d{{1,4}}[A-Z]?)(?:室|号|户)?"
)
_PARTED = re.compile(
    r"(?P<before>\d{1,2}|[A-Z]|[东中西甲乙丙丁])(?:[-/.])(?P<room>[A-Z]?\d{2,4}[A-Z]?(?:-[A-Z0-9]{1,2})?)(?:室|号|户)?"
)
_IN_THREE = re.compile(r"[A-Z]?\d{1,3}[A-Z]?[-/.](?:\d{1,2}|[A-Z])[-/.][A-Z]?\d{2,4}[A-Z]?(?:室|号|户)?")
_BLOCK_AND_ENTRANCE = re.compile(r"(\d{1,3}[A-Z]?)-(\d{1,2})")
# 楼上 and 张家 are where somebody is, not which door.
_DOOR = re.compile(rf"[\dA-Z{NUMERAL}甲乙丙丁]|[室房店铺库亭厅馆站所面]$")
_HOUSE = re.compile(rf"[\dA-Z{NUMERAL}甲乙丙丁戊己庚辛]|楼$|房|院|排|铺|面|库|厂")
_NUMBERED = re.compile(r"\d+|[A-Z]\d*|\d+[A-Z]")
_NONE = {"", "无", "-", "/"}


@dataclass(frozen=True)
class Unread:
    """No door. `code` and `args` say why, as in a remark: `address`, `two_rooms`, `parts_differ`."""

    code: str
    args: dict[str, str | int]


class _Refused(Exception):
    """The cells lead to no one door."""


def joined(
    address: Cell = None,
    quarters: Cell = None,
    building: Cell = None,
    entrance: Cell = None,
    floor: Cell = None,
    room: Cell = None,
) -> Address | Unread:
    """The door that several columns name together, or why there is none.

    A column of its own beats the same part inside a one-column address; the address fills what columns leave open.
    Beside a building, 2-501 in the room's cell is an entrance and a room. Where the room's cell or the entrance's
    names another building or entrance than its own column does, nobody knows which is meant.
    """
    cells = (address, quarters, building, entrance, floor, room)
    written = " ".join(text(cell) for cell in cells if text(cell))[:60]
    try:
        own = _of_building(building)
        whole = _with_entrance(_over(_of_address(address), own), entrance, own.entrance)
        whole = _with_room(whole, room, stated=bool(own.entrance or key(entrance) not in _NONE))
    except _Refused as why:
        return Unread(str(why), {"value": written})
    if key(quarters):
        whole = replace(whole, quarters=key(quarters))
    if key(floor):
        stated = floor_of(re.sub(r"[层楼F]$", "", key(floor)))
        whole = replace(whole, floor=stated if stated is not None else whole.floor)
        if stated is not None and stated < 0:
            whole = replace(whole, kind="basement")
    if not _DOOR.search(whole.room) or (whole.building and not _HOUSE.search(whole.building)):
        return Unread("address", {"value": written})
    return whole


def _of_address(cell: Cell) -> Address:
    if not key(cell):
        return Address()
    return parse(cell) or _refuse(cell)


def _of_building(cell: Cell) -> Address:
    if not key(cell):
        return Address()
    both = _BLOCK_AND_ENTRANCE.fullmatch(key(cell))
    if both:
        return Address(building=building_name(both[1]), entrance=figures(both[2]))
    part = parse(cell)
    if part is None and (names_building(cell) or several_rooms(cell)):
        _refuse(cell)
    return part if part and part.building else Address(building=building_name(key(cell)))


def _with_entrance(whole: Address, cell: Cell, beside: str) -> Address:
    """`beside`: the entrance that the building's column names, as in 3幢2单元."""
    if key(cell) in _NONE:
        return whole
    named = entrance_of(cell)
    if named:
        if beside and beside != named:
            raise _Refused("parts_differ")
        return replace(whole, entrance=named)
    # 2-501, with the room in the entrance's column.
    whole = _with_room(replace(whole, entrance=beside), cell, stated=bool(beside))
    return whole if whole.entrance else _refuse(cell)


def _with_room(whole: Address, cell: Cell, stated: bool) -> Address:
    """`stated`: the entrance has a column of its own, and it is filled."""
    if not key(cell):
        return whole
    if several_rooms(cell):
        raise _Refused("two_rooms")
    plain = spelled(cell)
    parted = _PARTED.fullmatch(plain)
    if parted and (whole.building or stated):
        return _parted_room(whole, plain, parted, stated)
    if not whole.building:
        part = parse(cell)
        if part is None and names_building(cell):
            _refuse(cell)
        return _agreeing(whole, part or _as_written(plain), stated)
    high = _FLOOR_FIRST.fullmatch(plain)
    if high:
        alone = _as_written(high["room"])
        return _over(whole, replace(alone, floor=floor_of(high["floor"])))
    if names_building(cell) or _IN_THREE.fullmatch(plain):
        return _agreeing(whole, parse(cell) or _refuse(cell), stated)
    part = parse(cell)
    if part and part.block == "bungalows" and not _NUMBERED.fullmatch(building_key(whole.building)):
        return _over(whole, part)
    if part and part.entrance and not part.building:
        return _agreeing(whole, part, stated)
    return _over(whole, _as_written(plain))


def _parted_room(whole: Address, plain: str, parted: re.Match[str], stated: bool) -> Address:
    """2-501 is entrance and room. A letter, and 5-01 beside an entrance, are part of what the room is called."""
    before, room = figures(parted["before"]), _as_written(parted["room"])
    same = before == whole.entrance
    if before.isdecimal() and not stated:
        return _agreeing(whole, replace(room, entrance=before), stated)
    if same and (re.match(r"[A-Z]?\d{3}", parted["room"]) or not before.isdecimal()):
        return _over(whole, room)
    if before.isdecimal() and re.match(r"[A-Z]?\d{3}", parted["room"]):
        raise _Refused("parts_differ")
    return _over(whole, _as_written(plain))


def _agreeing(whole: Address, part: Address, stated: bool) -> Address:
    """`part` laid over `whole`, unless it names another building or another entrance than a column does."""
    other = part.building and whole.building and building_key(part.building) != building_key(whole.building)
    if other or (stated and part.entrance and part.entrance != whole.entrance):
        raise _Refused("parts_differ")
    return _over(whole, part)


def _as_written(plain: str) -> Address:
    room, floor, kind = room_of(plain)
    return Address(room=room, floor=floor, kind=kind)


def _refuse(cell: Cell) -> Address:
    raise _Refused("two_rooms" if several_rooms(cell) else "address")


def _over(whole: Address, part: Address) -> Address:
    """`part` laid over `whole`, part by part, where it says anything."""
    return Address(
        grid=part.grid or whole.grid,
        quarters=part.quarters or whole.quarters,
        building=part.building or whole.building,
        entrance=part.entrance or whole.entrance,
        floor=part.floor if part.floor is not None else whole.floor,
        room=part.room or whole.room,
        kind=part.kind if part.room else whole.kind,
        block=part.block if part.room else whole.block,
    )

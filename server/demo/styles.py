"""How each grid of the demo keeps its household ledger: its columns, in its own order and under its own names."""

from __future__ import annotations

from collections.abc import Callable

from server.demo.people import Door, Dweller
from server.demo.place import Plot

Cell = str | int | None
Say = Callable[[Plot, Door, Dweller | None, bool], Cell]
WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")


def _person(name: str) -> Say:
    return lambda plot, door, person, first: getattr(person, name) or None if person else None


def _nothing(plot: Plot, door: Door, person: Dweller | None, first: bool) -> Cell:
    return None


def _of_home(say: Callable[[Plot, Door], Cell]) -> Say:
    """What a ledger says once a home, beside its first person."""
    return lambda plot, door, person, first: say(plot, door) if first else None


def _always(say: Callable[[Plot, Door], Cell]) -> Say:
    return lambda plot, door, person, first: say(plot, door)


def _caller(plot: Plot, door: Door, person: Dweller | None, first: bool) -> Cell:
    return person.name if person else (door.shop or None)


def _tags(plot: Plot, door: Door, person: Dweller | None, first: bool) -> Cell:
    return "、".join(person.tags) or None if person else None


def _count(plot: Plot, door: Door) -> Cell:
    return len(door.people) or None


def _head(plot: Plot, door: Door) -> Cell:
    return door.people[0].name if door.people else (door.shop or None)


def _block(style: str) -> Say:
    return _always(lambda plot, door: style.format(door.block) if door.block else None)


def _entrance(style: str) -> Say:
    return _always(lambda plot, door: style.format(door.entrance) if door.block else None)


def _whole(style: str) -> Say:
    """The address in one cell."""

    def say(plot: Plot, door: Door, person: Dweller | None, first: bool) -> Cell:
        if not door.block:
            return f"{plot.quarters}{door.room}" if door.room[0].isdigit() else door.room
        return style.format(q=plot.quarters, b=door.block, e=door.entrance, r=door.room)

    return say


OCCUPANCY = _of_home(lambda plot, door: door.occupancy)
MANAGED = _of_home(lambda plot, door: plot.management)
PEOPLE = (
    ("姓名", _caller),
    ("与户主关系", _person("relation")),
    ("出生年", _person("born")),
    ("联系电话", _person("phone")),
    ("人员类别", _tags),
)
ROOM = _always(lambda plot, door: int(door.room) if door.room.isdigit() else door.room)

STYLES: dict[str, tuple[tuple[str, Say], ...]] = {
    "第一网格": (
        ("楼栋", _block("{}幢")),
        ("单元", _entrance("{}单元")),
        ("门牌", ROOM),
        *PEOPLE,
        ("家庭人口", _of_home(_count)),
        ("居住情况", OCCUPANCY),
        ("物业", MANAGED),
        ("备注", _person("note")),
    ),
    "第二网格": (
        ("楼号", _block("{}号楼")),
        ("单元号", _entrance("{}")),
        ("房号", _always(lambda plot, door: f"{door.room}室")),
        *PEOPLE,
        ("人数", _of_home(_count)),
        ("人户状态", OCCUPANCY),
        ("物业情况", MANAGED),
        ("说明", _person("note")),
    ),
    "第三网格": (
        ("户主", _of_home(_head)),
        ("详细地址", _whole("{b}幢{e}单元{r}")),
        *PEOPLE,
        ("人口", _of_home(_count)),
        ("房屋性质", OCCUPANCY),
        ("是否有物业", MANAGED),
        ("性别", _nothing),
        ("备注", _person("note")),
    ),
    "第四网格": (
        ("地址", _whole("{b}-{e}-{r}")),
        *PEOPLE,
        ("居住人数", _of_home(_count)),
        ("居住状态", OCCUPANCY),
        ("物业", MANAGED),
        ("备注", _person("note")),
    ),
    "第五网格": (
        ("小区", _always(lambda plot, door: plot.quarters)),
        ("幢", _block("{}")),
        ("单元", _entrance("{}")),
        ("室", _always(lambda plot, door: door.room.translate(WIDE_DIGITS))),
        *PEOPLE,
        ("人口数", _of_home(_count)),
        ("使用性质", OCCUPANCY),
        ("物业", MANAGED),
        ("文化程度", _nothing),
        ("备注", _person("note")),
    ),
    "第六网格": (
        ("家庭住址", _whole("{q}{b}栋{e}单元{r}室")),
        *PEOPLE,
        ("家庭人数", _of_home(_count)),
        ("居住性质", OCCUPANCY),
        ("管理方式", MANAGED),
        ("备注", _person("note")),
    ),
    "第七网格": (
        ("院落", _always(lambda plot, door: plot.quarters)),
        ("楼栋号", _block("{}号楼")),
        ("单元", _entrance("{}单元")),
        ("房间号", ROOM),
        *PEOPLE,
        ("户人口", _of_home(_count)),
        ("房屋状态", OCCUPANCY),
        ("物业情况", MANAGED),
        ("备注", _person("note")),
    ),
    "第八网格": (
        ("现住址", _whole("{q}{b}号楼{e}单元{r}")),
        *PEOPLE,
        ("人口", _of_home(_count)),
        ("居住情况", OCCUPANCY),
        ("物业", MANAGED),
        ("备注", _person("note")),
    ),
}
"""Columns of each grid's ledger, in its own order and under its own names."""

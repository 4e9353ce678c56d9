"""One home, however a station writes it: 3幢2单元501, 3-2-501, ３号楼二单元五零一室, 桥头巷17号."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from server.imports.words import NUMERAL, Cell, figures, key, number

_N = rf"(?:\d+|[{NUMERAL}]+)"
_NAME = rf"(?:[A-Z]?\d+[A-Z]?|[{NUMERAL}]+|[A-Z]|[甲乙丙丁戊己庚辛东西南北])"
_BUILDING = r"(?:号楼|#楼|幢|栋|座|#|号幢|号栋|楼(?![层道上下]))"
_ENTRANCE = r"(?:单元|门洞|洞|梯|门(?!面|市|头|号|牌))"
_GRID = re.compile(rf"(?:第({_N})网格|网格({_N})(?![\d幢栋号楼座#-]|单元)|({_N})网格)")
_COMMUNITY = re.compile(r"^(?:.*[市区县镇街])?.*?(?:社区|居委会|村委会)")
_FLOOR = r"(?:-\d|负[一二三123]|地下[一二三123]?|[A-Z]?\d+|[一二三四五六七八九十]+)"

_FULL = re.compile(
    rf"^(?P<quarters>.*?)(?P<building>{_NAME}{_BUILDING})-?"
    rf"(?:(?:(?P<entrance>{_NAME}|[东中西]){_ENTRANCE}|(?P<bare>\d+)(?=-))-?)?"
    rf"(?:(?P<floor>{_FLOOR})(?:层|楼)-?)?(?P<room>.*)$"
)
_DASHED = re.compile(
    r"^(?P<quarters>|.*?[^\d\-/.、A-Z])(?P<building>[A-Z]?\d+[A-Z]?|[A-Z])[-/.、]"
    r"(?:(?P<entrance>\d+|[A-Z])[-/.、])?(?P<room>[A-Z]?\d{2,4}[A-Z]?)(?:室|号|户)?$"
)
_INNER = re.compile(
    rf"^(?P<quarters>)(?P<building>)(?:(?P<entrance>{_NAME}|[东中西]){_ENTRANCE}|(?P<bare>\d+)(?=-\d{3}))-?"
    rf"(?:(?P<floor>{_FLOOR})(?:层|楼)-?)?(?P<room>.*)$"
)
_BUNGALOW = re.compile(
    rf"^(?P<quarters>.*?(?:巷|胡同|街|路|弄|村|里|院|条))?(?P<row>平房|(?:第?{_N})排)?(?P<room>{_N})(?:号|户)?$"
)
_SHOP = re.compile(
    rf"^(?P<quarters>.*?)(?P<room>(?:沿街)?(?:商铺|门面房?|门市房?|店铺|铺面|铺)(?:第?{_N}|[A-Z]\d*)(?:号|间)?|(?:第?{_N})(?:号)?(?:商铺|门面房?|门市房?|店铺|铺面|铺))$"
)
_ASIDE = re.compile(r"\([^()]*\)")
_ROOM_END = re.compile(r"(?:号房间|号房|房间|室|号|户|房)$")
# 楼上 and 张家 are where somebody is, not which door.
_DOOR = re.compile(rf"[\dA-Z{NUMERAL}甲乙丙丁]|[室房店铺库亭厅馆站所面]$")
_HOUSE = re.compile(rf"[\dA-Z{NUMERAL}甲乙丙丁戊己庚辛]|楼$|房|院|排|铺|面|库|厂")
_SHOP_WORDS = re.compile(r"商铺|门面|门市|店|铺")
_BASEMENT_WORDS = re.compile(r"^(?:-\d|负|地下|B\d)|地下室|储藏室|车库")


@dataclass(frozen=True)
class Address:
    """Where a door is. Empty text means the ledger did not say; `building` and `room` are figures where they can be.

    `kind` is home, shop, basement or bungalow; `block` is what kind of building it lies in: block, shops, bungalows.
    """

    grid: str = ""
    quarters: str = ""
    building: str = ""
    entrance: str = ""
    floor: int | None = None
    room: str = ""
    kind: str = "home"
    block: str = "block"

    @property
    def door(self) -> tuple[str, str, str]:
        """What tells doors of one quarter apart."""
        return (building_key(self.building), self.entrance, self.room)

    def short(self) -> str:
        """As people here say it: 3幢2单元501."""
        entrance = f"{self.entrance}单元" if self.entrance else ""
        return f"{self.building}{entrance}{self.room}"


def building_key(name: str) -> str:
    """3幢, 3号楼, 3栋, ３# and 三幢 are one building: "3"."""
    plain = key(name)
    match = re.fullmatch(rf"({_NAME}){_BUILDING}?", plain)
    return figures(match[1]) if match else plain


def building_name(name: str) -> str:
    """How this installation writes a building: 3号楼 → 3幢; a name of its own stays as it is."""
    plain = key(name)
    match = re.fullmatch(rf"({_NAME})({_BUILDING})?", plain)
    if not match:
        return plain
    if match[1] in "东西南北":
        return f"{match[1]}{match[2] or '楼'}"
    return f"{figures(match[1])}{'座' if match[2] == '座' else '幢'}"


def grid_key(name: Cell) -> str:
    """第三网格, 3网格, 网格3, 三 → "3"; a grid with a name of its own keeps it."""
    plain = key(name)
    match = _GRID.search(plain)
    if match:
        return figures(match[1] or match[2] or match[3])
    alone = number(plain)
    return str(alone) if alone is not None else plain


def _floor(words: str) -> int | None:
    below = re.match(r"^(?:-|负|地下|B)([一二三123]?)", words)
    if below:
        return -(number(below[1] or "1") or 1)
    return number(words)


def room_of(words: str) -> tuple[str, int | None, str]:
    """A room as written → (room, floor, kind): 501室 → 501, 5, home; 负一层3号 → 负1-3, −1, basement."""
    plain = _ROOM_END.sub("", key(words)).strip("-")
    if _SHOP_WORDS.search(plain):
        return re.sub(rf"{_N}", lambda found: figures(found[0]), plain), None, "shop"
    if re.fullmatch(rf"[{NUMERAL}]+", plain):
        plain = figures(plain)
    if _BASEMENT_WORDS.search(plain):
        return plain, _floor(plain) if _floor(plain) in {-1, -2, -3} else -1, "basement"
    if re.fullmatch(r"0\d{3}", plain):
        plain = plain[1:]
    high = re.fullmatch(r"(\d{1,2})\d{2}[A-Z]?", plain)
    return plain, int(high[1]) or None if high else None, "home"


def _built(match: re.Match[str]) -> Address | None:
    parts = match.groupdict()
    room, floor, kind = room_of(parts["room"] or "")
    if not re.fullmatch(r"[A-Z0-9\-负地下层室商铺门面市店沿街房储藏车库间第东中西南北]*", room):
        return None
    stated = _floor(parts["floor"]) if parts.get("floor") else None
    if stated is not None and stated < 0:
        room, floor, kind = f"负{-stated}-{room}" if room else f"负{-stated}", stated, "basement"
    entrance = parts.get("entrance") or parts.get("bare") or ""
    name = building_name(parts["building"]) if parts["building"] else ""
    return Address(
        "", parts["quarters"] or "", name, figures(entrance), floor if floor is not None else stated, room, kind
    )


def parse(written: Cell) -> Address | None:
    """An address in one cell, whole or in part; None when it cannot be read as a door, a building or an entrance.

    Community and district before it are set aside, a grid's name is kept in `grid` (as `grid_key` gives it).
    """
    plain = key(written)
    if not plain:
        return None
    plain = _COMMUNITY.sub("", _ASIDE.sub("", plain))
    grid = ""
    found = _GRID.search(plain)
    if found:
        grid, plain = grid_key(found[0]), (plain[: found.start()] + plain[found.end() :]).strip("-,，")
    for pattern in (_FULL, _DASHED, _INNER):
        match = pattern.match(plain)
        if match and (address := _built(match)):
            return replace(address, grid=grid)
    match = _SHOP.match(plain)
    if match:
        room, _, _ = room_of(match["room"])
        return Address(grid, match["quarters"], "", "", None, room, "shop", "shops")
    match = _BUNGALOW.match(plain)
    if match and (match["quarters"] or match["row"]):
        row = figures((match["row"] or "平房").removesuffix("排").removeprefix("第"))
        room = figures(match["room"])
        return Address(
            grid,
            match["quarters"] or "",
            "平房",
            "",
            1,
            room if row == "平房" else f"{row}排{room}",
            "bungalow",
            "bungalows",
        )
    room, floor, kind = room_of(plain)
    if re.fullmatch(r"[A-Z]?\d+[A-Z]?|负\d-?\d*|B\d+|-\d+", room):
        return Address(grid, "", "", "", floor, room, kind)
    return None


def joined(
    address: Cell = None,
    quarters: Cell = None,
    building: Cell = None,
    entrance: Cell = None,
    floor: Cell = None,
    room: Cell = None,
) -> Address | None:
    """The door that several columns name together; None when the parts say different things or name no door.

    A column of its own beats the same part inside a one-column address; the address fills what columns leave open.
    """
    read = parse(address) if key(address) else Address()
    if read is None:
        return None
    whole: Address = read
    if key(building):
        part = parse(building) or Address()
        if not part.building:
            part = Address(building=building_name(key(building)))
        whole = _over(whole, part)
    if key(entrance):
        plain = key(entrance)
        named = re.fullmatch(rf"({_NAME}|[东中西]){_ENTRANCE}?", plain)
        if named:
            whole = replace(whole, entrance=figures(named[1]))
        elif plain not in {"无", "-", "/"}:
            within = parse(entrance)
            if within is None:
                return None
            whole = _over(whole, within)
    if key(room):
        alone = room_of(key(room))
        whole = _over(whole, parse(room) or Address(room=alone[0], floor=alone[1], kind=alone[2]))
    if key(quarters):
        whole = replace(whole, quarters=key(quarters))
    if key(floor):
        plain = re.sub(r"[层楼F]$", "", key(floor))
        stated = _floor(plain)
        whole = replace(whole, floor=stated if stated is not None else whole.floor)
        if stated is not None and stated < 0:
            whole = replace(whole, kind="basement")
    return whole if _DOOR.search(whole.room) and (not whole.building or _HOUSE.search(whole.building)) else None


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

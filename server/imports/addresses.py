"""One home, however a station writes it: 3幢2单元501, 3-2-501, ３号楼二单元五零一室, 桥头巷17号."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from server.imports.words import NUMERAL, Cell, figures, key, number, spaced

_N = rf"(?:\d+|[{NUMERAL}]+)"
_NAME = rf"(?:[A-Z]?\d+[A-Z]?|[{NUMERAL}]+|[A-Z]|[甲乙丙丁戊己庚辛东西南北])"
_BUILDING = r"(?:号楼|#楼|幢|栋|座|#|号幢|号栋|楼(?![层道上下]))"
_ENTRANCE = r"(?:单元|门洞|洞|梯|门(?!面|市|头|号|牌))"
_GRID = re.compile(rf"(?:第({_N})网格|网格({_N})(?![\d幢栋号楼座#-]|单元)|({_N})网格)")
_COMMUNITY = re.compile(r"^(?:.*[市区县镇街])?.*?(?:社区|居委会|村委会)")
_FLOOR = r"(?:-\d|负[一二三123]|地下[一二三123]?|[A-Z]?\d+|[一二三四五六七八九十]+)"

_FULL = re.compile(
    rf"^(?P<quarters>.*?)第?(?P<building>{_NAME}{_BUILDING})[-/.,]?"
    rf"(?:(?:(?P<entrance>{_NAME}|[东中西]){_ENTRANCE}|(?P<bare>\d{{1,2}})(?=[-/.][A-Z]?\d{{2}}))[-/.,]?)?"
    rf"(?:(?P<floor>{_FLOOR})(?:层|楼)-?)?(?P<room>.*)$"
)
_DASHED = re.compile(
    r"^(?P<quarters>|.*?[^\d\-/.A-Z])(?P<building>[A-Z]?\d{1,3}[A-Z]?|[A-Z])[-/.]"
    r"(?:(?P<entrance>\d{1,2}|[A-Z])[-/.])?(?P<room>[A-Z]?\d{2,4}[A-Z]?)(?:室|号|户)?$"
)
_INNER = re.compile(
    rf"^(?P<quarters>)(?P<building>)(?P<entrance>{_NAME}|[东中西]){_ENTRANCE}-?"
    rf"(?:(?P<floor>{_FLOOR})(?:层|楼)-?)?(?P<room>.*)$"
)
_NAMED = re.compile(rf"{_NAME}(?:{_BUILDING}|单元)")
_LISTED = re.compile(r"\d[-/.、,;&+和与及至]+$")
_SEVERAL = re.compile(
    r"(?<!\d)\d{3,4}[A-Z]?(?:室|号|户)?(?:/|[-.](?=\d{3}))[A-Z]?\d"
    r"|\d[A-Z]?(?:室|号|户)?[、,;&+和与及至]+[A-Z]?\d"
)
_FIGURED_ROOM = re.compile(r"(?:[A-Z]\d?-)?[A-Z]?\d{1,5}[A-Z]?(?:-[A-Z0-9]{1,2})?|[A-Z]|")
_BUNGALOW = re.compile(
    rf"^(?P<quarters>.*?(?:巷|胡同|街|路|弄|村|里|院|条))?(?P<row>平房|(?:第?{_N})排)?(?P<room>{_N})(?:号|户)?$"
)
_SHOP = re.compile(
    rf"^(?P<quarters>.*?)(?P<room>(?:沿街)?(?:商铺|门面房?|门市房?|店铺|铺面|铺)(?:第?{_N}|[A-Z]\d*)(?:号|间)?|(?:第?{_N})(?:号)?(?:商铺|门面房?|门市房?|店铺|铺面|铺))$"
)
_ASIDE = re.compile(r"\([^()]*\)")
_ROOM_END = re.compile(r"(?:号房间|号房|房间|室|号|户|房)$")
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


def floor_of(words: str) -> int | None:
    """5 and 五 → 5; 负一, 地下 and B1 → −1; None when it is no floor."""
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
        return plain, floor_of(plain) if floor_of(plain) in {-1, -2, -3} else -1, "basement"
    if re.fullmatch(r"0\d{3}", plain):
        plain = plain[1:]
    high = re.fullmatch(r"(?:[A-Z]-)?(\d{1,2})\d{2}[A-Z]?(?:-[A-Z0-9]{1,2})?", plain)
    return plain, int(high[1]) or None if high else None, "home"


def _built(match: re.Match[str]) -> Address | None:
    parts = match.groupdict()
    # Of 5-6幢 and 5、6幢 nobody knows which is meant.
    if _LISTED.search(parts["quarters"]):
        return None
    room, floor, kind = room_of(parts["room"] or "")
    if room.isascii() and not _FIGURED_ROOM.fullmatch(room):
        return None
    if not re.fullmatch(r"[A-Z0-9\-负地下层室商铺门面市店沿街房储藏车库间第东中西南北]*", room):
        return None
    stated = floor_of(parts["floor"]) if parts.get("floor") else None
    if stated is not None and stated < 0:
        room, floor, kind = f"负{-stated}-{room}" if room else f"负{-stated}", stated, "basement"
    entrance = parts.get("entrance") or parts.get("bare") or ""
    name = building_name(parts["building"]) if parts["building"] else ""
    quarters = parts["quarters"].rstrip("-/.,")
    return Address("", quarters, name, figures(entrance), floor if floor is not None else stated, room, kind)


def entrance_of(written: Cell) -> str:
    """二单元, 2单元 and 2 → "2", 东 → "东"; blank when the words are no entrance and nothing else."""
    named = re.fullmatch(rf"({_NAME}|[东中西]){_ENTRANCE}?", key(written))
    return figures(named[1]) if named else ""


def several_rooms(written: Cell) -> bool:
    """Whether more than one room is named: 501、502, 501/502, 501-502, 501 502. 501-1 is a part of one."""
    return bool(_SEVERAL.search(spelled(written)))


def names_building(written: Cell) -> bool:
    """Whether the words say 幢, 号楼 or the like after a number, or 单元: then that is what they mean."""
    return bool(_NAMED.search(spelled(written)))


def spelled(written: Cell) -> str:
    """As `key` does, without what stands in brackets, and a space between two numbers parts them.

    "2 501" → 2-501, "501 502" → 501、502, "501室(租)" → 501室.
    """
    words = re.sub(r"(?<=\d{3}) (?=\d)", "、", _ASIDE.sub("", spaced(written)))
    return key(re.sub(r"(?<=\d) (?=\d)", "-", words))


def says_more(written: Cell) -> bool:
    """Whether a room's cell names more than the room: 2-501."""
    address = parse(written)
    return address is not None and bool(address.building or address.entrance)


_BUILDING_WORD = re.compile(r"[幢栋楼座]")


def is_whole(written: Cell) -> bool:
    """Whether a cell is an address by itself, in need of no building above it: 3-2-501, 3幢501, 桥头巷17号, 门面3号."""
    address = parse(written)
    if address is None:
        return False
    named = bool(address.entrance) or bool(_BUILDING_WORD.search(str(written)))
    return address.block != "block" or bool(address.building and named)


def parse(written: Cell) -> Address | None:
    """An address in one cell, whole or in part; None when it cannot be read as a door, a building or an entrance.

    Community and district before it are set aside, a grid's name is kept in `grid` (as `grid_key` gives it).
    Two rooms are no door, and an address that names its building is never read as any other building.
    """
    plain = spelled(written)
    if not plain:
        return None
    plain = _COMMUNITY.sub("", plain)
    grid = ""
    found = _GRID.search(plain)
    if found:
        grid, plain = grid_key(found[0]), (plain[: found.start()] + plain[found.end() :]).strip("-,，")
    if _SEVERAL.search(plain):
        return None
    for pattern in (_FULL, _DASHED, _INNER):
        match = pattern.match(plain)
        # 2单元3-501 is no quarter called 2单元 with a building 3.
        if not match or _NAMED.search(match["quarters"]):
            continue
        if address := _built(match):
            return replace(address, grid=grid)
        if pattern is _FULL:
            return None
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

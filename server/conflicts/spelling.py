"""One door however it was typed: ３幢二单元0501室, 3-2-501 and 3号楼 2单元 5O1 are the same words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

NUMERALS = {numeral: digit for digit, numeral in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_BUILDING = r"(?:号楼|楼栋|幢|栋|座|楼|#)"
_ENTRANCE = r"(?:单元|门洞|门|梯)"
_WHOLE = re.compile(
    rf"(?:(?P<building>[0-9A-Z]+){_BUILDING}[-/]?)?(?:(?P<entrance>[0-9A-Z]+){_ENTRANCE}[-/]?)?(?P<room>[^单幢栋]+)"
)
_DASHED = re.compile(r"(?:(?P<building>\d{1,2}|[A-Z])[-/.])?(?P<entrance>\d{1,2}|[A-Z])[-/.](?P<room>\d{3,4})")
_FLOOR = re.compile(r"(?P<floor>\d{1,2})(?:层|楼)-?(?P<room>\d{1,2})")
_BELOW = re.compile(r"(?:负|地下|-|B)(?:(?P<floor>\d)(?:层|楼)?)?-?(?:室|地下室|车库|储藏室)?(?P<rest>\d*)")
_ROOM_END = re.compile(r"(?:号房间|房间|号房|室|号|户|房)$")
_LANE = re.compile(r"(?P<lane>.*(?:巷|胡同|街|路|弄|村|里|院|条))(?P<room>\d+)号?")
_SHOP_WORD = r"(?:商铺|门面房?|门市房?|店铺|铺面|铺)"
_SHOP = re.compile(rf"(?:沿街)?{_SHOP_WORD}第?0*(?P<after>\d+)[号间]?|0*(?P<before>\d+)号?{_SHOP_WORD}")
BUNGALOWS, SHOPS = "平房", "商铺"
"""What rows of bungalows and of shops are called, by phones and by ledgers."""
SHOP = "铺"
"""What the room of a shop begins with, as it compares: 门面3号, 3号商铺 and 3 in the row of shops are 铺3."""
_SLIPS = str.maketrans("OIL", "011")
_HAN_NUMBER = re.compile(r"[零〇一二三四五六七八九十百两]+")
_TITLES = re.compile(r"^(?:户主|业主|房东|租户|租客|住户)[:：]?")
_NOBODY = re.compile(
    r"^(?:无|空|未知|不详|没人|住户|租户|租客|业主|户主|房东|老两口|一家|阿姨|大妈|奶奶|大爷|叔叔|师傅|先生|女士|-+|\?+)$"
)
"""Words that stand where a name should, or could be anybody's."""
_BEFORE_NAME = "老小大阿"


@dataclass(frozen=True)
class Door:
    """Where a home is, as it compares: figures without leading noughts, capital letters, no decoration."""

    quarters: str
    building: str
    entrance: str
    room: str


@lru_cache(maxsize=8192)  # a grid is compared anew whenever one of its homes changes
def door(quarters: str, building: str, entrance: str, room: str) -> Door:
    """The door of a home; what its room says of building and entrance counts more than what stands beside it."""
    quarters, named = plain(quarters), plain(building).removeprefix(plain(quarters))
    number = plain(room).removeprefix(quarters)
    if named == BUNGALOWS and (lane := _LANE.fullmatch(number)):
        # 桥头巷17号 in the estate's row is 17 in the lane's.
        return Door(lane["lane"], named, "", _unpadded(lane["room"]))
    if shop := _SHOP.fullmatch(number) or (named == SHOPS and re.fullmatch(r"0*(?P<after>\d{1,2})号?", number)):
        block = _ended(named, _BUILDING)
        return Door(quarters, block, _unpadded(_ended(plain(entrance), _ENTRANCE)), SHOP + shop[shop.lastgroup or 0])
    parts = _parts(plain(room))
    return Door(
        quarters,
        parts.get("building") or _ended(named, _BUILDING),
        _unpadded(parts.get("entrance") or _ended(plain(entrance), _ENTRANCE)),
        _room(parts.get("room") or plain(room)),
    )


def plain(text: str) -> str:
    """Half-width capitals without spaces, Chinese numerals as figures."""
    narrow = unicodedata.normalize("NFKC", text).upper()
    return _HAN_NUMBER.sub(lambda found: _figures(found[0]), re.sub(r"\s+", "", narrow)).replace("—", "-")


@lru_cache(maxsize=8192)
def names(contact: str) -> frozenset[str]:
    """Who is said to live there: each name by itself, none where somebody wrote that there is nobody."""
    narrow = unicodedata.normalize("NFKC", contact).casefold()
    found = (_TITLES.sub("", part) for part in re.split(r"[\s、,，;/和与()]+", narrow))
    return frozenset(part for part in found if len(part) > 1 and not _NOBODY.match(part))


def surnames(called: frozenset[str]) -> frozenset[str]:
    """What each name begins with, 老 and 小 left out."""
    return frozenset((name.lstrip(_BEFORE_NAME) or name)[0] for name in called)


def common_name(name: str) -> bool:
    """老王 and 小李: half the street is called so."""
    return len(name) < 3 and name[0] in _BEFORE_NAME


def digits(phone: str) -> str:
    """A telephone number as its figures; nothing where there are too few to call."""
    found = re.sub(r"\D", "", unicodedata.normalize("NFKC", phone))
    return found[-11:] if len(found) >= 7 else ""


def _parts(room: str) -> dict[str, str]:
    if _FLOOR.fullmatch(_ROOM_END.sub("", room)):
        return {}
    found = _DASHED.fullmatch(_ROOM_END.sub("", room)) or _WHOLE.fullmatch(room)
    return {name: part for name, part in found.groupdict().items() if part} if found else {}


def _room(words: str) -> str:
    room = _ROOM_END.sub("", words)
    if below := _BELOW.fullmatch(room):
        # 负1-01, B101, -101 and 地下101 are one cellar.
        rest = below["rest"]
        return "B" + (rest if len(rest) > 2 else (below["floor"] or "1") + rest.zfill(2))
    if stated := _FLOOR.fullmatch(room):
        return stated["floor"] + stated["room"].zfill(2)
    slipped = room.translate(_SLIPS)
    if slipped.isdigit() and any(sign.isdigit() for sign in room):
        room = slipped
    return _unpadded(room)


def _ended(words: str, ending: str) -> str:
    return _unpadded(re.sub(rf"{ending}$", "", words.removeprefix("第")))


def _unpadded(words: str) -> str:
    return words.lstrip("0") or words


def _figures(numeral: str) -> str:
    """三 → 3, 十二 → 12, 五〇一 → 501."""
    if not set(numeral) & set("十百"):
        return "".join(str(NUMERALS[sign]) for sign in numeral)
    total, last = 0, 0
    for sign in numeral:
        if sign in NUMERALS:
            last = NUMERALS[sign]
        else:
            total, last = total + (last or 1) * (10 if sign == "十" else 100), 0
    return str(total + last)

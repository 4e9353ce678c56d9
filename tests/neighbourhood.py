"""A small invented grid, as a phone holds it: the people of demo_samples live here, and every shape of door."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]
Rows = dict[str, list[Row]]

DAY_MS = 86_400_000
NOW_MS = 1_795_142_640_000  # Friday 2026-11-20 10:44 at the grid
GRID = "019a0b1c-0000-7000-8000-00000000c003"
ZHAO = "019a0b1c-0000-7000-8000-00000000a001"
BLOCK_1, BLOCK_3, YARD, STREET, HIGH = (f"019a0b1c-0000-7000-8000-00000000b{n:03d}" for n in (1, 3, 8, 9, 12))
CHEN, WU, MA, LI, NEW_DOOR = (f"019a0b1c-0000-7000-8000-00000000e{n}" for n in (901, 902, 903, 904, 905))
CHEN_VISIT = "019a0b1c-0000-7000-8000-00000000f001"
NEW_ID = "019a0b1c-0000-7000-8000-00000000ffff"
NAMES = ("刘阿姨", "周大爷", "孙老师", "何师傅", "唐阿姨", "马大姐", "林叔", "吴大爷", "郑奶奶", "冯师傅")


def fact(value: Any, n: int = 1, days_ago: int = 60, by: str = "小赵") -> Row:
    """One head of a fact."""
    return {"edit": f"019a0b1c-0000-7000-8000-0000fac7{n:04d}", "value": value, "by": by, "at_ms": ago(days_ago)}


def ago(days: float) -> int:
    """So many days before now."""
    return NOW_MS - int(days * DAY_MS)


def neighbourhood() -> Rows:
    """The grid's rows: a block of two entrances, one of four with a basement, a yard of bungalows, a row of shops."""
    rows: Rows = {
        "grid": [
            {
                "id": GRID,
                "name": "第三网格",
                "community": "019a0b1c-0000-7000-8000-00000000c000",
                "community_name": "榆桥社区",
                "quarters": "槐安小区",
                "utc_offset_min": 480,
            }
        ],
        "building": [
            {"id": BLOCK_1, "quarters": "槐安小区", "name": "1幢", "sort": 1, "management": "managed", "kind": "block"},
            {"id": BLOCK_3, "quarters": "槐安小区", "name": "3幢", "sort": 3, "management": "managed", "kind": "block"},
            {"id": YARD, "quarters": "机修厂家属院", "name": "平房", "sort": 8, "kind": "bungalows"},
            {"id": STREET, "quarters": "槐安小区", "name": "门面房", "sort": 9, "kind": "shops"},
        ],
        "household": [],
        "resident": [],
        "visit": [],
        "door": [],
    }
    for entrance in "12":
        for floor in (1, 2, 3, 4):
            for along in (1, 2):
                _home(rows, BLOCK_1, entrance, floor, f"{floor}0{along}")
    for entrance in "1234":
        for floor in range(1, 7):
            for along in (1, 2, 3):
                if (entrance, floor, along) != ("2", 3, 2):
                    _home(rows, BLOCK_3, entrance, floor, f"{floor}0{along}")
    _home(rows, BLOCK_3, "1", -1, "B01", kind="basement")
    _home(rows, BLOCK_3, "2", -1, "B02", kind="basement")
    _home(rows, BLOCK_3, "", None, "传达室", kind="other")
    for number in range(1, 9):
        _home(rows, YARD, "", None, f"{number}号", kind="bungalow")
    for shop in ("老马修鞋", "棋牌室", "12号"):
        _home(rows, STREET, "", None, shop, kind="shop")
    _people(rows)
    return rows


def _home(
    rows: Rows, building: str, entrance: str, floor: int | None, room: str, kind: str = "home", id_: str = ""
) -> Row:
    n = len(rows["household"]) + 1
    facts: dict[str, list[Row]] = {}
    if n % 3:
        facts["contact"] = [fact(NAMES[n % 10], n)]
    facts["occupancy"] = [fact("vacant" if n % 9 == 4 else ("rented" if n % 5 == 2 else "owner"), n)]
    id_ = id_ or f"019a0b1c-0000-7000-8000-00000000{n:04d}"
    row: Row = {"id": id_, "building": building, "room": room, "kind": kind, "facts": facts}
    if entrance:
        row["entrance"] = entrance
    if floor is not None:
        row["floor"] = floor
    rows["household"].append(row)
    days = n * 37 % 128
    if n % 11 and kind != "shop":
        door: Row = {"id": id_, "contact_ms": ago(days), "knock_ms": ago(days), "knock_result": "met"}
        if n % 7 == 3 and days > 5:
            door |= {"knock_ms": ago(days // 3), "knock_result": "no_answer"}
        rows["door"].append(door)
    return row


def _named(rows: Rows, building: str, entrance: str, room: str) -> Row:
    return next(
        row
        for row in rows["household"]
        if (row["building"], row.get("entrance"), row["room"]) == (building, entrance, room)
    )


def _set_door(rows: Rows, household: Row, **door: Any) -> None:
    rows["door"] = [row for row in rows["door"] if row["id"] != household["id"]]
    rows["door"].append({"id": household["id"], **door})


def _people(rows: Rows) -> None:
    """The households with a story."""
    chen = _named(rows, BLOCK_3, "2", "501")
    old, chen["id"] = chen["id"], CHEN
    rows["door"] = [row for row in rows["door"] if row["id"] != old]
    chen["facts"] = {
        "contact": [fact("陈奶奶", 1)],
        "phone": [fact("000-0000-0001", 2, 6), fact("000-0000-0007", 3, 6, "老孙")],
        "occupancy": [fact("owner", 4, 200)],
        "headcount": [fact(1, 5, 200)],
        "note": [fact("爱腌萝卜。敲门要大声一点。", 6, 90, "老孙")],
    }
    _set_door(
        rows,
        chen,
        contact_ms=ago(6),
        knock_ms=ago(6),
        knock_result="met",
        care="watch",
        care_ms=ago(6),
        promise_on="2026-11-20",
        promise_ms=ago(6),
    )
    rows["resident"] += [
        {
            "id": "019a0b1c-0000-7000-8000-000000007001",
            "household": CHEN,
            "facts": {
                "name": [fact("陈奶奶", 11)],
                "relation": [fact("本人", 12)],
                "birth_year": [fact(1944, 13)],
                "lives_here": [fact(True, 14)],
            },
            "tags": {"elder_alone": ["019a0b1c-0000-7000-8000-0000fac79001"]},
        },
        {
            "id": "019a0b1c-0000-7000-8000-000000007002",
            "household": CHEN,
            "facts": {
                "name": [fact("陈女士", 15)],
                "relation": [fact("女儿", 16)],
                "phone": [fact("000-0000-0003", 17)],
                "lives_here": [fact(False, 18)],
                "note": [fact("周末来。", 19)],
            },
        },
    ]
    rows["visit"] += [
        visit(
            1,
            CHEN,
            6,
            text="厕所灯坏三天，她不敢自己换。精神还好，说晚上起夜怕摔。",
            asks={"need": "想有人陪去量血压"},
            care="watch",
            follow_up_on="2026-11-20",
            companions=["老孙"],
            revision=2,
            edit="019a0b1c-0000-7000-8000-00000000f901",
        ),
        visit(2, CHEN, 13, result="no_answer", mode="weekend"),
        visit(3, CHEN, 20, by="老孙", text="精神好，腌了萝卜。血压药还有半个月。", received_ms=ago(18)),
        visit(4, CHEN, 76, by="老孙", text="《走访台账》：身体可以。", imported=True, received_ms=ago(40)),
    ]
    wu = _named(rows, BLOCK_3, "1", "402")
    wu["facts"]["contact"] = [fact("老两口 吴大爷", 21)]
    _set_door(rows, wu, contact_ms=ago(8), knock_ms=ago(8), knock_result="met", care="urgent", care_ms=ago(8))
    ma = _named(rows, BLOCK_1, "2", "401")
    ma["facts"]["contact"] = [fact("马师傅", 22)]
    _set_door(rows, ma, contact_ms=ago(0.05), knock_ms=ago(0.05), knock_result="met", unsent=True)
    rows["visit"].append(
        visit(
            5,
            ma["id"],
            0.05,
            text="屋顶漏雨，找过物业两回。",
            asks={"difficulty": "屋顶漏雨"},
            received_ms=None,
            unsent=True,
        )
    )
    zhou = _named(rows, BLOCK_1, "1", "301")
    zhou["facts"]["contact"] = [fact("周大爷", 23)]
    _set_door(rows, zhou, contact_ms=ago(0.04), knock_ms=ago(0.04), knock_result="met")
    rows["visit"].append(visit(6, zhou["id"], 0.04, asks={"effect": "路灯修好了，敢下楼遛弯了。"}))
    for n, (entrance, room) in enumerate((("1", "201"), ("2", "302"))):
        shut = _named(rows, BLOCK_1, entrance, room)
        _set_door(rows, shut, contact_ms=ago(40), knock_ms=ago(0.03 - n / 100), knock_result="no_answer")
        rows["visit"].append(visit(7 + n, shut["id"], 0.03 - n / 100, result="no_answer"))
    away = _named(rows, BLOCK_1, "2", "202")
    _set_door(
        rows,
        away,
        contact_ms=ago(34),
        knock_ms=ago(2),
        knock_result="no_answer",
        promise_on="2026-11-18",
        promise_ms=ago(34),
    )
    shop = next(row for row in rows["household"] if row["room"] == "棋牌室")
    rows["visit"].append(visit(9, shop["id"], 3, mode="reception", text="楼下棋牌室晚上十一点还吵，老板答应十点散场。"))


def visit(n: int, household: str, days_ago: float, **more: Any) -> Row:
    """A visit row; `received_ms` follows four minutes later unless said otherwise."""
    at = ago(days_ago)
    row: Row = {
        "id": f"019a0b1c-0000-7000-8000-00000000f{n:03d}",
        "household": household,
        "mode": "door",
        "result": "met",
        "occurred_at_ms": at,
        "received_ms": at + 240_000,
        "author": ZHAO,
        "by": "小赵",
    } | more
    return {key: value for key, value in row.items() if value is not None}

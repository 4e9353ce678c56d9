"""Elm Bridge 榆桥社区, invented: its eight grids, their buildings, and the people who walk them."""

from __future__ import annotations

from dataclasses import dataclass

COMMUNITY, STREET, CODE = "榆桥社区", "榆桥街道", "990100001001"
MASTER, LEADER = "王站长", "李网格长"
ADMIN = "方管理员"
OTHERS = (
    ("supervisor", "贺督导"),
    ("dispatcher", "丁调度"),
    ("committee_member", "邵干部"),
)
"""One person of every other role that sits at a desk; whoever handles a department's cases stands with it."""
NEIGHBOURS = (("building_leader", "罗楼长"), ("volunteer", "里巷管家老高"))
"""And of those who look after a building."""

Building = tuple[int, ...]
"""Doors a floor behind each entrance; every block has six floors."""

FLOORS = 6
WIDE, SLIM, LONG = (3, 3, 3), (2, 2, 2), (2, 2, 2, 2)


@dataclass(frozen=True)
class Plot:
    """One grid: who walks it, what stands in it, and how many of its doors nobody got to for three months.

    `bare` also says, by building, where those doors lie; what is not placed falls anywhere.
    """

    name: str
    quarters: str
    worker: str
    management: str
    blocks: tuple[Building, ...]
    overdue: int
    shops: int = 0
    bungalows: int = 0
    basements: int = 0
    bare: tuple[int, int] = (0, 0)


PLOTS = (
    Plot("第一网格", "槐安小区东", "小林", "有物业", (WIDE,) * 5, 15, shops=2),
    Plot("第二网格", "槐安小区西", "小周", "有物业", (WIDE, WIDE, SLIM, SLIM, WIDE, WIDE), 16),
    Plot(
        "第三网格",
        "槐安小区",
        "小赵",
        "有物业",
        (SLIM, SLIM, WIDE, LONG, SLIM, (2, 2, 2, 3), SLIM),
        17,
        shops=5,
        basements=2,
    ),
    Plot("第四网格", "榆桥新村", "小吴", "有物业", (LONG, LONG, WIDE, WIDE, LONG, WIDE), 24, shops=4),
    Plot("第五网格", "榆桥新村北", "小马", "有物业", (LONG, LONG, LONG, SLIM, LONG), 14),
    Plot("第六网格", "机修厂家属院", "老孙", "单位自管", (LONG, WIDE, WIDE, WIDE, LONG), 19, bungalows=6),
    Plot("第七网格", "晨光里2号院", "小何", "三无", (WIDE,) * 5, 40, basements=2, bare=(3, 15)),
    Plot("第八网格", "桥头巷", "小唐", "单位自管", (WIDE, WIDE, WIDE, (2, 2, 3)), 15, shops=3, bungalows=12),
)

SURNAMES = tuple("陈马周刘吴李张赵孙郑王冯褚卫蒋沈韩杨朱秦许何吕施孔曹严金魏陶姜戚谢邹喻柏苏潘葛范彭鲁韦苗花方俞任袁柳")
CHILDREN = ("豆豆", "乐乐", "朵朵", "安安", "小宝", "多多", "糖糖", "果果", "圆圆", "小满", "阿福", "苗苗")
TRADES = (
    "老马修鞋",
    "便民超市",
    "早点铺",
    "五金店",
    "理发店",
    "水果店",
    "棋牌室",
    "干洗店",
    "药店",
    "裁缝铺",
    "面馆",
    "菜鸟驿站",
)

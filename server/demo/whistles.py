"""The demo's whistles: some with a story, ten of them the design samples', and thirty as any weeks bring them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from server.demo.place import PLOTS

DAYS = 70
"""How far back the first was blown."""
DEPARTMENTS = (
    ("榆桥街道城管办", "许经办", ("W06", "W11")),
    ("澄湾供热公司", "梁经办", ("W01",)),
    ("澄湾区市政维护中心", "石经办", ("W07",)),
    ("榆桥消防救援站", "程经办", ("W08",)),
    ("澄湾区房管所", "田经办", ("W02", "W05")),
    ("榆桥街道民政办", "姚经办", ("W03", "W04", "W12")),
    ("榆桥司法所", "蔡经办", ("W10",)),
    ("榆桥派出所", "崔经办", ("W09",)),
)
"""Each with who handles its cases, and what it is sent."""

Step = tuple[int, str, str]
"""So many days after it was blown, at what hour, where it went; a closing says how the household found it."""

_SENT = ((0, "10:50", "responded"), (0, "10:55", "dispatched"))
_LOOKED = ((1, "09:20", "verifying"), (1, "10:40", "revisit"))
WAYS: dict[str, tuple[Step, ...]] = {
    "settled": ((0, "11:20", "self_resolved"), (1, "09:30", "closed satisfied")),
    "quick": (
        *(*_SENT, (0, "11:25", "accepted"), (0, "14:50", "in_progress"), (0, "17:40", "resolved")),
        *(*_LOOKED, (1, "15:10", "closed satisfied")),
    ),
    "slow": (
        *(*_SENT, (2, "09:30", "accepted"), (2, "10:00", "in_progress"), (6, "16:20", "resolved")),
        *((7, "09:20", "verifying"), (7, "15:00", "revisit"), (8, "10:10", "closed basic")),
    ),
    "held": (
        *(*_SENT, (0, "11:40", "accepted"), (0, "15:00", "in_progress"), (0, "16:00", "suspended")),
        *((3, "09:00", "in_progress"), (3, "17:00", "resolved"), (4, "09:10", "verifying")),
        *((4, "10:30", "revisit"), (4, "16:30", "closed satisfied")),
    ),
    "longer": (
        *(*_SENT, (0, "16:30", "accepted"), (1, "09:00", "in_progress"), (4, "10:00", "extended")),
        *((4, "10:05", "in_progress"), (9, "15:00", "resolved"), (10, "09:30", "verifying")),
        *((10, "11:00", "revisit"), (11, "09:00", "closed satisfied")),
    ),
    "again": (
        *(*_SENT, (0, "11:30", "accepted"), (0, "15:00", "in_progress"), (1, "10:00", "resolved")),
        *((1, "14:40", "verifying"), (1, "16:30", "reopened"), (2, "09:00", "dispatched"), (2, "09:40", "accepted")),
        *((2, "10:00", "in_progress"), (3, "16:00", "resolved"), (4, "09:00", "verifying")),
        *((4, "11:00", "revisit"), (4, "15:00", "closed not")),
    ),
    "returned": ((0, "10:50", "responded"), (0, "10:55", "dispatched"), (0, "16:00", "returned")),
    "begun": (*_SENT, (0, "15:30", "accepted"), (1, "09:10", "in_progress")),
    "looking": (
        *(*_SENT, (0, "11:25", "accepted"), (0, "14:50", "in_progress"), (0, "17:30", "resolved")),
        (1, "09:20", "verifying"),
    ),
    "asking": (
        *(*_SENT, (0, "11:25", "accepted"), (0, "14:50", "in_progress"), (0, "17:30", "resolved")),
        *_LOOKED,
    ),
    "waiting": ((0, "10:50", "responded"),),
    "merged": ((0, "14:40", "merged"),),
    "invalid": ((0, "14:40", "invalid"),),
}
"""How a whistle may go; what lies after yesterday has not happened yet."""


@dataclass(frozen=True)
class Blown:
    """One whistle. `building`: its name; none where `place` says it in words. `level`: how high it had to go."""

    days_ago: int
    grid: str
    title: str
    category: str
    urgency: str
    way: str
    building: str = ""
    place: str = ""
    level: int = 3


TOLD = (
    Blown(41, "第三网格", "4幢整栋暖气不热两天", "W01", "urgent", "quick", "4幢"),
    Blown(33, "第三网格", "东门井盖缺失，已放椅子挡", "W07", "danger", "quick", place="东门"),
    Blown(12, "第三网格", "2单元楼道五辆电动车飞线充电", "W08", "urgent", "again", "5幢"),
    Blown(6, "第七网格", "晨光里2号院垃圾三天没清", "W06", "normal", "asking", place="院门口垃圾点", level=2),
    Blown(5, "第四网格", "顶楼漏雨，物业说维修资金没批", "W02", "normal", "begun", "2幢"),
    Blown(20, "第二网格", "6幢地下室积水到小腿", "W07", "danger", "held", "6幢", level=4),
    Blown(15, "第五网格", "老人低保复审材料不会办", "W04", "normal", "slow", "3幢", level=2),
    Blown(9, "第六网格", "家属院42户房产证办不下来", "W05", "complex", "begun", "1幢", level=4),
    Blown(8, "第一网格", "楼上周末装修电钻，两家吵起来", "W10", "normal", "longer", "3幢", level=2),
    Blown(2, "第八网格", "小学门口放学乱停车", "W09", "normal", "returned", place="小学门口"),
    Blown(3, "第六网格", "单元门禁坏了，谁都能进", "W02", "normal", "looking", "4幢", level=2),
    Blown(2, "第七网格", "3幢楼道堆了旧家具", "W08", "urgent", "begun", "3幢"),
    Blown(1, "第四网格", "夜里施工到十一点", "W11", "normal", "waiting", "5幢"),
    Blown(1, "第二网格", "路灯一排都不亮", "W07", "normal", "none", "1幢"),
)
"""The first ten are the design samples'."""
OFTEN = (
    ("W06", "楼下垃圾桶满了", "normal"),
    ("W02", "单元门关不上", "normal"),
    ("W08", "楼道里停了电动车", "urgent"),
    ("W07", "井盖松了，走上去响", "normal"),
    ("W01", "顶楼水压小", "normal"),
    ("W11", "装修中午不停", "normal"),
    ("W10", "两家为走廊放鞋柜吵", "normal"),
    ("W04", "独居老人的轮椅坏了", "normal"),
    ("W09", "车停在消防道上", "urgent"),
    ("W03", "楼道返味，有蟑螂", "normal"),
)
OFTEN_N = 30
LIKELY = {"settled": 16, "quick": 6, "slow": 3, "held": 1, "longer": 1, "again": 1, "merged": 1, "invalid": 1}


def blown(seed: int) -> list[Blown]:
    """All of them; the same for the same seed. Those of any weeks are over by now."""
    # Invented, not secret.
    random = Random(seed)  # noqa: S311
    found = list(TOLD)
    for number in range(OFTEN_N):
        category, title, urgency = OFTEN[number % len(OFTEN)]
        plot = PLOTS[random.randrange(len(PLOTS))]
        (way,) = random.choices(tuple(LIKELY), tuple(LIKELY.values()))
        building = f"{random.randint(1, len(plot.blocks))}幢"
        days_ago = 14 + number * (DAYS - 14) // OFTEN_N
        level = random.choice((2, 2, 3))
        found.append(Blown(days_ago, plot.name, title, category, urgency, way, building, level=level))
    return found

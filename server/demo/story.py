"""The ten visits of the design samples, at their doors in 第三网格."""

from __future__ import annotations

from dataclasses import dataclass, field

STORY_GRID = "第三网格"
Place = tuple[int, int, str]


@dataclass(frozen=True)
class Told:
    """One visit with a story. `place` is (building, entrance, room), words are as a ledger has them."""

    place: Place
    days_ago: int
    clock: str
    mode: str
    result: str
    words: str
    who: str = ""
    asks: dict[str, str] = field(default_factory=dict)
    care: str = ""
    follow_up_days: int = 0


STORY = (
    Told(
        (3, 2, "501"),
        7,
        "10:12",
        "入户",
        "见到",
        "陈奶奶独居。厕所灯坏三天，她不敢自己换。想有人陪去量血压。精神还好，说晚上起夜怕摔。",
        "陈奶奶",
        {"difficulty": "厕所灯坏了三天", "need": "陪同量血压"},
        "留意",
        7,
    ),
    Told(
        (5, 1, "202"),
        5,
        "15:06",
        "入户",
        "没人应",
        "敲门没人应。对门说回老家收庄稼，月底回来。",
        follow_up_days=10,
    ),
    Told(
        (2, 3, "601"),
        4,
        "09:36",
        "入户",
        "见到",
        "马师傅家顶楼漏雨，下完雨卧室墙角发霉，拍了照片。他找过物业两回，说等维修资金。",
        "马师傅",
        {"difficulty": "屋顶漏雨，物业拖着"},
    ),
    Told(
        (4, 2, "302"),
        3,
        "19:30",
        "夜访",
        "见到",
        "小两口白天上班，晚上七点半才碰上面。问暑期托管班怎么报名，已把报名时间告诉他们。",
        asks={"need": "暑期托管"},
    ),
    Told(
        (1, 2, "102"),
        2,
        "15:42",
        "来访",
        "见到",
        "刘阿姨到居民说事点来，说楼下棋牌室晚上十一点还吵，睡不好。先去劝了，老板答应十点散场。",
        "刘阿姨",
        {"difficulty": "夜间噪音"},
        follow_up_days=3,
    ),
    Told(
        (1, 1, "101"),
        6,
        "16:18",
        "入户",
        "见到",
        "家里有人坐轮椅，单元门口两级台阶。问能不能加个坡道，说愿意自己出一点钱。",
        asks={"idea": "单元门口加坡道，居民可分担一点"},
    ),
    Told(
        (6, 1, "301"),
        3,
        "10:48",
        "入户",
        "见到",
        "上个月报的路灯修好了，周大爷说亮堂，晚上敢下楼遛弯了。",
        "周大爷",
        {"effect": "路灯修好，满意"},
    ),
    Told(
        (6, 4, "403"),
        9,
        "10:06",
        "周末",
        "见到",
        "新搬来的租户，一家三口，孩子五岁。登记了人数和联系方式，发了防火小册子，提醒电动车别上楼充电。",
    ),
    Told(
        (3, 1, "402"),
        6,
        "09:24",
        "入户",
        "见到",
        "老两口，大爷刚出院，走路慢。和楼栋长说好隔一天敲敲门，我每周来看一次。",
        "吴大爷",
        {"need": "出院后照看"},
        "留意",
        7,
    ),
    Told(
        (7, 2, "201"),
        4,
        "16:54",
        "入户",
        "不方便",
        "不方便开门，隔着门说一切都好。留了便民联系卡，改周六上午再来。",
        follow_up_days=5,
    ),
)
TOLD_DOORS = frozenset(told.place for told in STORY)

"""What a cell says in the registry's terms: who lives there, what came of a visit, which words stay out."""

from __future__ import annotations

import re
from datetime import date, datetime

from server.imports.words import Cell, key, number, text


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_OCCUPANCY = (
    ("vacant", "空房 空置 空户 空关 无人居住 无人 闲置 空 未入住 空挂户 未装修 长期无人 毛坯"),
    ("rented", "出租 租住 租赁 租户 承租 租 群租 合租 已出租 租房 出租房 出租屋 租客"),
    ("shop", "商铺 门面 商用 店铺 商户 店面 商业 经营 门市 铺面 店"),
    (
        "owner",
        "自住 自有 业主 业主自住 产权 自有住房 常住 人户一致 人户合一 户在人在 人在户在 本人居住 住 已入住 在住 自购",
    ),
    ("unknown", "不详 未知 不清楚 待核实 不明"),
)
_OCCUPANCY_PARTS = (
    ("rented", "租"),
    ("vacant", "空置|空房|空户|空关|无人居住|未入住"),
    ("shop", "商铺|门面|店铺"),
    ("owner", "自住|业主"),
)

_RESULTS = (
    ("moved", "搬走|搬离|已搬|搬家|迁出|迁走"),
    ("vacant", "空房|空置|空户|空关|无人居住"),
    ("refused", "拒访|拒绝|不配合|不开门|不愿|不肯|拒"),
    ("inconvenient", "不便|不方便|改日|改天|隔门|没空"),
    (
        "no_answer",
        "没人|无人|未见|没见|未遇|没应|不在|没开门|未开门|敲不开|未入户|无应答|外出|锁门|没在|家中无|^否$|^无$|^×$|^N$",
    ),
    ("met", "见到|在家|已见|见面|入户|面谈|当面|接待|有人|正常|已访|走访|完成|电话|^是$|^有$|^√$|^✓$|^见$|^Y$"),
)
_MODES = (
    ("night", "夜|晚"),
    ("weekend", "周末|周六|周日|星期六|星期日|节假日"),
    ("reception", "接待|来访|窗口|说事点|来社区"),
    ("door", "入户|上门|敲门|走访|门|日常"),
)
_CARE = (
    ("urgent", "紧急|危|急|重点|要紧"),
    ("watch", "关注|留意|观察|一般|注意|照看"),
    ("ok", "正常|良好|平稳|好|无异常|平安|放心"),
)
_MANAGEMENT = (
    ("none", "三无|无物业|没有|弃管|^无$|^否$|无人管"),
    ("self", "自管|自治|自行|单位|代管"),
    ("managed", "物业|有|公司|是|专业"),
)
_YES = _words("是 有 √ ✓ ✔ Y YES 1 对 TRUE ● 在 常住 在住 居住")
_NO = _words("否 无 × N NO 0 不 FALSE 不在 不常住 没有 / - 未居住 外出")

_TAGS: dict[str, str] = {
    "elder_alone": "独居老人 独居 孤寡老人 孤寡 独居高龄 独居长者 高龄独居",
    "elder_couple": "空巢老人 空巢 老年夫妻 双老 老两口 双老户 空巢家庭",
    "disabled": "残疾 残疾人 肢残 肢体残疾 视力残疾 听力残疾 言语残疾 持证残疾人 残障",
    "low_income": "低保 低保户 低收入 特困 特困户 困难家庭 困难户 低保边缘 低保家庭 特困供养 困难群众 困难",
    "left_behind_child": "留守儿童",
    "child_hardship": "困境儿童 孤儿 事实无人抚养儿童",
    "bereaved_parents": "失独 失独家庭 计生特殊家庭 失独老人",
    "veteran": "退役军人 退伍军人 复员军人 转业军人 优抚对象 军人",
    "floating": "流动人口 外来人口 流动 暂住 外来务工 暂住人口",
}
_RESTRICTED: dict[str, str] = {
    "mental_illness": "精神障碍 精神病 精神疾病 严重精神障碍 精神障碍患者 精神残疾 精神病人 精障",
    "community_correction": "社区矫正 矫正 矫正对象 社区矫正对象 社矫",
    "released": "刑满释放 刑释 刑满释放人员 安置帮教 刑释人员 两劳释放",
}
_NOTHING = frozenset(
    {
        "",
        "无",
        "普通",
        "普通居民",
        "一般",
        "一般人群",
        "居民",
        "正常",
        "普通住户",
        "/",
        "-",
        "其他",
        "常住",
        "常住人口",
        "户籍人口",
    }
)
TAG_OF = {key(word): tag for tag, words in _TAGS.items() for word in words.split()}
RESTRICTED_OF = {key(word): tag for tag, words in _RESTRICTED.items() for word in words.split()}

_SPLIT = re.compile(r"[、,，;；/|+\s]+")
_ID_NUMBER = re.compile(
    r"(?<![0-9A-Za-z-])\d{6}[ -]?(?:18|19|20)\d{2}[ -]?(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"[ -]?\d{3}[\dXx](?![0-9A-Za-z])"
)
_OLD_ID_NUMBER = re.compile(r"(?<!\d)[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)")
_CARD_NUMBER = re.compile(r"(?<![\d-])(?:\d{16,19}|(?:\d{4} ){3}\d{4}(?: \d{1,3})?)(?![\d-])")
_RESTRICTED_WORDS = re.compile(
    r"严重精神障碍(?:患者)?|精神障碍(?:患者)?|精神病(?:人|患者)?|精神疾病|精神残疾|社区矫正(?:对象|人员)?|刑满释放(?:人员)?|刑释(?:人员)?|安置帮教(?:对象|人员)?"
)
TELEPHONE_DIGITS_MIN = 5
MASK = "〔已略〕"


def _exact(table: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {key(word): value for value, words in table for word in words.split()}


_OCCUPANCY_OF = _exact(_OCCUPANCY)


def _by_part(table: tuple[tuple[str, str], ...], plain: str) -> str | None:
    return next((value for value, pattern in table if re.search(pattern, plain)), None)


def occupancy(value: Cell) -> str | None:
    """自住 → owner, 出租 → rented, 空置 → vacant …; None when the words do not say who lives there."""
    plain = key(value)
    return _OCCUPANCY_OF.get(plain) or _by_part(_OCCUPANCY_PARTS, plain)


def result(value: Cell) -> str | None:
    """What came of a knock: 见到 → met, 没人应 → no_answer …; None when it is none of the six."""
    return _by_part(_RESULTS, key(value))


def result_in_words(said: str) -> str:
    """The result of a visit whose ledger has no such column: words were exchanged unless they begin otherwise."""
    opening = _by_part(_RESULTS[:-1], key(said)[:12])
    return opening or "met"


def mode(value: Cell) -> str | None:
    """入户 → door, 周末 → weekend, 来访接待 → reception, 夜访 → night."""
    return _by_part(_MODES, key(value))


def care(value: Cell) -> str | None:
    """正常 → ok, 关注 → watch, 紧急 → urgent."""
    return _by_part(_CARE, key(value))


def management(value: Cell) -> str | None:
    """Who looks after a courtyard: 有物业 → managed, 自管 → self, 三无 → none."""
    return _by_part(_MANAGEMENT, key(value))


def yes(value: Cell) -> bool | None:
    """A tick or a cross; None for anything else."""
    plain = key(value)
    if plain in _YES:
        return True
    return False if plain in _NO else None


def headcount(value: Cell) -> int | None:
    """3, "3人", "三口" → 3; None unless between 0 and 99."""
    match = re.fullmatch(r"([\d一二三四五六七八九十两]+)(?:人|口|口人)?", key(value))
    count = number(match[1]) if match else None
    return count if count is not None and count < 100 else None


def telephone(value: str) -> bool:
    """Whether these words can be called: five figures at least. "不是电话" and "无" cannot."""
    return sum(character.isdecimal() for character in value) >= TELEPHONE_DIGITS_MIN


def birth_year(value: Cell, this_year: int) -> int | None:
    """The year alone of a birth, however exact the cell was; None unless it can be a living person's."""
    if isinstance(value, date | datetime):
        year = value.year
    elif isinstance(value, int | float) and not isinstance(value, bool) and 3_000 < value < 60_000:
        year = 1899 + int((value + 364) / 365.2425)  # a date Excel kept as a bare number of days
    else:
        match = re.match(r"(1[89]\d{2}|20\d{2})(?!\d{5,}$)", key(value))
        year = int(match[1]) if match else 0
    return year if this_year - 130 <= year <= this_year else None


def tag_key(word: str) -> str:
    """A word of a cell as tags are looked up by: without what stands in brackets behind it."""
    return key(re.sub(r"[(（].*?[)）]", "", word))


def tags(value: Cell) -> tuple[list[str], list[str], list[str]]:
    """The tags a cell names: (kept, restricted words, words we have no tag for)."""
    kept, restricted, unknown = [], [], []
    for word in _SPLIT.split(text(value)):
        plain = tag_key(word)
        if plain in RESTRICTED_OF:
            restricted.append(word)
        elif plain in TAG_OF:
            kept.append(TAG_OF[plain])
        elif plain not in _NOTHING:
            unknown.append(word)
    return list(dict.fromkeys(kept)), restricted, unknown


def masked(words: str) -> tuple[str, list[str]]:
    """Free text without what must not come in: (text, kinds taken out: id_number, bank, restricted)."""
    taken = []
    for kind, pattern in (
        ("id_number", _ID_NUMBER),
        ("id_number", _OLD_ID_NUMBER),
        ("bank", _CARD_NUMBER),
        ("restricted", _RESTRICTED_WORDS),
    ):
        words, count = pattern.subn(MASK, words)
        if count and kind not in taken:
            taken.append(kind)
    return words, taken

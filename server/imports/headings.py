"""Which column is which: a station's headings, their synonyms, and the columns that must not come in."""

from __future__ import annotations

import re
from functools import lru_cache

from server.imports.words import Cell, key

SYNONYMS: dict[str, str] = {
    "community": "社区 村居 村社区 所属社区 社区名称",
    "grid": "网格 所属网格 网格名称 网格号 网格编号 所在网格",
    "quarters": "小区 院落 小区名称 楼院 院落名称 家属院 小区院落 所属小区 小区(院落) 住宅小区",
    "building": "楼栋 楼号 幢 栋 幢号 栋号 楼栋号 楼幢 楼幢号 楼 楼座 楼宇 楼栋名称 号楼 楼栋(幢)",
    "entrance": "单元 单元号 门洞 楼门 梯 所在单元",
    "floor": "楼层 层 所在楼层 层数",
    "room": "门牌 房号 室 户号 门牌号 门牌号码 房间号 室号 房屋号 房间 门号 房间号码 户室 房室号",
    "address": "地址 住址 详细地址 家庭住址 居住地址 现住址 "
    "家庭地址 现居住地 现居住地址 房屋地址 住户地址 走访地址 入户地址 "
    "楼栋门牌 房屋坐落 常住地址 走访住户 走访户 住户 门牌地址 走访家庭",
    "contact": "户主 户主姓名 户主称呼 称呼 联系人 业主 业主姓名 户代表 房主 户主(称呼) 户主名",
    "name": "姓名 居民姓名 成员姓名 人员姓名 家庭成员 成员 人员 居民 住户姓名 家庭成员姓名",
    "headcount": "人口 人数 家庭人口 人口数 常住人口 居住人数 "
    "家庭人数 户人口 家庭人口数 总人口 居住人口 户内人数 人口(人)",
    "phone": "联系电话 手机 电话 手机号 手机号码 联系方式 "
    "电话号码 联系手机 户主电话 联系号码 户主联系电话 本人电话 移动电话",
    "note": "备注 说明 情况说明 备注说明 其他情况 家庭情况 基本情况 备注信息",
    "occupancy": "人户状态 居住情况 房屋性质 居住状态 住房性质 房屋状态 "
    "居住性质 住房情况 房屋使用情况 房屋类型 使用性质 房屋用途 "
    "入住情况 房屋现状 自住/出租 自住或出租 居住类型",
    "management": "物业 物业管理 物业情况 管理方式 是否有物业 物业公司 物业类型",
    "relation": "与户主关系 关系 与户主的关系 户主关系 家庭关系 与业主关系",
    "birth": "出生年 出生年份 出生年月 出生日期 生日 出生年月日 出生",
    "age": "年龄 周岁 岁数 年龄(岁)",
    "lives_here": "是否常住 常住 在住 是否在住 是否居住 是否实住 实住",
    "tags": "类别 人员类别 标签 人群类别 重点人群 特殊人群 关爱类别 "
    "人员标签 居民类别 人群标签 关注类别 人员类型 关爱对象 服务类别",
    "date": "日期 走访日期 走访时间 入户时间 入户日期 时间 走访日 访问日期 走访年月日 入户走访时间",
    "clock": "时刻 走访时刻 具体时间 时分 时段",
    "worker": "网格员 走访人 走访人员 记录人 入户人员 走访网格员 走访者 网格员姓名 登记人 责任网格员",
    "result": "结果 走访结果 是否见到 入户结果 见面情况 敲门结果 走访情况结果 是否入户 入户情况",
    "mode": "方式 走访方式 形式 走访形式 走访类型 入户方式 访问方式",
    "text": "内容 走访内容 情况记录 走访记录 走访情况 民情 民情记录 "
    "记录 情况 主要内容 走访详情 民情日记 谈话内容 具体情况",
    "who_met": "对象 走访对象 受访人 见到谁 接待人 被走访人 受访者 见到的人",
    "companions": "同行 同行人员 陪同 陪同人员 同行人 同去 随行人员",
    "difficulty": "问难 困难 存在困难 反映困难 困难问题 反映问题",
    "need": "问需 需求 居民需求 诉求 需要 群众需求 诉求建议",
    "idea": "问计 建议 意见建议 居民建议 意见 群众建议",
    "effect": "问效 评价 成效 反馈 满意度 群众评价 居民评价",
    "care": "关爱状态 状态 关爱情况 关注程度 照看状态",
    "follow_up": "下次走访 回访日期 跟进日期 下次日期 下次走访日期 约定日期 回访时间 约定回访 下次走访时间 跟进时间",
}
"""Field → headings that name it, as they read without spaces and in one width."""

TAG_COLUMNS: dict[str, str] = {
    "elder_alone": "独居老人 独居 是否独居 孤寡老人 是否独居老人",
    "elder_couple": "空巢老人 空巢 是否空巢 双老户",
    "disabled": "残疾 残疾人 是否残疾 是否残疾人",
    "low_income": "低保 低保户 是否低保 特困 困难家庭 是否低保户",
    "left_behind_child": "留守儿童",
    "child_hardship": "困境儿童",
    "bereaved_parents": "失独 失独家庭 计生特殊家庭",
    "veteran": "退役军人 退伍军人 是否退役军人",
    "floating": "流动人口 是否流动人口 外来人口",
}
"""A column that asks yes or no about one tag."""

FORBIDDEN: tuple[tuple[str, str], ...] = (
    ("restricted", r"精神障碍|精神病|精神疾病|社区矫正|矫正|刑满|刑释|安置帮教"),
    ("id_number", r"身份证|证件号|公民身份|护照|残疾证|驾驶证|军官证|社会保障号|统一编码|户口簿号"),
    ("belief", r"宗教|信仰|教派"),
    ("politics", r"政治面貌|党员|党派|入党|团员|所在支部|组织关系"),
    ("income", r"收入|工资|薪|存款|资产|低保金|救助金|补贴|养老金|退休金"),
    ("ethnicity", r"民族"),
    ("likeness", r"照片|相片|头像|人脸|指纹|虹膜|影像"),
    ("bank", r"银行|账号|帐号|卡号|社保卡|医保卡"),
    ("health", r"疾病|病史|病情|健康|血型|慢病|慢性病|残疾等级|残疾类别|残疾类型|精神|用药|怀孕|孕"),
    ("petition", r"信访|上访|维稳|不稳定"),
    ("record", r"前科|犯罪|吸毒|戒毒|涉毒|邪教"),
    ("school", r"成绩|分数"),
)
"""Kinds of columns that never come in (DOMAIN §2.8; PIPL art. 28), with the words that give them away."""

LENGTH_MAX = 14
"""A longer cell is a sentence or a title, not a heading."""

_BRACKETS = re.compile(r"[(\[【〔].*?[)\]】〕]")
_ENDS = re.compile(r"[:*：.、,，。]+$|^[*#]+|^\d+[.、]")
_FIELDS = {heading: field for field, words in SYNONYMS.items() for heading in (key(word) for word in words.split())}
_TAGS = {key(heading): tag for tag, words in TAG_COLUMNS.items() for heading in words.split()}
_FORBIDDEN = tuple((kind, re.compile(pattern)) for kind, pattern in FORBIDDEN)
_BETWEEN = re.compile(r"[/、|或()\[\]【】〔〕]+")
_PLACE = ("quarters", "building", "entrance", "floor", "room", "address")
_TOGETHER = {
    frozenset(("building", "entrance")): "building",
    frozenset(("quarters", "building")): "building",
    frozenset(("entrance", "room")): "room",
    frozenset(("floor", "room")): "room",
    # Who they are the head of is told by the other columns.
    frozenset(("contact", "name")): "name",
    frozenset(("date", "clock")): "date",
    frozenset(("note", "text")): "note",
}
"""What a column holds whose heading names several fields: 单元/房号 with 2-501 below is read as 房号 is."""
_LEAD = re.compile(r"^(?:居民|住户|本人|家庭|户主|人员|走访|入户)")


def bare(heading: Cell) -> str:
    """A heading as it is looked up: without brackets, numbers and signs around it."""
    return _ENDS.sub("", _BRACKETS.sub("", key(heading)))


def field_of(heading: Cell) -> str | None:
    """The field a heading names: "phone", "tag:disabled", "forbidden:income"; "
    "None for one we have no place for."""
    return _field_of(key(heading))


@lru_cache(maxsize=1 << 14)
def _field_of(plain: str) -> str | None:
    if not plain or plain in _FIELDS:
        return _FIELDS.get(plain)
    bare = _ENDS.sub("", _BRACKETS.sub("", plain))
    if len(bare) > LENGTH_MAX:
        return None
    if bare in _FIELDS:
        return _FIELDS[bare]
    # Before the forbidden words: 残疾 and 低保 as yes-or-no columns are tags the registry may keep.
    if bare in _TAGS:
        return f"tag:{_TAGS[bare]}"
    for kind, pattern in _FORBIDDEN:
        if pattern.search(bare):
            return f"forbidden:{kind}"
    return _FIELDS.get(_LEAD.sub("", bare)) or _joint(named_together(plain))


def named_together(heading: Cell) -> set[str | None]:
    """The fields of a heading in several words, 户主/姓名 → contact and name; None for an unknown one."""
    words = [word for word in _BETWEEN.split(_ENDS.sub("", key(heading))) if word]
    return {_field_of(word) for word in words} if len(words) > 1 else set()


def _joint(fields: set[str | None]) -> str | None:
    """房号/室 is one field, 楼栋/单元/室 a whole address. Beside a word unknown here only a place is believed:
    楼栋长/电话 is not the household's telephone."""
    known = {field for field in fields if field}
    for field in sorted(known):
        if field.startswith("forbidden:"):
            return field
    if None in fields and not known <= set(_PLACE):
        return None
    if len(known) == 1:
        return known.pop()
    if together := _TOGETHER.get(frozenset(known)):
        return together
    return "address" if known and known <= set(_PLACE) else None

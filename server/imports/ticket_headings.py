"""Which column is which in a file of the 12345 hotline: every city calls them otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from server.imports.cells import FOOT, SUM, Line, Passed
from server.imports.headings import bare, field_of
from server.imports.layout import HEADER_WITHIN, Layout
from server.imports.reading import Sheet
from server.imports.words import key, text

SYNONYMS: dict[str, str] = {
    "ticket": "工单号 工单编号 工单编码 工单ID 工单流水号 热线工单号 12345工单号 12345工单编号 受理编号 "
    "受理单号 受理号 诉求编号 诉求单号 诉求工单号 诉求工单编号 事件编号 案件编号 派单编号 ticket "
    "ticketno ticketnumber ticketid",
    "when": "受理时间 来电时间 诉求时间 反映时间 登记时间 创建时间 派单时间 提交时间 发生时间 时间 日期 "
    "受理日期 来电日期 登记日期 诉求日期 when date time datetime created createdat receivedat",
    "topic": "类别 类型 分类 问题分类 诉求类别 诉求分类 问题类别 问题类型 诉求类型 事项分类 事项类别 "
    "一级分类 二级分类 三级分类 归口分类 内容分类 category type topic",
    "title": "标题 诉求标题 工单标题 主题 诉求主题 事由 事项名称 title subject",
    "text": "内容 诉求内容 工单内容 反映内容 问题描述 诉求描述 详情 详细内容 主要内容 具体内容 来电内容 "
    "受理内容 诉求详情 描述 text content description details",
    "address": "地址 诉求地址 事发地址 事件地址 问题地址 详细地址 发生地址 反映地址 地点 事发地点 发生地点 "
    "问题地点 事件地点 诉求地点 具体地址 具体位置 位置 address location place",
    "area": "小区 小区名称 所属小区 小区院落 院落 楼院 quarters compound",
    "in_community": "社区 所属社区 村社区 村居 社区名称 承办社区 community",
    "in_grid": "网格 所属网格 网格名称 责任网格 grid",
    "caller": "联系人 来电人 诉求人 反映人 投诉人 举报人 市民姓名 姓名 来电人姓名 诉求人姓名 联系人姓名 "
    "反映人姓名 caller contact name contactname",
    "phone": "联系电话 来电号码 来电电话 电话 联系方式 手机 手机号 手机号码 电话号码 联系号码 诉求人电话 "
    "联系人电话 phone telephone tel mobile contactphone",
    "urgency": "紧急程度 缓急程度 紧急度 是否紧急 优先级 工单级别 urgency priority",
    "secret": "是否保密 保密 信息保密 是否公开信息 保密要求 confidential secret",
}
"""Field → headings that name it. None is a ledger's: what stands above is never meant for the row below."""
_FIELDS = {bare(word): field for field, words in SYNONYMS.items() for word in words.split()}
_LEAD = re.compile(r"^(?:12345|热线|市民|群众|工单|诉求)+")


def ticket_field(heading: str) -> str | None:
    """The field a heading names; None for one we have no place for, `forbidden:…` for what must not come in."""
    plain = bare(heading).replace("_", "")
    if field := _FIELDS.get(plain) or _FIELDS.get(_LEAD.sub("", plain)):
        return field
    ledgers = field_of(heading)
    return ledgers if ledgers and ledgers.startswith("forbidden:") else None


def find_tickets(sheet: Sheet) -> Layout | None:
    """The headings of a hotline's file: a number of tickets, and what people said. None where a sheet is none."""
    best: list[str] = []
    row = 0
    for at, cells in enumerate(sheet.rows[:HEADER_WITHIN]):
        headings = [text(cell) for cell in cells]
        fields = {ticket_field(each) for each in headings if each}
        if "ticket" in fields and fields & {"text", "title"} and len(fields) > len(set(map(ticket_field, best))):
            best, row = headings, at
    if not best:
        return None
    columns: dict[str, list[int]] = {}
    dropped, ignored = [], []
    for column, heading in enumerate(best):
        field = ticket_field(heading) if heading else None
        if field is None:
            ignored += [heading] if heading else []
        elif field.startswith("forbidden:"):
            dropped.append((field.removeprefix("forbidden:"), heading))
        else:
            columns.setdefault(field, []).append(column)
    understood = [(field, best[column]) for field, found in columns.items() for column in found]
    serials = [column for column, heading in enumerate(best) if bare(heading) in ("序号", "NO")]
    return Layout("tickets", row + 1, columns, understood, dropped, ignored, serials)


def ticket_lines(sheet: Sheet, layout: Layout, passed: Passed) -> Iterator[Line]:
    """The rows below the headings, each by itself. Under `beyond` stands what a row of text has past the last heading:
    a comma in its words has shifted all that follows."""
    width = max((at + 1 for at, cell in enumerate(sheet.rows[layout.first - 1]) if text(cell)), default=0)
    for index in range(layout.first, len(sheet.rows)):
        cells = sheet.rows[index]
        own = {field: [sheet.cell(index, at) for at in columns] for field, columns in layout.columns.items()}
        line = Line(index + 1, own)
        filled = [text(cell) for cell in cells if text(cell)]
        if not line.has(*own):
            passed.blank += 1
        elif ticket_field(line.line("ticket")) == "ticket":
            passed.headings += 1
        elif not line.has("ticket") and any(SUM.match(key(word)) for word in filled[:3]):
            passed.sums += 1
        elif not line.has("ticket") and FOOT.match(filled[0]):
            passed.feet += 1
        else:
            beyond = [cell for cell in cells[width:] if text(cell)] if not sheet.name else []
            yield Line(index + 1, {**own, "beyond": beyond})

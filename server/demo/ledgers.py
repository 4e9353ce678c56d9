"""The demo's ledgers, each kept the way another station keeps its own."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from server.demo.people import Door
from server.demo.place import COMMUNITY, Plot
from server.demo.rounds import Knock
from server.demo.styles import STYLES, Cell

GROUPS = ("住址", None, None, "人员信息", None, None, None, None, "房屋信息", None, None, None)
MERGING = {"第一网格", "第六网格"}


@dataclass(frozen=True)
class Ledger:
    """One file, as a station would hand it over."""

    name: str
    data: bytes


def household_rows(plot: Plot, doors: list[Door]) -> tuple[list[list[Cell]], list[tuple[int, int]]]:
    """The rows below the headings, one person a row, and the runs of rows (first, last) that are one home."""
    style = STYLES[plot.name]
    rows: list[list[Cell]] = []
    runs = []
    for door in doors:
        begin = len(rows)
        for number, person in enumerate(door.people or [None]):
            rows.append([say(plot, door, person, number == 0) for _, say in style])
        if len(rows) - begin > 1:
            runs.append((begin, len(rows) - 1))
    return rows, runs


def household_ledgers(homes: list[tuple[Plot, list[Door]]], day: date) -> list[Ledger]:
    """A workbook with a sheet a grid, each laid out in its own way, and one grid's CSV in GBK."""
    book = Workbook()
    book.remove(book.active)
    ledgers = []
    for plot, doors in homes:
        rows, runs = household_rows(plot, doors)
        headings = [heading for heading, _ in STYLES[plot.name]]
        if plot.name == "第四网格":
            text = io.StringIO()
            csv.writer(text).writerows([[f"{COMMUNITY}{plot.name}户情台账"], [], headings, *rows])
            ledgers.append(Ledger(f"{plot.name}户情台账.csv", text.getvalue().encode("gb18030")))
        else:
            _sheet(book.create_sheet(plot.name), plot, headings, rows, runs, day)
    return [Ledger(f"{COMMUNITY}户情台账.xlsx", _saved(book)), *ledgers]


def _sheet(
    sheet: Worksheet, plot: Plot, headings: list[str], rows: list[list[Cell]], runs: list[tuple[int, int]], day: date
) -> None:
    sheet.append([f"{COMMUNITY}{plot.name}户情台账"])
    sheet.append([f"网格员：{plot.worker}    更新：{day.year}年{day.month}月"])
    if plot.name == "第二网格":
        sheet.append(list(GROUPS))
    sheet.append(headings)
    first = sheet.max_row + 1
    for row in rows:
        sheet.append(row)
    sheet.append(["合计", None, None, sum(1 for row in rows if row[-1] is not None)])
    if plot.name in MERGING:
        columns = [n for n, heading in enumerate(headings, 1) if heading in {"楼栋", "单元", "门牌", "家庭住址"}]
        for begin, end in runs:
            for column in columns:
                sheet.merge_cells(start_row=first + begin, end_row=first + end, start_column=column, end_column=column)
    width = len(headings)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=width)


VISITS = (
    "日期",
    "时间",
    "网格员",
    "地址",
    "结果",
    "方式",
    "走访内容",
    "见到谁",
    "同行人员",
    "问难",
    "问需",
    "问计",
    "问效",
    "关爱状态",
    "下次走访",
)


def visit_ledger(rounds: list[tuple[Plot, list[Knock]]], today: date) -> Ledger:
    """A workbook of visits with a sheet a grid; every grid spells its days in its own way."""
    book = Workbook()
    book.remove(book.active)
    for number, (plot, knocks) in enumerate(rounds):
        sheet = book.create_sheet(plot.name)
        sheet.append([f"{COMMUNITY}{plot.name}走访台账"])
        sheet.append(list(VISITS))
        for knock in knocks:
            sheet.append(_visit_row(plot, knock, number))
    return Ledger(f"{COMMUNITY}走访台账（{today.year}年{today.month}月）.xlsx", _saved(book))


def _visit_row(plot: Plot, knock: Knock, number: int) -> list[Any]:
    at, door = knock.at, knock.door
    spelled = (f"{at.year}.{at.month}.{at.day}", f"{at.year}年{at.month}月{at.day}日", at.date(), f"{at:%Y-%m-%d}")
    place = f"{door.block}-{door.entrance}-{door.room}" if door.room.isdigit() else door.place
    if not door.block and door.room[0].isdigit():
        place = plot.quarters + door.room
    asks = [knock.asks.get(ask) for ask in ("difficulty", "need", "idea", "effect")]
    follow_up = knock.follow_up.isoformat() if knock.follow_up else None
    told = (knock.result, knock.mode, knock.words or None, knock.who or None, knock.companion or None)
    return [spelled[number % 4], f"{at:%H:%M}", plot.worker, place, *told, *asks, knock.care or None, follow_up]


def _saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()

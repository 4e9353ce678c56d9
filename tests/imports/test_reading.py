"""Files as stations have them, and files that mean harm."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from server.imports import guard, reading, values
from server.imports.dates import Around, around, clock_of, day_of
from server.imports.headings import field_of
from server.imports.layout import find_layout
from server.imports.reading import ROW_COUNT_MAX, read
from server.imports.words import Cell, figures, number, text
from server.problem import Problem

HEADINGS = "楼栋,单元,房号,户主,备注"


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_reads_alike_in_every_encoding_and_with_every_mark(encoding: str, mark: str) -> None:
    content = f"{HEADINGS}\n3幢,2单元,501,陈奶奶,厕所灯坏了\n".replace(",", mark)
    book = read(content.encode(encoding), "台账.csv")
    assert book.sheets[0].rows[1] == ["3幢", "2单元", "501", "陈奶奶", "厕所灯坏了"]


def test_quoted_cells_keep_their_marks_and_lines() -> None:
    book = read(f'{HEADINGS}\n3幢,2单元,501,陈奶奶,"灯坏了,换过\n又坏了"\n'.encode("gbk"), "台账.csv")
    assert book.sheets[0].rows[1][4] == "灯坏了,换过\n又坏了"


def test_merged_cells_speak_for_those_they_cover_and_hidden_sheets_stay_out() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["户情台账"])
    sheet.merge_cells("A1:C1")
    for row in (["楼栋", "单元", "房号"], ["3幢", "2单元", 501], [None, None, 502]):
        sheet.append(row)
    sheet.merge_cells("A3:A4")
    book.create_sheet("旧").sheet_state = "hidden"
    made = read(saved(book), "台账.xlsx")
    assert [text(made.sheets[0].cell(3, column, through=True)) for column in range(3)] == ["3幢", "", "502"]
    assert made.hidden == ["旧"]


def test_two_cells_far_apart_do_not_take_the_server_down() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = "x", "y"
    with pytest.raises(Problem, match="too_large"):
        read(saved(book), "远.xlsx")


def test_one_long_text_used_everywhere_does_not_fill_the_memory() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for _ in range(500):
        sheet.append(["长" * 10_000] * 10)
    with pytest.raises(Problem, match="too_large"):
        read(saved(book), "长.xlsx")


def altered(part: str, content: bytes) -> bytes:
    book = Workbook()
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return file.getvalue()


def test_swelling_archives_and_entities_are_turned_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "INFLATED_BYTES_MAX", 1 << 20)
    with pytest.raises(Problem, match="too_large"):
        read(altered("xl/worksheets/sheet1.xml", b" " * (2 << 20)), "胀.xlsx")
    laugh = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'
    with pytest.raises(Problem, match="unreadable"):
        read(altered("xl/worksheets/sheet1.xml", laugh), "笑.xlsx")


def test_a_workbook_of_too_many_parts_is_turned_away() -> None:
    parts = {f"part{number}": "" for number in range(guard.PART_COUNT_MAX)}
    with pytest.raises(Problem, match="too_large"):
        read(archive(xl__workbook_xml="<workbook/>", **parts), "多.xlsx")


def test_the_documented_limits_are_those_that_hold() -> None:
    told = (Path(__file__).parents[2] / "docs" / "import.md").read_text("utf-8")
    mib = 1024 * 1024
    assert f"Up to {guard.FILE_BYTES_MAX // mib} MB" in told
    assert f"more than {guard.PART_COUNT_MAX:,} parts" in told
    assert f"{guard.INFLATED_BYTES_MAX // mib} MB once its parts are inflated" in told
    assert f"{guard.CELL_COUNT_MAX:,} cells" in told
    assert f"{guard.TEXT_BYTES_MAX // mib} MB of words" in told


def archive(**parts: str) -> bytes:
    """A ZIP with these parts, `__` in a name for a slash and `_` for a dot."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_", "."), content)
    return file.getvalue()


REPEATED = """<office:document-content><office:body><office:spreadsheet><table:table table:name="x"><table:table-row
table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value="1"/>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""


@pytest.mark.parametrize(
    "data",
    [
        archive(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_xml=REPEATED),
        archive(xl__workbook_xml="<workbook/>", content_xml=REPEATED, mimetype="x"),
        archive(xl__workbook_bin="\x00" * 100),
        archive(word__document_xml="<document/>"),
    ],
)
def test_other_kinds_of_workbook_are_not_opened(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_read_workbook", lambda _: pytest.fail("it was opened"))
    with pytest.raises(Problem, match="other_format"):
        read(data, "台账.xlsx")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 not really", "unreadable"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old_format"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "encoding"),
        (b"", "empty"),
        (b",,,\n,,,\n", "empty"),
        (b"x" * (guard.FILE_BYTES_MAX + 1), "too_large"),
        (b"a,b\n" * (ROW_COUNT_MAX + 1), "too_large"),
        (saved(Workbook())[:2000], "unreadable"),
    ],
)
def test_what_is_no_ledger_is_refused_with_a_reason(data: bytes, code: str) -> None:
    with pytest.raises(Problem, match=code):
        read(data, "x.xlsx")


@given(st.binary(max_size=3000))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04"):
        try:
            book = read(start + data, "x")
        except Problem:
            continue
        for sheet in book.sheets:
            find_layout(sheet, book.name)


def test_headings_are_found_below_titles_in_two_rows_and_in_any_order() -> None:
    content = (
        "榆桥社区第三网格户情台账 2026年11月,,,,,\n,,,,,\n住址,,,户主信息,,\n备注,单元,楼号,联系电话,姓名,房间号\n"
    )
    book = read(content.encode(), "台账.csv")
    layout = find_layout(book.sheets[0], book.name)
    assert layout
    assert layout.columns == {"note": [0], "entrance": [1], "building": [2], "phone": [3], "name": [4], "room": [5]}
    assert (layout.first, layout.grid, layout.near) == (4, "3", Around(2026, 11))


def test_a_table_without_an_address_is_no_ledger() -> None:
    book = read("姓名,电话,备注\n陈奶奶,000-0000-0001,好\n".encode(), "x.csv")
    assert find_layout(book.sheets[0], "x.csv") is None


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("楼 栋", "building"),
        ("幢", "building"),
        ("房 号：", "room"),
        ("户主姓名*", "contact"),
        ("家庭人口（人）", "headcount"),
        ("手机号码", "phone"),
        ("人户状态", "occupancy"),
        ("与户主关系", "relation"),
        ("是否独居（是/否）", "tag:elder_alone"),
        ("身份证号码", "forbidden:id_number"),
        ("居民身份证", "forbidden:id_number"),
        ("宗教信仰", "forbidden:belief"),
        ("家庭月收入(元)", "forbidden:income"),
        ("政治面貌", "forbidden:politics"),
        ("是否党员", "forbidden:politics"),
        ("民族", "forbidden:ethnicity"),
        ("照片", "forbidden:likeness"),
        ("开户银行", "forbidden:bank"),
        ("健康状况", "forbidden:health"),
        ("是否社区矫正", "forbidden:restricted"),
        ("信访情况", "forbidden:petition"),
        ("房号/室", "room"),
        ("门牌／房号", "room"),
        ("门户（房号）", "room"),
        ("楼栋/幢", "building"),
        ("户主/姓名", "name"),
        ("联系电话/手机", "phone"),
        ("联系电话或手机号码", "phone"),
        ("楼栋/单元", "building"),
        ("楼栋、单元、室", "address"),
        ("房号/铺位", "room"),
        ("楼栋长/电话", None),
        ("网格员/电话", None),
        ("人口/电话", None),
        ("证件（身份证）", "forbidden:id_number"),
        ("姓名/身份证号", "forbidden:id_number"),
        ("性别", None),
        ("3幢2单元501", None),
        ("", None),
    ],
)
def test_headings_and_those_that_must_not_come_in(heading: str, field: str | None) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize(
    "cell",
    [
        "2026.11.3", "2026-11-03", "2026/11/3", "2026年11月3日", "２０２６年11月3日 周二", "20261103", "26.11.3",
        "11/3", "11.3", "11月3日上午", "3日", "46329", 46329, 46329.4,
        date(2026, 11, 3), datetime.fromisoformat("2026-11-03T10:36"), "2026-11-03 10:36:00",
    ],
)  # fmt: skip
def test_a_day_is_a_day_however_it_is_spelled(cell: object) -> None:
    assert day_of(cell, Around(2026, 11)) == date(2026, 11, 3)  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", ["昨天", "13/45", "2026.2.30", "", None, "501", 3.0])
def test_what_is_no_day_is_not_guessed_at(cell: object) -> None:
    assert day_of(cell, Around(2026, 11)) is None  # type: ignore[arg-type]


def test_a_day_without_its_year_needs_the_title() -> None:
    assert day_of("11/3", Around()) is None
    assert around("榆桥社区2026年11月走访台账") == Around(2026, 11)


def test_hours() -> None:
    spelled: list[Cell] = ["10:36", "2026-11-03 10:36", "10点36", 0.44167, datetime.fromisoformat("2026-11-03T10:36")]
    assert {clock_of(cell) for cell in spelled} == {time(10, 36)}
    assert clock_of("下午3点半") == time(15, 30)
    assert clock_of("晚上") == time(19, 30)
    assert clock_of("2026.11.3") is None


@given(st.integers(0, 999))
def test_chinese_numerals_are_numbers(value: int) -> None:
    digits = "零一二三四五六七八九"
    assert number("".join(digits[int(digit)] for digit in str(value))) == value
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    words = digits[hundreds] + "百" if hundreds else ""
    words += digits[tens] + "十" if tens else ("零" if hundreds and ones else "")
    words += digits[ones] if ones or not value else ""
    assert number(words) == value
    assert figures(words) == str(value)


def test_values() -> None:
    said = {"自住": "owner", "租住": "rented", "出租": "rented", "空置": "vacant", "空房": "vacant", "商铺": "shop"}
    assert {word: values.occupancy(word) for word in said} == said
    assert values.occupancy("人在户不在") is None
    assert [values.headcount(cell) for cell in (3.0, "3人", "三口", "许多")] == [3, 3, 3, None]
    years: list[Cell] = [1950.0, "1950", "1950.3", "1950年3月", "195003", "1950-03-02", date(1950, 3, 2), 18324]
    assert {values.birth_year(cell, 2026) for cell in years} == {1950}
    assert values.birth_year("2150", 2026) is None
    assert values.tags("独居老人、残疾（二级），高龄 无") == (["elder_alone", "disabled"], [], ["高龄"])
    assert values.tags("社区矫正")[:2] == ([], ["社区矫正"])
    results = {"见到": "met", "没人应": "no_answer", "未见到": "no_answer", "不在家": "no_answer", "拒访": "refused"}
    results |= {"不便": "inconvenient", "空房": "vacant", "搬走": "moved", "在家": "met", "无人应答": "no_answer"}
    assert {word: values.result(word) for word in results} == results
    assert values.result("？") is None


def test_numbers_that_identify_people_are_taken_out_of_notes() -> None:
    note = "身份证110101195003021234，卡6222 0211 2222 3333 444，电话000-0000-1234"
    assert values.masked(note) == ("身份证〔已略〕，卡〔已略〕，电话000-0000-1234", ["id_number", "bank"])
    assert values.masked("儿子是社区矫正人员") == ("儿子是〔已略〕", ["restricted"])
    assert values.masked("精神好，3幢2单元501，13800000001") == ("精神好，3幢2单元501，13800000001", [])

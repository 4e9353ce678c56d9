"""Lines taken out: few columns, nothing that a program of tables runs, marked, journaled, never what is kept apart."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from server import sessions
from server.exports.sheets import as_csv, as_xlsx, is_formula, safe
from tests.desk.conftest import DAY_MS, Desk, visit, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio

NASTY = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1＋1", "＋1", "－1", "＠a", "﹦1", " =1", "\u200b=1",
    "\u3000＝1", '=HYPERLINK("http://x","y")',
)  # fmt: skip
PLAIN = ("陈奶奶", "3幢2单元501", "", "1-2", "a=b", "说：=没有", "000-0000-0001", "'=1")


@pytest.mark.parametrize("text", NASTY)
def test_what_could_be_a_formula_stands_behind_an_apostrophe(text: str) -> None:
    assert is_formula(text)
    assert safe(text).startswith("'")


@pytest.mark.parametrize("text", PLAIN)
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert safe(text) == text


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("=+-@＝＋－＠\t\r\n \u200b\u3000a陈1'\"，,"), max_size=8))
def test_no_cell_of_either_file_is_a_formula_and_nothing_else_is_changed(text: str) -> None:
    made = as_csv("记号", ["说了什么"], [[text]])
    assert made.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(made.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["记号"]
    (cell,) = rows[2] if rows[2:] and rows[2] else [""]
    assert cell in (text, f"'{text}")
    assert cell[:1] not in tuple("=+-@\t\r\n")
    sheet = load_workbook(BytesIO(as_xlsx("记号", ["说了什么"], [[text]]))).active
    kept = sheet["A3"]
    assert kept.data_type in ("s", "n", "inlineStr")
    assert kept.data_type != "f"
    assert not isinstance(kept.value, int | float)


async def taken(desk: Desk, **said: Any) -> Any:
    asked = {"what": "visits", "format": "csv", "columns": ["day", "door", "result"], "why": "report"}
    return await desk.post("/desk/exports", {**asked, "first": "2026-11-01", "last": "2026-11-20", **said})


def lines(answer: Any) -> list[list[str]]:
    assert answer.status_code == 200, words(answer)
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"), newline="")))


async def test_visits_leave_with_few_columns_a_mark_and_a_journaled_reason(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    await visit(zhao, station, "陈奶奶", ago_ms=DAY_MS, text="=cmd|' /C calc'!A0")
    await visit(zhao, station, "马师傅", "no_answer", ago_ms=60 * DAY_MS)
    form = await desk.get("/desk/exports")
    ticked = [part.split('"')[0] for part in form.text.split('name="columns" value="')[1:] if " checked" in part[:40]]
    assert ticked == ["day", "grid", "door", "result", "mode"]
    answer = await taken(desk)
    found = lines(answer)
    assert "王站长" in found[0][0]
    assert "2026-11-20 10:44" in found[0][0]
    assert "报表" in found[0][0]
    assert found[1] == ["日期", "门", "结果"]
    assert found[2:] == [["2026-11-19", "3幢2单元501", "见到了"]] or len(found) == 3
    assert "王站长" in unquote(answer.headers["content-disposition"])
    assert answer.headers["cache-control"] == "no-store"
    (row,) = await station.rows("SELECT body FROM journal WHERE kind = 'export.made'")
    assert json.loads(bytes(row.body)) == {
        "what": "visits", "format": "csv", "count": 1, "columns": ["day", "door", "result"],
        "asked": {"from": "2026-11-01", "until": "2026-11-20"}, "why": "report",
    }  # fmt: skip
    (look,) = await station.rows("SELECT what, by_name, why FROM access_record")
    assert tuple(look) == ("export", "王站长", "report")
    words_of = lines(await taken(desk, columns=["said"]))
    assert words_of[2] == ["'=cmd|' /C calc'!A0"]
    assert await station.refolds()


async def test_a_workbook_opens_with_text_alone(desk: Desk, station: Station, zhao: Phone) -> None:
    await visit(zhao, station, "陈奶奶", text="＝1＋1", asks={"need": "想有人陪"})
    answer = await taken(desk, format="xlsx", columns=["door", "said", "hour"])
    sheet = load_workbook(BytesIO(answer.content)).active
    assert "王站长" in sheet["A1"].value
    assert "王站长" in sheet.oddHeader.center.text
    assert [cell.value for cell in sheet[2]] == ["门", "时刻", "说了什么"]
    assert "＝1＋1" in sheet["C3"].value
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}


async def test_the_register_never_takes_along_what_is_kept_apart(desk: Desk, station: Station) -> None:
    from tests.desk.test_restricted import WORDS, resident, switched_on, tagged

    who = await resident(station)
    await switched_on(desk)
    await tagged(desk, station, who, "mental_illness", "released")
    every = ["grid", "quarters", "door", "occupancy", "headcount", "contact", "phone", "people", "tags", "note"]
    answer = await taken(desk, what="registry", columns=every)
    told = answer.content.decode("utf-8-sig")
    assert "残疾人" in told
    assert "陈女士" in told
    for word in WORDS:
        assert word not in told
    few = lines(await taken(desk, what="registry", columns=["grid", "door"]))
    assert len(few) == 2 + 4, "two lines of heading, four homes"
    assert all(len(line) == 2 for line in few[1:])


async def test_words_for_the_station_alone_stay_in_it(desk: Desk, station: Station, zhao: Phone) -> None:
    await visit(zhao, station, "陈奶奶", text="家里的难处", who_met="女儿", private=True)
    found = lines(await taken(desk, columns=["said", "who_met"]))
    assert found[2] == ["（只给站里看，不导出）", ""]


async def test_a_leader_takes_out_their_own_grid_alone(desk: Desk, leader: Desk, station: Station) -> None:
    assert len(lines(await taken(leader, what="registry"))) == 2 + 3
    fourth = await taken(leader, what="registry", grid=station["第四网格"])
    assert fourth.status_code == 404


async def test_nothing_leaves_without_a_reason_or_a_passkey_and_nothing_typed_is_lost(
    desk: Desk, station: Station
) -> None:
    lacking = await taken(desk, why="", words="给街道的季报", columns=["phone", "day"])
    assert lacking.status_code == 422
    assert "给街道的季报" in lacking.text
    assert (await taken(desk, why="other")).status_code == 422
    assert (await taken(desk, columns=[])).status_code == 422
    assert (await taken(desk, first="2026-11-20", last="2026-11-01")).status_code == 422
    station.now_ms += sessions.FRESH_MS + 1
    assert (await taken(desk)).status_code == 403
    assert await station.value("SELECT count(*) FROM journal WHERE kind = 'export.made'") == 0


async def test_on_paper_the_mark_lies_over_every_page(desk: Desk, station: Station, zhao: Phone) -> None:
    await visit(zhao, station, "陈奶奶")
    answer = await taken(desk, format="print")
    assert answer.text.count("王站长 2026-11-20 10:44") >= 20
    assert "3幢2单元501" in words(answer)

"""The station master brings a ledger in at the desk."""

from __future__ import annotations

import asyncio
import csv as table
import html
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient, Response

from server import sessions
from server.app import create_app
from server.imports import jobs, pages
from server.imports.uploads import KEPT_MS, Uploads
from server.journal import Draft, batch
from tests.imports.community import COMMUNITY, GRID_THREE, MASTER_WANG, NOW_MS, WORKER_ZHAO, Station, csv
from tests.imports.ledgers import CHEN, HEAD, MA
from tests.imports.test_tickets import file_of

pytestmark = pytest.mark.anyio

LEDGER = csv(HEAD, CHEN, MA, "楼上,,张家,,,,,,,")


class Desk:
    """Somebody's browser at this station."""

    def __init__(self, http: AsyncClient, station: Station) -> None:
        self.http, self.station = http, station

    async def send(self, data: bytes, name: str = "台账.csv", grid: str = GRID_THREE) -> Response:
        """Choose a file, press the button, follow to its page, wait until it is read."""
        answer = await self.http.post("/desk/imports", files={"file": (name, data)}, data={"grid": grid})
        return await self.settled(answer)

    async def settled(self, answer: Response) -> Response:
        """The page behind a redirect, once nothing is under way."""
        while answer.status_code == 303 or "Refresh" in answer.headers:
            await asyncio.sleep(0.01)
            answer = await self.http.get(answer.headers.get("location", str(answer.url)))
        return answer

    async def press(self, page: Response, what: str) -> Response:
        """Press a button of the page."""
        return await self.settled(await self.http.post(f"{page.url.path}/{what}"))


def said(page: Response) -> str:
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", page.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


@pytest.fixture
async def desk(station: Station, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    """王站长 signed in."""
    # Nobody waits an hour here; sweeping is called by hand.
    monkeypatch.setattr(pages, "sweep_later", lambda uploads: None)
    app = create_app(station.settings)
    app.state.settings, app.state.db, app.state.journal = station.settings, station.db, station.journal
    async with station.db.writing() as connection:
        token = await sessions.begin(connection, MASTER_WANG, NOW_MS, "tests", verified=True)
    headers = {"Cookie": f"{sessions.cookie_name(station.settings)}={token}; lang=zh", "Sec-Fetch-Site": "same-origin"}
    async with AsyncClient(transport=ASGITransport(app), base_url="http://station", headers=headers) as http:
        yield Desk(http, station)


async def test_a_ledger_is_shown_decided_and_brought_in(desk: Desk, tmp_path: Path) -> None:
    preview = await desk.send(LEDGER)
    assert "会新增 2 栋楼、2 户、1 人。1 行没看懂，没放进来。" in said(preview)
    assert "现在什么都还没动" in said(preview)
    assert "4 没有写地址" not in said(preview)
    assert "地址“楼上 张家”看不出是哪个门" in said(preview)
    assert await desk.station.rows("household") == []
    assert len(list((tmp_path / "imports").glob("*/file"))) == 1
    done = await desk.press(preview, "confirmation")
    assert "新增了 2 栋楼、2 户、1 人。" in said(done)
    assert (await desk.station.home())["contact"] == "陈奶奶"
    assert list((tmp_path / "imports").glob("*/file")) == []
    recent = await desk.http.get("/desk/imports")
    assert "台账.csv 已导入" in said(recent)


async def test_the_page_shows_what_changes_and_what_stays_out(desk: Desk) -> None:
    await desk.press(await desk.send(LEDGER), "confirmation")
    newer = csv(f"{HEAD},身份证号,性别", f"{CHEN.replace('0001', '0009')},110101195003021234,女")
    preview = await desk.send(newer, "新.csv")
    words = said(preview)
    assert "会改 1 处。" in words
    assert "2 3幢2单元501 电话 000-0000-0001（王站长，11月20日） 000-0000-0009" in words
    assert "身份证号列没有放进来：证件号码不收" in words
    assert "110101195003021234" not in preview.text
    assert "登记里有 1 户这份台账没提到，都留着。" in words
    assert "没用上的列：性别" in words


async def test_in_english(desk: Desk) -> None:
    desk.http.headers["Cookie"] = desk.http.headers["Cookie"].replace("lang=zh", "lang=en")
    preview = await desk.send(LEDGER)
    assert "2 buildings, 2 households, 1 resident will be added. 1 row was not understood and stays out." in said(
        preview
    )
    assert not re.search(r"import\.[a-z]", said(preview))
    done = await desk.press(preview, "confirmation")
    assert "2 buildings, 2 households, 1 resident added." in said(done)
    assert "Bring a ledger in" in said(await desk.http.get("/desk/imports"))


async def test_cancelling_deletes_the_file_and_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    preview = await desk.send(LEDGER)
    index = await desk.press(preview, "cancellation")
    assert "这里还没有放过文件" in said(index)
    assert list((tmp_path / "imports").iterdir()) == []
    assert (await desk.http.get(preview.url.path)).status_code == 404
    assert await desk.station.rows("household") == []


async def test_confirming_twice_imports_once(desk: Desk) -> None:
    preview = await desk.send(LEDGER)
    answers = await asyncio.gather(*[desk.http.post(f"{preview.url.path}/confirmation") for _ in range(3)])
    assert {answer.status_code for answer in answers} == {303}
    await desk.settled(answers[0])
    assert len(await desk.station.rows("household")) == 2
    again = await desk.press(preview, "confirmation")
    assert "新增了" in said(again)
    assert len(await desk.station.rows("household")) == 2


async def test_the_registry_may_move_between_preview_and_import(desk: Desk) -> None:
    await desk.press(await desk.send(csv(HEAD, CHEN)), "confirmation")
    preview = await desk.send(csv(HEAD, CHEN.replace("0001", "0009")), "新.csv")
    home = await desk.station.home()
    body = {"facts": {"phone": "000-0000-0009"}}
    draft = Draft("household.stated", home["id"], GRID_THREE, WORKER_ZHAO, body, over={"phone": [home["id"]]})
    await desk.station.commit([draft])
    done = await desk.press(preview, "confirmation")
    assert "什么都没改" in said(done)
    assert (await desk.station.home())["contested"] is False


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"PK\x03\x04 not a workbook", "坏.xlsx", "打不开"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "旧.xls", "旧的 .xls 格式"),
        (b"", "空.csv", "是空的"),
        ("姓名,电话\n陈奶奶,1\n".encode(), "无址.csv", "没有找到表头"),
    ],
)
async def test_files_that_are_no_ledger_say_why(desk: Desk, data: bytes, name: str, words: str) -> None:
    page = await desk.send(data, name)
    assert page.status_code == 200
    assert words in said(page)
    assert await desk.station.rows("household") == []


async def test_no_file_an_oversized_file_and_a_broken_form(desk: Desk) -> None:
    missing = await desk.http.post("/desk/imports", data={"grid": ""}, files={"file": ("", b"")})
    assert missing.status_code == 400
    assert "还没选文件" in said(missing)
    large = await desk.http.post("/desk/imports", files={"file": ("大.csv", b"x" * (11 << 20))})
    assert large.status_code == 413
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    broken = await desk.http.post("/desk/imports", content=b"--y\r\nnonsense", headers=headers)
    assert broken.status_code == 400
    foreign = await desk.http.post("/desk/imports", files={"file": ("a.csv", LEDGER)}, data={"grid": COMMUNITY})
    assert foreign.status_code == 404


async def test_a_program_that_stumbles_leaves_the_registry_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: Any) -> None:
        raise RuntimeError("bug")

    monkeypatch.setattr(jobs, "make_plan", stumble)
    page = await desk.send(LEDGER)
    assert "这份文件让程序出了错" in said(page)


async def test_work_cut_off_by_a_restart_begins_again(desk: Desk) -> None:
    preview = await desk.send(LEDGER)
    uploads = Uploads(desk.station.settings.data)
    upload = uploads.load(preview.url.path.rpartition("/")[2])
    assert upload
    uploads.save(replace(upload, state="reading", report=None, touched_ms=NOW_MS - 60_000))
    assert "会新增" in said(await desk.settled(await desk.http.get(preview.url.path)))
    uploads.claim(upload.id)
    uploads.save(replace(upload, state="importing", report=None, touched_ms=NOW_MS - 60_000))
    assert "新增了" in said(await desk.settled(await desk.http.get(preview.url.path)))
    assert len(await desk.station.rows("household")) == 2


async def test_a_long_file_shows_how_far_it_is_and_asks_again_by_itself(desk: Desk) -> None:
    preview = await desk.send(LEDGER)
    uploads = Uploads(desk.station.settings.data)
    upload = uploads.load(preview.url.path.rpartition("/")[2])
    assert upload
    for state, words in (("reading", "正在读台账.csv。"), ("importing", "正在把台账.csv写进登记。")):
        uploads.save(replace(upload, state=state, report=None, done=1200, total=5000))
        page = await desk.http.get(preview.url.path)
        assert page.headers["Refresh"] == "1"
        assert words in said(page)
        assert '<progress id="progress" max="5000" value="1200">' in page.text
        assert "共 5,000 行，已读 1,200 行" in said(page)


async def test_the_grid_is_chosen_where_it_was_missed(desk: Desk) -> None:
    preview = await desk.send(LEDGER, grid="")
    assert "没有一行能放进来" in said(preview)
    assert "文件里没写是哪个网格" in said(preview)
    answer = await desk.http.post(f"{preview.url.path}/grid", data={"grid": GRID_THREE})
    again = await desk.settled(answer)
    assert "会新增" in said(again)
    assert "文件里没写是哪个网格" not in said(again)


async def test_where_only_mistakes_are_left_nobody_is_told_to_press_a_button(desk: Desk) -> None:
    page = await desk.send(csv(HEAD, "楼上,,张家,,,,,,,"))
    assert "没有要导入的。没看懂的行按下面的原因改好，再放进来。" in said(page)
    assert "再按导入" not in said(page)
    assert "/confirmation" not in page.text
    recent = said(await desk.http.get("/desk/imports"))
    assert "台账.csv 没有要导入的" in recent
    assert "等您决定" not in recent


async def test_columns_not_used_are_named_above_the_rows_they_cost(desk: Desk) -> None:
    page = said(await desk.send(csv("楼栋,单元,第几户,户主", "20号楼,1,501,张家", "20号楼,1,502,李家")))
    assert "有 1 列没用上：第几户。" in page
    assert page.index("有 1 列没用上") < page.index("地址“20号楼 1”看不出是哪个门")


async def test_a_file_that_asks_for_its_grid_waits_for_somebody(desk: Desk) -> None:
    page = await desk.send(LEDGER, grid="")
    assert "先在下面选网格，再读一遍" in said(page)
    assert "再按导入" not in said(page)
    assert "台账.csv 等您决定" in said(await desk.http.get("/desk/imports"))


async def test_rows_are_told_in_the_order_of_the_file(desk: Desk) -> None:
    far = CHEN.replace("3幢", "7幢") + ",第九网格"
    lost = "楼上,,张家,,,,,,,,"
    page = await desk.send(csv(f"{HEAD},网格", lost, far, lost, far, lost))
    rows = re.search(r'id="problems".*?</section>', page.text, re.DOTALL)
    assert rows
    assert re.findall(r"<tr><td>(\d+)</td>", rows[0]) == ["2", "3", "4", "6"]


async def test_files_and_details_are_gone_after_an_hour(desk: Desk, tmp_path: Path) -> None:
    waiting = await desk.send(LEDGER)
    done = await desk.press(await desk.send(LEDGER, "另一份.csv"), "confirmation")
    uploads = Uploads(desk.station.settings.data)
    uploads.sweep(NOW_MS + KEPT_MS - 1)
    assert len(uploads.listed(COMMUNITY)) == 2
    uploads.sweep(NOW_MS + KEPT_MS + 1)
    assert list((tmp_path / "imports").glob("*/file")) == []
    assert (await desk.http.get(waiting.url.path)).status_code == 404
    left = await desk.http.get(done.url.path)
    assert "新增了 2 栋楼、2 户、1 人。" in said(left)
    assert "楼上" not in left.text
    assert "细节只留一个小时" in said(left)


async def test_only_the_station_may_and_only_its_own(desk: Desk, station: Station) -> None:
    preview = await desk.send(LEDGER)
    async with station.db.writing() as connection:
        token = await sessions.begin(connection, WORKER_ZHAO, NOW_MS, "tests", verified=True)
    worker = {"Cookie": f"{sessions.cookie_name(station.settings)}={token}"}
    for path in ("/desk/imports", preview.url.path):
        assert (await desk.http.get(path, headers=worker)).status_code == 404
    assert (await desk.http.get(preview.url.path, headers={"Cookie": ""})).status_code == 401
    body = {"name": "北渠社区"}
    other = "019a0000-0000-7000-8000-000000000901"
    master = "019a0000-0000-7000-8000-000000000902"
    drafts = [Draft("community.added", other, None, MASTER_WANG, body, id=other)]
    person = {"name": "刘站长", "role": "station_master", "community": other, "grids": []}
    drafts.append(Draft("person.added", master, None, master, person, id=master))
    await station.commit(drafts)
    async with station.db.writing() as connection:
        token = await sessions.begin(connection, master, NOW_MS, "tests", verified=True)
    neighbour = {"Cookie": f"{sessions.cookie_name(station.settings)}={token}"}
    assert (await desk.http.get(preview.url.path, headers=neighbour)).status_code == 404
    assert (await desk.http.post(f"{preview.url.path}/confirmation", headers=neighbour)).status_code == 404
    assert (await desk.http.get("/desk/imports/..%2f..%2fetc")).status_code == 404


async def test_a_file_named_like_markup_is_shown_as_named(desk: Desk) -> None:
    page = await desk.send(LEDGER, "../<b>台账</b>.csv")
    await desk.press(page, "confirmation")
    recent = await desk.http.get("/desk/imports")
    assert "&lt;b&gt;台账" in recent.text or "b&gt;.csv" in recent.text
    assert "<b>台账" not in recent.text


async def test_one_file_at_a_time_is_worked_on_for_a_person(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await desk.send(LEDGER)
    going, gate = asyncio.Event(), asyncio.Event()
    read = jobs._plan

    async def slowly(*told: Any) -> Any:
        going.set()
        await gate.wait()
        return await read(*told)

    monkeypatch.setattr(jobs, "_plan", slowly)
    monkeypatch.setattr(jobs, "FIRST_ANSWER_S", 0.01)
    both = [desk.http.post("/desk/imports", files={"file": ("二.csv", LEDGER)}, data={"grid": ""}) for _ in range(2)]
    answers = await asyncio.gather(*both)
    assert sorted(answer.status_code for answer in answers) == [303, 429]
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert int(refused.headers["retry-after"]) > 0
    assert "一次一个" in said(refused)
    await going.wait()
    # Nor is one that was read before brought in meanwhile, or read anew.
    assert (await desk.http.post(f"{first.url.path}/confirmation")).status_code == 429
    assert (await desk.http.post(f"{first.url.path}/grid", data={"grid": GRID_THREE})).status_code == 429
    gate.set()
    await desk.settled(next(answer for answer in answers if answer.status_code == 303))
    assert "新增了" in said(await desk.press(first, "confirmation"))


def report_of(answer: Response) -> list[list[str]]:
    """The lines of a report by row, below its mark."""
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(table.reader(StringIO(answer.content.decode("utf-8-sig"), newline="")))[1:]


async def bring_tickets(desk: Desk, station: Station, count: int) -> None:
    """A file of the hotline, one in twenty of its rows broken: looked at, told by row, brought in whole, and again."""
    await station.bring_in(csv(HEAD, CHEN))
    data, bad = file_of(count, 0.05)
    page = await desk.send(data, "工单.csv", "")
    assert f"{bad} 行没看懂" in said(page)
    assert await station.rows("hotline_ticket") == [], "nothing is written before somebody has looked"
    outcomes = {}
    for lang, word in (("zh", "没放进来"), ("en", "stays out")):
        cookies = desk.http.headers["Cookie"].replace("lang=zh", f"lang={lang}")
        answer = await desk.http.get(f"{page.url.path}/report", headers={"Cookie": cookies})
        heading, *lines = report_of(answer)
        assert len(heading) == 4
        outcomes[lang] = [line[1] for line in lines if line[2] == word]
    assert outcomes["zh"] == outcomes["en"]
    assert len(outcomes["zh"]) == bad
    await desk.press(page, "confirmation")
    tickets, whistles = await station.rows("hotline_ticket"), await station.rows("whistle")
    assert len(tickets) == count - bad
    assert {row["source"] for row in whistles} == {row["id"] for row in tickets if row["grid"]}
    size = await station.journal.size()
    again = await desk.send(data, "工单.csv", "")
    assert "confirmation" not in again.text
    assert await station.journal.size() == size


async def test_a_hotlines_file_is_told_by_row_and_comes_in_whole_once(desk: Desk, station: Station) -> None:
    await bring_tickets(desk, station, 300)


@pytest.mark.thorough
async def test_ten_thousand_tickets_come_in_whole_once(desk: Desk, station: Station) -> None:
    await bring_tickets(desk, station, 10_000)


async def test_of_tickets_that_break_off_half_way_none_is_in(
    desk: Desk, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    await station.bring_in(csv(HEAD, CHEN))
    data, bad = file_of(60, 0)
    page = await desk.send(data, "工单.csv", "")
    whole = batch.Batch.write

    def full(self: batch.Batch) -> None:
        whole(self)
        raise OSError("no space left on device")

    monkeypatch.setattr(batch.Batch, "write", full)
    failed = await desk.press(page, "confirmation")
    assert "没有读成" in said(failed)
    assert await station.rows("hotline_ticket") == await station.rows("whistle") == []
    monkeypatch.setattr(batch.Batch, "write", whole)
    await desk.press(await desk.send(data, "工单.csv", ""), "confirmation")
    assert len(await station.rows("hotline_ticket")) == 60 - bad

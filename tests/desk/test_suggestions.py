"""The suggestion box at the desk: said from any page, read by the station of that community and nobody else."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from sqlalchemy import select

from server import schema
from server.settings import WEB
from server.suggestions.pages import PAGES
from server.views import TEMPLATES
from server.views.suggestion_form import WITHOUT
from tests.conflicts.conftest import case
from tests.desk.conftest import Desk, sign_in, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio

UNASKED = ("locked", "notes", "passkey", "pin")
"""Pages of a phone without that foot: what stands before any page, and a file."""
LINK = re.compile(r'<p class="easier"><a href="([^"]+)"')


def test_every_page_that_asks_has_a_name_in_words() -> None:
    desks = [
        re.findall(r"set here = '(\w+)'", path.read_text("utf-8")) for path in (WEB / "templates/desk").glob("*.html")
    ]
    asking = {f"desk_{name}" for names in desks for name in names} | set(TEMPLATES) - {*WITHOUT, *UNASKED}
    assert asking - set(PAGES) == set()


async def said_on_a_phone(phone: Phone, text: str, page: str = "doors") -> None:
    """What Zhao's phone sends."""
    phone.make("suggestion.made", {"text": text, "page": page})
    await phone.exchange()


async def test_station_master_reads_page_by_page_what_phones_and_desks_said(
    desk: Desk, leader: Desk, station: Station, zhao: Phone
) -> None:
    assert "还没有人提过建议" in words(await desk.get("/desk/suggestions"))
    await said_on_a_phone(zhao, "字再大点")
    page = await leader.get("/desk/boards")
    (link,) = LINK.findall(page.text)
    form = await leader.get(html.unescape(link))
    assert "这一页，怎样更省事" in words(form)
    data = {"page": "desk_boards", "back": "/desk/boards", "text": "想一眼\n看见空着的"}
    answer = await leader.post("/desk/suggestions", data)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/desk/boards?suggested=")
    back = await leader.get(answer.headers["location"])
    assert "建议记下了。 已到服务器" in words(back)
    assert LINK.findall(back.text) == [link]
    await said_on_a_phone(zhao, "搜索再快点", "of_a_later_version")
    read = words(await desk.get("/desk/suggestions"))
    assert "别的页 搜索再快点 赵敏" in read
    assert "工作台：楼栋 想一眼 看见空着的 李网格长" in read
    assert "楼栋 字再大点 赵敏" in read
    assert "Another page" in words(await desk.get("/desk/suggestions", lang="en"))


async def test_only_the_station_reads_them_and_only_its_own(
    desk: Desk, leader: Desk, station: Station, zhao: Phone
) -> None:
    await said_on_a_phone(zhao, "字再大点")
    assert (await leader.get("/desk/suggestions")).status_code in (403, 404)
    other = station.draft("别处社区", "community.added", {"name": "别处社区"})
    master: dict[str, Any] = {"name": "别处站长", "role": "station_master", "community": other.id, "grids": []}
    admin = {"name": "管理员", "role": "admin", "community": station["community"], "grids": []}
    await station.journal.commit(
        [other, station.draft("别处站长", "person.added", master), station.draft("管理员", "person.added", admin)]
    )
    elsewhere, there = await sign_in(station, "别处站长"), await sign_in(station, "管理员")
    assert "字再大点" not in (await elsewhere.get("/desk/suggestions")).text
    assert "字再大点" in (await there.get("/desk/suggestions")).text
    assert "字再大点" in (await desk.get("/desk/suggestions")).text


async def test_an_empty_box_and_a_way_elsewhere_keep_nothing_and_lead_home(leader: Desk, station: Station) -> None:
    empty = await leader.post("/desk/suggestions", {"page": "desk_visits", "back": "/desk/visits", "text": " \r\n "})
    assert empty.status_code == 422
    long = await leader.post("/desk/suggestions", {"page": "desk_visits", "text": "长" * 10_001})
    assert long.status_code == 422
    assert "长" * 10_001 in long.text, "what was typed stays"
    astray = await leader.post("/desk/suggestions", {"page": "/desk/visits/x", "back": "//elsewhere", "text": "<b>快"})
    assert astray.headers["location"].startswith("/desk/visits?suggested=")
    async with station.db.reading() as db:
        assert [(row.page, row.text, row.grid) for row in await db.execute(select(schema.suggestion))] == [
            ("other", "<b>快", None)
        ]


async def test_no_phone_is_sent_what_another_said(station: Station, zhao: Phone) -> None:
    await said_on_a_phone(zhao, "只给站里看的话")
    async with station.db.reading() as db:
        fed = [row.data for row in await db.execute(select(schema.feed.c.data)) if row.data]
    assert not [
        data for data in fed if "只给站里看的话".encode() in bytes(data if isinstance(data, bytes) else data.encode())
    ]


async def test_what_was_said_for_another_grid_waits_with_its_words_and_counts_once_let_in(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    zhao.make("suggestion.made", {"text": "隔壁网格也能看到就好", "page": "doors"}, grid=station["第四网格"])
    await zhao.exchange()
    assert "还没有人提过建议" in words(await desk.get("/desk/suggestions"))
    waiting = await case(desk, "aside")
    assert "隔壁网格也能看到就好" in waiting.page
    assert "在哪一页 doors" in waiting.page
    assert "照手机写的原样放着" not in waiting.page
    await waiting.decide("released")
    assert "隔壁网格也能看到就好" in words(await desk.get("/desk/suggestions"))
    assert await station.refolds()

"""Worker Zhao says what could be easier, at a browser that keeps nothing: it stands, and no phone is sent it."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from uuid_utils import uuid7

from tests.field.conftest import Station

pytestmark = pytest.mark.anyio

LINK = re.compile(r'<p class="easier"><a href="([^"]+)"')


async def easier(station: Station, path: str) -> str:
    """The link at the foot of a page."""
    (link,) = LINK.findall((await station.get(path)).text)
    return html.unescape(link)


async def test_from_the_foot_of_a_page_and_back_to_it(station: Station) -> None:
    home = f"/field/households/{station.id['陈奶奶家']}?all=1"
    link = await easier(station, home)
    assert parse_qs(urlsplit(link).query) == {"page": ["household"], "back": [home]}
    form = await station.get(link)
    assert 'data-draft="suggestion:household"' in form.text
    assert LINK.findall(form.text) == [], "nobody is asked about the box itself"
    data = {
        "id": str(uuid7()),
        "grid": station.id["第三网格"],
        "page": "household",
        "back": home,
        "text": "一点就拨\r\n就好",
    }
    size = await station.size()
    for _ in range(2):
        answer = await station.post("/field/suggestions", data)
        assert (answer.status_code, answer.headers["location"]) == (303, f"{home}&suggested={data['id']}")
    assert await station.size() == size + 1, "syncing again changes nothing"
    (row,) = await station.rows("suggestion")
    assert {name: row[name] for name in ("page", "text", "by_name", "grid", "community")} == {
        "page": "household", "text": "一点就拨\n就好", "by_name": "赵敏", "grid": station.id["第三网格"],
        "community": station.id["榆桥社区"],
    }  # fmt: skip
    back = await station.get(answer.headers["location"])
    assert "建议记下了" in back.text
    assert await easier(station, answer.headers["location"]) == link, "what was kept is not part of the way back"
    assert "一点就拨" in (await station.get("/field/outbox")).text
    assert await station.rows("feed", kind="suggestion") == [], "no phone is sent it"


async def test_an_address_is_no_name_of_a_page_and_leads_nowhere_else(station: Station) -> None:
    home = f"/field/households/{station.id['陈奶奶家']}"
    for page, back in ((home, "//elsewhere"), ("陈奶奶", "/desk/visits"), ("x" * 41, "https://elsewhere/field/")):
        answer = await station.post("/field/suggestions", {"page": page, "back": back, "text": "快点"})
        assert answer.headers["location"].startswith("/field/?suggested=")
    assert {row["page"] for row in await station.rows("suggestion")} == {"other"}


async def test_nothing_said_is_nothing_kept_and_another_grid_is_no_place_to_speak_from(station: Station) -> None:
    size = await station.size()
    empty = await station.post("/field/suggestions", {"page": "doors", "back": "/field/doors", "text": " \n"})
    assert empty.status_code == 422
    assert "写上一句再记" in empty.text
    assert await station.size() == size
    await station.post("/field/suggestions", {"grid": station.id["第四网格"], "page": "doors", "text": "字大些"})
    assert [row["grid"] for row in await station.rows("suggestion")] == [station.id["第三网格"]]


async def test_that_it_was_kept_is_told_to_its_author_alone(station: Station) -> None:
    answer = await station.post("/field/suggestions", {"page": "more", "back": "/field/more", "text": "快点"})
    await station.sign_in("孙强")
    assert "建议记下了" not in (await station.get(answer.headers["location"])).text

"""The field's pages by the server: what people wrote differently is settled, what waits is taken back."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from server.journal import Draft
from tests.field.conftest import Station

pytestmark = pytest.mark.anyio


async def say(station: Station, kind: str, body: dict[str, Any], by: str, **over: list[str]) -> str:
    """Somebody else's word about Auntie Chen's home or herself."""
    entity = station.id["陈奶奶家" if kind.startswith("household") else "陈奶奶"]
    made = station.add(f"{kind} {len(station.id)}", kind, body, "第三网格", by)
    edit = made.id or ""
    await station.app.state.journal.commit([Draft(kind, entity, made.grid, made.author, body, over, id=edit)])
    return edit


def hidden(page: str, after: str, name: str) -> str:
    """The hidden input of this name that stands after these words."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page[page.index(after) :])
    assert found, (after, name)
    return found[1]


async def head(station: Station, field: str) -> Any:
    """The first head of a fact of Auntie Chen's home."""
    (home,) = await station.rows("household", id=station.id["陈奶奶家"])
    facts = home["facts"] if isinstance(home["facts"], dict) else json.loads(home["facts"])
    return facts[field]


async def test_one_tap_settles_two_numbers_and_one_takes_that_back(station: Station) -> None:
    home = station.id["陈奶奶家"]
    await say(station, "household.stated", {"facts": {"phone": "000-0000-0007"}}, "孙强")
    page = (await station.get(f"/field/households/{home}")).text
    assert "电话有两种写法" in page
    assert "孙强" in page
    assert "当时没看到别的写法" in page
    chosen = {"field": "phone", "value": "000-0000-0007", "over": hidden(page, "fact-phone", "over")}
    await station.post(f"/field/households/{home}/facts", chosen)
    page = (await station.get(f"/field/households/{home}")).text
    assert "电话有两种写法" not in page
    assert len(await head(station, "phone")) == 1
    await station.post(
        f"/field/households/{home}/facts", {"field": "phone", "undo": hidden(page, "fact-phone", "undo")}
    )
    assert "电话有两种写法" in (await station.get(f"/field/households/{home}")).text
    assert len(await head(station, "phone")) == 2


async def test_a_worker_proposes_a_death_and_takes_it_back(station: Station) -> None:
    path = f"/field/residents/{station.id['陈奶奶']}/facts"
    await station.post(path, {"field": "deceased", "value": "yes", "over": ""})
    page = (await station.get(path)).text
    assert "您说已去世，等网格长定" in page
    assert "没写</span></strong><small>现在按这个算" in page, "nobody is made to have said before that they are alive"
    (who,) = await station.rows("resident", id=station.id["陈奶奶"])
    assert json.loads(who["facts"])["deceased"][0]["proposed"]
    household = (await station.get(f"/field/households/{station.id['陈奶奶家']}")).text
    assert "您说已去世" in household
    assert "已去世的" not in household, "what is shown stays until a leader decides"
    await station.post(path, {"field": "deceased", "undo": hidden(page, "fact-deceased", "undo")})
    assert "等网格长定" not in (await station.get(path)).text


async def test_a_tag_of_a_colleague_stays_until_a_leader_decides(station: Station) -> None:
    path = f"/field/residents/{station.id['陈奶奶']}/facts"
    edit = await say(station, "resident.tagged", {"add": ["veteran"]}, "孙强")
    await station.post(path, {"field": "tags", "had": "veteran", "over": f"veteran:{edit}"})
    page = (await station.get(path)).text
    assert "您说“退役军人”该去掉，等网格长定" in page
    taken = hidden(page, "您说“退役军人”", "over")
    await station.post(path, {"field": "tags", "had": "", "tags": "veteran", "over": taken})
    assert "该去掉" not in (await station.get(path)).text


async def test_ones_own_tag_waits_for_a_leader_too(station: Station) -> None:
    path = f"/field/residents/{station.id['陈奶奶']}/facts"
    page = (await station.get(f"{path}?field=tags")).text
    said = {"field": "tags", "had": "elder_alone", "over": hidden(page, "fact-tags", "over")}
    answer = await station.post(path, said)
    page = (await station.get(answer.headers["location"])).text
    assert "您说“独居老人”该去掉，等网格长定" in page
    (who,) = await station.rows("resident", id=station.id["陈奶奶"])
    assert "elder_alone" in str(who["tags"])


async def test_a_tag_given_by_a_slip_of_the_finger_is_taken_back_by_one_tap(station: Station) -> None:
    path = f"/field/residents/{station.id['陈奶奶']}/facts"
    answer = await station.post(path, {"field": "tags", "had": "", "tags": "veteran", "over": ""})
    page = (await station.get(answer.headers["location"])).text
    assert "“退役军人”记上了" in page
    await station.post(path, {"field": "tag:veteran", "undo": hidden(page, "记上了", "undo")})
    (who,) = await station.rows("resident", id=station.id["陈奶奶"])
    assert "veteran" not in str(who["tags"])
    assert "该去掉" not in (await station.get(path)).text


async def test_the_server_takes_a_capsule_or_says_what_is_wrong_with_it(station: Station) -> None:
    assert "同事的手机没信号" in (await station.get("/field/carry")).text
    headers = {"Sec-Fetch-Site": "same-origin"}
    for content, status, words in ((b"", 422, "还没选文件"), (b"{}", 400, "不是随身包")):
        files = {"capsule": ("小赵.sifang", content)}
        answer = await station.zhao.post("/field/carry", files=files, headers=headers)
        assert (answer.status_code, words in answer.text) == (status, True)
    assert (await station.get("/field/outbox/capsule")).headers["location"] == "/field/outbox"
